import type { Further, Operator as ModelOperator } from "../../../model/condition.ts";
import { compilePattern } from "../../../model/regex.ts";
import type { Transform } from "../../../model/transform.ts";
import { doubtfulScript, doubtfulSql } from "./injection.ts";
import { expandMacros, hasMacro } from "./macros.ts";
import type { Operator } from "./tree.ts";

/** Reads a data file named in a rule, relative to the file the rule stands in; null when it is not there. */
export type ReadData = (name: string) => string | null;

/** What an operator comes to in the model. `always` and `never` are about each single value. */
export type Lowered =
  | { readonly kind: "operator"; readonly operator: ModelOperator; readonly transforms?: readonly Transform[] }
  | { readonly kind: "always" }
  | { readonly kind: "never" }
  /**
   * Undecidable; with `only`, no for values that do not satisfy all of it. `shared`: taken to be answered alike in every
   * rule, which keeps the number of cases small.
   */
  | { readonly kind: "unknown"; readonly why: string; readonly only?: readonly [Further, ...Further[]]; readonly shared?: boolean };

const NUMBERS = { eq: "=", ge: ">=", gt: ">", le: "<=", lt: "<" } as const;
const TEXTS = {
  streq: "equals",
  contains: "contains",
  strmatch: "contains",
  beginswith: "startsWith",
  endswith: "endsWith",
  within: "within",
} as const;

/** ModSecurity compiles with PCRE_DOTALL and PCRE_DOLLAR_ENDONLY, and matches bytes. */
const RX = { dotAll: true, dollarEndOnly: true } as const;

/** Lowers an operator for values read in this phase. */
export function lowerOperator(operator: Operator, phase: number, read: ReadData): Lowered {
  const { name } = operator;
  const argument = operator.argument.value;
  if (name in NUMBERS) return number(name as keyof typeof NUMBERS, argument, phase);
  if (name in TEXTS) {
    const kind = TEXTS[name as keyof typeof TEXTS];
    return { kind: "operator", operator: { kind, value: expandMacros(name === "within" ? argument : argument.trim(), phase) } };
  }
  switch (name) {
    case "rx":
      return pattern(argument);
    case "containsword":
      return matches(`\\b${escaped(argument.trim())}\\b`);
    case "pm":
      return phrases(argument.trim().split(/\s+/).map(withoutHex));
    case "pmf":
    case "pmfromfile":
      return fromFiles(argument, read, phrases);
    case "ipmatch":
      return networks(argument.split(/[\s,]+/));
    case "ipmatchf":
    case "ipmatchfromfile":
      return fromFiles(argument, read, networks);
    case "validatebyterange":
      return outsideRange(argument);
    case "validateurlencoding":
      return matches("%(?![0-9A-Fa-f]{2})");
    case "validateutf8encoding":
      return matches("\uFFFD", []);
    case "unconditionalmatch":
      return { kind: "always" };
    case "nomatch":
      return { kind: "never" };
    case "detectsqli":
      return { kind: "unknown", why: "what libinjection makes of the text", shared: true, only: doubtfulSql };
    case "detectxss":
      return { kind: "unknown", why: "what libinjection makes of the text", shared: true, only: doubtfulScript };
    default:
      return { kind: "unknown", why: `the operator @${name}` };
  }
}

function number(name: keyof typeof NUMBERS, argument: string, phase: number): Lowered {
  return { kind: "operator", operator: { kind: "number", is: NUMBERS[name], value: expandMacros(argument.trim(), phase) } };
}

function pattern(argument: string): Lowered {
  if (hasMacro(argument)) return { kind: "unknown", why: `the pattern \`${argument}\`, put together while the server runs` };
  const bytes = utf8Bytes(argument);
  const compiled = compilePattern(bytes, RX);
  if (!compiled.ok) return { kind: "unknown", why: `a pattern that could not be read: ${compiled.why}` };
  return matches(bytes);
}

function utf8Bytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function matches(text: string, transforms: readonly Transform[] = ["utf8Bytes"]): Lowered {
  return { kind: "operator", operator: { kind: "matches", pattern: text, ...RX }, transforms };
}

function escaped(text: string): string {
  return utf8Bytes(text).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** `|41 42|` in a phrase stands for bytes. */
function withoutHex(phrase: string): string {
  return phrase.replace(/\|((?:[0-9a-f]{2}\s*)+)\|/gi, (_, hex: string) => Buffer.from(hex.replace(/\s/g, ""), "hex").toString("utf8"));
}

/** A phrase list has no case; both sides are folded once. */
function phrases(list: readonly string[]): Lowered {
  const values = [...new Set(list.map((phrase) => phrase.toLowerCase()).filter(Boolean))];
  return { kind: "operator", operator: { kind: "containsAny", values }, transforms: ["lowercase"] };
}

function networks(list: readonly string[]): Lowered {
  return { kind: "operator", operator: { kind: "inNetwork", blocks: list.filter(Boolean) } };
}

function fromFiles(argument: string, read: ReadData, build: (lines: readonly string[]) => Lowered): Lowered {
  const lines: string[] = [];
  for (const name of argument.trim().split(/\s+/)) {
    const text = read(name);
    if (text === null) return { kind: "unknown", why: "the lines of data files that are not here", shared: true };
    for (const line of text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"))) lines.push(line);
  }
  return build(lines);
}

/** `1-255`, `38,44-46`: the operator holds for a value with a byte that is NOT in the list. */
function outsideRange(argument: string): Lowered {
  const ranges = argument.split(",").map((range) => range.trim().split("-").map(Number));
  if (ranges.some((range) => range.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255))) {
    return { kind: "unknown", why: `the byte range \`${argument}\`` };
  }
  const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, "0")}`;
  return matches(`[^${ranges.map(([low = 0, high = low]) => `${hex(low)}-${hex(high)}`).join("")}]`);
}
