import type { Condition } from "../../model/condition.ts";
import { all, always, isAlways, isNever, never, not, testText } from "../../model/condition.ts";
import type { Evidence } from "../../model/program.ts";
import { compilePattern } from "../../model/regex.ts";
import { text } from "../../model/template.ts";
import type { Problem, SourceFile } from "../../source.ts";
import { textOf } from "../../source.ts";
import type { Tree as Files } from "../format.ts";
import { rulesOf } from "./directives.ts";
import type { LogicalText } from "./lex.ts";
import { splitArguments } from "./lex.ts";
import { moduleLoaded, stemOf, type Modules } from "./modules.ts";
import type { Node, Section } from "./parse.ts";
import { parse } from "./parse.ts";

/** A directive or section that counts, and when the server reads it at all. */
export interface Statement {
  readonly node: Node;
  readonly guard: Condition;
  readonly children: readonly Statement[];
}

/** A problem that there is under a condition. */
export interface Conditional extends Problem {
  readonly when: Condition;
}

/** What expanding a file needs and finds. */
export interface Expansion {
  /** A `.htaccess` may not include other files. */
  readonly includes: boolean;
  readonly files: Files;
  readonly defined: Map<string, string>;
  readonly macros: Map<string, Section>;
  readonly modules: Modules;
  /** Only the server knows whether it reads what is expanded. */
  readonly uncertain?: true;
  readonly read: SourceFile[];
  readonly problems: Problem[];
  readonly faults: Conditional[];
  readonly ignored: Evidence[];
  readonly missing: Evidence[];
}

const deepestInclude = 16;
const mostStatements = 200_000;

/** The version whose behaviour is modelled; `<IfVersion>` compares with it. */
const version = [2, 4, 71] as const;

/** An expansion that has seen nothing yet. */
export function expansion(files: Files, includes: boolean): Expansion {
  return { includes, files, defined: new Map(), macros: new Map(), modules: { sure: new Set(), perhaps: new Set() }, read: [], problems: [], faults: [], ignored: [], missing: [] };
}

/**
 * Follows includes, fills in defined variables and macros, and takes the sections that are decided while reading
 * (`<IfModule>` and its like) out of the tree: their contents belong to what surrounds them.
 */
export function expand(nodes: readonly Node[], into: Expansion, depth = 0): readonly Statement[] {
  return nodes.flatMap((node) => expandNode(define(node, into), into, depth));
}

function expandNode(node: Node, into: Expansion, depth: number): readonly Statement[] {
  if (into.read.length > mostStatements) return [];
  if (node.kind === "directive") return expandDirective(node, into, depth);
  if (node.key === "macro") {
    into.macros.set((node.args[0]?.value ?? "").toLowerCase(), node);
    return [];
  }
  if (node.key === "perl") into.missing.push({ at: node.span, note: "what the Perl program here configures is not known" });
  const guard = readCondition(node, into);
  if (guard === null) return [{ node, guard: always, children: expand(node.children, into, depth) }];
  into.problems.push(...endProblems(node, guard));
  into.faults.push(...endFaults(node, guard));
  if (isNever(guard)) {
    into.ignored.push({ at: node.span, note: `not read: <${node.name} ${node.argsText.text}> does not hold here` });
    return [];
  }
  return expand(node.children, isAlways(guard) ? into : { ...into, uncertain: true }, depth).map((one) => ({ ...one, guard: all(guard, one.guard) }));
}

/** A section that is read may end with the file, but not in a line with more than its closing tag; one that is passed over must end. */
function endProblems(node: Section, guard: Condition): readonly Problem[] {
  const { key, name, close, span } = node;
  const fault = conditionFault(node);
  if (fault !== null) return [{ code: "unreadable-condition", message: fault, at: span }];
  if (isNever(guard) && close === null) return [{ code: "unclosed-section", message: `<${name}> is not closed`, at: span }];
  if (!isAlways(guard) || close === null || textOf(close).toLowerCase() === `</${key}>`) return [];
  return [{ code: "unexpected-close", message: `</${name}> stands in a line with something else`, at: close }];
}

/** What the server says of a condition that it cannot read. */
function conditionFault({ key, name, args }: Section): string | null {
  const [first, ...more] = args.map((arg) => arg.value);
  if (first === undefined) return `<${name}> directive requires additional arguments`;
  return key === "ifversion" && !args.some((arg) => arg.template) ? versionFault(first.replace(/^!/, ""), more[0]) : null;
}

/** What mod_version says of its arguments: the operator may be left out, and then stands for an equal version. */
function versionFault(first: string, second: string | undefined): string | null {
  const operator = second === undefined ? "" : first;
  if (!operators.test(operator)) return `unrecognized operator '${operator}'`;
  const wanted = second ?? first;
  if (operator === "~") return null;
  if (wanted.startsWith("/")) return wanted.length > 1 && wanted.endsWith("/") ? null : "Missing delimiting / of regular expression.";
  return versionText.test(wanted) ? null : "Version appears to be invalid. It must have the format major[.minor[.patch]] where major, minor and patch are numbers.";
}

const operators = /^(|=|==|<|>|<=|>=|~)$/;
/** A number that is left out is zero. */
const versionText = /^\d+(\.\d*){0,2}\.?$/;

/** The same where only the server knows whether it reads the section. */
function endFaults(node: Section, guard: Condition): readonly Conditional[] {
  if (isNever(guard) || isAlways(guard) || conditionFault(node) !== null) return [];
  const passedOver = endProblems(node, never).map((problem) => ({ ...problem, when: not(guard) }));
  return [...passedOver, ...endProblems(node, always).map((problem) => ({ ...problem, when: guard }))];
}

function expandDirective(node: Node, into: Expansion, depth: number): readonly Statement[] {
  const [first, second] = node.args;
  if (node.key === "define" && first !== undefined) into.defined.set(first.value, second?.value ?? "");
  if (node.key === "loadmodule" && first !== undefined) (into.uncertain === true ? into.modules.perhaps : into.modules.sure).add(stemOf(first.value));
  if (node.key === "undefine" && first !== undefined) into.defined.delete(first.value);
  if (node.key === "use") return useMacro(node, into, depth);
  if (into.includes && (node.key === "include" || node.key === "includeoptional")) return include(node, into, depth);
  return [{ node, guard: always, children: [] }];
}

/** When a section that is decided while reading is read; null for sections that stay. */
function readCondition(node: Section, into: Expansion): Condition | null {
  const written = node.args[0]?.value ?? "";
  const negated = written.startsWith("!");
  const name = negated ? written.slice(1) : written;
  const answer = decideSection(node, name, into);
  if (answer === undefined) return null;
  const held = answer === null ? openSection(node, name) : answer ? always : not(always);
  return negated ? not(held) : held;
}

/** True or false, null when only the server knows, undefined for other sections. */
function decideSection(node: Section, name: string, into: Expansion): boolean | null | undefined {
  switch (node.key) {
    case "ifmodule":
      return moduleLoaded(name, into.modules, into.missing.length === 0);
    case "ifdefine":
      return into.defined.has(name) ? true : null;
    case "ifversion":
      return versionHolds(node);
    case "iffile":
      return into.files.read(name) !== null ? true : null;
    case "ifdirective":
    case "ifsection":
      return rulesOf(name.replace(/^</, "").toLowerCase()) !== undefined ? true : null;
    default:
      return undefined;
  }
}

function openSection(node: Section, name: string): Condition {
  const onDisk = node.key === "iffile" && name.startsWith("/") && node.args[0]?.template === false;
  return onDisk ? testText(text(name), { kind: "onDisk", as: "any" }, node.span) : unknownSection(node, name);
}

function unknownSection(node: Section, name: string): Condition {
  const words: Readonly<Record<string, string>> = {
    ifmodule: `whether the module ${name} is loaded`,
    ifdefine: `whether the server is started with -D ${name}`,
    iffile: `whether ${name} is on disk`,
  };
  const why = words[node.key] ?? `whether <${node.name} ${node.argsText.text}> holds`;
  const unknown = { kind: "unknown", key: `${node.key} ${name}`, why, reads: [], at: node.span } as const;
  return node.key === "ifmodule" || node.key === "ifdefine" ? { ...unknown, usually: false } : unknown;
}

function versionHolds(node: Section): boolean | null {
  const [first = "", second = ""] = node.args.map((arg) => arg.value.replace(/^!/, ""));
  const named = /^(=|==|<|>|<=|>=|~)$/.test(first);
  const operator = named ? first : "=";
  const wanted = named ? second : first;
  const pattern = operator === "~" ? wanted : /^\/(.*)\/$/.exec(wanted)?.[1];
  if (pattern !== undefined) {
    const compiled = compilePattern(pattern);
    return compiled.ok ? (compiled.test(version.join(".")) ?? null) : null;
  }
  if (!versionText.test(wanted)) return null;
  const difference = compareVersion(wanted.split(".").map(Number), operator);
  if (operator === "<") return difference < 0;
  if (operator === ">") return difference > 0;
  if (operator === "<=") return difference <= 0;
  return operator === ">=" ? difference >= 0 : difference === 0;
}

/** The sign of this server's version minus the wanted one; parts left out count as 0, except under `=`. */
function compareVersion(wanted: readonly number[], operator: string): number {
  const parts = operator === "=" || operator === "==" ? wanted.length : 3;
  for (let index = 0; index < parts; index += 1) {
    const difference = (version[index] ?? 0) - (wanted[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function include(node: Node, into: Expansion, depth: number): readonly Statement[] {
  const pattern = node.args[0]?.value ?? "";
  const found = depth >= deepestInclude || node.args[0]?.template === true ? [] : resolveInclude(node, pattern, into.files);
  if (found.length === 0) {
    into.missing.push({ at: node.span, note: `${pattern} was not found, so what it holds is not known` });
  }
  return found.flatMap((file) => {
    if (into.read.some((known) => known.path === file.path) && depth > 0) return [];
    into.read.push(file);
    const { tree, problems } = parse(file);
    for (const problem of problems) into.problems.push(problem);
    return expand(tree.nodes, into, depth + 1);
  });
}

/** A relative path is relative to the server's root, which is one of the folders above the including file. */
function resolveInclude(node: Node, pattern: string, files: Files): readonly SourceFile[] {
  for (const candidate of candidates(node.span.file.path, pattern)) {
    const paths = /[*?[]/.test(candidate) ? files.list(candidate) : [candidate];
    const found = paths.flatMap((path) => files.read(path) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

function candidates(from: string, pattern: string): readonly string[] {
  if (pattern.startsWith("/")) return [pattern];
  const folders = from.split("/").slice(0, -1);
  return folders.map((_, index) => [...folders.slice(0, folders.length - index), pattern].join("/")).concat(pattern);
}

function useMacro(node: Node, into: Expansion, depth: number): readonly Statement[] {
  const [name, ...values] = node.args.map((arg) => arg.value);
  const macro = into.macros.get((name ?? "").toLowerCase());
  if (macro === undefined || depth >= deepestInclude) {
    into.missing.push({ at: node.span, note: `the macro ${name ?? ""} is not defined in what was read` });
    return [];
  }
  const parameters = macro.args.slice(1).map((arg) => arg.value);
  const replacements = parameters
    .map((parameter, index) => [parameter, values[index] ?? ""] as const)
    .sort((a, b) => b[0].length - a[0].length);
  const fill = (text: string): string => replacements.reduce((done, [from, to]) => (from === "" ? done : done.replaceAll(from, to)), text);
  return expand(macro.children.map((child) => rewriteNode(child, fill)), into, depth + 1);
}

/** `${NAME}` for names that were defined; others stay as they are. */
function define(node: Node, into: Expansion): Node {
  if (into.defined.size === 0) return node;
  const fill = (text: string): string => text.replace(/\$\{([^}:]+)\}/g, (whole, name: string) => into.defined.get(name) ?? whole);
  return rewriteStatement(node, fill);
}

function rewriteNode(node: Node, fill: (text: string) => string): Node {
  const changed = rewriteStatement(node, fill);
  if (changed.kind === "directive") return changed;
  return { ...changed, children: changed.children.map((child) => rewriteNode(child, fill)) };
}

function rewriteStatement(node: Node, fill: (text: string) => string): Node {
  const text = fill(node.argsText.text);
  if (text === node.argsText.text) return node;
  const argsText: LogicalText = { ...node.argsText, text, standsAt: node.span };
  return { ...node, argsText, args: splitArguments(argsText) };
}
