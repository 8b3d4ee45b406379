import type { Tree } from "../formats/format.ts";
import { globSegment, hasWildcard } from "../formats/glob.ts";
import type { SourceFile } from "../source.ts";

/**
 * A tree that also holds the pieces found inside files. A piece is called after the file it lies in, the object in that
 * file and its own name (`deploy.yaml/web/default.conf`). Nobody says here under which path the object will be mounted,
 * so an include that names a folder means the pieces of the same object with a fitting name, else those of the same file.
 */
export function withPieces(tree: Tree, files: readonly SourceFile[]): Tree {
  const pieces = files.filter(({ path, origins }) => origins?.[0] !== undefined && path.startsWith(`${origins[0].at.file.path}/`));
  if (pieces.length === 0) return tree;
  const byPath = new Map(pieces.map((piece) => [piece.path, piece]));
  const around = [...new Set(pieces.flatMap(foldersAround))].sort((a, b) => b.length - a.length);
  return {
    ...tree,
    read(path) {
      const exact = byPath.get(path);
      if (exact !== undefined) return exact;
      const [found] = hasWildcard(path) ? [] : mounted(path, byPath, around);
      return found === undefined ? tree.read(path) : (byPath.get(found) ?? null);
    },
    list(pattern) {
      const found = mounted(pattern, byPath, around);
      return found.length > 0 ? found : tree.list(pattern);
    },
  };
}

/** The object a piece belongs to, and the file that object lies in. */
function foldersAround({ path }: SourceFile): readonly string[] {
  const object = path.slice(0, path.lastIndexOf("/"));
  return [object, object.slice(0, object.lastIndexOf("/"))];
}

function mounted(pattern: string, byPath: ReadonlyMap<string, SourceFile>, around: readonly string[]): readonly string[] {
  const folder = around.find((one) => pattern.startsWith(`${one}/`));
  if (folder === undefined) return [];
  const matches = globSegment(pattern.slice(pattern.lastIndexOf("/") + 1));
  return [...byPath.keys()].filter((path) => path.startsWith(`${folder}/`) && matches(path.slice(path.lastIndexOf("/") + 1))).sort();
}
