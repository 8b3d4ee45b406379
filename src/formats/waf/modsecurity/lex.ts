import type { Problem, SourceFile, Span } from "../../../source.ts";

/** A text taken from a file, with the file offset of each of its characters and, last, of its end. */
export interface Text {
  readonly file: SourceFile;
  readonly value: string;
  readonly offsets: readonly number[];
}

/** One directive: physical lines joined at a final backslash, then cut into arguments. */
export interface LogicalLine {
  readonly span: Span;
  readonly name: Text;
  readonly arguments: readonly Text[];
}

export interface LexedFile {
  readonly lines: readonly LogicalLine[];
  readonly problems: readonly Problem[];
}

export function slice(text: Text, from: number, to: number): Text {
  const offsets = text.offsets.slice(from, to);
  offsets.push(to > from ? (text.offsets[to - 1] ?? 0) + 1 : (text.offsets[from] ?? 0));
  return { file: text.file, value: text.value.slice(from, to), offsets };
}

/** The stretch of the file a text was taken from. */
export function spanOf(text: Text): Span {
  return { file: text.file, start: text.offsets[0] ?? 0, end: text.offsets.at(-1) ?? 0 };
}

/**
 * Cuts a file into directives as Apache does (`ap_cfg_getline`, `ap_getword_conf`): a backslash before
 * the line's end joins the next line, `#` starts a comment only where a directive would start.
 */
export function lex(file: SourceFile): LexedFile {
  const lines: LogicalLine[] = [];
  const problems: Problem[] = [];
  for (const text of logicalLines(file)) {
    const start = skipBlanks(text.value, 0);
    if (start === text.value.length || text.value[start] === "#") continue;
    const parts = splitArguments(text, start, problems);
    const [name, ...rest] = parts;
    if (name !== undefined) lines.push({ span: spanOf(slice(text, start, text.value.trimEnd().length)), name, arguments: rest });
  }
  return { lines, problems };
}

function* logicalLines(file: SourceFile): Generator<Text> {
  let value = "";
  let offsets: number[] = [];
  const bom = file.text.startsWith("\uFEFF") ? 1 : 0;
  for (let at = bom; at < file.text.length; ) {
    const newline = file.text.indexOf("\n", at);
    const next = newline < 0 ? file.text.length : newline + 1;
    let end = newline < 0 ? file.text.length : newline;
    if (end > at && file.text[end - 1] === "\r") end--;
    const continued = end > at && file.text[end - 1] === "\\";
    if (continued) end--;
    value += file.text.slice(at, end);
    for (let i = at; i < end; i++) offsets.push(i);
    at = next;
    if (continued && at < file.text.length) continue;
    offsets.push(end);
    yield { file, value, offsets };
    value = "";
    offsets = [];
  }
}

function skipBlanks(value: string, from: number): number {
  let at = from;
  while (at < value.length && /\s/.test(value[at] ?? "")) at++;
  return at;
}

function splitArguments(line: Text, from: number, problems: Problem[]): Text[] {
  const parts: Text[] = [];
  const { value } = line;
  for (let at = skipBlanks(value, from); at < value.length; at = skipBlanks(value, at)) {
    const quote = value[at];
    const quoted = quote === '"' || quote === "'";
    const start = quoted ? at + 1 : at;
    const end = argumentEnd(value, start, quoted ? quote : undefined);
    if (quoted && end >= value.length) {
      problems.push({ code: "unterminated-quote", message: "this quote is never closed", at: spanOf(slice(line, at, value.length)) });
    }
    parts.push(unescapeArgument(slice(line, start, end), quoted ? quote : undefined));
    at = quoted ? end + 1 : end;
  }
  return parts;
}

function argumentEnd(value: string, start: number, quote: string | undefined): number {
  let at = start;
  while (at < value.length) {
    const character = value[at] ?? "";
    if (quote === undefined ? /\s/.test(character) : character === quote) return at;
    const escapes = quote !== undefined && character === "\\" && (value[at + 1] === quote || value[at + 1] === "\\");
    at += escapes ? 2 : 1;
  }
  return Math.min(at, value.length);
}

/** Drops the backslash before a backslash or the surrounding quote; all others belong to the argument. */
function unescapeArgument(raw: Text, quote: string | undefined): Text {
  if (!raw.value.includes("\\")) return raw;
  let value = "";
  const offsets: number[] = [];
  for (let i = 0; i < raw.value.length; i++) {
    const next = raw.value[i + 1];
    if (raw.value[i] === "\\" && next !== undefined && (next === "\\" || next === quote)) i++;
    value += raw.value[i] ?? "";
    offsets.push(raw.offsets[i] ?? 0);
  }
  offsets.push(raw.offsets.at(-1) ?? 0);
  return { file: raw.file, value, offsets };
}
