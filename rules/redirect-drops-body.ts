import { addsSlash, ask, defineRule, isForOnePlace, isForRobots, keepsPath, leadsAway, redirectTarget, requestLine, rightlyClosed, takesBodies, type Post } from "../src/rule-api.ts";

/** 303 is left out: it says "now GET the result", the right answer after a form. */
const losesBody: ReadonlySet<number> = new Set([301, 302]);

/** The start page, a place of which nothing says that it takes anything, or a path with a slash too many, which nobody writes on purpose. */
function isForReaders(post: Post): boolean {
  const { legitimacy, verdict: { request: { path } } } = post;
  const isSilent = !takesBodies(path) && !/\.(?:php|cgi|jsp|aspx?)\b/.test(path) && (!keepsPath(post) || leadsAway(post)) && isForOnePlace(post);
  return legitimacy.kind === "assumed" && (rightlyClosed(path) || /\/\/|\.html?$/.test(path) || isSilent);
}

/** The bare name of a folder that leads into it, or a page for people that has moved: other addresses go their own way. */
function isPage(post: Post): boolean {
  const name = post.verdict.request.path.replace(/\/$/, "");
  if (redirectTarget(post).replace(/^https?:\/\/[^/]+/, "").startsWith(`${name}/`)) return isForOnePlace(post, [`${name}/orders/new`]);
  return /\/(?:log-?in|log-?out|sign-?(?:in|up|out)|register|contact|cart|checkout|subscribe)$/i.test(name) && isForOnePlace(post);
}

/** Pages that are served with TLS send what they post to the same server, and it loses the body on the way down. */
function isSplit({ program, verdict: { request }, ending }: Post): boolean {
  if (request.scheme !== "https" || !redirectTarget({ ending }).startsWith("http://")) return false;
  return ["/", "/index.php", "/login", "/orders/new"].some((path) => ["", "do=login"].some((query) => ask(program, { ...request, path, query }).blocked !== "yes"));
}

export default defineRule({
  id: "redirect-drops-body",
  summary: "A 301 or 302 makes clients repeat a POST as a GET, without its body.",
  about: ["redirect", "method"],
  *check({ posts }) {
    const noted = new Set<unknown>();
    for (const post of posts) {
      const { gate: { effect }, ending } = post;
      if (effect.kind !== "redirect" || !losesBody.has(effect.status) || addsSlash(post) || isForReaders(post) || isForRobots(post)) continue;
      const message = `${requestLine(post)} is answered ${effect.status}, so clients repeat it as a GET without its body`;
      if (!keepsPath(post)) yield { post, message, possible: leadsAway(post) || isPage(post) };
      else if (isSplit(post)) yield { post, message, meant: "the same server hands other requests to its application" };
      else if (!noted.has(ending.trace[0]?.scope)) {
        noted.add(ending.trace[0]?.scope);
        yield { post, message, atMost: "note", meant: "clients that still use the old address lose every POST" };
      }
    }
  },
});
