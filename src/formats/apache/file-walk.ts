import type { Condition } from "../../model/condition.ts";
import { all, not } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import { familiar } from "./again.ts";
import { set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";

/*
 * The server walks from directory to directory. While links may be followed it takes the last name for one more of them
 * without looking, and so finds patterns for directories that the name of a file matches (`ap_directory_walk`).
 */

/** A section whose pattern is asked about the file itself, which is remembered under a name. */
export interface AsFile {
  readonly name: string;
  readonly when: Condition;
  readonly at: Span;
}

/** A section is for the file itself as if that were a directory: `when` says that its pattern matches. */
export function asFile(when: Condition, sections: AsFile[], at: Span): Condition {
  const name = `asfile.${sections.length}`;
  sections.push({ name, when: all(variableIs("info", "", at), when), at });
  return variableIs(name, "yes", at);
}

/** Gates that walk down the directories, and decide which patterns count for the file itself. */
export function fileWalk(layers: readonly Layer[], sections: readonly AsFile[], at: Span): readonly Gate[] {
  if (sections.length === 0) return [];
  const follow = variableIs("walk.links", "on", at);
  const anew = not(familiar(at));
  const gates = layers.filter(({ kind }) => kind === "server" || kind === "directory" || kind === "htaccess").flatMap((layer) => [
    ...sections.filter((one) => one.at === layer.at).flatMap(({ name, when }) => [set(name, "", at, anew), set(name, "yes", layer.at, all(anew, follow, when))]),
    ...named(layer, "options").flatMap((placed) => linkGates(placed, layer.when)),
  ]);
  return [set("walk.links", variable("options.links"), at), ...gates];
}

function linkGates(placed: Placed, when: Condition): readonly Gate[] {
  const words = valuesOf(placed).map((word) => word.toLowerCase());
  const last = words.findLast((word) => /^[+-]?(followsymlinks|all)$/.test(word));
  const relative = /^[+-]/.test(words[0] ?? "");
  if (last === undefined && relative) return [];
  return [set("walk.links", last === undefined || last.startsWith("-") ? "off" : "on", placed.node.span, all(when, placed.guard))];
}
