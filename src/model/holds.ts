import type { Answer, Condition, Exception, Further, Operator, Subject } from "./condition.ts";
import { statOf, type Environment } from "./environment.ts";
import type { Field } from "./field.ts";
import { inNetworks } from "./network.ts";
import { entriesOf, readRequestField, selects } from "./read.ts";
import { compilePattern } from "./regex.ts";
import { gap, render, type Question, type Template, type Unknown, type Value } from "./template.ts";
import { fieldsOfTest, testsIn } from "./tests-of.ts";
import { transform } from "./transform.ts";
import type { World } from "./world.ts";

/** An answer, and on `maybe` the unknown it hangs on. `assumed` says that an earlier assumption was used. */
export interface Held {
  readonly answer: Answer;
  readonly unknown: Question | null;
}

/** One condition being asked: `bound` collects captures, which later conditions of the same gate may read. */
export interface Asking {
  readonly world: World;
  bound: Map<string, Value> | null;
  /** Becomes true when an assumption of this world was needed. */
  assumed: boolean;
  /** Becomes true when something was bound that stays, whatever the answer is. */
  lasting: boolean;
}

/** The start of asking one condition in a world. */
export function askingIn(world: World): Asking {
  return { world, bound: null, assumed: false, lasting: false };
}

function bind(asking: Asking, name: string, value: Value): void {
  asking.bound ??= new Map();
  asking.bound.set(name, value);
}

const yes: Held = { answer: "yes", unknown: null };
const no: Held = { answer: "no", unknown: null };

/** Decides a condition by Kleene's logic, from left to right. Total and without side effects outside `asking`. */
export function holds(condition: Condition, asking: Asking): Held {
  switch (condition.kind) {
    case "all":
      return combine(condition.of, asking, "no", yes);
    case "any":
      return combine(condition.of, asking, "yes", no);
    case "not": {
      const held = holds(condition.of, asking);
      return held.answer === "maybe" ? held : held.answer === "yes" ? no : yes;
    }
    case "unknown":
      return assume(asking, condition);
    case "test":
      return holdsTest(condition, asking);
    default:
      return condition satisfies never;
  }
}

function combine(of: readonly Condition[], asking: Asking, decisive: Answer, otherwise: Held): Held {
  let maybe: Held | null = null;
  for (const condition of of) {
    const held = holds(condition, asking);
    if (held.answer === decisive) return held;
    if (held.answer === "maybe") maybe ??= held;
    // What stands further right may read what this one would bind.
    if (held.answer === "maybe" && decisive === "no" && bindsForLater(condition, of)) return maybe ?? held;
  }
  return maybe ?? otherwise;
}

const binding = new WeakMap<readonly Condition[], Map<Condition, boolean>>();

/** Whether captures of a condition are read by those beside it. */
function bindsForLater(condition: Condition, beside: readonly Condition[]): boolean {
  const answers = binding.get(beside) ?? new Map<Condition, boolean>();
  binding.set(beside, answers);
  const known = answers.get(condition);
  if (known !== undefined) return known;
  const captures = testsIn(condition).flatMap(({ operator }) => (operator.kind === "matches" && operator.captures !== undefined ? [`var:${operator.captures}`] : []));
  const others = captures.length === 0 ? [] : beside.slice(beside.indexOf(condition) + 1).flatMap(testsIn).flatMap(fieldsOfTest);
  const binds = others.some((field) => captures.some((prefix) => field.startsWith(prefix) && /^\d$/.test(field.slice(prefix.length))));
  answers.set(condition, binds);
  return binds;
}

function assume(asking: Asking, { key, why, usually }: Question): Held {
  const taken = asking.world.assumed.get(key);
  if (taken === undefined) return { answer: "maybe", unknown: usually === undefined ? { key, why } : { key, why, usually } };
  asking.assumed = true;
  return taken ? yes : no;
}

type Test = Extract<Condition, { kind: "test" }>;

function holdsTest(test: Test, asking: Asking): Held {
  let maybe: Held | null = null;
  for (const value of valuesOf(test.subject, asking)) {
    for (const changed of transformed(value, test)) {
      const held = satisfiesAll(changed, test, test.also, asking);
      if (held.answer === "yes") return yes;
      if (held.answer === "maybe") maybe ??= held;
    }
  }
  return maybe ?? no;
}

function satisfiesAll(value: Value, test: Further, also: readonly Further[] | undefined, asking: Asking): Held {
  const held = satisfies(value, test.operator, asking);
  if (held.answer !== "maybe" && (held.answer === "yes") === (test.negated ?? false)) return no;
  const next = also?.[0];
  if (next === undefined) return held.answer === "maybe" ? held : yes;
  const [changed = value] = transformed(value, { transforms: next.transforms ?? [] });
  const others = satisfiesAll(changed, next, also?.slice(1), asking);
  return held.answer === "maybe" && others.answer !== "no" ? held : others;
}

/** How many values satisfy the tests of a condition that holds: alternatives add up, what must hold together multiplies. */
export function timesHeld(condition: Condition, asking: Asking): number {
  switch (condition.kind) {
    case "test": {
      const values = valuesOf(condition.subject, asking).flatMap((value) => transformed(value, condition));
      return values.filter((value) => satisfiesAll(value, condition, condition.also, asking).answer === "yes").length;
    }
    case "any":
      return condition.of.reduce((times, one) => times + timesHeld(one, asking), 0);
    case "all":
      return condition.of.reduce((times, one) => times * timesHeld(one, asking), 1);
    default:
      return holds(condition, asking).answer === "yes" ? 1 : 0;
  }
}

/** Reads a field; an absent one has no value. */
export function readField(asking: Asking, field: Field): Value | undefined {
  if (!field.startsWith("var:")) return readRequestField(asking.world, field as Exclude<Field, `var:${string}`>);
  const name = field.slice(4);
  const known = asking.bound?.get(name) ?? asking.world.variables.get(name);
  if (known !== undefined) return known;
  const shared = own(asking.world.program.shared, name);
  if (shared === undefined) return define(asking, name);
  const first = asking.world.variables.get(shared) ?? define(asking, name);
  if (first !== undefined && questionBehind(first, asking) === null) asking.world.variables.set(shared, first);
  return first;
}

function own<Of>(record: Readonly<Record<string, Of>> | undefined, name: string): Of | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** More undecided cases than these are too many to suppose the answer to each. */
const mostSupposed = 8;

/**
 * Computes a defined variable once. An undecidable case makes it unknown unless every candidate agrees; what is behind
 * it may be supposed, and the variable is then computed again.
 */
function define(asking: Asking, name: string): Value | undefined {
  const { definitions, volatile } = asking.world.program;
  const cases = own(definitions, name);
  if (cases === undefined) return undefined;
  asking.world.variables.set(name, { key: `$${name}`, text: gap });
  const candidates: Value[] = [];
  const questions: Question[] = [];
  let decided = false;
  for (const { when, value } of cases) {
    const held = holds(when, asking);
    if (held.answer === "no") continue;
    if (held.unknown !== null) questions.push(held.unknown);
    candidates.push(value.length === 0 ? "" : valueOf(asking, value));
    decided = held.answer === "yes";
    if (decided) break;
  }
  if (!decided) candidates.push("");
  const [first = ""] = candidates;
  const agreed = typeof first === "string" && candidates.every((candidate) => candidate === first);
  const [behind] = questions.length > mostSupposed ? [] : questions;
  const unknown: Unknown = behind === undefined ? { key: `$${name}`, text: gap } : { key: `$${name}`, text: gap, behind };
  const value = agreed || candidates.length === 1 ? first : unknown;
  if (volatile?.includes(name) === true || questionBehind(value, asking) !== null) asking.world.variables.delete(name);
  else asking.world.variables.set(name, value);
  return value;
}

/** The question that is still to be answered before a value is known; null where supposing an answer leads nowhere. */
export function questionBehind(value: Value, { world }: Asking): Question | null {
  if (typeof value === "string" || value.behind === undefined || world.assumed.has(value.behind.key)) return null;
  return value.behind;
}

/** What a template comes to; absent fields read as "". */
export function valueOf(asking: Asking, template: Template): Value {
  return render(template, (field) => readField(asking, field) ?? "");
}

function valuesOf(subject: Subject, asking: Asking): readonly Value[] {
  if (subject.kind === "text") return [valueOf(asking, subject.of)];
  if (subject.kind === "field") {
    const value = readField(asking, subject.field);
    return value === undefined ? [] : [value];
  }
  const { request } = asking.world;
  const exceptions = (subject.except ?? []).filter((exception) => isInForce(exception, asking));
  const found: Value[] = [];
  for (const [name, value] of subject.from.flatMap((collection) => entriesOf(request, collection))) {
    const chosen = subject.only === undefined || subject.only.some((selector) => selects(selector, name) !== false);
    const left = exceptions.some((exception) => selects(exception, name) === true);
    if (chosen && !left) found.push(subject.part === "names" ? name : subject.part === "lines" ? `${name}: ${value}` : value);
  }
  return subject.part === "count" ? [String(found.length)] : found;
}

function isInForce(exception: Exception, asking: Asking): boolean {
  return exception.when === undefined || holds(exception.when, asking).answer === "yes";
}

function transformed(value: Value, test: Pick<Test, "transforms" | "eachTransform">): readonly Value[] {
  const transforms = test.transforms ?? [];
  if (transforms.length === 0) return [value];
  if (typeof value !== "string") return [{ ...value, key: `${transforms.join(",")}(${value.key})`, text: gap }];
  const all = [value];
  for (const by of transforms) all.push(transform(all.at(-1) ?? "", by));
  return test.eachTransform === true ? [...new Set(all)] : all.slice(-1);
}

function fold(value: string, ignoreCase: boolean | undefined): string {
  return ignoreCase === true ? value.toLowerCase() : value;
}

function satisfies(value: Value, operator: Operator, asking: Asking): Held {
  if (operator.kind === "present") return yes;
  const decided = typeof value === "string" ? decide(value, operator, asking) : decideUnknown(value, operator, asking);
  if (decided !== undefined) return decided ? yes : no;
  const argument = "value" in operator ? valueOf(asking, operator.value) : "";
  const behind = questionBehind(value, asking) ?? questionBehind(argument, asking);
  if (behind !== null) return { answer: "maybe", unknown: behind };
  const held = assume(asking, { key: questionKey(value, operator, asking), why: questionWords(value, operator) });
  if (operator.kind === "matches" && held.answer === "yes") bindUnknown(asking, operator, value);
  if (operator.kind === "matches" && held.answer === "no" && operator.lasting === "emptied" && operator.captures !== undefined) {
    asking.lasting = true;
    empty(asking, operator.captures);
  }
  return held;
}

function questionKey(value: Value, operator: Operator, asking: Asking): string {
  const argument = "value" in operator ? valueOf(asking, operator.value) : null;
  const words = typeof argument === "string" ? argument : (argument?.key ?? JSON.stringify(operator));
  return `${typeof value === "string" ? value : value.key} ${operator.kind} ${words}`;
}

function questionWords(value: Value, operator: Operator): string {
  const name = typeof value === "string" ? `\`${value}\`` : `the value of \`${value.key}\``;
  if (operator.kind !== "onDisk") return name;
  return `whether ${name} is on disk${wordsOf[operator.as]}`;
}

const wordsOf = { any: "", file: " as a file", directory: " as a directory", filled: " as a file with something in it", link: " as a link", executable: " and may be executed" } as const;

/** True, false, or undefined when it cannot be told. */
function decide(value: string, operator: Exclude<Operator, { kind: "present" }>, asking: Asking): boolean | undefined {
  switch (operator.kind) {
    case "in":
      return operator.values.some((one) => fold(one, operator.ignoreCase) === fold(value, operator.ignoreCase));
    case "containsAny": {
      const text = fold(value, operator.ignoreCase);
      return operator.values.some((one) => text.includes(fold(one, operator.ignoreCase)));
    }
    case "inNetwork":
      return inNetworks(value, operator.blocks);
    case "matches":
      return decideMatch(value, operator, asking);
    case "onDisk":
      return decideOnDisk(value, operator, asking.world.environment);
    default: {
      const argument = valueOf(asking, operator.value);
      return typeof argument === "string" ? compare(value, argument, operator) : compareInPart(value, argument, operator);
    }
  }
}

/** What is known around the gaps of an argument can be enough for a no. */
function compareInPart(value: string, argument: Unknown, operator: Comparison): boolean | undefined {
  if (operator.kind !== "equals" && operator.kind !== "startsWith" && operator.kind !== "endsWith") return undefined;
  const { head, tail } = around(argument, operator.ignoreCase);
  const subject = fold(value, operator.ignoreCase);
  const begins = operator.kind === "endsWith" || subject.startsWith(head);
  const ends = operator.kind === "startsWith" || subject.endsWith(tail);
  const fits = begins && ends && (operator.kind !== "equals" || subject.length >= head.length + tail.length);
  return fits ? undefined : false;
}

/** The known text before the first gap and after the last. */
function around({ text }: Unknown, ignoreCase: boolean | undefined): { readonly head: string; readonly tail: string } {
  return { head: fold(text.slice(0, text.indexOf(gap)), ignoreCase), tail: fold(text.slice(text.lastIndexOf(gap) + 1), ignoreCase) };
}

type Comparison = Extract<Operator, { value: Template }>;

function compare(value: string, argument: string, operator: Comparison): boolean {
  if (operator.kind === "number") return compareNumbers(integer(value), operator.is, integer(argument));
  const subject = fold(value, operator.ignoreCase);
  const wanted = fold(argument, operator.ignoreCase);
  switch (operator.kind) {
    case "equals":
      return subject === wanted;
    case "contains":
      return subject.includes(wanted);
    case "startsWith":
      return subject.startsWith(wanted);
    case "endsWith":
      return subject.endsWith(wanted);
    case "within":
      return wanted.includes(subject);
    default:
      return operator satisfies never;
  }
}

function integer(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : number;
}

function compareNumbers(left: number, is: "=" | "<" | "<=" | ">" | ">=", right: number): boolean {
  switch (is) {
    case "=":
      return left === right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return is satisfies never;
  }
}

function decideOnDisk(path: string, { as, otherwise }: Extract<Operator, { kind: "onDisk" }>, environment: Environment): boolean | undefined {
  const found = statOf(environment, path);
  if (found === undefined) return otherwise;
  if (found === "absent") return false;
  switch (as) {
    case "any":
      return true;
    case "filled":
      return found === "file" && environment.details?.(path)?.empty !== true;
    case "link":
    case "executable":
      return environment.details?.(path)?.[as] ?? otherwise;
    default:
      return found === as;
  }
}

type Matches = Extract<Operator, { kind: "matches" }>;

function decideMatch(value: string, operator: Matches, asking: Asking): boolean | undefined {
  const compiled = patternOf(operator);
  if (!compiled.ok) return undefined;
  // Whether it matches is known much sooner than where.
  const matches = compiled.test(value);
  if (operator.captures === undefined) return matches;
  const groups = matches === false ? null : compiled.exec(value);
  if (groups === undefined) return undefined;
  if (operator.lasting !== undefined) asking.lasting = true;
  if (groups === null) {
    if (operator.lasting === "emptied") empty(asking, operator.captures);
    return false;
  }
  for (let index = 0; index < 10; index += 1) bind(asking, `${operator.captures}${index}`, groups[index] ?? "");
  for (const [name, index] of compiled.names) bind(asking, name, groups[index] ?? "");
  return true;
}

function empty(asking: Asking, captures: string): void {
  for (let index = 0; index < 10; index += 1) {
    const name = `${captures}${index}`;
    if (asking.bound?.has(name) === true || asking.world.variables.has(name)) bind(asking, name, "");
  }
}

const patterns = new WeakMap<Matches, ReturnType<typeof compilePattern>>();

function patternOf(operator: Matches): ReturnType<typeof compilePattern> {
  const known = patterns.get(operator);
  if (known !== undefined) return known;
  const compiled = compilePattern(operator.pattern, operator);
  patterns.set(operator, compiled);
  return compiled;
}

function bindUnknown(asking: Asking, operator: Matches, value: Value): void {
  if (operator.captures === undefined) return;
  const key = typeof value === "string" ? value : value.key;
  for (let index = 0; index < 10; index += 1) {
    bind(asking, `${operator.captures}${index}`, { key: `${operator.pattern} of ${key}, group ${index}`, text: gap });
  }
}

/** An unknown value still has known text around its gaps; that can be enough for a no, and for a known prefix or suffix. */
function decideUnknown(value: Unknown, operator: Exclude<Operator, { kind: "present" }>, asking: Asking): boolean | undefined {
  const { head, tail } = around(value, undefined);
  const fits = (whole: string, ignoreCase?: boolean): boolean => {
    const text = fold(whole, ignoreCase);
    return text.startsWith(fold(head, ignoreCase)) && text.endsWith(fold(tail, ignoreCase)) && whole.length >= head.length + tail.length;
  };
  if (operator.kind === "onDisk" || operator.kind === "matches") return operator.otherwise;
  if (operator.kind === "in") return operator.values.some((one) => fits(one, operator.ignoreCase)) ? undefined : false;
  if (operator.kind !== "equals" && operator.kind !== "startsWith" && operator.kind !== "endsWith") return undefined;
  const argument = valueOf(asking, operator.value);
  if (typeof argument !== "string") return undefined;
  if (operator.kind === "equals") return fits(argument, operator.ignoreCase) ? undefined : false;
  const wanted = fold(argument, operator.ignoreCase);
  const known = fold(operator.kind === "startsWith" ? head : tail, operator.ignoreCase);
  if (operator.kind === "startsWith") return known.startsWith(wanted) ? true : wanted.startsWith(known) ? undefined : false;
  return known.endsWith(wanted) ? true : wanted.endsWith(known) ? undefined : false;
}
