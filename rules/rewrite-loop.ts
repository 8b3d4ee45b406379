import { answerWords, ask, defineRule, directiveText, ordinaryPost, requestLine, type Post } from "../src/rule-api.ts";

/** Whether the rules go around in one folder, or at one address: another folder may have a `.htaccess` of its own, which ends that. */
function staysInFolder({ verdict: { request }, ending: { delivered } }: Post): boolean {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
  return typeof delivered.path === "string" && folder(delivered.path) === folder(request.path);
}

/** Whether ordinary requests meet it: an odd address may go around for what nobody knows of the server, and an attack that does is lost to nobody. */
function isOrdinary({ program, gate, verdict: { request } }: Post): boolean {
  const { scheme, host, port } = request;
  const near = request.path.includes(".") ? [] : [request.path.replace(/[^/]*$/, "api/orders")];
  return [...near, "/login", "/contact.php"].some((path) => ask(program, ordinaryPost({ scheme, host, port, path })).endings.some(({ by }) => by === gate));
}

export default defineRule({
  id: "rewrite-loop",
  summary: "Rules lead a request around until the server gives up.",
  about: ["loop"],
  *check({ posts }) {
    for (const post of posts) {
      if (!post.certain || !staysInFolder(post) || !isOrdinary(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: \`${directiveText(post)}\` begins again and again`, meant: "nobody means rules that never end" };
    }
  },
});
