import { sameUnit, type Program } from "./regex-program.ts";
import type { Assertion } from "./regex-tree.ts";

/** The places of the groups, `[start, end]` for group 0 and on, -1 where a group took no part. */
export type Places = Int32Array;

/** How many steps one match may take before the answer is "unknown". */
const MOST_STEPS = 1_000_000;
const LARGEST_MEMORY = 32_000_000;
const FAILED = -1;
const GAVE_UP = -2;

interface Machine {
  readonly program: Program;
  readonly text: string;
  readonly slots: Int32Array;
  /** One bit for each (split, position) already tried in vain; null when back-references make that unsound or it is too large. */
  readonly tried: Uint32Array | null;
  left: number;
}

/**
 * The leftmost match, preferring branches in the order PCRE tries them; null when there is none,
 * undefined when the step budget ran out. Linear in text times pattern unless the pattern has
 * back-references, look-around or atomic groups.
 */
export function findMatch(program: Program, text: string): Places | null | undefined {
  const cells = program.steps.length * (text.length + 1);
  const remember = cells <= LARGEST_MEMORY && !program.steps.some((step) => step.op === "same");
  const machine: Machine = {
    program,
    text,
    slots: new Int32Array(program.slots),
    tried: remember ? new Uint32Array((cells >> 5) + 1) : null,
    left: MOST_STEPS,
  };
  for (let start = 0; start <= text.length; start++) {
    machine.slots.fill(-1);
    machine.slots[0] = start;
    const end = run(machine, 0, start, true);
    if (end === GAVE_UP) return undefined;
    if (end === FAILED) continue;
    machine.slots[1] = end;
    return machine.slots.slice(0, 2 * (program.groups + 1));
  }
  return null;
}

/** Runs from a step and a position up to the next `match`; the end of the match, FAILED or GAVE_UP. */
function run(machine: Machine, from: number, start: number, outermost: boolean): number {
  const { slots } = machine;
  // Alternatives as (step, position), and slots to restore as (-1 - slot, old value).
  const alternatives: number[] = [from, start];
  for (;;) {
    const position = alternatives.pop();
    const step = alternatives.pop();
    if (position === undefined || step === undefined) return FAILED;
    if (step < 0) {
      slots[-1 - step] = position;
      continue;
    }
    const end = follow(machine, step, position, alternatives, outermost);
    if (end !== FAILED) return end;
  }
}

function follow(machine: Machine, from: number, start: number, alternatives: number[], outermost: boolean): number {
  const { program, text, slots } = machine;
  let at = from;
  let position = start;
  for (;;) {
    if (--machine.left < 0) return GAVE_UP;
    const step = program.steps[at++];
    if (step === undefined) return FAILED;
    switch (step.op) {
      case "match":
        return position;
      case "set":
        if (position >= text.length) return FAILED;
        if (program.members[step.set]?.[program.symbolOf(text.charCodeAt(position))] !== 1) return FAILED;
        position++;
        break;
      case "split":
        if (outermost && wasTried(machine, at - 1, position)) return FAILED;
        alternatives.push(step.second, position);
        at = step.first;
        break;
      case "jump":
        at = step.to;
        break;
      case "save":
        alternatives.push(-1 - step.slot, slots[step.slot] ?? -1);
        slots[step.slot] = position;
        break;
      case "progress":
        if (slots[step.slot] === position) at++;
        break;
      case "assert":
        if (!holds(program, step.what, text, position)) return FAILED;
        break;
      case "back":
        position -= step.by;
        if (position < 0) return FAILED;
        break;
      case "same":
        position = repeated(machine, step.group, step.ignoreCase, position);
        if (position < 0) return FAILED;
        break;
      case "look":
      case "atomic": {
        const before = slots.slice();
        const end = run(machine, at, position, false);
        if (end === GAVE_UP) return GAVE_UP;
        const negative = step.op === "look" && step.negative;
        if ((end === FAILED) !== negative) return FAILED;
        keepSlots(slots, before, alternatives, negative);
        if (step.op === "atomic") position = end;
        at = step.end;
      }
    }
  }
}

function wasTried(machine: Machine, step: number, position: number): boolean {
  if (machine.tried === null) return false;
  const bit = step * (machine.text.length + 1) + position;
  const word = machine.tried[bit >> 5] ?? 0;
  const mask = 1 << (bit & 31);
  machine.tried[bit >> 5] = word | mask;
  return (word & mask) !== 0;
}

/** After an inner run: its groups stay set (and are undone on backtracking), or are forgotten when it was negative. */
function keepSlots(slots: Int32Array, before: Int32Array, alternatives: number[], forget: boolean): void {
  if (forget) {
    slots.set(before);
    return;
  }
  before.forEach((old, slot) => {
    if (slots[slot] !== old) alternatives.push(-1 - slot, old);
  });
}

/** Where the text of a group, standing here again, ends; -1 when it does not, or when the group is unset. */
function repeated(machine: Machine, group: number, ignoreCase: boolean, position: number): number {
  const { slots, text } = machine;
  const start = slots[2 * group] ?? -1;
  const end = slots[2 * group + 1] ?? -1;
  if (start < 0 || end < start) return -1;
  for (let i = start; i < end; i++, position++) {
    if (position >= text.length || !sameUnit(text.charCodeAt(i), text.charCodeAt(position), ignoreCase)) return -1;
  }
  return position;
}

function holds(program: Program, what: Assertion, text: string, position: number): boolean {
  const { length } = text;
  switch (what) {
    case "start":
      return position === 0;
    case "end":
      return position === length;
    case "final":
      return position === length || (position === length - 1 && text.charCodeAt(position) === 10);
    case "line-start":
      return position === 0 || (position < length && text.charCodeAt(position - 1) === 10);
    case "line-end":
      return position === length || text.charCodeAt(position) === 10;
    default:
      return (isWordAt(program, text, position - 1) !== isWordAt(program, text, position)) === (what === "word");
  }
}

function isWordAt(program: Program, text: string, position: number): boolean {
  if (position < 0 || position >= text.length) return false;
  return program.isWord[program.symbolOf(text.charCodeAt(position))] === 1;
}
