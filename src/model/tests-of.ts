import type { Condition, Operator, Subject } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Effect, Gate, Program, Scope } from "./program.ts";
import { fieldValue, type Template } from "./template.ts";

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

/** What a server refuses by itself while it reads a request is nothing to look for. */
function gatesOf(scope: Scope): readonly Gate[] {
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

/** What may flow into a field while a request is decided. */
export type Flows = ReadonlyMap<Field, readonly Template[]>;

const all = new WeakMap<Program, Flows>();

/** What effects and definitions let flow, in the whole program; the same for every question about it. */
function flowsOfProgram(program: Program): Flows {
  const flows = all.get(program) ?? flowsThrough(program, Object.values(program.stages).flat());
  all.set(program, flows);
  return flows;
}

function flowsThrough(program: Program, scopes: readonly Scope[]): Flows {
  const flows = new Map<Field, Template[]>();
  const add = (field: Field, value: Template | undefined): void => {
    if (value === undefined) return;
    const values = flows.get(field);
    if (values === undefined) flows.set(field, [value]);
    else values.push(value);
  };
  for (const { effect } of scopes.flatMap(gatesOf)) {
    if (effect.kind === "set") add(`var:${effect.variable}`, effect.value);
    if (effect.kind !== "reroute" && effect.kind !== "rewrite") continue;
    add("path", effect.path);
    add("query", effect.query);
  }
  for (const [name, cases] of Object.entries(program.definitions)) for (const one of cases) add(`var:${name}`, one.value);
  return flows;
}

/**
 * The values that effects, definitions and captures give to variables, and that rewrites give to the path and the query;
 * with `only`, as far as the effects of these scopes do.
 */
export function flowsOf(program: Program, tests: readonly Test[], only: readonly Scope[] | undefined): Flows {
  const captured = new Map<Field, Template[]>();
  for (const { subject, operator } of tests) {
    if (operator.kind !== "matches" || operator.captures === undefined || subject.kind === "entries") continue;
    const whole = subject.kind === "field" ? fieldValue(subject.field) : subject.of;
    for (let group = 0; group < 10; group += 1) {
      const variable: Field = `var:${operator.captures}${group}`;
      const wholes = captured.get(variable);
      if (wholes === undefined) captured.set(variable, [whole]);
      else wholes.push(whole);
    }
  }
  const flows = new Map(only === undefined ? flowsOfProgram(program) : flowsThrough(program, only));
  for (const [variable, wholes] of captured) flows.set(variable, [...(flows.get(variable) ?? []), ...wholes]);
  return flows;
}

/** A test as a test of the request alone: once for each of at most `mostDerived` ways in which values flow into what it reads. */
export function derivedTests(test: Test, flows: Flows, mostDerived: number): { readonly tests: readonly Test[]; readonly capped: boolean } {
  const { subject, operator } = test;
  if (subject.kind === "entries" && !("value" in operator)) return { tests: [], capped: false };
  const subjects = subject.kind === "entries" ? [] : inflows(subject.kind === "field" ? fieldValue(subject.field) : subject.of, flows, mostDerived);
  const values = "value" in operator ? inflows(operator.value, flows, mostDerived) : [];
  const tests: Test[] = [];
  for (const left of [null, ...subjects]) {
    for (const right of [null, ...values]) {
      if (left === null && right === null) continue;
      if (tests.length >= mostDerived) return { tests, capped: true };
      const withSubject: Test = left === null ? test : { ...test, subject: { kind: "text", of: left } };
      tests.push(right === null || !("value" in operator) ? withSubject : { ...withSubject, operator: { ...operator, value: right } });
    }
  }
  return { tests, capped: subjects.length >= mostDerived || values.length >= mostDerived };
}

/** The template with the fields that something flows into replaced by what flows, up to four times in a row. */
function inflows(template: Template, flows: Flows, mostDerived: number): readonly Template[] {
  const known = new Map<string, Template>();
  let latest: readonly Template[] = [template];
  for (let round = 0; round < 4 && latest.length > 0; round += 1) {
    const next: Template[] = [];
    for (const one of latest) {
      for (const changed of replacements(one, flows)) {
        const key = JSON.stringify(changed);
        if (known.has(key) || known.size >= mostDerived) continue;
        known.set(key, changed);
        next.push(changed);
      }
    }
    latest = next;
  }
  return [...known.values()];
}

function* replacements(template: Template, flows: Flows): Iterable<Template> {
  for (const [index, part] of template.entries()) {
    if (part.kind !== "field") continue;
    for (const value of flows.get(part.field) ?? []) yield [...template.slice(0, index), ...value, ...template.slice(index + 1)];
  }
}
