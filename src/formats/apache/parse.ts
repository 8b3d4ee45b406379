import type { Parsed, Problem, SourceFile, Span } from "../../source.ts";
import type { Arg, LogicalText } from "./lex.ts";
import { endOfFirstWord, hasPlaceholder, logicalLines, slice, spanOf, splitArguments, tagPairs, templateTags, trim } from "./lex.ts";

interface Statement {
  /** As written; for a section without the `<`. */
  readonly name: string;
  /** In lower case: names compare without case. */
  readonly key: string;
  readonly nameSpan: Span;
  readonly args: readonly Arg[];
  /** Everything after the name, unsplit: some directives have quoting rules of their own. */
  readonly argsText: LogicalText;
  readonly span: Span;
  /** The name itself comes from a template, so what it does is not known. */
  readonly template: boolean;
}

export interface Directive extends Statement {
  readonly kind: "directive";
}

/** `span` covers the opening line; `close` the closing tag, null when it is missing. */
export interface Section extends Statement {
  readonly kind: "section";
  readonly children: readonly Node[];
  readonly close: Span | null;
}

export type Node = Directive | Section;

/** A configuration file as written: directives and sections in order. */
export interface Tree {
  readonly file: SourceFile;
  readonly nodes: readonly Node[];
}

/** A server reads lines of any length in its own files, but not in the ones that may change per request. */
const longestHtaccessLine = 8190;

/** How deep sections nest in the tree; deeper ones stand beside each other. */
const deepest = 64;

interface Open {
  readonly section: Section & { close: Span | null; children: Node[] };
  readonly into: Node[];
}

/** The sections around the current line, and how many of each name, so that a stray closing tag costs no search. */
interface Nesting {
  readonly stack: Open[];
  readonly count: Map<string, number>;
}

/**
 * Reads a configuration file or a `.htaccess`. Never throws: a section left open ends where the file or its parent
 * ends, a closing tag without a section is passed over, and each is a problem, unless only the condition of a section
 * tells (`expand`).
 */
export function parse(file: SourceFile): Parsed<Tree> {
  const nodes: Node[] = [];
  const problems: Problem[] = [];
  const open: Nesting = { stack: [], count: new Map() };
  const limit = isHtaccess(file) ? longestHtaccessLine : Infinity;
  let tagEnd = 0;
  for (const line of logicalLines(file)) {
    if (spanOf(line).start < tagEnd || isCode(line, open)) continue;
    if (line.text.length > limit) {
      problems.push(problem("line-too-long", `a line of a .htaccess file may have ${limit} bytes`, spanOf(line)));
    }
    if (line.text === "" || line.text.startsWith("#")) continue;
    const into = open.stack.at(-1)?.into ?? nodes;
    tagEnd = endOfOpenTag(line) ?? 0;
    if (tagEnd > 0 || startsWithTag(line.text)) into.push(templateLine(line));
    else if (line.text.startsWith("</")) close(line, open, problems);
    else if (line.text.startsWith("<")) openSection(line, into, open, problems);
    else into.push(directive(line));
  }
  // What is open inside a section that is decided while reading ends with the file, if that section is read at all.
  const conditional = open.stack.findIndex(({ section }) => isConditional(section.key));
  const lost = conditional < 0 ? open.stack : open.stack.slice(0, conditional);
  for (const { section } of lost.toReversed()) problems.push(unclosed(section));
  return { tree: { file, nodes }, problems };
}

/** Sections whose lines are a program of another language. */
const programs = /^(?:perl|lua(?:hook\w+|quickhandler))$/;

function isCode({ text }: LogicalText, { stack }: Nesting): boolean {
  const key = stack.at(-1)?.section.key ?? "";
  return programs.test(key) && text.slice(0, key.length + 2).toLowerCase() !== `</${key}`;
}

/** Whether a section is decided while the file is read, so that what it holds belongs to what surrounds it. */
function isConditional(key: string): boolean {
  return /^if(module|version|define|file|directive|section)$/.test(key);
}

/** Whether a file is read for every request, with the narrower rules that go with it. */
export function isHtaccess(file: SourceFile): boolean {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  return /(^|[._-])htaccess/i.test(name);
}

function directive(line: LogicalText): Directive {
  // The server takes the first word of the line, quoted or not, as the name.
  const end = endOfFirstWord(line.text);
  const [name] = splitArguments(slice(line, 0, end));
  return { kind: "directive", ...statement(line, name?.value ?? "", [0, end], trim(slice(line, end))) };
}

function openSection(line: LogicalText, into: Node[], open: Nesting, problems: Problem[]): void {
  const word = /^<[^ \t\v\f\r>]*/.exec(line.text)?.[0] ?? "<";
  const end = line.text.lastIndexOf(">");
  if (end < 0) problems.push(problem("section-not-ended", `<${word.slice(1)} has no closing '>'`, spanOf(line)));
  const args = trim(slice(line, word.length, Math.max(end < 0 ? line.text.length : end, word.length)));
  const section = {
    kind: "section" as const,
    ...statement(line, word.slice(1), [1, word.length], args),
    children: [] as Node[],
    close: null,
  };
  into.push(section);
  open.stack.push({ section, into: open.stack.length < deepest ? section.children : into });
  open.count.set(section.key, (open.count.get(section.key) ?? 0) + 1);
}

function close(line: LogicalText, open: Nesting, problems: Problem[]): void {
  const word = /^<\/[^ \t\v\f\r]*/.exec(line.text)?.[0] ?? "</";
  const name = word.slice(2).replace(/>.*$/, "");
  const key = name.toLowerCase();
  const at = spanOf(line);
  if (!word.endsWith(">") && !hasPlaceholder(line.text)) problems.push(problem("section-not-ended", `</${key} has no closing '>'`, at));
  // A macro may hold one end of a section alone.
  const within = open.count.get("macro") ?? 0;
  if ((open.count.get(key) ?? 0) === 0) {
    if (within === 0) problems.push(problem("unexpected-close", `</${name}> closes no section`, at));
    return;
  }
  for (let top = open.stack.pop(); top !== undefined; top = open.stack.pop()) {
    open.count.set(top.section.key, (open.count.get(top.section.key) ?? 1) - 1);
    if (top.section.key === key) {
      top.section.close = at;
      return;
    }
    if (within === 0) problems.push(unclosed(top.section));
  }
}

function statement(line: LogicalText, name: string, at: readonly [number, number], argsText: LogicalText): Statement {
  return {
    name,
    key: name.toLowerCase(),
    nameSpan: spanOf(line, at[0], at[1]),
    args: splitArguments(argsText),
    argsText,
    span: spanOf(line),
    template: hasPlaceholder(name),
  };
}

function startsWithTag(text: string): boolean {
  return /^(\{[{%#]|<[%?])/.test(text) && templateTags(text)[0]?.start === 0;
}

/** Where in the file a template tag ends that begins a line and goes on in later ones; null where none does. */
function endOfOpenTag(line: LogicalText): number | null {
  const pair = tagPairs.find(([opening]) => line.text.startsWith(opening));
  if (pair === undefined || line.text.includes(pair[1])) return null;
  const end = line.file.text.indexOf(pair[1], spanOf(line).end);
  return end < 0 ? null : end + pair[1].length;
}

/** A line that a template engine turns into something else, or into nothing. */
function templateLine(line: LogicalText): Directive {
  const end = templateTags(line.text)[0]?.end ?? line.text.length;
  const name = line.text.slice(0, end);
  return { kind: "directive", ...statement(line, name, [0, end], trim(slice(line, end))), template: true };
}

function unclosed(section: Section): Problem {
  return problem("unclosed-section", `<${section.name}> is not closed`, section.span);
}

function problem(code: string, message: string, at: Span): Problem {
  return { code, message, at };
}
