import { defineRule, requestLine, type Post } from "../src/rule-api.ts";

/** 303 is left out: it says "now GET the result", the right answer after a form. */
const losesBody: ReadonlySet<number> = new Set([301, 302]);

function target(post: Post): string {
  const { location } = post.ending;
  return typeof location === "string" ? location : (location?.text ?? "");
}

/** A redirect to the same path under another scheme or host: nearly every site has one. */
function isCanonical(post: Post): boolean {
  const { path, query } = post.verdict.request;
  const to = target(post);
  return /^https?:\/\//.test(to) && to.endsWith(query === "" ? path : `${path}?${query}`);
}

/** A redirect to a fixed page of another site turns visitors away; nobody expects an answer there. */
function leadsAway(post: Post): boolean {
  const host = /^https?:\/\/([^/:?#\uFFFD]+)/i.exec(target(post))?.[1];
  const own = post.verdict.request.host;
  return host !== undefined && own !== "localhost" && host.toLowerCase() !== own;
}

/** `/docs` to `/docs/`: a folder gets its slash, and folders take no forms. */
function addsSlash(post: Post): boolean {
  const { path } = post.verdict.request;
  return path.length > 1 && target(post).split("?", 1)[0]?.endsWith(`${path}/`) === true;
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
      if (effect.kind !== "redirect" || !losesBody.has(effect.status)) continue;
      const message = `${requestLine(post)} is answered ${effect.status}, so clients repeat it as a GET without its body`;
      if (!isCanonical(post)) yield { post, message, possible: leadsAway(post) || addsSlash(post) };
      else if (!noted.has(serverOf(post))) {
        noted.add(serverOf(post));
        yield { post, message, atMost: "note", meant: "clients that still use the old address lose every POST" };
      }
    }
  },
});
