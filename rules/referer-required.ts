import { answerWords, ask, defineRule, dependsOn, directiveText, hookNamed, ordinaryUserAgent, requestLine, type Post, writesNamed } from "../src/rule-api.ts";

/** Whether browsers send POSTs there, some of which are set never to say where they come from. */
function takesForms({ program, verdict: { request } }: Post): boolean {
  return program.endpoints?.some(({ path, application }) => path === request.path && application !== null) === true;
}

/** Whether it is not for the name of its software that a client is refused. */
function refusesBrowsers({ program, gate, verdict: { request } }: Post): boolean {
  const headers = { ...request.headers, "user-agent": ordinaryUserAgent };
  return ask(program, { ...request, headers }).endings.some(({ by }) => by === gate);
}

export default defineRule({
  id: "referer-required",
  summary: "A place that programs call refuses requests without a Referer.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const post of posts) {
      const { headers } = post.verdict.request;
      // What a comment calls a protection shuts out those who say nothing all the same.
      const meant = post.legitimacy.kind !== "assumed" || writesNamed(post);
      if (!meant || headers["referer"] !== undefined || !dependsOn(post, "header:referer")) continue;
      if (!refusesBrowsers(post)) continue;
      const message = `${requestLine(post)} without a Referer ${answerWords(post)} by \`${directiveText(post)}\``;
      const called = post.legitimacy.kind === "declared" || hookNamed(post) !== null;
      yield { post, message, doubt: called || takesForms(post) ? null : "only pages of browsers may be meant to call it, and most send one", ...(called ? {} : { atMost: "note" }) };
    }
  },
});
