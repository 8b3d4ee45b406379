import { detect, formats } from "../formats/detect.ts";
import type { Embedded, Loaded, Tree, Unit } from "../formats/format.ts";
import type { Problem, SourceFile } from "../source.ts";
import type { ReadFile } from "./finding.ts";

/** Everything that was recognised in a tree, lowered. */
export interface Workspace {
  readonly units: readonly Unit[];
  readonly problems: readonly Problem[];
  /** Recognised files, in order of path. */
  readonly files: readonly ReadFile[];
}

/** How deep one format may lie inside another: nginx text in YAML, ModSecurity rules in that. */
const nesting = 3;

/** Recognises files and lowers them, with the pieces of other formats inside them. */
export function loadWorkspace(files: readonly SourceFile[], tree: Tree): Workspace {
  const claimed = files.flatMap((file) => {
    const format = detect(file);
    return format === null ? [] : [{ format: format.id, file }];
  });
  const units: Unit[] = [];
  const problems: Problem[] = [];
  let pending: readonly Embedded[] = claimed;
  for (let depth = 0; depth < nesting && pending.length > 0; depth += 1) {
    const loaded = loadPieces(pending, tree);
    units.push(...loaded.flatMap((one) => one.units));
    problems.push(...loaded.flatMap((one) => one.problems));
    pending = loaded.flatMap((one) => one.embedded);
  }
  const read = claimed.map(({ format, file }) => ({ path: file.path, format }));
  return { units, problems, files: read.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function loadPieces(pieces: readonly Embedded[], tree: Tree): readonly Loaded[] {
  return formats.flatMap((format) => {
    const files = pieces.filter((piece) => piece.format === format.id).map((piece) => piece.file);
    return files.length === 0 ? [] : [format.load(files, tree)];
  });
}
