import { readdirSync, statSync, type Dirent } from "node:fs";
import { join, resolve } from "node:path";
import type { SourceFile } from "../source.ts";
import { readContent, realPath, typedPath, type Typing } from "./disk.ts";
import { gitignoreIn, gitignoresAbove, isIgnored, type IgnoreLayer } from "./ignored.ts";
import { UsageError, messageOf } from "./usage.ts";

/** How files are looked for. */
export interface Search extends Typing {
  /** Leave out what `.gitignore` files name, unless it is given itself. */
  readonly gitignore: boolean;
  /** The configuration's own list; holds for given paths too. */
  readonly ignore: IgnoreLayer | null;
}

/** A file that was read, its real path, and whether the user named it. */
export interface Found {
  readonly file: SourceFile;
  readonly path: string;
  readonly given: boolean;
}

/** Something that was left out, in words for the user; `path` is an example. */
export interface LeftOut {
  readonly why: "larger than 2 MB" | "binary" | "ignored by the configuration" | "a link to nothing";
  readonly path: string;
}

interface Walk extends Search {
  readonly visited: Set<string>;
  leaveOut(leftOut: LeftOut): void;
}

const skipped = new Set([".git", "node_modules"]);

/**
 * Every text file under the given paths, once, in order of path: follows links, but never in circles; skips `.git` and
 * `node_modules`. Decides nothing about formats. Throws a usage error for a path that is not there or cannot be read.
 */
export function* findFiles(paths: readonly string[], search: Search, leaveOut: (leftOut: LeftOut) => void): Iterable<Found> {
  const visited = new Set<string>();
  for (const given of paths) {
    const path = realPath(resolve(search.workingDirectory, given));
    if (path === null) throw new UsageError(`there is no file or folder ${given}; paths are relative to ${search.workingDirectory}`);
    const walk: Walk = { ...search, visited, leaveOut };
    const isFolder = statSync(path).isDirectory();
    if (search.ignore !== null && isIgnored(path, isFolder, [search.ignore])) leaveOut({ why: "ignored by the configuration", path: given });
    else if (isFolder) yield* walkFolder(path, path, startLayers(path, search), walk);
    else yield* readFound(path, true, walk);
  }
}

function startLayers(folder: string, { gitignore }: Search): readonly IgnoreLayer[] {
  if (!gitignore) return [];
  const above = gitignoresAbove(folder);
  return isIgnored(folder, true, above) ? [] : above;
}

/** `folder` is the way that was taken, `real` the place itself. */
function* walkFolder(folder: string, real: string, above: readonly IgnoreLayer[], walk: Walk): Iterable<Found> {
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  const layers = walk.gitignore ? [...above, ...gitignoreIn(folder)] : above;
  for (const entry of entriesOf(folder)) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? realPath(path) : join(real, entry.name);
    if (target === null) {
      walk.leaveOut({ why: "a link to nothing", path: typedPath(path, walk) });
      continue;
    }
    const kind = entry.isSymbolicLink() ? statSync(target) : entry;
    const all = walk.ignore === null ? layers : [...layers, walk.ignore];
    if (isIgnored(path, kind.isDirectory(), all)) continue;
    if (kind.isDirectory()) yield* walkFolder(path, target, layers, walk);
    else if (kind.isFile()) yield* readFound(target, false, walk);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new UsageError(`cannot read the folder ${folder}: ${messageOf(error)}; give other paths, or name it in \`ignore\` of the configuration`);
  }
}

function* readFound(path: string, given: boolean, walk: Walk): Iterable<Found> {
  if (walk.visited.has(path)) return;
  walk.visited.add(path);
  const typed = typedPath(path, walk);
  const content = readContent(path);
  switch (content.kind) {
    case "text":
      yield { file: { path: typed, text: content.text }, path, given };
      return;
    case "large":
      walk.leaveOut({ why: "larger than 2 MB", path: typed });
      return;
    case "binary":
      if (given) walk.leaveOut({ why: "binary", path: typed });
      return;
    case "unreadable":
      throw new UsageError(`cannot read ${typed}: ${content.why}; make it readable, or name it in \`ignore\` of the configuration`);
    default:
      content satisfies never;
  }
}
