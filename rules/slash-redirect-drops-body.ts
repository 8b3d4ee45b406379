import { defineRule, endpointWord, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "slash-redirect-drops-body",
  summary: "A path without its slash at the end is redirected, so clients repeat a POST as a GET without its body.",
  about: ["slash-redirect"],
  *check({ posts }) {
    for (const post of posts) {
      const { path } = post.verdict.request;
      if (post.legitimacy.kind !== "declared" && endpointWord(path) === null) continue;
      yield { post, message: `${requestLine(post)} is answered ${post.ending.status} to ${path}/, so clients repeat it as a GET without its body` };
    }
  },
});
