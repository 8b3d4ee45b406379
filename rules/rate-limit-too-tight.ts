import { answerWords, defineRule, directiveText, requestLine } from "../src/rule-api.ts";

/** Slowing down whoever guesses passwords is what limits are for. */
const guessing = /log-?in|sign-?in|sign-?up|register|auth|token|password|passwd|reset|otp|verify|xmlrpc|wp-cron/i;

/** Nobody minds a limit that more requests a minute than this would reach. */
const ordinary = 3;

export default defineRule({
  id: "rate-limit-too-tight",
  summary: "A rate limit refuses what one person or program does within a minute.",
  about: ["rate"],
  *check({ posts }) {
    for (const post of posts) {
      const { path, perMinute } = post.verdict.request;
      if (perMinute > ordinary || guessing.test(path)) continue;
      yield { post, message: `${requestLine(post)} ${perMinute} times within a minute ${answerWords(post)} by \`${directiveText(post)}\`` };
    }
  },
});
