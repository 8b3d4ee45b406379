import { answerWords, ask, defineRule, directiveText, requestLine, type Post } from "../src/rule-api.ts";

/** Slowing down whoever guesses passwords is what limits are for. */
const guessing = /log-?in|sign-?in|sign-?up|register|auth|token|password|passwd|reset|otp|verify|xmlrpc|wp-cron/i;

/** Who corrects a form sends no more within a minute. */
const ofOne = 3;

/** Where people come who mistype what they know. */
const signingIn = /log-?in|sign-?in|\/auth(?:\/|$)/i;

/** So often somebody tries who has forgotten which password it was. */
const ofSeveral = 7;

/** So often somebody signs in within a minute where several share an address. */
const ofSome = 12;

/** A place where people sign in and do nothing else: a few tries a minute are meant. */
const onlySigningIn = /\/(?:log-?in|sign-?in|sign-?up|register)(?:\.\w+)?\/?\W*$/i;

/** Whether a place for signing in alone takes what somebody tries who has forgotten which password it was. */
function isForSigningIn(post: Post): boolean {
  return onlySigningIn.test(post.ending.scope.name) && post.verdict.request.atOnce === 1 && !stopsSeveral(post);
}

function paceWords({ verdict: { request: { perMinute, atOnce } } }: Post): string {
  if (atOnce > 1) return atOnce === 2 ? "twice at the same moment" : `${atOnce} times at the same moment`;
  return `${perMinute} times within a minute`;
}

function stopsSeveral({ program, verdict: { request } }: Post): boolean {
  return ask(program, { ...request, perMinute: ofSeveral, atOnce: 1 }).blocked === "yes";
}

/** Whether a place for signing in takes no second or third try. */
function isTightFor(post: Post): boolean {
  const { path, perMinute } = post.verdict.request;
  return signingIn.test(path) && perMinute <= ofOne && stopsSeveral(post);
}

export default defineRule({
  id: "rate-limit-too-tight",
  summary: "A rate limit refuses what one person or program does within a minute.",
  about: ["rate"],
  *check({ posts }) {
    for (const post of posts) {
      const { path, perMinute, atOnce } = post.verdict.request;
      const isTight = isTightFor(post);
      if (isForSigningIn(post) || ((atOnce > 1 || perMinute > ofSome) && guessing.test(path) && !isTight)) continue;
      const counted = post.gate.ofAll === true ? ", which counts all clients together" : "";
      const message = `${requestLine(post)} ${paceWords(post)} ${answerWords(post)} by \`${directiveText(post)}\`${counted}`;
      const isSure = isTight || (perMinute <= ofOne && atOnce === 1 && !guessing.test(path));
      yield { post, message, doubt: isSure ? null : "it depends on how often clients come" };
    }
  },
});
