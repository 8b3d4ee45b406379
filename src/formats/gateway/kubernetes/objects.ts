import type { Span } from "../../../source.ts";
import { entries, field, items, textOf, type Maybe, type MapNode, type ScalarNode, type TreeNode } from "../../tree.ts";
import { readsAsNginx } from "./reads-as-nginx.ts";

/** One path of an Ingress, and the service behind it. */
export interface IngressPath {
  readonly path: ScalarNode | null;
  readonly type: "Exact" | "Prefix" | "ImplementationSpecific";
  readonly at: Span;
  readonly service: string;
}

/** The paths for one host; without a host they are for every host no other rule names. */
export interface IngressRule {
  readonly host: ScalarNode | null;
  readonly at: Span;
  readonly paths: readonly IngressPath[];
}

/** An Ingress; without rules, annotations that some Ingress will carry. */
export interface Ingress {
  readonly annotations: ReadonlyMap<string, ScalarNode>;
  readonly rules: readonly IngressRule[] | null;
  readonly tlsHosts: readonly string[];
  readonly tls: boolean;
  readonly at: Span;
}

/** A value that is nginx configuration by itself. */
export interface NginxText {
  /** The object it belongs to, and its own name. */
  readonly object: string;
  readonly name: string;
  readonly value: ScalarNode;
}

/** What concerns nginx in one file. */
export interface Objects {
  readonly ingresses: readonly Ingress[];
  /** Settings for a controller as a whole. */
  readonly settings: readonly MapNode[];
  readonly texts: readonly NginxText[];
}

/** Finds what concerns nginx in the documents of a file. */
export function findObjects(documents: readonly TreeNode[]): Objects {
  const found: Found = { ingresses: [], settings: [], texts: [], seen: new Set() };
  documents.forEach((document, index) => {
    const object = textOf(field(field(document, "metadata"), "name")) ?? String(index + 1);
    for (const one of [document, ...items(field(document, "items"))]) readIngress(found, one);
    walk(found, { object, key: "", node: document, around: undefined, depth: 0 });
  });
  return found;
}

/** Whether nothing in a file concerns nginx. */
export function isEmpty({ ingresses, settings, texts }: Objects): boolean {
  return ingresses.length + settings.length + texts.length === 0;
}

interface Found {
  readonly ingresses: Ingress[];
  readonly settings: MapNode[];
  readonly texts: NginxText[];
  /** What belongs to something found already; aliases lead to the same node twice. */
  readonly seen: Set<TreeNode>;
}

const annotation = /^nginx\.(?:ingress\.kubernetes\.io|org|com)\//;
/** Other controllers ignore nginx's annotations. */
const otherClass = /^(?:traefik|alb|gce|kong|haproxy|istio|contour|cilium|ambassador|apisix|azure|caddy|tyk|voyager|openshift|skipper)/i;

function readIngress(found: Found, document: TreeNode): void {
  if (textOf(field(document, "kind")) !== "Ingress") return;
  const metadata = field(document, "metadata");
  const given = field(metadata, "annotations");
  const spec = field(document, "spec");
  const annotations = annotationsOf(given);
  if (given !== undefined) found.seen.add(given);
  const className = textOf(field(spec, "ingressClassName")) ?? textOf(field(given, "kubernetes.io/ingress.class")) ?? "";
  if (otherClass.test(className) || annotations.size === 0) return;
  const tls = items(field(spec, "tls"));
  const hosts = tls.flatMap((one) => items(field(one, "hosts")).flatMap((host) => textOf(host) ?? []));
  found.ingresses.push({ annotations, rules: rulesOf(spec), tlsHosts: hosts, tls: tls.length > 0, at: given?.at ?? document.at });
}

function annotationsOf(given: Maybe): ReadonlyMap<string, ScalarNode> {
  return new Map(entries(given).flatMap(({ key, value }) => (value.kind === "scalar" && annotation.test(key) ? [[key, value] as const] : [])));
}

/** The rules of a specification, its default backend last; null where there is none, as in a patch. */
function rulesOf(spec: Maybe): readonly IngressRule[] | null {
  const rules = items(field(spec, "rules")).map((rule): IngressRule => {
    const host = field(rule, "host");
    const paths = items(field(field(rule, "http"), "paths")).map(pathOf);
    return { host: host?.kind === "scalar" ? host : null, at: host?.at ?? rule.at, paths };
  });
  const backend = field(spec, "defaultBackend") ?? field(spec, "backend");
  if (backend === undefined) return rules.length > 0 ? rules : null;
  const path: IngressPath = { path: null, type: "Prefix", at: backend.at, service: serviceOf(backend) };
  return [...rules, { host: null, at: backend.at, paths: [path] }];
}

function pathOf(node: TreeNode): IngressPath {
  const path = field(node, "path");
  const type = textOf(field(node, "pathType"));
  return {
    path: path?.kind === "scalar" ? path : null,
    type: type === "Exact" || type === "Prefix" ? type : "ImplementationSpecific",
    at: path?.at ?? node.at,
    service: serviceOf(field(node, "backend")),
  };
}

function serviceOf(backend: Maybe): string {
  const name = textOf(field(backend, "serviceName")) ?? textOf(field(field(backend, "service"), "name")) ?? "";
  return /^[\w.-]+$/.test(name) ? name : "service";
}

interface Step {
  readonly object: string;
  readonly key: string;
  readonly node: TreeNode;
  readonly around: Maybe;
  readonly depth: number;
}

/** Keys of a controller's own settings, one of which says that a mapping holds such settings. */
const settingKeys: ReadonlySet<string> = new Set([
  ...["http", "server", "location", "main"].flatMap((place) => [`${place}-snippet`, `${place}-snippets`]),
  ...["modsecurity-snippet", "allow-snippet-annotations", "denylist-source-range", "whitelist-source-range", "block-cidrs", "http-redirect-code"],
]);

const deepest = 60;

function walk(found: Found, step: Step): void {
  const { object, node, depth } = step;
  if (depth > deepest || found.seen.has(node)) return;
  found.seen.add(node);
  if (node.kind === "scalar") return readText(found, step, node);
  if (node.kind === "list") return node.items.forEach((item) => walk(found, { ...step, node: item, depth: depth + 1 }));
  const annotations = annotationsOf(node);
  if (annotations.size > 0) found.ingresses.push({ annotations, rules: null, tlsHosts: [], tls: false, at: node.at });
  const isSettings = node.entries.some(({ key }) => settingKeys.has(key));
  if (isSettings) found.settings.push(node);
  for (const { key, value } of node.entries) {
    if (annotations.has(key) || (isSettings && settingKeys.has(key))) continue;
    walk(found, { object, key, node: value, around: node, depth: depth + 1 });
  }
}

/** Scripts may write a configuration among other things. */
const scripts = /^(?:run|script|scripts|before_script|after_script|command|commands|args|cmd|shell|entrypoint|bash|exec|postStart|preStop|runcmd|UserData)$/i;

function readText(found: Found, { object, key, around }: Step, value: ScalarNode): void {
  if (scripts.test(key) || !readsAsNginx(value)) return;
  const named = ["path", "dest", "target"].map((name) => textOf(field(around, name))?.split("/").at(-1)).find((name) => name !== undefined && name !== "");
  found.texts.push({ object: clean(object), name: clean(key === "content" ? (named ?? key) : key), value });
}

function clean(name: string): string {
  return name.replace(/[^\w.-]+/g, "_").replace(/^\.+$/, "_");
}
