import { answerWords, defineRule, directiveText, getPasses, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "limit-excludes-post",
  summary: "An access block that lists methods leaves POST out.",
  about: ["method-limit"],
  *check({ posts }) {
    for (const post of posts) {
      if (!getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: \`${directiveText(post)}\` does not let POST through` };
    }
  },
});
