import { arrivalWords, defineRule, directiveText, losesMore, requestLine, type Damaged } from "../src/rule-api.ts";

/** An application takes these for reading; any other method is a translation that somebody thought of. */
const reading: ReadonlySet<unknown> = new Set(["GET", "HEAD"]);

/** Another path is asked for as well, not merely a shorter one: the request is turned into another one on purpose. */
function leadsElsewhere({ verdict, ending }: Damaged): boolean {
  const { path } = ending.delivered;
  return typeof path !== "string" || !verdict.request.path.endsWith(path);
}

export default defineRule({
  id: "method-rewritten",
  summary: "A POST reaches the application as another method.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (post.loss !== "method" || post.gate.effect.kind === "reroute") continue;
      const message = `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\``;
      const isTranslation = !reading.has(post.ending.delivered.method) || losesMore(post) || leadsElsewhere(post);
      yield { post, message, doubt: isTranslation ? "it may be meant as another request" : null };
    }
  },
});
