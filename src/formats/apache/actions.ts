import type { Condition } from "../../model/condition.ts";
import { all, any, methodIn, never, not, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import { compilePattern } from "../../model/regex.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { prefixPattern } from "./alias.ts";
import type { Alias } from "./content.ts";
import { because, deny, gate, implied, set, variable, variableIs } from "./gates.ts";
import { leaveOpen } from "./handler.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { asItCame, mostRedirects } from "./lookup.ts";
import type { Host } from "./server.ts";
import { handlerKind } from "./settings.ts";

/** One Action that stands for a handler or a type which no module knows. */
interface Action {
  readonly placed: Placed;
  readonly when: Condition;
  /** Whether it is known what lies at its address. */
  readonly known: Condition;
}

/** Programs that answer for others, by the method (Script) or for a handler (Action). */
export function actionGates(host: Host, stage: string): readonly Gate[] {
  const { layers, at } = host;
  return [...layers.flatMap((layer) => scriptGates(layer, at)), ...redirecting(layers.flatMap((layer) => actionsOf(layer, host)), stage, at)];
}

/** What a program that answers for a method is given, and answers, nobody follows. */
function scriptGates(layer: Layer, at: Span): readonly Gate[] {
  const plain = variableIs("kind", "static", at);
  return named(layer, "script").map((placed) => leaveOpen(all(layer.when, placed.guard, plain, methodIn([valuesOf(placed)[0] ?? ""], placed.node.span)), placed.node.span, "hands this method to a program"));
}

function actionsOf(layer: Layer, { ground, aliases }: Host): readonly Action[] {
  return named(layer, "action").flatMap((placed) => {
    const [name = "", script = ""] = valuesOf(placed);
    if (handlerKind(name) !== "app") return [];
    const { documentRoot } = ground;
    const onDisk = (otherwise: boolean): Condition => testText(text(`${documentRoot ?? ""}${script}`), { kind: "onDisk", as: "any", otherwise }, placed.node.span);
    const followed = documentRoot !== null && /^\/[^%?#]*$/.test(script) && !aliases.some((alias) => leadsAway(alias, script));
    return [{ placed, when: all(layer.when, placed.guard), known: followed ? any(onDisk(false), not(onDisk(true))) : never }];
  });
}

function leadsAway({ url, pattern }: Alias, path: string): boolean {
  const compiled = compilePattern(pattern ? url : prefixPattern(url));
  return !compiled.ok || compiled.test(path) !== false;
}

/** The handler that was chosen, by name; a type stands for one where there is none. */
function naming(at: Span): readonly Gate[] {
  return ["bytype", "byname", "forced"].map((by) => set("handler", variable(`${by}.name`), at, not(variableIs(by, "", at))));
}

/** The program is asked for with the whole path behind its own, as by an internal redirect; where nobody knows what lies there, it answers, or would not be asked. */
function redirecting(actions: readonly Action[], stage: string, at: Span): readonly Gate[] {
  if (actions.length === 0) return [];
  const absent = not(testText(variable("file"), { kind: "onDisk", as: "any", otherwise: true }, at));
  const chosen = actions.flatMap(({ placed, when, known }) => {
    const [name = "", script = "", virtual = ""] = valuesOf(placed);
    const place = placed.node.span;
    const own = all(when, variableIs("handler", name.toLowerCase(), place));
    const isVirtual = virtual.toLowerCase() === "virtual";
    return [
      set("action", "", place, own),
      set("action", script, place, all(own, known)),
      set("action.virtual", isVirtual ? "yes" : "", place, own),
      ...(isVirtual ? [leaveOpen(all(own, not(known), absent), place, "a program answers for what is not there")] : []),
    ];
  });
  const acts = not(variableIs("action", "", at));
  const path: Template = [...variable("action"), ...fieldValue("path")];
  const why = because(actions[0]?.placed.node.span ?? at, "a program answers for others");
  const there = { kind: "reroute", stage, path } as const;
  return [
    set("handler", "", at),
    ...naming(at),
    set("action", "", at),
    ...chosen,
    implied(deny(all(acts, variableIs("action.virtual", "", at), absent), 404, because(at, "there is no such file"), "no-file")),
    gate(acts, { kind: "score", variable: "redirects", add: text("1") }, because(at, "is counted"), "none"),
    implied(deny(all(acts, testText(variable("redirects"), { kind: "number", is: ">", value: mostRedirects }, at)), 500, why, "loop")),
    set("env.REDIRECT_STATUS", "200", at, acts),
    set("first.toolong", variable("toolong"), at, all(acts, variableIs("kept", "", at))),
    set("inside", variable("index"), at, acts),
    set("index", "", at, acts),
    gate(all(acts, variableIs("inside", "yes", at), asItCame(at)), { ...there, method: null }, why, "none"),
    gate(acts, there, why, "none"),
  ];
}
