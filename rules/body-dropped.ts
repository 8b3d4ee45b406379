import { arrivalWords, defineRule, directiveText, losesMore, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "body-dropped",
  summary: "A POST reaches the application without its body.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (post.loss !== "body") continue;
      const message = `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\``;
      yield { post, message, possible: losesMore(post) };
    }
  },
});
