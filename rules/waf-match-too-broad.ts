import { answerWords, ask, defineRule, dependsOn, hookNamed, missingPart, ordinaryUserAgent, refusesBrowsers, requestLine, type Post, type Report } from "../src/rule-api.ts";

function bodyWords({ verdict: { request: { body } } }: Post): string {
  return body.length > 40 ? `${body.slice(0, 40)}...` : body;
}

/** Several conditions in front of an application, or a pattern for the whole request line, of which nobody knows that one is meant for this very place. */
function isList(post: Post): boolean {
  const { gate, legitimacy, verdict: { request } } = post;
  // A folder may be refused for what the server looks for in it.
  return gate.reason === "waf-match" && legitimacy.kind !== "assumed" && (gate.because.length > 2 || dependsOn(post, "requestUri")) && !request.path.endsWith("/");
}

const unshown = "nothing shows that an application takes such requests";

/** A filter of the server itself, of which nobody can say that it is meant for this request alone. */
function filtered(post: Post): Report | null {
  const { request } = post.verdict;
  const passes = (changes: Partial<typeof request>): boolean => !ask(post.program, { ...request, ...changes }).endings.some(({ by }) => by === post.gate);
  const agent = request.headers["user-agent"];
  const derived = post.legitimacy.kind !== "assumed";
  if (request.query !== "" && passes({ query: "" })) {
    return { post, message: `${requestLine(post)}?${request.query} ${answerWords(post)} for its query`, doubt: derived ? null : unshown };
  }
  if (agent === ordinaryUserAgent && request.query === "" && refusesBrowsers(post)) {
    return { post, message: `${requestLine(post)} ${answerWords(post)} from every browser, for a sign in its User-Agent`, meant: "people come with browsers" };
  }
  if (agent === ordinaryUserAgent && request.query === "" && isList(post) && passes({ path: "/another/path" })) {
    return { post, message: `${requestLine(post)} ${answerWords(post)} by a list of paths, and an application takes POSTs there`, doubt: "the list may be meant for that very path" };
  }
  const { version, ...newer } = request;
  if (version !== undefined && !ask(post.program, newer).endings.some(({ by }) => by === post.gate)) {
    return { post, message: `${requestLine(post)} by HTTP/${version}, as proxies may send it, ${answerWords(post)}`, doubt: "it depends on what stands in front of the server", atMost: "note" };
  }
  if (agent === ordinaryUserAgent || !passes({ headers: { ...request.headers, "user-agent": ordinaryUserAgent } })) return null;
  // Most who keep such a list mean programs that read; what programs send them is forgotten.
  const called = post.legitimacy.kind === "declared" || hookNamed(post) !== null;
  const message = agent === undefined ? `${requestLine(post)} from a client that sends no User-Agent ${answerWords(post)}` : `${requestLine(post)} from the client ${agent} ${answerWords(post)} for the name of its software`;
  return { post, message, doubt: agent === undefined ? "most programs name their software" : derived ? null : unshown, ...(called ? {} : { atMost: "note" }) };
}

export default defineRule({
  id: "waf-match-too-broad",
  summary: "A filter matches what ordinary people and programs send.",
  about: ["waf-match", "client-software"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer === "waf") {
        // What the rule set itself cannot decide is no sign that it is too broad.
        if (post.verdict.blocked !== "yes") continue;
        const message = `${requestLine(post)} with the body \`${bodyWords(post)}\` ${answerWords(post)} by a firewall rule`;
        yield { post, message, meant: "the request is an ordinary one", doubt: missingPart(post.program) };
        continue;
      }
      const report = filtered(post);
      if (report !== null) yield report;
    }
  },
});
