import { answerWords, ask, defineRule, directiveText, edgesOfNetwork, networksNamed, requestLine, type Post, type Verdict } from "../src/rule-api.ts";

/** Networks that gates behind this one would let through. */
function allowedTooLate(post: Post): readonly string[] {
  const gates = post.ending.trace.find((step) => step.gate === post.gate)?.chain.gates ?? [];
  const behind = gates.slice(gates.indexOf(post.gate) + 1).filter(({ effect }) => effect.kind === "jump" || effect.kind === "accept");
  return behind.flatMap((gate) => networksNamed({ ...post, gate }));
}

/** What happens to the first address of a network, when this gate refuses it and the last; null when it lets some through. */
function refusalOf(post: Post, network: string): Verdict | null {
  const [first, last] = edgesOfNetwork(network).map((clientAddress) => ask(post.program, { ...post.verdict.request, clientAddress }));
  return first?.by === post.gate && last?.by === post.gate ? first : null;
}

export default defineRule({
  id: "deny-shadows-allow",
  summary: "Addresses are let through behind a line that has refused them.",
  about: ["address-list"],
  *check({ posts }) {
    for (const post of posts) {
      const [verdict] = allowedTooLate(post).flatMap((network) => refusalOf(post, network) ?? []);
      if (verdict === undefined) continue;
      const found: Post = { ...post, verdict, ending: verdict.ending, certain: verdict.blocked === "yes" };
      const message = `${requestLine(found)} from ${verdict.request.clientAddress} ${answerWords(found)} by \`${directiveText(found)}\`, though a line behind it lets this address through`;
      yield { post: found, message, meant: "a later line lets this address through" };
    }
  },
});
