import { answerWords, defineRule, directiveText, getPasses, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "method-denied",
  summary: "A condition on the request method refuses POST.",
  *check({ posts }) {
    for (const post of posts) {
      if (post.gate.reason !== "method" || post.program.layer === "waf" || post.gate.effect.kind === "redirect") continue;
      if (!getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, while GET passes` };
    }
  },
});
