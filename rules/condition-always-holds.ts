import { answerWords, defineRule, directiveText, ordinaryPost, requestLine, type Post } from "../src/rule-api.ts";

/** Whether the request has a header that not everybody sends. */
function hasMore({ verdict: { request } }: Post): boolean {
  const ordinary = new Set(Object.keys(ordinaryPost().headers));
  return Object.keys(request.headers).some((name) => !ordinary.has(name));
}

export default defineRule({
  id: "condition-always-holds",
  summary: "Conditions that are meant for some hold for every request, and nobody gets past them.",
  about: ["always-holds"],
  *check({ posts }) {
    for (const post of posts) {
      if (hasMore(post)) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, whose conditions hold for every request`;
      yield { post, message, meant: "the conditions are written for some requests only" };
    }
  },
});
