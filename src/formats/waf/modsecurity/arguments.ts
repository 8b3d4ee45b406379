import type { Problem } from "../../../source.ts";
import { slice, spanOf, type Text } from "./lex.ts";
import type { Action, Operator, Variable } from "./tree.ts";

const VARIABLE = /\s*([!&]?)\s*([\w.]+)/y;
const SELECTOR = /:(?:'((?:[^'\\]|\\.)*)'?|(\/(?:[^/\\]|\\.)*\/)(?=[|,\s]|$)|([^|,]*))/y;

/** Parses the first argument of a SecRule: variables joined by `|` (or, in ModSecurity 2, by a comma). */
export function parseVariables(text: Text, problems: Problem[]): Variable[] {
  const variables: Variable[] = [];
  const { value } = text;
  for (let at = 0; at < value.length; ) {
    VARIABLE.lastIndex = at;
    const found = VARIABLE.exec(value);
    if (found === null) {
      problems.push({ code: "bad-variable", message: "this is not a variable", at: spanOf(slice(text, at, value.length)) });
      return variables;
    }
    const start = at + (found[0].length - found[0].trimStart().length);
    at = VARIABLE.lastIndex;
    SELECTOR.lastIndex = at;
    const selector = SELECTOR.exec(value);
    if (selector !== null) at = SELECTOR.lastIndex;
    variables.push({
      name: (found[2] ?? "").toUpperCase(),
      mode: found[1] === "!" ? "remove" : found[1] === "&" ? "count" : "add",
      selector: selector === null ? null : selectorOf(selector),
      span: spanOf(slice(text, start, at)),
    });
    const separator = /\s*(?:[|,]\s*|$)/y;
    separator.lastIndex = at;
    if (separator.test(value)) at = separator.lastIndex;
  }
  return variables;
}

function selectorOf(found: RegExpExecArray): Variable["selector"] {
  const [, quoted, pattern, bare] = found;
  const text = pattern ?? (quoted === undefined ? (bare ?? "").trim() : quoted.replace(/\\'/g, "'"));
  const regex = text.length > 2 && text.startsWith("/") && text.endsWith("/");
  return { text: regex ? text.slice(1, -1) : text, regex };
}

/** Parses the second argument of a SecRule. */
export function parseOperator(text: Text): Operator {
  const { value } = text;
  const prefix = /^\s*(!?)\s*(?:@(\w*)\s*)?/.exec(value);
  const named = prefix?.[2];
  // A pattern may start with white space; only what stands before `!` or `@` is dropped.
  const start = named !== undefined ? (prefix?.[0].length ?? 0) : prefix?.[1] === "!" ? value.indexOf("!") + 1 : 0;
  return {
    name: named === undefined || named === "" ? "rx" : named.toLowerCase(),
    negated: prefix?.[1] === "!",
    argument: slice(text, start, value.length),
    span: spanOf(text),
  };
}

const ACTION = /\s*([\w.-]+)\s*(:?)\s*/y;

/** Parses an action list: `name` or `name:value`, comma separated; a value may be in single quotes. */
export function parseActions(text: Text, problems: Problem[]): Action[] {
  const actions: Action[] = [];
  const { value } = text;
  for (let at = 0; at < value.length; ) {
    ACTION.lastIndex = at;
    const found = ACTION.exec(value);
    if (found === null) {
      const rest = spanOf(slice(text, at, value.length));
      if (/[^\s,]/.test(value.slice(at))) problems.push({ code: "bad-action", message: "this is not an action", at: rest });
      return actions;
    }
    const start = at + (found[0].length - found[0].trimStart().length);
    const valueAt = ACTION.lastIndex;
    const end = found[2] === ":" ? valueEnd(value, valueAt) : valueAt;
    actions.push({
      name: (found[1] ?? "").toLowerCase(),
      value: found[2] === ":" ? unquote(slice(text, valueAt, end)) : null,
      span: spanOf(slice(text, start, found[2] === ":" ? end : start + found[0].trim().length)),
    });
    at = value.indexOf(",", end);
    if (at < 0) return actions;
    at++;
  }
  return actions;
}

function valueEnd(value: string, from: number): number {
  if (value[from] !== "'") {
    const comma = value.indexOf(",", from);
    return comma < 0 ? value.length : comma;
  }
  let at = from + 1;
  while (at < value.length && value[at] !== "'") at += value[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, value.length);
}

function unquote(text: Text): Text {
  const { value } = text;
  if (!value.startsWith("'")) return slice(text, 0, value.trimEnd().length);
  const inner = slice(text, 1, value.length > 1 && value.endsWith("'") ? value.length - 1 : value.length);
  return inner.value.includes("\\'") ? { ...inner, ...withoutEscapes(inner) } : inner;
}

function withoutEscapes(text: Text): Pick<Text, "value" | "offsets"> {
  const keep = [...text.value].map((character, index) => !(character === "\\" && text.value[index + 1] === "'"));
  return {
    value: [...text.value].filter((_, index) => keep[index]).join(""),
    offsets: text.offsets.filter((_, index) => index >= keep.length || keep[index]),
  };
}
