import type { Condition } from "../../model/condition.ts";
import { all, always, any, isAlways, isNever, methodIn, never, not, test, testText } from "../../model/condition.ts";
import type { Chain, Evidence, Fix, Gate, Reason } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import { alreadySatisfied, shuttingProxy } from "./access.ts";
import { clientFrom, loopback } from "./addresses.ts";
import { bodiless } from "./bodiless.ts";
import { environmentSet, reasonOfVariable } from "./environment.ts";
import { expression, required } from "./expression.ts";
import { listFix, methodFix } from "./fixes.ts";
import { because, deny, fixable, leave, set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { counts, methodsHold, named, valuesOf } from "./layer.ts";
import { tellsPost } from "./methods.ts";
import { reasonOfCondition, reasonOfSection } from "./reasons.ts";
import type { Span } from "../../source.ts";
import type { Names } from "./variables.ts";
import { unknownValue } from "./variables.ts";

/** What else is known of the server: nothing but `.htaccess` files where it is alone, and which directives no module has. */
interface Surroundings {
  readonly alone: boolean;
  lacks(key: string): boolean;
}

/** Ways to log in, and a directive of the module that knows each. */
const ofType: Readonly<Record<string, string>> = { basic: "authbasicprovider", digest: "authdigestprovider", form: "authformprovider" };

const requireKeys: ReadonlySet<string> = new Set(["require", "requireall", "requireany", "requirenone"]);

/** What a Require or a container of them says: when it grants, when it denies, and when it waits for a user. Else neutral. */
interface Result {
  readonly granted: Condition;
  readonly denied: Condition;
  readonly noUser: Condition;
  /** For which requests it counts at all. */
  readonly counts: Condition;
}

const neutral: Result = { granted: never, denied: never, noUser: never, counts: never };

/**
 * The Require directives and their containers (mod_authz_core): those of a later section replace those of an earlier
 * one unless AuthMerging says otherwise. Who has no identity is asked for one: 401, or 500 where no AuthType is set.
 */
export function authorizationChain(layers: readonly Layer[], names: Names, { alone, lacks }: Surroundings): readonly Chain[] {
  const maySayHow = alone && !layers.some((layer) => layer.placed.some(({ node }) => /^auth(?!merging|zsend)/.test(node.key)));
  const having = layers.filter((layer) => layer.placed.some(({ node }) => requireKeys.has(node.key)));
  const first = having[0];
  if (first === undefined) return [];
  const gates: Gate[] = [alreadySatisfied(first.at)];
  for (let index = having.length - 1; index >= 0; index -= 1) {
    const layer = having[index];
    if (layer === undefined) continue;
    const stranger = combined(having, index, { names, user: false });
    const user = isNever(stranger.noUser) ? stranger : combined(having, index, { names, user: true });
    const missing = Object.keys(ofType).filter((type) => lacks(ofType[type] ?? ""));
    const own = layerGates(layer, { stranger, user, missing }, reasonOf(layer, layers, names), maySayHow ? "the server's own configuration may say how users are asked for" : undefined);
    gates.push(...(closesProxy(layer) ? own.map(shuttingProxy) : own));
  }
  return [{ name: "authorization", gates }];
}

/** Whether a section is for what goes to a proxy, and lets nobody in. */
function closesProxy(layer: Layer): boolean {
  const lines = layer.placed.filter(({ node }) => requireKeys.has(node.key));
  return layer.kind === "proxy" && lines.every((line) => valuesOf(line).join(" ").toLowerCase() === "all denied");
}

/** What a result is judged with: whether somebody has logged in, as the server asks for when it cannot decide without. */
interface Judging {
  readonly names: Names;
  readonly user: boolean;
}

/** More sections than this that merge with the ones before are not followed. */
const mostMerged = 6;

function undecided({ at }: Layer): Result {
  const granted: Condition = { kind: "unknown", key: `merged ${at.file.path}:${at.start}`, why: "many sections whose authorization is merged", reads: "anything", at };
  return { granted, denied: not(granted), noUser: never, counts: always };
}

/** A layer's own result, joined with what came before as its AuthMerging says. */
function combined(layers: readonly Layer[], index: number, judging: Judging): Result {
  const layer = layers[index];
  if (layer === undefined) return neutral;
  const own = layerResult(layer, judging);
  const merging = named(layer, "authmerging").at(-1);
  const how = merging === undefined ? "off" : (valuesOf(merging)[0] ?? "").toLowerCase();
  if (index === 0 || (how !== "and" && how !== "or")) return own;
  if (layers.slice(0, index).filter((one) => named(one, "authmerging").length > 0).length > mostMerged) return undecided(layer);
  const before = effective(layers, index - 1, judging);
  return how === "and" ? allOf([before, own]) : anyOf([before, own]);
}

/** What the last of these layers that applies says. */
function effective(layers: readonly Layer[], index: number, judging: Judging): Result {
  const layer = layers[index];
  if (layer === undefined) return neutral;
  const here = combined(layers, index, judging);
  if (index === 0 || isAlways(layer.when)) return { ...here, counts: all(layer.when, here.counts) };
  const before = effective(layers, index - 1, judging);
  const either = (one: (result: Result) => Condition): Condition => any(all(layer.when, one(here)), all(not(layer.when), one(before)));
  return {
    granted: either((result) => result.granted),
    denied: either((result) => result.denied),
    noUser: either((result) => result.noUser),
    counts: either((result) => result.counts),
  };
}

function layerResult(layer: Layer, judging: Judging): Result {
  return anyOf(layer.placed.filter(({ node }) => requireKeys.has(node.key)).map((placed) => resultOf(placed, judging, 0)));
}

function resultOf(placed: Placed, judging: Judging, depth: number): Result {
  const { node } = placed;
  if (node.key === "require") return requirement(placed, judging);
  if (depth > 5) return unknownResult(placed);
  const inside = placed.children.filter((child) => requireKeys.has(child.node.key)).map((child) => resultOf(child, judging, depth + 1));
  const result = node.key === "requireall" ? allOf(inside) : anyOf(inside);
  const here = node.key === "requirenone" ? negated(result) : result;
  return { ...here, counts: all(placed.guard, methodsHold(placed.methods), result.counts) };
}

function unknownResult({ node }: Placed): Result {
  const granted: Condition = { kind: "unknown", key: `require ${node.span.file.path}:${node.span.start}`, why: "containers nested too deeply", reads: "anything", at: node.span };
  return { granted, denied: not(granted), noUser: never, counts: always };
}

function negated(result: Result): Result {
  return { granted: never, denied: result.granted, noUser: never, counts: result.counts };
}

/** Limited to other methods, a part grants inside "all" and is neutral inside "any" (`apply_authz_sections`). */
function allOf(parts: readonly Result[]): Result {
  const denied = any(...parts.map((part) => all(part.counts, part.denied)));
  const noUser = all(not(denied), any(...parts.map((part) => all(part.counts, part.noUser))));
  const some = any(...parts.map((part) => any(not(part.counts), part.granted)));
  return { granted: all(not(denied), not(noUser), some), denied, noUser, counts: any(...parts.map((part) => part.counts)) };
}

function anyOf(parts: readonly Result[]): Result {
  const granted = any(...parts.map((part) => all(part.counts, part.granted)));
  const noUser = all(not(granted), any(...parts.map((part) => all(part.counts, part.noUser))));
  const denied = all(not(granted), not(noUser), any(...parts.map((part) => all(part.counts, part.denied))));
  return { granted, denied, noUser, counts: any(...parts.map((part) => part.counts)) };
}

function requirement(placed: Placed, judging: Judging): Result {
  const words = valuesOf(placed);
  const inverse = (words[0] ?? "").toLowerCase() === "not";
  const [provider = "", ...args] = inverse ? words.slice(1) : words;
  const result = providerResult(provider.toLowerCase(), args, placed, judging);
  // Whoever may is none of those who may not.
  const excluded = isNever(result.noUser) && !(judging.user && isIdentity(provider)) ? negated(result) : neutral;
  return { ...(inverse ? excluded : result), counts: counts(placed) };
}

/** Providers that know nothing about a request but who sent it. */
function isIdentity(provider: string): boolean {
  return !["all", "method", "ip", "host", "forward-dns", "local", "env", "expr"].includes(provider.toLowerCase());
}

function providerResult(provider: string, args: readonly string[], placed: Placed, { names, user }: Judging): Result {
  const at = placed.node.span;
  const plain = (granted: Condition): Result => ({ granted, denied: not(granted), noUser: never, counts: always });
  switch (provider) {
    case "all":
      return plain((args[0] ?? "").toLowerCase() === "granted" ? always : never);
    case "method":
      // The server does not tell GET and HEAD apart.
      return plain(methodIn(args.includes("GET") || args.includes("HEAD") ? [...new Set(["GET", "HEAD", ...args])] : args, at));
    case "ip":
    case "host":
    case "forward-dns":
      return plain(clientFrom(args, at));
    case "local":
      return plain(test("clientAddress", { kind: "inNetwork", blocks: loopback }, at));
    case "env":
      return plain(any(...args.map((name) => environmentSet(name, at))));
    case "expr":
      return ofExpression(required(placed.node.argsText.text), at, names, user);
    default:
      // Whoever logs in is somebody who may, unless nobody is named.
      if (user && args.length === 0 && (provider === "user" || provider === "group")) return plain(never);
      if (user && provider === "group") return plain(variableIs("groupfile", "yes", at));
      return { granted: user ? always : never, denied: never, noUser: user ? never : always, counts: always };
  }
}

/** An expression that names the user waits for one where it does not hold. */
function ofExpression(written: string, at: Span, names: Names, user: boolean): Result {
  const waits = /%\{REMOTE_USER\}/i.test(written) && !user;
  const granted = bodiless(expression(written, at, user ? names : { ...names, early: true }).condition);
  return { granted, denied: waits ? never : not(granted), noUser: waits ? not(granted) : never, counts: always };
}

/** What a section says about somebody who has not logged in, and somebody who has; `missing` are ways to log in that the server has no module for. */
interface Judged {
  readonly stranger: Result;
  readonly user: Result;
  readonly missing: readonly string[];
}

/** What a layer does to strangers, and to users where it has to know who it is. */
function layerGates(layer: Layer, { stranger, user, missing }: Judged, reason: Reason, intended: string | undefined): readonly Gate[] {
  const when = all(layer.when, stranger.counts);
  const culprits = evidenceOf(layer);
  const gates: Gate[] = [];
  const [first, ...more] = culprits;
  if (first !== undefined) {
    const at = first.at;
    const why = because(at, first.note, ...more);
    const { noUser } = stranger;
    if (!isNever(noUser)) {
      const asked = all(when, noUser);
      const known = test("identity", { kind: "equals", value: text("valid") }, at);
      const byServer = intended === undefined ? {} : { intended };
      gates.push({ ...deny(all(asked, variableIs("authtype", "", at)), 500, because(at, "a user is asked for, but no AuthType says how", ...more), "contradiction"), ...byServer });
      gates.push(...missing.map((type) => deny(all(asked, variableIs("authtype", type, at)), 500, because(at, "a user is asked for in a way that no module knows", ...more), "contradiction")));
      gates.push({ ...deny(all(asked, variableIs("authtype", "basic", at), variableIs("authname", "", at)), 500, because(at, "a user is asked for, but no AuthName says of what", ...more), "contradiction"), ...byServer });
      const sent = testText(fieldValue("header:authorization"), { kind: "startsWith", value: text("Basic "), ignoreCase: true }, at);
      gates.push({ ...deny(all(asked, variableIs("authtype", "basic", at), variableIs("authfile", "", at), sent), 500, because(at, "a user is asked for, but no file of users is named", ...more), "contradiction"), ...byServer });
      // Whoever gives a name is known by it, though not let in.
      gates.push(...loggedIn(at, all(asked, test("header:authorization", { kind: "present" }, at))));
      gates.push(deny(all(asked, known, not(user.granted), variableIs("authforbids", "on", at)), 403, why, reason));
      gates.push(deny(all(asked, not(all(known, user.granted))), 401, why, reason), ...loggedIn(at, asked));
    }
    gates.push(fixable(deny(all(when, not(noUser), not(stranger.granted)), 403, why, reason), fixOf(layer)));
  }
  gates.push(leave(layer.at, layer.when));
  return gates;
}

/** What rules may ask about whoever has logged in. */
const ofUsers = { login: "REMOTE_USER", "login.type": "AUTH_TYPE" } as const;

function loggedIn(at: Span, when: Condition): readonly Gate[] {
  return Object.entries(ofUsers).map(([name, asked]) => set(name, unknownValue(asked), at, when));
}

/** Nobody has logged in when a request begins, as far as is known. */
export function nobodyYet(at: Span, complete: boolean): readonly Gate[] {
  return Object.entries(ofUsers).flatMap(([name, asked]) => [set(`${name}.was`, variable(name), at), set(name, complete ? "" : unknownValue(asked), at)]);
}

/** Where nobody is asked again, the user stays. */
export function sameUser(at: Span, passed: Condition): Chain {
  return { name: "login", gates: Object.keys(ofUsers).map((name) => set(name, variable(`${name}.was`), at, passed)) };
}

/** What to point at: what denies before what only fails to grant. */
function evidenceOf(layer: Layer): readonly Evidence[] {
  const weight = ({ node, methods }: Placed): number => {
    const words = node.args.map((arg) => arg.value.toLowerCase());
    if (words[0] === "all") return words[1] === "denied" ? 0 : 3;
    return methods.length > 0 ? 1 : 2;
  };
  const flat = (placed: Placed): readonly Placed[] => (placed.node.kind === "section" ? [placed, ...placed.children.flatMap(flat)] : [placed]);
  const lines = layer.placed.filter(({ node }) => requireKeys.has(node.key)).flatMap(flat);
  const directives = lines.filter(({ node }) => node.kind === "directive").sort((a, b) => weight(a) - weight(b));
  // A block that names methods is what to point at when its own lines come first.
  return directives.flatMap(({ node, methods }) => [...(tellsPost(methods) ? methods : []).map(({ at }) => ({ at, note: "applies to these methods" })), { at: node.span, note: "decides who may" }]);
}

/** Where one line decides, the methods it names can be changed. */
function fixOf(layer: Layer): Fix | null {
  const lines = layer.placed.filter(({ node }) => requireKeys.has(node.key));
  const [only] = lines;
  if (only === undefined || lines.length > 1 || only.node.key !== "require") return null;
  if (only.methods.length > 0) return methodFix(only.methods);
  return valuesOf(only)[0]?.toLowerCase() === "method" ? listFix(only) : null;
}

function reasonOf(layer: Layer, layers: readonly Layer[], names: Names): Reason {
  const ofSection = reasonOfSection(layer);
  if (ofSection !== null) return ofSection;
  const flat = (placed: Placed): readonly Placed[] => [placed, ...placed.children.flatMap(flat)];
  const lines = layer.placed.flatMap(flat).filter(({ node }) => node.key === "require");
  const providers = lines.map((placed) => valuesOf(placed).find((word) => word.toLowerCase() !== "not")?.toLowerCase() ?? "");
  if (lines.some(({ methods }) => tellsPost(methods)) || providers.includes("method")) return "method-limit";
  if (providers.some((provider) => ["ip", "host", "local", "forward-dns"].includes(provider))) return "address-list";
  const variables = lines.flatMap((placed) => valuesOf(placed).filter((_, index, words) => words[index - 1]?.toLowerCase() === "env"));
  if (variables[0] !== undefined) return reasonOfVariable(layers, variables[0]);
  const expressions = lines.flatMap((placed) => {
    const isExpression = valuesOf(placed).some((word) => word.toLowerCase() === "expr");
    return isExpression ? [expression(required(placed.node.argsText.text), placed.node.span, names).condition] : [];
  });
  return reasonOfCondition(all(...expressions)) ?? "authorization";
}
