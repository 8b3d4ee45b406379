import { answerWords, defineRule, requestLine, type Post } from "../src/rule-api.ts";

const longest = 40;

function bodyWords(post: Post): string {
  const { body } = post.verdict.request;
  return body.length > longest ? `${body.slice(0, longest)}...` : body;
}

export default defineRule({
  id: "waf-match-too-broad",
  summary: "A firewall rule matches what ordinary people and programs send.",
  about: ["waf-match"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer !== "waf") continue;
      const message = `${requestLine(post)} with the body \`${bodyWords(post)}\` ${answerWords(post)} by a firewall rule`;
      yield { post, message, meant: "the request is an ordinary one" };
    }
  },
});
