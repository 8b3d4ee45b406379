import { contains, foldCase, LAST_UNIT, NEWLINE, pairsOf, WORD, type CharacterSet } from "./regex-set.ts";
import type { Assertion, Node } from "./regex-tree.ts";

/**
 * A step of the matching machine; what it does not say goes on at the next step.
 * `look` and `atomic` run the steps after them up to a `match` on their own, then go on at `end`.
 */
export type Step =
  | { readonly op: "set"; readonly set: number }
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "save" | "progress"; readonly slot: number }
  | { readonly op: "assert"; readonly what: Assertion }
  | { readonly op: "back"; readonly by: number }
  | { readonly op: "look"; end: number; readonly negative: boolean }
  | { readonly op: "atomic"; end: number }
  | { readonly op: "same"; readonly group: number; readonly ignoreCase: boolean }
  | { readonly op: "match" };

/**
 * Characters that no set of the pattern tells apart share a symbol; `members[set][symbol]` is 1 when
 * the set holds it. `regular`: a finite automaton can answer whether there is a match.
 */
export interface Program {
  readonly steps: readonly Step[];
  readonly slots: number;
  readonly groups: number;
  readonly regular: boolean;
  readonly members: readonly Uint8Array[];
  readonly symbols: number;
  readonly newline: number;
  readonly isWord: Uint8Array;
  readonly symbolOf: (unit: number) => number;
}

const MOST_STEPS = 60_000;

interface Emitter {
  readonly steps: Step[];
  readonly sets: Map<string, number>;
  readonly list: CharacterSet[];
  slots: number;
  regular: boolean;
  why: string | undefined;
}

/** Compiles a tree of `groups` groups, or says why it cannot be run (too large; a look-behind of no fixed width). */
export function compileProgram(tree: Node, groups: number): Program | { readonly why: string } {
  const emitter: Emitter = { steps: [], sets: new Map(), list: [], slots: 2 * (groups + 1), regular: true, why: undefined };
  emit(emitter, tree);
  emitter.steps.push({ op: "match" });
  if (emitter.why !== undefined) return { why: emitter.why };
  const alphabet = alphabetOf(emitter.list);
  return { steps: emitter.steps, slots: emitter.slots, groups, regular: emitter.regular, ...alphabet };
}

function emit(emitter: Emitter, node: Node): void {
  if (emitter.steps.length > MOST_STEPS) {
    emitter.why ??= "too large a pattern";
    return;
  }
  switch (node.kind) {
    case "empty":
      return;
    case "set":
      emitter.steps.push({ op: "set", set: setIndex(emitter, node.set) });
      return;
    case "sequence":
      for (const item of node.of) emit(emitter, item);
      return;
    case "choice":
      return emitChoice(emitter, node.of);
    case "repeat":
      return emitRepeat(emitter, node.of, node.min, node.max, node.greedy);
    case "group":
      emitter.steps.push({ op: "save", slot: 2 * node.index });
      emit(emitter, node.of);
      emitter.steps.push({ op: "save", slot: 2 * node.index + 1 });
      return;
    case "assert":
      emitter.steps.push({ op: "assert", what: node.what });
      return;
    case "keep":
      emitter.steps.push({ op: "save", slot: 0 });
      return;
    case "same":
      emitter.regular = false;
      emitter.steps.push({ op: "same", group: node.group, ignoreCase: node.ignoreCase });
      return;
    case "atomic":
      return emitApart(emitter, { op: "atomic", end: 0 }, () => emit(emitter, node.of));
    case "look":
      return emitApart(emitter, { op: "look", end: 0, negative: node.negative }, () =>
        node.behind ? emitBehind(emitter, node.of) : emit(emitter, node.of),
      );
  }
}

function emitApart(emitter: Emitter, step: Extract<Step, { end: number }>, body: () => void): void {
  emitter.regular = false;
  emitter.steps.push(step);
  body();
  emitter.steps.push({ op: "match" });
  step.end = emitter.steps.length;
}

/** Each branch of a look-behind has one width, and starts that far back. */
function emitBehind(emitter: Emitter, node: Node): void {
  const branches = node.kind === "choice" ? node.of : [node];
  emitBranches(emitter, branches, (branch) => {
    const width = widthOf(branch);
    if (width === null) emitter.why ??= "a look-behind of no fixed width";
    emitter.steps.push({ op: "back", by: width ?? 0 });
    emit(emitter, branch);
  });
}

function emitChoice(emitter: Emitter, branches: readonly Node[]): void {
  emitBranches(emitter, branches, (branch) => emit(emitter, branch));
}

function emitBranches(emitter: Emitter, branches: readonly Node[], body: (branch: Node) => void): void {
  const jumps: Extract<Step, { op: "jump" }>[] = [];
  branches.forEach((branch, index) => {
    if (index === branches.length - 1) return body(branch);
    const split: Step = { op: "split", first: emitter.steps.length + 1, second: 0 };
    emitter.steps.push(split);
    body(branch);
    const jump: Extract<Step, { op: "jump" }> = { op: "jump", to: 0 };
    emitter.steps.push(jump);
    jumps.push(jump);
    split.second = emitter.steps.length;
  });
  for (const jump of jumps) jump.to = emitter.steps.length;
}

function emitRepeat(emitter: Emitter, body: Node, min: number, max: number, greedy: boolean): void {
  for (let i = 0; i < min && emitter.why === undefined; i++) emit(emitter, body);
  if (max === Infinity) return emitLoop(emitter, body, greedy);
  const splits: number[] = [];
  for (let i = min; i < max && emitter.why === undefined; i++) {
    splits.push(emitter.steps.length);
    emitter.steps.push({ op: "jump", to: 0 });
    emit(emitter, body);
  }
  for (const at of splits) emitter.steps[at] = splitTo(greedy, at + 1, emitter.steps.length);
}

function emitLoop(emitter: Emitter, body: Node, greedy: boolean): void {
  const head = emitter.steps.length;
  emitter.steps.push({ op: "jump", to: 0 });
  const mayBeEmpty = nullable(body);
  const slot = emitter.slots;
  if (mayBeEmpty) {
    emitter.slots++;
    emitter.steps.push({ op: "save", slot });
  }
  emit(emitter, body);
  // An empty round ends the loop: `progress` skips the jump back when the round consumed nothing.
  if (mayBeEmpty) emitter.steps.push({ op: "progress", slot });
  emitter.steps.push({ op: "jump", to: head });
  emitter.steps[head] = splitTo(greedy, head + 1, emitter.steps.length);
}

function splitTo(greedy: boolean, body: number, after: number): Step {
  return greedy ? { op: "split", first: body, second: after } : { op: "split", first: after, second: body };
}

function nullable(node: Node): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "sequence":
      return node.of.every(nullable);
    case "choice":
      return node.of.some(nullable);
    case "repeat":
      return node.min === 0 || nullable(node.of);
    case "group":
    case "atomic":
      return nullable(node.of);
    default:
      return true;
  }
}

/** How many characters a node always consumes, or null when that varies. */
function widthOf(node: Node): number | null {
  switch (node.kind) {
    case "set":
      return 1;
    case "sequence":
      return node.of.map(widthOf).reduce((sum, width) => (sum === null || width === null ? null : sum + width), 0);
    case "choice": {
      const widths = new Set(node.of.map(widthOf));
      return widths.size === 1 ? ([...widths][0] ?? null) : null;
    }
    case "repeat": {
      const width = widthOf(node.of);
      return width === null || node.min !== node.max ? null : width * node.min;
    }
    case "group":
    case "atomic":
      return widthOf(node.of);
    case "same":
      return null;
    default:
      return 0;
  }
}

function setIndex(emitter: Emitter, set: CharacterSet): number {
  const key = set.join();
  const known = emitter.sets.get(key);
  if (known !== undefined) return known;
  emitter.sets.set(key, emitter.list.length);
  return emitter.list.push(set) - 1;
}

type Alphabet = Pick<Program, "members" | "symbols" | "newline" | "isWord" | "symbolOf">;

function alphabetOf(sets: readonly CharacterSet[]): Alphabet {
  const edges = new Set<number>([0]);
  for (const set of [...sets, NEWLINE, WORD]) {
    for (const [from, to] of pairsOf(set)) {
      edges.add(from);
      if (to < LAST_UNIT) edges.add(to + 1);
    }
  }
  const starts = [...edges].sort((a, b) => a - b);
  const symbolOfStart = new Map<string, number>();
  const intervals = starts.map((start) => {
    const signature = [...sets, NEWLINE, WORD].map((set) => (contains(set, start) ? "1" : "0")).join("");
    const symbol = symbolOfStart.get(signature) ?? symbolOfStart.size;
    symbolOfStart.set(signature, symbol);
    return symbol;
  });
  const signatures = [...symbolOfStart.keys()];
  const column = (index: number): Uint8Array => Uint8Array.from(signatures, (signature) => (signature[index] === "1" ? 1 : 0));
  const find = lookUp(starts, intervals);
  return {
    members: sets.map((_, index) => column(index)),
    symbols: signatures.length,
    newline: find(10),
    isWord: column(sets.length + 1),
    symbolOf: find,
  };
}

function lookUp(starts: readonly number[], symbols: readonly number[]): (unit: number) => number {
  const search = (unit: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return symbols[low] ?? 0;
  };
  const bytes = Uint16Array.from({ length: 256 }, (_, unit) => search(unit));
  return (unit) => (unit < 256 ? (bytes[unit] ?? 0) : search(unit));
}

/** Whether two characters are the same for a back-reference. */
export function sameUnit(a: number, b: number, ignoreCase: boolean): boolean {
  return a === b || (ignoreCase && contains(foldCase([a, a]), b));
}
