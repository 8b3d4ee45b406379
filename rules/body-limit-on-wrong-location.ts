import { answerWords, ask, defineRule, laterLimit, requestLine, takesBodies, type Post } from "../src/rule-api.ts";

/** A place that nothing says bodies go to, and that ordinary POSTs do not come through: a folder of files, say. */
function isByTheWay({ program, verdict: { request }, gate }: Post): boolean {
  const ordinary = ask(program, { ...request, path: "/orders/new", query: "" });
  return !takesBodies(request.path) && ordinary.by?.because[0].at !== gate.because[0].at;
}

export default defineRule({
  id: "body-limit-on-wrong-location",
  summary: "The limit for bodies is raised where requests only come later, and the place they come to first refuses them.",
  about: ["body-size"],
  *check({ posts }) {
    for (const post of posts) {
      const later = laterLimit(post);
      if (later === null || (post.legitimacy.kind !== "declared" && isByTheWay(post))) continue;
      const message = `${requestLine(post)} with ${post.verdict.request.bodyBytes} bytes ${answerWords(post)} before it comes to \`${later}\``;
      yield { post, message, meant: `\`${later}\` is meant for this request` };
    }
  },
});
