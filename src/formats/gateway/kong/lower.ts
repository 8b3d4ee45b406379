import { all, always, not, test, testText, type Condition } from "../../../model/condition.ts";
import type { Chain, Evidence, Gate, Program, Scope, Sign } from "../../../model/program.ts";
import { fieldValue, text } from "../../../model/template.ts";
import { isTemplate, items, numberOf, textOf, type Maybe, type TreeNode } from "../../tree.ts";
import { clientsOf } from "./consumers.ts";
import type { Configuration, Plugin, Route } from "./entities.ts";
import { activePlugins, placeWords, pluginGates, type Plugged } from "./plugins.ts";
import { answersItself, corsPost } from "./plugin-table.ts";
import { postAdded, statusKept } from "./fixes.ts";
import { isStream, limitsMethods, matchers, routeName, setting, whole, type Matcher } from "./routes.ts";
import { unknown } from "./use.ts";

/**
 * What Kong does to a request: the router's choice among the routes, then the protocol check, then the plugins by
 * priority. A request that fits no route is answered 404, also when only its method fits none.
 */
export function lower(configuration: Configuration): Program {
  const ignored = [...configuration.ignored];
  const routes = configuration.routes.filter((route) => isServed(route, ignored));
  const found = matchers(routes, configuration.version);
  const active = activePlugins(configuration, routes);
  const served = new Map([...active].map(([route, plugins]) => [route, serve(configuration, route, plugins)]));
  noteUnused(configuration.plugins, [...served.values()], ignored);
  const writes = signsOfWrites(configuration, active);
  const scopes = found.map((matcher): Scope => ({ name: nameOf(matcher), when: whole(matcher), chains: served.get(matcher.route)?.chains ?? [], handler: "app", at: matcher.route.at, ...writes(matcher.route) }));
  const withoutMethod = found.filter(limitsMethods).map((matcher): Scope => ({ ...methodScope(configuration, matcher), ...writes(matcher.route) }));
  const clients = clientsOf(configuration);
  return {
    format: "kong",
    layer: "gateway",
    at: configuration.at,
    stages: { routes: [...scopes, ...withoutMethod, noRoute(configuration)] },
    entry: "routes",
    definitions: {},
    ...(clients !== undefined && { clients }),
    reroutes: { limit: 10, status: 500 },
    ignored,
    missing: configuration.missing,
  };
}

function isServed(route: Route, ignored: Evidence[]): boolean {
  const disabled = typeof route.service === "object" && !route.service.enabled;
  if (disabled) ignored.push({ at: route.at, note: "the service of this route is disabled, so Kong does not load the route" });
  const stream = isStream(route);
  if (stream) ignored.push({ at: route.at, note: "the route is about connections, not about HTTP requests" });
  return !disabled && !stream;
}

/** A plugin that ends as no gate on any route is said to be ignored, once. */
function noteUnused(plugins: readonly Plugin[], plugged: readonly Plugged[], ignored: Evidence[]): void {
  const used = new Set(plugged.flatMap((one) => one.gates.flatMap((gate) => gate.because.map((evidence) => evidence.at))));
  const reasons = new Map(plugged.flatMap((one) => [...one.ignored]));
  for (const plugin of plugins) {
    if (used.has(plugin.at)) continue;
    ignored.push({ at: plugin.at, note: reasons.get(plugin) ?? `\`${plugin.name}\` ${placeWords(plugin)}: no route of these files runs it` });
  }
}

function nameOf(matcher: Matcher): string {
  const { route, words } = matcher;
  return `route ${routeName(route)}${words === "" ? "" : ` (${words})`}`;
}

/** What happens on a route once the router chose it. */
interface Served extends Plugged {
  readonly chains: readonly Chain[];
}

function serve(configuration: Configuration, route: Route, active: readonly Plugin[]): Served {
  const plugged = pluginGates(configuration, route, active, `on the route \`${routeName(route)}\``);
  const chains: readonly Chain[] = [
    { name: "protocol", gates: protocolGates(route) },
    { name: "plugins", gates: plugged.gates },
    { name: "service", gates: serviceGates(configuration, route, active) },
  ];
  return { ...plugged, chains: chains.filter((chain) => chain.gates.length > 0) };
}

/** A route without a service has nobody to hand the request to (kong/init.lua: 503). */
function serviceGates(configuration: Configuration, route: Route, active: readonly Plugin[]): readonly Gate[] {
  if (route.service !== "none") return [];
  const answers = active.map((plugin) => answersItself(plugin.name));
  if (answers.includes("yes")) return [];
  const doubtful = active[answers.indexOf("perhaps")];
  const when = doubtful === undefined ? always : unknown({ plugin: doubtful, configuration, route, active, where: "" }, `whether \`${doubtful.name}\` answers in place of a service`);
  return [{ when, effect: { kind: "deny", status: 503 }, reason: "broken-configuration", because: [{ at: route.at, note: "the route has no service" }] }];
}

/** The protocols a route takes: 426 or a redirect for plain HTTP on an `https` route, 415 for all but gRPC on a gRPC route. */
function protocolGates(route: Route): readonly Gate[] {
  const node = setting(route, "protocols");
  if (node === undefined) return [];
  const protocols = items(node).flatMap((item) => textOf(item) ?? []);
  const plainHttp = test("scheme", { kind: "in", values: ["http"] }, node.at);
  const code = setting(route, "https_redirect_status_code");
  const unfilled = [node, ...items(node)].find(isTemplate) ?? (isTemplate(code) ? code : undefined);
  const isHttpsOnly = protocols.includes("https") && !protocols.includes("http");
  if (unfilled !== undefined && (isHttpsOnly || unfilled !== code)) return [{ when: all(plainHttp, unknownValue(unfilled)), ...insecure(node, undefined) }];
  if (isHttpsOnly) return [{ when: plainHttp, ...insecure(node, code) }];
  if (!protocols.some((one) => one === "grpc" || one === "grpcs")) return [];
  const grpc = testText(fieldValue("header:content-type"), { kind: "startsWith", value: text("application/grpc") }, node.at);
  return [{ when: not(grpc), effect: { kind: "deny", status: 415 }, reason: "protocol", because: [{ at: node.at, note: "the route takes only gRPC" }] }];
}

function unknownValue(node: TreeNode): Condition {
  const written = node.kind === "scalar" ? node.text : "";
  return { kind: "unknown", key: `value ${written}`, why: `the value of \`${written}\``, reads: "anything", at: node.at };
}

function insecure(protocols: TreeNode, code: Maybe): Omit<Gate, "when"> {
  const status = numberOf(code);
  const only: Evidence = { at: protocols.at, note: "the route takes only HTTPS" };
  if (code === undefined || status === undefined || status === 426) return { effect: { kind: "deny", status: 426 }, reason: "protocol", because: [only] };
  const to = [{ kind: "text", text: "https://" }, { kind: "field", field: "host" }, { kind: "field", field: "requestUri" }] as const;
  const fix = statusKept(status, code);
  return { ...(fix && { fix }), effect: { kind: "redirect", status, to }, reason: "redirect", because: [{ at: code.at, note: `plain HTTP is redirected with ${status}` }, only] };
}

/** What no route takes although only its method is wrong: the 404 that the list of methods brings about. */
function methodScope(configuration: Configuration, matcher: Matcher): Scope {
  const { route, methodsAt } = matcher;
  const at = methodsAt ?? route.at;
  const because: readonly [Evidence, ...Evidence[]] = [
    { at, note: `the methods the route \`${routeName(route)}\` takes` },
    { at: route.at, note: "no other route takes the path with another method, so Kong answers 404" },
  ];
  const fix = postIn(route) === undefined ? postAdded(setting(route, "methods")) : null;
  const gate: Gate = { when: unlessElsewhere(configuration), effect: { kind: "deny", status: 404 }, reason: "no-route", because, ...(fix && { fix }) };
  return { name: `${nameOf(matcher)} with another method`, when: matcher.elsewhere, chains: [{ name: "no route", gates: [gate] }], handler: "app", at: route.at };
}

/** Certain only when the files hold every route. */
function unlessElsewhere({ at, otherRoutes }: Configuration): Condition {
  return otherRoutes === null ? always : { kind: "unknown", key: otherRoutes, why: otherRoutes, reads: "anything", at };
}

function noRoute(configuration: Configuration): Scope {
  const { at } = configuration;
  const gate: Gate = { when: unlessElsewhere(configuration), effect: { kind: "deny", status: 404 }, reason: "no-route", because: [{ at, note: "no route in these files takes the request" }] };
  return { name: "no Route matched", when: always, chains: [{ name: "no route", gates: [gate] }], handler: "unknown", at };
}

function postIn(route: Route): TreeNode | undefined {
  return items(setting(route, "methods")).find((item) => textOf(item) === "POST");
}

/** Whether two routes have paths below the same first folder: a POST there says something about the other. */
function shareFolder(one: Route, other: Route): boolean {
  const folders = (route: Route): readonly string[] => items(setting(route, "paths")).map((path) => (textOf(path) ?? "").split(/[/?(\[]/, 2)[1] ?? "");
  return folders(one).some((folder) => folder !== "" && folders(other).includes(folder));
}

/** Signs that a route is meant to take POST. */
function signsOfWrites(configuration: Configuration, active: ReadonlyMap<Route, readonly Plugin[]>): (route: Route) => Pick<Scope, "writes"> {
  const taking = new Map<Route["service"], Route[]>();
  for (const route of configuration.routes.filter((one) => postIn(one) !== undefined)) {
    const known = taking.get(route.service);
    if (known === undefined) taking.set(route.service, [route]);
    else known.push(route);
  }
  return (route) => {
    const own = postIn(route);
    const plugins = active.get(route) ?? [];
    const cors = plugins.flatMap((plugin) => (plugin.name === "cors" ? [corsPost(plugin)] : []));
    const size = plugins.find((plugin) => plugin.name === "request-size-limiting" && (plugin.target.route ?? plugin.target.service) !== undefined);
    const sibling = typeof route.service === "object" ? taking.get(route.service)?.find((one) => one !== route && shareFolder(one, route)) : undefined;
    const signs: readonly (Sign | undefined)[] = [
      own && { of: "route", at: own.at, note: `the route \`${routeName(route)}\` lists POST` },
      ...cors.map((post): Sign | undefined => post && { of: "other-sites", at: post.at, note: "`cors` announces POST" }),
      size && { of: "bodies", at: size.at, note: "`request-size-limiting` is set, so bodies are expected" },
      sibling && { of: "route", at: postIn(sibling)?.at ?? sibling.at, note: `the route \`${routeName(sibling)}\` of the same service takes POST` },
    ];
    const writes = signs.flatMap((one) => one ?? []);
    return writes.length === 0 ? {} : { writes };
  };
}
