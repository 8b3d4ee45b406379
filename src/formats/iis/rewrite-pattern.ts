import { testText, type Condition } from "../../model/condition.ts";
import { fieldValue, text, type Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { quoted } from "./gates.ts";

/** How the patterns of a rule are written: `patternSyntax`. */
export type Syntax = "ecmascript" | "wildcard" | "exactmatch";

/** The syntax an attribute names; regular expressions where there is none. */
export function syntaxOf(written: string | undefined): Syntax {
  const name = written?.toLowerCase();
  return name === "wildcard" || name === "exactmatch" ? name : "ecmascript";
}

/** A wildcard pattern as a regular expression: each `*` is captured, `?` is one character. */
function wildcard(pattern: string): string {
  const body = pattern.split(/([*?])/).map((piece) => (piece === "*" ? "(.*)" : piece === "?" ? "." : quoted(piece)));
  return `^${body.join("")}$`;
}

/** What a comparison of one input needs. */
export interface Comparison {
  readonly pattern: string;
  readonly syntax: Syntax;
  readonly ignoreCase: boolean;
  /** Where groups go: see `matches`. */
  readonly captures?: string;
}

/** Compares a value as a condition of a rule does. */
export function compared(input: Template, { pattern, syntax, ignoreCase, captures }: Comparison, at: Span): Condition {
  if (syntax === "exactmatch") return testText(input, { kind: "equals", value: text(pattern), ignoreCase }, at);
  const expression = syntax === "wildcard" ? wildcard(pattern) : pattern;
  return testText(input, { kind: "matches", pattern: expression, ignoreCase, dollarEndOnly: true, ...(captures === undefined ? {} : { captures }) }, at);
}

/** A comparison of the URL, and the number of the group that holds all of what the rule's own pattern matched. */
export interface UrlComparison {
  readonly when: Condition;
  readonly shift: number;
}

/**
 * Compares the URL as rules see it: decoded, without a slash before it, and without the folder that the rules are for.
 * Where that is plain to see the pattern is put together with the folder, so that it is a test of the path itself; else
 * `rest`, the variable that holds the part behind the folder, is compared.
 */
export function comparedUrl(comparison: Comparison, folder: string, rest: string, at: Span): UrlComparison {
  const { pattern, syntax, ignoreCase, captures } = comparison;
  const depth = folder.split("/").length - 1;
  const path = fieldValue("path");
  if (syntax === "exactmatch") return { when: testText(path, { kind: "equals", value: text(`${folder}/${pattern}`), ignoreCase }, at), shift: 0 };
  const whole = afterSlash(syntax === "wildcard" ? wildcard(pattern) : pattern);
  if (whole === null) return { when: compared(fieldValue(`var:${rest}`), comparison, at), shift: 0 };
  const behind = depth === 0 ? "^/" : `^(?:/[^/]*){${depth}}/`;
  return { when: testText(path, { kind: "matches", pattern: `${behind}${whole}`, ignoreCase, dollarEndOnly: true, ...(captures === undefined ? {} : { captures }) }, at), shift: 1 };
}

/** The pattern in a group of its own, to stand behind a fixed beginning; null where its anchors or back-references forbid it. */
function afterSlash(pattern: string): string | null {
  const { anchors, alternatives, references } = looks(pattern);
  if (references) return null;
  if (anchors.length === 0) return /^(?:\(?\.\*\)?)$/.test(pattern.replace(/\$$/, "")) ? `(${pattern})` : `.*?(${pattern})`;
  return anchors.length === 1 && anchors[0] === 0 && !alternatives ? `(${pattern.slice(1)})` : null;
}

interface Looks {
  /** Where `^` stands outside of classes. */
  readonly anchors: readonly number[];
  /** Whether there is a `|` outside of groups. */
  readonly alternatives: boolean;
  readonly references: boolean;
}

function looks(pattern: string): Looks {
  const anchors: number[] = [];
  let depth = 0;
  let alternatives = false;
  let references = false;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === "\\") {
      references ||= !inClass && /[1-9]/.test(pattern[at + 1] ?? "");
      at += 1;
    } else if (inClass) inClass = char !== "]";
    else if (char === "[") inClass = true;
    else if (char === "(") depth += 1;
    else if (char === ")") depth -= 1;
    else if (char === "^") anchors.push(at);
    else if (char === "|" && depth === 0) alternatives = true;
  }
  return { anchors, alternatives, references };
}

/** How many groups a pattern captures. */
export function groupsIn(pattern: string, syntax: Syntax): number {
  if (syntax === "exactmatch") return 0;
  if (syntax === "wildcard") return pattern.split("*").length - 1;
  return pattern.replace(/\\./gs, "").replace(/\[[^\]]*\]/g, "").split(/\((?!\?)|\(\?<(?![=!])/).length - 1;
}
