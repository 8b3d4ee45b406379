import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { isInside } from "./disk.ts";

/** Patterns in gitignore syntax, relative to a folder. */
export interface IgnoreLayer {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Patterns of a list, or of a file; upper and lower case differ, as with git on Linux. */
export function ignoreLayer(folder: string, patterns: readonly string[] | string): IgnoreLayer {
  return { folder, patterns: ignore({ ignorecase: false }).add(patterns) };
}

/** Whether the innermost layer that speaks of a path ignores it; layers are ordered from the outermost. */
export function isIgnored(path: string, isFolder: boolean, layers: readonly IgnoreLayer[]): boolean {
  for (const { folder, patterns } of layers.toReversed()) {
    const way = relative(folder, path).split(sep).join("/");
    if (way === "" || !isInside(path, folder)) continue;
    const { ignored, unignored } = patterns.test(isFolder ? `${way}/` : way);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The `.gitignore` of a folder, if there is one. */
export function gitignoreIn(folder: string): readonly IgnoreLayer[] {
  const path = join(folder, ".gitignore");
  return existsSync(path) ? [ignoreLayer(folder, readFileSync(path, "utf8"))] : [];
}

/** The folder that holds `.git`, at or above a folder; null outside a repository. */
export function gitRoot(folder: string): string | null {
  if (existsSync(join(folder, ".git"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : gitRoot(parent);
}

/** Every `.gitignore` above a folder within its repository, from the outermost. */
export function gitignoresAbove(folder: string): readonly IgnoreLayer[] {
  const root = gitRoot(folder);
  if (root === null || root === folder) return [];
  const parents: string[] = [];
  for (let parent = dirname(folder); isInside(parent, root); parent = dirname(parent)) parents.unshift(parent);
  return parents.flatMap(gitignoreIn);
}
