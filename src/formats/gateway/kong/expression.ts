import { all, always, any, isAlways, not, test, testText, type Condition, type Operator } from "../../../model/condition.ts";
import type { Field } from "../../../model/field.ts";
import { fieldValue, text } from "../../../model/template.ts";
import type { Span } from "../../../source.ts";
import { textOf, type TreeNode } from "../../tree.ts";

/** A route's expression; the part that is about the method alone is kept apart. */
export interface Expression {
  readonly when: Condition;
  readonly method: { readonly when: Condition; readonly at: Span | null };
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly span: Span;
}

/**
 * Reads an expression of Kong's expressions router (reference: "Expressions router", the ATC language). What is
 * not understood makes the whole expression unknown.
 */
export function readExpression(node: TreeNode): Expression {
  const written = textOf(node);
  const read = written === undefined ? null : parse(written, node.at);
  if (read === null) return { when: unreadable(node), method: { when: always, at: null } };
  const parts = read.kind === "all" ? read.of : [read];
  const method = all(...parts.filter(isAboutMethod));
  return { when: all(...parts.filter((part) => !isAboutMethod(part))), method: { when: method, at: isAlways(method) ? null : node.at } };
}

function unreadable(node: TreeNode): Condition {
  const written = node.kind === "scalar" ? node.text : "";
  return { kind: "unknown", key: `expression ${written}`, why: `whether the request fits \`${written.slice(0, 80)}\``, reads: "anything", at: node.at };
}

function isAboutMethod(condition: Condition): boolean {
  if (condition.kind === "not") return isAboutMethod(condition.of);
  if (condition.kind === "all" || condition.kind === "any") return condition.of.length > 0 && condition.of.every(isAboutMethod);
  return condition.kind === "test" && condition.subject.kind === "field" && condition.subject.field === "method";
}

const lexeme = /\s*(&&|\|\||[()]|r#"[^]*?"#|"(?:[^"\\]|\\.)*"|==|!=|\^=|=\^|~|>=|<=|>|<|!|[A-Za-z_][\w.-]*(?:\.\*)?|[\d.:a-fA-F]+(?:\/\d+)?)/y;

function parse(written: string, span: Span): Condition | null {
  const tokens: string[] = [];
  lexeme.lastIndex = 0;
  const end = written.trimEnd().length;
  let at = 0;
  while (at < end) {
    const found = lexeme.exec(written)?.[1];
    if (found === undefined) return null;
    at = lexeme.lastIndex;
    tokens.push(found);
  }
  const reader: Reader = { tokens, at: 0, span };
  const whole = disjunction(reader, 0);
  return reader.at === tokens.length ? whole : null;
}

function take(reader: Reader, wanted: string): boolean {
  if (reader.tokens[reader.at] !== wanted) return false;
  reader.at += 1;
  return true;
}

const deepest = 100;

function disjunction(reader: Reader, depth: number): Condition | null {
  return chain(reader, "||", () => chain(reader, "&&", () => operand(reader, depth), all), any);
}

function chain(reader: Reader, operator: string, next: () => Condition | null, join: (...of: Condition[]) => Condition): Condition | null {
  const of: Condition[] = [];
  do {
    const one = next();
    if (one === null) return null;
    of.push(one);
  } while (take(reader, operator));
  return join(...of);
}

function operand(reader: Reader, depth: number): Condition | null {
  if (depth > deepest) return null;
  if (take(reader, "!")) {
    const negated = operand(reader, depth + 1);
    return negated === null ? null : not(negated);
  }
  if (!take(reader, "(")) return predicate(reader);
  const inner = disjunction(reader, depth + 1);
  return inner !== null && take(reader, ")") ? inner : null;
}

/** `lower(http.path)`, `any(http.headers.x)`, `http.host`. */
function subject(reader: Reader): { readonly field: Field; readonly ignoreCase: boolean } | null {
  const name = reader.tokens[reader.at++] ?? "";
  if (name === "lower" || name === "any") {
    if (!take(reader, "(")) return null;
    const inner = subject(reader);
    return inner !== null && take(reader, ")") ? { field: inner.field, ignoreCase: inner.ignoreCase || name === "lower" } : null;
  }
  const field = fieldNamed(name);
  return field === null ? null : { field, ignoreCase: false };
}

const fields: Readonly<Record<string, Field>> = {
  "http.method": "method",
  "http.host": "host",
  "http.path": "path",
  "net.protocol": "scheme",
  "net.src.ip": "clientAddress",
  "net.port": "port",
  "net.dst.port": "port",
  "tls.sni": "host",
};

function fieldNamed(name: string): Field | null {
  const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (known !== undefined) return known;
  if (name.startsWith("http.headers.")) return `header:${name.slice(13).toLowerCase().replaceAll("_", "-")}`;
  return name.startsWith("http.queries.") ? `argument:${name.slice(13)}` : null;
}

const operators: ReadonlySet<string> = new Set(["==", "!=", "~", "^=", "=^", ">", ">=", "<", "<=", "in", "contains"]);

function predicate(reader: Reader): Condition | null {
  const of = subject(reader);
  const negated = take(reader, "not");
  const written = reader.tokens[reader.at++] ?? "";
  const value = unquoted(reader.tokens[reader.at++] ?? "");
  if (of === null || value === null || !operators.has(written)) return null;
  const condition = comparison(of.field, written, value, of.ignoreCase, reader.span);
  return condition === null ? null : negated ? not(condition) : condition;
}

function unquoted(token: string): string | null {
  if (token.startsWith('r#"')) return token.slice(3, -2);
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ({ n: "\n", r: "\r", t: "\t" })[char] ?? char);
  return /^[\d.:a-fA-F]+(?:\/\d+)?$/.test(token) ? token : null;
}

function comparison(field: Field, operator: string, value: string, ignoreCase: boolean, at: Span): Condition | null {
  const of = (kind: "contains" | "startsWith" | "endsWith"): Operator => ({ kind, value: text(value), ignoreCase });
  switch (operator) {
    case "==":
      return test(field, { kind: "in", values: [value], ignoreCase }, at);
    case "!=":
      return not(test(field, { kind: "in", values: [value], ignoreCase }, at));
    case "~":
      return test(field, { kind: "matches", pattern: value, ignoreCase, dollarEndOnly: true }, at);
    case "^=":
      return testText(fieldValue(field), of("startsWith"), at);
    case "=^":
      return testText(fieldValue(field), of("endsWith"), at);
    case "contains":
      return testText(fieldValue(field), of("contains"), at);
    case "in":
      return field === "clientAddress" ? test(field, { kind: "inNetwork", blocks: [value] }, at) : null;
    default:
      return operator === ">" || operator === ">=" || operator === "<" || operator === "<=" ? test(field, { kind: "number", is: operator, value: text(value) }, at) : null;
  }
}
