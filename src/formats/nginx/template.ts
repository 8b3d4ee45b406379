/**
 * What a tag of a template language does to the text around it: `open`, `middle` and `close` delimit a
 * branch (if, else, end), `value` stands for text nobody knows, `other` leaves nothing behind.
 */
export type TagRole = "open" | "middle" | "close" | "value" | "other";

/** One template tag; offsets are into the text it was found in. */
export interface Tag {
  readonly start: number;
  readonly end: number;
  readonly role: TagRole;
}

/** Finds tags in one text. It remembers where closers stand, so that looking at every offset stays linear. */
export type TagFinder = (offset: number) => Tag | null;

const LONGEST_EXPRESSION = 500;
const PLACEHOLDER = /@[A-Za-z_]\w*@|__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__|%%[A-Za-z_][\w.-]*%%|<[A-Z][A-Z0-9_-]{2,}>|\{\$?[A-Za-z_]\w*\}/y;
const SWITCH = /%\{[A-Za-z_]\w*\}/y;
const ENVIRONMENT_LINE = /(?:\.{3}|…|\$\{[A-Z][A-Z0-9_]*\}|\$[A-Z][A-Z0-9_]*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=[ \t]*(?:#|\r|\n|$))/y;
const ENVIRONMENT_NAME = /\$(?:\{([A-Z][A-Z0-9_]*)\}|([A-Z][A-Z0-9_]*)(?![a-z]))/g;

/** A finder for Jinja, ERB, EPP, mustache, Go, `@VAR@`, `__VAR__`, `%%VAR%%`, `%{var}`, `<PLACEHOLDER>`, `{$var}` and `{var}` tags. */
export function tagsIn(text: string): TagFinder {
  const closer = rememberedSearch(text);
  return (offset) => {
    switch (text.charCodeAt(offset)) {
      case 0x7b: // {
        return bracedTag(text, offset, closer);
      case 0x3c: // <
        if (text[offset + 1] === "%") return delimited(text, offset, closer("%>", offset + 2), rubyRole);
        return placeholder(text, offset);
      case 0x25: // %
        return switchTag(text, offset) ?? placeholder(text, offset);
      case 0x40: // @
      case 0x5f: // _
        return placeholder(text, offset);
      default:
        return null;
    }
  };
}

/** A line that consists of one upper-case variable or name, which envsubst or sed replaces by whole directives, or of an ellipsis. */
export function environmentLine(text: string, offset: number): Tag | null {
  ENVIRONMENT_LINE.lastIndex = offset;
  const found = ENVIRONMENT_LINE.exec(text);
  return found === null ? null : { start: offset, end: offset + found[0].length, role: "value" };
}

/** Whether a word is nothing but an upper-case name with a `_`, which a script replaces where a path belongs. */
export function isPlaceholder(word: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(word);
}

/** The upper-case variable names of a word: envsubst replaces them unless the configuration sets them. */
export function environmentNames(word: string): readonly string[] {
  if (!word.includes("$")) return [];
  return Array.from(word.matchAll(ENVIRONMENT_NAME), (found) => found[1] ?? found[2] ?? "");
}

type Search = (closer: string, from: number) => number;

function rememberedSearch(text: string): Search {
  const known = new Map<string, number>();
  return (closer, from) => {
    const last = known.get(closer);
    if (last !== undefined && (last === -1 || last >= from)) return last;
    const found = text.indexOf(closer, from);
    known.set(closer, found);
    return found;
  };
}

function bracedTag(text: string, offset: number, closer: Search): Tag | null {
  switch (text[offset + 1]) {
    case "%":
      return delimited(text, offset, closer("%}", offset + 2), jinjaRole);
    case "#":
      return jinjaComment(text, offset, closer("#}", offset + 2));
    case "{":
      return closer("}}", offset + 2) === -1 ? null : expression(text, offset);
    default:
      return placeholder(text, offset);
  }
}

function delimited(text: string, start: number, close: number, roleOf: (code: string) => TagRole): Tag | null {
  if (close === -1) return null;
  return { start, end: close + 2, role: roleOf(text.slice(start + 2, close)) };
}

// `server {# note` is nginx too, so a comment must close on its line or begin one.
function jinjaComment(text: string, start: number, close: number): Tag | null {
  if (close === -1) return null;
  const lineEnd = text.indexOf("\n", start);
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const alone = text.slice(Math.max(lineStart, start - LONGEST_EXPRESSION), start).trim() === "";
  if (lineEnd !== -1 && close > lineEnd && !alone) return null;
  return { start, end: close + 2, role: "other" };
}

// A doubled brace may also be a formatter's escape around a whole block: then it is no expression.
function expression(text: string, start: number): Tag | null {
  const triple = text[start + 2] === "{";
  const from = start + (triple ? 3 : 2);
  const comment = /^[-~]?\s*(?:\/\*|!)/.test(text.slice(from, from + 20));
  const assignment = /^[-~]?\s*\$\w{1,40}\s*:?=/.test(text.slice(from, from + 60));
  const limit = Math.min(text.length, start + LONGEST_EXPRESSION * (comment ? 40 : assignment ? 8 : 1));
  let ended = false;
  for (let at = from; at < limit; at += 1) {
    const character = text[at];
    if (character === "}" && text[at + 1] === "}") {
      const end = at + (triple && text[at + 2] === "}" ? 3 : 2);
      const code = text.slice(from, at);
      return code.trim() === "" ? null : { start, end, role: triple ? "value" : expressionRole(code) };
    }
    if (character === "\n") ended = true;
    if (ended && character === ";" && !comment) return null;
    if (!comment && (character === '"' || character === "'" || character === "`")) {
      at = endOfString(text, at, limit);
    }
  }
  return null;
}

// An apostrophe in prose has no partner on its line: it is then an ordinary character.
function endOfString(text: string, start: number, limit: number): number {
  const quote = text[start];
  for (let at = start + 1; at < limit && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return start;
}

/** `%{name}` at the beginning of a line stands for nothing, or for what makes a comment of the line. */
function switchTag(text: string, offset: number): Tag | null {
  SWITCH.lastIndex = offset;
  const found = SWITCH.exec(text);
  if (found === null) return null;
  const isFirst = text.slice(Math.max(text.lastIndexOf("\n", offset - 1) + 1, offset - LONGEST_EXPRESSION), offset).trim() === "";
  return { start: offset, end: offset + found[0].length, role: isFirst ? "other" : "value" };
}

function placeholder(text: string, offset: number): Tag | null {
  // `(?<NAME>...)` and `\k<NAME>` belong to regular expressions.
  if (text[offset] === "<" && offset > 0 && /[?Pkg]/.test(text[offset - 1] ?? "")) return null;
  // `${NAME}` is a variable.
  if (text[offset] === "{" && offset > 0 && text[offset - 1] === "$") return null;
  PLACEHOLDER.lastIndex = offset;
  const found = PLACEHOLDER.exec(text);
  return found === null ? null : { start: offset, end: offset + found[0].length, role: "value" };
}

function expressionRole(code: string): TagRole {
  const inner = code.replace(/^[-~]?\s*/, "").replace(/\s*[-~]?$/, "");
  if (/^(?:!|\/\*)/.test(inner)) return "other";
  if (/^(?:else\b(?!\s*[|.(])|\^$)/.test(inner)) return "middle";
  if (/^[#^]/.test(inner) || /^(?:if|range|with|block|define)\s/.test(inner)) return "open";
  if (/^\//.test(inner) || /^end$/.test(inner)) return "close";
  if (/^\$\w+\s*:?=/.test(inner) || /^\$\w+\s*,\s*\$\w+\s*:=/.test(inner) || /^(?:break|continue)$/.test(inner)) return "other";
  return "value";
}

function jinjaRole(code: string): TagRole {
  const word = /^[-+]?\s*(\w+)/.exec(code)?.[1] ?? "";
  if (/^(?:if|for|unless|case|macro|call|ifequal|ifchanged|while)$/.test(word)) return "open";
  if (/^(?:else|elif|elsif|elseif|when)$/.test(word)) return "middle";
  if (/^end(?:if|for|unless|case|macro|call|ifequal|ifchanged|while)?$/.test(word)) return "close";
  return "other";
}

function rubyRole(code: string): TagRole {
  if (/^[=%]/.test(code)) return "value";
  if (code.startsWith("#")) return "other";
  let depth = 0;
  let middle = false;
  for (const line of code.replace(/^-/, "").replace(/-$/, "").split(/[\n;]/)) {
    const statement = line.trim();
    if (/^(?:else|elsif|when|rescue|ensure)\b|^\}\s*(?:else|elsif)/.test(statement)) middle = true;
    else depth += rubyDepth(statement);
  }
  if (depth !== 0) return depth > 0 ? "open" : "close";
  return middle ? "middle" : "other";
}

function rubyDepth(statement: string): number {
  const opens = /^(?:if|unless|case|for|while|until|begin)\b|\bdo\s*(?:\|[^|]*\|)?$|\{\s*(?:\|[^|]*\|)?$/.test(statement);
  const closes = /^end\b|^\}|\bend$/.test(statement);
  return (opens ? 1 : 0) - (closes ? 1 : 0);
}
