import { ANY, NOT_NEWLINE } from "./regex-set.ts";
import { EMPTY, fail, namedReference, oneOf, type Assertion, type Flags, type Node, type Reader } from "./regex-tree.ts";
import { readBracket, readEscape } from "./regex-escape.ts";

export interface PatternTree {
  readonly tree: Node;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

const DEEPEST = 200;

/** Parses a PCRE pattern. What PCRE itself refuses, and the few constructs not modelled, give a reason instead of a tree. */
export function parsePattern(text: string, flags: Flags): PatternTree | { readonly why: string } {
  const reader: Reader = {
    text,
    at: 0,
    flags,
    groups: 0,
    highestReference: 0,
    quotedUntil: -1,
    depth: 0,
    why: undefined,
    names: new Map(),
  };
  skipStartVerbs(reader);
  const tree = readChoice(reader);
  if (reader.at < text.length) fail(reader, "a `)` too many");
  if (reader.highestReference > reader.groups) fail(reader, "a reference to a group that is not there");
  return reader.why === undefined ? { tree, groups: reader.groups, names: reader.names } : { why: reader.why };
}

function skipStartVerbs(reader: Reader): void {
  const verbs = /^(?:\(\*(?:UTF8?|UCP|CRLF|LF|CR|ANYCRLF|ANY|BSR_\w+|NO_\w+|LIMIT_\w+=\d+)\))+/.exec(reader.text);
  if (verbs !== null) reader.at = verbs[0].length;
}

function readChoice(reader: Reader): Node {
  if (++reader.depth > DEEPEST) return fail(reader, "nested too deeply");
  const flags = reader.flags;
  const branches = [readSequence(reader)];
  while (reader.text[reader.at] === "|") {
    reader.at++;
    branches.push(readSequence(reader));
  }
  reader.flags = flags;
  reader.depth--;
  return branches.length === 1 ? (branches[0] ?? EMPTY) : { kind: "choice", of: branches };
}

function readSequence(reader: Reader): Node {
  const items: Node[] = [];
  for (;;) {
    skipBlanks(reader);
    const quoted = leaveQuote(reader);
    const next = reader.text[reader.at];
    if (next === undefined || (!quoted && (next === "|" || next === ")"))) break;
    const atom = quoted ? readLiteral(reader) : readAtom(reader);
    skipBlanks(reader);
    if (atom !== null) items.push(readQuantifier(reader, atom));
  }
  return items.length === 1 ? (items[0] ?? EMPTY) : { kind: "sequence", of: items };
}

/** Whether the next character is between `\Q` and `\E`; steps over the `\E`. */
function leaveQuote(reader: Reader): boolean {
  if (reader.quotedUntil < 0) return false;
  if (reader.at < reader.quotedUntil) return true;
  reader.at = Math.min(reader.quotedUntil + 2, reader.text.length);
  reader.quotedUntil = -1;
  return false;
}

function skipBlanks(reader: Reader): void {
  if (!reader.flags.extended || reader.quotedUntil >= 0) return;
  const blank = /(?:\s|#[^\n]*)*/y;
  blank.lastIndex = reader.at;
  reader.at += blank.exec(reader.text)?.[0].length ?? 0;
}

function readLiteral(reader: Reader): Node {
  const unit = reader.text.charCodeAt(reader.at++);
  return oneOf(reader, [unit, unit]);
}

function readAtom(reader: Reader): Node | null {
  switch (reader.text[reader.at]) {
    case "(":
      return readGroup(reader);
    case "[":
      return readBracket(reader);
    case "\\":
      return readEscape(reader);
    case ".":
      reader.at++;
      return { kind: "set", set: reader.flags.dotAll ? ANY : NOT_NEWLINE };
    case "^":
      reader.at++;
      return { kind: "assert", what: reader.flags.multiline ? "line-start" : "start" };
    case "$":
      reader.at++;
      return { kind: "assert", what: dollar(reader.flags) };
    case "*":
    case "+":
    case "?":
      return fail(reader, "nothing to repeat");
    default:
      return readLiteral(reader);
  }
}

function dollar(flags: Flags): Assertion {
  if (flags.multiline) return "line-end";
  return flags.dollarEndOnly ? "end" : "final";
}

const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})([?+]?)/y;

function readQuantifier(reader: Reader, atom: Node): Node {
  if (leaveQuote(reader)) return atom;
  QUANTIFIER.lastIndex = reader.at;
  const found = QUANTIFIER.exec(reader.text);
  if (found === null) return atom;
  const [whole, low, comma, high, suffix] = found;
  if (atom.kind === "assert") return fail(reader, "nothing to repeat");
  reader.at += whole.length;
  const min = low === undefined ? (whole.startsWith("+") ? 1 : 0) : Number(low);
  const max = low === undefined ? (whole.startsWith("?") ? 1 : Infinity) : upperBound(min, comma, high);
  if (min > 65535 || (max !== Infinity && max > 65535)) return fail(reader, "a repeat count over 65535");
  if (max < min) return fail(reader, "a repeat count out of order");
  const greedy = (suffix === "?") === reader.flags.ungreedy;
  const repeat: Node = { kind: "repeat", of: atom, min, max, greedy: suffix === "+" || greedy };
  return suffix === "+" ? { kind: "atomic", of: repeat } : repeat;
}

function upperBound(min: number, comma: string | undefined, high: string | undefined): number {
  if (comma === undefined) return min;
  return high === undefined || high === "" ? Infinity : Number(high);
}

/** Null for what matches nothing by itself: an option setting or a comment. */
function readGroup(reader: Reader): Node | null {
  const opening =
    /\((?:\?(?:#[^)]*\)|(?:P?<|')(\w+)[>']|P=(\w+)\)|([imsxUJ]*(?:-[imsxUJ]*)?)([:)])|(<?[=!]|>)))?/y;
  opening.lastIndex = reader.at;
  const found = opening.exec(reader.text);
  if (found === null || (found[0] === "(" && /^[?*]/.test(reader.text.slice(reader.at + 1, reader.at + 2)))) {
    return fail(reader, "a group of a kind that is not understood");
  }
  const [whole, name, referred, letters, flagsEnd, look] = found;
  reader.at += whole.length;
  if (whole.startsWith("(?#")) return null;
  if (referred !== undefined) return namedReference(reader, referred);
  if (letters !== undefined) {
    const before = reader.flags;
    reader.flags = withLetters(before, letters);
    if (flagsEnd === ")") return null;
    const body = closed(reader, readChoice(reader));
    reader.flags = before;
    return body;
  }
  if (look === ">") return { kind: "atomic", of: closed(reader, readChoice(reader)) };
  if (look !== undefined) {
    const of = closed(reader, readChoice(reader));
    return { kind: "look", behind: look.startsWith("<"), negative: look.endsWith("!"), of };
  }
  const index = ++reader.groups;
  if (name !== undefined && !reader.names.has(name)) reader.names.set(name, index);
  return { kind: "group", index, of: closed(reader, readChoice(reader)) };
}

function closed(reader: Reader, body: Node): Node {
  if (reader.text[reader.at] !== ")") return fail(reader, "a `(` without its `)`");
  reader.at++;
  return body;
}

function withLetters(flags: Flags, letters: string): Flags {
  const [on = "", off = ""] = letters.split("-");
  const now = (letter: string, before: boolean): boolean => !off.includes(letter) && (on.includes(letter) || before);
  return {
    ...flags,
    ignoreCase: now("i", flags.ignoreCase),
    multiline: now("m", flags.multiline),
    dotAll: now("s", flags.dotAll),
    extended: now("x", flags.extended),
    ungreedy: now("U", flags.ungreedy),
  };
}
