import type { Unit } from "../formats/format.ts";
import type { Environment } from "../model/environment.ts";
import { evaluate, initialWorld, usually } from "../model/evaluate.ts";
import { askingIn, holds } from "../model/holds.ts";
import type { Request } from "../model/request.ts";
import { testsIn, fieldsOf, type Test } from "../model/tests-of.ts";
import type { Outcome, Verdict } from "../model/verdict.ts";
import { handedOn } from "./handed-on.ts";
import { takenForGranted } from "./taken-for-granted.ts";

/** What one unit did to the request as it came there. */
export interface LayerTrace {
  readonly unit: Unit;
  readonly verdict: Verdict;
}

/** One request followed through the layers. */
export interface TraceResult {
  readonly request: Request;
  readonly outcome: Outcome;
  /** What the client gets; null when the application decides, or when that depends. */
  readonly status: number | "reset" | null;
  /** In the order the request meets them; nothing comes after the one that decides. */
  readonly layers: readonly LayerTrace[];
  /** What was taken for granted, in words. */
  readonly assumptions: readonly string[];
}

/**
 * Follows a request through every unit: firewalls, then servers, then gateways; within a layer in the order of the
 * units, which is that of the formats (nginx usually stands in front of Apache). Units of one layer and format are
 * alternatives: those count that name the request's host, or all of them when none does. The first that does not hand
 * the request on decides. The next layer sees what is handed on.
 */
export function traceRequest(units: readonly Unit[], request: Request, environmentOf: (unit: Unit) => Environment): TraceResult {
  const layers: LayerTrace[] = [];
  const assumptions = new Set<string>();
  let current = request;
  for (const group of groupsOf(units)) {
    const verdicts = group.map((unit) => ({ unit, verdict: usually(evaluate(unit.program, current, environmentOf(unit))) }));
    const named = verdicts.filter(({ unit, verdict }) => namesHost(unit, verdict, environmentOf(unit)));
    const asked = named.length > 0 ? named : verdicts;
    for (const layer of asked) {
      layers.push(layer);
      for (const words of takenForGranted(layer.unit.program, layer.verdict)) assumptions.add(words);
      const { outcome, status } = layer.verdict;
      if (outcome !== "reached") return { request, outcome, status, layers, assumptions: [...assumptions] };
    }
    const [only] = asked;
    if (only === undefined || asked.length > 1) continue;
    const next = handedOn(current, only.verdict.ending.delivered);
    for (const words of next.assumptions) assumptions.add(words);
    current = next.request;
  }
  const last = layers.at(-1)?.verdict;
  return { request, outcome: last?.outcome ?? "unknown", status: last?.status ?? null, layers, assumptions: [...assumptions] };
}

const layerOrder = { waf: 0, server: 1, gateway: 2 } as const;

/** Units by layer and format, in the order a request meets them. */
function groupsOf(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const { layer, format } = unit.program;
    const key = `${layer} ${format}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  const rank = ([unit]: readonly Unit[]): number => (unit === undefined ? 0 : layerOrder[unit.program.layer]);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** Whether the request came to where it ended because of its host, not because something takes every host. */
function namesHost(unit: Unit, verdict: Verdict, environment: Environment): boolean {
  const scopes = new Set([...verdict.ending.trace.map((step) => step.scope), verdict.ending.scope]);
  const world = initialWorld(unit.program, verdict.request, environment);
  const met = (test: Test): boolean => test.negated !== true && holds(test, askingIn(world)).answer === "yes";
  return [...scopes].some((scope) => testsIn(scope.when).some((test) => readsHost(test) && met(test)));
}

function readsHost(test: Test): boolean {
  return fieldsOf(test.subject).some((field) => field === "host" || field === "header:host");
}
