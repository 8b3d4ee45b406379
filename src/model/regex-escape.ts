import { ANY, complement, DIGIT, HORIZONTAL_SPACE, NOT_NEWLINE, pairsOf, POSIX, SPACE, VERTICAL_SPACE, WORD } from "./regex-set.ts";
import type { CharacterSet } from "./regex-set.ts";
import { bracketNode, EMPTY, fail, namedReference, oneOf } from "./regex-tree.ts";
import type { Assertion, Node, Reader } from "./regex-tree.ts";

const SHORTHANDS: ReadonlyMap<string, CharacterSet> = new Map([
  ["d", DIGIT],
  ["D", complement(DIGIT)],
  ["w", WORD],
  ["W", complement(WORD)],
  ["s", SPACE],
  ["S", complement(SPACE)],
  ["h", HORIZONTAL_SPACE],
  ["H", complement(HORIZONTAL_SPACE)],
  ["v", VERTICAL_SPACE],
  ["V", complement(VERTICAL_SPACE)],
  ["N", NOT_NEWLINE],
  ["C", ANY],
]);

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["r", 13],
  ["f", 12],
  ["a", 7],
  ["e", 27],
]);

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ["A", "start"],
  ["G", "start"],
  ["z", "end"],
  ["Z", "final"],
  ["b", "word"],
  ["B", "not-word"],
]);

const LINE_BREAK: Node = {
  kind: "atomic",
  of: {
    kind: "choice",
    of: [
      {
        kind: "sequence",
        of: [
          { kind: "set", set: [13, 13] },
          { kind: "set", set: [10, 10] },
        ],
      },
      { kind: "set", set: VERTICAL_SPACE },
    ],
  },
};

/** Reads an escape that stands outside a bracket expression. Null when it matches nothing by itself (`\Q`, `\E`). */
export function readEscape(reader: Reader): Node | null {
  const letter = reader.text[reader.at + 1];
  if (letter === undefined) return fail(reader, "a `\\` at the end");
  const assertion = ASSERTIONS.get(letter);
  const shorthand = SHORTHANDS.get(letter);
  if (assertion !== undefined || shorthand !== undefined || "RKEQ".includes(letter)) reader.at += 2;
  if (assertion !== undefined) return { kind: "assert", what: assertion };
  if (shorthand !== undefined) return { kind: "set", set: shorthand };
  if (letter === "R") return LINE_BREAK;
  if (letter === "K") return { kind: "keep" };
  if (letter === "E") return null;
  if (letter === "Q") {
    const end = reader.text.indexOf("\\E", reader.at);
    reader.quotedUntil = end < 0 ? reader.text.length : end;
    return null;
  }
  if (/[pPXLlUu]/.test(letter)) return fail(reader, `\`\\${letter}\` is not understood`);
  const reference = readReference(reader);
  if (reference !== null) return reference;
  const unit = readUnit(reader);
  return unit === null ? EMPTY : oneOf(reader, [unit, unit]);
}

const REFERENCE = /\\(?:([1-9]\d?)|g\{?(-?\d+)\}?|[gk](?:\{(\w+)\}|<(\w+)>|'(\w+)'))/y;

/** `\1`, `\g{-1}`, `\k<name>`; null when what stands here is no reference (`\12` with fewer groups is octal). */
function readReference(reader: Reader): Node | null {
  REFERENCE.lastIndex = reader.at;
  const found = REFERENCE.exec(reader.text);
  if (found === null) return /[gk]/.test(reader.text[reader.at + 1] ?? "") ? fail(reader, "a reference that is not understood") : null;
  const name = found[3] ?? found[4] ?? found[5];
  if (name !== undefined) {
    reader.at += found[0].length;
    return namedReference(reader, name);
  }
  const number = Number(found[1] ?? found[2]);
  if (found[1] !== undefined && number > 9 && number > reader.groups) return null;
  reader.at += found[0].length;
  const group = number < 0 ? reader.groups + 1 + number : number;
  if (group < 1) return fail(reader, "a reference to a group that is not there");
  reader.highestReference = Math.max(reader.highestReference, group);
  return { kind: "same", group, ignoreCase: reader.flags.ignoreCase };
}

const UNIT = /\\(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{0,2})|o\{([0-7]+)\}|c([ -~])|([0-7]{1,3})|([^]))/y;

/** The one character an escape stands for, or null after giving up. */
function readUnit(reader: Reader): number | null {
  UNIT.lastIndex = reader.at;
  const found = UNIT.exec(reader.text);
  if (found === null) {
    fail(reader, "a `\\` at the end");
    return null;
  }
  reader.at += found[0].length;
  const [, braced, hex, octalBraced, control, octal, plain] = found;
  if (control !== undefined) return control.toUpperCase().charCodeAt(0) ^ 64;
  if (plain !== undefined) return CONTROLS.get(plain) ?? plain.charCodeAt(0);
  const digits = braced ?? hex;
  const unit = digits !== undefined ? parseInt(digits === "" ? "0" : digits, 16) : parseInt(octalBraced ?? octal ?? "0", 8);
  if (unit <= 0xffff) return unit;
  fail(reader, "a character beyond U+FFFF");
  return null;
}

type Ranges = (readonly [number, number])[];

/** Reads a bracket expression, POSIX classes included; a `]` that comes first is a member. */
export function readBracket(reader: Reader): Node {
  reader.at++;
  const negated = reader.text[reader.at] === "^";
  if (negated) reader.at++;
  const parts: Ranges = [];
  for (let first = true; ; first = false) {
    const next = reader.text[reader.at];
    if (next === undefined) return fail(reader, "a `[` without its `]`");
    if (next === "]" && !first) break;
    readMember(reader, parts);
  }
  reader.at++;
  return bracketNode(reader, parts, negated);
}

function readMember(reader: Reader, parts: Ranges): void {
  const low = readMemberStart(reader, parts);
  if (low === null) return;
  const range = reader.text[reader.at] === "-" && reader.text[reader.at + 1] !== "]" && reader.text[reader.at + 1] !== undefined;
  if (!range) {
    parts.push([low, low]);
    return;
  }
  const dash = reader.at++;
  const high = readMemberStart(reader, parts);
  if (high === null) {
    // `[a-\d]` and `[a-[:digit:]]`: the dash is a member, as in PCRE 8.
    parts.push([low, low], [reader.text.charCodeAt(dash), reader.text.charCodeAt(dash)]);
  } else if (high < low) fail(reader, "a range out of order");
  else parts.push([low, high]);
}

const NAMED_CLASS = /\[:(\^?)([a-z]+):\]/y;

/** The character that starts a member, or null when a whole class was read (and added to `parts`). */
function readMemberStart(reader: Reader, parts: Ranges): number | null {
  const next = reader.text[reader.at];
  if (next === "[") {
    NAMED_CLASS.lastIndex = reader.at;
    const named = NAMED_CLASS.exec(reader.text);
    if (named !== null) return addNamedClass(reader, parts, named);
  }
  if (next !== "\\") return reader.text.charCodeAt(reader.at++);
  const letter = reader.text[reader.at + 1] ?? "";
  const shorthand = SHORTHANDS.get(letter);
  if (shorthand !== undefined && letter !== "N" && letter !== "C") {
    reader.at += 2;
    parts.push(...pairsOf(shorthand));
    return null;
  }
  if (letter === "b") {
    reader.at += 2;
    return 8;
  }
  if (/[pPXRQE]/.test(letter)) {
    fail(reader, `\`\\${letter}\` in a bracket expression is not understood`);
    return null;
  }
  return readUnit(reader);
}

function addNamedClass(reader: Reader, parts: Ranges, named: RegExpExecArray): null {
  const set = POSIX.get(named[2] ?? "");
  if (set === undefined) fail(reader, "a POSIX class that does not exist");
  else {
    reader.at += named[0].length;
    parts.push(...pairsOf(named[1] === "^" ? complement(set) : set));
  }
  return null;
}
