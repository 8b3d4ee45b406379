import { answerWords, defineRule, directiveText, getMayPass, getPasses, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "method-denied",
  summary: "A condition on the request method refuses POST.",
  about: ["method"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer === "waf" || post.gate.effect.kind === "redirect" || !(getPasses(post) || getMayPass(post))) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, while GET ${getPasses(post) ? "passes" : "may pass"}`;
      yield { post, message, doubt: getPasses(post) ? null : "a GET does not pass either" };
    }
  },
});
