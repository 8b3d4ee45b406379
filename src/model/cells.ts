import { axesOf, type Axis } from "./axes.ts";
import type { Condition } from "./condition.ts";
import { assign, type Dimension } from "./dimension.ts";
import { unknownEnvironment } from "./environment.ts";
import { initialWorld } from "./evaluate.ts";
import { askingIn, holds } from "./holds.ts";
import type { Program, Scope } from "./program.ts";
import type { Request } from "./request.ts";
import { relevantTests } from "./signature.ts";

/** How wide to look. */
export interface Breadth {
  /** Only tests of these scopes (and of the definitions they read) matter; all scopes when left out. */
  readonly scopes?: readonly Scope[];
  /** The scopes in which values flow into what these tests read; the same scopes when left out. */
  readonly flowing?: readonly Scope[];
  /** At most this many requests are tried. */
  readonly limit?: number;
  /** At most this many values are compared for one part of the request, and a tenth as many flows into one test. */
  readonly samples?: number;
  /** Parts of the request that stay as they are in `base`. */
  readonly fixed?: readonly Dimension[];
}

/** Requests that stand for regions, and whether some regions were left out. */
export interface Cells {
  readonly requests: readonly Request[];
  readonly capped: boolean;
}

const defaultLimit = 4096;
const defaultSamples = 2000;

/**
 * One representative request for every region of `where` in which all tests of the program answer the same. What
 * regular expressions, transforms and comparisons of two parts of a request distinguish is sampled, so regions of
 * theirs may be missed, and multipart and XML bodies stay as they are; everything else is covered unless `capped`. The
 * first requests differ least from `base`.
 */
export function cells(program: Program, where: Condition, base: Request, breadth: Breadth = {}): Cells {
  const samples = breadth.samples ?? defaultSamples;
  const relevant = relevantTests(program, where, breadth.scopes, samples, breadth.flowing ?? breadth.scopes);
  const { axes, capped } = axesOf(program, relevant.tests, base, breadth.fixed ?? [], samples);
  const limit = breadth.limit ?? defaultLimit;
  const requests: Request[] = [];
  let tried = 0;
  for (const request of combinations(axes, base)) {
    if (tried >= limit) return { requests, capped: true };
    tried += 1;
    if (lies(program, where, request)) requests.push(request);
  }
  return { requests, capped: capped || relevant.capped };
}

function lies(program: Program, where: Condition, request: Request): boolean {
  return holds(where, askingIn(initialWorld(program, request, unknownEnvironment))).answer !== "no";
}

/** Every combination, those that change least of the base first, and of several changes those that come first in their axes. */
function* combinations(axes: readonly Axis[], base: Request): Iterable<Request> {
  const sizes = axes.map(({ values }) => values.length).sort((a, b) => b - a);
  for (let changes = 0; changes <= axes.length; changes += 1) {
    if (changes < 2) yield* changing(axes, 0, changes, null, base);
    else for (let place = 0; place <= sizes.slice(0, changes).reduce((sum, size) => sum + size - 1, 0); place += 1) yield* changing(axes, 0, changes, place, base);
  }
}

/** So many changes; with `place`, only those whose places in their axes come to it together. */
function* changing(axes: readonly Axis[], from: number, changes: number, place: number | null, request: Request): Iterable<Request> {
  if (changes === 0) {
    if (place === null || place === 0) yield request;
    return;
  }
  for (const [offset, axis] of axes.slice(from, axes.length - changes + 1).entries()) {
    const first = place !== null && changes === 1 ? place : 0;
    for (const [index, value] of axis.values.slice(first, place === null ? undefined : place + 1).entries()) {
      const changed = assign(request, axis.dimension, value);
      if (changed !== null) yield* changing(axes, from + offset + 1, changes - 1, place === null ? null : place - first - index, changed);
    }
  }
}
