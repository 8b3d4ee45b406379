import { addsSlash, ask, defineRule, redirectTarget, requestLine, rightlyClosed, type Post } from "../src/rule-api.ts";

/** 303 is left out: it says "now GET the result", the right answer after a form. */
const losesBody: ReadonlySet<number> = new Set([301, 302]);

/** A redirect to the same path under another scheme or host: nearly every site has one. */
function isCanonical(post: Post): boolean {
  const { path, query } = post.verdict.request;
  const to = redirectTarget(post);
  return /^https?:\/\//.test(to) && to.endsWith(query === "" ? path : `${path}?${query}`);
}

/** A redirect to a fixed page of another site turns visitors away; nobody expects an answer there. */
function leadsAway(post: Post): boolean {
  const host = /^https?:\/\/([^/:?#\uFFFD]+)/i.exec(redirectTarget(post))?.[1];
  const own = post.verdict.request.host;
  return host !== undefined && own !== "localhost" && bare(host.toLowerCase()) !== bare(own);
}

/** The start page alone, a page or what else only readers ask for, or a path with a slash too many, which nobody writes on purpose. */
function isForReaders({ program, verdict: { request }, gate, legitimacy }: Post): boolean {
  if (legitimacy.kind !== "assumed") return false;
  return rightlyClosed(request.path) || /\/\/|\.html?$/.test(request.path) || (request.path === "/" && !ask(program, { ...request, path: "/orders/new" }).endings.some(({ by }) => by === gate));
}

function bare(host: string): string {
  return host.replace(/^www\./, "");
}

/** Pages that are served with TLS send what they post to the same server, and it loses the body on the way down. */
function isSplit({ program, verdict: { request }, ending }: Post): boolean {
  if (request.scheme !== "https" || !redirectTarget({ ending }).startsWith("http://")) return false;
  return ["/", "/index.php", "/login", "/orders/new"].some((path) => ["", "do=login"].some((query) => ask(program, { ...request, path, query }).blocked !== "yes"));
}

function serverOf(post: Post): unknown {
  return post.ending.trace[0]?.scope ?? post.ending.scope;
}

export default defineRule({
  id: "redirect-drops-body",
  summary: "A 301 or 302 makes clients repeat a POST as a GET, without its body.",
  about: ["redirect", "method"],
  *check({ posts }) {
    const noted = new Set<unknown>();
    for (const post of posts) {
      const { effect } = post.gate;
      if (effect.kind !== "redirect" || !losesBody.has(effect.status) || addsSlash(post) || isForReaders(post)) continue;
      const message = `${requestLine(post)} is answered ${effect.status}, so clients repeat it as a GET without its body`;
      if (!isCanonical(post)) yield { post, message, possible: leadsAway(post) };
      else if (isSplit(post)) yield { post, message, meant: "the same server hands other requests to its application" };
      else if (!noted.has(serverOf(post))) {
        noted.add(serverOf(post));
        yield { post, message, atMost: "note", meant: "clients that still use the old address lose every POST" };
      }
    }
  },
});
