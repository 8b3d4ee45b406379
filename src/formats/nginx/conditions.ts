import type { Condition, Operator } from "../../model/condition.ts";
import { all, any, not, testText } from "../../model/condition.ts";
import type { Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import type { Site } from "./lowering.ts";
import { use, written } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { valueOf, variable } from "./values.ts";

/** Captures of a pattern are `$1` to `$9` to everything that follows. */
export const CAPTURES = "";

/** The opening of a named group, which becomes a variable. */
export const NAMED_GROUP = /\(\?(?:P?<(?![=!])|')(\w+)[>']/g;

/** The condition of an `if` (ngx_http_rewrite_if_condition) whose block may refuse. What cannot be read as one is unknown. */
export function ifCondition(site: Site, directive: Directive, refuses: boolean): Condition {
  use(site, directive);
  return all(written(directive), conditionOf(site, directive, refuses));
}

function conditionOf(site: Site, directive: Directive, refuses: boolean): Condition {
  const words = withoutParentheses(directive.args);
  const [subject, sign, operand, more] = words;
  if (subject === undefined || more !== undefined) return unknownIf(directive);
  const file = /^!?-[fdex]$/.test(subject.value);
  if (file && sign !== undefined && operand === undefined) return fileTest(site, subject.value, sign, refuses, directive.head);
  const value = subjectOf(site, subject);
  if (sign === undefined) return not(testText(value, { kind: "in", values: ["", "0"] }, directive.head));
  if (operand === undefined) return unknownIf(directive);
  return comparison(site, value, sign.value, operand, directive) ?? unknownIf(directive);
}

/** What an `if` asks about is one variable: whatever follows the `$` is its name (ngx_http_rewrite_variable). */
function subjectOf(site: Site, word: Word): Template {
  return !word.template && /^\$[^{$]+$/.test(word.value) ? variable(site, word.value.slice(1)) : valueOf(site, word);
}

/** `(` and `)` are parts of words to the lexer: `($a`, `b)`, or words of their own. */
function withoutParentheses(words: readonly Word[]): readonly Word[] {
  const open = words.map((word, index) => {
    if (index !== 0 || word.quoted || !word.value.startsWith("(")) return word;
    return unquoted({ ...word, value: word.value.slice(1) });
  });
  const closed = open.map((word, index) => {
    if (index !== open.length - 1 || word.quoted || !word.value.endsWith(")")) return word;
    return { ...word, value: word.value.slice(0, -1) };
  });
  return closed.filter((word) => word.value !== "" || word.quoted);
}

/** `("$a"` is one bare word to nginx, which then strips the quotes of the condition's first word. */
function unquoted(word: Word): Word {
  const found = /^(["'])([^]*)\1$/.exec(word.value);
  return found === null ? word : { ...word, value: found[2] ?? "" };
}

function comparison(site: Site, value: Template, sign: string, operand: Word, directive: Directive): Condition | null {
  const at = directive.head;
  switch (sign) {
    case "=":
      return testText(value, { kind: "equals", value: valueOf(site, operand) }, at);
    case "!=":
      return not(testText(value, { kind: "equals", value: valueOf(site, operand) }, at));
    case "~":
    case "~*":
    case "!~":
    case "!~*": {
      if (operand.template) return unknownIf(directive);
      const matches = testText(value, pattern(operand.value, sign.endsWith("*"), "emptied"), at);
      return sign.startsWith("!") ? not(matches) : matches;
    }
    default:
      return null;
  }
}

/**
 * An operator for one of nginx's unanchored patterns. Variables have no case, so neither have named groups. A `map` keeps
 * the captures of what matched; those of ngx_http_rewrite_module are also lost where nothing does.
 */
export function pattern(source: string, ignoreCase: boolean, captures: boolean | "matched" | "emptied" = true): Operator {
  const named = source.replace(NAMED_GROUP, (group) => group.toLowerCase().replace("(?p", "(?P"));
  return { kind: "matches", pattern: named, ignoreCase, ...(captures === false ? {} : { captures: CAPTURES }), ...(typeof captures === "string" ? { lasting: captures } : {}) };
}

// Where nobody knows the disk: a POST goes to no file, a maintenance page is not in place, and what would be refused if it were not there is there.
function fileTest(site: Site, flag: string, path: Word, refuses: boolean, at: Span): Condition {
  const otherwise = flag.startsWith("!") && refuses;
  const as = flag.endsWith("f") ? "file" : flag.endsWith("d") ? "directory" : "any";
  const there = testText(valueOf(site, path), { kind: "onDisk", as, otherwise }, at);
  const found = flag.endsWith("x") ? all(there, any(testText(valueOf(site, path), { kind: "onDisk", as: "directory", otherwise }, at), executable(path))) : there;
  return flag.startsWith("!") ? not(found) : found;
}

/** Folders can be entered; of files nobody knows, but what is served is hardly ever a program. */
function executable(path: Word): Condition {
  return { kind: "unknown", key: `executable ${path.value}`, why: `whether \`${path.value}\` may be executed`, usually: false, reads: [], at: path.at };
}

function unknownIf(directive: Directive): Condition {
  const { file, start } = directive.at;
  return { kind: "unknown", key: `if ${file.path}:${start}`, why: "a condition that cannot be read", reads: "anything", at: directive.head };
}
