import type { Condition } from "../../model/condition.ts";
import { all, always, never, not, test } from "../../model/condition.ts";
import type { Case, Program, Supposition } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import type { Upstreams } from "./addresses.ts";
import { upstreamsOf } from "./addresses.ts";
import type { Context, Item } from "./context.ts";
import { blocksOf } from "./context.ts";
import type { EnabledSite } from "./enabled.ts";
import { endpointsGuessed, endpointsOf } from "./endpoints.ts";
import { ignoredDirectives } from "./ignored.ts";
import type { Assembled } from "./include.ts";
import { keptHeaders } from "./kept-headers.ts";
import type { Lowering, Server, Site } from "./lowering.ts";
import { bookkeeping } from "./lowering.ts";
import { declaredNames, defineReferers, defineSecretLink, defineSecureLink, defineVariables } from "./maps.ts";
import type { Directive, Word } from "./parse.ts";
import { serverOf, serverStage } from "./servers.ts";
import type { Adopted } from "./siblings.ts";
import { addressCases } from "./real-ip.ts";
import { tlsVersion } from "./values.ts";

/** NGX_HTTP_MAX_URI_CHANGES: the eleventh change of the path is answered 500. */
const URI_CHANGES = 10;

/** Directives that live outside every server: a file of nothing else lowers to no program. */
const OUTSIDE = /^(?:upstream|map|geo|split_clients|log_format|limit_(?:req|conn)_zone|(?:proxy|fastcgi|uwsgi|scgi)_cache_path|types|events|stream|mail|user|pid|worker_.*|load_module|env|daemon|error_log|access_log|ssl_.*|gzip.*|include|geoip.*|lua_.*|init_.*|map_hash_.*|types_hash_.*|server_names_hash_.*|resolver.*|charset_map|match|perl_modules|js_import|js_path|pcre_jit|thread_pool|default_type|sendfile|tcp_.*|keepalive.*|http)$/;

/** The program of one configuration with its includes; null when it holds no server and no part of one. */
export function lower(assembled: Assembled): Program | null {
  const { main, files, missing } = assembled;
  const [start] = files;
  if (start === undefined) return null;
  const http = httpOf(main);
  const declared = blocksOf(http, "server").filter((block) => block.items.length > 0);
  const implied = declared.length === 0;
  const contexts = implied ? impliedServer(main, http) : declared;
  if (contexts.length === 0) return null;
  const low = loweringFor(http, upstreamsOf(http, http.opener !== null && missing.length === 0));
  const servers = contexts.map((context) => serverOf(low, context, implied));
  low.keptHeaders = keptHeaders(contexts);
  define(low, http, servers);
  const endpoints = implied ? [...endpointsOf(contexts), ...endpointsGuessed(contexts)] : endpointsOf(contexts);
  const at: Span = { file: start, start: 0, end: Math.min(start.text.length, Math.max(0, start.text.indexOf("\n"))) };
  low.stages["servers"] = serverStage(low, servers);
  return {
    format: "nginx",
    layer: "server",
    at,
    stages: low.stages,
    entry: "servers",
    definitions: low.definitions,
    volatile: [...low.volatile],
    shared: low.shared,
    ...(endpoints.length === 0 ? {} : { endpoints }),
    reroutes: { limit: URI_CHANGES, status: 500 },
    ignored: ignoredDirectives(main, low.used),
    missing: [...missing, ...low.missing],
    supposed: [...assembled.adopted.map(supposition), ...(assembled.enabled === null ? [] : [enabling(assembled.enabled)])],
  };
}

function enabling({ site, at, value, instead }: EnabledSite): Supposition {
  if (instead === true) return { reads: site, doubtful: true, words: `${site.path} being read without the other sites that \`include ${value}\` in ${at.file.path} reads` };
  return { reads: site, words: `${site.path} being one of the sites that \`include ${value}\` in ${at.file.path} reads` };
}

function supposition({ kind, name, file, item }: Adopted): Supposition {
  const what = kind === "zone" ? `the zone \`${name}\`` : `\`$${name}\``;
  const counted = item.directive.name.value === "limit_conn_zone" ? "atOnce" : "perMinute";
  return { reads: kind === "zone" ? counted : `var:${name}`, words: `${file.path} being read as well, which defines ${what}` };
}

/** The `http` block, or the file itself when it is to be included in one; what was put beside the block was meant for it. */
function httpOf(main: Context): Context {
  const [http] = blocksOf(main, "http");
  if (http === undefined) return { ...main, kind: "http" };
  const beside = blocksOf(main, "server").length === 0 ? [] : main.items.filter(({ block }) => block !== http);
  return beside.length === 0 ? http : { ...http, items: [...beside, ...http.items] };
}

/** A snippet is read as the inside of a server. */
function impliedServer(main: Context, http: Context): readonly Context[] {
  const items = main.items.filter(({ directive }) => !OUTSIDE.test(directive.name.value));
  if (items.length === 0 || blocksOf(main, "http").length > 0) return [];
  const inner: Item[] = [];
  const server: Context = { kind: "server", parent: http, opener: null, items: inner, unread: main.unread };
  for (const item of items) inner.push(item.block === null ? item : { ...item, block: { ...item.block, parent: server } });
  return [server];
}

function loweringFor(http: Context, upstreams: Upstreams | null): Lowering {
  const zones = new Map<string, Directive>();
  for (const { directive } of http.items) {
    const kind = /^limit_(req|conn)_zone$/.exec(directive.name.value)?.[1];
    const zone = directive.args.map((word) => /^zone=([^:]+)/.exec(word.value)?.[1]).find((name) => name !== undefined);
    if (kind !== undefined && zone !== undefined) zones.set(`${kind} ${zone}`, directive);
  }
  return {
    stages: {},
    definitions: { ...builtIn(http) },
    shared: {},
    missing: [],
    used: new Set(),
    variables: new Set(declaredNames(http)),
    topics: new Map(),
    zones,
    subrequests: new Set(subrequestsOf(http)),
    asks: hasDirective(http, "auth_request"),
    serverNames: new Set(),
    volatile: new Set(["https", "ssl protocol", "is_args", "and_args", "content length", "client address", "forwarded for"]),
    findsOtherFiles: findsOtherFiles(http),
    findsUnderAlias: hasDirective(http, "alias") && hasDirective(http, "try_files"),
    keepsSlashes: hasDirective(http, "merge_slashes"),
    losesSlashes: losesSlashes(http, false),
    dropsBodies: hasErrorPage(http, "413"),
    hasErrorPages: hasErrorPage(http, null),
    replacesAddress: hasDirective(http, "set_real_ip_from"),
    sendsLength: sendsLength(http),
    keptHeaders: { invalid: never, underscores: never },
    upstreams,
    serial: 0,
  };
}

function hasDirective(context: Context, name: string): boolean {
  return context.items.some(({ directive, block }) => directive.name.value === name || (block !== null && hasDirective(block, name)));
}

/**
 * What stands for the location's name is cut off from a fallback with variables, with its slash; others, and what a
 * `rewrite` puts in place of the path, lack one as written.
 */
function losesSlashes(context: Context, behindAlias: boolean): boolean {
  const behind = behindAlias || context.items.some(({ directive }) => directive.name.value === "alias");
  return context.items.some(({ directive, block }) => {
    if (block !== null) return losesSlashes(block, behind);
    if (directive.name.value === "rewrite") return /^(?!\/|https?:|\$(?:scheme|uri|document_uri|request_uri)\b)/.test(directive.args[1]?.value ?? "/");
    const last = directive.name.value === "try_files" ? (directive.args.at(-1)?.value ?? "/") : "/";
    return /^[^@=$/]/.test(last) || (behind && /^[^@=].*\$|^\$/.test(last));
  });
}

function subrequestsOf(context: Context): readonly string[] {
  return context.items.flatMap(({ directive, block }) => {
    const path = /^(?:auth_request|auth_jwt_key_request|mirror)$/.test(directive.name.value) ? directive.args[0]?.value.split("?")[0] : undefined;
    return [...(path === undefined ? [] : [path]), ...(block === null ? [] : subrequestsOf(block))];
  });
}

/** Whether a `try_files` somewhere can find another path than the request's own. */
function findsOtherFiles(context: Context): boolean {
  return context.items.some(({ directive, block }) => {
    if (block !== null) return findsOtherFiles(block);
    return directive.name.value === "try_files" && directive.args.slice(0, -1).some((word) => !/^\$uri\/?$/.test(word.value));
  });
}

/** Whether an `error_page` answers this status somewhere, or any. */
function hasErrorPage(context: Context, status: string | null): boolean {
  return context.items.some(({ directive, block }) => {
    if (block !== null) return hasErrorPage(block, status);
    return directive.name.value === "error_page" && (status === null || directive.args.some((word) => word.value === status));
  });
}

/** Whether the length of a body may be asked for when it is handed on, apart from the header that says it anyway. */
function sendsLength(context: Context): boolean {
  return context.items.some(({ directive, block }) => {
    if (block !== null && sendsLength(block)) return true;
    const [first, second] = directive.args;
    if (directive.name.value === "map") return reads(first, "content_length");
    return /_(?:set_header|param)$/.test(directive.name.value) && reads(second, "content_length") && !/^content[-_]length$/i.test(first?.value ?? "");
  });
}

function reads(word: Word | undefined, variable: string): boolean {
  return word !== undefined && new RegExp(`\\$\\{?${variable}\\b`, "i").test(word.value);
}

/** `$https`, `$is_args`, `$content_length` and `&` with the old query, which a rewrite appends to a new one. */
function builtIn(http: Context): Readonly<Record<string, readonly Case[]>> {
  const at = http.opener?.head ?? http.items[0]?.directive.head;
  if (at === undefined) return {};
  const secure = test("scheme", { kind: "equals", value: text("https") }, at);
  const empty = test("query", { kind: "equals", value: [] }, at);
  const counted = all(test(`var:${bookkeeping.bodyRead}`, { kind: "present" }, at), test("header:transfer-encoding", { kind: "present" }, at));
  return {
    https: [{ when: secure, value: text("on") }, { when: always, value: [] }],
    "ssl protocol": [{ when: secure, value: tlsVersion }, { when: always, value: [] }],
    is_args: [{ when: not(empty), value: text("?") }, { when: always, value: [] }],
    and_args: [{ when: not(empty), value: [...text("&"), ...fieldValue("query")] }, { when: always, value: [] }],
    "remote user": [{ when: userOf(at), value: fieldValue("var:remote user, group 1") }, { when: always, value: [] }],
    "client address": addressCases(at),
    "forwarded for": [
      { when: test("header:x-forwarded-for", { kind: "present" }, at), value: [...fieldValue("header:x-forwarded-for"), ...text(", "), ...fieldValue("var:client address")] },
      { when: always, value: fieldValue("var:client address") },
    ],
    "content length": [
      { when: test("contentLength", { kind: "present" }, at), value: fieldValue("contentLength") },
      { when: all(test(`var:${bookkeeping.dropped}`, { kind: "present" }, at), test("header:transfer-encoding", { kind: "present" }, at)), value: text("0") },
      { when: counted, value: fieldValue("bodyBytes") },
      { when: always, value: [] },
    ],
  };
}

/** The name among credentials of the scheme Basic, which need a password, too (ngx_http_auth_basic_user). */
function userOf(at: Span): Condition {
  const sent = test("header:authorization", { kind: "matches", pattern: "^Basic +([A-Za-z0-9+/]+)={0,2} *$", ignoreCase: true, captures: "credentials, group " }, at);
  const named = { kind: "matches", pattern: "^([^:]+):", dotAll: true, captures: "remote user, group " } as const;
  return all(sent, { kind: "test", subject: { kind: "field", field: "var:credentials, group 1" }, transforms: ["base64Decode"], operator: named, at });
}

function define(low: Lowering, http: Context, servers: readonly Server[]): void {
  const [first] = servers;
  if (first === undefined) return;
  defineVariables({ low, server: first, context: http }, http);
  for (const server of servers) defineInside({ low, server, context: server.context });
}

function defineInside(site: Site): void {
  for (const { directive, block } of site.context.items) {
    if (directive.name.value === "valid_referers") defineReferers(site, directive);
    if (directive.name.value === "secure_link") defineSecureLink(site, directive);
    if (directive.name.value === "secure_link_secret") defineSecretLink(site, directive);
    if (block !== null) defineInside({ ...site, context: block });
  }
}
