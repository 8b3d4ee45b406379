import { answerWords, defineRule, directiveText, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "condition-always-holds",
  summary: "Conditions that are meant for some hold for every request, and nobody gets past them.",
  about: ["always-holds"],
  *check({ posts }) {
    for (const post of posts) {
      const message = `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, whose conditions hold for every request`;
      yield { post, message, meant: "the conditions are written for some requests only" };
    }
  },
});
