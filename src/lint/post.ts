import { derive } from "../legitimate/derived.ts";
import { scopeBehind } from "../model/counterfactual.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Program } from "../model/program.ts";
import { withMethod, type Request } from "../model/request.ts";
import type { Post } from "../rule-api.ts";
import type { Place } from "./places.ts";
import type { Witness } from "./witness.ts";

/** A witness with what the files say about its legitimacy. `place` is where its gate stands, when that is known. */
export function postOf(program: Program, witness: Witness, place: Place | undefined): Post {
  const before = place?.way ?? [witness.verdict.ending.scope];
  // What stands before everything says nothing of the places behind it.
  const way = before.length > 1 ? before : [...before, scopeBehind(program, witness.gate, witness)];
  return { program, ...witness, legitimacy: derive({ ...witness, way, application: applicationAt(program, witness), knowsScripts: knowsScripts(program, witness.verdict.request) }) };
}

/** The application that is known to take POSTs at this address; null where none shows, or where the gate closes the whole site. */
function applicationAt(program: Program, { verdict: { request }, gate }: Witness): string | null {
  const application = program.endpoints?.find((one) => one.path === request.path && one.application !== null)?.application ?? null;
  if (application === null) return null;
  const visit = evaluate(program, { ...withMethod(request, "GET"), path: "/", query: "" });
  return visit.endings.some(({ by }) => by === gate) ? null : application;
}

/** Whether a file with a name of its own ends elsewhere than a script. */
function knowsScripts(program: Program, request: Request): boolean {
  const { path, ...rest } = withMethod(request, "GET");
  const plain = { ...rest, path: `${path.slice(0, path.lastIndexOf("/"))}/plain.txt` };
  const key = `${plain.scheme} ${plain.host} ${plain.port} ${plain.path}`;
  const known = scripts.get(program) ?? new Map<string, boolean>();
  scripts.set(program, known);
  const knows = known.get(key) ?? evaluate(program, plain).outcome !== "reached";
  known.set(key, knows);
  return knows;
}

const scripts = new WeakMap<Program, Map<string, boolean>>();
