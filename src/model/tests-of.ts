import type { Condition, Operator, Subject } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Program, Scope } from "./program.ts";
import type { Template } from "./template.ts";

/** A test as it stands in a program. */
export type Test = Extract<Condition, { kind: "test" }>;

/** Every test inside a condition. */
export function testsIn(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(testsIn);
    case "not":
      return testsIn(condition.of);
    case "test":
      return [condition];
    case "unknown":
      return [];
    default:
      return condition satisfies never;
  }
}

/** The fields a template reads. */
export function fieldsIn(template: Template): readonly Field[] {
  return template.flatMap((part) => (part.kind === "field" ? [part.field] : []));
}

/** The fields a subject reads; entries are no single field. */
export function fieldsOf(subject: Subject): readonly Field[] {
  if (subject.kind === "field") return [subject.field];
  return subject.kind === "text" ? fieldsIn(subject.of) : [];
}

/** Every test of these scopes: their own conditions and those of their gates. */
export function testsOfScopes(scopes: readonly Scope[]): readonly Test[] {
  return scopes.flatMap((scope) => [
    ...testsIn(scope.when),
    ...scope.chains.flatMap((chain) => chain.gates.flatMap((gate) => [...testsIn(gate.when), ...limitTest(gate)])),
  ]);
}

function limitTest(gate: Scope["chains"][number]["gates"][number]): readonly Test[] {
  if (gate.effect.kind !== "limit") return [];
  const operator: Operator = { kind: "number", is: ">", value: [{ kind: "text", text: String(gate.effect.perMinute) }] };
  return [{ kind: "test", subject: { kind: "field", field: "perMinute" }, operator, at: gate.because[0].at }];
}

/**
 * The request fields that flow into each variable, by `set` effects, definitions and captures, so that a test of a
 * variable can be read as a test of where its value came from.
 */
export function sourcesOfVariables(program: Program): ReadonlyMap<string, ReadonlySet<Field>> {
  const sources = new Map<string, Set<Field>>();
  const add = (variable: string, fields: readonly Field[]): void => {
    const known = sources.get(variable) ?? new Set();
    for (const field of fields) known.add(field);
    sources.set(variable, known);
  };
  for (const scope of Object.values(program.stages).flat()) {
    for (const gate of scope.chains.flatMap((chain) => chain.gates)) {
      if (gate.effect.kind !== "set") continue;
      add(gate.effect.variable, [...fieldsIn(gate.effect.value), ...testsIn(gate.when).flatMap((test) => fieldsOf(test.subject))]);
    }
  }
  for (const [name, cases] of Object.entries(program.definitions)) {
    for (const one of cases) add(name, [...fieldsIn(one.value), ...testsIn(one.when).flatMap((test) => fieldsOf(test.subject))]);
  }
  return closed(sources);
}

/** Follows variables that are set from other variables until only request fields are left. */
function closed(sources: ReadonlyMap<string, ReadonlySet<Field>>): ReadonlyMap<string, ReadonlySet<Field>> {
  const resolve = (field: Field, seen: ReadonlySet<string>): readonly Field[] => {
    if (!field.startsWith("var:")) return [field];
    const name = field.slice(4);
    if (seen.has(name)) return [];
    return [...(sources.get(name) ?? [])].flatMap((source) => resolve(source, new Set([...seen, name])));
  };
  return new Map([...sources.keys()].map((name) => [name, new Set(resolve(`var:${name}`, new Set()))]));
}
