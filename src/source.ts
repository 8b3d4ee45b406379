/** A text that was read, and where from. `path` is what the user would type: relative, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** For a text that is put together from parts of others: where each stretch of it comes from, in order. */
  readonly origins?: readonly Origin[];
}

/** Where a stretch of a text comes from; it ends where the next one begins. */
export interface Origin {
  /** The offset at which it begins. */
  readonly from: number;
  /** The place in another file that it stands for. */
  readonly at: Span;
  /** How its characters are written there; null when the text only says what the place means. */
  readonly spelling: Spelling | null;
}

/** How a text is written at its place. */
export interface Spelling {
  /** `verbatim` as it is; `block` with `indentation` in front of each line; `word` as one of nginx; the others as YAML writes a scalar. */
  readonly style: "verbatim" | "word" | "block" | "folded" | "double" | "single" | "plain";
  readonly indentation: string;
  /** Where each character begins, and where it ends; null when they follow each other from the beginning of the place. */
  readonly characters: { readonly starts: readonly number[]; readonly ends: readonly number[] } | null;
}

/** Half-open UTF-16 offsets into one file. Line and column exist only where something is printed. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Where a span begins, as the key of a map. */
export function startKey({ file, start }: Span): string {
  return `${start} ${file.path}`;
}

/** Something wrong with the input itself: it could not be read, or not wholly understood. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly at: Span;
}

/** Bad input never throws: there is always a tree, plus what is wrong with it. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly problems: readonly Problem[];
}

/** 1-based; columns count UTF-16 units, as editors and SARIF do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

/** Offsets at which the lines of a file start. LF, CRLF and a lone CR each end one line. */
export function startsOfLines(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file);
  if (known !== undefined) return known;
  const starts = [0];
  for (const end of file.text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  lineStarts.set(file, starts);
  return starts;
}

/** Line and column of an offset; an offset past the end is the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = startsOfLines(file);
  const wanted = Math.min(Math.max(offset, 0), file.text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
}

/** The text a span covers. */
export function textOf(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}

/** The place of a span in the file that was read: what was put together is traced back to where it is written. */
export function placeOnDisk(span: Span): Span {
  const outer = placeOutside(span);
  return outer === null ? span : placeOnDisk(outer);
}

/** Where a span of a text that was put together stands in the file around it; null when its file is no such text. */
export function placeOutside({ file, start, end }: Span): Span | null {
  const [first, last] = [originAt(file, start), originAt(file, Math.max(start, end - 1))];
  if (first === null || last === null) return null;
  const from = boundsAt(first, start).start;
  const to = end <= start || last.at.file !== first.at.file ? from : boundsAt(last, end - 1).end;
  return { file: first.at.file, start: from, end: Math.max(from, to) };
}

/** The stretch that an offset lies in; null when the file was not put together. */
export function originAt({ origins = [] }: SourceFile, offset: number): Origin | null {
  return origins.findLast((origin, index) => index === 0 || origin.from <= offset) ?? null;
}

function boundsAt({ from, at, spelling }: Origin, offset: number): { readonly start: number; readonly end: number } {
  if (spelling === null) return at;
  const index = offset - from;
  const start = spelling.characters === null ? at.start + index : spelling.characters.starts[index];
  if (start === undefined || start >= at.end) return { start: at.end, end: at.end };
  return { start, end: spelling.characters?.ends[index] ?? start + 1 };
}
