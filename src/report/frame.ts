import { placeOnDisk, positionAt, startsOfLines, type SourceFile, type Span } from "../source.ts";
import { clean, shownLine, type Paint, type Shown } from "./display.ts";

/** A place to show, and what to say about it. */
export interface Mark {
  readonly at: Span;
  readonly label: string;
  /** The one that is meant; the others explain it. */
  readonly primary: boolean;
}

interface Settings {
  readonly width: number;
  readonly paint: Paint;
}

/** The lines of all marks with the marked text underlined, file by file; the file of the first mark comes first. */
export function frame(wanted: readonly Mark[], settings: Settings): readonly string[] {
  const marks = wanted.map((mark) => ({ ...mark, at: placeOnDisk(mark.at) }));
  const files = [...new Set(marks.map((mark) => mark.at.file.path))];
  const gutter = Math.max(...marks.map((mark) => String(lineOf(mark)).length), 2);
  return files.flatMap((path, index) => {
    const here = marks.filter((mark) => mark.at.file.path === path).sort((a, b) => a.at.start - b.at.start);
    const first = index === 0 ? [] : [`${" ".repeat(gutter)}${settings.paint("cyan", ":::")} ${placeOf(here[0])}`];
    return [...first, ...fileFrame(here, gutter, settings)];
  });
}

/** `path:line:column` of a span's beginning. */
export function placeText(at: Span): string {
  const { file, start } = placeOnDisk(at);
  const { line, column } = positionAt(file, start);
  return `${clean(file.path)}:${line}:${column}`;
}

function placeOf(mark: Mark | undefined): string {
  return mark === undefined ? "" : placeText(mark.at);
}

function lineOf({ at }: Mark): number {
  return positionAt(at.file, at.start).line;
}

function fileFrame(marks: readonly Mark[], gutter: number, settings: Settings): readonly string[] {
  const bar = settings.paint("cyan", "|");
  const rows: string[] = [`${" ".repeat(gutter)} ${bar}`];
  let before = 0;
  for (const [index, mark] of marks.entries()) {
    const line = lineOf(mark);
    if (line !== before) {
      const together = marks.slice(index).filter((one) => lineOf(one) === line);
      if (before !== 0 && line > before + 1) rows.push(settings.paint("cyan", "..."));
      const [source, ...underlines] = markedLine(together, settings.width - gutter - 3, settings.paint);
      rows.push(`${settings.paint("cyan", String(line).padStart(gutter))} ${bar} ${source ?? ""}`.trimEnd());
      rows.push(...underlines.map((underline) => `${" ".repeat(gutter)} ${bar} ${underline}`));
    }
    before = line;
  }
  return rows;
}

/** One line and, under it, a row for each mark. A line that is too long is cut around its first mark. */
function markedLine(marks: readonly Mark[], room: number, paint: Paint): readonly string[] {
  const [first] = marks;
  if (first === undefined) return [];
  const { start, text } = lineAt(first.at.file, lineOf(first));
  const shown = shownLine(text);
  const { from, to } = windowOf(shown, first.at.start - start, Math.max(room, 20));
  const visible = shown.slice(from, to);
  const head = from > 0 ? "..." : "";
  const source = `${head}${visible.map((one) => one.text).join("")}${to < shown.length ? "..." : ""}`;
  return [source, ...marks.map((mark) => " ".repeat(head.length) + underline(mark, visible, start, paint))];
}

function lineAt(file: SourceFile, line: number): { readonly start: number; readonly text: string } {
  const starts = startsOfLines(file);
  const start = starts[line - 1] ?? 0;
  return { start, text: file.text.slice(start, starts[line]).replace(/[\r\n]+$/, "") };
}

/** Which characters fit, beginning a little before the marked one. */
function windowOf(shown: readonly Shown[], offset: number, room: number): { readonly from: number; readonly to: number } {
  const columns = (list: readonly Shown[]): number => list.reduce((sum, one) => sum + one.columns, 0);
  if (columns(shown) <= room) return { from: 0, to: shown.length };
  const marked = shown.findIndex((one) => one.offset >= offset);
  const fitsFromStart = columns(shown.slice(0, Math.max(marked, 0))) < room / 2;
  const from = fitsFromStart ? 0 : Math.max(0, marked - Math.floor(room / 3));
  let to = from;
  for (let left = room - 6; to < shown.length; to += 1) {
    left -= shown[to]?.columns ?? 0;
    if (left < 0) break;
  }
  return { from, to };
}

function underline({ at, label, primary }: Mark, visible: readonly Shown[], lineStart: number, paint: Paint): string {
  let before = 0;
  let under = 0;
  for (const { offset, columns } of visible) {
    if (lineStart + offset < at.start) before += columns;
    else if (lineStart + offset < at.end) under += columns;
  }
  const line = (primary ? "^" : "-").repeat(Math.max(under, 1));
  const style = primary ? "red" : "cyan";
  return `${" ".repeat(before)}${paint(style, `${line}${label === "" ? "" : ` ${label}`}`)}`;
}
