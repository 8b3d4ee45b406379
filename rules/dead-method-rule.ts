import { answerWords, defineRule, requestLine, shortened } from "../src/rule-api.ts";

export default defineRule({
  id: "dead-method-rule",
  summary: "A rule about methods can never apply, or applies to every method.",
  about: [],
  *check({ dead }) {
    for (const post of dead) {
      const [rule] = post.gate.because;
      const does = post.stopsPost ? `, so ${requestLine(post)} ${answerWords(post)} like everything else` : "";
      const message = `\`${shortened(rule)}\` can tell no method from another: ${post.dead}${does}`;
      yield { post, message, meant: "", ...(post.stopsPost ? {} : { atMost: "note" as const }) };
    }
  },
});
