import type { Condition, Operator } from "../../model/condition.ts";
import { all, always, any, never, not, test } from "../../model/condition.ts";
import type { Template } from "../../model/template.ts";
import { percentDecode } from "../../model/path.ts";
import { literal, text } from "../../model/template.ts";
import type { Transform } from "../../model/transform.ts";
import type { Span } from "../../source.ts";
import { network } from "./addresses.ts";
import { closingBrace, tokens, type Token } from "./expression-lex.ts";
import { quoted, withoutNames } from "./gates.ts";
import { mayAskItself } from "./lookup.ts";
import type { Names } from "./variables.ts";
import { environment, expressionVariable, header, unknownValue } from "./variables.ts";

/** What an expression says, or why the server refuses to read it. */
export interface Expression {
  readonly condition: Condition;
  readonly error: string | null;
}

interface Word {
  readonly value: Template;
  readonly transforms: readonly Transform[];
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  readonly span: Span;
  readonly names: Names;
  depth: number;
}

/** Ends the reading of an expression that is no expression; caught where reading began. */
class SyntaxFault extends Error {}

/** Whether an expression asks the server what it would answer (`-A`, `-F`, `-U`). */
export function asksServer(written: string): boolean {
  return /(^|[\s(!])-[AFU]\s/.test(written);
}

/** Reads a boolean expression (`<If>`, `Require expr`, `RewriteCond expr`). */
export function expression(written: string, span: Span, names: Names): Expression {
  const found = tokens(written);
  if (found === null || found.length === 0) return { condition: never, error: "the expression cannot be read" };
  const reader: Reader = { tokens: found, at: 0, span, names, depth: 0 };
  try {
    const condition = either(reader);
    if (reader.at < found.length) return { condition: never, error: `unexpected ${found[reader.at]?.text ?? ""} in the expression` };
    return { condition, error: null };
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { condition: never, error: fault.message };
    throw fault;
  }
}

/** The expression of a `Require expr` line: the rest as it is written, without the quotes that may stand around all of it. */
export function required(line: string): string {
  const rest = line.replace(/^\s*(?:not\s+)?expr\s+/i, "").trim();
  return /^"(.+)"$/s.exec(rest)?.[1] ?? rest;
}

/** The text of a string in which variables are filled in (`Redirect` to an expression, `SetEnvIfExpr`). */
export function interpolate(written: string, names: Names): Template {
  const parts: Template[number][] = [];
  let at = 0;
  for (let start = written.indexOf("%{"); start >= 0; start = written.indexOf("%{", at)) {
    const end = closingBrace(written, start + 2);
    if (end < 0) break;
    parts.push({ kind: "text", text: written.slice(at, start) }, ...variableOf(written.slice(start + 2, end), names));
    at = end + 1;
  }
  parts.push({ kind: "text", text: written.slice(at) });
  return parts.filter((part) => part.kind !== "text" || part.text !== "");
}

function variableOf(name: string, names: Names): Template {
  const call = /^(\w+):(.*)$/s.exec(name);
  if (call !== null) return callOf(call[1] ?? "", text(call[2] ?? ""), names).value;
  return expressionVariable(name, names) ?? unknownValue(name);
}

function peek(reader: Reader): Token | undefined {
  return reader.tokens[reader.at];
}

function accept(reader: Reader, kind: Token["kind"], ...texts: readonly string[]): Token | null {
  const next = peek(reader);
  if (next === undefined || next.kind !== kind || (texts.length > 0 && !texts.includes(next.text))) return null;
  reader.at += 1;
  return next;
}

function expect(reader: Reader, kind: Token["kind"], wanted: string): void {
  if (accept(reader, kind, wanted) === null) throw new SyntaxFault(`${wanted} is missing in the expression`);
}

function either(reader: Reader): Condition {
  const parts = [both(reader)];
  while (accept(reader, "operator", "||") !== null) parts.push(both(reader));
  return any(...parts);
}

function both(reader: Reader): Condition {
  const parts = [single(reader)];
  while (accept(reader, "operator", "&&") !== null) parts.push(single(reader));
  return all(...parts);
}

function single(reader: Reader): Condition {
  reader.depth += 1;
  if (reader.depth > 100) throw new SyntaxFault("the expression is nested too deeply");
  const condition = singleInside(reader);
  reader.depth -= 1;
  return condition;
}

function singleInside(reader: Reader): Condition {
  if (accept(reader, "operator", "!") !== null) return not(single(reader));
  if (accept(reader, "punctuation", "(") !== null) {
    const inside = either(reader);
    expect(reader, "punctuation", ")");
    return inside;
  }
  if (accept(reader, "word", "true") !== null) return always;
  if (accept(reader, "word", "false") !== null) return never;
  const unary = peek(reader);
  if (unary?.kind === "word" && /^-[a-zA-Z]$/.test(unary.text)) {
    reader.at += 1;
    return unaryTest(reader, unary.text, word(reader));
  }
  return comparison(reader);
}

function unaryTest(reader: Reader, operator: string, subject: Word): Condition {
  const { span } = reader;
  const empty = textTest(subject, { kind: "equals", value: text("") }, span);
  switch (operator) {
    case "-z":
      return empty;
    case "-n":
      return not(empty);
    case "-T":
      return not(textTest(subject, { kind: "in", values: ["", "0", "off", "false", "no"], ignoreCase: true }, span));
    case "-f":
      return textTest(subject, { kind: "onDisk", as: "file" }, span);
    case "-s":
      return textTest(subject, { kind: "onDisk", as: "filled" }, span);
    case "-d":
      return textTest(subject, { kind: "onDisk", as: "directory" }, span);
    case "-e":
      return textTest(subject, { kind: "onDisk", as: "any" }, span);
    case "-h":
    case "-L":
      return all(textTest(subject, { kind: "onDisk", as: "any" }, span), textTest(subject, { kind: "onDisk", as: "link" }, span));
    case "-x":
      return all(textTest(subject, { kind: "onDisk", as: "any" }, span), textTest(subject, { kind: "onDisk", as: "executable" }, span));
    case "-A":
    case "-F":
    case "-U":
      return all(mayAskItself(span), unknownCondition(reader, `what ${operator} says`));
    case "-R":
      return inNetwork(reader, { value: [{ kind: "field", field: "clientAddress" }], transforms: [] }, subject);
    default:
      return unknownCondition(reader, `what ${operator} says`);
  }
}

function unknownCondition(reader: Reader, why: string): Condition {
  return { kind: "unknown", key: `${why} at ${reader.span.file.path}:${reader.span.start}`, why, reads: "anything", at: reader.span };
}

function textTest(subject: Word, operator: Operator, at: Span): Condition {
  const condition: Condition = { kind: "test", subject: { kind: "text", of: subject.value }, operator, at };
  return subject.transforms.length === 0 ? condition : { ...condition, transforms: subject.transforms };
}

function inNetwork(reader: Reader, subject: Word, blocks: Word): Condition {
  const written = literal(blocks.value);
  const block = written === null ? null : network(written);
  if (block === null) return unknownCondition(reader, "whether the client's address is in that network");
  if (subject.value[0]?.kind === "field") return test(subject.value[0].field, { kind: "inNetwork", blocks: [block] }, reader.span);
  return textTest(subject, { kind: "inNetwork", blocks: [block] }, reader.span);
}

const numeric: Readonly<Record<string, "=" | "<" | "<=" | ">" | ">=" | "!=">> = { eq: "=", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" };

function comparison(reader: Reader): Condition {
  const left = word(reader);
  const operator = peek(reader);
  if (operator === undefined) throw new SyntaxFault("the expression has no operator");
  reader.at += 1;
  if (operator.kind === "operator") return stringTest(reader, left, operator.text);
  if (operator.kind !== "word") throw new SyntaxFault(`unexpected ${operator.text} in the expression`);
  const name = operator.text.replace(/^-/, "");
  if (operator.text === "in" || operator.text === "-in") return listTest(reader, left);
  const is = numeric[name];
  if (is !== undefined) {
    const value = word(reader).value;
    return is === "!=" ? not(textTest(left, { kind: "number", is: "=", value }, reader.span)) : textTest(left, { kind: "number", is, value }, reader.span);
  }
  if (!["-ipmatch", "-strmatch", "-strcmatch", "-fnmatch"].includes(operator.text)) throw new SyntaxFault(`unexpected ${operator.text} in the expression`);
  return patternTest(reader, left, name, word(reader));
}

function stringTest(reader: Reader, left: Word, operator: string): Condition {
  if (operator === "=~" || operator === "!~") {
    const regex = accept(reader, "regex");
    if (regex === null) throw new SyntaxFault("a regular expression is missing");
    const held = textTest(left, { kind: "matches", pattern: withoutNames(regex.text), ignoreCase: regex.flags.includes("i"), dotAll: true, dollarEndOnly: true, captures: "expr." }, reader.span);
    return operator === "=~" ? held : not(held);
  }
  if (operator === "==" || operator === "=" || operator === "!=") {
    const same = textTest(left, { kind: "equals", value: word(reader).value }, reader.span);
    return operator === "!=" ? not(same) : same;
  }
  if (operator === "&&" || operator === "||" || operator === "!") throw new SyntaxFault("a comparison is missing");
  const limit = literal(word(reader).value);
  if (limit === null || !/^[<>]=?$/.test(operator)) return unknownCondition(reader, `which text comes first (${operator})`);
  const texts = ordered(operator, limit);
  return texts.length === 0 ? never : textTest(left, { kind: "matches", pattern: `^(?:${texts.join("|")})$`, dotAll: true, dollarEndOnly: true }, reader.span);
}

/** The texts that come before or after another, character by character. */
function ordered(operator: string, limit: string): readonly string[] {
  const before = operator.startsWith("<");
  const others = [...limit].map((_, index) => {
    const code = limit.charCodeAt(index).toString(16);
    const differs = before ? `(?:[^\\x{${code}}-\\x{ffff}].*)?` : `[^\\x00-\\x{${code}}].*`;
    return quoted(limit.slice(0, index)) + differs;
  });
  const beyond = before ? [] : [`${quoted(limit)}.+`];
  return [...others, ...beyond, ...(operator.endsWith("=") ? [quoted(limit)] : [])];
}

function listTest(reader: Reader, left: Word): Condition {
  if (accept(reader, "punctuation", "{") === null) {
    word(reader);
    return unknownCondition(reader, "what is in a list made while the request is decided");
  }
  const options = [word(reader)];
  while (accept(reader, "punctuation", ",") !== null) options.push(word(reader));
  expect(reader, "punctuation", "}");
  return any(...options.map((option) => textTest(left, { kind: "equals", value: option.value }, reader.span)));
}

function patternTest(reader: Reader, left: Word, operator: string, right: Word): Condition {
  if (operator === "ipmatch") return inNetwork(reader, left, right);
  const pattern = literal(right.value);
  if (pattern === null) return unknownCondition(reader, "a pattern made while the request is decided");
  const regex = `^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", operator === "fnmatch" ? "[^/]*" : ".*").replaceAll("?", ".")}$`;
  return textTest(left, { kind: "matches", pattern: regex, ignoreCase: operator === "strcmatch", dotAll: true }, reader.span);
}

/** A word, or several joined by dots. */
function word(reader: Reader): Word {
  const first = wordPart(reader);
  const parts = [first];
  while (accept(reader, "punctuation", ".") !== null) parts.push(wordPart(reader));
  return parts.length === 1 ? first : { value: parts.flatMap((part) => part.value), transforms: [] };
}

function wordPart(reader: Reader): Word {
  const next = peek(reader);
  reader.at += 1;
  if (next === undefined) throw new SyntaxFault("the expression ends too early");
  if (next.kind === "string") return { value: interpolate(next.text, reader.names), transforms: [] };
  if (next.kind === "variable") return { value: named(next.text, reader.names), transforms: [] };
  if (next.kind === "backreference") return { value: [{ kind: "field", field: `var:expr.${next.text}` }], transforms: [] };
  if (next.kind === "word" && /^-?\d+$/.test(next.text)) return { value: text(next.text), transforms: [] };
  if (next.kind === "word" && accept(reader, "punctuation", "(") !== null) {
    const argument = word(reader);
    while (accept(reader, "punctuation", ",") !== null) word(reader);
    expect(reader, "punctuation", ")");
    return callOf(next.text, argument.value, reader.names);
  }
  throw new SyntaxFault(`unexpected ${next.text} in the expression`);
}

function named(name: string, names: Names): Template {
  if (name.includes(":")) return variableOf(name, names);
  const value = expressionVariable(name, names);
  if (value === null) throw new SyntaxFault(`Variable '${name}' does not exist`);
  return value;
}

/** What else `ap_expr` can compute, with what mod_ssl adds. */
const functions: ReadonlySet<string> = new Set([
  "note", "osenv", "escape", "unescape", "base64", "unbase64", "md5", "sha1", "file", "filesize", "filemod", "replace", "ldap", "lower", "upper", "peerextlist", "ssl",
]);

/** Headers of an answer that may be there before there is one. */
const setEarly = /^(location|set-cookie|vary|www-authenticate|allow|content-\w+)$/i;

/** A text with what is encoded in it decoded, but for slashes; one that is not well encoded is empty. */
function unescaped(written: string): Template {
  if (/%(?![0-9a-f]{2})|%00/i.test(written)) return text("");
  return /%[89a-f]/i.test(written) ? unknownValue(`unescape(${written})`) : text(written.replace(/%(?!2f)\w\w/gi, percentDecode));
}

function callOf(name: string, argument: Template, names: Names): Word {
  const plain = literal(argument);
  const value = (of: Template): Word => ({ value: of, transforms: [] });
  switch (name.toLowerCase()) {
    case "req":
    case "http":
    case "req_novary":
      return value(plain === null ? unknownValue(name) : header(plain));
    case "reqenv":
    case "env":
      return value(plain === null ? unknownValue(name) : environment(plain));
    case "tolower":
      return { value: argument, transforms: ["lowercase"] };
    case "toupper":
      return { value: argument, transforms: ["uppercase"] };
    case "md5":
    case "sha1":
      return { value: argument, transforms: [name.toLowerCase() === "md5" ? "md5" : "sha1"] };
    case "escape":
      return value(plain !== null && /^[\w./ -]*$/.test(plain) ? text(plain.replaceAll(" ", "%20")) : unknownValue(`${name}(${plain ?? ""})`));
    case "unescape":
      return value(plain === null ? unknownValue(name) : unescaped(plain));
    case "resp":
      return value(plain === null || setEarly.test(plain) ? unknownValue(`resp(${plain ?? ""})`) : text(""));
    case "base64":
      return { value: argument, transforms: ["base64Encode"] };
    default:
      if (names.restricted === true && /^file(size|mod)?$/i.test(name)) throw new SyntaxFault(`${name} not available in restricted context`);
      if (!functions.has(name.toLowerCase())) throw new SyntaxFault(`Function '${name}' does not exist`);
      return value(unknownValue(`${name}(${plain ?? names.documentRoot ?? ""})`));
  }
}
