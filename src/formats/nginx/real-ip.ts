import type { Condition } from "../../model/condition.ts";
import { all, always, any, not, test, testText } from "../../model/condition.ts";
import type { Case, Evidence, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { evidence, inherited, settingValue } from "./context.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, gate, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";

const HEADERS: Readonly<Record<string, string>> = { "X-Real-IP": "x-real-ip", "X-Forwarded-For": "x-forwarded-for" };

/** More proxies than these are not followed. */
export const mostProxies = 4;

const ADDRESS = String.raw`(?:(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?|([0-9a-fA-F]*:[0-9a-fA-F:.]+)|\[([0-9a-fA-F:.]+)\](?::\d+)?)`;

/** The pattern of a list of addresses that has so many behind the one it captures, in one of three groups. */
export function forwardedBy(behind: number): string {
  return String.raw`(?:^|[ ,])${ADDRESS}(?:[ ,]+[0-9a-fA-F.:[\]]+){${behind}}[ ,]*$`;
}

/**
 * A proxy that is trusted is not the client: a header names it, by the last address that is not trusted itself with
 * `real_ip_recursive`, else by its last one (ngx_http_get_forwarded_addr). What was replaced once stays.
 */
export function realIpGates(site: Site): readonly Gate[] {
  const trusted = inherited(site.context, "set_real_ip_from");
  const [first] = trusted;
  const name = settingValue(site.context, "real_ip_header", "X-Real-IP");
  if (first === undefined || name === "proxy_protocol") return [];
  use(site, ...trusted, ...inherited(site.context, "real_ip_header"), ...inherited(site.context, "real_ip_recursive"));
  const header = `header:${HEADERS[name] ?? name.toLowerCase()}` as const;
  const because: [Evidence, ...Evidence[]] = [evidence(first, "trusts what these say about the client")];
  const recursive = settingValue(site.context, "real_ip_recursive", "off") === "on" && name !== "X-Real-IP";
  const kept = gate(isReplaced(first.head), { kind: "continue" }, because);
  const steps = Array.from({ length: recursive ? mostProxies : 1 }, (_, behind): Gate => {
    const groups = `${bookkeeping.realAddress}, group `;
    const named = test(header, { kind: "matches", pattern: forwardedBy(behind), captures: groups, otherwise: false }, first.head);
    const by = fieldValue(behind === 0 ? "clientAddress" : `var:${bookkeeping.realAddress}`);
    const value = [1, 2, 3].flatMap((group) => fieldValue(`var:${groups}${group}`));
    return gate(all(named, any(...trusted.map((one) => trusts(one, by)))), { kind: "set", variable: bookkeeping.realAddress, value }, because);
  });
  return [kept, ...steps];
}

function trusts(directive: Directive, address: Template): Condition {
  const word = directive.args[0];
  if (word === undefined || word.value.startsWith("unix:")) return { kind: "any", of: [] };
  const known = !word.template && /^[0-9a-fA-F:.]+(?:\/\d+)?$/.test(word.value);
  if (known) return all(written(directive), testText(address, { kind: "inNetwork", blocks: [word.value] }, directive.head));
  return { kind: "unknown", key: `proxies ${word.value}`, why: `the addresses \`${word.value}\` stands for`, reads: ["clientAddress"], at: word.at };
}

function isReplaced(at: Span): Condition {
  return test(`var:${bookkeeping.realAddress}`, { kind: "present" }, at);
}

/** Whether the client's address is in one of these blocks. */
export function addressIn(site: Site, blocks: readonly string[], at: Span): Condition {
  const sent = test("clientAddress", { kind: "inNetwork", blocks }, at);
  if (!site.low.replacesAddress) return sent;
  return any(all(not(isReplaced(at)), sent), test(`var:${bookkeeping.realAddress}`, { kind: "inNetwork", blocks }, at));
}

/** The client's address as later directives see it, which is computed at every reading. */
export function addressCases(at: Span): readonly Case[] {
  return [
    { when: isReplaced(at), value: fieldValue(`var:${bookkeeping.realAddress}`) },
    { when: always, value: fieldValue("clientAddress") },
  ];
}
