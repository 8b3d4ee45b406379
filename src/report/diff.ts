import type { Edit, Fix } from "../model/program.ts";
import { positionAt, startsOfLines, type SourceFile } from "../source.ts";

/** What a fix changes, as `-` and `+` lines. Each file but the first is named. */
export function diff({ edits }: Fix): readonly string[] {
  const files = [...new Map(edits.map((edit) => [edit.at.file.path, edit.at.file])).values()];
  return files.flatMap((file, index) => {
    const here = edits.filter((edit) => edit.at.file.path === file.path).sort((a, b) => a.at.start - b.at.start);
    return [...(index === 0 ? [] : [`  ${file.path}`]), ...hunks(file, here)];
  });
}

/** Edits that touch the same or the next line are shown together. */
function hunks(file: SourceFile, edits: readonly Edit[]): readonly string[] {
  const groups: Edit[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && lineOf(file, edit.at.start) <= lineOf(file, before.at.end)) last.push(edit);
    else groups.push([edit]);
  }
  return groups.flatMap((group) => hunk(file, group));
}

function lineOf(file: SourceFile, offset: number): number {
  return positionAt(file, offset).line;
}

function hunk(file: SourceFile, edits: readonly Edit[]): readonly string[] {
  const starts = startsOfLines(file);
  const from = starts[lineOf(file, edits[0]?.at.start ?? 0) - 1] ?? 0;
  const to = starts[lineOf(file, edits.at(-1)?.at.end ?? 0)] ?? file.text.length;
  let changed = "";
  let at = from;
  for (const edit of edits) {
    changed += file.text.slice(at, edit.at.start) + edit.text;
    at = edit.at.end;
  }
  changed += file.text.slice(at, to);
  const [before, after] = [linesOf(file.text.slice(from, to)), linesOf(changed)];
  const same = common(before, after);
  return [
    ...before.slice(same.head, before.length - same.tail).map((line) => `- ${line.trim()}`),
    ...after.slice(same.head, after.length - same.tail).map((line) => `+ ${line.trim()}`),
  ];
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** How many lines are the same at the beginning and at the end. */
function common(a: readonly string[], b: readonly string[]): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return { head, tail };
}
