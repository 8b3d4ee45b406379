import { writeWord } from "../legitimate/words.ts";
import { cells } from "../model/cells.ts";
import { withoutScope } from "../model/counterfactual.ts";
import type { Decide } from "../model/decide.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Program, Scope } from "../model/program.ts";
import { compilePattern } from "../model/regex.ts";
import type { Request } from "../model/request.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import type { Post, Taken } from "../rule-api.ts";
import { pathsOf } from "./behind.ts";
import { gatesOf, type Place } from "./places.ts";
import { postOf } from "./post.ts";
import { requestAt } from "./requests.ts";
import { stopped } from "./witness.ts";

/** Endings with which APIs name the form of what is sent and answered. */
const endings = [".json", ".xml"];

/** At most this many requests are tried to find one that a place takes. */
const tries = 12;

/** POSTs beside one that an application gets: the same place, a name with an ending, and static files refuse it. */
export function* besideApplications(program: Program, places: readonly Place[], decide: Decide): Iterable<Post> {
  if (!places.some(({ scope }) => scope.handler === "static" && looksAtEndings(scope))) return;
  for (const place of places) {
    if (place.scope.handler !== "app" || writeWord(place.scope.name) === null) continue;
    const taken = requestTaken(program, place, decide);
    if (taken === null) continue;
    const folder = taken.path.replace(/\/$/, "");
    for (const ending of endings) {
      const witness = stopped(decide, { ...taken, path: `${folder}/items${ending}` }, null);
      const stealing = places.find(({ scope }) => scope === witness?.ending.scope);
      if (witness !== null && witness.gate.reason === "static-handler" && stealing !== undefined && looksAtEndings(stealing.scope)) yield postOf(program, witness, stealing);
    }
  }
}

/** Words with which paths of applications end, though patterns against files and scanners are often written so that they match them. */
const wordsOfPaths = ["publish", "refresh", "copy", "admin/users", "config", "logs", "update", "select", "delete", "execute", "evaluate", "description"];

/**
 * POSTs that a refusal takes from an application: it matches a part of a path, wherever it stands, and was meant for
 * something else.
 */
export function* takenByWord(program: Program, places: readonly Place[], decide: Decide): Iterable<Taken> {
  const refusing = places.filter(({ scope }) => scope.handler !== "app" && patternsAnywhere(scope).length > 0 && gatesOf(scope).some(({ effect }) => effect.kind === "deny"));
  if (refusing.length === 0) return;
  const folders = places.flatMap(({ scope }) => (scope.handler === "app" && writeWord(scope.name) !== null ? pathsOf(scope).filter((path) => !path.includes(".")) : []));
  const patterns = refusing.flatMap(({ scope }) => patternsAnywhere(scope));
  const paths = pathsBelow(folders).filter((path) => patterns.some((pattern) => pattern.ok && pattern.test(path) !== false));
  for (const entry of places.filter(({ way }) => way.length === 1)) {
    for (const path of paths) {
      const request = { ...requestAt(program, entry), path };
      const witness = stopped(decide, request, null);
      const place = refusing.find(({ scope }) => scope === witness?.ending.scope);
      if (witness === null || place === undefined || witness.gate.effect.kind !== "deny") continue;
      const owner = evaluate(withoutScope(program, place.scope), request).endings.find(({ outcome, scope }) => outcome === "reached" || (outcome === "unknown" && scope.handler === "unknown"))?.scope;
      if (owner !== undefined) yield { ...postOf(program, witness, place), owner: owner.handler === "app" ? owner.name : null };
    }
  }
}

function pathsBelow(folders: readonly string[]): readonly string[] {
  const all = ["", ...new Set((folders.length === 0 ? ["/api"] : folders).map((folder) => folder.replace(/\/$/, "")))].slice(0, mostFolders);
  return all.flatMap((folder) => wordsOfPaths.filter((word) => folder !== "" || !word.includes("/")).map((word) => `${folder}/${word}`));
}

const mostFolders = 4;

/** The patterns that choose a place and may match any part of a path. */
function patternsAnywhere(scope: Scope): readonly ReturnType<typeof compilePattern>[] {
  return testsIn(scope.when).flatMap(({ subject, operator }) => {
    const anywhere = operator.kind === "matches" && !/^\(?\^/.test(operator.pattern) && fieldsOf(subject).includes("path") && scope.name.includes(operator.pattern);
    return anywhere ? [compilePattern(operator.pattern, operator)] : [];
  });
}

function looksAtEndings(scope: Scope): boolean {
  return testsIn(scope.when).some(({ subject, operator }) => operator.kind === "matches" && operator.pattern.includes("\\.") && fieldsOf(subject).includes("path"));
}

/** A request whose path the place's application gets; null when none is found soon. */
function requestTaken(program: Program, place: Place, decide: Decide): Request | null {
  const scopes = place.way.map((scope) => ({ ...scope, chains: [] }));
  const { requests } = cells(program, place.scope.when, requestAt(program, place), { scopes, limit: tries, samples: tries, fixed: ["method"] });
  return requests.find((request) => decide(request).ending.scope === place.scope) ?? null;
}
