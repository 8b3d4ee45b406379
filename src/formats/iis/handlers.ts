import { all, always, isAlways, methodIn, not } from "../../model/condition.ts";
import type { Chain, Gate, Handler, Scope, Sign } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import { sections, setting, takesAway, under, words, type Place, type Section } from "./config.ts";
import { withPost } from "./fixes.ts";
import { deny, gate, verbIn, type Why } from "./gates.ts";
import { mappingOf, writtenIn, type Mapping } from "./mappings.ts";
import { serverMappings } from "./server-handlers.ts";
import type { Signs } from "./signs.ts";
import { valueOf, type Element } from "./xml.ts";

/** What stands before the handlers of a place: before each, and before those that ASP.NET runs. */
export interface Before {
  readonly every: readonly Chain[];
  readonly managed: readonly Chain[];
  readonly writes: readonly Sign[];
}

/**
 * Who answers in a place: the first mapping that takes path and method (Handlers). A child's mappings stand before its
 * parents'; the server's own stand last, static files last of all.
 */
export function handlerScopes(place: Place, signs: Signs, before: Before): readonly Scope[] {
  const of = sections(place, "system.webServer/handlers");
  const own = writtenIn(of).map(mappingOf);
  const all = [...own, ...serverMappings(place, of, signs)];
  const last = all.findIndex(({ path, verbs }) => isAlways(path) && verbs.includes("*"));
  const taken = last < 0 ? all : all.slice(0, last);
  const rest = last < 0 ? undefined : all[last];
  const context: Context = { place, before, of };
  const scopes = taken.map((mapping) => scopeOf(mapping, context));
  const byVerb = rest === undefined || rest.kind === "static" ? own.filter(leavesOut).map((mapping) => withoutVerb(mapping, context)) : [];
  return [...scopes, ...byVerb, rest === undefined ? nobody(context) : scopeOf(rest, context)];
}

interface Context {
  readonly place: Place;
  readonly before: Before;
  readonly of: readonly Section[];
}

function scopeOf({ path, verbs, kind, at, element }: Mapping, context: Context): Scope {
  const { place, before } = context;
  const why = (note: string): Why => ({ at, note, reason: "no-route", implied: element === null });
  const own: readonly Gate[] =
    kind === "static" ? staticGates(at, element, context) : typeof kind === "object" ? [deny(always, kind.refuses, why("refuses whatever comes"))] : programGates(context);
  const chains = [...before.every, ...(kind === "managed" ? before.managed : []), { name: "handler", gates: own }];
  const handler: Handler = kind === "managed" || kind === "app" ? "app" : "static";
  return { ...named(context), when: all(under(place.folder, place.at), path, verbIn(verbs, at)), chains, handler };
}

function named({ place, before }: Context): Pick<Scope, "name" | "at" | "writes"> {
  return { name: place.folder === "" ? "/" : place.folder, at: place.at, writes: before.writes };
}

/** OPTIONS is answered by a handler of its own, unless it is taken away. */
function optionsGates(at: Span, { of }: Context): readonly Gate[] {
  if (takesAway(of, { name: "OPTIONSVerbHandler" })) return [];
  return [gate(methodIn(["OPTIONS"], at), { kind: "answer", status: 200 }, { at, note: "says what methods there are", reason: "static-handler", implied: true })];
}

/** Files are read: anything else is refused with 405. */
function staticGates(at: Span, element: Element | null, context: Context): readonly Gate[] {
  const why = { at, reason: "static-handler" as const, implied: element === null };
  return [...optionsGates(at, context), deny(not(methodIn(["GET", "HEAD"], at)), 405, { ...why, note: "files are only read" })];
}

/** Without the right to run scripts no program of the place is run (Handlers, `accessPolicy`: 403.1). */
function programGates({ of }: Context): readonly Gate[] {
  const policy = setting(of, "accessPolicy");
  if (policy === null || words(policy.value).some((word) => /^(?:Script|Execute)$/i.test(word))) return [];
  return [deny(always, 403, { at: policy.by.at, note: "lets nothing run here", reason: "no-route" })];
}

function leavesOut({ kind, verbs }: Mapping): boolean {
  return (kind === "managed" || kind === "app") && !verbs.includes("*");
}

/** No mapping takes path and method, though one takes the path: static files are left, and refuse it. */
function withoutVerb({ path, at, element, verbs }: Mapping, context: Context): Scope {
  const { place, before } = context;
  const framework = element !== null && /\.axd$/i.test(valueOf(element, "path") ?? "") ? "it serves files of the framework" : null;
  const why = { at, note: "takes other methods only", reason: "no-route" as const, fix: element === null ? null : withPost(element, "verb"), intended: framework };
  const own = [...optionsGates(at, context), deny(not(methodIn(["GET", "HEAD", ...verbs], at)), 405, why)];
  return { ...named(context), when: all(under(place.folder, place.at), path), chains: [...before.every, { name: "handler", gates: own }], handler: "static" };
}

function nobody(context: Context): Scope {
  const { place, before } = context;
  const none = deny(always, 404, { at: context.of.at(-1)?.element.at ?? place.at, note: "no handler is left", reason: "no-route" });
  return { ...named(context), when: under(place.folder, place.at), chains: [...before.every, { name: "handler", gates: [none] }], handler: "static" };
}
