import type { Condition } from "../../model/condition.ts";
import { all, always, any, not, test } from "../../model/condition.ts";
import { text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { own } from "./context.ts";
import type { Server } from "./lowering.ts";
import type { Word } from "./parse.ts";

/** One `listen`. */
export interface Listen {
  /** Null when a template fills it in. */
  readonly port: number | null;
  readonly tls: boolean;
  readonly isDefault: boolean;
  /** A template may leave it out, and keep the server. */
  readonly maybe: boolean;
}

const DEFAULT_PORT = 80;

/** Where a server listens; port 80 when it does not say. */
export function listensOf(context: Context): readonly Listen[] {
  const tls = own(context, "ssl").some((directive) => directive.args[0]?.value === "on");
  const found = own(context, "listen").flatMap((directive): Listen[] => {
    const [address, ...options] = directive.args;
    if (address === undefined || address.value.startsWith("unix:")) return [];
    const words = options.map((word) => word.value);
    const isDefault = words.includes("default_server") || words.includes("default");
    return [{ port: portOf(address), tls: tls || words.includes("ssl") || words.includes("quic"), isDefault, maybe: directive.conditional && context.opener?.conditional !== true }];
  });
  return found.length === 0 ? [{ port: DEFAULT_PORT, tls, isDefault: false, maybe: false }] : found;
}

function portOf(address: Word): number | null {
  if (address.template) return null;
  const port = /^(?:.*:)?(\d+)$/.exec(address.value)?.[1];
  return port === undefined ? DEFAULT_PORT : Number(port);
}

/** A server with its sockets. */
export interface Hosted {
  readonly server: Server;
  readonly listens: readonly Listen[];
}

/** The server that takes what no name of a socket takes. Of two that say so a template leaves out one: nginx starts with one only. */
export function defaultOf(group: Group): Hosted | undefined {
  const all = group.members.filter(({ isDefault }) => isDefault);
  return (all.find(({ maybe }) => !maybe) ?? all[0] ?? group.members[0])?.hosted;
}

/** The servers of one socket. */
export interface Group {
  readonly port: number | null;
  readonly tls: boolean;
  readonly members: { readonly hosted: Hosted; readonly isDefault: boolean; readonly maybe: boolean }[];
}

/** The sockets of some servers. */
export function groupsOf(hosted: readonly Hosted[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const one of hosted) {
    const seen = new Set<string>();
    for (const { port, tls, isDefault, maybe } of one.listens) {
      const key = port === null ? `template ${tls}` : String(port);
      const group = groups.get(key) ?? { port, tls, members: [] };
      groups.set(key, group);
      const known = group.members.find((member) => member.hosted === one);
      if (!seen.has(key)) group.members.push({ hosted: one, isDefault, maybe });
      else if (isDefault && known !== undefined) group.members.splice(group.members.indexOf(known), 1, { hosted: one, isDefault, maybe });
      seen.add(key);
    }
  }
  return [...groups.values()];
}

/** By port; a port nobody listens on is taken for the one a template fills in, or for one mapped to the first that speaks the request's scheme. */
export function groupCondition(group: Group, groups: readonly Group[]): Condition {
  if (groups.length === 1) return always;
  const member = group.members[0]?.hosted.server.context;
  const at = (member === undefined ? undefined : own(member, "listen")[0]?.head) ?? member?.opener?.head;
  if (at === undefined) return always;
  const ports = groups.flatMap(({ port }) => (port === null ? [] : [String(port)]));
  const speaking = groups.filter(({ tls }) => tls === group.tls);
  const first = (speaking.find(({ port }) => port === null) ?? speaking[0]) === group;
  const mapped = all(not(test("port", { kind: "in", values: ports }, at)), test("scheme", { kind: "equals", value: text(group.tls ? "https" : "http") }, at));
  const listening = group.port === null ? [] : [test("port", { kind: "in", values: [String(group.port)] }, at)];
  return any(...listening, ...(first ? [mapped] : []));
}

/** A server by whose settings lines are read before the host is known, and where. */
export interface Listener {
  readonly server: Server;
  readonly when: Condition;
}

/** The default servers of the sockets on which a server listens; over TLS the server itself, which the client names first. */
export function listenersOf(server: Server, groups: readonly Group[]): readonly Listener[] {
  const found = groups.flatMap((group): readonly Listener[] => {
    const first = defaultOf(group)?.server;
    const member = group.members.some(({ hosted }) => hosted.server === server);
    if (!member || first === undefined) return [];
    const when = groupCondition(group, groups);
    return group.tls && first !== server ? namedFirst(server, first, when) : [{ server: first, when }];
  });
  const [only] = found;
  return found.length === 1 && only !== undefined ? [{ ...only, when: always }] : found;
}

/** Addresses are no names that a client could say (RFC 6066, 3; ngx_http_ssl_servername). */
function namedFirst(server: Server, first: Server, when: Condition): readonly Listener[] {
  const at = server.context.opener?.head;
  if (at === undefined || server.names.every((name) => /^(?!~).*[a-z]/.test(name))) return [{ server, when }];
  const address = test("host", { kind: "matches", pattern: "^[0-9.]+$|^\\[" }, at);
  return [{ server, when: all(when, not(address)) }, { server: first, when: all(when, address) }];
}
