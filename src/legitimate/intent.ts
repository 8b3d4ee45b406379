import { saysRefusal } from "../refusing-words.ts";
import { startsOfLines, positionAt, type Span } from "../source.ts";

const linesAbove = 3;

/**
 * The comment in which the author says that a refusal is meant: on the directive's own line, or on the comment lines
 * directly above it. Null when there is none.
 */
export function meantByComment(at: Span): string | null {
  const { file, start } = at;
  const starts = startsOfLines(file);
  const { line } = positionAt(file, start);
  const lineText = (number: number): string => file.text.slice(starts[number - 1] ?? 0, starts[number] ?? file.text.length).trim();
  const own = /\s#(.*)$|<!--(.*?)-->$/.exec(lineText(line))?.slice(1).find((words) => words !== undefined);
  const comments = own === undefined ? [] : [own];
  for (let above = line - 1; above >= Math.max(1, line - linesAbove); above -= 1) {
    const text = lineText(above);
    if (!/^(?:#|<!--)/.test(text)) break;
    comments.push(text.replace(/^(?:#+|<!--)\s*|\s*-->$/g, ""));
  }
  return comments.find(saysRefusal) ?? null;
}
