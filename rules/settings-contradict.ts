import { answerWords, defineRule, missingPart, passesWithout, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "settings-contradict",
  summary: "One setting needs what another withholds, and every request fails.",
  about: ["contradiction"],
  *check({ posts }) {
    for (const post of posts) {
      const [{ note }] = post.gate.because;
      const message = `${requestLine(post)} ${answerWords(post)}: ${note}`;
      const doubt = missingPart(post.program);
      if (post.gate.intended === undefined && passesWithout(post)) yield { post, message, doubt, meant: "nothing says that the place is closed" };
      else yield { post, message, doubt: "the place may be closed on purpose" };
    }
  },
});
