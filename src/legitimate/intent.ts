import { saysFormer, saysRefusal } from "../refusing-words.ts";
import { startsOfLines, positionAt, type Span } from "../source.ts";

const linesAbove = 3;

/** The comment in which the author says that a refusal is meant. Null when there is none. */
export function meantByComment(at: Span): string | null {
  return commentsAt(at).find(saysRefusal) ?? null;
}

/** Whether the author says in a comment that the addresses a directive is for are those of former times. */
export function formerByComment(at: Span): boolean {
  return commentsAt(at).some((words) => !isDirective.test(words) && saysFormer(words));
}

/** A directive that was taken out, and whose arguments say nothing of the ones that are left. */
const isDirective = /^(?:Rewrite|Redirect|Header|location\b|rewrite\b|return\b|if\b)/;

/** The comments on a directive's own line, and on the comment lines directly above it. */
function commentsAt(at: Span): readonly string[] {
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
  return comments;
}
