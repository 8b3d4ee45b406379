import type { Tree } from "../../format.ts";
import type { Evidence } from "../../../model/program.ts";
import type { Problem, SourceFile, Span } from "../../../source.ts";
import { textValue } from "./configuration.ts";
import { parse } from "./parse.ts";
import type { Directive, Setting } from "./tree.ts";

const DEEPEST = 20;
const MOST_FILES = 2000;

/** The directives of a file with those of its includes in their place. */
export interface Expanded {
  readonly directives: readonly Directive[];
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
  readonly missing: readonly Evidence[];
}

/** Reads a file and everything it includes, in order: at most 20 deep, and no file inside itself. */
export function expand(file: SourceFile, tree: Tree): Expanded {
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  const missing: Evidence[] = [];
  const open = new Set<string>();
  const read = (source: SourceFile): readonly Directive[] => {
    files.push(source);
    open.add(source.path);
    const parsed = parse(source);
    for (const problem of parsed.problems) problems.push(problem);
    const directives = withIncludes(parsed.tree, source);
    open.delete(source.path);
    return directives;
  };
  const withIncludes = (found: readonly Directive[], source: SourceFile): readonly Directive[] =>
    found.flatMap((directive): readonly Directive[] => {
      if (directive.kind === "section") return [{ ...directive, directives: withIncludes(directive.directives, source) }];
      if (directive.kind !== "setting" || !isInclude(directive)) return [directive];
      const included = includedPaths(directive, source, tree).filter((path) => !open.has(path));
      if (included.length === 0 || open.size >= DEEPEST) missing.push(missingInclude(directive));
      if (open.size >= DEEPEST) return [];
      return included.flatMap((path) => {
        const file = files.length < MOST_FILES ? tree.read(path) : null;
        if (file === null) missing.push(missingInclude(directive));
        return file === null ? [] : read(file);
      });
    });
  return { directives: read(file), files, problems, missing };
}

export function isInclude(setting: Setting): boolean {
  return setting.name === "include" || setting.name === "includeoptional";
}

function missingInclude(setting: Setting): Evidence {
  return { at: setting.span, note: "the files it includes are not here" };
}

/** The paths of the tree that an Include means: as written, and relative to the folder of the file it stands in. */
function includedPaths(setting: Setting, from: SourceFile, tree: Tree): readonly string[] {
  const pattern = textValue(setting.arguments[0]);
  if (pattern === "") return [];
  const relative = pattern.startsWith("/") ? [] : [joined(folderOf(from.path), pattern)];
  for (const candidate of [...relative, pattern]) {
    const found = /[*?[]/.test(candidate) ? tree.list(candidate) : tree.read(candidate) === null ? [] : [candidate];
    if (found.length > 0) return found;
  }
  return [];
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** Joins a folder and a relative path, resolving `.` and `..`. */
export function joined(folder: string, path: string): string {
  const kept: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (part !== "." && (part !== "" || kept.length === 0)) kept.push(part);
  }
  return folder === "" ? kept.join("/").replace(/^\//, "") : kept.join("/");
}

export function startOf(file: SourceFile): Span {
  return { file, start: 0, end: 0 };
}
