import type { Condition } from "../../model/condition.ts";
import { all, any, never, not, test } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { clientFrom } from "./addresses.ts";
import { because, deny, variableIs } from "./gates.ts";
import type { Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";
import { inLookup } from "./lookup.ts";

/** What mod_evasive takes where a line holds no number above 0. */
const defaults = { dospagecount: 2, dospageinterval: 1, dossitecount: 50, dossiteinterval: 1 } as const;

const secondsOfMinute = 60;

/**
 * How often one address may ask for one page, or for any (mod_evasive 1.10): the first request begins to count, as many
 * more pass as the directive says, and the next one is refused, if between none of them an interval went by. Every
 * process of the server counts by itself, and only what clients send.
 */
export function paceChains(directives: readonly Placed[], at: Span): readonly Chain[] {
  const counting = (["page", "site"] as const).flatMap((what) => countGates(directives, what, at));
  return counting.length === 0 ? [] : [{ name: "pace", gates: counting }];
}

function countGates(directives: readonly Placed[], what: "page" | "site", at: Span): readonly Gate[] {
  const line = lastOf(directives, `dos${what}count`);
  if (line === undefined) return [];
  const most = numberOf(line, defaults[`dos${what}count`]) + 1;
  const interval = numberOf(lastOf(directives, `dos${what}interval`), defaults[`dos${what}interval`]);
  const { span } = line.node;
  // Who asks more seldom than once in an interval begins anew with every request.
  const steady = above("perMinute", Math.max(most, Math.floor(secondsOfMinute / interval)), span);
  const counted = all(line.guard, variableIs("first", "yes", at), not(inLookup(at)), not(spared(directives, span)));
  const note = what === "page" ? "counts how often an address asks for one page" : "counts what an address asks for";
  return [deny(all(counted, any(above("atOnce", most, span), steady)), statusOf(directives), because(span, note), "rate")];
}

function above(field: "perMinute" | "atOnce", most: number, at: Span): Condition {
  return test(field, { kind: "number", is: ">", value: text(String(most)) }, at);
}

function lastOf(directives: readonly Placed[], key: string): Placed | undefined {
  return directives.findLast(({ node }) => node.key === key);
}

function numberOf(line: Placed | undefined, otherwise: number): number {
  const written = Number.parseInt(line === undefined ? "" : (valuesOf(line)[0] ?? ""), 10);
  return written > 0 ? written : otherwise;
}

function statusOf(directives: readonly Placed[]): number {
  const line = lastOf(directives, "doshttpresponsecode");
  const written = line === undefined ? "" : (valuesOf(line)[0] ?? "");
  return /^[45]\d\d$/.test(written) ? Number(written) : 403;
}

/** Addresses that are not counted; `192.0.2.*` stands for all that begin so. */
function spared(directives: readonly Placed[], at: Span): Condition {
  const written = directives.filter(({ node }) => node.key === "doswhitelist").flatMap(valuesOf);
  return written.length === 0 ? never : clientFrom(written.map((one) => one.replace(/(?:\.\*)+$/, "")), at);
}
