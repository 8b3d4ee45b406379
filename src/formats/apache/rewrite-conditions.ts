import type { Condition, Operator } from "../../model/condition.ts";
import { all, always, any, never, not, testText } from "../../model/condition.ts";
import type { Part, Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Transform } from "../../model/transform.ts";
import type { Span } from "../../source.ts";
import { bodiless } from "./bodiless.ts";
import { expression } from "./expression.ts";
import { closingBrace } from "./expression-lex.ts";
import { matches, quoted } from "./gates.ts";
import { mayAskItself } from "./lookup.ts";
import { answerOf, transformOf } from "./maps.ts";
import type { Cond, Rule } from "./rewrite-parse.ts";
import type { Names } from "./variables.ts";
import { rewriteVariable } from "./variables.ts";

/** Where captures of a rule's pattern and of its conditions are kept; null where there are none. */
export interface Captures {
  readonly rule: string | null;
  readonly cond: string | null;
}

/** The captures a rule may use: of a pattern that is negated, and of conditions that match no regex, there are none. */
export function capturesOf(rule: Rule, name: string): Captures {
  const capturing = rule.conds.some((cond) => !cond.negated && typeOf(cond) === "regex");
  return { rule: rule.negated ? null : `${name}rule.`, cond: capturing ? `${name}cond.` : null };
}

/** The conditions of a rule: AND by default, `[OR]` joins one to the next; an `[OR]` on the last one makes the rule fire always. */
export function condsHold(rule: Rule, captures: Captures, names: Names): Condition {
  const groups: Condition[] = [];
  let group: Condition[] = [];
  for (const cond of rule.conds) {
    group.push(all(cond.placed.guard, condHolds(cond, captures, names)));
    if (cond.or) continue;
    groups.push(any(...group));
    group = [];
  }
  const open = group.at(-1);
  // Whether the last one held is of no account, but what it captured is.
  if (open !== undefined) groups.push(any(...group, captures.cond === null ? always : not(open)));
  return all(...groups);
}

type CondType = "regex" | "expression" | "file" | "directory" | "link" | "executable" | "lookup" | "number" | "equals" | "order";

/** What kind of test a condition makes. */
export function typeOf(cond: Cond): CondType {
  const { pattern } = cond;
  if (cond.input.toLowerCase() === "expr") return "expression";
  if (/^-[fs]$/.test(pattern)) return "file";
  if (pattern === "-d") return "directory";
  if (/^-[hlL]$/.test(pattern)) return "link";
  if (pattern === "-x") return "executable";
  if (/^-[UF]$/.test(pattern)) return "lookup";
  if (/^-(lt|le|gt|ge|eq|ne)./.test(pattern)) return "number";
  if (pattern.length > 1 && pattern.startsWith("=")) return "equals";
  return pattern.length > 1 && /^[<>]/.test(pattern) ? "order" : "regex";
}

function condHolds(cond: Cond, captures: Captures, names: Names): Condition {
  const at = cond.placed.node.span;
  const held = bodiless(condTest(cond, captures, names, at));
  return cond.negated ? not(held) : held;
}

function condTest(cond: Cond, captures: Captures, names: Names, at: Span): Condition {
  const changed = transformedText(cond.input, captures, names);
  if (changed === null) return inputTest(cond, expandText(cond.input, captures, names), captures, names, at);
  const held = inputTest(cond, changed.of, captures, names, at);
  return held.kind === "test" ? { ...held, transforms: [changed.by] } : askedOf(cond, changed.of, at);
}

function inputTest(cond: Cond, input: Template, captures: Captures, names: Names, at: Span): Condition {
  // What the server asks itself is another matter for another path.
  if (input.some((part) => part.kind === "unknown" && /^%\{LA-/i.test(part.key)) && (cond.negated || captures.cond === null)) return askedOf(cond, [...fieldValue("path"), ...input.filter(({ kind }) => kind !== "unknown")], at);
  switch (typeOf(cond)) {
    case "regex": {
      const capture = cond.negated || captures.cond === null ? {} : { captures: captures.cond };
      return matches(input, cond.pattern, at, { ignoreCase: cond.ignoreCase, ...capture });
    }
    case "expression":
      return expression(cond.pattern, at, names).condition;
    case "file": {
      const as = cond.pattern === "-s" ? "filled" : "file";
      return any(testText(input, { kind: "onDisk", as }, at), all(isProgram(input, names, at), testText(input, { kind: "onDisk", as, otherwise: true }, at)));
    }
    case "directory": {
      const other = all(isProgram(input, names, at), not(testText(input, { kind: "onDisk", as: "directory", otherwise: false }, at)));
      return all(testText(input, { kind: "onDisk", as: "directory" }, at), not(other));
    }
    case "link":
      // A link leads to something, or nobody would have made it.
      return all(testText(input, { kind: "onDisk", as: "any" }, at), testText(input, { kind: "onDisk", as: "link" }, at));
    case "order":
      return matches(input, cond.ignoreCase ? orderedWithoutCase(cond.pattern) : ordered(cond.pattern), at);
    case "number":
      return numberTest(cond, input, at);
    case "equals":
      return testText(input, { kind: "equals", value: text(equalsArgument(cond.pattern)), ignoreCase: cond.ignoreCase }, at);
    case "executable":
      // Only what is there can be run, or entered.
      return all(testText(input, { kind: "onDisk", as: "any" }, at), testText(input, { kind: "onDisk", as: "executable" }, at));
    default:
      return all(mayAskItself(at), askedOf(cond, input, at));
  }
}

/** What only the server can tell of a value: another value may be another matter. */
function askedOf({ pattern }: Cond, input: Template, at: Span): Condition {
  return testText([...input, { kind: "unknown", key: ` ${pattern}` }], { kind: "matches", pattern: "." }, at);
}

/** The texts that come before or after another: shorter ones come first (`compare_lexicography`). */
function ordered(pattern: string): string {
  const [, sign = "", equal, word = ""] = /^([<>])(=?)(.*)$/s.exec(pattern) ?? [];
  const others = sign === ">" ? [`.{${word.length + 1},}`] : word === "" ? [] : [`.{0,${word.length - 1}}`];
  for (let index = 0; index < word.length; index += 1) {
    const code = hex(word.charCodeAt(index));
    const range = sign === ">" ? `[^\\x00-\\x{${code}}]` : `[^\\x{${code}}-\\x{ffff}]`;
    others.push(`${quoted(word.slice(0, index))}${range}.{${word.length - index - 1}}`);
  }
  return `^(?:${[...others, ...(equal === "=" ? [quoted(word)] : [])].join("|")})$`;
}

/** The same where case does not count, and texts are ordered like words (`strcasecmp`). */
function orderedWithoutCase(pattern: string): string {
  const [, sign = "", equal, word = ""] = /^([<>])(=?)(.*)$/s.exec(pattern) ?? [];
  const same = (upTo: number): string => [...word.slice(0, upTo)].map((char) => (/[a-z]/i.test(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : quoted(char))).join("");
  const others = sign === ">" ? [`${same(word.length)}.+`] : [];
  for (let index = 0; index < word.length; index += 1) {
    const code = (word[index] ?? "").toLowerCase().charCodeAt(0);
    const range = sign === ">" ? caselessRange(code + 1, 0xffff) : caselessRange(1, code - 1);
    if (range !== "") others.push(`${same(index)}[${range}].*`);
    if (sign === "<") others.push(same(index));
  }
  return `^(?:${[...others, ...(equal === "=" ? [same(word.length)] : [])].join("|")})$`;
}

/** The characters whose small form lies between two, ends included. */
function caselessRange(from: number, to: number): string {
  const parts = [[from, Math.min(to, 0x40)], [Math.max(from, 0x5b), to], [Math.max(from - 0x20, 0x41), Math.min(to - 0x20, 0x5a)]] as const;
  return parts.flatMap(([first, last]) => (first <= last ? [`\\x{${hex(first)}}-\\x{${hex(last)}}`] : [])).join("");
}

function hex(code: number): string {
  return code.toString(16);
}

/** A program that a rule leads to: where nobody can tell, it is on disk, or the rule would lead nowhere. */
function isProgram(input: Template, { programs }: Names, at: Span): Condition {
  return programs.length === 0 ? never : testText(input, { kind: "in", values: programs }, at);
}

function equalsArgument(pattern: string): string {
  return pattern === '=""' ? "" : pattern.slice(1);
}

const numeric = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=", ne: "=" } as const;

function numberTest(cond: Cond, input: Template, at: Span): Condition {
  const name = cond.pattern.slice(1, 3) as keyof typeof numeric;
  const operator: Operator = { kind: "number", is: numeric[name], value: text(cond.pattern.slice(3)) };
  const held = testText(input, operator, at);
  return name === "ne" ? not(held) : held;
}

/** The inside of `${map:key|otherwise}`, where braces may stand in both. */
function mapped(inside: string, captures: Captures, names: Names): Template {
  const [, map = "", key = "", otherwise = ""] = /^([^:|]*):((?:[^|{}]|\{[^}]*\})*)(?:\|(.*))?$/s.exec(inside) ?? [];
  if (map === "") return [{ kind: "unknown", key: `\${${inside}}` }];
  return answerOf(names.maps, map, expandText(key, captures, names), expandText(otherwise, captures, names));
}

/** A text that is nothing but a function of another, which a test can apply itself. */
function transformedText(written: string, captures: Captures, names: Names): { readonly of: Template; readonly by: Transform } | null {
  const [, map = "", key = ""] = /^\$\{([^:|{}]*):((?:[^|{}]|\{[^}]*\})*)\}$/s.exec(written) ?? [];
  const by = transformOf(names.maps, map);
  return by === null ? null : { of: expandText(key, captures, names), by };
}

/** Fills in `$1`, `%1`, `%{NAME}` and `${map:key}` in a test string or substitution; a backslash keeps what follows. */
export function expandText(written: string, captures: Captures, names: Names): Template {
  const parts: Part[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < written.length; at += 1) {
    const char = written[at] ?? "";
    const next = written[at + 1] ?? "";
    if (char === "\\" && next !== "") {
      plain += next;
      at += 1;
    } else if ((char === "$" || char === "%") && /\d/.test(next)) {
      flush();
      const from = char === "$" ? captures.rule : captures.cond;
      if (from !== null) parts.push({ kind: "field", field: `var:${from}${next}` });
      at += 1;
    } else if ((char === "$" || char === "%") && next === "{") {
      const end = closingBrace(written, at + 2);
      if (end < 0) {
        plain += char;
        continue;
      }
      flush();
      const name = written.slice(at + 2, end);
      if (char === "%") parts.push(...rewriteVariable(name, names));
      else parts.push(...mapped(name, captures, names));
      at = end;
    } else {
      plain += char;
    }
  }
  flush();
  return parts;
}
