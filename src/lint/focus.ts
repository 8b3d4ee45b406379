import { isAlways } from "../model/condition.ts";
import type { Field } from "../model/field.ts";
import type { Chain, Gate, Scope } from "../model/program.ts";
import { fieldsOfTest, testsIn } from "../model/tests-of.ts";
import { gatesOf, type Place } from "./places.ts";

/** The place's scope with only the gates on the way that lead to this one, or set what leads to it. */
export function focused(place: Place, gate: Gate): Scope {
  const { order, feeding, chains } = wayOf(place);
  const wanted = new Set<Gate>();
  const variables = new Set<string>();
  let latest: readonly Gate[] = [gate, ...place.through];
  while (latest.length > 0) {
    for (const one of latest) wanted.add(one);
    const jumps = latest.flatMap((goal) => (goal.effect.kind === "score" ? [] : jumpsTo(chains.get(goal), goal))).filter((one) => !wanted.has(one));
    for (const one of jumps) wanted.add(one);
    const read = new Set([...latest, ...jumps].flatMap(variablesRead).filter((variable) => !variables.has(variable)));
    for (const variable of read) variables.add(variable);
    const feeders = new Set([...read].flatMap((variable) => feeding.get(variable) ?? []).filter((one) => !wanted.has(one)));
    latest = [...new Set(jumps), ...[...feeders].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))];
  }
  return { ...place.scope, chains: [{ name: "leading to the gate", gates: [...wanted] }] };
}

/** The gates on the way to a place: which comes first, which set a variable, and in which chain each stands. */
interface Way {
  readonly order: ReadonlyMap<Gate, number>;
  readonly feeding: ReadonlyMap<string, readonly Gate[]>;
  readonly chains: ReadonlyMap<Gate, Chain>;
}

const ways = new WeakMap<Place, Way>();

function wayOf(place: Place): Way {
  const known = ways.get(place);
  if (known !== undefined) return known;
  const feeding = new Map<string, Gate[]>();
  const all = place.way.flatMap(gatesOf);
  for (const gate of all) {
    if (gate.effect.kind !== "set" && gate.effect.kind !== "score") continue;
    const feeders = feeding.get(gate.effect.variable) ?? [];
    feeding.set(gate.effect.variable, feeders);
    feeders.push(gate);
  }
  const chains = new Map(place.way.flatMap((scope) => scope.chains).flatMap((chain) => chain.gates.map((gate) => [gate, chain] as const)));
  const way = { order: new Map(all.map((gate, index) => [gate, index])), feeding, chains };
  ways.set(place, way);
  return way;
}

/** The conditional jumps that land nearest before a gate: it is asked where they hold. */
function jumpsTo(chain: Chain | undefined, gate: Gate): readonly Gate[] {
  if (chain === undefined) return [];
  const { at, landings, jumps } = jumpsIn(chain);
  const index = at.get(gate) ?? 0;
  const landing = landings[index];
  return landing === undefined ? [] : (jumps.get(landing) ?? []).filter((jump) => (at.get(jump) ?? 0) < index);
}

/** Where the gates of a chain stand, the label that is nearest before each, and the conditional jumps to every label. */
interface Jumps {
  readonly at: ReadonlyMap<Gate, number>;
  readonly landings: readonly (string | undefined)[];
  readonly jumps: ReadonlyMap<string, readonly Gate[]>;
}

const ofChains = new WeakMap<Chain, Jumps>();

function jumpsIn(chain: Chain): Jumps {
  const known = ofChains.get(chain);
  if (known !== undefined) return known;
  const landings: (string | undefined)[] = [];
  const jumps = new Map<string, Gate[]>();
  for (const gate of chain.gates) {
    landings.push(gate.label ?? landings.at(-1));
    if (gate.effect.kind !== "jump" || isAlways(gate.when)) continue;
    const leading = jumps.get(gate.effect.to) ?? [];
    jumps.set(gate.effect.to, leading);
    leading.push(gate);
  }
  const found = { at: new Map(chain.gates.map((gate, index) => [gate, index])), landings, jumps };
  ofChains.set(chain, found);
  return found;
}

const ofGates = new WeakMap<Gate, readonly string[]>();

/** The variables that a gate's condition reads. */
function variablesRead(gate: Gate): readonly string[] {
  const known = ofGates.get(gate);
  if (known !== undefined) return known;
  const fields: readonly Field[] = testsIn(gate.when).flatMap(fieldsOfTest);
  const variables = fields.flatMap((field) => (field.startsWith("var:") ? [field.slice(4)] : []));
  ofGates.set(gate, variables);
  return variables;
}
