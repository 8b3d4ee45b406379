import type { Part } from "../compose.ts";
import type { Spelling } from "../../source.ts";
import type { ScalarNode } from "./node.ts";

interface Draft {
  readonly source: string;
  /** Where the source begins in its file. */
  readonly offset: number;
  text: string;
  readonly starts: number[];
  readonly ends: number[];
}

/**
 * The text of a scalar as its reader gets it, without quotes, escapes and indentation, every character with its place
 * (YAML 1.2, 7.3 and 8.1). Template tags stay in it.
 */
export function spelledText({ at }: ScalarNode): Part {
  const draft: Draft = { source: at.file.text.slice(at.start, at.end), offset: at.start, text: "", starts: [], ends: [] };
  const style = styleOf(draft.source);
  const indentation = style === "block" || style === "folded" ? readBlock(draft, style === "folded") : readFlow(draft, style);
  return { text: draft.text, at, spelling: { style, indentation, characters: { starts: draft.starts, ends: draft.ends } } };
}

const header = /^[|>][-+\d]{0,2}[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$)/;

function styleOf(source: string): Spelling["style"] {
  if (header.test(source)) return source.startsWith("|") ? "block" : "folded";
  if (source.startsWith('"')) return "double";
  return source.startsWith("'") ? "single" : "plain";
}

function push(draft: Draft, text: string, from: number, to: number): void {
  for (const unit of text.split("")) {
    draft.text += unit;
    draft.starts.push(draft.offset + from);
    draft.ends.push(draft.offset + to);
  }
}

/** Lines of the source with where they begin; `end` is where their line end begins. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function linesFrom(source: string, from: number): readonly Line[] {
  const lines: Line[] = [];
  let start = from;
  for (const found of source.slice(from).matchAll(/\r\n|\n|\r/g)) {
    const end = from + found.index;
    lines.push({ start, end, next: end + found[0].length });
    start = end + found[0].length;
  }
  return start < source.length ? [...lines, { start, end: source.length, next: source.length }] : lines;
}

/** Reads a block scalar and gives its indentation. */
function readBlock(draft: Draft, folded: boolean): string {
  const { source } = draft;
  const lines = linesFrom(source, header.exec(source)?.[0].length ?? 0);
  const indentation = indentationOf(source, lines);
  const startOf = ({ start, end }: Line): number => {
    let at = start;
    while (at < end && at - start < indentation.length && /[ \t]/.test(source[at] ?? "")) at += 1;
    return at;
  };
  lines.forEach((line, index) => {
    const from = startOf(line);
    for (let at = from; at < line.end; at += 1) push(draft, source[at] ?? "", at, at + 1);
    const next = lines[index + 1];
    if (line.next === line.end) return;
    const joins = folded && next !== undefined && isText(source, from, line.end) && isText(source, startOf(next), next.end);
    push(draft, joins ? " " : source.slice(line.end, line.next), line.end, line.next);
  });
  return indentation;
}

/** Lines that folding joins: not blank, and not indented further. */
function isText(source: string, from: number, end: number): boolean {
  return from < end && !/[ \t]/.test(source[from] ?? "");
}

/** The blanks in front of the first line that has any; lines of template tags may stand further left. */
function indentationOf(source: string, lines: readonly Line[]): string {
  for (const { start, end } of lines) {
    const [, blanks = "", rest = ""] = /^([ \t]*)(.*)$/.exec(source.slice(start, end)) ?? [];
    if (rest !== "" && !(/^\{[{%]/.test(rest) && blanks === "")) return blanks;
  }
  return "";
}

const escapes: Readonly<Record<string, string>> = { 0: "\0", a: "\u0007", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\u001B", N: "\u0085", _: "\u00A0", L: "\u2028", P: "\u2029" };
const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r\n|[^]))[ \t]*/y;
const fold = /[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*/y;

/** Reads a quoted or a plain scalar. */
function readFlow(draft: Draft, style: Spelling["style"]): string {
  const { source } = draft;
  const quoted = style !== "plain";
  const end = quoted && source.length > 1 && source.endsWith(source[0] ?? "") ? source.length - 1 : source.length;
  for (let at = quoted ? 1 : 0; at < end; ) {
    const next = style === "double" && source[at] === "\\" ? readEscape(draft, at) : readFold(draft, at, end);
    if (next !== null) at = next;
    else {
      const width = style === "single" && source.startsWith("''", at) ? 2 : 1;
      push(draft, source[at] ?? "", at, at + width);
      at += width;
    }
  }
  return "";
}

function readEscape(draft: Draft, at: number): number | null {
  escape.lastIndex = at;
  const found = escape.exec(draft.source);
  if (found === null) return null;
  const [whole, ...groups] = found;
  const [x, u, long, plain = ""] = groups;
  const code = x ?? u ?? long;
  const end = at + (plain === "" || /[\r\n]/.test(plain) ? whole.length : 1 + plain.length);
  if (/[\r\n]/.test(plain)) return end;
  const width = code === undefined ? 1 + plain.length : 2 + code.length;
  push(draft, code === undefined ? (escapes[plain] ?? plain) : character(Number.parseInt(code, 16)), at, at + width);
  return at + width;
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
}

/** A line end inside is a blank; with blank lines behind it, one line end for each of them. */
function readFold(draft: Draft, at: number, end: number): number | null {
  if (!/[ \t\r\n]/.test(draft.source[at] ?? "")) return null;
  fold.lastIndex = at;
  const found = fold.exec(draft.source);
  if (found === null || at + found[0].length > end) return null;
  const breaks = found[0].match(/\r\n|\n|\r/g)?.length ?? 1;
  push(draft, breaks === 1 ? " " : "\n".repeat(breaks - 1), at, at + found[0].length);
  return at + found[0].length;
}
