import { all, always, any, isAlways, methodIn, not, test, testText, type Condition } from "../../../model/condition.ts";
import { fieldValue, text } from "../../../model/template.ts";
import { percentDecode } from "../../../model/path.ts";
import type { Span } from "../../../source.ts";
import { entries, field, isTemplate, items, numberOf, textOf, type Maybe, type TreeNode } from "../../tree.ts";
import type { Route } from "./entities.ts";
import { readExpression } from "./expression.ts";

/** A route, or the part of one whose paths have equal rank, as the router compares it. */
export interface Matcher {
  readonly route: Route;
  /** What must hold besides the method. */
  readonly elsewhere: Condition;
  readonly methods: Condition;
  /** The list of methods, when the route has one. */
  readonly methodsAt: Span | null;
  /** Compared from left to right, higher first. */
  readonly rank: readonly number[];
  /** `GET /orders`, for people. */
  readonly words: string;
}

/** A route's own value, else the default of its file. */
export function setting(route: Route, key: string): Maybe {
  return field(route.node, key) ?? field(route.defaults, key);
}

/** The name of a route for people. */
export function routeName(route: Route): string {
  return route.name ?? route.id ?? (route.service === "none" || route.service === "elsewhere" ? "without a name" : `of ${route.service.name ?? "a service"}`);
}

const streams: ReadonlySet<string> = new Set(["tcp", "tls", "udp", "tls_passthrough"]);

/** Whether a route is about connections, not about HTTP requests. */
export function isStream(route: Route): boolean {
  const [first] = items(setting(route, "protocols"));
  return streams.has(textOf(first) ?? "");
}

/**
 * The HTTP routes as the router asks them (kong/router/transform.lua, `get_priority`, the 3.x default
 * `traditional_compatible`): more kinds of matchers first, then only plain hosts, more headers, regex paths by
 * `regex_priority`, longer prefixes. A route with paths of several lengths competes once with each. Ties keep the order
 * of the file. Routes with an `expression` come after, by `priority`.
 */
export function matchers(routes: readonly Route[], version: string): readonly Matcher[] {
  const found = routes.filter((route) => !isStream(route)).flatMap((route) => matchersOf(route, version));
  return found.sort((a, b) => compareRanks(b.rank, a.rank));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((one, index) => one !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function matchersOf(route: Route, version: string): readonly Matcher[] {
  const expression = setting(route, "expression");
  if (expression !== undefined) return [fromExpression(route, expression)];
  const kinds = ["methods", "hosts", "headers", "snis", "paths"].filter((key) => size(setting(route, key)) > 0).length;
  const hosts = items(setting(route, "hosts"));
  const plainHosts = hosts.length > 0 && hosts.every((host) => !textOfAny(host).includes("*"));
  const headers = entries(setting(route, "headers")).length;
  const methods = setting(route, "methods");
  const shared = all(hostCondition(hosts), headerCondition(setting(route, "headers")), sniCondition(route), networkCondition(route));
  return pathGroups(setting(route, "paths"), version).map((group): Matcher => ({
    route,
    elsewhere: all(shared, group.when),
    methods: methodCondition(methods),
    methodsAt: size(methods) > 0 ? (methods?.at ?? null) : null,
    rank: [kinds, Number(plainHosts), headers, Number(group.regex), group.regex ? (numberOf(setting(route, "regex_priority")) ?? 0) : 0, group.length],
    words: [items(methods).map(textOfAny).join(","), group.words].filter(Boolean).join(" "),
  }));
}

function fromExpression(route: Route, expression: TreeNode): Matcher {
  const { when, method } = readExpression(expression);
  const priority = numberOf(setting(route, "priority")) ?? 0;
  return { route, elsewhere: when, methods: method.when, methodsAt: method.at, rank: [-1, priority], words: textOfAny(expression).slice(0, 60) };
}

function size(node: Maybe): number {
  if (node === undefined) return 0;
  return node.kind === "map" ? node.entries.length : node.kind === "list" ? node.items.length : 1;
}

/** The written text, templates included. */
function textOfAny(node: TreeNode): string {
  return node.kind === "scalar" ? node.text : "";
}

/** Not decidable because a template gives the value. */
function unfilled(node: TreeNode, what: string, reads: "host" | "path" | "method" | "anything"): Condition {
  const written = node.kind === "scalar" ? node.text : what;
  return { kind: "unknown", key: `${what} ${written}`, why: `the value of \`${written}\``, reads: reads === "anything" ? reads : [reads], at: node.at };
}

function anyOf(nodes: readonly TreeNode[], one: (node: TreeNode) => Condition): Condition {
  return nodes.length === 0 ? always : any(...nodes.map(one));
}

function methodCondition(node: Maybe): Condition {
  if (node === undefined || size(node) === 0) return always;
  if (node.kind !== "list") return unfilled(node, "methods", "method");
  const names = node.items.flatMap((item) => textOf(item) ?? []);
  const open = node.items.filter(isTemplate).map((item) => unfilled(item, "methods", "method"));
  return any(methodIn(names, node.at), ...open);
}

function hostCondition(hosts: readonly TreeNode[]): Condition {
  return anyOf(hosts, (node) => {
    const written = textOf(node)?.toLowerCase();
    if (written === undefined) return unfilled(node, "hosts", "host");
    const [host = "", port] = /^(.*?)(?::(\d+))?$/.exec(written)?.slice(1) ?? [];
    return all(nameCondition(host, node.at), port === undefined ? always : test("port", { kind: "equals", value: text(port) }, node.at));
  });
}

/** `*.example.com` takes any number of labels, `example.*` any ending (Kong, "Using wildcard hostnames"). */
function nameCondition(host: string, at: Span): Condition {
  if (host.startsWith("*")) return test("host", { kind: "endsWith", value: text(host.slice(1)) }, at);
  if (host.endsWith("*")) return test("host", { kind: "startsWith", value: text(host.slice(0, -1)) }, at);
  return test("host", { kind: "in", values: [host] }, at);
}

function headerCondition(headers: Maybe): Condition {
  const conditions = entries(headers).map(({ key, value }) => {
    const field = `header:${key.toLowerCase().replaceAll("_", "-")}` as const;
    return anyOf(value.kind === "list" ? value.items : [value], (node) => {
      const wanted = textOf(node);
      if (wanted === undefined) return unfilled(node, key, "anything");
      if (wanted.startsWith("~*")) return test(field, { kind: "matches", pattern: wanted.slice(2), ignoreCase: true }, node.at);
      return test(field, { kind: "in", values: [wanted], ignoreCase: true }, node.at);
    });
  });
  return all(...conditions);
}

/** Names of the TLS handshake, which clients take from the host; not asked for plain HTTP. */
function sniCondition(route: Route): Condition {
  const snis = items(setting(route, "snis"));
  const [first] = snis;
  if (first === undefined) return always;
  const named = anyOf(snis, (node) => {
    const name = textOf(node)?.toLowerCase();
    return name === undefined ? unfilled(node, "snis", "host") : nameCondition(name.replace(/\.$/, ""), node.at);
  });
  return any(not(test("scheme", { kind: "in", values: ["https"] }, first.at)), named);
}

function networkCondition(route: Route): Condition {
  const sources = anyOf(items(setting(route, "sources")), (node) => {
    const address = textOf(field(node, "ip"));
    if (address === undefined) return unfilled(node, "sources", "anything");
    return test("clientAddress", { kind: "inNetwork", blocks: [address] }, node.at);
  });
  const destinations = anyOf(items(setting(route, "destinations")), (node) => unfilled(node, "destinations", "anything"));
  return all(sources, destinations);
}

interface PathGroup {
  readonly when: Condition;
  readonly regex: boolean;
  readonly length: number;
  readonly words: string;
}

/** Paths of equal rank together: all patterns, and all prefixes of one length. */
function pathGroups(paths: Maybe, version: string): readonly PathGroup[] {
  const nodes = items(paths);
  if (nodes.length === 0) return [{ when: paths === undefined || paths.kind === "list" ? always : unfilled(paths, "paths", "path"), regex: false, length: 0, words: "" }];
  const groups = new Map<string, TreeNode[]>();
  for (const node of nodes) {
    const path = textOfAny(node);
    const key = isPattern(path, version) ? "pattern" : String(path.length);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups].map(([key, group]) => ({
    when: anyOf(group, (node) => pathCondition(node, version)),
    regex: key === "pattern",
    length: key === "pattern" ? 0 : Number(key),
    words: group.slice(0, 3).map(textOfAny).join(" "),
  }));
}

/**
 * Since 3.0 a pattern begins with `~`. Before, everything with a character outside of plain paths was one
 * (kong/db/migrations/migrate_path_280_300.lua).
 */
function isPattern(path: string, version: string): boolean {
  return /^[12]\./.test(version) ? !/^[a-zA-Z0-9._~/%-]*$/.test(path) : path.startsWith("~");
}

/** A plain path is a prefix that may end inside a segment; a pattern is anchored at the start only. */
function pathCondition(node: TreeNode, version: string): Condition {
  const path = textOf(node);
  if (path === undefined) return unfilled(node, "paths", "path");
  if (!isPattern(path, version)) return path === "/" ? always : testText(fieldValue("path"), { kind: "startsWith", value: text(percentDecode(path)) }, node.at);
  return test("path", { kind: "matches", pattern: `^${path.replace(/^~/, "")}`, dollarEndOnly: true }, node.at);
}

/** Everything a request must have to be this route's. */
export function whole(matcher: Matcher): Condition {
  return all(matcher.elsewhere, matcher.methods);
}

/** Whether some methods are left out. */
export function limitsMethods(matcher: Matcher): boolean {
  return !isAlways(matcher.methods);
}
