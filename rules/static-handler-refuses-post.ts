import { answerWords, defineRule, requestLine, swappedBy, takenFrom } from "../src/rule-api.ts";

export default defineRule({
  id: "static-handler-refuses-post",
  summary: "A POST to an application path ends at static files, which refuse it.",
  about: ["static-handler"],
  *check({ posts }) {
    for (const post of posts) {
      if (swappedBy(post) !== null || takenFrom(post) !== null) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: it ends at static files, no application is asked` };
    }
  },
});
