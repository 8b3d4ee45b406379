import type { Origin, SourceFile, Span, Spelling } from "../source.ts";

/** A part of a text that is put together: what it says, and the place it comes from. */
export interface Part {
  readonly text: string;
  readonly at: Span;
  /** How the text is written at its place; null when it only says what the place means. */
  readonly spelling: Spelling | null;
}

const verbatim: Spelling = { style: "verbatim", indentation: "", characters: null };

/** What stands at a place, as it stands there. */
export function quote(at: Span): Part {
  return { text: at.file.text.slice(at.start, at.end), at, spelling: verbatim };
}

/** A text that says what a place means, such as the directive that an annotation stands for. */
export function express(text: string, at: Span): Part {
  return { text, at, spelling: null };
}

/** A part of a part: the characters between two offsets. */
export function slice({ text, at, spelling }: Part, from: number, to: number): Part {
  if (spelling === null) return { text: text.slice(from, to), at, spelling };
  const { characters } = spelling;
  if (characters === null) return { text: text.slice(from, to), at: { ...at, start: at.start + from, end: at.start + to }, spelling };
  const { starts, ends } = characters;
  return { text: text.slice(from, to), at, spelling: { ...spelling, characters: { starts: starts.slice(from, to), ends: ends.slice(from, to) } } };
}

/** A file put together from parts of others: whatever is found in it is reported at the place where it was written. */
export function compose(path: string, parts: readonly Part[]): SourceFile {
  const origins: Origin[] = [];
  let text = "";
  for (const part of parts) {
    if (part.text === "") continue;
    origins.push({ from: text.length, at: part.at, spelling: part.spelling });
    text += part.text;
  }
  return { path, text, origins };
}

/** A file that holds only the given ranges of another, in order, each on lines of its own. */
export function embed(path: string, outer: SourceFile, ranges: readonly { readonly start: number; readonly end: number }[]): SourceFile {
  const parts = ranges.flatMap(({ start, end }) => [quote({ file: outer, start, end }), express("\n", { file: outer, start: end, end })]);
  return compose(path, parts);
}
