import { answerWords, defineRule, laterLimit, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "body-limit-on-wrong-location",
  summary: "The limit for bodies is raised where requests only come later, and the place they come to first refuses them.",
  about: ["body-size"],
  *check({ posts }) {
    for (const post of posts) {
      const later = laterLimit(post);
      if (later === null) continue;
      const message = `${requestLine(post)} with ${post.verdict.request.bodyBytes} bytes ${answerWords(post)} before it comes to \`${later}\``;
      yield { post, message, meant: `\`${later}\` is meant for this request` };
    }
  },
});
