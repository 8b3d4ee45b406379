import { answerWords, defineRule, directiveText, getPasses, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "method-denied",
  summary: "A condition on the request method refuses POST.",
  about: ["method"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer === "waf" || post.gate.effect.kind === "redirect" || !getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, while GET passes` };
    }
  },
});
