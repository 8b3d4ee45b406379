import { detect, formats } from "../formats/detect.ts";
import type { Embedded, Loaded, Tree, Unit } from "../formats/format.ts";
import { originAt, placeOnDisk, startKey, type Problem, type SourceFile } from "../source.ts";
import type { ReadFile } from "./finding.ts";
import { withPieces } from "./pieces.ts";

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
  const layers: Unit[][] = [];
  const problems: Problem[] = [];
  let pending: readonly Embedded[] = claimed;
  for (let depth = 0; depth < nesting && pending.length > 0; depth += 1) {
    const loaded = loadPieces(pending, tree);
    layers.push(loaded.flatMap((one) => one.units.map((unit) => ({ ...unit, files: filesOnDisk(unit.files) }))));
    for (const problem of loaded.flatMap((one) => one.problems)) problems.push(problem);
    pending = loaded.flatMap((one) => one.embedded);
  }
  const read = claimed.map(({ format, file }) => ({ path: file.path, format }));
  return {
    units: withoutParts(layers),
    problems: distinct(problems.filter(isWritten).map((problem) => ({ ...problem, at: placeOnDisk(problem.at) }))),
    files: read.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function loadPieces(pieces: readonly Embedded[], tree: Tree): readonly Loaded[] {
  return formats.flatMap((format) => {
    const files = pieces.filter((piece) => piece.format === format.id).map((piece) => piece.file);
    return files.length === 0 ? [] : [format.load(files, withPieces(tree, files))];
  });
}

/** A file that a piece of another one reads is a part of that, and no configuration of its own. */
function withoutParts([own = [], ...inner]: readonly (readonly Unit[])[]): readonly Unit[] {
  const pieces = inner.flat();
  const isPart = ({ program, files }: Unit): boolean =>
    pieces.some((piece) => piece.program.format === program.format && piece.files.length > files.length && files.every((file) => piece.files.some((one) => one.path === file.path)));
  return [...own.filter((unit) => !isPart(unit)), ...pieces];
}

/** Each problem once: what several configurations share is read with each of them. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${startKey(problem.at)} ${problem.code}`, problem])).values()];
}

/** Whether somebody wrote what is wrong: what only expresses a manifest is right where its parts are. */
function isWritten({ at }: Problem): boolean {
  return originAt(at.file, at.start)?.spelling !== null;
}

/** The files that texts were put together from, each once and in order. */
function filesOnDisk(files: readonly SourceFile[]): readonly SourceFile[] {
  const all = files.flatMap(({ origins }, index) => (origins === undefined ? files.slice(index, index + 1) : filesOnDisk(origins.map((origin) => origin.at.file))));
  return [...new Set(all)];
}
