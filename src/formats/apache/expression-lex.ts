/** A token of an expression. Strings keep their quotes out, regular expressions their delimiters. */
export interface Token {
  readonly kind: "string" | "word" | "variable" | "regex" | "operator" | "punctuation" | "backreference";
  readonly text: string;
  /** Flags of a regular expression. */
  readonly flags: string;
}

const operators = ["&&", "||", "==", "!=", "=~", "!~", "<=", ">=", "<", ">", "=", "!"] as const;

/** Splits an expression (manual: "Expressions in Apache HTTP Server") into tokens; null when it holds what cannot be a token. */
export function tokens(text: string): readonly Token[] | null {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blanks = /^\s+/.exec(rest)?.[0].length ?? 0;
    if (blanks > 0) {
      at += blanks;
      continue;
    }
    const next = tokenAt(text, at, found.at(-1));
    if (next === null) return null;
    found.push(next.token);
    at = next.end;
  }
  return found;
}

interface Found {
  readonly token: Token;
  readonly end: number;
}

function tokenAt(text: string, at: number, before: Token | undefined): Found | null {
  const char = text[at] ?? "";
  if (char === '"' || char === "'") return quotedAt(text, at, char);
  const afterMatch = before?.kind === "operator" && (before.text === "=~" || before.text === "!~");
  if (afterMatch) return regexAt(text, at);
  if (text.startsWith("%{", at)) {
    const end = closingBrace(text, at + 2);
    return end < 0 ? null : { token: token("variable", text.slice(at + 2, end)), end: end + 1 };
  }
  const operator = operators.find((one) => text.startsWith(one, at));
  if (operator !== undefined) return { token: token("operator", operator), end: at + operator.length };
  if ("(){},.:".includes(char)) return { token: token("punctuation", char), end: at + 1 };
  const group = /^\$\d/.exec(text.slice(at, at + 2))?.[0];
  if (group !== undefined) return { token: token("backreference", group.slice(1)), end: at + 2 };
  const word = /^-?[\w:]+/.exec(text.slice(at))?.[0];
  return word === undefined ? null : { token: token("word", word), end: at + word.length };
}

function token(kind: Token["kind"], text: string, flags = ""): Token {
  return { kind, text, flags };
}

function quotedAt(text: string, at: number, quote: string): Found | null {
  let value = "";
  for (let index = at + 1; index < text.length; index += 1) {
    const char = text[index] ?? "";
    if (char === quote) return { token: token("string", value), end: index + 1 };
    if (char === "\\" && index + 1 < text.length) {
      index += 1;
      const escaped = text[index] ?? "";
      value += { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }[escaped] ?? escaped;
    } else {
      value += char;
    }
  }
  return null;
}

function regexAt(text: string, at: number): Found | null {
  const start = text[at] === "m" ? at + 1 : at;
  const delimiter = text[start] ?? "";
  if (delimiter === "" || (start === at ? delimiter !== "/" : !"/#$%^|?!'\",;:._-".includes(delimiter))) return null;
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === delimiter) {
      const flags = /^[ismg]*/.exec(text.slice(index + 1))?.[0] ?? "";
      const pattern = text.slice(start + 1, index).replaceAll(`\\${delimiter}`, delimiter === "/" ? "/" : `\\${delimiter}`);
      return { token: token("regex", pattern, flags), end: index + 1 + flags.length };
    }
  }
  return null;
}

/** The brace that closes one opened before `from`. */
export function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === "{") depth += 1;
    if (text[index] === "}") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
