import { derive } from "../legitimate/derived.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Program } from "../model/program.ts";
import { withMethod, type Request } from "../model/request.ts";
import type { Post } from "../rule-api.ts";
import type { Place } from "./places.ts";
import type { Witness } from "./witness.ts";

/** A witness with what the files say about its legitimacy. `place` is where its gate stands, when that is known. */
export function postOf(program: Program, witness: Witness, place: Place | undefined): Post {
  const way = place?.way ?? [witness.verdict.ending.scope];
  return { program, ...witness, legitimacy: derive({ ...witness, way, application: applicationAt(program, witness.verdict.request), knowsScripts: knowsScripts(program, witness.verdict.request) }) };
}

/** The application that is known to take POSTs at this address, as far as the configuration shows it. */
function applicationAt({ endpoints = [] }: Program, { path }: Request): string | null {
  return endpoints.find((one) => one.path === path && one.application !== null)?.application ?? null;
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
