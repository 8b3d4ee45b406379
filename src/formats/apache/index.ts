import type { Evidence } from "../../model/program.ts";
import type { Problem, SourceFile, Span } from "../../source.ts";
import type { Embedded, Format, Loaded, Tree as Files, Unit } from "../format.ts";
import { embed } from "../compose.ts";
import { claims, holdsOnlyPath } from "./claims.ts";
import { assumedRoot, folderOf, groups, type Group } from "./groups.ts";
import type { Expansion, Statement } from "./expand.ts";
import { expand, expansion } from "./expand.ts";
import { variable } from "./gates.ts";
import type { Input } from "./lower.ts";
import { lower } from "./lower.ts";
import { noMaps } from "./maps.ts";
import { isLacking } from "./modules.ts";
import { isHtaccess, parse } from "./parse.ts";
import { mounted, postedBelow, postedIn, type Posted } from "./posted.ts";
import { allowingAll, allowingNothing } from "./override.ts";
import type { Defaults } from "./server.ts";
import { faultsOf } from "./validate.ts";

const everythingAllowed: Defaults = { documentRoot: assumedRoot, allowOverride: allowingAll };
const serverDefaults: Defaults = { documentRoot: null, allowOverride: allowingNothing };

/** What holds before anything is read: links may be followed, programs are run, nothing is listed. */
const initial = { "options.links": "on", "options.owner": "off", "options.cgi": "on", "options.indexes": "off" };
const indexNames = ["index.php", "index.html", "index.htm"];

/** Apache httpd: `.htaccess`, virtual hosts and server configuration. */
export const apache: Format = {
  id: "apache",
  name: "Apache",
  claims,
  load,
};

function load(files: readonly SourceFile[], tree: Files): Loaded {
  const read = files.filter((file) => !holdsOnlyPath(file));
  const perDirectory = read.filter(isPerDirectory);
  const servers = read.filter((file) => !isPerDirectory(file));
  const hosts = loadServers(servers, tree);
  const theirs = new Set(hosts.flatMap(({ unit }) => unit.files.map((file) => file.path)));
  const own = perDirectory.filter((file) => !theirs.has(file.path));
  const posted = postedBelow(own, tree);
  const loaded = [...hosts, ...groups(own).map((group) => loadHtaccess(mounted(group, posted), tree, posted))];
  return {
    units: loaded.map((one) => one.unit),
    problems: loaded.flatMap((one) => one.problems),
    embedded: loaded.flatMap((one) => one.embedded),
  };
}

type PerDirectory = Input["htaccess"][number];

interface LoadedUnit {
  readonly unit: Unit;
  readonly problems: readonly Problem[];
  readonly embedded: readonly Embedded[];
}

/** What begins a configuration of a whole server. */
const ofServers = /^[ \t]*(?:<VirtualHost|(?:ServerRoot|LoadModule|Listen|DocumentRoot|ScriptAlias)[ \t])/im;

/** Read for every request, unless what stands in it belongs to a server configuration. */
function isPerDirectory(file: SourceFile): boolean {
  if (!isHtaccess(file) || /(?:^|\/)\.htaccess$/i.test(file.path)) return isHtaccess(file);
  const isExample = /(?:^|\/)\.htaccess[^/]*$|\.htaccess$/i.test(file.path) && !ofServers.test(file.text);
  return isExample || !/^[ \t]*<(VirtualHost|Directory|Location)\b/im.test(file.text);
}

function start(file: SourceFile): Span {
  return { file, start: 0, end: 0 };
}

/** Files that others include are read as part of those. */
function loadServers(files: readonly SourceFile[], tree: Files): readonly LoadedUnit[] {
  const expanded = files.map((file) => {
    const into = expansion(tree, true);
    const { tree: parsed, problems } = parse(file);
    for (const problem of problems) into.problems.push(problem);
    return { file, into, statements: expand(parsed.nodes, into) };
  });
  const included = new Set(expanded.flatMap(({ into }) => into.read.map((file) => file.path)));
  return expanded.filter(({ file }) => !included.has(file.path)).map(({ file, into, statements }) => serverUnit(file, into, statements, tree));
}

/** How far below a document root `.htaccess` files are looked for. */
const deepestHtaccess = 4;

/** The `.htaccess` files a server would read, where the tree holds what lies under its document roots. */
function htaccessBelow(statements: readonly Statement[], tree: Files, into: Expansion): readonly PerDirectory[] {
  const patterns = documentRoots(statements).flatMap((root) => Array.from({ length: deepestHtaccess }, (_, depth) => `${root}${"/*".repeat(depth)}/.htaccess`));
  const paths = patterns.flatMap((pattern) => (pattern.includes("*") ? tree.list(pattern) : [pattern]));
  return [...new Set(paths)].flatMap((path) => {
    const file = tree.read(path);
    return file === null ? [] : [readHtaccess(file, folderOf({ path, text: "" }), { ...into, includes: false })];
  });
}

function documentRoots(statements: readonly Statement[]): readonly string[] {
  const own = statements.flatMap(({ node }) => {
    const root = node.key === "documentroot" ? node.args[0] : undefined;
    return root === undefined || root.template || !root.value.startsWith("/") ? [] : [root.value.replace(/\/+$/, "")];
  });
  return [...new Set([...own, ...statements.filter(({ node }) => node.key === "virtualhost").flatMap(({ children }) => documentRoots(children))])];
}

function serverUnit(file: SourceFile, into: Expansion, statements: readonly Statement[], tree: Files): LoadedUnit {
  const at = start(file);
  const htaccess = htaccessBelow(statements, tree, into);
  const lacks = (key: string): boolean => into.missing.length === 0 && isLacking(key, into.modules);
  const program = lower({ at, lacks, statements, htaccess, posted: [], read: (path) => tree.read(path)?.text ?? null, defaults: serverDefaults, initial, index: indexNames, ignored: into.ignored, missing: into.missing });
  const names = { documentRoot: null, file: variable("file"), query: variable("rw.args"), programs: [], address: null, anonymous: false, maps: noMaps(at) };
  const faults = faultsOf(statements, { htaccess: false, grants: () => true, lacks: () => false, names });
  const refused = faults
    .filter(({ when }) => when.kind === "all" && when.of.length === 0)
    .map((fault): Problem => ({ code: "server-does-not-start", message: fault.message, at: fault.at }));
  const all = [file, ...into.read, ...htaccess.map((one) => one.at.file)];
  return { unit: { program, files: all, roots: [] }, problems: [...into.problems, ...refused], embedded: embeddedRules(all, statements) };
}

function loadHtaccess(group: Group, tree: Files, posted: readonly Posted[]): LoadedUnit {
  const into = expansion(tree, false);
  const read = group.files.map(({ file, directory }) => readHtaccess(file, directory, into));
  const [first] = read;
  const at = first?.at ?? start({ path: group.folder, text: "" });
  const ignored: readonly Evidence[] = into.ignored;
  const program = lower({ at, lacks: () => false, statements: [], htaccess: read, posted: postedIn(group, posted), read: () => null, defaults: everythingAllowed, initial, index: indexNames, ignored, missing: into.missing });
  const files = group.files.map(({ file }) => file);
  const roots = [{ server: group.server, local: group.folder === "" ? "." : group.folder }];
  // ModSecurity takes no rules from there, unless it was built to.
  return { unit: { program, files, roots }, problems: into.problems, embedded: [] };
}

function readHtaccess(file: SourceFile, directory: string, into: Expansion): PerDirectory {
  const { tree, problems } = parse(file);
  const own: Expansion = { ...into, problems: [...problems], faults: [] };
  const statements = expand(tree.nodes, own);
  for (const problem of own.problems) into.problems.push(problem);
  const lacks = (key: string): boolean => into.missing.length === 0 && isLacking(key, into.modules);
  return { directory, statements, at: start(file), lacks, problems: own.problems, faults: own.faults };
}

/** ModSecurity rules inside the configuration, each file's as a file of its own. */
function embeddedRules(files: readonly SourceFile[], statements: readonly Statement[]): readonly Embedded[] {
  const spans = secLines(statements);
  return files.flatMap((file) => {
    const own = spans.filter((span) => span.file === file).sort((a, b) => a.start - b.start);
    return own.length === 0 ? [] : [{ format: "modsecurity", file: embed(file.path, file, own) }];
  });
}

function secLines(statements: readonly Statement[]): readonly Span[] {
  return statements.flatMap(({ node, children }) => (node.kind === "directive" ? (/^sec[a-z]/.test(node.key) ? [node.span] : []) : secLines(children)));
}
