import type { Problem, SourceFile } from "../../source.ts";
import type { Claim, Format, Loaded, Unit } from "../format.ts";
import { entries, field, items, parseTree, type TreeNode } from "../tree.ts";
import { kongDocument, readConfiguration } from "./kong/read.ts";
import { lower } from "./kong/lower.ts";
import { named, reference, writtenName } from "./kong/names.ts";

const extension = /\.(?:ya?ml|json)(?:\.(?:j2|jinja2?|tmpl|tpl|template|gotmpl|erb))?$/i;

/** A top-level `_format_version`, the one key every declarative file must have: at the start of a line, or in a JSON object. */
const versionInYaml = /^\uFEFF?["']?_format_version["']?[ \t]*:/m;
const versionInJson = /"_format_version"\s*:/;

function claims(file: SourceFile): Claim | null {
  if (!extension.test(file.path) || !file.text.includes("_format_version")) return null;
  const version = /^\uFEFF?\s*\{/.test(file.text) ? versionInJson : versionInYaml;
  if (!version.test(file.text)) return null;
  return /(?:^|\/)kong[^/]*$/i.test(file.path) ? "name" : "content";
}

/** Kong's declarative configuration, as DB-less Kong and decK read it. */
export const kong: Format = { id: "kong", name: "Kong", claims, load };

function load(files: readonly SourceFile[]): Loaded {
  const units: Unit[] = [];
  const problems: Problem[] = [];
  for (const group of together(files)) {
    const configuration = readConfiguration(group);
    if (configuration === null) {
      for (const problem of group.flatMap(unread)) problems.push(problem);
      continue;
    }
    for (const problem of configuration.problems) problems.push(problem);
    units.push({ program: lower(configuration), files: group, roots: [] });
  }
  return { units, problems, embedded: [] };
}

function unread(file: SourceFile): readonly Problem[] {
  const { problems } = parseTree(file);
  if (problems.length > 0) return problems;
  const at = { file, start: 0, end: Math.min(file.text.length, 1) };
  return [{ code: "kong-format", message: "`_format_version` is not a key of the whole file", at }];
}

/** What a file brings along and what it needs from others. */
interface Part {
  readonly file: SourceFile;
  readonly key: string;
  readonly has: ReadonlySet<string>;
  readonly needs: ReadonlySet<string>;
  readonly routes: boolean;
}

/**
 * Files that Kong loads together. Each file is a configuration of its own, unless it lies in one folder with others of
 * the same `_format_version` and workspace, none of them has an entity of the same name, and one needs what another
 * has: it refers to it, or holds no services and routes at all. That is how decK reads a folder.
 */
function together(files: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  const folders = new Map<string, Part[]>();
  for (const file of files) {
    const part = partOf(file);
    folders.set(part.key, [...(folders.get(part.key) ?? []), part]);
  }
  return [...folders.values()].flatMap((parts) => (belongTogether(parts) ? [parts.map((part) => part.file)] : parts.map((part) => [part.file])));
}

function belongTogether(parts: readonly Part[]): boolean {
  if (parts.length < 2 || !parts.some((part) => part.routes)) return false;
  const all = parts.flatMap((part) => [...part.has]);
  if (new Set(all).size < all.length) return false;
  return parts.some((part) => !part.routes || [...part.needs].some((name) => !part.has.has(name) && all.includes(name)));
}

function partOf(file: SourceFile): Part {
  const root = kongDocument(file) ?? undefined;
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  const key = [folder, writtenName(field(root, "_format_version")), writtenName(field(root, "_workspace"))].join("\n");
  const services = items(field(root, "services"));
  const routes = [...items(field(root, "routes")), ...services.flatMap((service) => items(field(service, "routes")))];
  const has = [...namesOf("service", services), ...namesOf("route", routes), ...namesOf("consumer", items(field(root, "consumers")))];
  const top = [...items(field(root, "routes")), ...items(field(root, "plugins"))];
  return { file, key, has: new Set(has), needs: new Set(top.flatMap(referencesOf)), routes: services.length + routes.length > 0 };
}

function namesOf(kind: string, nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    const { name, id } = named(node, kind === "consumer" ? "username" : "name");
    return [name, id].flatMap((one) => (one === undefined ? [] : [`${kind} ${one}`]));
  });
}

function referencesOf(node: TreeNode): readonly string[] {
  return entries(node).flatMap(({ key, value }) => {
    const name = key === "service" || key === "route" || key === "consumer" ? reference(value) : undefined;
    return name === undefined ? [] : [`${key} ${name}`];
  });
}
