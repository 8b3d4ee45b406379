import { express, slice, type Part } from "../../compose.ts";
import { isTemplate, spelledText, type Entry, type ScalarNode } from "../../tree.ts";
import type { Ingress } from "./objects.ts";

/** The annotations of one Ingress, with the settings of the controller behind them. */
export interface Values {
  /** The annotation of one of these names, whatever its prefix; of several the first. */
  own(...names: readonly string[]): ScalarNode | null;
  /** The same, else the controller's setting of that name. */
  get(...names: readonly string[]): ScalarNode | null;
  readonly settings: ReadonlyMap<string, ScalarNode>;
}

/** Looks names up among the annotations of an Ingress and the controller's settings. */
export function valuesFor({ annotations }: Ingress, settings: ReadonlyMap<string, ScalarNode>): Values {
  const byName = new Map([...annotations].map(([key, value]) => [key.slice(key.indexOf("/") + 1), value]));
  const first = (from: ReadonlyMap<string, ScalarNode>, names: readonly string[]): ScalarNode | null => names.map((name) => from.get(name)).find((node) => node !== undefined) ?? null;
  return {
    own: (...names) => first(byName, names),
    get: (...names) => first(byName, names) ?? first(settings, names),
    settings,
  };
}

/** All scalars of settings, by key; of several of one name the first. */
export function settingsOf(entries: readonly Entry[]): ReadonlyMap<string, ScalarNode> {
  return new Map(entries.toReversed().flatMap(({ key, value }) => (value.kind === "scalar" ? [[key, value] as const] : [])));
}

/** The text of a value; empty when there is none or a template decides it. */
export function known(node: ScalarNode | null): string {
  return node === null || isTemplate(node) ? "" : spelledText(node).text.trim();
}

/** Whether a switch is on. */
export function isOn(node: ScalarNode | null): boolean {
  return known(node).toLowerCase() === "true";
}

/** A directive made of some words, the value being one of them, spelled as it stands in the manifest. */
export function directive(name: string, node: ScalarNode, value: Part = spelledText(node), after = ""): readonly Part[] {
  return [express(`${name} `, node.at), value, express(`${after};\n`, node.at)];
}

/** The items of a comma-separated value, each as it is spelled; none where a template decides them. */
export function listed(node: ScalarNode | null): readonly Part[] {
  if (node === null || isTemplate(node)) return [];
  const part = spelledText(node);
  return [...part.text.matchAll(/[^\s,]+/g)].map((found) => slice(part, found.index, found.index + found[0].length));
}

/** A snippet on lines of its own. */
export function snippet(node: ScalarNode | null): readonly Part[] {
  return node === null ? [] : [spelledText(node), express("\n", { ...node.at, start: node.at.end })];
}
