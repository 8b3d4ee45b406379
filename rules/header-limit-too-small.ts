import { answerWords, defineRule, directiveText, ordinaryHead, requestLine, type Post } from "../src/rule-api.ts";

/** What is too long, or too many, in words, and whether nearly everybody sends as much. */
function headOf({ verdict: { request } }: Post): { readonly words: string; readonly isOrdinary: boolean } {
  const { path, query, headers } = request;
  const names = Object.keys(headers);
  const longest = Math.max(0, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`.length));
  if (query.length > longest) return { words: `a query of ${query.length} bytes`, isOrdinary: false };
  if (longest > path.length && longest > widest) return { words: `a header of ${longest} bytes`, isOrdinary: longest <= ordinaryHead.bytes };
  // The host and the length of the body are not among them.
  return { words: `${names.length + 2} headers`, isOrdinary: names.length + 2 <= ordinaryHead.headers };
}

/** No other header of a witness is as long. */
const widest = 500;

export default defineRule({
  id: "header-limit-too-small",
  summary: "The longest header that is let through is shorter than an ordinary token or cookie.",
  about: ["head-size"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.gate.implied === true) continue;
      const { words, isOrdinary } = headOf(post);
      const message = `${requestLine(post)} with ${words} ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, doubt: isOrdinary || post.legitimacy.kind === "declared" ? null : "few send as much" };
    }
  },
});
