import { answerWords, ask, defineRule, dependsOn, directiveText, requestLine, takesBodies, type Post } from "../src/rule-api.ts";

/** What jQuery and its like send with every request. */
const ofLibraries = "XMLHttpRequest";

/** Whether the header alone is what the gate asks for. */
function letsLibrariesIn({ program, gate, verdict: { request } }: Post): boolean {
  const headers = { ...request.headers, "x-requested-with": ofLibraries };
  return !ask(program, { ...request, headers }).endings.some(({ by }) => by === gate);
}

export default defineRule({
  id: "requested-with-required",
  summary: "A place refuses requests without an X-Requested-With, which forms and programs do not send.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const post of posts) {
      const { request } = post.verdict;
      const meant = post.legitimacy.kind !== "assumed" || takesBodies(request.path);
      if (!meant || request.headers["x-requested-with"] !== undefined || !dependsOn(post, "header:x-requested-with") || !letsLibrariesIn(post)) continue;
      const message = `${requestLine(post)} without an X-Requested-With ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, doubt: post.legitimacy.kind === "declared" ? null : "only scripts of the site itself may be meant to call it" };
    }
  },
});
