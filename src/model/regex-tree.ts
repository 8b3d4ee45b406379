import { complement, foldCase, setOf, type CharacterSet } from "./regex-set.ts";

/** Where a pattern may stand without consuming anything. `end` is the very end; `final` also allows a last newline. */
export type Assertion = "start" | "line-start" | "end" | "final" | "line-end" | "word" | "not-word";

/** The syntax tree of a pattern. */
export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence" | "choice"; readonly of: readonly Node[] }
  | { readonly kind: "repeat"; readonly of: Node; readonly min: number; readonly max: number; readonly greedy: boolean }
  | { readonly kind: "group"; readonly index: number; readonly of: Node }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "look"; readonly behind: boolean; readonly negative: boolean; readonly of: Node }
  | { readonly kind: "atomic"; readonly of: Node }
  | { readonly kind: "same"; readonly group: number; readonly ignoreCase: boolean }
  | { readonly kind: "keep" };

export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
  readonly ungreedy: boolean;
  readonly dollarEndOnly: boolean;
}

/** What the parser knows while it reads; `why` is the first reason to give up. */
export interface Reader {
  readonly text: string;
  at: number;
  flags: Flags;
  groups: number;
  highestReference: number;
  quotedUntil: number;
  depth: number;
  why: string | undefined;
  readonly names: Map<string, number>;
}

export const EMPTY: Node = { kind: "empty" };

/** Gives up: remembers the first reason and leaves nothing more to read. */
export function fail(reader: Reader, why: string): Node {
  reader.why ??= why;
  reader.at = reader.text.length;
  return EMPTY;
}

/** A node for one character of `set`, in the case sensitivity that holds here. */
export function oneOf(reader: Reader, set: CharacterSet): Node {
  return { kind: "set", set: reader.flags.ignoreCase ? foldCase(set) : set };
}

/** A back-reference by name. PCRE wants the group to stand before it, or at least somewhere; only the first is modelled. */
export function namedReference(reader: Reader, name: string): Node {
  const group = reader.names.get(name);
  if (group === undefined) return fail(reader, "a reference to a name that is not there");
  return { kind: "same", group, ignoreCase: reader.flags.ignoreCase };
}

/** The one-character node of a class that was read, negated when asked. */
export function bracketNode(reader: Reader, parts: readonly (readonly [number, number])[], negated: boolean): Node {
  const plain = setOf(parts);
  const set = reader.flags.ignoreCase ? foldCase(plain) : plain;
  return { kind: "set", set: negated ? complement(set) : set };
}
