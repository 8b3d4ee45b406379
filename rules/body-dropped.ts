import { arrivalWords, defineRule, directiveText, losesMore, requestLine, type Loss } from "../src/rule-api.ts";

/** Without its type nobody can read a body. */
const losses: ReadonlySet<Loss> = new Set(["body", "header:content-type"]);

export default defineRule({
  id: "body-dropped",
  summary: "A POST reaches the application without its body, or without what says how to read it.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (!losses.has(post.loss) || (post.loss !== "body" && !post.ending.delivered.bodyKept)) continue;
      const message = `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\``;
      yield { post, message, doubt: losesMore(post) ? "more than that is taken away, as for another kind of request" : null };
    }
  },
});
