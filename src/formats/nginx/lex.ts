import type { Problem, SourceFile } from "../../source.ts";
import { endOfLuaBlock } from "./lua.ts";
import { environmentLine, tagsIn } from "./template.ts";
import type { Tag, TagFinder } from "./template.ts";

/** `control` is a template tag that stands where no word does; `lua` is the text between the braces of a Lua block. */
export type TokenKind = "bom" | "space" | "comment" | "word" | "semicolon" | "open" | "close" | "lua" | "control";

/** One token; the tokens of a file, joined, are the file. `tags` are the template tags inside a word or control. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly tags: readonly Tag[];
}

/** What lexing gives: every token, and what nginx would refuse about them. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}

// NGX_CONF_BUFFER of ngx_conf_file.c: a longer word does not fit the reader's buffer.
const LONGEST_WORD = 4096;
const LUA_BLOCK = /_by_lua_block$/;

interface Cursor {
  readonly file: SourceFile;
  readonly text: string;
  readonly tagAt: TagFinder;
  readonly tokens: Token[];
  readonly problems: Problem[];
  readonly unclosedQuotes: Set<string>;
  at: number;
  /** The first word of the directive being read; null between directives. */
  name: string | null;
}

/** Splits a file into tokens as ngx_conf_read_token does, with template tags recognised before nginx's own rules. */
export function lex(file: SourceFile): Lexed {
  const cursor: Cursor = {
    file,
    text: file.text,
    tagAt: tagsIn(file.text),
    tokens: [],
    problems: [],
    unclosedQuotes: new Set(),
    at: 0,
    name: null,
  };
  if (cursor.text.charCodeAt(0) === 0xfeff) {
    push(cursor, "bom", 1);
    report(cursor, "byte-order-mark", "nginx refuses a file that starts with a byte order mark", 0, 1);
  }
  while (cursor.at < cursor.text.length) readToken(cursor);
  return { tokens: cursor.tokens, problems: cursor.problems };
}

function readToken(cursor: Cursor): void {
  const { text, at } = cursor;
  const character = text[at] ?? "";
  if (isSpace(character)) return readSpace(cursor);
  checkAfterQuote(cursor, character);
  if (character === "#") return readComment(cursor);
  if (character === ";") return endDirective(cursor, "semicolon");
  if (character === "}") return endDirective(cursor, "close");
  const tag = tagHere(cursor);
  if (tag !== null && readControl(cursor, tag)) return;
  if (character === "{" && tag === null) return readOpen(cursor);
  if (character === '"' || character === "'") return readQuoted(cursor, character);
  readBare(cursor);
}

function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\r";
}

function push(cursor: Cursor, kind: TokenKind, end: number, tags: readonly Tag[] = [], quoted = false): void {
  cursor.tokens.push({ kind, start: cursor.at, end, quoted, tags });
  cursor.at = end;
}

function report(cursor: Cursor, code: string, message: string, start: number, end: number): void {
  cursor.problems.push({ code, message, at: { file: cursor.file, start, end } });
}

function readSpace(cursor: Cursor): void {
  let end = cursor.at + 1;
  while (end < cursor.text.length && isSpace(cursor.text[end] ?? "")) end += 1;
  push(cursor, "space", end);
}

function readComment(cursor: Cursor): void {
  const end = cursor.text.indexOf("\n", cursor.at);
  push(cursor, "comment", end === -1 ? cursor.text.length : end);
}

function endDirective(cursor: Cursor, kind: TokenKind): void {
  push(cursor, kind, cursor.at + 1);
  cursor.name = null;
}

function readOpen(cursor: Cursor): void {
  const lua = cursor.name !== null && LUA_BLOCK.test(cursor.name);
  const start = cursor.at;
  endDirective(cursor, "open");
  if (!lua) return;
  const end = endOfLuaBlock(cursor.text, cursor.at);
  if (end === -1) report(cursor, "unterminated-lua", "this Lua block has no closing brace", start, start + 1);
  push(cursor, "lua", end === -1 ? cursor.text.length : end);
  if (end !== -1) endDirective(cursor, "close");
}

function checkAfterQuote(cursor: Cursor, character: string): void {
  const last = cursor.tokens.at(-1);
  if (last === undefined || last.kind !== "word" || !last.quoted || last.tags.length > 0) return;
  if (character === ";" || character === "{" || character === ")" || character === "}") return;
  if (cursor.tagAt(cursor.at) !== null) return;
  const message = `nginx expects a space, ";" or "{" after a closing quote, not ${JSON.stringify(character)}`;
  report(cursor, "text-after-quote", message, cursor.at, cursor.at + 1);
}

function tagHere(cursor: Cursor): Tag | null {
  const tag = cursor.tagAt(cursor.at);
  if (tag !== null || cursor.name !== null) return tag;
  return environmentLine(cursor.text, cursor.at);
}

/** True when the tag at the cursor was taken as a control token; false when it begins a word. */
function readControl(cursor: Cursor, tag: Tag): boolean {
  if (tag.role !== "value") {
    push(cursor, "control", tag.end, [tag]);
    return true;
  }
  const run = cursor.name === null ? tagsToLineEnd(cursor, tag) : null;
  for (const each of run ?? []) {
    if (cursor.at < each.start) push(cursor, "space", each.start);
    push(cursor, "control", each.end, [each]);
  }
  return run !== null;
}

/** The tags that, with blanks and a comment, fill the rest of the line; null when something else stands there. */
function tagsToLineEnd(cursor: Cursor, first: Tag): readonly Tag[] | null {
  const { text } = cursor;
  const run: Tag[] = [];
  for (let tag: Tag | null = first; tag !== null; ) {
    run.push(tag);
    let at: number = tag.end;
    while (text[at] === " " || text[at] === "\t" || text[at] === "\r") at += 1;
    if (at >= text.length || text[at] === "\n" || text[at] === "#") return run;
    tag = cursor.tagAt(at);
  }
  return null;
}

function readQuoted(cursor: Cursor, quote: string): void {
  const { text, at } = cursor;
  const tags: Tag[] = [];
  let end = cursor.unclosedQuotes.has(quote) ? -1 : endOfQuoted(cursor, quote, tags);
  if (end === -1) {
    cursor.unclosedQuotes.add(quote);
    end = endOfUnclosed(text, at);
    tags.splice(0, tags.length, ...tags.filter((tag) => tag.end <= end));
    report(cursor, "unterminated-string", "this quote is never closed", at, at + 1);
  }
  pushWord(cursor, end, tags, true);
}

/** The offset after the closing quote, or -1. */
function endOfQuoted(cursor: Cursor, quote: string, tags: Tag[]): number {
  const { text } = cursor;
  let at = cursor.at + 1;
  while (at < text.length) {
    const character = text[at];
    if (character === "\\") {
      at += 2;
      continue;
    }
    if (character === quote) return at + 1;
    const tag = character === "{" && text[at + 1] === "#" ? null : cursor.tagAt(at);
    if (tag !== null) tags.push(tag);
    at = tag === null ? at + 1 : tag.end;
  }
  return -1;
}

// Ending the word with its line keeps the rest of the file readable.
function endOfUnclosed(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  const line = text.slice(start, newline === -1 ? text.length : newline);
  const terminated = /[;{][ \t\r]*$/.exec(line);
  return start + Math.max(1, terminated === null ? line.trimEnd().length : terminated.index);
}

function readBare(cursor: Cursor): void {
  const { text } = cursor;
  const tags: Tag[] = [];
  let end = cursor.at;
  let armed = false;
  while (end < text.length) {
    const character = text[end] ?? "";
    const tag = character === "{" && text[end + 1] === "#" ? null : cursor.tagAt(end);
    if (tag !== null) {
      tags.push(tag);
      end = tag.end;
      armed = false;
      continue;
    }
    if (character === "{" && armed) {
      end += 1;
      continue;
    }
    if (isSpace(character) || character === ";" || character === "{") break;
    armed = character === "$";
    end += character === "\\" ? 2 : 1;
  }
  pushWord(cursor, Math.min(end, text.length), tags, false);
}

function pushWord(cursor: Cursor, end: number, tags: readonly Tag[], quoted: boolean): void {
  const start = cursor.at;
  cursor.name ??= quoted ? cursor.text.slice(start + 1, end - 1) : cursor.text.slice(start, end);
  push(cursor, "word", end, tags, quoted);
  if (end - start > LONGEST_WORD && tags.length === 0) {
    report(cursor, "word-too-long", `nginx reads words of at most ${LONGEST_WORD} bytes`, start, end);
  }
}
