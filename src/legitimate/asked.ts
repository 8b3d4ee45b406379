import type { Program } from "../model/program.ts";
import type { Ending } from "../model/verdict.ts";
import { textOf } from "../source.ts";

/** Headers that tell the receiver about another request than the one it gets. */
const aboutAnother = /^x-(?:original|forwarded)-(?:ur[il]|method)$/;

/** Last path segments of places that are asked who somebody is, as in `/auth`, `/_verify` or `/oauth2/auth`. */
const question = /(?:^|\/)_*(?:o?auth[a-z0-9]*|verify|validate|introspect|forward-?auth|sso)(?:[-_.][^/]*)?\/?(?:nginx|check)?\/?$/i;

/**
 * Why a place seems to be one that the server itself asks about other requests, as `auth_request` does: such questions
 * rightly come without a body. Null when nothing says so.
 */
export function askedByServer(program: Program, { delivered, trace }: Ending, path: string): string | null {
  if (Object.keys(delivered.headers).some((name) => aboutAnother.test(name))) return "it is told about another request";
  if (questionsOf(program).some((named) => path.startsWith(named))) return "the server asks this place who may come in";
  const names = [path, ...new Set(trace.map(({ scope }) => scope.name.split(" ").at(-1) ?? ""))];
  return names.some((name) => question.test(name)) ? `${path} looks like a place that the server asks who may come in` : null;
}

const known = new WeakMap<Program, readonly string[]>();

/** Paths that the directives of authorization gates name. */
function questionsOf(program: Program): readonly string[] {
  const paths = known.get(program) ?? findQuestions(program);
  known.set(program, paths);
  return paths;
}

function findQuestions(program: Program): readonly string[] {
  const gates = Object.values(program.stages).flatMap((stage) => stage.flatMap(({ chains }) => chains.flatMap((chain) => chain.gates)));
  const spans = new Set(gates.filter(({ reason }) => reason === "authorization").map(({ because: [first] }) => first.at));
  return [...spans].flatMap((at) => textOf(at).split(/[\s;"']+/).filter((word) => /^\/./.test(word)));
}
