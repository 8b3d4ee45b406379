import { always } from "../../model/condition.ts";
import { compilePattern } from "../../model/regex.ts";
import type { SourceFile } from "../../source.ts";
import { rulesOf } from "./directives.ts";
import type { Statement } from "./expand.ts";
import type { Parts } from "./sections.ts";
import { wildcard } from "./sections.ts";
import type { Fault } from "./validate.ts";

/** What AllowOverride and AllowOverrideList say about the `.htaccess` of a directory. */
export interface AllowOverride {
  /** Groups of directives; null for all. */
  readonly groups: ReadonlySet<string> | null;
  /** Options that may be set, where not all may. */
  readonly options: ReadonlySet<string> | null;
  /** Single directives by their names in lower case, those of sections with `<` before. */
  readonly listed: ReadonlySet<string>;
  /** `Nonfatal=`: the server passes over what is not granted (`override`), or is no directive (`unknown`). */
  readonly nonfatal: ReadonlySet<"override" | "unknown">;
}

const nothing: ReadonlySet<never> = new Set();

/** `AllowOverride All`. */
export const allowingAll: AllowOverride = { groups: null, options: null, listed: nothing, nonfatal: nothing };

/** `AllowOverride None`, which is the server's own default. */
export const allowingNothing: AllowOverride = { groups: nothing, options: null, listed: nothing, nonfatal: nothing };

/** Whether a `.htaccess` is read at all. */
export function isRead({ groups, listed, nonfatal }: AllowOverride): boolean {
  return groups === null || groups.size + listed.size + nonfatal.size > 0;
}

/** Whether a directive may stand in a `.htaccess`. */
export function isGranted(node: Statement["node"], { groups, listed }: AllowOverride): boolean {
  const overrides = rulesOf(node.key)?.overrides ?? [];
  const byGroup = groups === null || (groups.size > 0 && overrides.includes("Any")) || overrides.some((one) => groups.has(one));
  return (byGroup && overrides.length > 0) || listed.has(node.kind === "section" ? `<${node.key}` : node.key);
}

/** What is left where the server passes over some of it under `Nonfatal=`. */
export function passedOver(statements: readonly Statement[], allow: AllowOverride, lacks: (key: string) => boolean): readonly Statement[] {
  return kept(statements, allow, lacks, () => []);
}

/** The same with what is passed over left as a directive that says nothing: it takes the place of what was said further up. */
export function silenced(statements: readonly Statement[], allow: AllowOverride, lacks: (key: string) => boolean): readonly Statement[] {
  return kept(statements, allow, lacks, ({ node, ...statement }) => (replacing.test(node.key) ? [{ ...statement, node: { ...node, key: silent(node.key) } }] : []));
}

/** Directives of modules that do not merge what sections say, or not all of it. */
const replacing = /^(rewrite\w+|order|allow|deny|satisfy|authuserfile|authgroupfile)$/;

/** The name of a directive that says nothing, but replaces. */
export function silent(key: string): string {
  return `${key}, passed over`;
}

function kept(statements: readonly Statement[], allow: AllowOverride, lacks: (key: string) => boolean, instead: (statement: Statement) => readonly Statement[]): readonly Statement[] {
  if (allow.nonfatal.size === 0) return statements;
  return statements.flatMap((statement) => {
    const { key } = statement.node;
    if (rulesOf(key) === undefined || lacks(key)) return allow.nonfatal.has("unknown") ? [] : [statement];
    const stays = !allow.nonfatal.has("override") || isGranted(statement.node, allow);
    return stays ? [{ ...statement, children: kept(statement.children, allow, lacks, instead) }] : instead(statement);
  });
}

/** What AllowOverride refuses besides whole directives. */
export function overrideFaults(statements: readonly Statement[], file: SourceFile, allow: AllowOverride): readonly Fault[] {
  return [...optionFaults(statements, allow), ...readingFaults(file, allow)];
}

function optionFaults(statements: readonly Statement[], allow: AllowOverride): readonly Fault[] {
  const { options } = allow;
  if (options === null) return [];
  return statements.flatMap(({ node, guard, children }) => {
    const words = node.key === "options" ? node.args.map((arg) => arg.value.replace(/^[+-]/, "").toLowerCase()) : [];
    const strange = words.find((word) => word !== "none" && !options.has(word));
    const own = strange === undefined ? [] : [{ at: node.span, message: `Option ${strange} not allowed here`, when: guard }];
    return [...own, ...optionFaults(children, allow)];
  });
}

/** Sections that are decided while reading are directives too, and need some group to be granted. */
function readingFaults(file: SourceFile, { groups, listed }: AllowOverride): readonly Fault[] {
  const found = /^[ \t]*<(If(?:Module|Define|Version|File|Directive|Section))\b.*/im.exec(file.text);
  const [whole = "", name = ""] = found ?? [];
  if (found === null || groups === null || groups.size > 0 || listed.has(`<${name.toLowerCase()}`)) return [];
  return [{ at: { file, start: found.index, end: found.index + whole.length }, message: `<${name} not allowed here`, when: always }];
}

/** What the Directory sections around a directory allow: the longest that says something decides. */
export function allowOverride(directory: string, sections: Parts["directories"], otherwise: AllowOverride): AllowOverride {
  const around = sections
    .filter(({ path, regex }) => !regex && (path === "/" || lies(directory, path)))
    .sort((a, b) => depthOf(a.path) - depthOf(b.path));
  let allow = otherwise;
  for (const { node } of around.flatMap(({ statement }) => statement.children)) {
    const words = node.args.map((arg) => arg.value.toLowerCase());
    // Which options may be set is said for what lies deeper, too.
    if (node.key === "allowoverride") allow = { ...granting(words), listed: allow.listed, options: words.includes("all") ? null : (optionsIn(words) ?? allow.options) };
    if (node.key === "allowoverridelist") allow = { ...allow, listed: new Set(words.filter((word) => word !== "none")) };
  }
  return allow;
}

function lies(directory: string, path: string): boolean {
  if (!/[*?[]/.test(path)) return directory === path || directory.startsWith(`${path}/`);
  const compiled = compilePattern(`^${wildcard(path, false)}(/|$)`, {});
  return compiled.ok && compiled.test(directory) === true;
}

const named: Readonly<Record<string, string>> = { authconfig: "AuthConfig", fileinfo: "FileInfo", indexes: "Indexes", limit: "Limit", options: "Options" };

/** The options that `All` stands for: neither MultiViews nor SymLinksIfOwnerMatch. */
const plainOptions = ["all", "indexes", "includes", "includesnoexec", "followsymlinks", "execcgi"] as const;

/** The options that a line lets be set; null where it says nothing of them. */
function optionsIn(words: readonly string[]): ReadonlySet<string> | null {
  const last = words.findLast((word) => word === "options" || word.startsWith("options="));
  const listed = last?.split("=")[1]?.split(",");
  if (last === undefined) return null;
  return new Set((listed ?? ["all"]).flatMap((word) => (word === "all" ? plainOptions : word === "includes" ? [word, "includesnoexec"] : [word])));
}

function granting(words: readonly string[]): Omit<AllowOverride, "listed" | "options"> {
  const groups = new Set(words.flatMap((word) => named[word.replace(/=.*$/, "")] ?? []));
  const passes = (what: string): boolean => words.includes(`nonfatal=${what}`) || words.includes("nonfatal=all");
  return { groups: words.includes("all") ? null : groups, nonfatal: new Set((["override", "unknown"] as const).filter(passes)) };
}

/** How many names a path has. */
export function depthOf(path: string): number {
  return path.split("/").filter((part) => part !== "").length;
}
