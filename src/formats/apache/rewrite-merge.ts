import type { Condition } from "../../model/condition.ts";
import { all, any, not } from "../../model/condition.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import type { Rule } from "./rewrite-parse.ts";
import { rulesetOf } from "./rewrite-parse.ts";
import { withSlash } from "./sections.ts";

/** Words of RewriteOptions, in lower case. */
export type Options = ReadonlySet<string>;

/** What the server has made of the rewriting of the sections that apply (`config_perdir_merge`). */
export interface Merged {
  readonly options: Options;
  readonly base: string | null;
  readonly rules: readonly Rule[];
}

/** What comes of merging, and for which of the requests that a section applies to. */
export interface Variant {
  readonly merged: Merged;
  readonly when: Condition;
}

interface Part extends Merged {
  readonly optionsSet: boolean;
  readonly baseSet: boolean;
}

/** More sections than this before one are taken to apply with rules that say for themselves when they do. */
const mostCombined = 5;

/** What is merged of a section and those before it, for each set of these that makes a difference; the last one holds otherwise. */
export function variantsOf(layers: readonly Layer[], server: Options | null): readonly Variant[] {
  const own = layers.at(-1);
  if (own === undefined) return [];
  const earlier = layers.slice(0, -1);
  const fixed = earlier.slice(0, Math.max(0, earlier.length - mostCombined));
  const combined = subsets(earlier.slice(fixed.length)).filter((chosen) => isPossible(chosen, earlier.slice(fixed.length), own));
  const groups = new Map<string, { readonly merged: Merged; readonly sets: (readonly Layer[])[] }>();
  for (const chosen of combined) {
    const merged = mergedOf([...fixed.map((layer) => partOf(layer, true)), ...[...chosen, own].map((layer) => partOf(layer, false))], server);
    const key = keyOf(merged);
    const group = groups.get(key) ?? { merged, sets: [] };
    group.sets.push(chosen);
    groups.set(key, group);
  }
  const ordered = [...groups.values()].sort((a, b) => a.sets.length - b.sets.length);
  return ordered.map(({ merged, sets }, index) => ({ merged, when: index === ordered.length - 1 ? all() : any(...sets.map((chosen) => exactly(chosen, earlier.slice(fixed.length)))) }));
}

function subsets(layers: readonly Layer[]): readonly (readonly Layer[])[] {
  return layers.reduce<readonly (readonly Layer[])[]>((sets, layer) => [...sets, ...sets.map((set) => [...set, layer])], [[]]);
}

/** Whoever is in a directory is in those around it. */
function isPossible(chosen: readonly Layer[], candidates: readonly Layer[], own: Layer): boolean {
  const applying = [...chosen, own];
  return candidates.every((layer) => chosen.includes(layer) || !applying.some((other) => encloses(layer, other)));
}

function encloses(outer: Layer, inner: Layer): boolean {
  return outer.directory !== null && inner.directory !== null && outer.kind === "htaccess" && inner.directory.startsWith(outer.directory);
}

function exactly(chosen: readonly Layer[], candidates: readonly Layer[]): Condition {
  return all(...candidates.map((layer) => (chosen.includes(layer) ? layer.when : not(layer.when))));
}

function keyOf({ options, base, rules }: Merged): string {
  return JSON.stringify([[...options].sort(), base, rules.map(({ placed: { node } }) => [node.span.file.path, node.span.start])]);
}

type PlacedPart = Part & { readonly group: string };

function partOf(layer: Layer, guards: boolean): PlacedPart {
  const base = named(layer, "rewritebase").at(-1);
  const lines = named(layer, "rewriteoptions");
  const { rules } = rulesetOf(named(layer, "rewritecond", "rewriterule"));
  return {
    group: `${layer.kind === "htaccess" ? "directory" : layer.kind} ${layer.nesting ?? 0}`,
    options: wordsOf(lines),
    optionsSet: lines.length > 0,
    base: base === undefined ? null : withSlash(valuesOf(base)[0] ?? ""),
    baseSet: base !== undefined,
    rules: guards ? rules.map((rule) => ({ ...rule, placed: { ...rule.placed, guard: all(layer.when, rule.placed.guard) } })) : rules,
  };
}

/** What RewriteOptions lines say together. */
export function wordsOf(placed: readonly Placed[]): Options {
  return new Set(placed.flatMap((one) => valuesOf(one).map((word) => word.toLowerCase())));
}

/** Sections of a kind are merged with one another before they are merged with what came before. */
function mergedOf(parts: readonly PlacedPart[], server: Options | null): Merged {
  const groups: Part[][] = [];
  let last = "";
  for (const part of parts) {
    if (part.group !== last) groups.push([]);
    groups.at(-1)?.push(part);
    last = part.group;
  }
  const base: Part = { options: server ?? new Set(), optionsSet: server !== null, base: null, baseSet: false, rules: [] };
  return groups.map((group) => group.reduce(merge)).reduce(merge, base);
}

function merge(base: Part, over: Part): Part {
  const options = over.optionsSet ? over.options : base.options;
  const keepsBase = options.has("mergebase") && !over.baseSet;
  const down = (word: string): boolean => base.options.has(word) && !options.has("ignoreinherit");
  const after = options.has("inherit") || down("inheritdown");
  const before = options.has("inheritbefore") || down("inheritdownbefore");
  return {
    options,
    optionsSet: over.optionsSet || base.optionsSet,
    base: keepsBase ? base.base : over.base,
    baseSet: over.baseSet || (keepsBase && base.baseSet),
    rules: after ? [...over.rules, ...base.rules] : before ? [...base.rules, ...over.rules] : over.rules,
  };
}
