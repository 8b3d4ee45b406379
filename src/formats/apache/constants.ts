import type { Condition } from "../../model/condition.ts";
import { all, always, any, isAlways, never, not } from "../../model/condition.ts";
import type { Gate, Program } from "../../model/program.ts";
import { literal } from "../../model/template.ts";
import { testsIn } from "../../model/tests-of.ts";

/** The value of every variable that has only one in the whole program; one that is never set is empty. */
export function constantsOf(program: Program, gates: readonly Gate[]): (name: string) => string | null {
  const values = new Map<string, string | null>();
  const began = setInBeginning(program);
  for (const { effect } of gates) {
    if (effect.kind === "walk") for (const name of [effect.file, effect.rest, effect.folder]) values.set(name, null);
    if (effect.kind !== "set") continue;
    const value = literal(effect.value);
    const known = values.get(effect.variable) ?? (values.has(effect.variable) ? null : began.has(effect.variable) ? value : "");
    values.set(effect.variable, known === value ? value : null);
  }
  const bound = capturesOf(program, gates);
  return (name) => {
    if (Object.hasOwn(program.definitions, name) || bound.has(name.replace(/\d$/, ""))) return null;
    return values.has(name) ? (values.get(name) ?? null) : "";
  };
}

/** Variables that every request gets before anything reads them. */
function setInBeginning(program: Program): ReadonlySet<string> {
  const scopes = program.stages[program.entry] ?? [];
  const first = scopes.map(({ chains }) => chains.find(({ name }) => name === "start")?.gates ?? []);
  const names = first.map((gates) => new Set(gates.flatMap(({ when, effect }) => (effect.kind === "set" && isAlways(when) ? [effect.variable] : []))));
  return new Set([...(names[0] ?? [])].filter((name) => names.every((one) => one.has(name))));
}

/** What captures are called, without the number of the group; named groups are kept whole. */
function capturesOf(program: Program, gates: readonly Gate[]): ReadonlySet<string> {
  const conditions = [...gates.map((gate) => gate.when), ...Object.values(program.stages).flatMap((stage) => stage.map((scope) => scope.when))];
  return new Set(
    conditions.flatMap(testsIn).flatMap(({ operator }) => (operator.kind === "matches" && operator.captures !== undefined ? [operator.captures.replace(/\d$/, "")] : [])),
  );
}

/** The condition with every comparison of a constant decided. */
export function decided(condition: Condition, constant: (name: string) => string | null): Condition {
  switch (condition.kind) {
    case "all":
      return all(...condition.of.map((one) => decided(one, constant)));
    case "any":
      return any(...condition.of.map((one) => decided(one, constant)));
    case "not":
      return not(decided(condition.of, constant));
    case "test":
      return decidedTest(condition, constant);
    default:
      return condition;
  }
}

function decidedTest(test: Extract<Condition, { kind: "test" }>, constant: (name: string) => string | null): Condition {
  const { subject, operator } = test;
  if (operator.kind !== "equals" || subject.kind !== "text" || test.transforms !== undefined || test.negated === true) return test;
  const [part, ...more] = subject.of;
  if (part?.kind !== "field" || more.length > 0 || !part.field.startsWith("var:")) return test;
  const value = constant(part.field.slice(4));
  const wanted = literal(operator.value);
  if (value === null || wanted === null || operator.ignoreCase === true) return test;
  return value === wanted ? always : never;
}
