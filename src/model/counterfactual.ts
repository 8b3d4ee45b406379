import type { Condition } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import type { Gate, Program, Reason, Scope } from "./program.ts";
import type { Verdict } from "./verdict.ts";

const never: Condition = { kind: "any", of: [] };

/** The same program where one gate never holds: what it does tells what the gate is to blame for. */
export function withoutGate(program: Program, gate: Gate): Program {
  return without(program, (one) => one === gate);
}

/** The same program where no gate of the directive to which this one belongs ever holds. */
export function withoutDirective(program: Program, { because: [{ at }] }: Gate): Program {
  return without(program, ({ because: [first] }) => first.at.start === at.start && first.at.file === at.file);
}

/** The same program where no gate of this reason ever holds, nor any other of the same places. */
export function withoutReason(program: Program, reason: Reason): Program {
  const placeOf = ({ because: [{ at }] }: Gate): string => `${at.file.path} ${at.start}`;
  const gates = Object.values(program.stages).flatMap((stage) => stage.flatMap(({ chains }) => chains.flatMap((chain) => chain.gates)));
  const places = new Set(gates.filter((one) => one.reason === reason).map(placeOf));
  return without(program, (one) => one.reason === reason || places.has(placeOf(one)));
}

// What stays as it is stays the same object: large programs are copied where they change only.
function without(program: Program, isOut: (gate: Gate) => boolean): Program {
  const gatesOf = (gates: readonly Gate[]): readonly Gate[] => (gates.some(isOut) ? gates.map((one) => (isOut(one) ? { ...one, when: never } : one)) : gates);
  const scopeOf = (scope: Scope): Scope =>
    scope.chains.some(({ gates }) => gates.some(isOut)) ? { ...scope, chains: scope.chains.map((chain) => ({ ...chain, gates: gatesOf(chain.gates) })) } : scope;
  const stages = Object.entries(program.stages).map(([name, stage]) => [name, stage.map(scopeOf)] as const);
  return { ...program, stages: Object.fromEntries(stages) };
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
