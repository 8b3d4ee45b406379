import type { Problem, SourceFile } from "../../source.ts";
import { mark } from "./mask.ts";
import { scalar, type Entry, type TreeNode } from "./node.ts";

/** A JSON text, or the first thing that is wrong with it. */
export type JsonResult = { readonly ok: true; readonly root: TreeNode; readonly problems: readonly Problem[] } | { readonly ok: false; readonly problem: Problem };

interface Reader {
  readonly file: SourceFile;
  /** The text with template expressions masked; same offsets. */
  readonly text: string;
  at: number;
  readonly problems: Problem[];
}

/** Thrown inside this file only. */
interface Fault {
  readonly fault: string;
  readonly start: number;
  readonly end: number;
}

const deepest = 200;

/** Reads strict JSON (RFC 8259) with the places of everything; bare template expressions count as values. */
export function readJson(file: SourceFile, masked: string): JsonResult {
  const reader: Reader = { file, text: masked, at: 0, problems: [] };
  try {
    if (masked.startsWith("\uFEFF")) reader.at = 1;
    const root = value(reader, 0);
    if (token(reader) !== "") fail(reader, "expected the end of the file after the value");
    return { ok: true, root, problems: reader.problems };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { ok: false, problem: { code: "json-syntax", message: error.fault, at: { file, start: error.start, end: error.end } } };
  }
}

function isFault(error: unknown): error is Fault {
  return typeof error === "object" && error !== null && "fault" in error;
}

function fail(reader: Reader, fault: string, start = reader.at, end = Math.min(start + 1, reader.text.length)): never {
  const thrown: Fault = { fault, start, end };
  throw thrown;
}

/** Skips white space; the next character, or "" at the end. */
function token(reader: Reader): string {
  const blank = /[ \t\r\n]*/y;
  blank.lastIndex = reader.at;
  blank.test(reader.text);
  reader.at = blank.lastIndex;
  const next = reader.text[reader.at] ?? "";
  if (next === "/" || next === "#") fail(reader, "JSON has no comments");
  return next;
}

function value(reader: Reader, depth: number): TreeNode {
  if (depth > deepest) fail(reader, `nested more than ${deepest} deep`);
  const next = token(reader);
  if (next === "{") return map(reader, depth);
  if (next === "[") return list(reader, depth);
  if (next === '"') return string(reader);
  return word(reader);
}

function map(reader: Reader, depth: number): TreeNode {
  const start = reader.at++;
  const entries: Entry[] = [];
  const keys = new Set<string>();
  if (token(reader) !== "}") {
    for (;;) {
      entries.push(member(reader, depth, keys));
      if (!goesOn(reader, "}")) break;
    }
  }
  reader.at += 1;
  return { kind: "map", at: { file: reader.file, start, end: reader.at }, entries };
}

function member(reader: Reader, depth: number, keys: Set<string>): Entry {
  const next = token(reader);
  if (next === "}") fail(reader, "a comma must not stand before `}`");
  if (next !== '"') fail(reader, "expected a key in double quotes");
  const key = string(reader);
  if (keys.has(key.text)) reader.problems.push({ code: "duplicate-key", message: `the key \`${key.text}\` is there twice; the last one counts`, at: key.at });
  keys.add(key.text);
  if (token(reader) !== ":") fail(reader, "expected `:` after the key");
  reader.at += 1;
  return { key: key.text, keyAt: key.at, value: value(reader, depth + 1) };
}

function list(reader: Reader, depth: number): TreeNode {
  const start = reader.at++;
  const items: TreeNode[] = [];
  if (token(reader) !== "]") {
    for (;;) {
      if (token(reader) === "]") fail(reader, "a comma must not stand before `]`");
      items.push(value(reader, depth + 1));
      if (!goesOn(reader, "]")) break;
    }
  }
  reader.at += 1;
  return { kind: "list", at: { file: reader.file, start, end: reader.at }, items };
}

/** True after a comma, false before the closer. */
function goesOn(reader: Reader, closer: "}" | "]"): boolean {
  const next = token(reader);
  if (next === closer) return false;
  if (next !== ",") fail(reader, next === "" ? `the file ends before \`${closer}\`` : `expected \`,\` or \`${closer}\` after the value`);
  reader.at += 1;
  return true;
}

function string(reader: Reader): TreeNode & { kind: "scalar" } {
  const start = reader.at;
  const whole = /"(?:[^"\\\r\n]|\\[^\r\n])*"/y;
  whole.lastIndex = start;
  const found = whole.exec(reader.text)?.[0];
  if (found === undefined) fail(reader, "the string does not end on its line", start, start + 1);
  reader.at += found.length;
  const { file } = reader;
  const masked = found.includes(mark);
  const text = masked ? file.text.slice(start + 1, reader.at - 1) : decoded(reader, found, start);
  return scalar(file, start, reader.at, text, text, false, masked);
}

function decoded(reader: Reader, quoted: string, start: number): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return fail(reader, "the string has an escape or a character that JSON does not know", start, start + quoted.length);
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function word(reader: Reader): TreeNode {
  const start = reader.at;
  const bare = /[^\s,:{}[\]"]+/y;
  bare.lastIndex = start;
  const found = bare.exec(reader.text)?.[0];
  if (found === undefined) fail(reader, reader.at >= reader.text.length ? "the file ends where a value is expected" : "expected a value");
  reader.at += found.length;
  const masked = found.includes(mark);
  const written = reader.file.text.slice(start, reader.at);
  const constant = constants.get(found);
  if (constant !== undefined) return scalar(reader.file, start, reader.at, constant, written, true, false);
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found);
  if (!masked && !number) fail(reader, `\`${found.slice(0, 40)}\` is no JSON value`, start, reader.at);
  return scalar(reader.file, start, reader.at, masked ? written : Number(found), written, true, masked);
}
