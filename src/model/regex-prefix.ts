import type { Node } from "./regex-tree.ts";

/**
 * The text that every match of a pattern stands at the start of the subject with; empty when the pattern may match
 * elsewhere, or begins with nothing fixed. Long lists of redirects are told apart by it at once.
 */
export function prefixOf(tree: Node): string {
  const [first, ...rest] = flat(tree);
  if (first?.kind !== "assert" || first.what !== "start") return "";
  const units: number[] = [];
  for (const node of rest) {
    const unit = onlyUnit(node);
    if (unit === null) break;
    units.push(unit);
  }
  return String.fromCharCode(...units.slice(0, longest));
}

const longest = 200;

/** What stands one after the other, sequences in sequences as one. */
function flat(node: Node): readonly Node[] {
  return node.kind === "sequence" ? node.of.flatMap(flat) : [node];
}

/** The only character that a node takes; null where it takes others, or none. */
function onlyUnit(node: Node): number | null {
  if (node.kind !== "set") return null;
  const [from, to, ...more] = node.set;
  return from !== undefined && from === to && more.length === 0 ? from : null;
}
