import type { Condition } from "../../model/condition.ts";
import { all, any, not, test, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, gate, implied, leave, matches, set, variable, variableIs } from "./gates.ts";
import type { Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";

/*
 * A lookup is a request that the server makes to itself, as a GET, to see what another URL leads to (mod_dir does so with
 * index files). If it finds a file, the first request goes on with what was found; else that goes on where it was.
 * `index` is set while one is under way, `back.path` and `back.query` lead back, and `next` says where to go on there.
 */

/** How many lookups may be under way at a time, and how many internal redirects a request takes (LimitInternalRecursion). */
const mostNested = variable("most.nested");
export const mostRedirects = variable("most.redirects");

/** Sets both: without a second number the first is for both. */
export function recursionGates(placed: readonly Placed[], at: Span): readonly Gate[] {
  const line = placed.findLast(({ node }) => node.key === "limitinternalrecursion");
  const [redirects = "10", nested = redirects] = (line === undefined ? [] : valuesOf(line)).map((word) => (/^[1-9]\d*$/.test(word) ? word : "10"));
  return [set("most.redirects", redirects, at), set("most.nested", nested, at)];
}

/** The server may ask itself something: not when it has redirected the request as often as it will. */
export function mayAskItself(at: Span): Condition {
  return not(testText(variable("redirects"), { kind: "number", is: ">=", value: mostRedirects }, at));
}

/** Forgotten when a request begins that is no lookup and comes back from none. */
const ofRequest = ["suberror", "fallback"] as const;

/** One URL to be looked up, and what the request does next when nothing lies there. */
export interface Lookup {
  readonly path: Template;
  readonly stage: string;
  readonly at: Span;
  readonly next: string;
  /** Taken to lie there where nobody can tell. */
  readonly likely: boolean;
  readonly fallback: boolean;
}

/** A lookup is under way. */
export function inLookup(at: Span): Condition {
  return variableIs("index", "yes", at);
}

/** The request has come back from a lookup that found nothing, and goes on here. */
export function resumedAt(next: string, at: Span): Condition {
  return variableIs("resume", next, at);
}

/** The request has been here before, and only went to look something up. */
export function resumed(at: Span): Condition {
  return not(variableIs("resume", "", at));
}

/** What every pass begins with. */
export function lookupBeginning(at: Span): readonly Gate[] {
  const afresh = all(variableIs("index", "", at), variableIs("returned", "", at));
  return [...ofRequest.map((name) => set(name, "", at, afresh)), set("resume", variable("returned"), at), set("returned", "", at)];
}

/** Looks a URL up. */
export function lookup(when: Condition, { path, stage, at, next, likely, fallback }: Lookup): readonly Gate[] {
  const mark = `${next} ${at.file.path} ${at.start}`;
  const chosen = variableIs("chosen", mark, at);
  const first = all(chosen, variableIs("index", "", at));
  return [
    set("chosen", mark, at, when),
    set("nested", "0", at, first),
    gate(all(chosen, inLookup(at)), { kind: "score", variable: "nested", add: text("1") }, because(at, "is counted"), "none"),
    deny(all(chosen, testText(variable("nested"), { kind: "number", is: ">=", value: mostNested }, at)), 500, because(at, "leads to a directory again and again"), "broken-configuration"),
    implied(deny(all(chosen, not(mayAskItself(at))), 500, because(at, "is looked for after too many redirects"), "none")),
    set("back.path", fieldValue("path"), at, first),
    set("back.query", fieldValue("query"), at, first),
    set("back.dir", variable("dir.now"), at, first),
    set("back.redirect", fallback ? "" : variable("indexredirect"), at, first),
    set("next", next, at, first),
    set("asked.toolong", variable("toolong"), at, first),
    set("asked.handler", variable("rw.handler"), at, first),
    set("likely", likely ? "yes" : "", at, chosen),
    ...(fallback ? [set("fallback", "yes", at, chosen)] : []),
    set("index", "yes", at, chosen),
    // A rule may have left dots in the path.
    set("unread", "yes", at, all(chosen, matches(path, "/\\.\\.?/", at))),
    gate(chosen, { kind: "reroute", stage, path, method: "GET", headToo: true }, because(at, "is what the server looks for"), "none"),
  ];
}

const redirectStatuses = [301, 302, 303, 307, 308];

/** The end of a lookup: a file was found, or the request goes on without. Statuses of DirectoryIndexRedirect send the client there. */
export function lookupEnd(when: Condition, redirects: readonly number[], at: Span): readonly Gate[] {
  const file = (otherwise: boolean): Condition => testText(variable("file"), { kind: "onDisk", as: "file", otherwise }, at);
  const found = any(file(false), all(variableIs("likely", "yes", at), file(true)), not(variableIs("proxied", "", at)), variableIs("proxied.late", "yes", at));
  const sent = redirects.map((status) =>
    gate(all(when, inLookup(at), variableIs("back.redirect", String(status), at)), { kind: "redirect", status, to: [{ kind: "field", field: "path" }] }, because(at, "is redirected to"), "redirect"),
  );
  // A rule has said that it redirects, and a later one led to a file.
  const stays = redirectStatuses.map((status) => deny(all(when, inLookup(at), variableIs("stays.here", String(status), at)), status, because(at, "is answered as a redirect to nowhere"), "none"));
  return [...passing(at), ...stays, set("fails", nothingThere, at, all(when, inLookup(at), not(found))), ...passing(at), ...sent];
}

/** What a lookup is said to have failed with when nothing was there. */
const nothingThere = "nothing";

/** A lookup that has failed passes over what is left of it. */
function passing(at: Span): readonly Gate[] {
  return [leave(at, not(variableIs("fails", "", at)))];
}

/** What goes on is asked for as the client did: for an error page with GET, which a HEAD counts as. */
export function asItCame(at: Span): Condition {
  return any(variableIs("error", "", at), test("sentMethod", { kind: "equals", value: text("HEAD") }, at));
}

/** Goes back to the request that had something looked up, where that has failed. */
export function goingBack(stage: string, at: Span): Chain {
  const fails = not(variableIs("fails", "", at));
  const there = { kind: "reroute", stage, path: variable("back.path"), query: variable("back.query") } as const;
  const why = because(at, "the server goes on without it");
  return {
    name: "back",
    gates: [
      leave(at, variableIs("fails", "", at)),
      set("suberror", variable("fails"), at, not(variableIs("fails", nothingThere, at))),
      set("returned", variable("next"), at),
      set("index", "", at),
      set("fallback", "", at),
      gate(all(fails, asItCame(at)), { ...there, method: null }, why, "none"),
      gate(fails, { ...there, method: "GET" }, why, "none"),
    ],
  };
}

/** A refusal in these chains: what it is called while a lookup is under way. */
interface Refusal {
  readonly name: string;
  readonly gate: Gate;
}

/**
 * Chains whose refusals are not answered while a lookup is under way, but kept for the request that had it made: that
 * is refused so when nothing else is found (`chains`, then `refused`).
 */
export function keepingRefusals(chains: readonly Chain[], at: Span): { readonly chains: readonly Chain[]; readonly refused: Chain } {
  const kept: Refusal[] = [];
  const changed = chains.map((chain) => ({ ...chain, gates: [...passing(at), ...chain.gates.flatMap((one) => withKept(one, kept))] }));
  // What kept a GET from an index file says little of POSTs, and is looked for where it stands.
  const last = kept.map(({ name, gate: one }): Gate => ({ ...withoutLabel(one), when: all(variableIs("index", "", at), variableIs("suberror", name, at)), reason: "none" }));
  return { chains: changed, refused: { name: "nothing was found", gates: last } };
}

function withoutLabel({ label: _, ...one }: Gate): Gate {
  return one;
}

function withKept(one: Gate, kept: Refusal[]): readonly Gate[] {
  if (one.effect.kind !== "deny") return [one];
  const name = one.effect.status === 404 ? nothingThere : String(kept.length + 1);
  if (name !== nothingThere) kept.push({ name, gate: one });
  const place = one.because[0].at;
  const fails = set("fails", name, place, all(inLookup(place), one.when));
  const named = one.label === undefined ? fails : { ...fails, label: one.label };
  return [named, ...passing(place), { ...withoutLabel(one), when: all(variableIs("index", "", place), one.when) }];
}

/** Refuses a fallback that is not there, and so would be looked up for ever. */
export function endless(when: Condition, at: Span): Gate {
  return deny(all(when, variableIs("fallback", "yes", at)), 500, because(at, "leads to nothing, and so to itself"), "broken-configuration");
}
