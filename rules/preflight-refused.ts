import { answerWords, defineRule, directiveText, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "preflight-refused",
  summary: "The question that browsers ask before they post to another site is refused.",
  about: [],
  *check({ preflights }) {
    for (const post of preflights) {
      const message = `the preflight ${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, so browsers never send the POST`;
      yield { post, message };
    }
  },
});
