/** A text that was read, and where from. `path` is what the user would type: relative, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Half-open UTF-16 offsets into one file. Line and column exist only where something is printed. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
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
