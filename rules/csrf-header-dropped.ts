import { arrivalWords, defineRule, directiveText, losesMore, requestLine } from "../src/rule-api.ts";

const token = /^header:.*(?:csrf|xsrf|nonce)/;
/** Applications that look at these mostly look at one of them, and take a POST without. */
const ofPages: ReadonlySet<string> = new Set(["header:origin", "header:referer"]);

export default defineRule({
  id: "csrf-header-dropped",
  summary: "A POST reaches the application without the header that protects it from forged requests.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      const isToken = token.test(post.loss);
      if (!isToken && !ofPages.has(post.loss)) continue;
      const message = `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\``;
      yield { post, message, doubt: !isToken ? "applications that look at it mostly look at something else as well" : losesMore(post) ? "more than that is taken away, as for another kind of request" : null };
    }
  },
});
