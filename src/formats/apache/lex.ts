import type { SourceFile, Span } from "../../source.ts";

/** A run of the source that stands unbroken in a logical line: `from` is its offset there, `at` its offset in the file. */
interface Piece {
  readonly from: number;
  readonly at: number;
}

/** Text put together from one or more physical lines, which still knows where in the file each character stands. */
export interface LogicalText {
  readonly file: SourceFile;
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Set when the text was changed after it was read (a macro, a defined variable): all of it is said to stand here. */
  readonly standsAt?: Span;
}

/** One argument. `value` is what the server sees after quotes and backslashes; `raw` is what is written. */
export interface Arg {
  readonly value: string;
  readonly raw: string;
  readonly quoted: boolean;
  readonly span: Span;
  /** A placeholder stands in it, so the value is not known before the template is filled in. */
  readonly template: boolean;
}

// The characters C's isspace() knows: a lone CR separates arguments and ends no line.
const blank = /[ \t\n\v\f\r]/;

/**
 * The logical lines of a file, comments and empty lines included, blanks trimmed at both ends (manual: "Configuration
 * Files"). A line ends at LF or CRLF; a backslash as the very last character before it joins the next line.
 */
export function* logicalLines(file: SourceFile): Generator<LogicalText> {
  const source = file.text;
  let parts: string[] = [];
  let pieces: Piece[] = [];
  let from = 0;
  let at = 0;
  while (at < source.length) {
    const newline = source.indexOf("\n", at);
    const next = newline < 0 ? source.length : newline + 1;
    const content = newline < 0 ? next : source[newline - 1] === "\r" && newline > at ? newline - 1 : newline;
    const continued = newline >= 0 && content > at && source[content - 1] === "\\";
    const text = source.slice(at, continued ? content - 1 : content);
    pieces.push({ from, at });
    parts.push(text);
    from += text.length;
    if (!continued || next === source.length) {
      yield trim({ file, text: parts.join(""), pieces });
      parts = [];
      pieces = [];
      from = 0;
    }
    at = next;
  }
}

/** A part of a logical text, which keeps its places. */
export function slice(line: LogicalText, start: number, end: number = line.text.length): LogicalText {
  const first = pieceIndex(line, start);
  const pieces = line.pieces
    .slice(first)
    .filter((piece, index) => index === 0 || piece.from < end)
    .map((piece) =>
      piece.from >= start
        ? { from: piece.from - start, at: piece.at }
        : { from: 0, at: piece.at + (start - piece.from) },
    );
  return { ...line, text: line.text.slice(start, end), pieces };
}

/** Where in the file a part of a logical text stands; a part that goes over a continuation covers the line break too. */
export function spanOf(line: LogicalText, start = 0, end: number = line.text.length): Span {
  if (line.standsAt !== undefined) return line.standsAt;
  const from = offsetInFile(line, start);
  return { file: line.file, start: from, end: end <= start ? from : offsetInFile(line, end - 1) + 1 };
}

/** Without blanks at both ends. */
export function trim(line: LogicalText): LogicalText {
  const start = skipBlanks(line.text, 0);
  let end = line.text.length;
  while (end > start && blank.test(line.text[end - 1] ?? "")) end -= 1;
  return slice(line, start, end);
}

/**
 * Splits into arguments as the server's `ap_getword_conf` does: at blanks; a word that begins with a quote runs to the
 * same quote or to the end; `\\` and the escaped quote are the only escapes. Template tags count as one word.
 */
export function splitArguments(line: LogicalText): readonly Arg[] {
  const args: Arg[] = [];
  const { text } = line;
  const endOfWord = wordEnds(text);
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const quote = text[at] === '"' || text[at] === "'" ? (text[at] ?? "") : "";
    const start = at + quote.length;
    const stop = quote === "" ? endOfWord(start) : endOfQuoted(text, start, quote);
    const end = Math.min(stop + quote.length, text.length);
    const inner = text.slice(start, stop);
    args.push({
      value: unescape(inner, quote),
      raw: text.slice(at, end),
      quoted: quote !== "",
      span: spanOf(line, at, end),
      template: hasPlaceholder(inner),
    });
    at = skipBlanks(text, end);
  }
  return args;
}

/** Where the first word of a text ends, quoted or not. */
export function endOfFirstWord(text: string): number {
  const quote = text[0];
  if (quote === '"' || quote === "'") return Math.min(endOfQuoted(text, 1, quote) + 1, text.length);
  const end = text.search(blank);
  return end < 0 ? text.length : end;
}

/** Whether a template engine or the environment still has to fill something in: `%name%`, `{NAME}`, `@NAME@`, `{{ x }}`, `<%= x %>`, `${NAME}`. */
export function hasPlaceholder(text: string): boolean {
  if (!/[{@%<]/.test(text)) return false;
  return (
    tagPairs.some(([open, close]) => {
      const start = text.indexOf(open);
      return start >= 0 && text.indexOf(close, start + open.length) >= 0;
    }) || /@[A-Za-z][\w.-]+@|%[A-Za-z]\w{2,}%|(?<![%$\\{])\{[A-Z][A-Z0-9_]*\}|\$\{[^{}:\s$]+\}/.test(text)
  );
}

/** How the tags of template engines begin and end. */
export const tagPairs = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["{#", "#}"],
  ["<%", "%>"],
  ["<?", "?>"],
] as const;

/** Where the template tags of a text stand, in order and without overlap. */
export function templateTags(text: string): readonly { readonly start: number; readonly end: number }[] {
  const tags: { start: number; end: number }[] = [];
  for (const [open, close] of tagPairs) {
    const last = text.lastIndexOf(close);
    for (let start = text.indexOf(open); start >= 0 && start < last; start = text.indexOf(open, start)) {
      const end = text.indexOf(close, start + open.length);
      if (end < 0) break;
      tags.push({ start, end: end + close.length });
      start = end + close.length;
    }
  }
  tags.sort((a, b) => a.start - b.start);
  return tags.filter((tag, index) => tags.slice(Math.max(0, index - 1), index).every((before) => before.end <= tag.start));
}

/** What finds the end of the template tag that begins at an offset; null where none does. The offsets asked for must grow. */
export function tagEnds(text: string): (start: number) => number | null {
  const tags = templateTags(text);
  let tag = 0;
  return (start) => {
    while ((tags[tag]?.start ?? Infinity) < start) tag += 1;
    const next = tags[tag];
    return next?.start === start ? next.end : null;
  };
}

/** Finds where the word at an offset ends; the offsets asked for must grow. */
function wordEnds(text: string): (start: number) => number {
  const endOfTag = tagEnds(text);
  return (start) => {
    let at = start;
    while (at < text.length && !blank.test(text[at] ?? "")) at = endOfTag(at) ?? at + 1;
    return at;
  };
}

function endOfQuoted(text: string, start: number, quote: string): number {
  let at = start;
  while (at < text.length && text[at] !== quote) {
    const escape = text[at] === "\\" && (text[at + 1] === quote || text[at + 1] === "\\");
    at += escape ? 2 : 1;
  }
  return Math.min(at, text.length);
}

function unescape(inner: string, quote: string): string {
  if (!inner.includes("\\")) return inner;
  if (quote === "") return inner.replaceAll("\\\\", "\\");
  return inner.replace(/\\(["'\\])/g, (pair, escaped: string) =>
    escaped === quote || escaped === "\\" ? escaped : pair,
  );
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && blank.test(text[at] ?? "")) at += 1;
  return at;
}

function pieceIndex(line: LogicalText, offset: number): number {
  let low = 0;
  let high = line.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((line.pieces[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

function offsetInFile(line: LogicalText, offset: number): number {
  const piece = line.pieces[pieceIndex(line, offset)];
  return piece === undefined ? 0 : Math.min(piece.at + (offset - piece.from), line.file.text.length);
}
