import { addsSlash, ask, defineRule, gluesPath, isFormer, isForOnePlace, isForRobots, isMovedPage, isScript, isSplit, isUnnamed, keepsPath, leadsAway, redirectTarget, requestLine, rightlyClosed, takesBodies, type Post } from "../src/rule-api.ts";

/** 303 is left out: it says "now GET the result", the right answer after a form. */
const losesBody: ReadonlySet<number> = new Set([301, 302]);

/** What other places show. */
const shown = /\/(?:images?|photos?|pictures?|img|assets|static)\//;

/** The start page, a place of which nothing says that it takes anything, or a path with a slash too many, which nobody writes on purpose. */
function isForReaders(post: Post): boolean {
  const { legitimacy, verdict: { request: { path } } } = post;
  const isSilent = (!takesBodies(path) || shown.test(path)) && !isScript(path) && (!keepsPath(post) || leadsAway(post)) && isForOnePlace(post);
  return legitimacy.kind === "assumed" && (rightlyClosed(path) || /\/\/|\.html?$/.test(path) || isSilent);
}

/** The bare name of a folder that leads into it, or a page for people that has moved: other addresses go their own way. */
function isPage(post: Post): boolean {
  const name = post.verdict.request.path.replace(/\/$/, "");
  if (redirectTarget(post).replace(/^https?:\/\/[^/]+/, "").startsWith(`${name}/`)) return isForOnePlace(post, [`${name}/orders/new`]);
  return /\/(?:log-?in|log-?out|sign-?(?:in|up|out)|register|contact|cart|checkout|subscribe)$/i.test(name) && isForOnePlace(post);
}

/** Old addresses are told by what their query asks; forms are posted without. */
function isForQuery({ program, gate, verdict: { request } }: Post): boolean {
  return request.query !== "" && !ask(program, { ...request, query: "" }).endings.some(({ by }) => by === gate);
}

/** What speaks against a redirect of some addresses being a mistake; null where nothing does. */
function doubtOf(post: Post): string | null {
  if (leadsAway(post)) return "what was there has moved to another server";
  if (isPage(post)) return "it may be a page that is only read";
  if (isForQuery(post)) return "only addresses with such a query are sent on";
  if (isFormer(post)) return "a comment says that the addresses are old";
  return isUnnamed(post) ? "nothing shows that this very place takes anything" : null;
}

export default defineRule({
  id: "redirect-drops-body",
  summary: "A 301 or 302 makes clients repeat a POST as a GET, without its body.",
  about: ["redirect", "method"],
  *check({ posts }) {
    for (const post of posts) {
      const { effect } = post.gate;
      if (effect.kind !== "redirect" || !losesBody.has(effect.status) || addsSlash(post)) continue;
      const answer = `${requestLine(post)} is answered ${effect.status}`;
      const message = `${answer}, so clients repeat it as a GET without its body`;
      if (gluesPath(post)) yield { post, message: `${answer} to ${redirectTarget(post)}, where the path has run into the name of the host`, meant: "no such host is meant" };
      else if (isForReaders(post) || isForRobots(post) || isMovedPage(post)) continue;
      else if (!keepsPath(post)) yield { post, message, doubt: doubtOf(post) };
      else if (isSplit(post) && !leadsAway(post)) yield { post, message, meant: "the same server hands other requests to its application" };
      else yield { post, message, atMost: "note", meant: "clients that still use the old address lose every POST" };
    }
  },
});
