import { answerWords, arrivesWithout, defineRule, directiveText, laterLimit, requestLine, type Post } from "../src/rule-api.ts";

const kibibyte = 1024;
const largestForm = 16 * kibibyte;

function sizeWords(post: Post): string {
  const { bodyBytes } = post.verdict.request;
  return bodyBytes < kibibyte ** 2 ? `${Math.round(bodyBytes / kibibyte)} KiB` : `${Math.round(bodyBytes / kibibyte ** 2)} MiB`;
}

/** Whether any form passes, and nothing is known but that something attached to one does not. */
function attachesFile({ legitimacy, verdict: { request: { bodyBytes } } }: Post): boolean {
  return legitimacy.kind !== "declared" && bodyBytes > largestForm && bodyBytes < kibibyte ** 2;
}

export default defineRule({
  id: "body-limit-too-small",
  summary: "The largest body that is let through is smaller than an ordinary one.",
  about: ["body-size"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.gate.implied === true && (post.get.outcome !== "reached" || !arrivesWithout(post))) continue;
      if (laterLimit(post) !== null) continue;
      const attaches = attachesFile(post);
      const isDefault = post.gate.implied === true && post.legitimacy.kind !== "declared";
      const limit = post.gate.implied === true ? "the server's default limit" : `\`${directiveText(post)}\``;
      const message = `${requestLine(post)} with ${sizeWords(post)} ${answerWords(post)} by ${limit}`;
      yield { post, message, doubt: attaches ? "forms pass, and nothing shows that files are sent with them" : isDefault ? "nothing shows that so much is sent there" : null };
    }
  },
});
