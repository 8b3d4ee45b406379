import { answerWords, defineRule, passesWithout, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "settings-contradict",
  summary: "One setting needs what another withholds, and every request fails.",
  about: ["contradiction"],
  *check({ posts }) {
    for (const post of posts) {
      const [{ note }] = post.gate.because;
      const message = `${requestLine(post)} ${answerWords(post)}: ${note}`;
      const possible = post.program.missing.length > 0;
      if (post.gate.intended === undefined && passesWithout(post)) yield { post, message, possible, meant: "nothing says that the place is closed" };
      else yield { post, message, possible: true };
    }
  },
});
