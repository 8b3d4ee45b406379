import { answerWords, ask, defineRule, dependsOn, directiveText, getPasses, requestLine, rightlyClosed, type Post } from "../src/rule-api.ts";

/** The application that takes POSTs at the very address of a request; null where none shows. */
function applicationAt({ program, verdict: { request } }: Post): string | null {
  return program.endpoints?.find(({ path, query, application }) => path === request.path && query === request.query && application !== null)?.application ?? null;
}

/** Whether the site itself is shut as well, and the address only with it. */
function isWholeSite({ program, gate, get: { request } }: Post): boolean {
  return ask(program, { ...request, path: "/", query: "" }).endings.some(({ by }) => by === gate);
}

export default defineRule({
  id: "endpoint-closed",
  summary: "An address at which an application takes POSTs is refused to everybody.",
  about: ["authorization", "waf-match", "fixed-answer"],
  *check({ posts }) {
    for (const post of posts) {
      const application = applicationAt(post);
      if (application === null || post.verdict.request.query !== "" || getPasses(post) || isWholeSite(post)) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, and ${application} takes POSTs there`;
      // Who is known may be let in all the same.
      const choosy = dependsOn(post, "header:cookie") || dependsOn(post, "clientAddress");
      yield { post, message, possible: choosy, ...(rightlyClosed(post.verdict.request.path) ? { atMost: "note" } : {}) };
    }
  },
});
