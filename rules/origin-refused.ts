import { answerWords, defineRule, dependsOn, directiveText, hookNamed, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "origin-refused",
  summary: "A place that programs call refuses requests without an Origin.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const post of posts) {
      const { headers } = post.verdict.request;
      if (post.legitimacy.kind === "assumed" || headers["origin"] !== undefined || !dependsOn(post, "header:origin")) continue;
      const message = `${requestLine(post)} without an Origin ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, doubt: post.legitimacy.kind === "declared" || hookNamed(post) !== null ? null : "only pages of browsers may be meant to call it, and they send one" };
    }
  },
});
