import { answerWords, defineRule, requestLine, swappedBy, takenFrom } from "../src/rule-api.ts";

export default defineRule({
  id: "unreachable-route",
  summary: "A place for static files takes paths away from the application behind them.",
  about: ["static-handler"],
  *check({ posts }) {
    for (const post of posts) {
      const owner = swappedBy(post) === null ? takenFrom(post) : null;
      if (owner === null) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by static files, before \`${owner}\` can hand it on`;
      yield { post, message, atMost: "note", meant: `\`${owner}\` hands on everything else below that path` };
    }
  },
});
