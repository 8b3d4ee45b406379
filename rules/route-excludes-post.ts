import { answerWords, defineRule, directiveText, getPasses, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "route-excludes-post",
  summary: "A route takes a path with other methods only, and no route takes it with POST.",
  about: ["no-route"],
  *check({ posts }) {
    for (const post of posts) {
      if (!getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: \`${directiveText(post)}\` leaves POST out, and no other route takes it` };
    }
  },
});
