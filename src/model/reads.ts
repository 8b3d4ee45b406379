import { isAlways } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Evidence, Gate, Program } from "./program.ts";
import { fieldsOfTest, testsIn, type Test } from "./tests-of.ts";
import type { Step } from "./verdict.ts";

/** Every test a gate's answer depends on: its own, and those of the definitions and of the gates that set what it reads. */
export function testsBehind(program: Program, gate: Gate): readonly Test[] {
  const found: Test[] = [];
  const seen = new Set<Field>();
  const pending = [...testsIn(gate.when)];
  for (let test = pending.pop(); test !== undefined; test = pending.pop()) {
    found.push(test);
    for (const field of fieldsOfTest(test)) {
      if (seen.has(field) || !field.startsWith("var:")) continue;
      seen.add(field);
      pending.push(...testsSetting(program, field.slice(4)));
    }
  }
  return found;
}

function testsSetting(program: Program, variable: string): readonly Test[] {
  const defined = (program.definitions[variable] ?? []).flatMap((one) => testsIn(one.when));
  const gates = Object.values(program.stages).flatMap((stage) => stage.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates)));
  const set = gates.filter(({ effect }) => effect.kind === "set" && effect.variable === variable).flatMap((gate) => testsIn(gate.when));
  return [...defined, ...set];
}

/**
 * Where the variables got their values that a gate's condition reads: the tests of definitions, and what set them under a
 * condition that held in this course of events.
 */
export function sourcesOf(program: Program, gate: Gate, trace: readonly Step[]): readonly Evidence[] {
  const variables = new Set(testsIn(gate.when).flatMap(fieldsOfTest).flatMap((field) => (field.startsWith("var:") ? [field.slice(4)] : [])));
  const defined = [...variables].flatMap((name) => (program.definitions[name] ?? []).flatMap((one) => testsIn(one.when).map(({ at }) => at)));
  const sets = ({ gate: { effect, when }, held }: Step): boolean => held !== "no" && effect.kind === "set" && isNamed(effect.variable) && variables.has(effect.variable) && !isAlways(when);
  const byPlace = new Map([...defined, ...trace.filter(sets).map((step) => step.gate.because[0].at)].map((at) => [`${at.file.path} ${at.start}`, at]));
  return [...byPlace.values()].map((at) => ({ at, note: "decides it" }));
}

/** The interpreter's own variables have names that nobody can write. */
function isNamed(variable: string): boolean {
  return !variable.includes(" ");
}
