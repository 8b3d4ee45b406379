import type { Evidence } from "../../model/program.ts";
import type { Directive } from "./parse.ts";

/** The blocks in which a request can be; `other` is a block of rows or of a module nobody needs to enter. */
export type ContextKind = "main" | "http" | "server" | "location" | "if" | "limit_except" | "other";

/** A directive where it takes effect, includes resolved; `block` is null for simple directives. */
export interface Item {
  readonly directive: Directive;
  readonly block: Context | null;
}

/** One block of the configuration with the block around it. */
export interface Context {
  readonly kind: ContextKind;
  readonly parent: Context | null;
  /** The directive that opens the block; null for a whole file and for a block that is only implied. */
  readonly opener: Directive | null;
  readonly items: readonly Item[];
  /** Parts of this very block that could not be read, and that may hold locations or handlers. */
  readonly unread: readonly Evidence[];
}

const indexes = new WeakMap<readonly Item[], ReadonlyMap<string, readonly Directive[]>>();

function indexOf({ items }: Context): ReadonlyMap<string, readonly Directive[]> {
  const known = indexes.get(items);
  if (known !== undefined) return known;
  const index = new Map<string, Directive[]>();
  for (const { directive } of items) {
    const same = index.get(directive.name.value);
    if (same === undefined) index.set(directive.name.value, [directive]);
    else same.push(directive);
  }
  indexes.set(items, index);
  return index;
}

const none: readonly Directive[] = [];

/** The directives of a name that stand in this very block. Ask only once the block is complete. */
export function own(context: Context, name: string): readonly Directive[] {
  return indexOf(context).get(name) ?? none;
}

/**
 * The directives of a name that are in force: those of the nearest block that has any. So nginx merges both simple
 * values and lists, which is why one `deny` in a location drops every `deny` above it.
 */
export function inherited(context: Context, name: string): readonly Directive[] {
  for (let at: Context | null = context; at !== null; at = at.parent) {
    const found = own(at, name);
    if (found.length > 0) return found;
  }
  return [];
}

/** The directives of any of several names in force together, in order: `allow` and `deny` are one list. */
export function inheritedOf(context: Context, names: readonly string[]): readonly Directive[] {
  for (let at: Context | null = context; at !== null; at = at.parent) {
    const index = indexOf(at);
    if (!names.some((name) => index.has(name))) continue;
    return at.items.flatMap(({ directive }) => (names.includes(directive.name.value) ? [directive] : []));
  }
  return [];
}

/** The directive that gives a simple setting, if any does. */
export function setting(context: Context, name: string): Directive | undefined {
  return inherited(context, name).at(-1);
}

/** The first argument of a simple setting, or what nginx takes without one. */
export function settingValue(context: Context, name: string, otherwise: string): string {
  return setting(context, name)?.args[0]?.value ?? otherwise;
}

/** The nearest block of a kind, this one included. */
export function nearest(context: Context, kind: ContextKind): Context | null {
  for (let at: Context | null = context; at !== null; at = at.parent) if (at.kind === kind) return at;
  return null;
}

/** Blocks of a kind that stand in this very block, in order. */
export function blocksOf(context: Context, kind: ContextKind): readonly Context[] {
  return context.items.flatMap(({ block }) => (block?.kind === kind ? [block] : []));
}

/** A directive as evidence; the words of its head are what is underlined. */
export function evidence(directive: Directive, note: string): Evidence {
  return { at: directive.head, note };
}
