import { answerWords, ask, defineRule, dependsOn, directiveText, requestLine, type Post } from "../src/rule-api.ts";

/** Pages of ordinary sites with words in their names that lists against unwanted visitors are made of. */
const pages = ["/organic-food", "/girls/shoes", "/click-and-collect", "/lovely-gifts", "/sexual-health", "/poker-tables", "/for-sale", "/teens"];

/** The same request as sent from one of the site's own pages, which the gate refuses though it lets others through. */
function fromOwnPage(post: Post): Post | null {
  const { program, gate, verdict: { request } } = post;
  const from = (page: string): Post | null => {
    const verdict = ask(program, { ...request, headers: { ...request.headers, referer: `${request.scheme}://${request.host}${page}` } });
    const ending = verdict.endings.find(({ by }) => by === gate);
    return ending === undefined ? null : { ...post, verdict, ending };
  };
  if (from("/") !== null) return null;
  return pages.map(from).find((found) => found !== null) ?? null;
}

export default defineRule({
  id: "referer-words-too-broad",
  summary: "A list of words in the Referer refuses what pages of the site itself send.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const one of posts) {
      const post = dependsOn(one, "header:referer") ? fromOwnPage(one) : null;
      if (post === null) continue;
      yield { post, message: `${requestLine(post)} from the page ${post.verdict.request.headers["referer"] ?? ""} ${answerWords(post)} by \`${directiveText(post)}\``, doubt: "it depends on the pages that lead to the site" };
    }
  },
});
