import { writeWord } from "../legitimate/words.ts";
import { cells } from "../model/cells.ts";
import type { Decide } from "../model/decide.ts";
import type { Program, Scope } from "../model/program.ts";
import type { Request } from "../model/request.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import type { Post } from "../rule-api.ts";
import type { Place } from "./places.ts";
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

function looksAtEndings(scope: Scope): boolean {
  return testsIn(scope.when).some(({ subject, operator }) => operator.kind === "matches" && operator.pattern.includes("\\.") && fieldsOf(subject).includes("path"));
}

/** A request whose path the place's application gets; null when none is found soon. */
function requestTaken(program: Program, place: Place, decide: Decide): Request | null {
  const scopes = place.way.map((scope) => ({ ...scope, chains: [] }));
  const { requests } = cells(program, place.scope.when, requestAt(program, place), { scopes, limit: tries, samples: tries, fixed: ["method"] });
  return requests.find((request) => decide(request).ending.scope === place.scope) ?? null;
}
