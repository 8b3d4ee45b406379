import type { Evidence } from "../../../model/program.ts";
import type { Problem, SourceFile, Span } from "../../../source.ts";
import { booleanOf, entries, entry, field, isTemplate, items, parseTree, shapeProblem, textOf, type Maybe, type TreeNode } from "../../tree.ts";
import { readConsumers } from "./consumers.ts";
import type { Configuration, Plugin, Route, Service, Target } from "./entities.ts";
import { noteKeys, pluginKeyReason, routeKeyReason, serviceKeyReason, topLevelReason } from "./keys.ts";
import { index, listOf, named, reference, writtenName } from "./names.ts";

/** One document and its mapping. */
interface Part {
  readonly file: SourceFile;
  readonly root: TreeNode;
}

/** What reading collects on the way. */
interface Notes {
  readonly ignored: Evidence[];
  readonly missing: Evidence[];
  readonly problems: Problem[];
}

/** The document of a file that is Kong's; null when no document has a `_format_version`. */
export function kongDocument(file: SourceFile): TreeNode | null {
  return parseTree(file).tree.documents.find((document) => field(document, "_format_version") !== undefined) ?? null;
}

/** Reads files that Kong loads together. */
export function readConfiguration(files: readonly SourceFile[]): Configuration | null {
  const notes: Notes = { ignored: [], missing: [], problems: files.flatMap((file) => parseTree(file).problems) };
  const parts = files.flatMap((file): Part[] => {
    const root = kongDocument(file);
    return root === null ? [] : [{ file, root }];
  });
  const [first] = parts;
  const version = first && field(first.root, "_format_version");
  if (version === undefined) return null;
  for (const part of parts) noteTopLevel(part, notes);
  const services = parts.flatMap((part) => readServices(part, notes));
  const byNode = new Map(services.map((service) => [service.node, service]));
  const byName = index(services);
  const routes = parts.flatMap((part) => [...nestedRoutes(part, byNode, notes), ...topRoutes(part, byName, notes)]);
  const { consumers, listed } = readConsumers(parts.map((part) => part.root), notes);
  const groups = new Set(consumers.flatMap((consumer) => consumer.groups.map((group) => group.name)));
  const entities = { services, routes, serviceNamed: byName, routeNamed: index(routes) };
  const plugins = parts.flatMap((part) => readPlugins(part, entities, notes));
  return {
    files,
    at: version.at,
    version: writtenName(version) ?? "",
    routes,
    plugins: plugins.filter((plugin) => plugin.enabled !== false),
    consumers,
    consumerNamed: index(consumers),
    groups,
    credentials: new Set(consumers.flatMap((consumer) => consumer.credentials)),
    listsConsumers: listed,
    otherRoutes: otherRoutes(parts, routes),
    ...notes,
  };
}

function otherRoutes(parts: readonly Part[], routes: readonly Route[]): string | null {
  if (routes.length === 0) return "the routes, which are not in these files";
  if (parts.some(({ file }) => parseTree(file).tree.holes.length > 0)) return "the lines that a template puts in";
  const tagged = parts.some(({ root }) => field(field(root, "_info"), "select_tags") !== undefined);
  return tagged ? "routes with other tags, which are not in these files" : null;
}

function noteTopLevel({ file, root }: Part, { ignored, missing }: Notes): void {
  noteKeys(root, topLevelReason, ignored);
  const tags = field(field(root, "_info"), "select_tags");
  if (tags !== undefined) missing.push({ at: tags.at, note: "the file holds only entities with these tags; Kong may have more" });
  for (const hole of parseTree(file).tree.holes) missing.push({ at: hole, note: "a template puts in lines here" });
}

function readServices({ root }: Part, { ignored, problems }: Notes): readonly Service[] {
  return listOf(root, "services", problems).map((node): Service => {
    noteKeys(node, serviceKeyReason, ignored);
    return { ...named(node, "name"), enabled: booleanOf(field(node, "enabled")) !== false };
  });
}

function readRoute(node: TreeNode, root: TreeNode, service: Route["service"], { ignored, problems }: Notes): Route {
  noteKeys(node, routeKeyReason, ignored);
  for (const key of ["hosts", "paths", "methods", "protocols", "snis"]) {
    const problem = shapeProblem(field(node, key), "list", `\`${key}\``);
    if (problem !== null) problems.push(problem);
  }
  return { ...named(node, "name"), service, defaults: field(field(field(root, "_info"), "defaults"), "route") };
}

function nestedRoutes({ root }: Part, services: ReadonlyMap<TreeNode, Service>, notes: Notes): readonly Route[] {
  return items(field(root, "services")).flatMap((node) => {
    const service = services.get(node) ?? "none";
    return listOf(node, "routes", notes.problems).map((route) => readRoute(route, root, service, notes));
  });
}

function topRoutes({ root }: Part, services: ReadonlyMap<string, Service>, notes: Notes): readonly Route[] {
  return listOf(root, "routes", notes.problems).map((node) => {
    const wanted = field(node, "service");
    const name = reference(wanted);
    if (wanted === undefined || name === undefined) return readRoute(node, root, "none", notes);
    const service = services.get(name);
    if (service === undefined) notes.missing.push({ at: wanted.at, note: `the service \`${name}\` is not in these files` });
    return readRoute(node, root, service ?? "elsewhere", notes);
  });
}

/** What plugins can be attached to. */
interface Entities {
  readonly services: readonly Service[];
  readonly routes: readonly Route[];
  readonly serviceNamed: ReadonlyMap<string, Service>;
  readonly routeNamed: ReadonlyMap<string, Route>;
}

function readPlugins(part: Part, entities: Entities, notes: Notes): readonly Plugin[] {
  const { root } = part;
  const { services, routes } = entities;
  const read = (node: Maybe, target: Target): readonly Plugin[] =>
    listOf(node, "plugins", notes.problems).flatMap((plugin) => readPlugin(plugin, root, target, entities, notes));
  const ofServices = services.filter((service) => service.node.at.file === part.file).flatMap((service) => read(service.node, { service }));
  const ofRoutes = routes.filter((route) => route.node.at.file === part.file).flatMap((route) => read(route.node, { route }));
  const ofConsumers = items(field(root, "consumers")).flatMap((node) => read(node, ofConsumer(node)));
  const ofGroups = items(field(root, "consumer_groups")).flatMap((node) => read(node, { consumerGroup: named(node, "name").name ?? "" }));
  return [...ofRoutes, ...ofServices, ...ofConsumers, ...ofGroups, ...read(root, {})];
}

function ofConsumer(node: TreeNode): Target {
  const { name, id } = named(node, "username");
  return { consumer: name ?? writtenName(field(node, "custom_id")) ?? id ?? "" };
}

function readPlugin(node: TreeNode, root: TreeNode, outer: Target, entities: Entities, notes: Notes): readonly Plugin[] {
  const name = entry(node, "name");
  if (name === undefined) {
    notes.ignored.push({ at: node.at, note: "a plugin without a name" });
    return [];
  }
  const target = targetOf(node, outer, entities);
  if ("dangling" in target) {
    notes.ignored.push({ at: target.dangling, note: "it applies to something that is not in these files" });
    return [];
  }
  noteKeys(node, pluginKeyReason, notes.ignored);
  notes.problems.push(...renamedKeys(node, root));
  const enabled = field(node, "enabled");
  const on = isTemplate(enabled) ? undefined : booleanOf(enabled) !== false;
  if (on === false) notes.ignored.push({ at: enabled?.at ?? name.value.at, note: `the plugin \`${writtenName(name.value)}\` is disabled` });
  const shared = field(field(root, "_plugin_configs"), textOf(field(node, "_config")) ?? "");
  return [{ name: writtenName(name.value) ?? "", at: name.value.at, node, target, enabled: on, config: field(node, "config"), shared }];
}

const renamed: ReadonlyMap<string, string> = new Map([
  ["whitelist", "allow"],
  ["blacklist", "deny"],
]);

/** Keys that Kong renamed in 2.1 and refuses since 3.0, with the whole file. */
function renamedKeys(plugin: TreeNode, root: TreeNode): readonly Problem[] {
  if (!/^3/.test(writtenName(field(root, "_format_version")) ?? "")) return [];
  return entries(field(plugin, "config")).flatMap(({ key, keyAt }): readonly Problem[] => {
    const now = renamed.get(key);
    return now === undefined ? [] : [{ code: "kong-schema", message: `\`${key}\` is called \`${now}\` now: Kong 3 refuses the whole file`, at: keyAt }];
  });
}

function targetOf(node: TreeNode, outer: Target, { serviceNamed, routeNamed }: Entities): Target | { readonly dangling: Span } {
  const serviceNode = field(node, "service");
  const routeNode = field(node, "route");
  const service = serviceNode && serviceNamed.get(reference(serviceNode) ?? "");
  const route = routeNode && routeNamed.get(reference(routeNode) ?? "");
  if (serviceNode !== undefined && service === undefined) return { dangling: serviceNode.at };
  if (routeNode !== undefined && route === undefined) return { dangling: routeNode.at };
  const consumer = reference(field(node, "consumer"));
  const consumerGroup = reference(field(node, "consumer_group"));
  return {
    ...outer,
    ...(service && { service }),
    ...(route && { route }),
    ...(consumer !== undefined && { consumer }),
    ...(consumerGroup !== undefined && { consumerGroup }),
  };
}
