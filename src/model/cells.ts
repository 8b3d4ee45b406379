import type { Condition } from "./condition.ts";
import { unknownEnvironment } from "./environment.ts";
import { initialWorld } from "./evaluate.ts";
import type { Field } from "./field.ts";
import { holds } from "./holds.ts";
import type { Program, Scope } from "./program.ts";
import { assign, dimensionOf, valueIn, type Dimension } from "./dimension.ts";
import type { Request } from "./request.ts";
import { samplesOfOperator } from "./samples.ts";
import { literal } from "./template.ts";
import { fieldsOf, sourcesOfVariables, testsIn, testsOfScopes, type Test } from "./tests-of.ts";

/** How wide to look. */
export interface Breadth {
  /** Only tests of these scopes (and of the definitions) matter; all scopes when left out. */
  readonly scopes?: readonly Scope[];
  /** At most this many requests are tried. */
  readonly limit?: number;
  /** Parts of the request that stay as they are in `base`. */
  readonly fixed?: readonly Dimension[];
}

/** Requests that stand for regions, and whether some regions were left out. */
export interface Cells {
  readonly requests: readonly Request[];
  readonly capped: boolean;
}

const defaultLimit = 4096;

/**
 * One representative request for every region of `where` in which all tests of the program answer the same. Regular
 * expressions are sampled, so their regions may be missed; everything else is covered unless `capped`. The first
 * requests differ least from `base`.
 */
export function cells(program: Program, where: Condition, base: Request, breadth: Breadth = {}): Cells {
  const tests = relevantTests(program, where, breadth.scopes);
  const axes = axesOf(program, tests, base).filter((axis) => breadth.fixed?.includes(axis.dimension) !== true);
  const limit = breadth.limit ?? defaultLimit;
  const requests: Request[] = [];
  let tried = 0;
  for (const request of combinations(axes, base)) {
    if (tried >= limit) return { requests, capped: true };
    tried += 1;
    if (answer(program, where, request) !== "no") requests.push(request);
  }
  return { requests, capped: false };
}

/** The answers of all tests of a program to one request: equal exactly for requests of the same cell. */
export function signature(program: Program, request: Request): string {
  return signatureOf(program, relevantTests(program, { kind: "all", of: [] }, undefined), request);
}

function answer(program: Program, condition: Condition, request: Request): string {
  return holds(condition, { world: initialWorld(program, request, unknownEnvironment), bound: new Map(), assumed: false }).answer;
}

function signatureOf(program: Program, tests: readonly Test[], request: Request): string {
  return tests.map((test) => answer(program, test, request)[0]).join("");
}

/** The tests, those of variables read as tests of the fields that flow into them. */
function relevantTests(program: Program, where: Condition, scopes: readonly Scope[] | undefined): readonly Test[] {
  const sources = sourcesOfVariables(program);
  const inDefinitions = Object.values(program.definitions).flatMap((cases) => cases.flatMap((one) => testsIn(one.when)));
  const written = [...testsIn(where), ...testsOfScopes(scopes ?? Object.values(program.stages).flat()), ...inDefinitions];
  return written.flatMap((test) => {
    const derived = fieldsOf(test.subject).flatMap((field) => (field.startsWith("var:") ? [...(sources.get(field.slice(4)) ?? [])] : []));
    return [test, ...derived.map((field): Test => ({ ...test, subject: { kind: "field", field } }))];
  });
}

interface Axis {
  readonly dimension: Dimension;
  readonly values: readonly (string | null)[];
}

/** For every part of the request that is tested: the base value first, then one value for each further region. */
function axesOf(program: Program, tests: readonly Test[], base: Request): readonly Axis[] {
  const fresh = freshText(tests);
  const samples = new Map<Dimension, { tests: Test[]; values: Set<string | null> }>();
  for (const test of tests) {
    for (const dimension of dimensionsOf(test)) {
      const known = samples.get(dimension) ?? { tests: [], values: new Set([valueIn(base, dimension), null]) };
      known.tests.push(test);
      for (const value of samplesOfOperator(test.operator, fresh)) known.values.add(value);
      samples.set(dimension, known);
    }
  }
  const path = samples.get("path");
  if (path !== undefined) joinPaths(path.values, fresh);
  return [...samples].map(([dimension, known]) => ({ dimension, values: distinct(program, known.tests, dimension, known.values, base) }));
}

function dimensionsOf(test: Test): readonly Dimension[] {
  const fields: readonly Field[] = fieldsOf(test.subject);
  const direct = fields.flatMap((field) => dimensionOf(field) ?? []);
  if (test.subject.kind !== "entries") return [...new Set(direct)];
  const { from, only } = test.subject;
  const names = only?.flatMap((selector) => (selector.kind === "name" ? [selector.name] : [])) ?? [];
  const fallback = names.length > 0 ? names : ["name"];
  return from.flatMap((collection): Dimension[] => {
    if (collection === "headers") return names.map((name): Dimension => `header:${name.toLowerCase()}`);
    if (collection === "cookies") return fallback.map((name): Dimension => `cookie:${name}`);
    if (collection === "queryArguments") return fallback.map((name): Dimension => `argument:${name}`);
    if (collection === "formArguments") return fallback.map((name): Dimension => `form:${name}`);
    return collection === "groups" ? ["groups"] : [];
  });
}

/** A path often has to begin like one test and go on like another. */
function joinPaths(values: Set<string | null>, fresh: string): void {
  const all = [...values].filter((value) => value !== null);
  const heads = all.filter((value) => value.startsWith("/") && value.endsWith("/")).slice(0, 8);
  const tails = all.filter((value) => !value.endsWith("/")).slice(0, 12);
  for (const head of heads) {
    values.add(head + fresh);
    for (const tail of tails) values.add(head + tail.replace(/^\/+/, ""));
  }
}

function distinct(program: Program, tests: readonly Test[], dimension: Dimension, values: ReadonlySet<string | null>, base: Request): readonly (string | null)[] {
  const bySignature = new Map<string, string | null>();
  for (const value of values) {
    const request = assign(base, dimension, value);
    if (request === null) continue;
    const key = signatureOf(program, tests, request);
    if (!bySignature.has(key)) bySignature.set(key, value);
  }
  return [...bySignature.values()];
}

/** Every combination, those that change least of the base first. */
function* combinations(axes: readonly Axis[], base: Request): Iterable<Request> {
  for (let changes = 0; changes <= axes.length; changes += 1) yield* changing(axes, 0, changes, base);
}

function* changing(axes: readonly Axis[], from: number, changes: number, request: Request): Iterable<Request> {
  if (changes === 0) {
    yield request;
    return;
  }
  for (let index = from; index <= axes.length - changes; index += 1) {
    const axis = axes[index];
    for (const value of axis?.values.slice(1) ?? []) {
      const changed = axis === undefined ? null : assign(request, axis.dimension, value);
      if (changed !== null) yield* changing(axes, index + 1, changes - 1, changed);
    }
  }
}

/** A text that occurs in no literal of the program and in which no literal begins or ends. */
function freshText(tests: readonly Test[]): string {
  const literals = tests.flatMap(({ operator }) => ("values" in operator ? operator.values : "value" in operator ? [literal(operator.value) ?? ""] : []));
  const joined = literals.join(" ");
  for (let number = 0; ; number += 1) {
    const candidate = `zq${number}x`;
    if (!joined.includes(candidate)) return candidate;
  }
}
