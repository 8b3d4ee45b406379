import { defineRule, dependsOn, directiveText, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "auth-subrequest-needs-body",
  summary: "The place that is asked who may come in waits for a body that it never gets.",
  about: ["broken-configuration"],
  *check({ posts }) {
    for (const post of posts) {
      if (!dependsOn(post, "contentLength")) continue;
      const message = `${requestLine(post)} may be answered ${post.ending.status}: what \`${directiveText(post)}\` asks is told of a body and gets none`;
      yield { post, message };
    }
  },
});
