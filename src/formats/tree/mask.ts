/** Stands, in a masked text, where a template expression stood. */
export const mark = "\uE000";

/** A text of the same length in which template expressions cannot disturb a YAML or JSON parser. */
export interface Masked {
  readonly text: string;
  /** Whether anything was replaced. */
  readonly templated: boolean;
  /** Expressions that stand for whole lines nobody knows (`{{ include "x" . }}`), blanked out. */
  readonly holes: readonly { readonly start: number; readonly end: number }[];
}

/** Go, Jinja, Helm and decK expressions, ERB, `${VAR}` and `@VAR@`; all but Go's comments stay on their line. */
const expression = /\{\{-?\s*\/\*|\$?\{\{|\{%|\{#|<%|\$\{|@[A-Z][A-Z0-9_]*@/g;

/** Statements that yield no text themselves; both their branches are kept. */
const statement = /^(?:\{%|<%(?!=)|\{#|\{\{-?\s*(?:\/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$[\w.]+\s*:?=))/;

/** Hides the template expressions of a text. Linear in its length; offsets stay what they were. */
export function maskTemplates(text: string): Masked {
  const pieces: string[] = [];
  const holes: { start: number; end: number }[] = [];
  let at = 0;
  expression.lastIndex = 0;
  for (let found = expression.exec(text); found !== null; found = expression.exec(text)) {
    const end = endOf(text, found.index, found[0]);
    if (end === null) continue;
    const { start, stop, replacement, hole } = replace(text, found.index, end);
    pieces.push(text.slice(at, start), replacement);
    if (hole) holes.push({ start, end: stop });
    at = stop;
    expression.lastIndex = stop;
  }
  if (at === 0) return { text, templated: false, holes };
  return { text: pieces.join("") + text.slice(at), templated: true, holes };
}

/** Longer expressions are taken for ordinary text, so that a stray opener costs little. */
const longest = 4096;

function endOf(text: string, start: number, opener: string): number | null {
  if (opener.startsWith("@")) return start + opener.length;
  const comment = opener.endsWith("/*");
  const closer = comment ? "*/" : opener.endsWith("{{") ? "}}" : opener === "{%" ? "%}" : opener === "{#" ? "#}" : opener === "<%" ? "%>" : "}";
  const near = text.slice(start + opener.length, start + longest);
  const found = near.indexOf(closer);
  if (found < 0 || (!comment && /[\r\n]/.test(near.slice(0, found)))) return null;
  const end = start + opener.length + found + closer.length;
  if (!comment) return text.startsWith("{{{", start) && text[end] === "}" ? end + 1 : end;
  const tail = /^\s*-?\}\}/.exec(text.slice(end, end + 40));
  return tail === null ? null : end + tail[0].length;
}

interface Replacement {
  readonly start: number;
  readonly stop: number;
  readonly replacement: string;
  readonly hole: boolean;
}

function replace(text: string, start: number, stop: number): Replacement {
  const written = text.slice(start, stop);
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const alone = text.slice(lineStart, start).trim() === "" && /^[^\S\r\n]*(?:\r|\n|$|\{\{|\{%)/.test(text.slice(stop, stop + 200));
  const isStatement = statement.test(written);
  if (isStatement || (alone && !isValueOfKey(text, lineStart, start))) {
    return { start, stop, replacement: written.replace(/[^\r\n]/g, " "), hole: !isStatement };
  }
  return { start, stop, replacement: mark.repeat(written.length), hole: false };
}

/** Whether the line before ends in `key:` and stands further left: then the expression is that key's value. */
function isValueOfKey(text: string, lineStart: number, start: number): boolean {
  const before = text.slice(Math.max(0, lineStart - 400), lineStart).trimEnd();
  if (!before.endsWith(":")) return false;
  const line = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
  return line.length - line.trimStart().length < start - lineStart;
}
