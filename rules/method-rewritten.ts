import { arrivalWords, defineRule, directiveText, requestLine } from "../src/rule-api.ts";

/** An application takes these for reading; any other method is a translation that somebody thought of. */
const reading: ReadonlySet<unknown> = new Set(["GET", "HEAD"]);

export default defineRule({
  id: "method-rewritten",
  summary: "A POST reaches the application as another method.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (post.loss !== "method") continue;
      const message = `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\``;
      yield { post, message, possible: !reading.has(post.ending.delivered.method) };
    }
  },
});
