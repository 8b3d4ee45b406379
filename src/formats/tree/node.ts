import type { Problem, SourceFile, Span } from "../../source.ts";

interface Common {
  /** The value itself, without its key. */
  readonly at: Span;
}

/** A mapping. Merge keys (`<<`) are resolved, the mapping's own keys first. */
export interface MapNode extends Common {
  readonly kind: "map";
  readonly entries: readonly Entry[];
}

export interface ListNode extends Common {
  readonly kind: "list";
  readonly items: readonly TreeNode[];
}

export interface ScalarNode extends Common {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As written, without quotes; block scalars without their indentation. */
  readonly text: string;
  /** Written without quotes: only such a `true` is no text. */
  readonly plain: boolean;
  /** A template language decides the value before the file is used: nobody knows it here. */
  readonly template: boolean;
}

export type TreeNode = MapNode | ListNode | ScalarNode;

/** One key of a mapping with its value. */
export interface Entry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: TreeNode;
}

/** What a lowering reads: a node, or nothing where there is none. */
export type Maybe = TreeNode | undefined;

/** The entry with this key, its value being null or not; of repeated keys the last, as JSON parsers do. */
export function entry(node: Maybe, key: string): Entry | undefined {
  return node?.kind === "map" ? node.entries.findLast((one) => one.key === key) : undefined;
}

/** The value of a key; nothing when the node is no mapping, has no such key, or has null there. */
export function field(node: Maybe, key: string): Maybe {
  const value = entry(node, key)?.value;
  return value === undefined || isNull(value) ? undefined : value;
}

/** The entries of a mapping; none for anything else. */
export function entries(node: Maybe): readonly Entry[] {
  return node?.kind === "map" ? node.entries : [];
}

/** The items of a list; none for anything else. */
export function items(node: Maybe): readonly TreeNode[] {
  return node?.kind === "list" ? node.items : [];
}

/** A scalar's text when it is known: nothing for null, templates, lists and mappings. */
export function textOf(node: Maybe): string | undefined {
  return node?.kind !== "scalar" || node.template || isNull(node) ? undefined : node.text;
}

/** A number, written plainly or in quotes. */
export function numberOf(node: Maybe): number | undefined {
  const text = textOf(node);
  if (node?.kind === "scalar" && typeof node.value === "number") return node.value;
  return text !== undefined && /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const words: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["no", false],
  ["off", false],
]);

/** A truth value as YAML 1.1 readers see it: `yes`, `no`, `on` and `off` count, quoted words do not. */
export function booleanOf(node: Maybe): boolean | undefined {
  if (node?.kind !== "scalar" || !node.plain) return undefined;
  return words.get(node.text.toLowerCase());
}

/** Whether a node is a scalar whose value a template decides. */
export function isTemplate(node: Maybe): boolean {
  return node?.kind === "scalar" && node.template;
}

/** Whether a node is the scalar null. */
export function isNull(node: TreeNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

const shapes = { map: "a mapping", list: "a list", scalar: "a single value" } as const;

/** Says that something else was expected at a node: null when it is of that kind, absent, null or a template. */
export function shapeProblem(node: Maybe, wanted: TreeNode["kind"], what: string): Problem | null {
  if (node === undefined || node.kind === wanted || isNull(node) || isTemplate(node)) return null;
  return { code: "unexpected-shape", message: `${what} must be ${shapes[wanted]}, not ${shapes[node.kind]}`, at: node.at };
}

/** A scalar of the kind a parser found, with the flag for templates worked out from its text. */
export function scalar(file: SourceFile, start: number, end: number, value: ScalarNode["value"], text: string, plain: boolean, masked: boolean): ScalarNode {
  const template = masked || (typeof value === "string" && looksUnfilled(value));
  return { kind: "scalar", at: { file, start, end }, value, text, plain, template };
}

/** Placeholders that are ordinary text to YAML: `$(NAME)`, `<NAME>`, `{vault://...}`; a group name of a regex is none. */
function looksUnfilled(text: string): boolean {
  if (!/[<({]/.test(text)) return false;
  return /\$\([A-Za-z_][\w.]*\)|(?<![?P=\\])<[A-Z][A-Z0-9_-]{2,}>|^<[A-Za-z][^<>\n]*>$|^\{vault:\/\//.test(text);
}
