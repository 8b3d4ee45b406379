import { writeWord } from "../legitimate/words.ts";
import type { Condition, Operator } from "../model/condition.ts";
import type { Decide } from "../model/decide.ts";
import type { Effect, Gate, Program, Reason, Scope } from "../model/program.ts";
import { withMethod, type Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import type { Post } from "../rule-api.ts";
import { startKey } from "../source.ts";
import { gatesOf, type Place } from "./places.ts";
import { postOf } from "./post.ts";
import { requestAt } from "./requests.ts";
import { findWitness, stopped, type Witness } from "./witness.ts";

/**
 * Preflight requests (Fetch standard, 4.8) that a gate refuses although the POST they ask for passes, in places that
 * are meant for pages of other sites.
 */
export function* refusedPreflights(program: Program, places: readonly Place[], decide: Decide): Iterable<Post> {
  const seen = new Set<Gate>();
  const known = new Map<Scope, Signs>();
  const signsIn = (scope: Scope): Signs => {
    const signs = known.get(scope) ?? signsOf(scope);
    known.set(scope, signs);
    return signs;
  };
  for (const place of places) {
    const signs = place.way.map(signsIn);
    const onlyRead = signs.every(({ announced, naming }) => !announced && naming.length === 0);
    if (onlyRead && !isReadByOthers(place)) continue;
    const expected = (gate: Gate): boolean => signs.some(({ announced, naming }) => announced || naming.some((one) => isOther(one, gate)));
    for (const gate of place.way.flatMap(gatesOf)) {
      if (seen.has(gate) || !refuses(gate.effect) || !(onlyRead ? aboutPreflights.has(gate.reason) : expected(gate))) continue;
      seen.add(gate);
      const goal = { judge: (request: Request) => judge(decide, request, gate), rank, best: 1 };
      const witness = findWitness(program, place, gate, preflightFor(requestAt(program, place)), goal);
      if (witness === null) continue;
      const post = postOf(program, witness, place);
      yield onlyRead ? { ...post, legitimacy: { kind: "assumed", words: "other sites may read what is answered, and nothing shows that they may send" } } : post;
    }
  }
}

/** Reasons that turn a preflight away for what tells it from the POST: its method, and that it brings no credentials. */
const aboutPreflights: ReadonlySet<Reason> = new Set(["authorization", "method", "method-limit"]);

/** Whether a place for writes lets other sites read its answers: who asks for them with a password asks for leave first. */
function isReadByOthers({ scope }: Place): boolean {
  return scope.answersOthers === true && scope.handler === "app" && writeWord(scope.name) !== null;
}

/** Answers with which a server turns away what it does not know: anything else is about more than the preflight. */
const refusals: ReadonlySet<number | "reset"> = new Set([401, 403, 405]);

function refuses(effect: Effect): boolean {
  return effect.kind === "deny" && refusals.has(effect.status);
}

function rank(witness: Witness): number {
  return witness.certain ? 1 : 0;
}

function judge(decide: Decide, request: Request, gate: Gate): Witness | null {
  const witness = stopped(decide, request, gate);
  if (witness === null) return null;
  const post = decide(postAfter(request));
  return post.blocked === "no" ? { ...witness, get: decide(withMethod(postAfter(request), "GET")) } : null;
}

/** What a browser asks before a page of another site may post JSON: without a body, and never with credentials. */
function preflightFor(post: Request): Request {
  const { "user-agent": agent = "", accept = "*/*" } = post.headers;
  const headers = {
    "user-agent": agent,
    accept,
    origin: "https://www.example.org",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
  };
  return { ...post, method: "OPTIONS", headers, body: "", bodyBytes: 0, identity: { ...post.identity, state: "none" } };
}

/** The POST that follows when the answer is yes: with credentials. */
function postAfter(preflight: Request): Request {
  const { "access-control-request-method": method = "POST", ...headers } = preflight.headers;
  const body = JSON.stringify({ name: "value" });
  return {
    ...preflight,
    method,
    headers: { ...headers, "content-type": "application/json" },
    body,
    bodyBytes: Buffer.byteLength(body),
    identity: { ...preflight.identity, state: "valid" },
  };
}

/** What the configuration itself says about requests from other sites. */
interface Signs {
  readonly announced: boolean;
  /** Scopes and gates that ask for OPTIONS by name. */
  readonly naming: readonly (Scope | Gate)[];
}

/** Whether it stands in other lines than a gate: a rule that asks for OPTIONS by name and refuses them expects none. */
function isOther(one: Scope | Gate, gate: Gate): boolean {
  const lines = new Set(gate.because.map(({ at }) => startKey(at)));
  return !("because" in one) || !one.because.some(({ at }) => lines.has(startKey(at)));
}

function signsOf(scope: Scope): Signs {
  const announced = (scope.writes ?? []).some(({ of }) => of === "other-sites");
  const written = gatesOf(scope).filter(({ implied }) => implied !== true);
  return { announced, naming: [scope, ...written].filter(({ when }) => namesOptions(when)) };
}

function namesOptions(condition: Condition): boolean {
  return testsIn(condition).some(({ subject, operator }) => fieldsOf(subject).includes("method") && wordsOf(operator).some((word) => /\bOPTIONS\b/.test(word)));
}

function wordsOf(operator: Operator): readonly string[] {
  if (operator.kind === "in") return operator.values;
  if (operator.kind === "matches") return [operator.pattern];
  return operator.kind === "equals" ? [literal(operator.value) ?? ""] : [];
}
