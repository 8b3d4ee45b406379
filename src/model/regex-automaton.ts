import type { Program } from "./regex-program.ts";
import type { Assertion } from "./regex-tree.ts";

/** What stands before a position: nothing, a newline, a word character, or something else. */
type Before = "start" | "newline" | "word" | "other";

interface State {
  readonly steps: readonly number[];
  readonly before: Before;
  /** By symbol; "matched" when the pattern has matched before or at that symbol. */
  readonly next: (State | "matched" | undefined)[];
}

interface Automaton {
  readonly program: Program;
  /** Whether a match can start nowhere but at the start of the text. */
  readonly anchored: boolean;
  readonly start: State;
  states: Map<string, State>;
  /** Steps reached when the match starts right before a symbol, by `before` and symbol. */
  readonly fresh: Map<string, readonly number[] | "matched">;
  readonly marks: Uint32Array;
  generation: number;
  work: number;
}

const MOST_STATES = 3000;
/** How much automaton may be built for one text before the answer is "unknown". */
const MOST_WORK = 20_000_000;

/**
 * A test for "the pattern matches somewhere", for programs that are `regular`: a finite automaton whose
 * states are built when first needed, so that a text costs one look-up per character and nothing can blow up.
 */
export function automatonTest(program: Program): (text: string) => boolean | undefined {
  const automaton: Automaton = {
    program,
    anchored: isAnchored(program),
    start: { steps: [], before: "start", next: [] },
    states: new Map(),
    fresh: new Map(),
    marks: new Uint32Array(program.steps.length + 1),
    generation: 0,
    work: 0,
  };
  return (text) => {
    automaton.work = 0;
    return search(automaton, text);
  };
}

function search(automaton: Automaton, text: string): boolean | undefined {
  const { program, anchored, start } = automaton;
  const finalNewline = program.symbols;
  const end = program.symbols + 1;
  let state = start;
  for (let i = 0; i <= text.length; i++) {
    let symbol = i === text.length ? end : program.symbolOf(text.charCodeAt(i));
    if (symbol === program.newline && i === text.length - 1) symbol = finalNewline;
    const next = state.next[symbol] ?? build(automaton, state, symbol);
    if (next === "matched") return true;
    if (automaton.work > MOST_WORK) return undefined;
    if (anchored && next.steps.length === 0) return false;
    state = next;
  }
  return false;
}

/** Whether every way to a first character, or to a match of none, asks for the start of the text. */
function isAnchored({ steps }: Program): boolean {
  const seen = new Set<number>();
  const pending = [0];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const step = steps[at];
    if (step === undefined || seen.has(at)) continue;
    seen.add(at);
    if (step.op === "set" || step.op === "match") return false;
    if (step.op === "jump") pending.push(step.to);
    else if (step.op === "split") pending.push(step.first, step.second);
    else if (step.op !== "assert" || step.what !== "start") pending.push(at + 1, ...(step.op === "progress" ? [at + 2] : []));
  }
  return true;
}

function stateOf(automaton: Automaton, steps: readonly number[], before: Before): State {
  const key = `${before} ${steps.join()}`;
  const known = automaton.states.get(key);
  if (known !== undefined) return known;
  if (automaton.states.size >= MOST_STATES) automaton.states = new Map();
  const state: State = { steps, before, next: [] };
  automaton.states.set(key, state);
  return state;
}

function build(automaton: Automaton, state: State, symbol: number): State | "matched" {
  const going = advance(automaton, state.steps, state.before, symbol);
  const fresh = freshSteps(automaton, state.before, symbol);
  if (going === "matched" || fresh === "matched") return (state.next[symbol] = "matched");
  const steps = [...new Set([...going, ...fresh])].sort((a, b) => a - b);
  automaton.work += steps.length;
  return (state.next[symbol] = stateOf(automaton, steps, beforeOf(automaton.program, symbol)));
}

function beforeOf(program: Program, symbol: number): Before {
  if (symbol === program.newline || symbol === program.symbols) return "newline";
  return program.isWord[symbol] === 1 ? "word" : "other";
}

function freshSteps(automaton: Automaton, before: Before, symbol: number): readonly number[] | "matched" {
  const key = `${before} ${symbol}`;
  const known = automaton.fresh.get(key);
  if (known !== undefined) return known;
  const steps = advance(automaton, [0], before, symbol);
  automaton.fresh.set(key, steps);
  return steps;
}

/** The steps reached from `from` by consuming `symbol`, or "matched" when the match is complete without it. */
function advance(automaton: Automaton, from: readonly number[], before: Before, symbol: number): number[] | "matched" {
  const { program, marks } = automaton;
  const generation = ++automaton.generation;
  const pending = [...from];
  const reached: number[] = [];
  // The two symbols past the alphabet stand for a last newline and for the end of the text.
  const consumed = symbol === program.symbols ? program.newline : symbol;
  const visit = (step: number): void => {
    if (marks[step] !== generation) pending.push(step);
  };
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (marks[at] === generation) continue;
    marks[at] = generation;
    automaton.work++;
    const step = program.steps[at];
    if (step === undefined) continue;
    if (step.op === "match") return "matched";
    if (step.op === "set") {
      if (program.members[step.set]?.[consumed] === 1) reached.push(at + 1);
    } else if (step.op === "jump") visit(step.to);
    else if (step.op === "split") {
      visit(step.first);
      visit(step.second);
    } else if (step.op !== "assert") {
      visit(at + 1);
      // A round that consumed nothing leaves its loop; the jump back stands between.
      if (step.op === "progress") visit(at + 2);
    } else if (holds(program, step.what, before, symbol)) visit(at + 1);
  }
  return reached;
}

function holds(program: Program, what: Assertion, before: Before, symbol: number): boolean {
  const atEnd = symbol === program.symbols + 1;
  const finalNewline = symbol === program.symbols;
  switch (what) {
    case "start":
      return before === "start";
    case "end":
      return atEnd;
    case "final":
      return atEnd || finalNewline;
    case "line-start":
      return before === "start" || (before === "newline" && !atEnd);
    case "line-end":
      return atEnd || finalNewline || symbol === program.newline;
    default: {
      const wordAfter = !atEnd && !finalNewline && program.isWord[symbol] === 1;
      return ((before === "word") !== wordAfter) === (what === "word");
    }
  }
}
