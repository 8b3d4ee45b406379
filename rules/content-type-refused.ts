import { answerWords, ask, defineRule, directiveText, requestLine, type Post, type Request } from "../src/rule-api.ts";

/** How common clients write a type that is let through; a parameter changes nothing about what the body is. */
const spellings: Readonly<Record<string, string>> = {
  "application/json": "application/json; charset=utf-8",
  "application/x-www-form-urlencoded": "application/x-www-form-urlencoded; charset=UTF-8",
};

function typed(request: Request, type: string): Request {
  return { ...request, headers: { ...request.headers, "content-type": type } };
}

/** The POST with JSON that is refused by this gate where a form is let through; null when there is none. */
function refusedJson(post: Post): Post | null {
  const { program, gate, verdict } = post;
  if (ask(program, typed(verdict.request, "application/x-www-form-urlencoded")).endings.some(({ by }) => by === gate)) return null;
  const refused = ask(program, typed(verdict.request, "application/json"));
  const ending = refused.endings.find(({ by }) => by === gate);
  return ending === undefined ? null : { ...post, verdict: refused, ending, certain: post.certain && refused.blocked === "yes" };
}

/** The POST that is refused by this gate for the parameter alone; null when there is none. */
function refusedSpelling(post: Post): Post | null {
  const { program, gate, verdict } = post;
  for (const [plain, spelt] of Object.entries(spellings)) {
    if (ask(program, typed(verdict.request, plain)).endings.some(({ by }) => by === gate)) continue;
    const refused = ask(program, typed(verdict.request, spelt));
    const ending = refused.endings.find(({ by }) => by === gate);
    if (ending !== undefined) return { ...post, verdict: refused, ending, certain: refused.blocked === "yes" };
  }
  return null;
}

export default defineRule({
  id: "content-type-refused",
  summary: "A content type is let through in one spelling and refused in another that clients send.",
  about: ["content-type"],
  *check({ posts }) {
    for (const post of posts) {
      const refused = refusedSpelling(post);
      const found = refused ?? refusedJson(post) ?? post;
      const type = found.verdict.request.headers["content-type"];
      const message = `${requestLine(found)} with \`${type}\` ${answerWords(found)} by \`${directiveText(found)}\``;
      if (refused !== null) yield { post: refused, message: `${message}, while the same type without its parameter passes`, meant: "many clients add the charset to the type" };
      else if (post.legitimacy.kind === "declared" || type === "application/json") yield { post: found, message };
    }
  },
});
