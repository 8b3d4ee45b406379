import type { Evidence } from "../../model/program.ts";
import type { Problem, SourceFile } from "../../source.ts";
import type { Tree } from "../format.ts";
import type { Context, ContextKind, Item } from "./context.ts";
import { evidence } from "./context.ts";
import type { Directive, Node } from "./parse.ts";
import { parse } from "./parse.ts";

/** A configuration with its includes read. */
export interface Assembled {
  readonly main: Context;
  /** Every file that took part, the starting one first. */
  readonly files: readonly SourceFile[];
  /** Includes outside the tree, and template tags that stand for directives. */
  readonly missing: readonly Evidence[];
  readonly problems: readonly Problem[];
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
  readonly open: string[];
  budget: number;
}

/** Reads a file and everything it includes, nginx's way: relative to the folder of the file that starts it all. */
export function assemble(start: SourceFile, tree: Tree): Assembled {
  const assembly: Assembly = { tree, start, files: [], missing: [], problems: [], open: [], budget: MOST_FILES };
  const items: Item[] = [];
  const main: Context = { kind: "main", parent: null, opener: null, items };
  readFile(assembly, start, main, items);
  return { main, files: assembly.files, missing: assembly.missing, problems: assembly.problems };
}

function readFile(assembly: Assembly, file: SourceFile, context: Context, items: Item[]): void {
  const { tree, problems } = parse(file);
  if (!assembly.files.some((known) => known.path === file.path)) {
    assembly.files.push(file);
    assembly.problems.push(...problems);
  }
  assembly.open.push(file.path);
  fill(assembly, tree.nodes, context, items);
  assembly.open.pop();
}

function fill(assembly: Assembly, nodes: readonly Node[], context: Context, items: Item[]): void {
  for (const node of nodes) {
    if (node.kind === "control") {
      if (node.role === "value") assembly.missing.push({ at: node.at, note: "a template fills in directives here" });
    } else if (node.name.value === "include" && node.block === null) {
      include(assembly, node, context, items);
    } else {
      items.push(itemOf(assembly, node, context));
    }
  }
}

function itemOf(assembly: Assembly, directive: Directive, parent: Context): Item {
  if (directive.block === null) return { directive, block: null };
  const items: Item[] = [];
  // `server` in an upstream has no block; a stream server is none of ours.
  const block: Context = { kind: KINDS[directive.name.value] ?? "other", parent, opener: directive, items };
  fill(assembly, directive.block, block, items);
  return { directive, block };
}

function include(assembly: Assembly, directive: Directive, context: Context, items: Item[]): void {
  const word = directive.args[0];
  const paths = word === undefined || word.template ? [] : resolve(assembly, word.value, directive);
  const optional = word !== undefined && !word.template && /[*?[]/.test(word.value) && folderKnown(assembly, word.value);
  if (paths.length === 0 && !optional && !harmlessInclude(word?.value ?? "")) {
    assembly.missing.push(evidence(directive, `the included file ${word?.value ?? ""} is not here`));
  }
  for (const path of paths) {
    const file = assembly.tree.read(path);
    if (file === null || assembly.open.includes(file.path) || assembly.open.length > DEEPEST_INCLUDE) continue;
    assembly.budget -= 1;
    if (assembly.budget > 0) readFile(assembly, file, context, items);
  }
}

/** Files nginx ships whose contents cannot touch a request. */
function harmlessInclude(value: string): boolean {
  return /(?:^|\/)(?:mime\.types|fastcgi_params|fastcgi\.conf|uwsgi_params|scgi_params|modules-enabled\/\*\.conf)$/.test(value);
}

function folderKnown(assembly: Assembly, pattern: string): boolean {
  const folder = pattern.slice(0, pattern.lastIndexOf("/") + 1);
  return candidates(assembly, `${folder}*`).some((path) => assembly.tree.list(path).length > 0);
}

function resolve(assembly: Assembly, value: string, directive: Directive): readonly string[] {
  const globbed = /[*?[]/.test(value);
  for (const path of candidates(assembly, value, directive.at.file.path)) {
    if (globbed) {
      const found = assembly.tree.list(path);
      if (found.length > 0) return found;
    } else if (assembly.tree.read(path) !== null) return [path];
  }
  return [];
}

/** Where an included path may lie in the tree: as written, or with /etc/nginx standing for the folder of the start. */
function candidates(assembly: Assembly, value: string, includer = assembly.start.path): readonly string[] {
  const base = folderOf(assembly.start.path);
  const system = /^(?:\/usr\/local)?\/(?:etc\/nginx|etc\/openresty|nginx\/conf|openresty\/nginx\/conf)\/(.*)$/.exec(value);
  const bare = value.replace(/^\.\//, "");
  const found = value.startsWith("/") ? [value] : [join(base, bare), join(folderOf(includer), bare)];
  if (system?.[1] !== undefined) {
    for (let folder: string | null = base; folder !== null; folder = parentOf(folder)) found.push(join(folder, system[1]));
  }
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
