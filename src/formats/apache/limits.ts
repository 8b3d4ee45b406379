import type { Condition } from "../../model/condition.ts";
import { all, any, never, not, test, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { environmentSet } from "./environment.ts";
import { closing, shownHere } from "./error-pages.ts";
import { expression } from "./expression.ts";
import type { Because } from "./gates.ts";
import { because, deny, gate, latestFirst, leave, set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { inLookup } from "./lookup.ts";
import type { Names } from "./variables.ts";
import { unknownValue } from "./variables.ts";

interface Limit {
  readonly mark: string;
  readonly because: Because;
}

/** LimitRequestBody: how long bodies are kept from the handler, and from being answered anything else. */
export interface BodyLimits {
  /** Note a body that is too long: before any section is known, before directories are, and when all are. */
  readonly early: readonly Chain[];
  readonly located: readonly Chain[];
  readonly noting: readonly Chain[];
  /** Stands before the handler. */
  readonly chains: readonly Chain[];
  /** Lets a body that is too long be refused where other chains refuse or redirect, as the server does. */
  first(chains: readonly Chain[]): readonly Chain[];
  /** What comes before a gate that refuses what is shown for an error: the body of the request that failed first is read then. */
  again(one: Gate): readonly Gate[];
}

/** `main` is what stands outside of every host. The last section that sets a limit decides, 0 lifts it. The body is read by the handler, or with an answer that is no success. */
export function bodyLimits(layers: readonly Layer[], main: readonly Placed[]): BodyLimits {
  const having = layers.filter((layer) => named(layer, "limitrequestbody").length > 0);
  if (having.length === 0) return { early: [], located: [], noting: [], chains: [], first: (chains) => chains, again: () => [] };
  const limits = having.map((layer, index): Limit => ({ mark: String(index), because: because(lineOf(layer)?.node.span ?? layer.at, `allows ${bytesOf(layer)} bytes`) }));
  const noted = (of: readonly Layer[]): readonly Gate[] => latestFirst(of, (layer) => overLimit(layer).map((when) => set("toolong", String(having.indexOf(layer)), layer.at, when)));
  const refusing = (layer: Layer, when: Condition): Gate => deny(all(when, servedHere(layer.at)), 413, limits[having.indexOf(layer)]?.because ?? because(layer.at, "limits bodies"), "body-size");
  const gates = latestFirst(having, (layer) => overLimit(layer).map((when) => ({ ...refusing(layer, when), ...(main.some((placed) => placed === lineOf(layer)) ? { forAll: true } : {}) })));
  const located = having.filter(({ kind, late }) => late !== true && (kind === "server" || kind === "location" || kind === "if"));
  const forgotten = having.slice(0, 1).map(({ at }) => set("toolong", "", at));
  return {
    early: [{ name: "body length of the server", gates: noted(having.filter(({ kind }) => kind === "server")) }],
    located: located.some(({ kind }) => kind !== "server") ? [{ name: "body length of the address", gates: [...forgotten, ...noted(located)] }] : [],
    noting: [{ name: "body length", gates: [...forgotten, ...noted(having)] }],
    chains: [{ name: "body", gates: [...having.slice(0, 1).map(({ at }) => leave(at, refusedUnread(layers, at))), ...gates] }],
    first: (chains) => chains.map((chain) => ({ ...chain, gates: chain.gates.flatMap((one) => withLimits(one, limits, layers)) })),
    again: (one) => (readsBody(one) ? limits.map(({ mark, because: why }) => deny(all(one.when, not(variableIs("kept", "", why[0].at)), variableIs("first.toolong", mark, why[0].at)), 413, why, "body-size")) : []),
  };
}

/** Whether the server reads the body with what a gate answers. */
function readsBody({ effect, reason, implied }: Gate): boolean {
  if (effect.kind === "deny") return !closing.has(effect.status) && (implied !== true || reason === "protocol") && reason !== "body-size";
  return effect.kind === "redirect" || reason === "fixed-answer";
}

function withLimits(one: Gate, limits: readonly Limit[], layers: readonly Layer[]): readonly Gate[] {
  if (!readsBody(one)) return [one];
  const { at } = one.because[0];
  // A page is shown before the body is read.
  const shown = one.effect.kind === "deny" && typeof one.effect.status === "number" ? shownHere(layers, one.effect.status) : never;
  const unshown = all(variableIs("kept", "", at), not(shown));
  // Where a lookup is redirected, that is said to the request that had it made.
  const asked = one.effect.kind === "redirect" ? inLookup(at) : never;
  const tooLong = (mark: string, place: Span): Condition => any(all(not(asked), variableIs("toolong", mark, place)), all(asked, variableIs("asked.toolong", mark, place)));
  return [...limits.map(({ mark, because: why }) => deny(all(tooLong(mark, why[0].at), servedHere(why[0].at), unshown, one.when), 413, why, "body-size")), one];
}

/** A program that is not there is refused before it reads a body, and where a page is shown for that, nobody else does. */
function refusedUnread(layers: readonly Layer[], at: Span): Condition {
  const onDisk = (as: "any" | "directory", otherwise: boolean): Condition => testText(variable("file"), { kind: "onDisk", as, otherwise }, at);
  const missing = any(not(onDisk("any", true)), all(not(variableIs("info", "", at)), variableIs("pathinfo", "off", at)));
  return all(variableIs("kind", "cgi", at), variableIs("kept", "", at), any(all(missing, shownHere(layers, 404)), all(onDisk("directory", false), shownHere(layers, 403))));
}

/** Bodies that go to a backend are not measured, nor is a body whose length was taken away. */
function servedHere(at: Span): Condition {
  return all(variableIs("proxied", "", at), variableIs("proxied.late", "", at), variableIs("unmeasured", "", at));
}

function lineOf(layer: Layer): Placed | undefined {
  return named(layer, "limitrequestbody").at(-1);
}

function bytesOf(layer: Layer): number {
  const placed = lineOf(layer);
  return placed === undefined ? 0 : Number.parseInt(valuesOf(placed)[0] ?? "0", 10) || 0;
}

/** When the limit of a layer is exceeded; nothing where it sets none. */
function overLimit(layer: Layer): readonly Condition[] {
  const placed = lineOf(layer);
  const limit = bytesOf(layer);
  if (placed === undefined || limit <= 0) return [];
  const above = test("bodyBytes", { kind: "number", is: ">", value: text(String(limit)) }, placed.node.span);
  return [all(layer.when, placed.guard, above)];
}

/** Request headers that are taken away or changed before the application sees them. */
export function headerChains(layers: readonly Layer[], names: Names): readonly Chain[] {
  const gates = layers.flatMap((layer) => named(layer, "requestheader").flatMap((placed) => headerGates(layer, placed, names)));
  return gates.length === 0 ? [] : [{ name: "request headers", gates }];
}

/** `env=name`, `env=!name` or `expr=...` at the end of a line. */
function headerCondition(written: string, names: Names, at: Span): Condition {
  const [kind = "", of = ""] = written.split(/=(.*)/s);
  if (kind.toLowerCase() === "expr") return expression(of, at, names).condition;
  return of.startsWith("!") ? not(environmentSet(of.slice(1), at)) : environmentSet(of, at);
}

function headerGates(layer: Layer, placed: Layer["placed"][number], names: Names): readonly Gate[] {
  const words = valuesOf(placed).filter((word) => word.toLowerCase() !== "early");
  const [action = "", name = "", value = ""] = words;
  const header = name.toLowerCase().replace(/:$/, "");
  const { span } = placed.node;
  const condition = words.slice(action.toLowerCase() === "unset" ? 2 : 3).find((word) => /^(env=|expr=)/i.test(word));
  const guarded = all(layer.when, placed.guard, ...(condition === undefined ? [] : [headerCondition(condition, names, span)]));
  const why = because(span, "changes what the application sees");
  if (action.toLowerCase() === "unset") {
    const announced = test("contentLength", { kind: "present" }, span);
    const body: readonly Gate[] = header === "content-length" ? [set("unmeasured", "yes", span, all(guarded, announced)), gate(all(guarded, announced), { kind: "alter", what: "body", value: null }, why, "none")] : [];
    // A program is told what a variable of its name says instead.
    const gone = header === "authorization" ? all(guarded, not(environmentSet("HTTP_AUTHORIZATION", span))) : guarded;
    return [gate(gone, { kind: "alter", what: `header:${header}`, value: null }, why, "none"), ...body];
  }
  // What is added to, or put into another form, comes to something that is not followed.
  if (/^note$/i.test(action)) return [];
  if (!/^set$/i.test(action) || value.includes("%")) return [gate(guarded, { kind: "alter", what: `header:${header}`, value: unknownValue(`a header ${header} that is changed`) }, why, "none")];
  return [gate(guarded, { kind: "alter", what: `header:${header}`, value: text(value) }, why, "none")];
}
