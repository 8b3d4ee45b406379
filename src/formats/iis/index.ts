import type { Evidence } from "../../model/program.ts";
import type { Problem, SourceFile, Span } from "../../source.ts";
import type { Format, Loaded, Tree as Files, Unit } from "../format.ts";
import { claims, isWebConfig } from "./claims.ts";
import { below, layersOf, type Layer } from "./config.ts";
import { lower } from "./lower.ts";
import { siteRoot } from "./rewrite-text.ts";
import { named, parseXml, valueOf, type Element } from "./xml.ts";

/** Microsoft IIS: `web.config`, alone or in a tree, and `applicationHost.config`. */
export const iis: Format = {
  id: "iis",
  name: "IIS",
  claims,
  load,
};

/** A file that was read, with the sections it keeps in files of their own. */
interface Read {
  readonly file: SourceFile;
  readonly others: readonly SourceFile[];
  /** Null where nothing in the file is configuration. */
  readonly configuration: Element | null;
  readonly problems: readonly Problem[];
  readonly missing: readonly Evidence[];
}

function load(files: readonly SourceFile[], tree: Files): Loaded {
  const read = files.map((file) => readFile(file, tree));
  const found = read.filter(({ configuration }) => configuration !== null);
  return { units: [...sitesIn(found), ...found.flatMap(serverSites)], problems: read.flatMap(({ problems }) => problems), embedded: [] };
}

function readFile(file: SourceFile, tree: Files): Read {
  const { tree: document, problems } = parseXml(file);
  const root = document.find(({ name }) => name === "configuration") ?? null;
  const into = { others: new Map<string, SourceFile>(), problems: [...problems], missing: [] as Evidence[] };
  const configuration = root === null ? null : withSources(root, folderOf(file.path), tree, into);
  return { file, others: [...into.others.values()], configuration, problems: into.problems, missing: into.missing };
}

interface Into {
  readonly others: Map<string, SourceFile>;
  readonly problems: Problem[];
  readonly missing: Evidence[];
}

/** Puts sections in their place that `configSource` keeps in files of their own. */
function withSources(element: Element, folder: string, tree: Files, into: Into): Element {
  const source = valueOf(element, "configSource");
  if (source === undefined) return { ...element, children: element.children.map((child) => withSources(child, folder, tree, into)) };
  const path = join(folder, source.replaceAll("\\", "/"));
  const file = into.others.get(path) ?? tree.read(path);
  if (file === null) {
    into.missing.push({ at: element.at, note: `the section is in ${source}, which is not here` });
    return element;
  }
  into.others.set(path, file);
  const { tree: document, problems } = parseXml(file);
  for (const problem of problems) into.problems.push(problem);
  const section = document.find(({ name }) => name === element.name);
  return section === undefined ? element : { ...element, attributes: section.attributes, children: section.children };
}

function join(folder: string, path: string): string {
  return folder === "" ? path.replace(/^\.\//, "") : `${folder}/${path.replace(/^\.\//, "")}`;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

function isBelow(folder: string, other: string): boolean {
  return other === "" ? folder !== "" : folder.startsWith(`${other}/`);
}

/** Sections that only the root of an application may have. */
const ofApplications: ReadonlySet<string> = new Set(["compilation", "authentication", "sessionState", "membership", "roleManager"]);

function isApplication({ configuration }: Read): boolean {
  if (configuration === null) return false;
  const own = [configuration, ...named(configuration, "location")];
  const web = own.flatMap((root) => named(root, "system.web")).flatMap(({ children }) => children);
  return web.some(({ name }) => ofApplications.has(name)) || own.flatMap((root) => named(root, "system.webServer")).some((one) => named(one, "aspNetCore").length > 0);
}

/** A `web.config` with those of the folders below it; other files stand alone. */
function sitesIn(read: readonly Read[]): readonly Unit[] {
  const ofSites = read.filter(({ configuration }) => configuration !== null && named(configuration, "system.applicationHost").length === 0);
  const inFolders = ofSites.filter(({ file }) => isWebConfig(file));
  const roots = inFolders.filter((one) => isApplication(one) || !inFolders.some((other) => isBelow(folderOf(one.file.path), folderOf(other.file.path))));
  const owner = ({ file }: Read): Read | undefined =>
    roots.filter((root) => root.file.path === file.path || isBelow(folderOf(file.path), folderOf(root.file.path))).toSorted((a, b) => b.file.path.length - a.file.path.length)[0];
  const joined = roots.map((root) => site(root, inFolders.filter((one) => owner(one) === root)));
  return [...joined, ...ofSites.filter((one) => !inFolders.includes(one)).map((one) => site(one, [one]))];
}

function start(file: SourceFile): Span {
  return { file, start: 0, end: 0 };
}

function site(root: Read, all: readonly Read[]): Unit {
  const local = folderOf(root.file.path);
  const ordered = all.toSorted((a, b) => a.file.path.length - b.file.path.length);
  const layers = ordered.flatMap(({ file, configuration }) => (configuration === null ? [] : layersOf(configuration, folderOf(file.path).slice(local.length).replace(/^(?=[^/])/, "/"))));
  const program = lower({ at: start(root.file), layers, transform: ordered.some(isTransform), missing: ordered.flatMap(({ missing }) => missing) });
  return { program, files: filesOf(ordered), roots: [{ server: siteRoot, local: local === "" ? "." : local }] };
}

function filesOf(read: readonly Read[]): readonly SourceFile[] {
  return [...new Map(read.flatMap(({ file, others }) => [file, ...others]).map((file) => [file.path, file])).values()];
}

/** Changes that a build or a deployment makes to another file. */
function isTransform({ configuration }: Read): boolean {
  return configuration?.attributes.some(({ name, value }) => name.startsWith("xmlns:") && /XML-Document-Transform/i.test(value)) ?? false;
}

/** The sites of an applicationHost.config: locations begin with the name of theirs. */
function serverSites(read: Read): readonly Unit[] {
  const { configuration, file, missing } = read;
  const hosts = configuration === null ? [] : named(configuration, "system.applicationHost");
  if (configuration === null || hosts.length === 0) return [];
  const names = hosts.flatMap((host) => named(host, "sites")).flatMap((sites) => named(sites, "site")).map((one) => valueOf(one, "name") ?? "");
  const sites = names.length === 0 ? [""] : names;
  return sites.map((name) => {
    const program = lower({ at: start(file), layers: layersOfSite(configuration, name), transform: false, missing });
    return { program, files: filesOf([read]), roots: [] };
  });
}

function layersOfSite(configuration: Element, name: string): readonly Layer[] {
  const own = below("", name);
  return layersOf(configuration, "").flatMap(({ folder, root }) => {
    if (folder === "") return [{ folder, root }];
    const inside = folder.toLowerCase() === own.toLowerCase() || isBelow(folder.toLowerCase(), own.toLowerCase());
    return inside ? [{ folder: folder.slice(own.length), root }] : [];
  });
}
