import type { Problem, Span } from "../../../source.ts";
import { field, items, shapeProblem, type Maybe, type TreeNode } from "../../tree.ts";
import type { Named } from "./entities.ts";

/** An entity's name, a template standing for itself. */
export function writtenName(node: Maybe): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? node.text : undefined;
}

/** An entity with what it can be called. */
export function named(node: TreeNode, key: "name" | "username"): Named {
  const name = field(node, key);
  return { name: writtenName(name), id: writtenName(field(node, "id")), node, at: name?.at ?? firstKey(node) };
}

function firstKey(node: TreeNode): Span {
  return node.kind === "map" ? (node.entries[0]?.keyAt ?? node.at) : node.at;
}

/** What a reference names: `x`, `{name: x}`, `{id: x}` or `{username: x}`. */
export function reference(node: Maybe): string | undefined {
  if (node?.kind !== "map") return writtenName(node);
  return writtenName(field(node, "name") ?? field(node, "id") ?? field(node, "username"));
}

/** Finds entities by what references call them; of several with one name the first. */
export function index<Entity extends Named>(entities: readonly Entity[]): ReadonlyMap<string, Entity> {
  const found = new Map<string, Entity>();
  for (const one of entities) {
    for (const called of [one.name, one.id]) {
      if (called !== undefined && !found.has(called)) found.set(called, one);
    }
  }
  return found;
}

/** A list under a key, with a problem when it is something else. */
export function listOf(node: Maybe, key: string, problems: Problem[]): readonly TreeNode[] {
  const list = field(node, key);
  const problem = shapeProblem(list, "list", `\`${key}\``);
  if (problem !== null) problems.push(problem);
  return items(list);
}
