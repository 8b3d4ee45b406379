import type { SourceFile, Span } from "../../../source.ts";
import { compose, express, type Part } from "../../compose.ts";
import { isTemplate, spelledText, type ScalarNode } from "../../tree.ts";
import { isOn, known, settingsOf, snippet, valuesFor } from "./annotations.ts";
import { authLocation, locationDirectives, zones, type Shared } from "./location.ts";
import type { Ingress, IngressPath, IngressRule, Objects } from "./objects.ts";

/** One path with everything that its Ingress says. */
interface Mapped {
  readonly path: IngressPath;
  readonly shared: Shared;
}

/** One host with the paths of every Ingress that names it. */
interface Host {
  readonly rule: IngressRule;
  readonly mapped: Mapped[];
  tls: boolean;
}

/** The prefix of what the community's controller reads; the other one calls its annotations after nginx.org. */
const community = "nginx.ingress.kubernetes.io/";

/**
 * The configurations that an ingress controller would write for the Ingresses in some files that lie together: one for
 * each controller, each directive standing at the annotation, the rule or the snippet it comes from.
 */
export function controllerTexts(files: readonly SourceFile[], objects: readonly Objects[]): readonly SourceFile[] {
  const [first] = files;
  const settings = settingsOf(objects.flatMap((one) => one.settings).flatMap((node) => node.entries));
  const all = objects.flatMap((one) => one.ingresses);
  if (first === undefined) return [];
  const isCommunity = ({ annotations }: Ingress): boolean => [...annotations.keys()].some((key) => key.startsWith(community));
  const groups = [all.filter(isCommunity), all.filter((ingress) => !isCommunity(ingress))].filter((group) => group.length > 0);
  const made = groups.length > 0 ? groups : settings.size > 0 ? [[]] : [];
  return made.map((group, index) => compose(`${first.path}/ingress-${index + 1}/nginx.conf`, configuration(group, settings, files)));
}

function configuration(ingresses: readonly Ingress[], settings: ReadonlyMap<string, ScalarNode>, files: readonly SourceFile[]): readonly Part[] {
  const hosts = new Map<string, Host>();
  const shared = ingresses.map((ingress, index) => sharedOf(ingress, settings, index));
  ingresses.forEach((ingress, index) => {
    for (const rule of rulesOf(ingress)) addRule(hosts, ingress, rule, shared[index]);
  });
  const placed = ingresses.length > 0 ? [] : anywhere(settings, files);
  return [
    ...snippet(settings.get("http-snippet") ?? settings.get("http-snippets") ?? null),
    ...blocked(settings),
    ...limitStatus(settings),
    ...shared.flatMap(zones),
    ...[...hosts.values()].flatMap((host) => server(host, settings)),
    ...placed,
  ];
}

function sharedOf(ingress: Ingress, settings: ReadonlyMap<string, ScalarNode>, index: number): Shared {
  const withoutSnippets = known(settings.get("allow-snippet-annotations") ?? null).toLowerCase() === "false";
  return { values: valuesFor(ingress, settings), id: `i${index}`, withoutSnippets };
}

/** Annotations without an Ingress will be those of one, at paths nobody knows here. */
function rulesOf({ rules, at }: Ingress): readonly IngressRule[] {
  return rules ?? [{ host: null, at, paths: [{ path: null, type: "ImplementationSpecific", at, service: "service" }] }];
}

function addRule(hosts: Map<string, Host>, ingress: Ingress, rule: IngressRule, shared: Shared | undefined): void {
  if (shared === undefined) return;
  const name = rule.host === null ? "" : spelledText(rule.host).text.toLowerCase();
  const host = hosts.get(name) ?? { rule, mapped: [], tls: false };
  hosts.set(name, host);
  host.tls ||= ingress.tlsHosts.includes(name) || (ingress.tls && ingress.tlsHosts.length === 0);
  for (const path of rule.paths) host.mapped.push({ path, shared });
}

/** Several servers share what the settings of the controller say about all of them. */
function blocked(settings: ReadonlyMap<string, ScalarNode>): readonly Part[] {
  const cidrs = settings.get("block-cidrs");
  if (cidrs === undefined || isTemplate(cidrs)) return [];
  return known(cidrs).split(/[\s,]+/).filter((address) => /^[\da-fA-F.:/]+$/.test(address)).map((address) => express(`deny ${address};\n`, cidrs.at));
}

function limitStatus(settings: ReadonlyMap<string, ScalarNode>): readonly Part[] {
  const status = settings.get("limit-req-status-code");
  return status === undefined || !/^[45]\d\d$/.test(known(status)) ? [] : [express("limit_req_status ", status.at), spelledText(status), express(";\n", status.at)];
}

function server(host: Host, settings: ReadonlyMap<string, ScalarNode>): readonly Part[] {
  const { rule, tls } = host;
  const at = rule.at;
  const listens = tls ? "listen 443 ssl;\nlisten 80;\n" : "listen 80;\nlisten 443 ssl;\n";
  const name = rule.host === null ? [express("server_name _;\n", at)] : [express('server_name "', at), spelledText(rule.host), express('";\n', at)];
  const all = [...new Set(host.mapped.map(({ shared }) => shared))];
  const own = all.flatMap(({ values, withoutSnippets }) => (withoutSnippets ? [] : snippet(values.own("server-snippet", "server-snippets"))));
  return [
    express(`server {\n${listens}`, at),
    ...name,
    ...own,
    ...all.flatMap(({ values }) => appRoot(values.own("app-root"))),
    ...all.flatMap(authLocation),
    ...locations(host),
    ...snippet(settings.get("server-snippet") ?? settings.get("server-snippets") ?? null),
    express("}\n", at),
  ];
}

function appRoot(root: ScalarNode | null): readonly Part[] {
  return root === null ? [] : [express("if ($uri = /) {\nreturn 302 $scheme://$http_host", root.at), spelledText(root), express(";\n}\n", root.at)];
}

/** The longest paths come first; what no path takes goes to the default backend. */
function locations(host: Host): readonly Part[] {
  const patterns = host.mapped.some(({ path, shared }) => usesPatterns(path, shared));
  const exact = new Set(host.mapped.filter(({ path }) => path.type === "Exact").map(({ path }) => textOf(path)));
  const written = new Map<string, readonly Part[]>();
  const ordered = host.mapped.toSorted((a, b) => Number(isUnknown(a.path)) - Number(isUnknown(b.path)) || textOf(b.path).length - textOf(a.path).length);
  for (const { path, shared } of ordered) {
    for (const head of headsOf(path, patterns, exact, usesPatterns(path, shared))) {
      const key = head.map((part) => part.text).join("");
      if (!written.has(key)) written.set(key, [...head, ...inside(shared, path), express("}\n", path.at)]);
    }
  }
  const root = ordered.some(({ path }) => textOf(path) === "/");
  return [...[...written.values()].flat(), ...(root ? [] : [express("location / {\nproxy_pass http://default-backend;\n}\n", host.rule.at)])];
}

/** A path that a template fills in, or that stands in no manifest here. */
function isUnknown({ path, type }: IngressPath): boolean {
  return path === null ? type === "ImplementationSpecific" : isTemplate(path);
}

function textOf(path: IngressPath): string {
  return path.path === null || isUnknown(path) ? "/" : spelledText(path.path).text;
}

/** What is said about a path nobody knows may hold at the root, or not. */
function inside(shared: Shared, path: IngressPath): readonly Part[] {
  const { limits, handler } = locationDirectives(shared, path);
  if (!isUnknown(path)) return [...limits, ...handler];
  return [express("{{ if . }}\n", path.at), ...limits, express("{{ end }}\n", path.at), ...handler];
}

function usesPatterns(path: IngressPath, { values }: Shared): boolean {
  const target = values.own("rewrite-target");
  return isOn(values.own("use-regex")) || (target !== null && known(target) !== textOf(path));
}

type Head = readonly Part[];

/** How a path is written: one pattern in a host makes patterns of all; a prefix is a folder and its own name. */
function headsOf(path: IngressPath, patterns: boolean, exact: ReadonlySet<string>, own: boolean): readonly Head[] {
  const { at, type } = path;
  const text = path.path === null || isUnknown(path) ? express("/", at) : spelledText(path.path);
  const head = (before: string, after = ""): Head => [express(`location ${before}`, at), text, express(`${after}" {\n`, at)];
  if (patterns && !isUnknown(path)) return [head('~* "^')];
  if (type === "Exact") return [head('= "')];
  if (type !== "Prefix" || own || text.text === "/") return [head('"')];
  const folder = head('"', text.text.endsWith("/") ? "" : "/");
  return exact.has(text.text) ? [folder] : [folder, head('= "')];
}

/** Settings for all servers of a controller, without an Ingress to go by. */
function anywhere(settings: ReadonlyMap<string, ScalarNode>, files: readonly SourceFile[]): readonly Part[] {
  const [value] = settings.values();
  const at: Span | undefined = value?.at ?? files.map((file) => ({ file, start: 0, end: 0 }))[0];
  if (at === undefined) return [];
  const path: IngressPath = { path: null, type: "ImplementationSpecific", at, service: "service" };
  const ingress: Ingress = { annotations: new Map(), rules: null, tlsHosts: [], tls: false, at };
  const host: Host = { rule: { host: null, at, paths: [path] }, mapped: [{ path, shared: sharedOf(ingress, settings, 0) }], tls: false };
  return server(host, settings);
}
