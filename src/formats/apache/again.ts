import type { Condition } from "../../model/condition.ts";
import { all, not, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { leave, set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import type { Ground } from "./sections.ts";

/** More sections than this are not compared from one pass to the next. */
const mostCompared = 40;

/** Gates that remember which sections apply, and when those are the same as in the pass before. */
export interface Comparison {
  readonly gates: readonly Gate[];
  readonly same: Condition | null;
}

/**
 * An internal redirect, or the look for an index file, is let in without another check where it leads to the same
 * directory as before, and no other section applies (`ap_process_request_internal`, `ap_directory_walk`). That matters
 * only where the answer depends on more than the sections, or rules come behind it.
 */
export function comparison(layers: readonly Layer[], at: Span): Comparison {
  const others = layers.filter(({ kind }) => kind !== "server" && kind !== "directory" && kind !== "htaccess");
  if (others.length > mostCompared || !(layers.some((layer) => layer.placed.some(looksAtRequest)) || leadsAway(layers))) return { gates: [], same: null };
  // All but directories are merged anew in every pass, so one that applies counts as a change.
  const merged = others.flatMap((layer, index) => [set(`was.${index}`, variable(`is.${index}`), at), set(`is.${index}`, "", at), set(`is.${index}`, "yes", layer.at, layer.when)]);
  const unmerged = others.map((_, index) => all(variableIs(`is.${index}`, "", at), variableIs(`was.${index}`, "", at)));
  return { gates: merged, same: all(familiar(at), ...unmerged) };
}

/**
 * Remembers the directory of the pass before; what was found by a lookup in another directory is entered anew. One that
 * is entered by its name without a slash is remembered by that, which no directory is compared with.
 */
export function walked(at: Span): readonly Gate[] {
  const sameAsBefore = testText(variable("dir.now"), { kind: "equals", value: variable("back.dir") }, at);
  const found = all(variableIs("looked", "yes", at), variableIs("index", "", at), not(sameAsBefore));
  const unslashed = all(not(testText(variable("file"), { kind: "endsWith", value: text("/") }, at)), testText(variable("file"), { kind: "onDisk", as: "directory", otherwise: false }, at));
  return [
    set("again", variable("begun"), at),
    set("again", "", at, found),
    set("looked", variable("index"), at),
    set("begun", "yes", at),
    set("dir.was", variable("dir.now"), at),
    set("dir.now", variable("dir"), at),
    set("dir.now", variable("file"), at, all(unslashed, not(familiar(at)))),
  ];
}

/** The request begins again in the same directory, which is not entered again: what is not there, and a path behind a file, is looked at anew. */
export function familiar(at: Span): Condition {
  const present = testText(variable("file"), { kind: "onDisk", as: "any", otherwise: true }, at);
  const here = testText(variable("dir"), { kind: "equals", value: variable("dir.was") }, at);
  return all(variableIs("again", "yes", at), variableIs("info", "", at), present, here);
}

/** Decides which patterns of directories apply, which is not asked again in the same directory. */
export function patternGates(patterns: Ground["patterns"]): readonly Gate[] {
  return patterns.flatMap(({ name, when, at }) => {
    const anew = not(familiar(at));
    return [set(name, "", at, anew), set(name, "yes", at, all(anew, when))];
  });
}

/** Whether rules or redirects may lead away from the page for a refusal, which is not refused again, or headers are taken from it. */
function leadsAway(layers: readonly Layer[]): boolean {
  const has = (...keys: readonly string[]): boolean => layers.some((layer) => named(layer, ...keys).length > 0);
  const shown = layers.some((layer) => named(layer, "errordocument").some((placed) => /^(40[13]|500)$/.test(valuesOf(placed)[0] ?? "") && valuesOf(placed)[1]?.startsWith("/") === true));
  return shown && has("rewriterule", "requestheader", "redirect", "redirectmatch", "redirecttemp", "redirectpermanent") && layers.some((layer) => layer.placed.some(({ node }) => refusing.has(node.key)));
}

const refusing: ReadonlySet<string> = new Set(["require", "requireall", "requireany", "requirenone", "allow", "deny", "order", "sslrequiressl"]);

/** Access control that answers differently for requests to the same sections. */
function looksAtRequest(placed: Placed): boolean {
  const { node, methods, children } = placed;
  if (node.key === "allowmethods" || children.some(looksAtRequest)) return true;
  const words = valuesOf(placed).map((word) => word.toLowerCase());
  if (node.key === "require") return methods.length > 0 || words.some((word) => ["method", "env", "expr"].includes(word));
  if (node.key === "allow" || node.key === "deny") return methods.length > 0 || words.some((word) => word.startsWith("env="));
  return node.key === "order" && methods.length > 0;
}

/** Chains that are passed over where this holds. */
export function onceOnly(chains: readonly Chain[], passed: Condition, at: Span): readonly Chain[] {
  return chains.map((chain) => ({ ...chain, gates: [leave(at, passed), ...chain.gates] }));
}
