import { answerWords, defineRule, dependsOn, directiveText, hookNamed, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "referer-required",
  summary: "A place that programs call refuses requests without a Referer.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const post of posts) {
      const { headers } = post.verdict.request;
      if (post.legitimacy.kind === "assumed" || headers["referer"] !== undefined || !dependsOn(post, "header:referer")) continue;
      const message = `${requestLine(post)} without a Referer ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, possible: post.legitimacy.kind !== "declared" && hookNamed(post) === null };
    }
  },
});
