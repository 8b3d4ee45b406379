import { addsSlash, ask, defineRule, endpointWord, hookWord, isCollection, requestLine, takesBodies, type Post } from "../src/rule-api.ts";

const losesBody: ReadonlySet<number | "reset" | null> = new Set([301, 302]);

/** Whether requests are meant for the very path: what is called `/graphql` is; a `/webhook/` may be a folder of many. */
function isEndpoint({ verdict: { request } }: Post): boolean {
  return endpointWord(request.path) !== null && hookWord(request.path) === null;
}

/** Whether a redirect that somebody wrote takes more than the bare name of a folder. */
function isDeep({ verdict: { request } }: Post): boolean {
  return request.path.split("/").length > 2;
}

/** Whether an application takes what it takes below this folder, and nothing at its bare name. */
function isFolderOfKnown({ program, verdict: { request } }: Post): boolean {
  return program.endpoints?.some(({ path, application }) => application !== null && path.startsWith(`${request.path}/`)) === true;
}

/** Whether something else refuses it with the slash, too. */
function isRefusedBehind({ program, gate, verdict: { request } }: Post): boolean {
  const { blocked, endings } = ask(program, { ...request, path: `${request.path}/` });
  return blocked === "yes" && endings.every(({ by, outcome }) => outcome === "refused" && by !== gate);
}

/** The name of a folder of which nothing says that it takes anything: a bare one, or one made up for a pattern of digits and letters. */
function isBare(post: Post): boolean {
  const { path } = post.verdict.request;
  return post.legitimacy.kind === "assumed" && (!isDeep(post) || !/[a-z]{3}/i.test(lastOf(path))) && !takesBodies(path);
}

/** A program is no folder, and who asks for it does not leave out a slash. */
function isProgram(post: Post): boolean {
  return /\.\w+$/.test(lastOf(post.verdict.request.path));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export default defineRule({
  id: "slash-redirect-drops-body",
  summary: "A path without its slash at the end is redirected, so clients repeat a POST as a GET without its body.",
  about: ["slash-redirect", "redirect"],
  *check({ posts }) {
    for (const post of posts) {
      const { path } = post.verdict.request;
      const written = post.gate.reason === "redirect";
      if (written && (!addsSlash(post) || !losesBody.has(post.ending.status))) continue;
      if (written && post.legitimacy.kind !== "declared" && (isFolderOfKnown(post) || isBare(post) || isProgram(post) || isRefusedBehind(post))) continue;
      if (!written && post.legitimacy.kind !== "declared" && endpointWord(path) === null && !isCollection(path)) continue;
      const isSure = post.legitimacy.kind === "declared" || isEndpoint(post) || (written && isDeep(post));
      yield { post, message: `${requestLine(post)} is answered ${post.ending.status} to ${path}/, so clients repeat it as a GET without its body`, doubt: isSure ? null : "clients may know the address with its slash" };
    }
  },
});
