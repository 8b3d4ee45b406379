import { defineRule, directiveText, requestLine, shortened, type Post } from "../src/rule-api.ts";

/** What answers are told apart by: the address, where no directive says so. */
function keyWords({ gate: { because: [, key] } }: Post): string {
  return key === undefined ? "the address" : `\`${shortened(key)}\`, which says nothing of the body`;
}

export default defineRule({
  id: "post-answered-from-cache",
  summary: "A POST is answered with what another one was answered, and never reaches the application.",
  about: [],
  *check({ kept }) {
    for (const post of kept) {
      const message = `${requestLine(post)} may be answered with what another POST was answered: \`${directiveText(post)}\` keeps answers by ${keyWords(post)}`;
      yield { post, message, doubt: "it depends on what was asked before" };
    }
  },
});
