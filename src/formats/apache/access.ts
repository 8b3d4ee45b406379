import type { Condition } from "../../model/condition.ts";
import { all, always, any, methodIn, never, not, test } from "../../model/condition.ts";
import type { Chain, Evidence, Gate, Reason } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { clientFrom } from "./addresses.ts";
import { environmentSet, reasonOfVariable } from "./environment.ts";
import { listFix, methodFix } from "./fixes.ts";
import { because, deny, fixable, gate, latestFirst, leave, set, under, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { counts, named, someRead, valuesOf } from "./layer.ts";
import { silent } from "./override.ts";
import { reasonOfSection } from "./reasons.ts";

const spoken = ["order", "allow", "deny", "satisfy"] as const;
const compatKeys = [...spoken, ...spoken.map(silent)];

/** What refuses before authorization: AllowMethods, SSLRequireSSL, then Order, Allow, Deny and Satisfy. */
export function accessChains(layers: readonly Layer[]): readonly Chain[] {
  const chains: Chain[] = [];
  const having = (...keys: readonly string[]): readonly Layer[] => layers.filter((layer) => named(layer, ...keys).length > 0);
  const methods = having("allowmethods");
  const compat = having(...compatKeys).map(whereRead);
  const either = compat.some((layer) => satisfyAny(layer) !== null);
  const secure = having("sslrequiressl");
  if (methods.length + secure.length > 0 && either) chains.push({ name: "satisfy", gates: latestFirst(compat, noteSatisfyAny) });
  if (methods.length > 0) chains.push({ name: "allowed methods", gates: latestFirst(methods, (layer) => allowMethods(layer, either)) });
  if (secure.length > 0) chains.push({ name: "tls", gates: secure.flatMap((layer) => requireTls(layer, either)) });
  if (compat.length > 0) {
    // The module does not merge: a section with any of its directives replaces all that came before.
    const gatesIn = (layer: Layer): readonly Gate[] => compatGates(layer, grantsFrom(layers, layer), layers);
    chains.push({ name: "access", gates: latestFirst(compat, gatesIn) });
  }
  return chains;
}

function whereRead(layer: Layer): Layer {
  return { ...layer, when: all(layer.when, someRead(named(layer, ...compatKeys), any)) };
}

/** When one way in is enough: the last Satisfy that speaks of a request decides. */
function satisfyAny(layer: Layer): { readonly when: Condition; readonly at: Span } | null {
  const lines = named(layer, "satisfy");
  const isAny = (placed: Placed): boolean => (valuesOf(placed)[0] ?? "").toLowerCase() === "any";
  const line = lines.findLast(isAny);
  if (line === undefined) return null;
  const when = lines.reduce<Condition>((holds, placed) => (isAny(placed) ? any(counts(placed), holds) : all(not(counts(placed)), holds)), never);
  return { when, at: line.node.span };
}

/** The last AllowMethods of a layer decides; `reset` allows everything. Where one way in is enough (`either`), it closes one only. */
function allowMethods(layer: Layer, either: boolean): readonly Gate[] {
  const placed = named(layer, "allowmethods").at(-1);
  if (placed === undefined) return [];
  const names = valuesOf(placed);
  if (names.some((name) => name.toLowerCase() === "reset")) return [];
  // HEAD is a GET to the server.
  const allowed = names.includes("GET") || names.includes("HEAD") ? [...names, "GET", "HEAD"] : names;
  const refused = all(layer.when, placed.guard, not(methodIn(allowed, placed.node.span)));
  return refusing(refused, either, (when) => fixable(deny(when, 405, because(placed.node.span, "allows no other method"), "method-limit"), listFix(placed)), placed.node.span);
}

/** A refusal; where one way in is enough (`either`), it closes this one only. */
function refusing(refused: Condition, either: boolean, refusal: (when: Condition) => Gate, at: Span): readonly Gate[] {
  return either ? [set("access.refused", "yes", at, refused), refusal(all(refused, variableIs("satisfy.any", "", at)))] : [refusal(refused)];
}

function requireTls(layer: Layer, either: boolean): readonly Gate[] {
  return named(layer, "sslrequiressl").flatMap(({ node: { span }, guard }) => {
    const plain = all(layer.when, guard, test("scheme", { kind: "equals", value: text("http") }, span));
    return refusing(plain, either, (when) => deny(when, 403, because(span, "refuses what does not come over TLS"), "authorization"), span);
  });
}

/** One Allow or Deny line: when it speaks of a request, and when that request is meant. */
interface Line {
  readonly placed: Placed;
  readonly when: Condition;
}

function linesOf(layer: Layer, key: "allow" | "deny"): readonly Line[] {
  return named(layer, key).map((placed) => ({ placed, when: all(counts(placed), meant(valuesOf(placed).slice(1), placed.node.span)) }));
}

function meant(from: readonly string[], at: Span): Condition {
  const addresses: string[] = [];
  const others: Condition[] = [];
  for (const one of from) {
    const lower = one.toLowerCase();
    if (lower === "all") return always;
    if (lower.startsWith("env=!")) others.push(not(environmentSet(one.slice(5), at)));
    else if (lower.startsWith("env=")) others.push(environmentSet(one.slice(4), at));
    else addresses.push(one);
  }
  return any(...others, ...(addresses.length === 0 ? [] : [clientFrom(addresses, at)]));
}

/** When the last Order that speaks of a request says this; without any it is `deny,allow`. */
function orderIs(orders: readonly Placed[], wanted: string): Condition {
  let holds: Condition = wanted === "deny,allow" ? always : never;
  for (const order of orders) {
    const says = (valuesOf(order)[0] ?? "").toLowerCase() === wanted;
    holds = says ? any(counts(order), holds) : all(not(counts(order)), holds);
  }
  return holds;
}

/** A `Require all granted` that decides for whom this holds. */
interface Grant {
  readonly when: Condition;
  readonly at: Span;
}

/** The grants of the newer directives in a layer and in those merged after it. */
function grantsFrom(layers: readonly Layer[], from: Layer): readonly Grant[] {
  const first = layers.findIndex(({ at, kind }) => at === from.at && kind === from.kind);
  const requiring = layers.slice(Math.max(first, 0)).filter((layer) => named(layer, "require", "requireall", "requireany", "requirenone").length > 0);
  return requiring.flatMap((layer, index) => {
    const [line, ...more] = named(layer, "require", "requireall", "requireany", "requirenone");
    const grants = line !== undefined && more.length === 0 && line.methods.length === 0 && valuesOf(line).join(" ").toLowerCase() === "all granted";
    const replaced = any(...requiring.slice(index + 1).map(({ when }) => when));
    return grants ? [{ when: all(layer.when, line.guard, not(replaced)), at: line.node.span }] : [];
  });
}

/** The same refusals where a grant speaks for the request: both modules are asked, and one refusal is enough. */
function despiteGrants(refusals: readonly Gate[], allows: readonly Line[], grants: readonly Grant[]): readonly Gate[] {
  if (allows.length > 0) return [];
  const plain = refusals.filter(({ reason }) => reason === "authorization");
  return plain.flatMap((one) =>
    grants.map(({ when, at }): Gate => ({ when: all(one.when, when), effect: one.effect, reason: "mixed-access", because: [one.because[0], { at, note: "lets everybody in" }] })),
  );
}

function compatGates(layer: Layer, grants: readonly Grant[], layers: readonly Layer[]): readonly Gate[] {
  const orders = named(layer, "order");
  const allows = linesOf(layer, "allow");
  const denies = linesOf(layer, "deny");
  const allowed = any(...allows.map((line) => line.when));
  const denied = any(...denies.map((line) => line.when));
  const denyFirst = orderIs(orders, "deny,allow");
  const refusals = [...denials(layer, denies, allows, denyFirst, allowed, layers), ...byDefault(layer, orders, allows, denyFirst, allowed)];
  const refused = any(all(denyFirst, denied, not(allowed)), all(not(denyFirst), any(not(allowed), denied)));
  const told = [...despiteGrants(refusals, allows, grants), ...(layer.kind === "proxy" && allows.length === 0 ? refusals.map(shuttingProxy) : refusals)];
  return [...satisfied(layer, refused), ...told.map((one) => under(layer.when, one))];
}

/** What is meant for a proxy that anybody could use for anything shuts what is handed to a backend as well. */
export function shuttingProxy(one: Gate): Gate {
  const [{ at }, ...more] = one.because;
  return one.reason === "authorization" ? { ...one, reason: "contradiction", because: [{ at, note: "a `<Proxy>` section denies to everybody what is handed to a backend" }, ...more] } : one;
}

/** Each Deny line that refuses, pointed at for itself. */
function denials(layer: Layer, denies: readonly Line[], allows: readonly Line[], denyFirst: Condition, allowed: Condition, layers: readonly Layer[]): readonly Gate[] {
  return denies.map(({ placed, when }) => {
    const reason = reasonOfSection(layer) ?? reasonOf(placed, layers);
    const line = { at: placed.node.span, note: "denies" };
    const limits = limitsOf(placed);
    const [first = line, ...more] = [...(reason === "method-limit" ? [...limits, line] : [line, ...limits]), ...allows.map(allowEvidence)];
    const one = deny(all(when, any(not(denyFirst), not(allowed))), 403, [first, ...more], reason);
    return reason === "method-limit" ? fixable(one, methodFix(placed.methods)) : one;
  });
}

/** `Order allow,deny` refuses whoever no Allow line speaks for. */
function byDefault(layer: Layer, orders: readonly Placed[], allows: readonly Line[], denyFirst: Condition, allowed: Condition): readonly Gate[] {
  return orders
    .filter((order) => (valuesOf(order)[0] ?? "").toLowerCase() !== "deny,allow")
    .map((order) => {
      const [first, ...more] = [...limitsOf(order), { at: order.node.span, note: "denies whoever is not allowed" }, ...allows.map(allowEvidence)];
      const why = because(first?.at ?? order.node.span, first?.note ?? "denies", ...more);
      const own = reasonOfSection(layer);
      const reason = own ?? (order.methods.length > 0 || allows.some(({ placed }) => placed.methods.length > 0) ? "method-limit" : listReason(allows));
      return fixable(deny(all(counts(order), not(denyFirst), not(allowed)), 403, why, reason), methodFix(order.methods));
    });
}

function listReason(allows: readonly Line[]): "address-list" | "authorization" {
  return allows.length > 0 ? "address-list" : "authorization";
}

function allowEvidence({ placed }: Line): Evidence {
  return { at: placed.node.span, note: "allows others" };
}

function limitsOf(placed: Placed): readonly Evidence[] {
  return placed.methods.map(({ at }) => ({ at, note: "applies to these methods" }));
}

function reasonOf(placed: Placed, layers: readonly Layer[]): Reason {
  const from = valuesOf(placed).slice(1);
  const variable = from.find((one) => /^env=/i.test(one));
  if (variable !== undefined) return reasonOfVariable(layers, variable.slice("env=".length).replace(/^!/, ""));
  if (placed.methods.length > 0) return "method-limit";
  return from.some((one) => one.toLowerCase() === "all") ? "authorization" : "address-list";
}

/** `Satisfy any`: whoever these lists let in needs no authorization, and whoever they keep out may still be authorized. */
function satisfied(layer: Layer, refused: Condition): readonly Gate[] {
  const enough = satisfyAny(layer);
  if (enough === null) return [];
  const when = all(layer.when, enough.when);
  return [set("satisfied", "yes", enough.at, all(when, not(refused), variableIs("access.refused", "", enough.at))), leave(enough.at, when)];
}

function noteSatisfyAny(layer: Layer): readonly Gate[] {
  const enough = satisfyAny(layer);
  return enough === null ? [] : [set("satisfy.any", "yes", enough.at, all(layer.when, enough.when))];
}

/** Leaves the chain when access control was satisfied by `Satisfy any`. */
export function alreadySatisfied(at: Span): Gate {
  return gate(variableIs("satisfied", "yes", at), { kind: "continue" }, because(at, "is satisfied"), "none");
}
