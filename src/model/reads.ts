import { isAlways } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Evidence, Gate, Program } from "./program.ts";
import { fieldsOfTest, testsIn, type Test } from "./tests-of.ts";
import type { Step } from "./verdict.ts";

/**
 * Every test a gate's answer depends on, or so many of them: its own, and those of the definitions and of the gates that
 * set what it reads.
 */
export function testsBehind(program: Program, gate: Gate, most = Number.POSITIVE_INFINITY): readonly Test[] {
  const found: Test[] = [];
  const seen = new Set<Field>();
  const pending = [testsIn(gate.when)];
  for (let tests = pending.pop(); tests !== undefined && found.length < most; tests = pending.pop()) {
    for (const test of tests) found.push(test);
    for (const field of tests.flatMap(fieldsOfTest)) {
      if (seen.has(field) || !field.startsWith("var:")) continue;
      seen.add(field);
      const variable = field.slice(4);
      pending.push((program.definitions[variable] ?? []).flatMap((one) => testsIn(one.when)), testsBySet(program).get(variable) ?? []);
    }
  }
  return found;
}

const testsOfSetting = new WeakMap<Program, ReadonlyMap<string, readonly Test[]>>();

/** The tests of all gates that set a variable, by its name. */
function testsBySet(program: Program): ReadonlyMap<string, readonly Test[]> {
  const known = testsOfSetting.get(program);
  if (known !== undefined) return known;
  const tests = new Map<string, Test[]>();
  for (const gate of Object.values(program.stages).flatMap((stage) => stage.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates)))) {
    const { effect } = gate;
    if (effect.kind !== "set") continue;
    const own = tests.get(effect.variable) ?? [];
    for (const test of testsIn(gate.when)) own.push(test);
    tests.set(effect.variable, own);
  }
  testsOfSetting.set(program, tests);
  return tests;
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
