import { answerWords, defineRule, directiveText, requestLine, rightlyClosed, shortened } from "../src/rule-api.ts";

export default defineRule({
  id: "mixed-access-syntax",
  summary: "Access control in the old syntax refuses what the new syntax lets in.",
  about: ["mixed-access"],
  *check({ posts }) {
    for (const post of posts) {
      const [, grant] = post.gate.because;
      if (grant === undefined || rightlyClosed(post.verdict.request.path)) continue;
      const opened = `\`${shortened(grant)}\``;
      const message = `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, which ${opened} does not undo`;
      yield { post, message, meant: `${opened} is written for this very place` };
    }
  },
});
