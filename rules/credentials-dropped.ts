import { arrivalWords, ask, defineRule, directiveText, requestLine, type Damaged } from "../src/rule-api.ts";

const credentials: ReadonlySet<string> = new Set(["header:authorization", "header:cookie", "header:x-api-key", "header:x-auth-token"]);

/** Whether somebody on the way lets in only whom it knows: then the application may rely on that. */
function checkedBefore({ program, verdict: { request } }: Damaged): boolean {
  return ask(program, { ...request, identity: { ...request.identity, state: "none" } }).blocked !== "no";
}

export default defineRule({
  id: "credentials-dropped",
  summary: "A POST reaches the application without the header that says who sends it.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (!credentials.has(post.loss) || checkedBefore(post)) continue;
      const message = `${requestLine(post)} ${arrivalWords(post)} because of \`${directiveText(post)}\`, and nothing before the application checks who sends it`;
      yield { post, message, doubt: post.legitimacy.kind === "declared" ? null : "the application may know its clients by something else" };
    }
  },
});
