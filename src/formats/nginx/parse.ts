import type { Parsed, Problem, SourceFile, Span } from "../../source.ts";
import { lex } from "./lex.ts";
import type { Token } from "./lex.ts";
import { environmentNames } from "./template.ts";
import type { Tag, TagRole } from "./template.ts";

/** One word of a directive. `value` is what nginx would read; it is unknown where `template` is true. */
export interface Word {
  readonly value: string;
  readonly raw: string;
  readonly quoted: boolean;
  readonly template: boolean;
  readonly at: Span;
}

/** The text between the braces of a `*_by_lua_block`. */
export interface LuaText {
  readonly text: string;
  readonly at: Span;
}

/**
 * One arm of a choice that a template makes: the choice is known by the offset of the tag that opens it. `isRest` says
 * that the arm is taken whenever none before it is.
 */
export interface Arm {
  readonly choice: number;
  readonly index: number;
  readonly isRest: boolean;
}

/**
 * A directive: its words and, after `{`, what its block holds. `head` covers the words, `at` everything through
 * the `;` or `}`. `conditional` says that a template decides whether the directive exists in its block, and `arms` in
 * which arms of which choices it stands.
 */
export interface Directive {
  readonly kind: "directive";
  readonly name: Word;
  readonly args: readonly Word[];
  readonly block: readonly Node[] | null;
  readonly lua: LuaText | null;
  readonly conditional: boolean;
  readonly arms: readonly Arm[];
  readonly head: Span;
  readonly at: Span;
}

/** A template tag between directives. With role `value` it stands for directives nobody can read here. */
export interface Control {
  readonly kind: "control";
  readonly role: TagRole;
  readonly at: Span;
}

export type Node = Directive | Control;

/** One file: its top-level nodes, whatever their context is, and its comments with their `#`. */
export interface NginxFile {
  readonly file: SourceFile;
  readonly nodes: readonly Node[];
  readonly comments: readonly Span[];
}

// Far deeper than any configuration; whoever walks the tree may recurse.
const DEEPEST = 100;
// A text of nothing but openings must not cost more than its length.
const MOST_BRANCHES = 100;
const MOST_ARMS = 10;

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };
/** A linked list, so that a branch can keep the blocks open at its beginning without a copy. */
interface OpenBlock {
  readonly nodes: Node[];
  readonly owner: Draft<Directive>;
  readonly outer: OpenBlock | null;
  readonly depth: number;
}

/** An open template branch, and the block in which it began. */
interface Branch extends Arm {
  readonly within: OpenBlock | null;
}

interface Parser {
  readonly file: SourceFile;
  readonly nodes: Node[];
  readonly comments: Span[];
  readonly problems: Problem[];
  readonly words: Draft<Word>[];
  pending: Draft<Word>[];
  pendingArms: readonly Arm[];
  /** Open tags inside the directive being read. */
  pendingTags: number;
  innermost: OpenBlock | null;
  readonly branches: Branch[];
  afterExpansion: boolean;
  /** A template may hold only one end of a block: the other stands in another template. */
  readonly templated: boolean;
  tooDeep: boolean;
}

/** Reads nginx's syntax. Any text gives a tree; what nginx would refuse is in `problems`, with its place. */
export function parse(file: SourceFile): Parsed<NginxFile> {
  const { tokens, problems } = lex(file);
  const parser: Parser = {
    file,
    nodes: [],
    comments: [],
    problems: [...problems],
    words: [],
    pending: [],
    pendingArms: [],
    pendingTags: 0,
    innermost: null,
    branches: [],
    afterExpansion: false,
    templated: tokens.some((token) => token.tags.length > 0),
    tooDeep: false,
  };
  for (const token of tokens) take(parser, token);
  finish(parser);
  markEnvironment(parser);
  parser.problems.sort((one, other) => one.at.start - other.at.start);
  return { tree: { file, nodes: parser.nodes, comments: parser.comments }, problems: parser.problems };
}

function take(parser: Parser, token: Token): void {
  switch (token.kind) {
    case "bom":
    case "space":
      return;
    case "comment":
      parser.comments.push(spanOf(parser, token));
      return;
    case "word":
      return takeWord(parser, token);
    case "control":
      return takeControl(parser, token);
    case "semicolon":
      return takeSemicolon(parser, token);
    case "open":
      return takeOpen(parser, token);
    case "lua":
      return takeLua(parser, token);
    case "close":
      return takeClose(parser, token);
    default:
      return token.kind satisfies never;
  }
}

function spanOf(parser: Parser, token: { readonly start: number; readonly end: number }): Span {
  return { file: parser.file, start: token.start, end: token.end };
}

function report(parser: Parser, code: string, message: string, at: Span): void {
  parser.problems.push({ code, message, at });
}

function takeWord(parser: Parser, token: Token): void {
  const raw = parser.file.text.slice(token.start, token.end);
  const word: Draft<Word> = {
    value: unescape(token.quoted ? withoutQuotes(raw) : raw),
    raw,
    quoted: token.quoted,
    template: token.tags.length > 0 || parser.pendingTags > 0,
    at: spanOf(parser, token),
  };
  if (parser.pending.length === 0) parser.pendingArms = armsHere(parser);
  parser.pending.push(word);
  parser.words.push(word);
  for (const tag of token.tags) takeInnerTag(parser, tag);
}

/** The arms that decide whether what comes next exists in its block: those that began in it, of very many the innermost. */
function armsHere({ branches, innermost }: Parser): readonly Arm[] {
  return branches.slice(-MOST_BRANCHES).filter(({ within }) => within === innermost).slice(-MOST_ARMS).map(({ choice, index, isRest }) => ({ choice, index, isRest }));
}

function withoutQuotes(raw: string): string {
  return raw.length > 1 && raw.endsWith(raw[0] ?? "") ? raw.slice(1, -1) : raw.slice(1);
}

/** A word as nginx keeps it: only these five escapes are translated, every other backslash stays. */
export function unescape(raw: string): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(/\\(["'\\trn])/g, (_, escaped: string) => {
    if (escaped === "t") return "\t";
    if (escaped === "r") return "\r";
    return escaped === "n" ? "\n" : escaped;
  });
}

function takeInnerTag(parser: Parser, { role, start }: Pick<Tag, "role" | "start">): void {
  if (role === "open") {
    parser.pendingTags += 1;
    openBranch(parser, start);
  } else if (role === "close") {
    parser.pendingTags = Math.max(0, parser.pendingTags - 1);
    parser.branches.pop();
  }
}

function openBranch(parser: Parser, start: number): void {
  parser.branches.push({ within: parser.innermost, choice: start, index: 0, isRest: false });
}

const ELSE = /^\W*else\W*$/;

/** The next arm begins where the choice began. */
function nextArm(parser: Parser, token: Token): void {
  const branch = parser.branches.pop();
  if (branch === undefined) return;
  const isRest = ELSE.test(parser.file.text.slice(token.start, token.end));
  parser.branches.push({ ...branch, index: branch.index + 1, isRest });
  parser.innermost = branch.within;
}

// Each branch begins in the block its `if` stands in: `{% if a %}server {...{% else %}server {...{% endif %}`.
function takeControl(parser: Parser, token: Token): void {
  const role = token.tags[0]?.role ?? "other";
  if (parser.pending.length > 0) return takeInnerTag(parser, { role, start: token.start });
  addNode(parser, { kind: "control", role, at: spanOf(parser, token) });
  if (role === "open") openBranch(parser, token.start);
  else if (role === "close") parser.branches.pop();
  else if (role === "middle") nextArm(parser, token);
  parser.afterExpansion = role === "value";
}

function takeSemicolon(parser: Parser, token: Token): void {
  if (parser.pending.length === 0) {
    if (!parser.afterExpansion) report(parser, "unexpected-semicolon", 'unexpected ";"', spanOf(parser, token));
    return;
  }
  addDirective(parser, token.end);
}

function takeOpen(parser: Parser, token: Token): void {
  if (parser.pending.length === 0) {
    if (!parser.afterExpansion) report(parser, "unexpected-brace", 'unexpected "{"', spanOf(parser, token));
    const at = spanOf(parser, { start: token.start, end: token.start });
    parser.pending.push({ value: "", raw: "", quoted: false, template: true, at });
    parser.pendingArms = armsHere(parser);
  }
  const owner = addDirective(parser, token.end);
  if (owner === null) return;
  const nodes: Node[] = [];
  const depth = (parser.innermost?.depth ?? 0) + 1;
  if (depth <= DEEPEST) owner.block = nodes;
  else if (!parser.tooDeep) {
    parser.tooDeep = true;
    report(parser, "nested-too-deep", `blocks nested deeper than ${DEEPEST} are not read`, owner.head);
  }
  parser.innermost = { nodes, owner, outer: parser.innermost, depth };
}

function takeLua(parser: Parser, token: Token): void {
  const owner = parser.innermost?.owner;
  if (owner === undefined) return;
  owner.block = null;
  owner.lua = { text: parser.file.text.slice(token.start, token.end), at: spanOf(parser, token) };
}

function takeClose(parser: Parser, token: Token): void {
  if (parser.pending.length > 0) endUnterminated(parser);
  const closed = parser.innermost;
  if (closed === null) {
    if (!parser.templated) report(parser, "unexpected-brace", 'unexpected "}"', spanOf(parser, token));
    return;
  }
  closed.owner.at = spanOf(parser, { start: closed.owner.at.start, end: token.end });
  parser.innermost = closed.outer;
}

function endUnterminated(parser: Parser): void {
  const directive = addDirective(parser, parser.pending.at(-1)?.at.end ?? 0);
  if (directive === null) return;
  const message = `directive ${JSON.stringify(directive.name.value)} is not terminated by ";"`;
  report(parser, "unterminated-directive", message, directive.head);
}

/** The directive that the pending words are; null when there are none. */
function addDirective(parser: Parser, end: number): Draft<Directive> | null {
  const [name, ...args] = parser.pending;
  if (name === undefined) return null;
  const last = args.at(-1) ?? name;
  const directive: Draft<Directive> = {
    kind: "directive",
    name,
    args,
    block: null,
    lua: null,
    conditional: parser.pendingArms.length > 0,
    arms: parser.pendingArms,
    head: spanOf(parser, { start: name.at.start, end: last.at.end }),
    at: spanOf(parser, { start: name.at.start, end }),
  };
  addNode(parser, directive);
  parser.pending = [];
  parser.pendingTags = 0;
  parser.afterExpansion = false;
  return directive;
}

function addNode(parser: Parser, node: Node): void {
  (parser.innermost?.nodes ?? parser.nodes).push(node);
}

function finish(parser: Parser): void {
  const end = parser.file.text.length;
  if (parser.pending.length > 0) endUnterminated(parser);
  for (let open = parser.innermost; open !== null; open = open.outer) {
    const { owner } = open;
    owner.at = spanOf(parser, { start: owner.at.start, end });
    if (owner.lua === null && !parser.templated) {
      report(parser, "unterminated-block", `the block of ${JSON.stringify(owner.name.value)} has no closing brace`, owner.head);
    }
  }
}

const DECLARES_FIRST = /^(?:set|.*_set|set_.*|.*_set_by_lua.*)$/;
const DECLARES_LAST = /^(?:map|geo|split_clients)$/;

// `${PORT}` is a variable to nginx and a value for envsubst: it is one where nothing in the file sets it.
function markEnvironment(parser: Parser): void {
  if (!parser.words.some((word) => environmentNames(word.raw).length > 0)) return;
  const declared = new Set<string>();
  collectDeclared(parser.nodes, declared);
  for (const word of parser.words) {
    if (environmentNames(word.raw).some((name) => !declared.has(name))) word.template = true;
  }
}

function collectDeclared(nodes: readonly Node[], declared: Set<string>): void {
  for (const node of nodes) {
    if (node.kind === "control") continue;
    const name = node.name.value;
    const word = DECLARES_FIRST.test(name) ? node.args[0] : DECLARES_LAST.test(name) ? node.args.at(-1) : undefined;
    for (const each of environmentNames(word?.value ?? "")) declared.add(each);
    for (const arg of node.args) {
      for (const found of arg.value.matchAll(/\(\?P?<([A-Z][A-Z0-9_]*)>/g)) declared.add(found[1] ?? "");
    }
    collectDeclared(node.block ?? [], declared);
  }
}
