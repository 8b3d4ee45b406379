import { answerWords, ask, defineRule, directiveText, isPlaced, missingPart, requestLine, type Post } from "../src/rule-api.ts";

const types = ["application/json", "multipart/form-data; boundary=x", "text/xml", "text/plain"];

/** Whether it is the method alone that is refused: every kind of body, on any path the rule is for. */
function whateverItCarries(post: Post): boolean {
  const { request } = post.verdict;
  const others = [
    { ...request, path: isPlaced(post.gate) ? request.path : "/another/path", query: "" },
    ...types.map((type) => ({ ...request, body: "x", bodyBytes: 1, headers: { ...request.headers, "content-type": type } })),
  ];
  return others.every((other) => ask(post.program, other).by === post.gate);
}

export default defineRule({
  id: "waf-blocks-method",
  summary: "A firewall rule refuses POST as such, whatever it carries.",
  about: ["method"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer !== "waf" || !whateverItCarries(post)) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by the firewall rule \`${directiveText(post)}\``;
      yield { post, message, meant: "a firewall in front of an application sees its POSTs", doubt: missingPart(post.program) };
    }
  },
});
