import type { Condition } from "../../../model/condition.ts";
import type { Effect, Evidence, Fix, Reason } from "../../../model/program.ts";
import type { Span } from "../../../source.ts";
import { field, items, textOf, type Maybe, type TreeNode } from "../../tree.ts";
import type { Configuration, Plugin, Route } from "./entities.ts";

/** A plugin at work on a route. */
export interface Use {
  readonly plugin: Plugin;
  readonly route: Route;
  readonly configuration: Configuration;
  /** All plugins that are active on the route. */
  readonly active: readonly Plugin[];
  /** `on the route \`orders\``, for notes. */
  readonly where: string;
}

/** What a plugin does, before it is known for which consumers it runs. */
export interface Draft {
  readonly when: Condition;
  readonly effect: Effect;
  readonly reason: Reason;
  /** The directive to point at, then others; where the plugin stands is added after them. */
  readonly because: readonly [Evidence, ...Evidence[]];
  readonly fix?: Fix;
}

/** A value of a plugin's configuration: its own, else the shared one it builds on. */
export function config(use: Use, key: string): Maybe {
  return field(use.plugin.config, key) ?? field(use.plugin.shared, key);
}

/** Where to point for a value: at it, or at the plugin's name when the default counts. */
export function placeOf(use: Use, node: Maybe): Span {
  return node?.at ?? use.plugin.at;
}

/** A condition nobody can decide from the file. */
export function unknown(use: Use, why: string, at: Span = use.plugin.at): Condition {
  return { kind: "unknown", key: `${use.plugin.name} at ${at.start} of ${at.file.path}: ${why}`, why, reads: "anything", at };
}

/** The texts of a list, and the nodes of it (or the whole value) that a template gives. A single value is a list of one. */
export function listed(node: Maybe): { readonly known: readonly string[]; readonly open: readonly TreeNode[] } {
  const all = node?.kind === "scalar" ? [node] : items(node);
  return { known: all.flatMap((item) => textOf(item) ?? []), open: all.filter((item) => textOf(item) === undefined) };
}
