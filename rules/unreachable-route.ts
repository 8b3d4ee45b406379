import { answerWords, defineRule, directiveText, requestLine, swappedBy, takenFrom } from "../src/rule-api.ts";

export default defineRule({
  id: "unreachable-route",
  summary: "A place for files, or for what is refused, takes paths away from the application behind it.",
  about: ["static-handler"],
  *check({ posts, taken }) {
    for (const post of posts) {
      const owner = swappedBy(post) === null ? takenFrom(post) : null;
      if (owner === null) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by static files, before \`${owner}\` can hand it on`;
      yield { post, message, atMost: "note", meant: `\`${owner}\` hands on everything else below that path` };
    }
    for (const post of taken) {
      const behind = post.owner === null ? "" : `, before \`${post.owner}\` can hand it on`;
      yield { post, message: `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\` of \`${post.ending.scope.name}\`${behind}`, doubt: "the place may be meant to take such paths away" };
    }
  },
});
