import { always, type Condition, type Operator, type Subject } from "../src/model/condition.ts";
import type { Field } from "../src/model/field.ts";
import type { Chain, Effect, Gate, Program, Scope } from "../src/model/program.ts";
import { ordinaryPost, type Request } from "../src/model/request.ts";
import { fieldValue, text, type Template } from "../src/model/template.ts";
import type { Span } from "../src/source.ts";

/** Chooses; the same seed chooses alike. */
export interface Choice {
  below(count: number): number;
  of<T>(items: readonly T[]): T;
  chance(percent: number): boolean;
}

/** A small generator of good quality (mulberry32). */
export function choosing(seed: number): Choice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    of: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to choose from");
      return item;
    },
    chance: (percent) => below(100) < percent,
  };
}

/** One part of the request that a random program speaks of, and the literals it speaks of it with. */
interface Topic {
  readonly kind: "text" | "number" | "address" | "groups" | "entry";
  readonly field: Field;
  readonly literals: readonly string[];
  /** Whether all its tests ignore case: letters that only some tests tell apart are sampled, not covered. */
  readonly ignoreCase: boolean;
}

/** A program, and a source of requests near everything it says. */
export interface RandomProgram {
  readonly program: Program;
  request(): Request;
}

const at: Span = { file: { path: "random", text: "random" }, start: 0, end: 6 };
const letters = ["a", "b", "ab", "x", "/", ".", "z", "o"];

const topics: readonly ((choice: Choice) => Omit<Topic, "ignoreCase">)[] = [
  (choice) => ({ kind: "text", field: "method", literals: some(choice, 2, () => choice.of(["POST", "GET", "PUT", "post", "PO"])) }),
  (choice) => ({ kind: "text", field: "path", literals: some(choice, 4, () => `/${word(choice, 3)}`) }),
  (choice) => ({ kind: "text", field: "header:x-a", literals: some(choice, 3, () => word(choice, 3)) }),
  (choice) => ({ kind: "text", field: "header:x-b", literals: some(choice, 2, () => word(choice, 2)) }),
  (choice) => ({ kind: "text", field: "cookie:c", literals: some(choice, 2, () => word(choice, 2)) }),
  (choice) => ({ kind: "text", field: "argument:q", literals: some(choice, 2, () => word(choice, 2)) }),
  (choice) => ({ kind: "text", field: "claim:role", literals: some(choice, 2, () => word(choice, 2)) }),
  (choice) => ({ kind: "text", field: "host", literals: some(choice, 2, () => choice.of(["a.example", "example", "b.a.example", "example.b"])) }),
  (choice) => ({ kind: "text", field: "identity", literals: [choice.of(["valid", "none", "invalid"])] }),
  (choice) => ({ kind: "text", field: "scheme", literals: [choice.of(["http", "https"])] }),
  (choice) => ({ kind: "number", field: "bodyBytes", literals: some(choice, 2, () => String(choice.below(6) * 7)) }),
  (choice) => ({ kind: "number", field: "perMinute", literals: some(choice, 2, () => String(choice.below(5))) }),
  (choice) => ({ kind: "number", field: "atOnce", literals: some(choice, 2, () => String(choice.below(5))) }),
  (choice) => ({ kind: "number", field: "header:x-n", literals: some(choice, 2, () => String(choice.below(5) * 3)) }),
  (choice) => ({ kind: "address", field: "clientAddress", literals: some(choice, 3, () => block(choice)) }),
  (choice) => ({ kind: "groups", field: "identity", literals: some(choice, 2, () => choice.of(["staff", "sta", "ops"])) }),
  (choice) => ({ kind: "entry", field: "argument:f", literals: some(choice, 2, () => word(choice, 2)) }),
];

function some<T>(choice: Choice, most: number, make: () => T): readonly T[] {
  return Array.from({ length: 1 + choice.below(most) }, make);
}

function word(choice: Choice, longest: number): string {
  const made = some(choice, longest, () => choice.of(letters)).join("");
  return choice.chance(15) ? made.toUpperCase() : made;
}

function block(choice: Choice): string {
  const start = choice.of(["10.0.0.0", "10.0.1.0", "10.0.0.128", "0.0.0.0", "255.255.255.0", "2001:db8::", "2001:db8::8000"]);
  return start.includes(":") ? `${start}/${choice.of([113, 120, 128])}` : `${start}/${choice.of([23, 24, 25, 31, 32])}`;
}

/** A random program of the shapes that configurations have. */
export function randomProgram(choice: Choice): RandomProgram {
  const spoken = some(choice, 3, () => ({ ...choice.of(topics)(choice), ignoreCase: choice.chance(25) }));
  const budget = { tests: 2 + choice.below(6) };
  const make = { choice, spoken, budget };
  const stages = { start: scopesOf(make, "start"), second: scopesOf(make, "second") };
  const definitions = { defined: [{ when: testOf(make), value: valueOf(make) }, { when: always, value: text("a") }] };
  const program: Program = {
    format: "random",
    layer: "server",
    at,
    stages,
    entry: "start",
    definitions,
    reroutes: { limit: 2, status: 500 },
    ignored: [],
    missing: [],
  };
  return { program, request: () => randomRequest(choice, spoken) };
}

interface Making {
  readonly choice: Choice;
  readonly spoken: readonly Topic[];
  readonly budget: { tests: number };
}

function scopesOf(make: Making, stage: string): readonly Scope[] {
  const { choice } = make;
  const scope = (when: Condition): Scope => ({ name: "scope", when, chains: some(choice, 2, () => chainOf(make, stage)), handler: choice.of(["app", "app", "static", "next", "unknown"]), at });
  return [...some(choice, 2, () => scope(condition(make, 1))), scope(always)];
}

function chainOf(make: Making, stage: string): Chain {
  const gates = some(make.choice, 4, () => gateOf(make, stage));
  const last = gateOf(make, stage);
  return { name: "chain", gates: [...gates, last.effect.kind === "jump" ? last : { ...last, label: "there" }] };
}

function gateOf(make: Making, stage: string): Gate {
  const { choice } = make;
  const when = choice.chance(30) ? variableTest(make) : condition(make, 2);
  return { when, effect: effectOf(make, stage), because: [{ at, note: "" }], reason: "none" };
}

function effectOf(make: Making, stage: string): Effect {
  const { choice } = make;
  const further: readonly Effect[] =
    stage === "start"
      ? [
          { kind: "enter", stage: "second" },
          { kind: "reroute", stage: "second", path: choice.chance(50) ? text("/ab") : [...text("/a"), ...fieldValue("path")] },
          { kind: "rewrite", path: [...text("/b"), ...fieldValue("path")] },
        ]
      : [{ kind: "reroute", stage: "second" }];
  return choice.of<Effect>([
    { kind: "deny", status: choice.of([403, 405]) },
    { kind: "deny", status: 413 },
    { kind: "redirect", status: choice.of([301, 308]), to: text("/") },
    { kind: "answer", status: 204 },
    { kind: "challenge", status: 401 },
    { kind: "limit", perMinute: choice.below(4), status: 429 },
    { kind: "set", variable: choice.of(["v", "w"]), value: valueOf(make) },
    { kind: "set", variable: choice.of(["v", "w"]), value: valueOf(make) },
    { kind: "score", variable: "n", add: text(choice.of(["2", "5"])) },
    { kind: "score", variable: "n", add: text("3") },
    { kind: "continue" },
    { kind: "accept" },
    { kind: "jump", to: choice.of(["there", "nowhere"]) },
    ...further,
  ]);
}

function valueOf({ choice, spoken }: Making): Template {
  const texts = spoken.filter((topic) => (topic.kind === "text" || topic.kind === "entry") && !spoken.some((other) => other.field === topic.field && other.ignoreCase));
  const reading = texts.length === 0 ? text("b") : fieldValue(choice.of(texts).field);
  return choice.of<Template>([text("a"), text("1"), [], reading, [...text("a"), ...reading], [...fieldValue("var:v"), ...text("b")]]);
}

function variableTest({ choice }: Making): Condition {
  const field = choice.of<Field>(["var:v", "var:w", "var:defined", "var:n", "var:n"]);
  const operator: Operator =
    field === "var:n" ? { kind: "number", is: choice.of([">=", "<", "="]), value: text(choice.of(["3", "5", "8"])) } : { kind: choice.of(["equals", "startsWith", "endsWith"]), value: text(choice.of(["a", "ab", "1", "b"])) };
  return { kind: "test", subject: { kind: "field", field }, operator, at };
}

function condition(make: Making, depth: number): Condition {
  const { choice, budget } = make;
  if (budget.tests <= 0) return choice.chance(70) ? always : variableTest(make);
  const kind = choice.below(depth > 0 ? 10 : 7);
  if (kind === 0) return { kind: "unknown", key: choice.of(["k1", "k2"]), why: "it", reads: "anything", at };
  if (kind <= 6) {
    budget.tests -= 1;
    return testOf(make);
  }
  if (kind === 7) return { kind: "not", of: condition(make, depth - 1) };
  return { kind: choice.of(["all", "any"]), of: [condition(make, depth - 1), condition(make, depth - 1)] };
}

function testOf({ choice, spoken }: Making): Condition {
  const topic = choice.of(spoken);
  const more = choice.chance(15) ? { negated: true } : {};
  return { kind: "test", subject: subjectOf(choice, topic), operator: operatorOf(choice, topic), at, ...more };
}

function subjectOf(choice: Choice, topic: Topic): Subject {
  if (topic.kind === "groups") return { kind: "entries", from: ["groups"], part: "values" };
  if (topic.kind === "entry") return { kind: "entries", from: ["queryArguments"], only: [{ kind: "name", name: "f" }], part: choice.chance(80) ? "values" : "count" };
  return choice.chance(20) ? { kind: "text", of: fieldValue(topic.field) } : { kind: "field", field: topic.field };
}

function operatorOf(choice: Choice, topic: Topic): Operator {
  if (topic.kind === "address") return { kind: "inNetwork", blocks: topic.literals.slice(0, 1 + choice.below(2)) };
  const value = text(choice.of(topic.literals));
  if (topic.kind === "number") return { kind: "number", is: choice.of(["=", "<", "<=", ">", ">="]), value };
  if (topic.kind === "groups") return { kind: "in", values: topic.literals.slice(0, 1 + choice.below(2)) };
  const ignoreCase = topic.ignoreCase ? { ignoreCase: true } : {};
  if (choice.chance(10)) return { kind: "present" };
  if (choice.chance(15)) return { kind: "in", values: topic.literals, ...ignoreCase };
  return { kind: choice.of(["equals", "startsWith", "startsWith", "endsWith", "contains"]), value, ...ignoreCase };
}

function randomRequest(choice: Choice, spoken: readonly Topic[]): Request {
  let request = ordinaryPost({ headers: {}, body: "", identity: { state: choice.of(["valid", "valid", "none", "invalid"]), groups: [], scopes: [], claims: {} } });
  for (const topic of spoken) request = withTopic(choice, request, topic);
  return request;
}

function withTopic(choice: Choice, request: Request, topic: Topic): Request {
  const { field } = topic;
  const near = (): string => nearText(choice, topic.literals);
  if (topic.kind === "groups") return { ...request, identity: { ...request.identity, groups: choice.chance(20) ? [] : some(choice, 2, near).filter(Boolean) } };
  if (topic.kind === "address") return { ...request, clientAddress: nearAddress(choice, topic.literals) };
  const value = topic.kind === "number" ? String(Math.max(0, Number(choice.of(topic.literals)) + choice.below(5) - 2)) : near();
  if (field === "method") return /^[\w-]+$/.test(value) ? { ...request, method: value } : request;
  if (field === "path") return { ...request, path: encodeURI(`/${value}`.replace(/^\/+(?=\/)/, "")).replaceAll("?", "%3F") };
  if (field === "host") return /^[\w.-]+$/.test(value) ? { ...request, host: value.toLowerCase() } : request;
  if (field === "scheme") return choice.chance(50) ? { ...request, scheme: "http", port: 80 } : request;
  if (field === "bodyBytes" || field === "perMinute" || field === "atOnce") return { ...request, [field]: Number(value) };
  if (choice.chance(15)) return request;
  return withNamed(request, field, value);
}

function withNamed(request: Request, field: Field, value: string): Request {
  const name = field.slice(field.indexOf(":") + 1);
  if (field.startsWith("header:")) return { ...request, headers: { ...request.headers, [name]: value } };
  if (field.startsWith("cookie:")) return { ...request, headers: { ...request.headers, cookie: `${name}=${value}` } };
  if (field.startsWith("argument:")) return { ...request, query: [...request.query.split("&").filter((pair) => pair !== "" && !pair.startsWith(`${name}=`)), `${name}=${value}`].join("&") };
  if (field.startsWith("claim:")) return { ...request, identity: { ...request.identity, claims: { [name]: value } } };
  return request;
}

/** Texts beside what the program speaks of: its literals, with something added, cut, joined, in other letters. */
function nearText(choice: Choice, literals: readonly string[]): string {
  const literal = choice.of(literals);
  const other = choice.of(literals);
  const extra = choice.of([...letters, "zz", "q", "other"]);
  return choice.of([
    literal,
    literal,
    literal + extra,
    extra + literal,
    literal + other,
    literal + extra + other,
    literal.slice(0, -1),
    literal.slice(1),
    literal.toUpperCase(),
    literal.toLowerCase() + extra,
    literal.slice(0, 1).toUpperCase() + literal.slice(1).toLowerCase(),
    extra,
    extra + literal + extra,
    literal + choice.of(literals) + other,
  ]);
}

function nearAddress(choice: Choice, literals: readonly string[]): string {
  const literal = choice.of(literals);
  const address = literal.slice(0, literal.indexOf("/"));
  if (address.includes(":")) return `2001:db8::${choice.of(["0", "1", "ff", "100", "7fff", "8000", "80ff", "8100", "ffff"])}`;
  return choice.of([
    address,
    address.replace(/\d+$/, String(choice.below(256))),
    address.replace(/\d+\.\d+$/, `${choice.below(3)}.${choice.below(256)}`),
    choice.of(["9.255.255.255", "10.0.1.255", "10.0.2.0", "0.0.1.0", "0.0.0.255", "255.255.255.255", "255.255.254.255", "203.0.113.7"]),
  ]);
}
