import { asksUnknown } from "../model/condition.ts";
import { gatesFor, withoutReason } from "../model/counterfactual.ts";
import type { Environment } from "../model/environment.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Gate, Program } from "../model/program.ts";
import type { Ending } from "../model/verdict.ts";
import type { Model, Post } from "../rule-api.ts";
import { startKey } from "../source.ts";

const reason = "unreadable-configuration";

/** At most so many lines that cannot be read are told of: a page of HTML under the name of a configuration has nothing else. */
const mostTold = 12;

/** A line that the server cannot read, and the program in which it is the only one. */
export interface Unreadable {
  readonly gate: Gate;
  readonly program: Program;
}

/** Of those with the same fault so many, and one where only the server can tell whether it reads them. */
const mostAlike = 4;

/** The lines that the server cannot read, each as if it were the only one, and the first of those with the same fault; none where it can read everything. */
export function unreadableIn(program: Program): readonly Unreadable[] {
  const faults = new Map<string, Map<string, Gate>>();
  for (const gate of gatesFor(program, reason)) {
    const [{ at, note }] = gate.because;
    const fault = `${at.file.path} ${note}`;
    const alike = faults.get(fault) ?? new Map<string, Gate>();
    faults.set(fault, alike);
    if (alike.size < (asksUnknown(gate.when) ? 1 : mostAlike) && !alike.has(startKey(at))) alike.set(startKey(at), gate);
  }
  return [...faults.values()].flatMap((alike) => [...alike.values()]).slice(0, mostTold).map((gate) => ({ gate, program: withoutReason(program, reason, gate) }));
}

/** The program as it would be if the server could read all of it. */
export function readable(program: Program): Program {
  return withoutReason(program, reason);
}

/** What is found in a program that could be read, as what may come of it: as long as the real one cannot be, nothing else does. */
export function hiddenBehind(model: Model, program: Program, environment: Environment): Model {
  const among = <Kind extends Post>(posts: readonly Kind[], happens: (post: Kind, ending: Ending) => boolean): readonly Kind[] =>
    posts.map((post) => {
      const { endings } = evaluate(program, post.verdict.request, environment);
      const isHidden = endings.some(({ by }) => by?.reason === reason) && !endings.some((ending) => happens(post, ending));
      return isHidden ? { ...post, certain: false } : post;
    });
  const stops = ({ gate }: Post, { by }: Ending): boolean => by !== null && startKey(by.because[0].at) === startKey(gate.because[0].at);
  const arrives = (_: Post, { outcome }: Ending): boolean => outcome === "reached" || outcome === "answered";
  return {
    posts: among(model.posts, stops),
    damaged: among(model.damaged, arrives),
    taken: among(model.taken, stops),
    kept: among(model.kept, arrives),
    preflights: among(model.preflights, stops),
    dead: model.dead,
  };
}
