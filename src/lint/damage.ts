import { askedByServer } from "../legitimate/asked.ts";
import { carriedHeader } from "../legitimate/carried.ts";
import { ordinaryPosts } from "../legitimate/ordinary.ts";
import { rightlyClosed } from "../legitimate/words.ts";
import { isAlways, type Condition } from "../model/condition.ts";
import type { Decide } from "../model/decide.ts";
import type { Effect, Gate, Program } from "../model/program.ts";
import { withMethod, type Request } from "../model/request.ts";
import { literal, type Template } from "../model/template.ts";
import type { Ending, Outcome } from "../model/verdict.ts";
import type { Damaged, Loss } from "../rule-api.ts";
import type { DeclaredRequest } from "./declared.ts";
import { gatesOf, type Place } from "./places.ts";
import { postOf } from "./post.ts";
import { requestAt } from "./requests.ts";
import { findWitness, type Goal, type Witness } from "./witness.ts";

/** What depends on a condition mostly is about errors, and most error pages are files: such a search is soon given up. */
const fewTries = 8;

/** For each gate that can take something from a POST on its way to an application, a request from which it does. */
export function* damaged(program: Program, places: readonly Place[], decide: Decide): Iterable<Damaged> {
  const seen = new Set<Gate>();
  const methodComesBack = Object.values(program.stages).some((stage) => stage.some((scope) => gatesOf(scope).some(givesMethodBack)));
  for (const place of places) {
    if (place.scope.askedByServer === true) continue;
    for (const gate of gatesOf(place.scope)) {
      const loss = lossBy(gate.effect);
      if (loss === null || gate.implied === true || seen.has(gate) || (gate.effect.kind === "reroute" && methodComesBack)) continue;
      seen.add(gate);
      const base = carrying(requestAt(program, place), loss);
      if (base === null) continue;
      let left = isAlways(gate.when) ? Number.POSITIVE_INFINITY : fewTries;
      const goal: Goal = { judge: (request) => (--left < 0 ? null : judge(decide, request, gate, loss)), rank, best: perfect };
      const witness = better(findWitness(program, place, gate, base, goal), goal, base);
      if (witness !== null) yield damage(program, witness, place, loss);
    }
  }
}

function damage(program: Program, witness: Witness, place: Place, loss: Loss): Damaged {
  const post = postOf(program, witness, place);
  const asked = askedByServer(program, witness.ending, witness.verdict.request.path);
  return { ...post, loss, ...(asked === null ? {} : { legitimacy: { kind: "assumed", words: asked } }) };
}

/** What declared requests lose. */
export function* declaredDamages(program: Program, decide: Decide, declared: readonly DeclaredRequest[]): Iterable<Damaged> {
  for (const { request, legitimacy } of declared) {
    const { endings } = decide(request);
    const gates = new Set(endings.flatMap(({ trace }) => trace.map(({ gate }) => gate)));
    for (const gate of gates) {
      const loss = lossBy(gate.effect);
      const witness = loss === null ? null : judge(decide, request, gate, loss, ["reached", "answered"]);
      if (loss !== null && witness !== null) yield { program, ...witness, legitimacy, loss };
    }
  }
}

/** What a gate may take away; null when it takes nothing that matters. */
function lossBy(effect: Effect): Loss | null {
  if (effect.kind === "reroute") return typeof effect.method === "string" && (effect.status ?? 200) < 300 ? "method" : null;
  if (effect.kind !== "alter") return null;
  const { what, value } = effect;
  if (what === "path" || what === "query") return null;
  if (what === "method") return givesBack(value) ? null : what;
  return value === null || mayBeEmpty(value) ? what : null;
}

function mayBeEmpty(value: Template): boolean {
  return literal(value) === "" || value.every((part) => part.kind === "field" && part.field.startsWith("var:"));
}

/** After a look inside, the request goes on with the method that was sent. */
function givesMethodBack({ effect }: Gate): boolean {
  return effect.kind === "alter" && effect.what === "method" && givesBack(effect.value);
}

function givesBack(value: Template | null): boolean {
  return value?.[0]?.kind === "field" && (value[0].field === "sentMethod" || value[0].field === "method");
}

/** The request with what is about to be lost; null when nobody would miss it. */
function carrying(request: Request, loss: Loss): Request | null {
  if (loss === "method" || loss === "body") return request;
  const name = loss.slice("header:".length);
  if (name === "content-type") return request;
  const value = carriedHeader(name, request);
  return value === null ? null : { ...request, headers: { ...request.headers, [name]: value } };
}

const perfect = 3;

function rank({ certain, verdict }: Witness): number {
  return (certain ? 2 : 0) + (rightlyClosed(verdict.request.path) ? 0 : 1);
}

/** A request made up from a pattern may be one that nobody sends: an ordinary path that shows the same is preferred. */
function better(found: Witness | null, goal: Goal, base: Request): Witness | null {
  if (found === null || goal.rank(found) >= goal.best) return found;
  const others = ordinaryPosts.flatMap(({ path }) => goal.judge({ ...base, path }) ?? []);
  return [found, ...others].reduce((best, one) => (goal.rank(one) > goal.rank(best) ? one : best));
}

/** What nobody declared may well be answered by a page. */
function judge(decide: Decide, request: Request, gate: Gate, loss: Loss, arrives: readonly Outcome[] = ["reached"]): Witness | null {
  const verdict = decide(request);
  const isDamaged = (ending: Ending): boolean => arrives.includes(ending.outcome) && isLost(ending, request, loss) && culprit(ending, loss) === gate;
  const ending = verdict.endings.find(isDamaged);
  if (ending === undefined) return null;
  const certain = verdict.endings.every(isDamaged);
  const depends = certain ? verdict.depends : [...new Set([...verdict.depends, ...unknownsIn(gate.when)])];
  return { verdict: { ...verdict, depends }, get: decide(withMethod(request, "GET")), gate, ending, certain };
}

/** A verdict depends on what leads to another answer; the answer may be the same with and without the damage. */
function unknownsIn(condition: Condition): readonly string[] {
  if (condition.kind === "unknown") return [condition.why];
  if (condition.kind === "not") return unknownsIn(condition.of);
  return condition.kind === "test" ? [] : condition.of.flatMap(unknownsIn);
}

/** Whether an application gets the request without what it was sent with. */
function isLost({ delivered }: Ending, request: Request, loss: Loss): boolean {
  if (loss === "method") return typeof delivered.method === "string" && delivered.method !== request.method;
  if (loss === "body") return request.bodyBytes > 0 && !delivered.bodyKept;
  const name = loss.slice("header:".length);
  const now = delivered.headers[name];
  return (request.headers[name] ?? "") !== "" && (now === null || now === "");
}

/** The last gate that changed it. */
function culprit({ trace }: Ending, loss: Loss): Gate | undefined {
  const changes = ({ effect }: Gate): boolean =>
    (effect.kind === "alter" && effect.what === loss) || (effect.kind === "reroute" && loss === "method" && effect.method !== undefined);
  return trace.findLast(({ gate, held }) => held !== "no" && changes(gate))?.gate;
}
