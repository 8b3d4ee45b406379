import type { Condition } from "../../model/condition.ts";
import { all, any, isAlways, never, not, testText } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import { fieldValue, text } from "../../model/template.ts";
import { fieldsOf, testsIn } from "../../model/tests-of.ts";
import type { Span } from "../../source.ts";
import { bodiless } from "./bodiless.ts";
import type { Statement } from "./expand.ts";
import { asksServer, expression } from "./expression.ts";
import { asFile, type AsFile } from "./file-walk.ts";
import { matches, quoted, variable, variableIs } from "./gates.ts";
import type { Layer, Methods, Placed } from "./layer.ts";
import { methodsOf } from "./methods.ts";
import type { NamedGroups } from "./named-groups.ts";
import { noteGroups, ofAddress } from "./named-groups.ts";
import type { Names } from "./variables.ts";

/** Where URLs lie on the server's disk. */
export interface Ground {
  /** Without a slash at its end; null when it is not known. */
  readonly documentRoot: string | null;
  /** The configuration itself says so. */
  readonly rooted: boolean;
  /** The path a file is chosen by: the URL's, or `var:target` where rules of the server itself may change it. */
  readonly target: Field;
  readonly aliases: readonly { readonly url: string; readonly directory: string; readonly pattern: boolean }[];
  /** Whether rules, sections or users' directories may lead to a file that the URL says nothing of. */
  readonly leadsElsewhere: boolean;
  /** Whether some requests go to a proxy, and so to no file. */
  readonly mayProxy: boolean;
  readonly names: Names;
  /** If sections that look at the environment: decided before it is set, and remembered under a name. */
  readonly early: { readonly name: string; readonly when: Condition; readonly at: Span }[];
  /** Conditions for which the server asks itself, and so asks itself again. */
  readonly asking: { readonly when: Condition; readonly at: Span }[];
  /** Patterns for directories: asked when a directory is entered, and remembered under a name. */
  readonly patterns: { readonly name: string; readonly when: Condition; readonly at: Span }[];
  /** Patterns for directories that a file may be called like. */
  readonly asFile: AsFile[];
  /** Sections whose patterns name groups. */
  readonly groups: NamedGroups[];
}

/** The sections of one place, by kind, as the server merges them (manual: "How the sections are merged"). */
export interface Parts {
  readonly own: readonly Placed[];
  readonly directories: readonly { readonly path: string; readonly regex: boolean; readonly statement: Statement }[];
  readonly files: readonly Layer[];
  readonly locations: readonly Layer[];
  readonly ifs: readonly Layer[];
  /** If sections inside of Files and of Location sections, which are merged after those of directories. */
  readonly fileIfs: readonly Layer[];
  readonly locationIfs: readonly Layer[];
  readonly proxies: readonly Layer[];
}

interface Collecting {
  readonly when: Condition;
  readonly ground: Ground;
  readonly own: Placed[];
  readonly directories: { path: string; regex: boolean; statement: Statement }[];
  readonly files: Layer[];
  readonly locations: Layer[];
  readonly ifs: Layer[];
  readonly fileIfs: Layer[];
  readonly locationIfs: Layer[];
  readonly proxies: Layer[];
}

/** Sorts the statements of a section into its own directives and the sections inside, which apply `when` it does. */
export function partsOf(statements: readonly Statement[], when: Condition, ground: Ground): Parts {
  const into: Collecting = { when, ground, own: [], directories: [], files: [], locations: [], ifs: [], fileIfs: [], locationIfs: [], proxies: [] };
  collect(statements, [], into);
  return into;
}

function collect(statements: readonly Statement[], limits: readonly Methods[], into: Collecting): void {
  let before: Condition = never;
  for (const statement of statements) {
    const { node, guard } = statement;
    const inside = node.kind === "section";
    const unknown = filledIn(statement);
    if (node.key === "limit" || node.key === "limitexcept") collect(statement.children.map((child) => guarded(child, all(guard, unknown))), isAlways(unknown) ? [...limits, methodsOf(statement)] : limits, into);
    else if (inside && (node.key === "if" || node.key === "elseif" || node.key === "else")) before = addIf(statement, before, into);
    else if (inside && (node.key === "files" || node.key === "filesmatch")) addLayer("files", statement, filesHold(statement, into.ground), into.files, into);
    else if (inside && (node.key === "location" || node.key === "locationmatch")) addLayer("location", statement, locationHolds(statement), into.locations, into);
    else if (inside && (node.key === "proxy" || node.key === "proxymatch")) addLayer("proxy", statement, proxyHolds(statement), into.proxies, into);
    else if (inside && (node.key === "directory" || node.key === "directorymatch")) into.directories.push({ ...directoryOf(statement), statement });
    else into.own.push({ node, guard: all(guard, unknown), methods: limits, children: placedChildren(statement.children, limits) });
  }
}

/** Directives whose last word says where a request goes, and not which. */
const leads = /^(redirect|proxypass|alias|scriptalias|errordocument|fallbackresource)/;

/** Whether a template gives a directive the words that decide. */
function filledIn({ node }: Statement): Condition {
  const deciding = node.key === "rewriterule" ? node.args.slice(0, 1) : leads.test(node.key) ? node.args.slice(0, -1) : node.args;
  if (node.kind === "section" && node.key !== "limit" && node.key !== "limitexcept") return all();
  const placeholder = deciding.find((arg) => arg.template);
  if (placeholder === undefined) return all();
  return { kind: "unknown", key: `placeholder ${placeholder.value}`, why: `what ${placeholder.value} is filled in with`, reads: "anything", at: placeholder.span };
}

function guarded(statement: Statement, guard: Condition): Statement {
  return { ...statement, guard: all(guard, statement.guard) };
}

/** What stands in a container of Require lines; a Limit section inside counts for its own lines. */
function placedChildren(statements: readonly Statement[], limits: readonly Methods[]): readonly Placed[] {
  return statements.flatMap((statement): readonly Placed[] => {
    const { node, guard, children } = statement;
    if (node.key === "limit" || node.key === "limitexcept") return placedChildren(children.map((child) => guarded(child, guard)), [...limits, methodsOf(statement)]);
    return [{ node, guard, methods: limits, children: placedChildren(children, limits) }];
  });
}

function addLayer(kind: Layer["kind"], statement: Statement, holds: Condition, list: Layer[], into: Collecting): void {
  const when = all(into.when, statement.guard, holds);
  const { groups } = into.ground;
  const noted = groups.length;
  const inner = partsOf(statement.children, when, into.ground);
  if (kind === "if") groups.push(...groups.splice(noted).filter(ofAddress));
  const subject = kind === "files" ? variable("name") : kind === "location" ? fieldValue("path") : null;
  if (subject !== null && isRegex(statement)) noteGroups({ subject, pattern: pattern(statement), when, entered: false, at: statement.node.span }, into.ground.groups);
  list.push({ kind, when, placed: inner.own, directory: null, prefix: kind === "if" ? "*If/" : withSlash(pattern(statement)), at: statement.node.span });
  const ifs = kind === "location" ? into.locationIfs : kind === "files" ? into.fileIfs : into.ifs;
  ifs.push(...(kind === "if" ? inner.ifs.map((layer) => ({ ...layer, nesting: (layer.nesting ?? 0) + 1 })) : inner.ifs));
  into.fileIfs.push(...inner.fileIfs);
  // Files are looked at before conditions are, so those inside a condition count for nothing.
  if (kind !== "files" && kind !== "if") into.files.push(...inner.files);
}

/** A path with a slash at its end. */
export function withSlash(path: string): string {
  return path.replace(/([^/])$/, "$1/");
}

/** Returns when this or an earlier branch applies, for the `<ElseIf>` and `<Else>` that may follow. */
function addIf(statement: Statement, before: Condition, into: Collecting): Condition {
  const { node } = statement;
  const written = node.args[0]?.value ?? "";
  const unknown: Condition = { kind: "unknown", key: `if ${written}`, why: `whether ${written} holds`, reads: "anything", at: node.span };
  const own = node.key === "else" ? not(never) : node.args[0]?.template === true ? unknown : bodiless(expression(written, node.span, { ...into.ground.names, early: true }).condition);
  if (asksServer(written)) into.ground.asking.push({ when: all(into.when, statement.guard), at: node.span });
  const chained = node.key === "if" ? own : all(not(before), own);
  addLayer("if", statement, readsEnvironment(chained) ? remembered(chained, node.span, into.ground) : chained, into.ifs, into);
  return node.key === "if" ? own : any(before, own);
}

function readsEnvironment(condition: Condition): boolean {
  return testsIn(condition).some((test) => fieldsOf(test.subject).some((field) => field.startsWith("var:env.")));
}

function remembered(when: Condition, at: Span, ground: Ground): Condition {
  const name = `if.${ground.early.length}`;
  ground.early.push({ name, when, at });
  return variableIs(name, "yes", at);
}

/** A wildcard pattern as a regular expression; `*` and `?` do not match a slash where `slashes` is false. */
export function wildcard(pattern: string, slashes: boolean): string {
  const any = slashes ? "." : "[^/]";
  return quoted(pattern)
    .replaceAll("\\*", `${any}*`)
    .replaceAll("\\?", any)
    .replace(/\\\[(!|\\\^)?((?:[^\\]|\\-)*?)\\\]/g, (_, negated: string | undefined, inside: string) => `[${negated === undefined ? "" : "^"}${inside}]`);
}

function isRegex({ node }: Statement): boolean {
  return node.key.endsWith("match") || node.args[0]?.value === "~";
}

function pattern({ node }: Statement): string {
  return (node.args[0]?.value === "~" ? node.args[1]?.value : node.args[0]?.value) ?? "";
}

function templated(statement: Statement): Condition | null {
  const { node } = statement;
  if (!node.args.some((arg) => arg.template)) return null;
  return { kind: "unknown", key: `<${node.name} ${node.argsText.text}>`, why: "what a placeholder is filled in with", reads: ["path"], at: node.span };
}

/** The request does not go to a proxy. */
function servesFiles(ground: Ground, at: Span): Condition {
  return ground.mayProxy ? variableIs("proxied", "", at) : all();
}

function filesHold(statement: Statement, ground: Ground): Condition {
  const at = statement.node.span;
  const name = variable("name");
  const written = pattern(statement);
  const local = servesFiles(ground, at);
  const unknown = templated(statement);
  if (unknown !== null) return unknown;
  if (isRegex(statement)) return all(local, matches(name, written, at));
  if (/[*?[]/.test(written)) return all(local, matches(name, `^${wildcard(written, true)}$`, at));
  return all(local, testText(name, { kind: "equals", value: text(written) }, at));
}

function locationHolds(statement: Statement): Condition {
  const at = statement.node.span;
  const written = pattern(statement);
  const unknown = templated(statement);
  if (unknown !== null) return unknown;
  if (isRegex(statement)) return matches(fieldValue("path"), written, at);
  if (/[*?[]/.test(written)) return matches(fieldValue("path"), `^${wildcard(written, false)}$`, at);
  return pathUnder("path", written, at);
}

/** The path is this one or below it. */
export function pathUnder(field: Field, prefix: string, at: Span): Condition {
  if (prefix === "/" || prefix === "") return all();
  const whole = fieldValue(field);
  if (prefix.endsWith("/")) return testText(whole, { kind: "startsWith", value: text(prefix) }, at);
  const exact = testText(whole, { kind: "equals", value: text(prefix) }, at);
  return any(exact, testText(whole, { kind: "startsWith", value: text(`${prefix}/`) }, at));
}

function proxyHolds(statement: Statement): Condition {
  const at = statement.node.span;
  const proxied = not(variableIs("proxied", "", at));
  const written = pattern(statement);
  if (written === "*") return proxied;
  if (isRegex(statement)) return all(proxied, matches(variable("fetched"), written, at));
  if (/[*?[]/.test(written)) return all(proxied, matches(variable("fetched"), `^${wildcard(written, true)}$`, at));
  return all(proxied, testText(variable("fetched"), { kind: "startsWith", value: text(written) }, at));
}

function directoryOf(statement: Statement): { path: string; regex: boolean } {
  const written = pattern(statement);
  const regex = isRegex(statement);
  return { path: regex || written.length <= 1 ? written : written.replace(/\/+$/, ""), regex };
}

/** Whether the chosen file lies in a directory or below it. */
export function inDirectory(directory: string, regex: boolean, statement: Statement | null, ground: Ground, at: Span): Condition {
  const unknown = statement === null ? null : templated(statement);
  if (unknown !== null) return unknown;
  const local = servesFiles(ground, at);
  const file = variable("file");
  if (regex) {
    const name = `pattern.${ground.patterns.length}`;
    ground.patterns.push({ name, when: all(local, matches(file, directory, at)), at });
    return variableIs(name, "yes", at);
  }
  if (/[*?[]/.test(directory) && ground.documentRoot === null && ground.aliases.length === 0) return all(local, lyingIn(directory, at));
  if (/[*?[]/.test(directory)) {
    const pattern = wildcard(directory, false);
    const itself = asFile(all(testText(file, { kind: "onDisk", as: "any", otherwise: true }, at), matches(file, `^${pattern}$`, at)), ground.asFile, at);
    return all(local, any(matches(file, `^${pattern}/`, at), itself));
  }
  const there = statement === null ? all() : isThere(directory, ground, at);
  const elsewhere = variableIs("elsewhere", "yes", at);
  const under = any(all(elsewhere, pathUnder("var:file", directory, at)), all(not(elsewhere), underKnown(directory, ground, at)));
  return all(local, ground.leadsElsewhere ? under : underKnown(directory, ground, at), directory === "/" || directory === ground.documentRoot ? all() : there);
}

/** A directory is there, or a file of this name is taken for one. */
function isThere(directory: string, ground: Ground, at: Span): Condition {
  const name = text(directory);
  if (!/[^/]\.\w+$/.test(directory)) return testText(name, { kind: "onDisk", as: "any", otherwise: true }, at);
  const itself = asFile(testText(variable("file"), { kind: "equals", value: name }, at), ground.asFile, at);
  return any(testText(name, { kind: "onDisk", as: "directory", otherwise: true }, at), all(testText(name, { kind: "onDisk", as: "file", otherwise: false }, at), itself));
}

/** Where nobody knows which files a server has. */
function lyingIn(directory: string, at: Span): Condition {
  return { kind: "unknown", key: `in ${directory}`, why: `whether the request leads to a file in ${directory}`, reads: ["path"], at };
}

function underKnown(directory: string, ground: Ground, at: Span): Condition {
  if (directory === "/") return all();
  if (ground.aliases.some(({ pattern: matched }) => matched)) return pathUnder("var:file", directory, at);
  const found: Condition[] = [];
  let earlier: Condition = never;
  for (const alias of ground.aliases) {
    const here = pathUnder(ground.target, alias.url, at);
    const part = mapped(directory, alias.directory, alias.url, ground.target, at);
    if (part !== null) found.push(all(not(earlier), here, part));
    earlier = any(earlier, here);
  }
  const { documentRoot } = ground;
  if (documentRoot === null) {
    if (found.length > 0) return any(...found);
    return lyingIn(directory, at);
  }
  const part = mapped(directory, documentRoot, "", ground.target, at);
  return any(...found, ...(part === null ? [] : [all(not(earlier), part)]));
}

/** Which paths under `url`, which stands for `root`, lie in a directory; null when none can. */
function mapped(directory: string, root: string, url: string, target: Field, at: Span): Condition | null {
  const base = root.replace(/\/+$/, "");
  if (directory === base || base.startsWith(`${directory}/`)) return all();
  if (!directory.startsWith(`${base}/`)) return null;
  return pathUnder(target, url.replace(/\/+$/, "") + directory.slice(base.length), at);
}
