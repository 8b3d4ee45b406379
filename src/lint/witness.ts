import { cells } from "../model/cells.ts";
import { always, type Answer, type Condition } from "../model/condition.ts";
import type { Decide } from "../model/decide.ts";
import { encodedPath, type Dimension } from "../model/dimension.ts";
import { unknownEnvironment } from "../model/environment.ts";
import { initialWorld } from "../model/evaluate.ts";
import type { Field } from "../model/field.ts";
import { askingIn, holds } from "../model/holds.ts";
import type { Effect, Gate, Program, Reason, Scope } from "../model/program.ts";
import { testsBehind } from "../model/reads.ts";
import { samplesOf } from "../model/regex.ts";
import { withMethod, type Request } from "../model/request.ts";
import { fieldsOf, fieldsOfTest, testsIn, type Test } from "../model/tests-of.ts";
import type { Ending, Verdict } from "../model/verdict.ts";
import { focused } from "./focus.ts";
import type { Place } from "./places.ts";

/** A request that a gate stops or damages, and what the same request does as a GET. */
export interface Witness {
  readonly verdict: Verdict;
  readonly get: Verdict;
  readonly gate: Gate;
  /** The course of events in which the gate does it. */
  readonly ending: Ending;
  /** Whether it does so in every course of events. */
  readonly certain: boolean;
}

/** What a witness must show, what makes one better than another, and what is good enough to end the search. */
export interface Goal {
  /** Null when the request shows nothing. */
  judge(request: Request): Witness | null;
  rank(witness: Witness): number;
  readonly best: number;
}

/** At most this many requests are tried for one gate. */
const tries = 80;
/** Once a witness is found, at most so many further requests are tried for a better one. */
const patience = 16;
/** At most this many values of one part of the request are compared. */
const samples = 80;
/** Lists longer than this name single clients, addresses or referrers: comparing samples of all of them tells nothing. */
const mostTests = 300;
/** A gate that asks for more by itself is such a list; one that asks for less depends on one. */
const mostOwn = 30;
/** At most this many requests are tried that only the gate's own tests tell apart. */
const mostAsked = 40;
/** At most this many paths are guessed from patterns. */
const mostGuesses = 6;

/** Whether an effect can keep a request from its application. */
export function stops(effect: Effect): boolean {
  return effect.kind === "deny" || effect.kind === "redirect" || effect.kind === "challenge" || (effect.kind === "reroute" && typeof effect.status === "number");
}

/** Judges one request; null when another gate, or none, stops it. Any gate will do where none is given. */
export function stopped(decide: Decide, request: Request, gate: Gate | null): Witness | null {
  const verdict = decide(request);
  if (verdict.blocked === "no") return null;
  const by = gate ?? verdict.by;
  const ending = gate === null ? verdict.ending : verdict.endings.find((one) => one.by === gate);
  if (by === null || ending === undefined) return null;
  return { verdict, get: decide(withMethod(request, "GET")), gate: by, ending, certain: verdict.blocked === "yes" && isSure(verdict, ending, by) };
}

/** Where a GET gets an answer that the configuration has ready, nothing waits for a POST. */
export function unlessReady(witness: Witness | null): Witness | null {
  if (witness === null || !aboutMethods.has(witness.gate.reason)) return witness;
  return witness.get.ending.by?.effect.kind === "answer" && witness.get.outcome === "answered" ? null : witness;
}

const aboutMethods: ReadonlySet<Reason> = new Set(["method", "method-limit"]);

/** Where the request is stopped one way or another, this directive is sure to do it only when it does so everywhere, or whenever it is asked. */
function isSure({ endings }: Verdict, { trace }: Ending, { because: [{ at }] }: Gate): boolean {
  const here = (gate: Gate | null): boolean => gate?.because[0].at.start === at.start && gate.because[0].at.end === at.end && gate.because[0].at.file === at.file;
  return endings.every(({ by }) => here(by)) || trace.every(({ gate, held }) => !here(gate) || held !== "maybe");
}

/**
 * A request that shows what one gate does, by trying a representative of every region of the tests that lead to it: first
 * those that its own directive tells apart, then those of all that comes before it. Those that are given are tried before
 * all others. Null when no request tried shows it.
 */
export function findWitness(program: Program, place: Place, gate: Gate, base: Request, goal: Goal, first: readonly Request[] = []): Witness | null {
  if (!canHold(program, gate.when, base)) return null;
  const leading = focused(place, gate);
  if (testsBehind(program, gate, mostTests + 1).length > mostTests) {
    const own = testsIn(gate.when).length > mostOwn ? [] : asked(program, leading, gate, base);
    return bestOf([...first, base, ...own], goal);
  }
  const wide = (): readonly Request[] => requestsFor(program, place, leading, base);
  if (!asksMore(leading)) return bestOf([...first, ...wide()], goal);
  const found = bestOf([...first, ...asked(program, leading, gate, base)], goal);
  if (found !== null && goal.rank(found) >= goal.best) return found;
  const further = bestOf(wide(), goal);
  return found !== null && (further === null || goal.rank(found) >= goal.rank(further)) ? found : further;
}

function bestOf(requests: readonly Request[], goal: Goal): Witness | null {
  let found: Witness | null = null;
  let foundRank = Number.NEGATIVE_INFINITY;
  let left = requests.length;
  for (const request of requests) {
    if (--left < 0) break;
    const witness = goal.judge(request);
    if (witness === null) continue;
    const rankHere = goal.rank(witness);
    if (rankHere > foundRank) {
      found = witness;
      foundRank = rankHere;
      left = patience;
    }
    if (rankHere >= goal.best) break;
  }
  return found;
}

/** Parts of the request that a search leaves as they are, and the fields that read them. */
const fixed: readonly Dimension[] = ["method", "identity", "bodyBytes", "perMinute", "atOnce"];
const fixedFields: ReadonlySet<Field> = new Set(["method", "sentMethod", "bodyBytes", "contentLength", "header:content-length", "perMinute", "atOnce"]);

/** Whether a condition can hold whatever the search puts in the rest of the request. */
function canHold(program: Program, condition: Condition, base: Request): boolean {
  const world = initialWorld(program, base, unknownEnvironment);
  const answer = (of: Condition): Answer => {
    if (of.kind === "unknown") return "maybe";
    if (of.kind === "not") return opposite[answer(of.of)];
    if (of.kind === "test") return isFixed(of) ? holds(of, askingIn(world)).answer : "maybe";
    const decisive = of.kind === "all" ? "no" : "yes";
    const answers = of.of.map(answer);
    return answers.includes(decisive) ? decisive : answers.includes("maybe") ? "maybe" : opposite[decisive];
  };
  return answer(condition) !== "no";
}

const opposite = { yes: "no", no: "yes", maybe: "maybe" } as const;

function isFixed(test: Test): boolean {
  const fields = fieldsOfTest(test);
  return fields.length > 0 && fields.every((field) => fixedFields.has(field));
}

const ofPlaces = new WeakMap<Scope, Map<string, readonly Request[]>>();

/** What tells the requests apart that a search for one place starts from. */
function keyOf({ method, bodyBytes, perMinute, atOnce, headers }: Request): string {
  return [method, bodyBytes, perMinute, atOnce, ...Object.keys(headers)].join(" ");
}

/** Whether a gate asks more of a request than how it got there. */
function asksMore({ chains }: Scope): boolean {
  return chains.some(({ gates }) => gates.some(({ when }) => testsIn(when).some((test) => !isFixed(test))));
}

/** What to try for a gate: gates that ask nothing more of a request than how it got there share their requests. */
function requestsFor(program: Program, place: Place, leading: Scope, base: Request): readonly Request[] {
  const focus = [...place.way.slice(0, -1).map(conditionOnly), leading];
  const search = (): readonly Request[] => cells(program, always, base, { scopes: focus, limit: tries, samples, fixed }).requests;
  if (asksMore(leading) || base.identity.groups.length > 0) return search();
  const known = ofPlaces.get(place.scope) ?? new Map<string, readonly Request[]>();
  ofPlaces.set(place.scope, known);
  const key = keyOf(base);
  const requests = known.get(key) ?? search();
  known.set(key, requests);
  return requests;
}

/** What the gate's own directive asks for: what is in the way of others may want so much that its parts never come together. */
function asked(program: Program, leading: Scope, gate: Gate, base: Request): readonly Request[] {
  const own = leading.chains.flatMap(({ gates }) => gates.filter(({ because }) => because[0].at.start === gate.because[0].at.start));
  const scopes = [{ ...conditionOnly(leading), chains: [{ name: "asking", gates: own }] }];
  const { requests } = cells(program, always, base, { scopes, flowing: [leading], limit: mostAsked, samples, fixed });
  const paths = pathsAsked(own);
  return [base, ...requests].flatMap((request) => [request, ...paths.filter((path) => path !== request.path).map((path) => ({ ...request, path }))]);
}

/** Paths that a directive asks for: what a pattern is compared with often is a part of the path that no sample is traced back to. */
function pathsAsked(own: readonly Gate[]): readonly string[] {
  const patterns = own.flatMap(({ when }) => testsIn(when)).flatMap(({ subject, operator }) => {
    const made = fieldsOf(subject).length > 0 && fieldsOf(subject).every((field) => field.startsWith("var:"));
    return made && operator.kind === "matches" ? samplesOf(operator.pattern, operator) : [];
  });
  return [...new Set(patterns)].slice(0, mostGuesses).map((sample) => `/${encodedPath(sample).replace(/^\/+/, "")}`);
}

function conditionOnly(scope: Scope): Scope {
  return { ...scope, chains: [] };
}
