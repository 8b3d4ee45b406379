import { answerWords, ask, asksForAddress, defineRule, dependsOn, directiveText, endpointAt, getPasses, isOfVisitor, ledTo, passesWithout, requestLine, rightlyClosed, shortened, takesBodies, type Post } from "../src/rule-api.ts";

/** Whether the site itself is shut as well, and the address only with it; to visitors, by whatever asks who they are. */
function isWholeSite(post: Post): boolean {
  const { program, gate, get: { request } } = post;
  return ask(program, { ...request, path: "/", query: "" }).endings.some(({ by }) => by === gate || (isOfVisitor(post) && by?.reason === "authorization"));
}

/** An error that a server answers whatever is asked, before it comes to the places behind that hand requests on. */
function isInFrontOfAll(post: Post): boolean {
  const { program, gate, ending: { status }, verdict: { depends } } = post;
  const handsOn = Object.values(program.stages).some((stage) => stage.some(({ handler }) => handler === "app"));
  return handsOn && gate.reason === "fixed-answer" && typeof status === "number" && status >= failing && depends.length === 0 && isWholeSite(post) && passesWithout(post);
}

const failing = 500;

/** Why somebody is meant to take POSTs there, in words; null where nothing says so. */
function takerOf(post: Post): string | null {
  if (post.shown !== undefined && post.legitimacy.kind === "derived") return post.legitimacy.words;
  const known = endpointAt(post);
  if (known !== undefined) return isWholeSite(post) ? null : `${known.application ?? ""} takes POSTs${isOfVisitor(post) ? " of visitors" : ""} there`;
  const led = post.gate.reason === "authorization" ? ledTo({ request: post.verdict.request, ending: post.ending }) : null;
  if (led !== null) return `\`${shortened(led.by.because[0])}\` leads it to ${led.to}`;
  if (isInFrontOfAll(post)) return "an application behind it never gets anything";
  return post.verdict.depends.length === 0 && post.gate.reason === "fixed-answer" && post.legitimacy.kind === "derived" && takesBodies(post.verdict.request.path) && !isWholeSite(post) ? "its name says that it takes POSTs" : null;
}

/** A refusal of everything whose status speaks of methods, and so of one that is missing. */
function speaksOfMethods({ status }: Post["ending"]): boolean {
  return status === 405;
}

/** What speaks against a mistake, in words; null where nothing does. */
function doubtOf(post: Post): string | null {
  const { gate: { reason }, shown, ending, program } = post;
  if (dependsOn(post, "header:cookie") || dependsOn(post, "clientAddress")) return "who is known may be let in all the same";
  if (reason === "fixed-answer" && shown === undefined && endpointAt(post) === undefined && !speaksOfMethods(ending) && !isInFrontOfAll(post)) return "what was there may have been given up";
  if (reason === "address-list" && program.missing.length > 0) return "who is let in may stand in a file that is not here";
  if (isOfVisitor(post)) return "nothing shows that visitors send anything";
  return endpointAt(post)?.guessed === true ? "only its name speaks for it" : null;
}

export default defineRule({
  id: "endpoint-closed",
  summary: "An address at which an application takes POSTs is refused to everybody.",
  about: ["authorization", "waf-match", "fixed-answer", "address-list"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.verdict.request.query !== "" || getPasses(post)) continue;
      // Who is let in by address is for another rule; `deny all` alone lets in nobody.
      if (post.gate.reason === "address-list" && asksForAddress(post)) continue;
      const taker = takerOf(post);
      if (taker === null) continue;
      const message = `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, and ${taker}`;
      yield { post, message, doubt: doubtOf(post), ...(post.shown === undefined && rightlyClosed(post.verdict.request.path) ? { atMost: "note" } : {}) };
    }
  },
});
