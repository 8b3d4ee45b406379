import { answerWords, ask, defineRule, dependsOn, hookNamed, missingPart, ordinaryUserAgent, requestLine, type Post, type Report } from "../src/rule-api.ts";

const longest = 40;

function bodyWords(post: Post): string {
  const { body } = post.verdict.request;
  return body.length > longest ? `${body.slice(0, longest)}...` : body;
}

/** Several conditions in front of an application, or a pattern for the whole request line, of which nobody knows that one is meant for this very place. */
function isList(post: Post): boolean {
  const { gate, legitimacy, verdict: { request } } = post;
  // A folder may be refused for what the server looks for in it.
  return gate.reason === "waf-match" && legitimacy.kind !== "assumed" && (gate.because.length > 2 || dependsOn(post, "requestUri")) && !request.path.endsWith("/");
}

const unshown = "nothing shows that an application takes such requests";

/** What those send with whom nearly everybody comes. */
const browsers = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0",
];

/** Whether no browser gets past a filter, for a sign that stands between the words of all their names: without it they would. */
function refusesBrowsers({ program, gate, verdict: { request } }: Post): boolean {
  const refused = (name: string): boolean => ask(program, { ...request, headers: { ...request.headers, "user-agent": name } }).endings.every(({ by }) => by === gate);
  return browsers.every(refused) && browsers.some((name) => !refused(name.replaceAll(/[^\w. ]/g, "")));
}

/** A filter of the server itself, of which nobody can say that it is meant for this request alone. */
function filtered(post: Post): Report | null {
  const { request } = post.verdict;
  const passes = (changes: Partial<typeof request>): boolean => !ask(post.program, { ...request, ...changes }).endings.some(({ by }) => by === post.gate);
  const agent = request.headers["user-agent"];
  const derived = post.legitimacy.kind !== "assumed";
  if (request.query !== "" && passes({ query: "" })) {
    return { post, message: `${requestLine(post)}?${request.query} ${answerWords(post)} for its query`, doubt: derived ? null : unshown };
  }
  if (agent === ordinaryUserAgent && request.query === "" && dependsOn(post, "header:user-agent") && refusesBrowsers(post)) {
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
