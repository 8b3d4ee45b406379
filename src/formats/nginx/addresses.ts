import type { Condition, Operator } from "../../model/condition.ts";
import { all, not, test, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Context } from "./context.ts";
import { blocksOf, evidence, setting } from "./context.ts";
import { refuse } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { fresh } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { valueOf } from "./values.ts";

const PORT = String.raw`0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])`;
const NUMBERED = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])`;
const ADDRESS = String.raw`(?:unix:[^?#]*|(?:\[[0-9a-f:.]+\]|[^/?#:[][^/?#:]*)(?::${PORT})?)`;

/** How an address may begin; only that of HTTP says its port. */
const SCHEMES: Readonly<Record<string, string>> = { proxy_pass: "https?://", grpc_pass: "(?:grpcs?://)?", uwsgi_pass: "(?:s?uwsgi://)?" };

function schemeOf({ name }: Directive): string {
  return SCHEMES[name.value] ?? "";
}

/** The address that variables come to; null when there are none in it. */
function addressWord({ args: [word] }: Directive): Word | null {
  return word !== undefined && !word.template && /^(?:\w+:\/\/)?[^/]*\$/.test(word.value) ? word : null;
}

/** What variables come to may be no address, which shows before the body is read (ngx_http_proxy_eval). */
export function addressGates(site: Site, pass: Directive): readonly Gate[] {
  const word = addressWord(pass);
  if (word === null) return [];
  const named = testText(valueOf(site, word), { kind: "matches", pattern: `^${schemeOf(pass)}${ADDRESS}${pass.name.value === "proxy_pass" ? "(?:[/?#]|$)" : "$"}`, ignoreCase: true, otherwise: true }, pass.head);
  return refuse(site, { when: not(named), status: 500, because: [evidence(pass, "may come to no address")], more: { reason: "broken-configuration" } });
}

/** Behind the body: an address without a port, and a name that nothing here knows and nobody is asked about (ngx_http_upstream_init_request). */
export function resolutionGates(site: Site, pass: Directive): readonly Gate[] {
  const word = addressWord(pass);
  const { upstreams } = site.low;
  if (word === null || upstreams === null) return [];
  const http = pass.name.value === "proxy_pass";
  const captures = `${fresh(site.low, "address passed to")}, group `;
  const address: Operator = { kind: "matches", pattern: `^${http ? "(https?://[^/?#]+)" : `${schemeOf(pass)}([^/?#]+)$`}`, ignoreCase: true, captures, otherwise: false };
  const found = testText(valueOf(site, word), address, pass.head);
  const is = (operator: Operator): Condition => test(`var:${captures}1`, operator, pass.head);
  const unknown = all(found, not(is({ kind: "in", values: http ? upstreams.http : upstreams.others, ignoreCase: true })));
  const numbered = is({ kind: "matches", pattern: `^(?:https?://)?(?:unix:|${NUMBERED})`, ignoreCase: true });
  const portless = is({ kind: "matches", pattern: String.raw`^(?!unix:)(?:\[[^\]]*\]|[^:[])+$`, ignoreCase: true });
  const refused = (when: Condition, status: number, note: string): readonly Gate[] => refuse(site, { when, status, because: [evidence(pass, note)], more: { reason: "broken-configuration" } });
  return [
    ...(http ? [] : refused(all(unknown, portless), 500, "may come to an address without a port")),
    ...(setting(site.context, "resolver") === undefined ? refused(all(unknown, not(numbered)), 502, "may come to a name, and there is no `resolver`") : []),
  ];
}

/** What is known by name: groups of servers, and the addresses that something passes requests to as they are written. */
export interface Upstreams {
  /** With the scheme. */
  readonly http: readonly string[];
  /** With the port, where there is one. */
  readonly others: readonly string[];
}

/** The upstreams of a whole configuration; null where a part of it is not here, which may name others or a resolver. */
export function upstreamsOf(http: Context, isWhole: boolean): Upstreams | null {
  const groups = blocksOf(http, "other").flatMap(({ opener }) => (opener?.name.value === "upstream" ? opener.args.slice(0, 1) : []));
  if (!isWhole || groups.some(({ template }) => template)) return null;
  const written = hostsIn(http).flatMap(({ name, port }) => [`http://${name}:${port}`, `https://${name}:${port}`, ...(port === "80" ? [`http://${name}`] : port === "443" ? [`https://${name}`] : [])]);
  return {
    http: [...new Set([...groups.flatMap(({ value }) => [`http://${value}`, `https://${value}`]), ...written])],
    others: [...new Set([...groups.map(({ value }) => value), ...hostsIn(http).map(({ name, port }) => `${name}:${port}`)])],
  };
}

const WRITTEN = /^(?:(https?|grpcs?|s?uwsgi):\/\/)?([^/:[\]$]+)(?::(\d+))?(?:\/|$)/;

function hostsIn(context: Context): readonly { readonly name: string; readonly port: string }[] {
  return context.items.flatMap(({ directive, block }) => {
    if (block !== null) return hostsIn(block);
    const [, scheme, name, port = scheme === "http" ? "80" : "443"] = (/_pass$/.test(directive.name.value) ? WRITTEN.exec(directive.args[0]?.value ?? "") : null) ?? [];
    return name === undefined ? [] : [{ name, port }];
  });
}
