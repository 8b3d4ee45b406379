import { answerWords, defineRule, directiveText, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "waf-blocks-method",
  summary: "A firewall rule refuses POST as such, whatever it carries.",
  about: ["method"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer !== "waf") continue;
      const message = `${requestLine(post)} ${answerWords(post)} by the firewall rule \`${directiveText(post)}\``;
      yield { post, message, meant: "a firewall in front of an application sees its POSTs", possible: post.program.missing.length > 0 };
    }
  },
});
