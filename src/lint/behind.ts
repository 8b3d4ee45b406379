import { hookWord, writeWord } from "../legitimate/words.ts";
import { encodedPath } from "../model/dimension.ts";
import type { Scope } from "../model/program.ts";
import { samplesOf } from "../model/regex.ts";
import type { Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import type { Place } from "./places.ts";

/** At most so many places behind another are tried by name. */
const mostNamed = 6;

/**
 * Requests to the places behind this one whose names say that they take writes: what stops everything in front of them
 * is best shown there. Those that other people's programs call come first.
 */
export function requestsBehind(place: Place, places: readonly Place[], base: Request): readonly Request[] {
  const known = behind.get(places) ?? pathsBehind(places);
  behind.set(places, known);
  const ordered = [...(known.get(place.scope) ?? [])].sort((a, b) => Number(hookWord(b) !== null) - Number(hookWord(a) !== null));
  return ordered.slice(0, mostNamed).map((path) => ({ ...base, path: encodedPath(path) }));
}

const behind = new WeakMap<readonly Place[], ReadonlyMap<Scope, ReadonlySet<string>>>();

function pathsBehind(places: readonly Place[]): ReadonlyMap<Scope, ReadonlySet<string>> {
  const paths = new Map<Scope, Set<string>>();
  for (const { scope, way } of places) {
    if (way.length < 2 || writeWord(scope.name) === null) continue;
    const named = pathsOf(scope).filter((path) => writeWord(path) !== null);
    for (const outer of way.slice(0, -1)) {
      const inner = paths.get(outer) ?? new Set<string>();
      paths.set(outer, inner);
      for (const path of named) inner.add(path);
    }
  }
  return paths;
}

/** Paths that a scope is entered with, as far as its own name says. */
export function pathsOf(scope: Scope): readonly string[] {
  return testsIn(scope.when).flatMap(({ subject, operator }): readonly string[] => {
    if (!fieldsOf(subject).includes("path")) return [];
    if (operator.kind === "matches") return scope.name.includes(operator.pattern) ? samplesOf(operator.pattern, operator).filter((path) => path.startsWith("/")).slice(0, 1) : [];
    const path = operator.kind === "equals" || operator.kind === "startsWith" ? (literal(operator.value) ?? "") : "";
    return path.startsWith("/") && scope.name.includes(path) ? [path] : [];
  });
}
