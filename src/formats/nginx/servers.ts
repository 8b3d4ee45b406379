import type { Condition } from "../../model/condition.ts";
import { all, always, any, isAlways, test } from "../../model/condition.ts";
import type { Chain, Evidence, Gate, Scope } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import { pattern } from "./conditions.ts";
import type { Context } from "./context.ts";
import { blocksOf, own } from "./context.ts";
import type { Group, Hosted, Listen, Listener } from "./listeners.ts";
import { defaultOf, groupCondition, groupsOf, listenersOf, listensOf } from "./listeners.ts";
import { locationVariants, redirectMarks } from "./location.ts";
import { locationName } from "./location-name.ts";
import { locationStage } from "./locations.ts";
import type { Lowering, Server, Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, inside, use, written } from "./lowering.ts";
import { hostMask } from "./maps.ts";
import type { Directive, Word } from "./parse.ts";
import { protocolGates } from "./protocol.ts";
import { realIpGates } from "./real-ip.ts";
import { placeOf, rewriteGates } from "./rewrite.ts";
import { isFilledIn } from "./values.ts";

/** A server with its place in the program's stages, before its locations are lowered. */
export function serverOf(low: Lowering, context: Context, implied: boolean): Server {
  const words = own(context, "server_name").flatMap((directive) => directive.args);
  const names = words.map((word) => word.value.toLowerCase());
  const listens = listensOf(context);
  const name = names.find((one) => one !== "" && one !== "_") ?? "";
  const stage = stageName(low, name, listens);
  const locations = blocksOf(context, "location");
  const internal = hasInternal(context);
  const named = locations.flatMap((block) => {
    const read = locationName(block);
    return read?.kind === "named" ? [[read.word.value, `location ${read.word.value} of ${stage}`] as const] : [];
  });
  const schemes = new Set(listens.map(({ tls }) => (tls ? "https" : "http")));
  const [scheme] = schemes;
  return {
    context,
    name,
    names,
    scheme: schemes.size === 1 && !implied && scheme !== undefined ? scheme : null,
    outside: `the locations of ${stage}`,
    inside: internal ? `the locations of ${stage}, from inside` : `the locations of ${stage}`,
    redirected: `${stage}, redirected internally`,
    asked: `${stage}, asked by auth_request`,
    implied,
    named: new Map(named),
  };
}

/** What people call the server: its name and port, numbered where that is not enough. */
function stageName(low: Lowering, name: string, listens: readonly Listen[]): string {
  const port = listens[0]?.port ?? null;
  const plain = `server ${name}${port === null ? "" : `:${port}`}`;
  const taken = low.serverNames.has(plain);
  low.serverNames.add(plain);
  return taken ? fresh(low, plain) : plain;
}

function hasInternal(context: Context): boolean {
  return blocksOf(context, "location").some((block) => own(block, "internal").length > 0 || hasInternal(block));
}

/** Lowers a server's locations and gives the chains of the server itself: the protocol, then its rewrites. */
function serverChains(site: Site, listeners: readonly Listener[]): readonly Chain[] {
  const { low, server } = site;
  low.stages[server.outside] = locationStage(site, "outside");
  if (server.inside !== server.outside) low.stages[server.inside] = locationStage(site, "inside");
  for (const block of blocksOf(server.context, "location")) {
    const read = locationName(block);
    const stage = read === null ? undefined : server.named.get(read.word.value);
    if (read === null || stage === undefined || read.kind !== "named") continue;
    const place = inside(site, block);
    use(site, block.opener ?? undefined);
    low.stages[stage] = locationVariants(place, "named").map(({ extra, ...scope }) => ({ ...scope, when: extra }));
  }
  const rewrite: Chain = { name: "rewrite", gates: serverRewrite(site) };
  const protocol = protocolGates(site, listeners);
  const redirected: Scope = { name: scopeName(server), when: always, handler: "unknown", at: placeOf(site).at, chains: [{ name: "redirect", gates: redirectMarks(site, "path") }, rewrite] };
  low.stages[server.redirected] = [redirected];
  if (low.asks) low.stages[server.asked] = [askedScope(site, redirected)];
  const before: readonly Chain[] = [{ name: "protocol", gates: protocol }, { name: "address", gates: realIpGates(site) }];
  return [...before.filter(({ gates }) => gates.length > 0), rewrite];
}

/** Questions are internal requests of their own. */
function askedScope(site: Site, redirected: Scope): Scope {
  const here: [Evidence, ...Evidence[]] = [placeOf(site)];
  const marks = [
    gate(always, { kind: "set", variable: bookkeeping.subrequest, value: text("1") }, here),
    gate(always, { kind: "enter", stage: site.server.redirected }, here),
  ];
  return { ...redirected, chains: [{ name: "redirect", gates: marks }] };
}

function scopeName(server: Server): string {
  return `server ${server.name}`.trim();
}

/** The server's rewrites; then a location is chosen, as from inside when the path was changed. */
function serverRewrite(site: Site): readonly Gate[] {
  const end = fresh(site.low, "rewritten");
  const { gates } = rewriteGates(site, end);
  const here: [Evidence, ...Evidence[]] = [placeOf(site)];
  const { inside: inner, outside: outer } = site.server;
  if (inner === outer) return [...gates, gate(always, { kind: "enter", stage: outer }, here, { label: end })];
  const redirected = test(`var:${bookkeeping.redirected}`, { kind: "equals", value: text("1") }, here[0].at);
  return [...gates, gate(redirected, { kind: "enter", stage: inner }, here, { label: end }), gate(always, { kind: "enter", stage: outer }, here)];
}

/** The entry of a program: which server a request goes to, by port and then by host name. */
export function serverStage(low: Lowering, servers: readonly Server[]): readonly Scope[] {
  const hosted = servers.map((server): Hosted => ({ server, listens: listensOf(server.context) }));
  const groups = groupsOf(hosted);
  const made = new Map<Server, readonly Chain[]>();
  for (const server of servers) {
    made.set(server, serverChains({ low, server, context: server.context }, listenersOf(server, groups)));
  }
  const scopeOf: ScopeMaker = ({ server, listens }, when) => {
    const { context } = server;
    const at = placeOf({ low, server, context }).at;
    const entrance = server.implied ? {} : entranceOf(listens);
    return { name: scopeName(server), when: all(written(context.opener), when), chains: made.get(server) ?? [], handler: "unknown", at, ...entrance };
  };
  const scopes = groups.flatMap((group) => hostScopes(scopeOf, group, groupCondition(group, groups)));
  const [first] = groups;
  const last = scopes.at(-1);
  if (last !== undefined && isAlways(last.when)) return scopes;
  const fallback = first === undefined ? undefined : defaultOf(first);
  return fallback === undefined ? scopes : [...scopes, { ...scopeOf(fallback, always), when: always }];
}

function entranceOf(listens: readonly Listen[]): Pick<Scope, "entrance"> {
  const known = listens.find(({ port }) => port !== null);
  return known === undefined || known.port === null ? {} : { entrance: { scheme: known.tls ? "https" : "http", port: known.port } };
}

type ScopeMaker = (hosted: Hosted, when: Condition) => Scope;

/** Exact names, masks from long to short, patterns in order, then the default server (ngx_http_find_virtual_server). */
function hostScopes(scopeOf: ScopeMaker, group: Group, when: Condition): readonly Scope[] {
  const names = withoutConflicts(
    group.members.flatMap(({ hosted }) => own(hosted.server.context, "server_name").flatMap((directive) => directive.args.map((word) => ({ hosted, word, directive })))),
  );
  const kind = (word: Word): "exact" | "leading" | "trailing" | "regex" => {
    if (word.value.startsWith("~")) return "regex";
    if (word.value.startsWith("*.") || word.value.startsWith(".")) return "leading";
    return word.value.endsWith(".*") ? "trailing" : "exact";
  };
  const byLength = (one: { word: Word }, other: { word: Word }): number => other.word.value.length - one.word.value.length;
  const of = (wanted: string): typeof names => names.filter(({ word }) => kind(word) === wanted);
  const ordered = [...of("leading").toSorted(byLength), ...of("trailing").toSorted(byLength), ...of("regex")];
  const exactNames = new Map<Hosted, (typeof names)[number][]>(group.members.map(({ hosted }) => [hosted, []]));
  for (const one of of("exact")) exactNames.get(one.hosted)?.push(one);
  const exact = [...exactNames].flatMap(([hosted, own]) => exactScope(scopeOf, hosted, own, when));
  const others = ordered.map(({ hosted, word }) => scopeOf(hosted, all(when, hostCondition(word))));
  const byDefault = defaultOf(group);
  return [...exact, ...others, ...(byDefault === undefined ? [] : [scopeOf(byDefault, when)])];
}

/** Names that another server has taken are left out; `.x` takes `x` and `*.x` at once, or neither (ngx_hash_add_key). */
function withoutConflicts<Name extends { readonly word: Word }>(names: readonly Name[]): readonly Name[] {
  const taken = new Set<string>();
  const take = (name: string): boolean => taken.size < taken.add(name).size;
  return names.filter(({ word }) => {
    const name = word.value.toLowerCase();
    if (isFilledIn(word) || name.startsWith("~") || name === "") return true;
    return name.startsWith(".") ? take(name.slice(1)) && take(`*${name}`) : take(name);
  });
}

function exactScope(scopeOf: ScopeMaker, hosted: Hosted, names: readonly { readonly word: Word; readonly directive: Directive }[], when: Condition): readonly Scope[] {
  const known = names.filter(({ word }) => !isFilledIn(word) && word.value !== "_" && word.value !== "");
  const unknown = names.filter(({ word }) => isFilledIn(word));
  const [first] = [...known, ...unknown];
  if (first === undefined) return [];
  const at = first.directive.head;
  const literal = known.length === 0 ? [] : [test("host", { kind: "in", values: known.map(({ word }) => word.value.toLowerCase()) }, at)];
  return [scopeOf(hosted, all(when, any(...literal, ...unknown.map(({ word }) => hostCondition(word)))))];
}

function hostCondition(word: Word): Condition {
  if (isFilledIn(word)) return { kind: "unknown", key: `host ${word.value}`, why: `the name \`${word.value}\``, reads: ["host"], at: word.at };
  if (word.value.startsWith("~")) return test("host", pattern(word.value.slice(1), true), word.at);
  return test("host", hostMask(word.value.toLowerCase()), word.at);
}
