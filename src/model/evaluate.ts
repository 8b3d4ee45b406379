import { scopesFor } from "./choice.ts";
import { unknownEnvironment, type Environment } from "./environment.ts";
import { askingIn, holds, questionBehind, readField, valueOf, timesHeld, type Asking } from "./holds.ts";
import type { Selector } from "./field.ts";
import { normalisePath, strictPath } from "./path.ts";
import type { Chain, Effect, Gate, Program, Scope } from "./program.ts";
import { selects } from "./read.ts";
import type { Request } from "./request.ts";
import type { Question, Template, Value } from "./template.ts";
import type { Delivered, Ending, Outcome, Step, Verdict } from "./verdict.ts";
import { walk } from "./walk.ts";
import { copyWorld, type World } from "./world.ts";

/** At most this many courses of events are followed; the rest ends as unknown. */
const courseLimit = 64;
/** At most this many gates are asked for one request, so that no jump can loop. */
const gateLimit = 200_000;

/** Where a course of events stands. */
interface Course extends World {
  stage: string;
  scope: Scope | null;
  chain: number;
  gate: number;
  reroutes: number;
  forced: { readonly status: number; readonly by: Gate } | null;
  readonly alterations: Map<string, Value | null>;
  pathAsWritten: boolean;
  /** What goes on when the question that is asked now is answered. */
  asker: Asker | null;
  /** Something is supposed that usually is otherwise. */
  unusual: boolean;
  /** What was supposed so far, a letter each: courses are told in the order of these, a yes before a no. */
  turns: string;
  /** The latest gate first: courses that split share what came before. */
  trace: Traced | null;
}

/** A course that waits for an answer. */
interface Asker {
  readonly before: Pick<Course, "stage" | "scope" | "chain" | "gate" | "method" | "path" | "query" | "pathAsWritten" | "reroutes" | "forced">;
  readonly alterations: ReadonlyMap<string, Value | null>;
  readonly variables: readonly (readonly [name: string, value: Value | undefined])[];
  readonly answer: string;
}

/**
 * What a program does to a request. Total and pure: asks nothing but the program, the request and the environment.
 * A condition that cannot be decided splits the course of events in two; equal unknowns are answered alike within one.
 */
export function evaluate(program: Program, request: Request, environment: Environment = unknownEnvironment): Verdict {
  const whys = new Map<string, string>();
  const budget = { gates: gateLimit, courses: courseLimit };
  const waiting: Course[] = [];
  const found: { readonly turns: string; readonly ending: Ending }[] = [];
  for (let course: Course | undefined = start(program, request, environment); course !== undefined; ) {
    const end = run(course, budget);
    if ("ending" in end && resume(course, end.ending)) continue;
    if (!("ending" in end)) whys.set(end.key, end.why);
    if ("ending" in end || --budget.courses <= 0) {
      found.push({ turns: course.turns, ending: "ending" in end ? end.ending : ended(course, "unknown", null, null) });
      course = waiting.shift();
      continue;
    }
    // Where there are too many courses, those that differ early on show more than those that differ at their end.
    waiting.push(supposing(course, end, false));
    course = supposing(course, end, true);
  }
  const endings = found.toSorted((one, other) => (one.turns < other.turns ? -1 : 1)).map(({ ending }) => ending);
  return conclude(request, endings, whys);
}

/** The state every request starts in. */
export function initialWorld(program: Program, request: Request, environment: Environment): World {
  return start(program, request, environment);
}

function start(program: Program, request: Request, environment: Environment): Course {
  return {
    program,
    request,
    environment,
    method: request.method,
    path: normalisePath(request.path),
    query: request.query,
    variables: new Map(),
    assumed: new Map(),
    stage: program.entry,
    scope: null,
    chain: 0,
    gate: 0,
    reroutes: 0,
    forced: null,
    alterations: new Map(),
    pathAsWritten: false,
    asker: null,
    unusual: false,
    turns: "",
    trace: null,
  };
}

interface Traced extends Step {
  readonly before: Traced | null;
}

function stepsTo(last: Traced | null): readonly Step[] {
  const steps: Step[] = [];
  for (let one = last; one !== null; one = one.before) steps.push(one);
  return steps.reverse();
}

function supposing(course: Course, { key, usually }: Question, answer: boolean): Course {
  const copy: Course = { ...copyWorld(course), alterations: new Map(course.alterations) };
  copy.assumed.set(key, answer);
  copy.turns += answer ? "a" : "b";
  if (usually !== undefined && usually !== answer) copy.unusual = true;
  return copy;
}

type Progress = { readonly ending: Ending } | Question;

/** Runs a course until it ends or hangs on an unknown. */
function run(course: Course, budget: { gates: number }): Progress {
  for (;;) {
    if (course.scope === null) {
      const hanging = chooseScope(course);
      if (hanging !== null) return hanging;
    }
    const { scope } = course;
    if (scope === null) return { ending: ended(course, "unknown", null, null) };
    const chain = scope.chains[course.chain];
    const gate = chain?.gates[course.gate];
    if (chain === undefined) return { ending: handled(course, scope) };
    if (gate === undefined) {
      nextChain(course);
      continue;
    }
    if (--budget.gates < 0) return { ending: ended(course, "unknown", null, null) };
    const progress = ask(course, scope, chain, gate);
    if (progress !== null) return progress;
  }
}

function nextChain(course: Course): void {
  course.chain += 1;
  course.gate = 0;
}

function keep(course: Course, { bound }: Asking): void {
  if (bound !== null) for (const [name, value] of bound) course.variables.set(name, value);
}

function chooseScope(course: Course): Progress | null {
  for (const scope of scopesFor(course.program.stages[course.stage] ?? [], course)) {
    const question = askingIn(course);
    const held = holds(scope.when, question);
    if (held.unknown !== null) return held.unknown;
    if (held.answer === "no") continue;
    keep(course, question);
    course.scope = scope;
    course.chain = 0;
    course.gate = 0;
    return null;
  }
  return { ending: ended(course, "unknown", null, null) };
}

function ask(course: Course, scope: Scope, chain: Chain, gate: Gate): Progress | null {
  const question = askingIn(course);
  const held = holds(gate.when, question);
  if (held.unknown !== null) return held.unknown;
  if (held.answer === "yes" || question.lasting) keep(course, question);
  const behind = held.answer === "yes" ? questionOf(course, gate.effect) : null;
  if (behind !== null) return behind;
  course.trace = { scope, chain, gate, held: question.assumed ? "maybe" : held.answer, before: course.trace };
  course.gate += 1;
  if (held.answer === "no") return null;
  return apply(course, scope, chain, gate, gate.effect);
}

/** What must be supposed before an effect can change something that later conditions read. */
function questionOf(course: Course, effect: Effect): Question | null {
  for (const template of changesOf(effect)) {
    const behind = questionBehind(read(course, template), askingIn(course));
    if (behind !== null) return behind;
  }
  return null;
}

function changesOf(effect: Effect): readonly Template[] {
  if (effect.kind === "set") return [effect.value];
  if (effect.kind !== "rewrite" && effect.kind !== "reroute") return [];
  return [effect.path, effect.query].flatMap((template) => (template === undefined ? [] : [template]));
}

/** What a template comes to. What patterns of definitions bind on the way stays bound. */
function read(course: Course, template: Template): Value {
  const question = askingIn(course);
  const value = valueOf(question, template);
  if (question.lasting) keep(course, question);
  return value;
}

/** Carries out an effect; null means that the course goes on. */
function apply(course: Course, scope: Scope, chain: Chain, gate: Gate, effect: Effect): Progress | null {
  switch (effect.kind) {
    case "continue":
      nextChain(course);
      return null;
    case "accept":
      return { ending: handled(course, scope) };
    case "deny":
    case "challenge":
      return { ending: ended(course, "refused", effect.status, gate) };
    case "redirect":
      return { ending: { ...ended(course, "redirected", effect.status, gate), location: read(course, effect.to) } };
    case "answer":
      return { ending: answered(course, effect.status, gate) };
    case "limit":
      if (course.request.perMinute <= effect.perMinute) return null;
      return { ending: ended(course, "refused", effect.status, gate) };
    case "set":
      course.variables.set(effect.variable, read(course, effect.value));
      return null;
    case "score":
      course.variables.set(effect.variable, sum(course, effect));
      return null;
    case "rewrite":
      rewrite(course, effect);
      if (effect.status !== undefined) course.forced = effect.status === null ? null : { status: effect.status, by: gate };
      return null;
    case "walk":
      walkDown(course, effect);
      return null;
    case "jump":
      jump(course, chain, effect.to);
      return null;
    case "enter":
      course.stage = effect.stage;
      course.scope = null;
      return null;
    case "reroute":
      return reroute(course, gate, effect);
    case "ask":
      askFirst(course, effect);
      return null;
    case "drop":
      drop(course, effect.headers);
      return null;
    case "alter":
      course.alterations.set(effect.what, effect.value === null ? null : read(course, effect.value));
      if (effect.what === "path") course.pathAsWritten = effect.asWritten === true;
      return null;
    default:
      return effect satisfies never;
  }
}

function sum(course: Course, effect: Extract<Effect, { kind: "score" }>): Value {
  const before = readField(askingIn(course), `var:${effect.variable}`) ?? "0";
  const add = valueOf(askingIn(course), effect.add);
  if (typeof before !== "string") return before;
  if (typeof add !== "string") return add;
  const times = effect.times === undefined ? 1 : timesHeld(effect.times, askingIn(course));
  return String((Number.parseInt(before, 10) || 0) + times * (Number.parseInt(add, 10) || 0));
}

function jump(course: Course, chain: Chain, label: string): void {
  const target = chain.gates.findIndex((gate) => gate.label === label);
  if (target < 0) nextChain(course);
  else course.gate = target;
}

function rewrite(course: Course, effect: Extract<Effect, { kind: "rewrite" | "reroute" }>): void {
  const path = effect.path === undefined ? course.path : read(course, effect.path);
  const query = effect.query === undefined ? course.query : read(course, effect.query);
  course.path = path;
  course.query = query;
  if (effect.kind === "rewrite" && effect.address !== undefined) readAddress(course, effect.address === "merging");
}

/** Takes the path for an address: what is not known of it stays as it is. */
function readAddress(course: Course, mergeSlashes: boolean): void {
  if (typeof course.path !== "string") return;
  const isKnown = typeof course.query === "string" || course.path.includes("#");
  const whole = typeof course.query === "string" && course.query !== "" ? `${course.path}?${course.query}` : course.path;
  const [, path = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(whole) ?? [];
  course.path = strictPath(path, mergeSlashes) ?? path;
  if (isKnown) course.query = query;
}

function walkDown(course: Course, effect: Extract<Effect, { kind: "walk" }>): void {
  const path = course.variables.get(effect.file) ?? "";
  const { file, rest, folder } = typeof path === "string" ? walk(path, effect.roots, course.environment) : { file: path, rest: "", folder: "" };
  course.variables.set(effect.file, file).set(effect.rest, rest).set(effect.folder, folder);
}

function reroute(course: Course, gate: Gate, effect: Extract<Effect, { kind: "reroute" }>): Progress | null {
  course.reroutes += 1;
  const { limit, status } = course.program.reroutes;
  if (course.reroutes > limit) return { ending: ended(course, "refused", status, gate) };
  rewrite(course, effect);
  const stays = effect.method === "GET" && course.method === "HEAD" && effect.headToo !== true;
  if (effect.method !== undefined && !stays) course.method = effect.method ?? course.request.method;
  if (effect.status !== undefined) course.forced = effect.status === null ? null : { status: effect.status, by: gate };
  course.stage = effect.stage;
  course.scope = null;
  return null;
}

function askFirst(course: Course, effect: Extract<Effect, { kind: "ask" }>): void {
  const { stage, scope, chain, gate, method, path, query, pathAsWritten, reroutes, forced } = course;
  course.asker = {
    before: { stage, scope, chain, gate, method, path, query, pathAsWritten, reroutes, forced },
    alterations: new Map(course.alterations),
    variables: effect.without.map((name) => [name, course.variables.get(name)]),
    answer: effect.variable,
  };
  for (const name of effect.without) course.variables.delete(name);
  course.path = valueOf(askingIn(course), effect.path);
  course.query = "";
  course.reroutes = 0;
  course.forced = null;
  course.stage = effect.stage;
  course.scope = null;
}

/** Goes back to what asked, with the answer; false when this was no question, or nobody knows or gets an answer. */
function resume(course: Course, { outcome, status }: Ending): boolean {
  const { asker } = course;
  if (asker === null || outcome === "unknown" || status === "reset") return false;
  Object.assign(course, asker.before);
  course.asker = null;
  course.alterations.clear();
  for (const [what, value] of asker.alterations) course.alterations.set(what, value);
  for (const [name, value] of asker.variables) {
    if (value === undefined) course.variables.delete(name);
    else course.variables.set(name, value);
  }
  const byIdentity = course.request.identity.state === "valid" ? 200 : 401;
  course.variables.set(asker.answer, String(status ?? byIdentity));
  return true;
}

function drop(course: Course, headers: readonly Selector[]): void {
  for (const name of Object.keys(course.request.headers)) {
    if (headers.some((selector) => selects(selector, name) === true)) course.alterations.set(`header:${name}`, null);
  }
}

/** Nothing stopped the request: the scope's handler gets it. */
function handled(course: Course, scope: Scope): Ending {
  if (scope.handler === "static") return answered(course, 200, null);
  if (scope.handler === "unknown") return ended(course, "unknown", null, null);
  return course.forced === null ? ended(course, "reached", null, null) : withStatus(course, "reached", course.forced);
}

function answered(course: Course, status: number, by: Gate | null): Ending {
  const forced = course.forced ?? { status, by };
  return withStatus(course, "answered", forced);
}

function withStatus(course: Course, otherwise: Outcome, forced: { readonly status: number; readonly by: Gate | null }): Ending {
  const { status, by } = forced;
  const outcome = status >= 400 ? "refused" : status >= 300 ? "redirected" : otherwise;
  return ended(course, outcome, status, by);
}

function ended(course: Course, outcome: Outcome, status: number | "reset" | null, by: Gate | null, location: Value | null = null): Ending {
  const scope = course.scope ?? lastScope(course);
  const { trace: last } = course;
  let steps: readonly Step[] | null = null;
  return {
    outcome,
    status,
    by,
    scope,
    location,
    delivered: delivered(course),
    // Most endings are only counted: their steps are laid out when somebody asks.
    get trace() {
      steps ??= stepsTo(last);
      return steps;
    },
    assumed: Object.fromEntries(course.assumed),
    unusual: course.unusual,
  };
}

function lastScope(course: Course): Scope {
  const { at } = course.program;
  return course.trace?.scope ?? { name: "none", when: { kind: "all", of: [] }, chains: [], handler: "unknown", at };
}

function delivered(course: Course): Delivered {
  const altered = (what: string, otherwise: Value): Value => course.alterations.get(what) ?? otherwise;
  const headers = [...course.alterations].flatMap(([what, value]) => (what.startsWith("header:") ? [[what.slice(7), value] as const] : []));
  return {
    method: altered("method", course.method),
    path: altered("path", course.path),
    ...(course.pathAsWritten ? { pathAsWritten: true as const } : {}),
    query: altered("query", course.query),
    bodyKept: course.alterations.get("body") !== null,
    headers: Object.fromEntries(headers),
  };
}

/** Statuses after which clients repeat a POST as a GET without its body (RFC 9110, 15.4.2-15.4.4). */
const losesBody: ReadonlySet<number | "reset" | null> = new Set([301, 302, 303]);

/** Whether an ending keeps the request, or its body, from the application. */
export function blocks(ending: Ending): boolean {
  return ending.outcome === "refused" || (ending.outcome === "redirected" && losesBody.has(ending.status));
}

/** The verdict without the courses that suppose what usually is otherwise; what it then rests on is still said. */
export function usually(verdict: Verdict): Verdict {
  const endings = verdict.endings.filter(({ unusual }) => !unusual);
  if (endings.length === 0 || endings.length === verdict.endings.length) return verdict;
  return { ...conclude(verdict.request, endings, new Map()), depends: verdict.depends };
}

function conclude(request: Request, endings: readonly Ending[], whys: ReadonlyMap<string, string>): Verdict {
  const [first] = endings;
  if (first === undefined) throw new Error("a request has at least one ending");
  const blocking = endings.filter(blocks);
  const ending = blocking[0] ?? first;
  const undecided = endings.some((one) => one.outcome === "unknown");
  const same = endings.every((one) => one.outcome === ending.outcome);
  const sameStatus = endings.every((one) => one.status === ending.status);
  const blocked = blocking.length === endings.length ? "yes" : blocking.length > 0 || undecided ? "maybe" : "no";
  return {
    request,
    blocked,
    outcome: same ? ending.outcome : "unknown",
    status: sameStatus ? ending.status : null,
    by: blocking[0]?.by ?? null,
    ending,
    endings,
    depends: same && sameStatus ? [] : [...new Set(Object.keys(ending.assumed).map((key) => whys.get(key) ?? key))],
  };
}
