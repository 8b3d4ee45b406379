import type { Condition, Operator, Subject } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Effect, Gate, Program, Scope } from "./program.ts";
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
      return [condition, ...testsOfExceptions(condition.subject)];
    case "unknown":
      return [];
    default:
      return condition satisfies never;
  }
}

function testsOfExceptions(subject: Subject): readonly Test[] {
  if (subject.kind !== "entries") return [];
  return subject.except?.flatMap(({ when }) => (when === undefined ? [] : testsIn(when))) ?? [];
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

/** The fields a test reads, on both sides of its operator. */
export function fieldsOfTest(test: Test): readonly Field[] {
  return [...fieldsOf(test.subject), ...("value" in test.operator ? fieldsIn(test.operator.value) : [])];
}

/** Every test of these scopes: their own conditions and those of their gates. */
export function testsOfScopes(scopes: readonly Scope[]): readonly Test[] {
  return scopes.flatMap((scope) => [...testsIn(scope.when), ...gatesOf(scope).flatMap((gate) => [...testsIn(gate.when), ...limitTest(gate)])]);
}

/** The gates whose tests are looked at: what a server refuses by itself while it reads a request is nothing to look for. */
export function gatesOf(scope: Scope): readonly Gate[] {
  return scope.chains.flatMap((chain) => chain.gates.filter(({ reason, implied }) => reason !== "protocol" || implied !== true));
}

function limitTest(gate: Gate): readonly Test[] {
  if (gate.effect.kind !== "limit") return [];
  const operator: Operator = { kind: "number", is: ">", value: [{ kind: "text", text: String(gate.effect.perMinute) }] };
  return [{ kind: "test", subject: { kind: "field", field: "perMinute" }, operator, at: gate.because[0].at }];
}

/** The tests of the definitions that these scopes read, directly or through other definitions. */
export function testsOfDefinitions(program: Program, scopes: readonly Scope[], tests: readonly Test[]): readonly Test[] {
  const found: Test[] = [];
  const seen = new Set<Field>();
  const pending: Field[] = [...tests.flatMap(fieldsOfTest), ...scopes.flatMap(gatesOf).flatMap(({ effect }) => templatesOf(effect).flatMap(fieldsIn))];
  for (let field = pending.pop(); field !== undefined; field = pending.pop()) {
    if (seen.has(field)) continue;
    seen.add(field);
    for (const one of casesOf(program, field)) {
      const inside = testsIn(one.when);
      found.push(...inside);
      pending.push(...inside.flatMap(fieldsOfTest), ...fieldsIn(one.value));
    }
  }
  return found;
}

function casesOf(program: Program, field: Field): Program["definitions"][string] {
  const name = field.startsWith("var:") ? field.slice(4) : "";
  return Object.hasOwn(program.definitions, name) ? (program.definitions[name] ?? []) : [];
}

function templatesOf(effect: Effect): readonly Template[] {
  if (effect.kind === "score") return [effect.add];
  if (effect.kind === "set") return [effect.value];
  if (effect.kind !== "reroute" && effect.kind !== "rewrite") return [];
  return [effect.path ?? [], effect.query ?? []];
}
