import type { Evidence } from "../../model/program.ts";
import type { Problem, SourceFile } from "../../source.ts";
import type { Tree } from "../format.ts";
import type { Context, ContextKind, Item } from "./context.ts";
import { evidence } from "./context.ts";
import { faultsOf } from "./faults.ts";
import type { Directive, Node } from "./parse.ts";
import { parse } from "./parse.ts";
import type { EnabledSite, SitesInclude } from "./enabled.ts";
import { besidePatterns, enabledPatterns, isSite } from "./enabled.ts";
import type { Adopted } from "./siblings.ts";

/** A configuration with its includes read. */
export interface Assembled {
  /** Where its includes were looked for. */
  readonly tree: Tree;
  readonly main: Context;
  /** Every file that took part, the starting one first. */
  readonly files: readonly SourceFile[];
  /** Includes outside the tree, and template tags that stand for directives. */
  readonly missing: readonly Evidence[];
  readonly problems: readonly Problem[];
  /** The paths of the rule files that are here, by the directive that names them. */
  readonly ruleFiles: ReadonlyMap<Directive, string>;
  /** What was taken from files that nothing includes. */
  readonly adopted: readonly Adopted[];
  /** Includes of enabled sites of which none is here, with those that are available. */
  readonly sites: readonly SitesInclude[];
  /** Includes that read several files, with their paths. */
  readonly globs: readonly SitesInclude[];
  /** The site that counts as enabled, where none is. */
  readonly enabled: EnabledSite | null;
  /** The paths of parts of a server that are included where there is none, which nginx refuses: they are meant for servers. */
  readonly misplaced: readonly string[];
}

/** What counts as a part of a configuration though nothing says so. */
export interface Tied {
  readonly adopted?: readonly Adopted[];
  readonly enabled?: EnabledSite | null;
}

const KINDS: Readonly<Record<string, ContextKind>> = {
  http: "http",
  server: "server",
  location: "location",
  if: "if",
  limit_except: "limit_except",
};
const DEEPEST_INCLUDE = 20;
const MOST_FILES = 2000;

interface Assembly {
  readonly tree: Tree;
  readonly start: SourceFile;
  readonly files: SourceFile[];
  readonly missing: Evidence[];
  readonly problems: Problem[];
  readonly ruleFiles: Map<Directive, string>;
  readonly open: string[];
  readonly sites: SitesInclude[];
  readonly globs: SitesInclude[];
  readonly enabled: EnabledSite | null;
  readonly misplaced: string[];
  /** What the first `http` block holds. */
  http: Item[] | null;
  budget: number;
}

/**
 * Reads a file and everything it includes, nginx's way: relative to the folder of the file that starts it all. What is
 * adopted counts as written at the end of the `http` block, a site that counts as enabled as read by its include.
 */
export function assemble(start: SourceFile, tree: Tree, { adopted = [], enabled = null }: Tied = {}): Assembled {
  const assembly: Assembly = { tree, start, files: [], missing: [], problems: [], ruleFiles: new Map(), open: [], sites: [], globs: [], enabled, misplaced: [], http: null, budget: MOST_FILES };
  const { context: main, into } = blockOf("main", null, null);
  readFile(assembly, start, into);
  for (const { item, file } of adopted) {
    (assembly.http ?? into.items).push(item);
    if (!assembly.files.includes(file)) assembly.files.push(file);
  }
  const { files, missing, problems, ruleFiles, sites, globs, misplaced } = assembly;
  return { tree, main, adopted, enabled, files, missing, problems, ruleFiles, sites, globs, misplaced };
}

/** A block while it is being filled. */
interface Filling {
  readonly context: Context;
  readonly items: Item[];
  readonly unread: Evidence[];
}

function blockOf(kind: ContextKind, parent: Context | null, opener: Directive | null): { readonly context: Context; readonly into: Filling } {
  const items: Item[] = [];
  const unread: Evidence[] = [];
  const context: Context = { kind, parent, opener, items, unread };
  return { context, into: { context, items, unread } };
}

function readFile(assembly: Assembly, file: SourceFile, into: Filling): void {
  const { tree, problems } = parse(file);
  if (!assembly.files.some((known) => known.path === file.path)) {
    assembly.files.push(file);
    for (const problem of [...problems, ...faultsOf(tree)]) assembly.problems.push(problem);
  }
  if (into.context.kind === "http" && tree.nodes.some(isForServers)) assembly.misplaced.push(file.path);
  assembly.open.push(file.path);
  fill(assembly, tree.nodes, into);
  assembly.open.pop();
}

/** Whether a directive stands in servers only. */
function isForServers(node: Node): boolean {
  return node.kind !== "control" && /^(?:location|if|rewrite|return|try_files)$/.test(node.name.value);
}

function fill(assembly: Assembly, nodes: readonly Node[], into: Filling): void {
  for (const node of nodes) {
    if (node.kind === "control") {
      if (node.role === "value") miss(assembly, into, { at: node.at, note: "a template fills in directives here" }, true);
    } else if (node.name.value === "include" && node.block === null) {
      include(assembly, node, into);
    } else {
      if (node.name.value === "modsecurity_rules_file") nameRules(assembly, node);
      into.items.push(itemOf(assembly, node, into.context));
    }
  }
}

/** Rule files are no part of the configuration itself; where they lie is found as for includes. */
function nameRules(assembly: Assembly, directive: Directive): void {
  const word = directive.args[0];
  const path = word === undefined || word.template ? undefined : resolve(assembly, word.value, directive)[0];
  if (path !== undefined) assembly.ruleFiles.set(directive, path);
  else assembly.missing.push(evidence(directive, `the firewall rules in ${word?.value ?? ""} are not here`));
}

function miss(assembly: Assembly, into: Filling, part: Evidence, mayHandle: boolean): void {
  assembly.missing.push(part);
  if (mayHandle) into.unread.push(part);
}

function itemOf(assembly: Assembly, directive: Directive, parent: Context): Item {
  if (directive.block === null) return { directive, block: null };
  const { context, into } = blockOf(KINDS[directive.name.value] ?? "other", parent, directive);
  if (context.kind === "http") assembly.http ??= into.items;
  fill(assembly, directive.block, into);
  return { directive, block: context };
}

function include(assembly: Assembly, directive: Directive, into: Filling): void {
  const word = directive.args[0];
  const found = word === undefined || word.template ? [] : chosenOf(assembly, directive, resolve(assembly, word.value, directive));
  if (found.length > 1) assembly.globs.push({ directive, value: word?.value ?? "", paths: found, beside: false });
  const paths = found.length > 0 || word === undefined || word.template ? found : siteOf(assembly, word.value, directive);
  const optional = word !== undefined && !word.template && /[*?[]/.test(word.value) && (assembly.tree.complete === true || folderKnown(assembly, word.value));
  if (paths.length === 0 && !optional) {
    const harmless = harmlessInclude(word?.value ?? "");
    const settings = harmless || SETTINGS_ONLY.test(word?.value ?? "");
    if (!harmless) miss(assembly, into, evidence(directive, `the included file ${word?.value ?? ""} is not here`), !settings);
    if (settings) into.items.push({ directive, block: null });
  }
  for (const path of paths) {
    const file = assembly.tree.read(path);
    if (file === null || assembly.open.includes(file.path) || assembly.open.length > DEEPEST_INCLUDE) continue;
    assembly.budget -= 1;
    if (assembly.budget > 0) readFile(assembly, file, into);
  }
}

/** Of several files that an include reads, the one that counts as the only site, and those that hold none. */
function chosenOf(assembly: Assembly, directive: Directive, paths: readonly string[]): readonly string[] {
  const { enabled, tree } = assembly;
  if (enabled?.instead !== true || !isEnabledBy(enabled, directive)) return paths;
  return paths.filter((path) => tree.read(path)?.path === enabled.site.path || !isSiteBeside(assembly, path));
}

function isEnabledBy({ at }: EnabledSite, directive: Directive): boolean {
  return at.start === directive.at.start && at.file.path === directive.at.file.path;
}

/** The site that counts as enabled by this include; none where nothing is to. What is available for it is noted. */
function siteOf(assembly: Assembly, value: string, directive: Directive): readonly string[] {
  const { tree, enabled, sites } = assembly;
  if (tree.complete === true) return [];
  const available = firstOf(enabledPatterns(value), (pattern) => resolve(assembly, pattern, directive));
  const folder = folderOf(directive.at.file.path);
  const beside = available.length > 0 ? [] : firstOf(besidePatterns(value, folder), (pattern) => tree.list(pattern).filter((path) => isSiteBeside(assembly, path)));
  const paths = [...available, ...beside];
  if (paths.length > 0) sites.push({ directive, value, paths, beside: beside.length > 0 });
  return enabled !== null && isEnabledBy(enabled, directive) ? [enabled.site.path] : [];
}

function isSiteBeside({ tree, open }: Assembly, path: string): boolean {
  const file = open.includes(path) ? null : tree.read(path);
  return file !== null && isSite(parse(file).tree);
}

/** What the first of several patterns finds that finds anything. */
function firstOf(patterns: readonly string[], find: (pattern: string) => readonly string[]): readonly string[] {
  for (const pattern of patterns) {
    const found = find(pattern);
    if (found.length > 0) return found;
  }
  return [];
}

/** Names of files that hold settings, but neither locations nor handlers. */
const SETTINGS_ONLY = /ssl|tls|cert|resolver|header|proxy[_.-]|gzip|brotli|log|mime|real[_-]?ip|cache|polic|types|modules/i;

/** Files that nginx, Debian and certbot ship, whose contents cannot stop a request. */
function harmlessInclude(value: string): boolean {
  return /(?:^|\/)(?:mime\.types|proxy_params|options-ssl-nginx\.conf|fastcgi_params|fastcgi\.conf|uwsgi_params|scgi_params|modules-enabled\/\*\.conf)$/.test(value);
}

/** An included file may lie in the tree as the template it is made from. */
const TEMPLATE_ENDINGS = ["", ".template", ".tmpl", ".j2", ".erb"];

function folderKnown(assembly: Assembly, pattern: string): boolean {
  const folder = pattern.slice(0, pattern.lastIndexOf("/") + 1);
  return candidates(assembly, `${folder}*`).some((path) => assembly.tree.list(path).length > 0);
}

function resolve(assembly: Assembly, value: string, directive: Directive): readonly string[] {
  const globbed = /[*?[]/.test(value);
  for (const path of candidates(assembly, value, directive.at.file.path)) {
    if (globbed) {
      const found = assembly.tree.list(path).filter((one) => assembly.tree.read(one) !== null);
      if (found.length > 0) return found;
    } else {
      const found = TEMPLATE_ENDINGS.find((ending) => assembly.tree.read(path + ending) !== null);
      if (found !== undefined) return [path + found];
    }
  }
  return [];
}

/**
 * Where an included path may lie in the tree: as written; relative to the folder of the start, or to one above it when
 * the start is a part of a configuration itself; with /etc/nginx standing for any of these folders.
 */
function candidates(assembly: Assembly, value: string, includer = assembly.start.path): readonly string[] {
  const base = folderOf(assembly.start.path);
  const system = /^(?:\/usr\/local)?\/(?:etc\/nginx|etc\/openresty|nginx\/conf|openresty\/nginx\/conf|config\/nginx)\/(.*)$/.exec(value);
  const bare = value.replace(/^\.\//, "");
  const found = value.startsWith("/") ? [value] : [join(base, bare), join(folderOf(includer), bare)];
  const rest = value.startsWith("/") ? system?.[1] : bare;
  for (let folder: string | null = base; folder !== null && rest !== undefined; folder = parentOf(folder)) found.push(join(folder, rest));
  return [...new Set(found)];
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function parentOf(folder: string): string | null {
  const trimmed = folder.replace(/\/$/, "");
  return trimmed === "" ? null : folderOf(trimmed);
}

function join(folder: string, rest: string): string {
  return folder === "" || folder.endsWith("/") ? `${folder}${rest}` : `${folder}/${rest}`;
}
