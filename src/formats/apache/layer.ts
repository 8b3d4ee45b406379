import type { Condition } from "../../model/condition.ts";
import { all, always, methodIn, not } from "../../model/condition.ts";
import type { Span } from "../../source.ts";
import type { Directive, Section } from "./parse.ts";

/** The methods a `<Limit>` or `<LimitExcept>` leaves; GET stands for HEAD too. */
export interface Methods {
  readonly kind: "only" | "except";
  readonly names: readonly string[];
  readonly at: Span;
  /** Where each name stands; empty when a macro or a variable put them there. */
  readonly words: readonly Span[];
}

/** A directive where it counts: `guard` says when the server reads it at all, `methods` which requests it is for. */
export interface Placed {
  readonly node: Directive | Section;
  readonly guard: Condition;
  readonly methods: readonly Methods[];
  /** What stands inside, for containers that belong to access control. */
  readonly children: readonly Placed[];
}

/** The directives of one section (or `.htaccess`, or the server itself), and the requests it applies to. */
export interface Layer {
  readonly kind: "server" | "directory" | "htaccess" | "files" | "location" | "if" | "proxy";
  readonly when: Condition;
  readonly placed: readonly Placed[];
  /** The directory with a slash at its end, for what is taken relative to it; null in files, location and if sections. */
  readonly directory: string | null;
  /** The path or pattern a section is written with, and a slash at its end: what mod_rewrite puts before a relative path. */
  readonly prefix: string;
  readonly at: Span;
  /** How many conditions stand around one: those inside of others are merged after all of these. */
  readonly nesting?: number;
  /** A condition inside of a directory or of files is asked when these are known. */
  readonly late?: true;
}

/** Whether the method is one that all of the limits leave. */
export function methodsHold(limits: readonly Methods[]): Condition {
  return all(...limits.map(methodHolds));
}

function methodHolds({ kind, names, at }: Methods): Condition {
  const both = names.includes("GET") || names.includes("HEAD") ? [...new Set(["GET", "HEAD", ...names])] : names;
  const one = methodIn(both, at);
  return kind === "only" ? one : not(one);
}

/** When a placed directive counts within its layer. */
export function counts(placed: Placed): Condition {
  return all(placed.guard, methodsHold(placed.methods));
}

/** The directives of a layer with one of these names, in order. */
export function named(layer: Layer, ...keys: readonly string[]): readonly Placed[] {
  return layer.placed.filter((placed) => keys.includes(placed.node.key));
}

/** The values of a directive's arguments. */
export function valuesOf(placed: Placed): readonly string[] {
  return placed.node.args.map((arg) => arg.value);
}

/** When at least one of these is read: always, unless all stand under conditions only the server knows. */
export function someRead(placed: readonly Placed[], any: (...of: readonly Condition[]) => Condition): Condition {
  return placed.length === 0 ? always : any(...placed.map((one) => one.guard));
}
