import type { Gate, Program, Scope } from "../model/program.ts";

/** A scope, and how a request gets there. */
export interface Place {
  readonly scope: Scope;
  /** The scopes on the way, the entry first, this one last. */
  readonly way: readonly Scope[];
  /** The gates that led from one to the next. */
  readonly through: readonly Gate[];
}

/**
 * Every scope that can be reached, by the shortest way. Internal redirects count as ways only to stages that nothing
 * else leads to, such as named locations.
 */
export function placesOf(program: Program): readonly Place[] {
  const places: Place[] = [];
  const seen = new Set<string>([program.entry]);
  let stages: { readonly stage: string; readonly way: readonly Scope[]; readonly through: readonly Gate[] }[] = [
    { stage: program.entry, way: [], through: [] },
  ];
  while (stages.length > 0) {
    const found = stages.flatMap(({ stage, way, through }) =>
      (program.stages[stage] ?? []).map((scope): Place => ({ scope, way: [...way, scope], through })),
    );
    for (const place of found) places.push(place);
    const next = [...exits(found, "enter"), ...exits(found, "reroute")];
    stages = next.filter(({ stage }) => !seen.has(stage) && seen.add(stage));
  }
  return places;
}

function exits(places: readonly Place[], kind: "enter" | "reroute"): { stage: string; way: readonly Scope[]; through: readonly Gate[] }[] {
  return places.flatMap((place) =>
    gatesOf(place.scope).flatMap((gate) =>
      gate.effect.kind === kind ? [{ stage: gate.effect.stage, way: place.way, through: [...place.through, gate] }] : [],
    ),
  );
}

/** All gates of a scope, in order. */
export function gatesOf(scope: Scope): readonly Gate[] {
  const known = ofScopes.get(scope);
  if (known !== undefined) return known;
  const gates = scope.chains.flatMap((chain) => chain.gates);
  ofScopes.set(scope, gates);
  return gates;
}

const ofScopes = new WeakMap<Scope, readonly Gate[]>();
