import { readdirSync } from "node:fs";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import type { Root, Tree } from "../formats/format.ts";
import type { SourceFile } from "../source.ts";
import { isInside, readContent, realPath, typedPath, type KnownFiles, type Typing } from "./disk.ts";
import { globSegment, hasWildcard } from "../formats/glob.ts";

/** Where a tree may look. */
export interface Reach extends Typing {
  /** Real folders whose files may be read; the working directory is always one. */
  readonly folders: readonly string[];
  /** Where files with absolute names on the server lie here. */
  readonly includeRoots: readonly Root[];
  readonly known: KnownFiles;
}

/** The files that a configuration may refer to. Reads nothing outside its reach. */
export function treeOf(reach: Reach): Tree {
  const read = new Map<string, SourceFile | null>();
  return {
    read(path) {
      const known = read.get(path);
      if (known !== undefined) return known;
      const file = readWithin(localPath(path, reach), reach);
      read.set(path, file);
      return file;
    },
    list(pattern) {
      const root = rootOf(pattern, reach.includeRoots);
      const local = localPath(pattern, reach);
      if (!isReached(beforeWildcard(local), reach)) return [];
      const found = listed(local).filter((path) => isReached(path, reach));
      return found.map((path) => (root === null ? typedPath(path, reach) : serverPath(path, root, reach.workingDirectory)));
    },
  };
}

/** A path on the server as a path here; the longest include root that covers it counts. */
export function localPath(path: string, { workingDirectory, includeRoots }: Pick<Reach, "workingDirectory" | "includeRoots">): string {
  const local = mapped(path, includeRoots);
  return resolve(workingDirectory, local ?? path);
}

/** Where the longest root that covers an absolute server path puts it; null when none does. */
export function mapped(path: string, roots: readonly Root[]): string | null {
  const longest = rootOf(path, roots);
  return longest === null ? null : join(longest.local, posix.normalize(path).slice(longest.server.length));
}

function rootOf(path: string, roots: readonly Root[]): Root | null {
  const normal = posix.normalize(path);
  const covering = roots.filter(({ server }) => normal === server || normal.startsWith(server === "/" ? "/" : `${server}/`));
  return covering.toSorted((a, b) => b.server.length - a.server.length)[0] ?? null;
}

/** The name on the server of a path here: what was asked for by such a name is found under one. */
function serverPath(path: string, root: Root, workingDirectory: string): string {
  return posix.join(root.server, relative(resolve(workingDirectory, root.local), path).split(sep).join("/"));
}

function isReached(path: string, { workingDirectory, folders }: Reach): boolean {
  return [workingDirectory, ...folders].some((folder) => isInside(path, folder));
}

function readWithin(path: string, reach: Reach): SourceFile | null {
  const real = isReached(path, reach) ? realPath(path) : null;
  if (real === null) return null;
  const same = reach.known.get(real);
  if (same !== undefined) return same;
  const content = readContent(real);
  if (content.kind !== "text") return null;
  const file = { path: typedPath(real, reach), text: content.text };
  reach.known.set(real, file);
  return file;
}

/** The folder from which a glob begins to search. */
function beforeWildcard(pattern: string): string {
  const segments = pattern.split(sep);
  const wild = segments.findIndex(hasWildcard);
  return (wild < 0 ? segments : segments.slice(0, wild)).join(sep);
}

/** Paths that match a glob, as glob(3) finds them: sorted, and a wildcard matches no leading dot. */
function listed(pattern: string): readonly string[] {
  const [root = "", ...segments] = pattern.split(sep);
  let found: readonly string[] = [isAbsolute(pattern) ? sep : root];
  for (const segment of segments.filter(Boolean)) {
    if (!hasWildcard(segment)) {
      found = found.map((folder) => join(folder, segment)).filter((path) => realPath(path) !== null);
      continue;
    }
    const matches = globSegment(segment);
    found = found.flatMap((folder) => namesIn(folder).filter(matches).map((name) => join(folder, name)));
  }
  return found;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
