import { chosenAlike } from "./choice.ts";
import type { Condition } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import type { Gate, Program, Reason, Scope } from "./program.ts";
import { startKey } from "../source.ts";
import type { Verdict } from "./verdict.ts";

const never: Condition = { kind: "any", of: [] };

/** The same program where one gate never holds: what it does tells what the gate is to blame for. */
export function withoutGate(program: Program, gate: Gate): Program {
  return without(program, standings(program).get(placeOf(gate)) ?? [], (one) => one === gate);
}

/** The same program where no gate of the directive to which this one belongs ever holds. */
export function withoutDirective(program: Program, gate: Gate): Program {
  const place = placeOf(gate);
  return without(program, standings(program).get(place) ?? [], (one) => placeOf(one) === place);
}

/** The same program where no gate of this reason ever holds, nor any other of the same places, but for those of one directive. */
export function withoutReason(program: Program, reason: Reason, kept?: Gate): Program {
  const gates = gatesFor(program, reason).filter((one) => kept === undefined || spanOf(one) !== spanOf(kept));
  const spans = new Set(gates.map(spanOf));
  const where = [...new Set(gates.map(placeOf))].flatMap((place) => standings(program).get(place) ?? []);
  return without(program, where, (one) => spans.has(spanOf(one)));
}

/** What stands for a whole file begins where its first directive does. */
function spanOf({ because: [{ at }] }: Gate): string {
  return `${at.end} ${startKey(at)}`;
}

/** All gates of a reason. */
export function gatesFor({ stages }: Program, reason: Reason): readonly Gate[] {
  return Object.values(stages).flatMap((stage) => stage.flatMap(({ chains }) => chains.flatMap(({ gates }) => gates.filter((one) => one.reason === reason))));
}

/** Where a scope stands. */
interface Standing {
  readonly stage: string;
  readonly index: number;
}

function placeOf({ because: [{ at }] }: Gate): string {
  return startKey(at);
}

const known = new WeakMap<Program, ReadonlyMap<string, readonly Standing[]>>();

/** The scopes that have gates of a directive, by its place: programs are large, and what is asked for stands in few scopes. */
function standings(program: Program): ReadonlyMap<string, readonly Standing[]> {
  const before = known.get(program);
  if (before !== undefined) return before;
  const byPlace = new Map<string, Standing[]>();
  for (const [stage, scopes] of Object.entries(program.stages)) {
    for (const [index, { chains }] of scopes.entries()) {
      for (const place of new Set(chains.flatMap(({ gates }) => gates.map(placeOf)))) {
        const standing = byPlace.get(place) ?? [];
        byPlace.set(place, standing);
        standing.push({ stage, index });
      }
    }
  }
  known.set(program, byPlace);
  return byPlace;
}

// What stays as it is stays the same object: large programs are copied where they change only.
function without(program: Program, where: readonly Standing[], isOut: (gate: Gate) => boolean): Program {
  const gatesOf = (gates: readonly Gate[]): readonly Gate[] => (gates.some(isOut) ? gates.map((one) => (isOut(one) ? { ...one, when: never } : one)) : gates);
  const changed = new Map<string, Scope[]>();
  for (const { stage, index } of where) {
    const original = program.stages[stage] ?? [];
    const scopes = changed.get(stage) ?? [...original];
    if (!changed.has(stage)) chosenAlike(scopes, original);
    changed.set(stage, scopes);
    const scope = original[index];
    if (scope !== undefined && scopes[index] === scope) scopes[index] = { ...scope, chains: scope.chains.map((chain) => ({ ...chain, gates: gatesOf(chain.gates) })) };
  }
  return { ...program, stages: { ...program.stages, ...Object.fromEntries(changed) } };
}

/** The same program without one scope; a stage keeps its last scope, which takes what is left. */
export function withoutScope(program: Program, scope: Scope): Program {
  const kept = (stage: Program["stages"][string]): Program["stages"][string] => stage.filter((one, index) => one.at !== scope.at || index === stage.length - 1);
  return { ...program, stages: Object.fromEntries(Object.entries(program.stages).map(([name, stage]) => [name, kept(stage)])) };
}

/** The scope that gets a request when the gate does not stop it; `get` is what happens to the same request with GET. */
export function scopeBehind(program: Program, gate: Gate, { verdict, get }: { readonly verdict: Verdict; readonly get: Verdict }): Scope {
  return get.blocked === "no" ? get.ending.scope : evaluate(withoutGate(program, gate), verdict.request).ending.scope;
}
