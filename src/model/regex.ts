import { automatonTest } from "./regex-automaton.ts";
import { findMatch } from "./regex-match.ts";
import { parsePattern } from "./regex-parse.ts";
import { prefixOf } from "./regex-prefix.ts";
import { compileProgram } from "./regex-program.ts";
import { nearMisses, sampleOf } from "./regex-sample.ts";
import type { Flags, Node } from "./regex-tree.ts";

/** How a pattern is compiled. Options written in the pattern itself, like `(?i)`, win over these. */
export interface PatternOptions {
  readonly ignoreCase?: boolean | undefined;
  /** `^` and `$` also match at line breaks. */
  readonly multiline?: boolean | undefined;
  /** `.` also matches a newline. */
  readonly dotAll?: boolean | undefined;
  /** White space and `#` comments in the pattern are skipped. */
  readonly extended?: boolean | undefined;
  /** `$` matches at the very end only; otherwise also before a last newline. */
  readonly dollarEndOnly?: boolean | undefined;
  /** Where a match must lie: anywhere (the default), at the start, or over the whole text. */
  readonly anchored?: "start" | "full" | undefined;
}

export interface Pattern {
  readonly ok: true;
  readonly groups: number;
  /** Group numbers by name. */
  readonly names: ReadonlyMap<string, number>;
  /** Whether the pattern matches; undefined when finding out would take too long. */
  test(text: string): boolean | undefined;
  /** The leftmost match and its groups; null for no match, undefined when finding out would take too long. */
  exec(text: string): readonly (string | undefined)[] | null | undefined;
}

export interface BadPattern {
  readonly ok: false;
  readonly why: string;
}

/** Texts on both sides of a pattern. */
interface Samples {
  readonly matching: readonly string[];
  readonly failing: readonly string[];
}

interface Compiled {
  readonly pattern: Pattern | BadPattern;
  /** Made when first asked for. */
  samples(): Samples;
}

const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, Compiled>();

/**
 * Compiles a PCRE pattern to a matcher that always answers in bounded time. Characters are UTF-16 units
 * and only ASCII letters have case, as in PCRE outside its UTF mode: for an engine that sees bytes, give
 * pattern and text as strings of bytes. A pattern PCRE refuses, or one that uses recursion, conditionals,
 * `\p` or `\X`, gives the reason.
 */
export function compilePattern(pattern: string, options: PatternOptions = {}): Pattern | BadPattern {
  return compiled(pattern, options).pattern;
}

/** Up to four short texts that the pattern matches; none when none was found. */
export function samplesOf(pattern: string, options: PatternOptions = {}): readonly string[] {
  return compiled(pattern, options).samples().matching;
}

/** Up to four short texts, close to matching ones, that the pattern does not match. */
export function antiSamples(pattern: string, options: PatternOptions = {}): readonly string[] {
  return compiled(pattern, options).samples().failing;
}

function samplesFor(pattern: Pattern, tree: Node): Samples {
  const samples = [...new Set([0, 1, 2, 3, 5, 8, 13, 21].map((variant) => sampleOf(tree, variant)))];
  const tried = (texts: readonly string[], wanted: boolean): readonly string[] => texts.filter((text) => pattern.test(text) === wanted).slice(0, 4);
  return { matching: tried(samples, true), failing: tried(nearMisses(samples), false) };
}

/** The options object of a pattern usually lives as long as the program it stands in. */
const rememberedByOptions = new WeakMap<PatternOptions, { readonly text: string; readonly compiled: Compiled }>();

function compiled(pattern: string, options: PatternOptions): Compiled {
  const recent = rememberedByOptions.get(options);
  if (recent?.text === pattern) return recent.compiled;
  const found = compiledByText(pattern, options);
  rememberedByOptions.set(options, { text: pattern, compiled: found });
  return found;
}

function compiledByText(pattern: string, options: PatternOptions): Compiled {
  const { ignoreCase = false, multiline = false, dotAll = false, extended = false, dollarEndOnly = false, anchored } = options;
  const bits = (ignoreCase ? 1 : 0) + (multiline ? 2 : 0) + (dotAll ? 4 : 0) + (extended ? 8 : 0) + (dollarEndOnly ? 16 : 0);
  const key = `${bits} ${anchored ?? "-"} ${pattern}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const flags: Flags = { ignoreCase, multiline, dotAll, extended, dollarEndOnly, ungreedy: false };
  const fresh = compileFresh(pattern, flags, anchored);
  remembered.set(key, fresh);
  return fresh;
}

function compileFresh(text: string, flags: Flags, anchored: PatternOptions["anchored"]): Compiled {
  const parsed = parsePattern(text, flags);
  if ("why" in parsed) return refused(parsed.why);
  const tree = anchoredTree(parsed.tree, anchored);
  const program = compileProgram(tree, parsed.groups);
  if ("why" in program) return refused(program.why);
  const byMachine = (subject: string): boolean | undefined => {
    const found = findMatch(program, subject);
    return found === undefined ? undefined : found !== null;
  };
  const prefix = prefixOf(tree);
  const thorough = program.regular ? automatonTest(program) : byMachine;
  const test: Pattern["test"] = (subject) => (subject.startsWith(prefix) ? thorough(subject) : false);
  const exec: Pattern["exec"] = (subject) => {
    if (test(subject) === false) return null;
    const places = findMatch(program, subject);
    if (places === null || places === undefined) return places;
    return Array.from({ length: parsed.groups + 1 }, (_, group) => {
      const start = places[2 * group] ?? -1;
      const end = places[2 * group + 1] ?? -1;
      return start < 0 || end < start ? undefined : subject.slice(start, end);
    });
  };
  const pattern: Pattern = { ok: true, groups: parsed.groups, names: parsed.names, test, exec };
  let made: Samples | null = null;
  return { pattern, samples: () => (made ??= samplesFor(pattern, tree)) };
}

function refused(why: string): Compiled {
  return { pattern: { ok: false, why }, samples: () => ({ matching: [], failing: [] }) };
}

function anchoredTree(tree: Node, anchored: PatternOptions["anchored"]): Node {
  if (anchored === undefined) return tree;
  const start: Node = { kind: "assert", what: "start" };
  const end: Node = { kind: "assert", what: "end" };
  return { kind: "sequence", of: anchored === "full" ? [start, tree, end] : [start, tree] };
}
