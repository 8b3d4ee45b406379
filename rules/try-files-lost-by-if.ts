import { answerWords, defineRule, requestLine, swappedBy } from "../src/rule-api.ts";

export default defineRule({
  id: "try-files-lost-by-if",
  summary: "A condition replaces the settings of its place, and the way to the application is lost.",
  about: ["static-handler"],
  *check({ posts }) {
    for (const post of posts) {
      if (swappedBy(post) === null) continue;
      const message = `${requestLine(post)} ${answerWords(post)}: where this condition holds, the way to the application does not`;
      yield { post, message, meant: "without the condition the same request reaches an application" };
    }
  },
});
