import { isAlways } from "../model/condition.ts";
import type { Gate, Program, Scope } from "../model/program.ts";
import { gatesOf } from "./places.ts";

/**
 * The scopes from which a request can come to an application, or to what nobody knows. Behind all others there are only
 * files and answers of the configuration itself: nothing there is meant to take a POST.
 */
export function leadingToApplications(program: Program): ReadonlySet<Scope> {
  const scopes = Object.values(program.stages).flat();
  const leading = new Set(scopes.filter(asksApplication));
  const stages = new Set<string>();
  for (let grown = true; grown; ) {
    for (const [name, stage] of Object.entries(program.stages)) if (stage.some((scope) => leading.has(scope))) stages.add(name);
    const found = scopes.filter((scope) => !leading.has(scope) && gatesOf(scope).some(({ effect }) => (effect.kind === "enter" || effect.kind === "reroute") && stages.has(effect.stage)));
    for (const scope of found) leading.add(scope);
    grown = found.length > 0;
  }
  return leading;
}

/** Whether the scope's own handler answers, and is more than files. */
function asksApplication(scope: Scope): boolean {
  const last = gatesOf(scope).at(-1);
  const handsOver = last !== undefined && last.effect.kind === "enter" && isAlways(last.when);
  return scope.handler !== "static" && !handsOver;
}

/** Whether a gate sends clients to another address, behind which there may be anything. */
export function leadsAway({ effect }: Gate): boolean {
  if (effect.kind !== "redirect") return false;
  const [first] = effect.to;
  return first !== undefined && !(first.kind === "text" && first.text.startsWith("/"));
}
