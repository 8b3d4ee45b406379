import { answerWords, defineRule, getPassesOtherwise, passesOtherwise, requestLine } from "../src/rule-api.ts";

export default defineRule({
  id: "broken-htaccess",
  summary: "The server cannot read a `.htaccess`, and answers every request to its folder with 500.",
  about: ["unreadable-configuration"],
  *check({ posts }) {
    for (const post of posts) {
      const [{ note }] = post.gate.because;
      const message = `${requestLine(post)} ${answerWords(post)}, as every request there is: ${note.replace(/\.$/, "")}`;
      if (post.gate.intended === undefined && (passesOtherwise(post) || getPassesOtherwise(post))) yield { post, message, meant: "without the mistake the same request passes" };
      else yield { post, message };
    }
  },
});
