import { answerWords, ask, defineRule, requestLine, type Post } from "../src/rule-api.ts";

/** Whether everybody who can authenticate is turned away by this gate. */
function refusesEverybody(post: Post): boolean {
  const { clients } = post.program;
  if (clients === undefined || clients.length === 0) return false;
  return clients.every((identity) => ask(post.program, { ...post.verdict.request, identity }).by === post.gate);
}

export default defineRule({
  id: "acl-group-unassigned",
  summary: "An access list names only groups that no consumer has.",
  about: ["authorization"],
  *check({ posts }) {
    for (const post of posts) {
      if (!refusesEverybody(post)) continue;
      const message = `${requestLine(post)} ${answerWords(post)} for every consumer: ${post.gate.because[0].note}`;
      yield { post, message, meant: "a route is there to be used by somebody" };
    }
  },
});
