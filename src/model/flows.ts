import type { Operator } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Program, Scope } from "./program.ts";
import { samplesOf } from "./regex.ts";
import { fieldValue, type Part, type Template } from "./template.ts";
import { gatesOf, type Test } from "./tests-of.ts";

/** What may flow into a field: a template's value, of which only what comes after a text it begins with is left. */
interface Flow {
  readonly from: Template;
  readonly after: string;
}

/** What may flow into fields while a request is decided. */
export type Flows = ReadonlyMap<Field, readonly Flow[]>;

const all = new WeakMap<Program, Flows>();

/** What effects and definitions let flow, in the whole program; the same for every question about it. */
function flowsOfProgram(program: Program): Flows {
  const flows = all.get(program) ?? flowsThrough(program, Object.values(program.stages).flat());
  all.set(program, flows);
  return flows;
}

function flowsThrough(program: Program, scopes: readonly Scope[]): Flows {
  const flows = new Map<Field, Flow[]>();
  const add = (field: Field, from: Template | undefined): void => {
    if (from === undefined) return;
    const known = flows.get(field);
    if (known === undefined) flows.set(field, [{ from, after: "" }]);
    else known.push({ from, after: "" });
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
  const captured = new Map<Field, Flow[]>();
  for (const { subject, operator } of tests) {
    if (operator.kind !== "matches" || operator.captures === undefined || subject.kind === "entries") continue;
    const from = subject.kind === "field" ? fieldValue(subject.field) : subject.of;
    const before = textBefore(operator.pattern);
    for (let group = 0; group < 10; group += 1) {
      const variable: Field = `var:${operator.captures}${group}`;
      const flow = { from, after: group === 1 ? before : "" };
      const known = captured.get(variable);
      if (known === undefined) captured.set(variable, [flow]);
      else known.push(flow);
    }
  }
  const flows = new Map(only === undefined ? flowsOfProgram(program) : flowsThrough(program, only));
  for (const [variable, wholes] of captured) flows.set(variable, [...(flows.get(variable) ?? []), ...wholes]);
  return flows;
}

/** The text in front of what a pattern captures, when it is nothing but a text and the rest after it; else nothing. */
function textBefore(pattern: string): string {
  const [, quoted] = /^\^((?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9])*)\(\.[*+]\)\$?$/.exec(pattern) ?? [];
  return (quoted ?? "").replace(/\\(.)/g, "$1");
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
      const compared: Operator = right === null || !("value" in operator) ? operator : { ...operator, value: right.from };
      tests.push(left === null ? { ...test, operator: compared } : { ...test, subject: { kind: "text", of: left.from }, operator: behind(left.after, compared) });
    }
  }
  return { tests, capped: subjects.length >= mostDerived || values.length >= mostDerived };
}

/** What an operator says of the end of a text, as it says it of the whole. */
function behind(before: string, operator: Operator): Operator {
  if (before === "") return operator;
  if (operator.kind === "equals" || operator.kind === "startsWith") return { ...operator, value: [{ kind: "text", text: before }, ...operator.value] };
  if (operator.kind === "in") return { ...operator, values: operator.values.map((value) => before + value) };
  return operator.kind === "matches" ? { kind: "in", values: samplesOf(operator.pattern, operator).map((sample) => before + sample) } : operator;
}

/** What flows into a template is followed so many steps back, and by so many ways for each one that is wanted. */
const mostSteps = 6;
const waysPerFlow = 8;

/** The template with the fields that something flows into replaced by what flows, where that reads the request or is a text. */
function inflows(template: Template, flows: Flows, mostDerived: number): readonly Flow[] {
  const known = new Set<string>();
  const found: Flow[] = [];
  let latest: readonly Flow[] = [{ from: template, after: "" }];
  for (let step = 0; step < mostSteps && latest.length > 0; step += 1) {
    const next: Flow[] = [];
    for (const one of latest) {
      for (const changed of replacements(one, flows)) {
        const key = JSON.stringify(changed);
        if (known.has(key) || known.size >= mostDerived * waysPerFlow || found.length >= mostDerived) continue;
        known.add(key);
        next.push(changed);
        if (!changed.from.every(isVariable)) found.push(changed);
      }
    }
    latest = next;
  }
  return found;
}

function isVariable(part: Part): boolean {
  return part.kind === "field" && part.field.startsWith("var:");
}

/** What is cut off in front of a part is lost from sight when other parts stand beside it. */
function* replacements({ from, after }: Flow, flows: Flows): Iterable<Flow> {
  for (const [index, part] of from.entries()) {
    if (part.kind !== "field") continue;
    for (const flow of flows.get(part.field) ?? []) {
      const parts = [...from.slice(0, index), ...flow.from, ...from.slice(index + 1)];
      yield { from: parts.filter((one) => one.kind !== "text" || one.text !== ""), after: from.length === 1 ? flow.after + after : after };
    }
  }
}
