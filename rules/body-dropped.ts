import { arrivalWords, defineRule, directiveText, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "body-dropped",
  summary: "A POST reaches the application without its body.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (post.loss !== "body") continue;
      yield { post, message: `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\`` };
    }
  },
});
