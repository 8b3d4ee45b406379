import type { Condition } from "../../model/condition.ts";
import { all, always, any, test } from "../../model/condition.ts";
import { standIn } from "../../model/stand-in.ts";
import { fieldValue } from "../../model/template.ts";
import type { Scope } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import { aliasesOf } from "./alias.ts";
import type { Alias } from "./content.ts";
import type { Statement } from "./expand.ts";
import { matches, quoted, variable } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import type { MapReading } from "./maps.ts";
import { mapsOf } from "./maps.ts";
import type { AllowOverride } from "./override.ts";
import { allowOverride, depthOf, isGranted, isRead, passedOver, overrideFaults, silenced } from "./override.ts";
import { noteGroups } from "./named-groups.ts";
import { dotsIn } from "./rewrite-outcome.ts";
import { rulesetOf } from "./rewrite-parse.ts";
import type { Ground, Parts } from "./sections.ts";
import { inDirectory, partsOf, wildcard, withSlash } from "./sections.ts";
import type { Fault } from "./validate.ts";
import { faultsOf } from "./validate.ts";

/** A `.htaccess` and the directory, without a slash at its end, that it stands in on the server. */
export interface Htaccess {
  readonly directory: string;
  readonly statements: readonly Statement[];
  readonly at: Span;
  /** Whether the server is known to have no module with this directive. */
  lacks(key: string): boolean;
}

/** A virtual host, or the server itself where there is none. */
export interface Host {
  readonly name: string;
  readonly when: Condition;
  readonly at: Span;
  readonly entrance?: NonNullable<Scope["entrance"]>;
  readonly ground: Ground;
  readonly aliases: readonly Alias[];
  /** A regular expression for its names; null where it has none that are known. */
  readonly ownNames: string | null;
  /** Directives of the server itself: first those outside of virtual hosts, then the host's own. */
  readonly main: readonly Placed[];
  readonly own: readonly Placed[];
  /** By which directives requests are read before it is known which host they are for, the last one counts. */
  readonly reading: readonly Placed[];
  /** In the order in which the server merges them. */
  readonly layers: readonly Layer[];
  readonly htaccess: readonly Read[];
}

/** Whether nothing is known of the server but its `.htaccess` files. */
export function isAlone({ main, own, layers }: Host): boolean {
  return main.length + own.length === 0 && layers.every(({ kind }) => kind !== "directory" && kind !== "location");
}

/** A `.htaccess`, the requests it is read for, and what the server does not accept in it. */
interface Read {
  readonly file: Htaccess;
  readonly when: Condition;
  readonly allow: AllowOverride;
  readonly faults: readonly Fault[];
}

/** What stands for a server's own configuration where only `.htaccess` files are known. */
export interface Defaults {
  readonly documentRoot: string | null;
  readonly allowOverride: AllowOverride;
}

/** The hosts of a configuration, in the order in which a request is given to them; the last one takes any request. */
export function hostsOf(statements: readonly Statement[], htaccess: readonly Htaccess[], defaults: Defaults, maps: MapReading, at: Span): readonly Host[] {
  const virtual = statements.filter(({ node }) => node.key === "virtualhost");
  const outside = statements.filter(({ node }) => node.key !== "virtualhost");
  const main = hostOf("server", always, outside, null, htaccess, defaults, maps, at);
  if (virtual.length === 0) return [main];
  const addresses = virtual.map(addressesOf);
  // A host begins with what the server has been told before it.
  const readingOf = (host: Statement): Pick<Host, "reading"> => {
    const first = virtual[addresses.indexOf(addressesOf(host))] ?? host;
    return { reading: [...statements.slice(0, statements.indexOf(first)).filter(({ node }) => node.key !== "virtualhost"), ...first.children].map(placed) };
  };
  const named = virtual.map((host) => ({ ...hostOf(nameOf(host), all(host.guard, addressed(host), called(host)), outside, host, htaccess, defaults, maps, host.node.span), ...entranceOf(host), ...addressOf(host), ...readingOf(host) }));
  // Whoever calls a host by no known name gets the first one of that port.
  const firsts = virtual
    .filter((host, index) => virtual.findIndex((other) => portsOf(other).join() === portsOf(host).join()) === index)
    .map((host) => ({ ...hostOf(nameOf(host), all(host.guard, addressed(host)), outside, host, htaccess, defaults, maps, host.node.span), ...entranceOf(host), ...addressOf(host), ...readingOf(host) }));
  // Where there are hosts, hardly a request is for none of them: what they raise is not too small for that.
  return [...named, ...firsts, { ...main, reading: [] }];
}

/** What tells whether hosts are told apart by their names only. */
function addressesOf({ node }: Statement): string {
  return node.args.map((arg) => arg.value.toLowerCase().replace(/^_default_(?=:|$)/, "*")).toSorted().join(" ");
}

function argument(statements: readonly Statement[], key: string): string | null {
  const found = statements.findLast(({ node }) => node.key === key)?.node.args[0];
  return found === undefined || found.template ? null : found.value;
}

function nameOf(host: Statement): string {
  return argument(host.children, "servername") ?? host.node.argsText.text;
}

/** Ports of a virtual host; empty for any. */
function portsOf(host: Statement): readonly string[] {
  const ports = host.node.args.map((arg) => (arg.template ? "*" : (/:(\d+|\*)$/.exec(arg.value)?.[1] ?? "*")));
  return ports.includes("*") ? [] : [...new Set(ports)].sort();
}

/** Where clients reach a virtual host: over TLS on its own port, or where the engine is on. */
function entranceOf(host: Statement): Pick<Host, "entrance"> {
  const [port] = portsOf(host);
  if (port === undefined) return {};
  const tls = port === "443" || argument(host.children, "sslengine")?.toLowerCase() === "on";
  return { entrance: { scheme: tls ? "https" : "http", port: Number(port) } };
}

function addressed(host: Statement): Condition {
  const ports = portsOf(host);
  return ports.length === 0 ? always : test("port", { kind: "in", values: ports }, host.node.span);
}

function namesIn(statements: readonly Statement[]): readonly string[] {
  return namesWritten(statements, false).map((name) => name.toLowerCase());
}

/** What stands for the names that a template has yet to fill in. */
function standInsOf(statements: readonly Statement[]): readonly string[] {
  return namesWritten(statements, true).map(standIn).filter((name) => /^[\w.-]+$/.test(name));
}

function namesWritten(statements: readonly Statement[], template: boolean): readonly string[] {
  const lines = statements.filter(({ node }) => node.key === "servername" || node.key === "serveralias");
  const names = lines.flatMap(({ node }) => node.args).filter((arg) => arg.template === template);
  return names.map((arg) => arg.value.replace(/^https?:\/\//i, "").replace(/:\d+$/, ""));
}

/** The address that a virtual host is written with is one of its names. */
function addressOf(host: Statement): Pick<Host, "ownNames"> {
  const addresses = host.node.args.flatMap((arg) => (arg.template ? [] : [arg.value.replace(/:(\d+|\*)$/, "")]));
  const known = ownNames(host.children);
  return { ownNames: known === null ? null : [known, ...addresses.filter((address) => !/^(\*|_default_)$/i.test(address)).map(quoted)].join("|") };
}

/** The address that a virtual host is for, when it is for no other. */
function onlyAddress(host: Statement): string | null {
  const [first, ...others] = host.node.args.map((arg) => (arg.template ? "*" : (/^(\d+\.\d+\.\d+\.\d+)(?::(?:\d+|\*))?$/.exec(arg.value)?.[1] ?? "*")));
  return first === undefined || first === "*" || others.some((other) => other !== first) ? null : first;
}

function ownNames(statements: readonly Statement[]): string | null {
  const names = namesIn(statements);
  return names.length === 0 ? null : names.map((name) => wildcard(name, true)).join("|");
}

function called(host: Statement): Condition {
  const known = namesIn(host.children);
  const plain = known.length === 0 ? standInsOf(host.children) : known;
  if (plain.length === 0) return always;
  const exact = test("host", { kind: "in", values: plain.filter((name) => !/[*?]/.test(name)) }, host.node.span);
  const patterns = plain.filter((name) => /[*?]/.test(name)).map((name) => matches(fieldValue("host"), `^${wildcard(name, true)}$`, host.node.span));
  return any(exact, ...patterns);
}

function hostOf(name: string, when: Condition, outside: readonly Statement[], host: Statement | null, htaccess: readonly Htaccess[], defaults: Defaults, maps: MapReading, at: Span): Host {
  const inside = host?.children ?? [];
  const address = host === null ? null : onlyAddress(host);
  const virtual = argument(inside, "virtualdocumentroot") ?? argument(outside, "virtualdocumentroot");
  const stated = virtual ?? argument(inside, "documentroot") ?? argument(outside, "documentroot");
  const written = stated ?? defaults.documentRoot;
  // With a root for every name nobody knows where a path leads.
  const documentRoot = written === null || virtual?.includes("%") === true || mentions([...inside, ...outside], /^virtualdocumentrootip$/) ? null : written.replace(/\/+$/, "");
  const everything = [...inside, ...outside];
  const rules = inside.length > 0 ? inside : outside;
  const ground: Ground = {
    documentRoot,
    rooted: stated !== null,
    target: changesFile(rules) ? "var:target" : "path",
    aliases: aliasesOf(everything.map(placed)),
    leadsElsewhere: changesFile(rules) || mentions(everything, /^(userdir|mergeslashes)$/) || everything.some(hasAlias),
    mayProxy: mentions(everything, /^(proxypass|proxypassmatch|jkmount)$/) || mentionsProxyRule([...everything, ...htaccess.flatMap((file) => file.statements)]),
    early: [],
    asking: [],
    patterns: [],
    asFile: [],
    groups: [],
    names: { documentRoot, file: variable("file"), query: fieldValue("query"), programs: programsOf(everything, htaccess, documentRoot), address, anonymous: maps.complete && !mentions([...everything, ...htaccess.flatMap((file) => file.statements)], /^(authtype|sslusername|ssloptions)$/), maps: mapsOf(inside.length > 0 ? inside : outside, maps, at) },
  };
  const main = partsOf(outside, always, ground);
  const own = partsOf(inside, always, ground);
  const read = htaccess.map((file) => readBy(file, ground, allowOverride(file.directory, [...main.directories, ...own.directories], defaults.allowOverride)));
  return { name, when, at, ground, ownNames: ownNames(inside.length > 0 ? inside : outside), aliases: aliasesOf([...own.own, ...main.own]), main: main.own, own: own.own, reading: outside.map(placed), layers: layersOf(main, own, read, ground, at), htaccess: read };
}

function readBy(file: Htaccess, ground: Ground, allow: AllowOverride): Read {
  const statements = passedOver(file.statements, allow, file.lacks);
  const allowance = { htaccess: true, grants: (node: Statement["node"]) => isGranted(node, allow), lacks: file.lacks, names: { ...ground.names, restricted: true as const } };
  const faults = isRead(allow) ? [...faultsOf(statements, allowance), ...overrideFaults(statements, file.at.file, allow)] : [];
  return { file: { ...file, statements: silenced(file.statements, allow, file.lacks) }, when: inDirectory(file.directory, false, null, ground, file.at), allow, faults };
}

/** Full names of the programs that rules lead to. */
function programsOf(statements: readonly Statement[], htaccess: readonly Htaccess[], documentRoot: string | null): readonly string[] {
  const root = documentRoot ?? "";
  const found = [...targets(statements, root, root), ...htaccess.flatMap((file) => targets(file.statements, file.directory, root))];
  return [...new Set(found)];
}

function targets(statements: readonly Statement[], directory: string, root: string): readonly string[] {
  return statements.flatMap(({ node, children }): readonly string[] => {
    const [first, second] = node.args;
    const written = node.key === "rewriterule" ? second?.value : node.key === "fallbackresource" ? first?.value : undefined;
    const program = /^([^$%?\\]*\.(php\d?|phtml|cgi|fcgi|pl|py))(?=$|[?/])/.exec(written ?? "")?.[1];
    if (program === undefined || /^[a-z]+:/i.test(program)) return targets(children, directory, root);
    return [program.startsWith("/") ? root + program : `${directory}/${program}`];
  });
}

function placed({ node, guard }: Statement): Placed {
  return { node, guard, methods: [], children: [] };
}

function mentions(statements: readonly Statement[], keys: RegExp): boolean {
  return statements.some(({ node, children }) => keys.test(node.key) || mentions(children, keys));
}

function mentionsProxyRule(statements: readonly Statement[]): boolean {
  return statements.some(({ node, children }) => (node.key === "rewriterule" && /[[,]\s*(p|proxy)\s*[\],]/i.test(node.argsText.text)) || mentionsProxyRule(children));
}

/** Whether a section is led to one file or directory. */
function hasAlias({ node, children }: Statement): boolean {
  return children.some((child) => /^(script)?alias$/.test(child.node.key) && child.node.args.length === 1) || (node.kind === "section" && children.some(hasAlias));
}

/** Whether rules of the server itself choose another file without changing the URL. */
function changesFile(statements: readonly Statement[]): boolean {
  const lines = statements.filter(({ node }) => node.key === "rewriterule" || node.key === "rewritecond");
  return rulesetOf(lines.map(placed)).rules.some(({ substitution, flags }) => substitution !== "-" && flags.redirect === null && (!flags.passThrough || dotsIn({ substitution }) > 0) && !flags.proxy);
}

function layersOf(main: Parts, own: Parts, htaccess: Host["htaccess"], ground: Ground, at: Span): readonly Layer[] {
  const server = [main, own].map((parts): Layer => ({ kind: "server", when: always, placed: parts.own, directory: null, prefix: "", at }));
  const directories = directoryLayers([...main.directories, ...own.directories], htaccess, ground);
  const files = [...main.files, ...own.files, ...directories.flatMap(({ parts }) => parts.files)];
  const locations = [...main.locations, ...own.locations];
  const sections = [main, own, ...directories.map(({ parts }) => parts)];
  const late = (layers: readonly Layer[]): readonly Layer[] => layers.map((layer) => ({ ...layer, late: true }));
  const ofServer = [main, own].flatMap((parts) => parts.ifs);
  const ofDirectories = directories.flatMap(({ parts }) => parts.ifs);
  const ifs = [...ofServer, ...late(ofDirectories), ...late(sections.flatMap((parts) => parts.fileIfs)), ...sections.flatMap((parts) => parts.locationIfs)];
  const byNesting = ifs.toSorted((one, other) => (one.nesting ?? 0) - (other.nesting ?? 0));
  return [...server, ...directories.map(({ layer }) => layer), ...main.proxies, ...own.proxies, ...files, ...locations, ...byNesting];
}

interface Directory {
  readonly layer: Layer;
  readonly parts: Parts;
  readonly depth: number;
}

/** Deeper than any directory. */
const afterAll = 1_000_000;

function slashesIn(pattern: string): number {
  return pattern.split("/").length - 1;
}

/** Directories from the shortest to the longest, each followed by its `.htaccess`; patterns last, and of these first what has the fewest slashes. */
function directoryLayers(sections: Parts["directories"], htaccess: Host["htaccess"], ground: Ground): readonly Directory[] {
  const written = sections.map(({ path, regex, statement }): Directory => {
    const at = statement.node.span;
    const when = all(statement.guard, inDirectory(path, regex, statement, ground, at));
    if (regex) noteGroups({ subject: variable("file"), pattern: path, when, entered: true, at }, ground.groups);
    const parts = partsOf(statement.children, when, ground);
    const directory = regex || /[*?[]/.test(path) ? null : path === "/" ? "/" : `${path}/`;
    return { parts, depth: regex ? afterAll + slashesIn(path) : depthOf(path), layer: { kind: "directory", when, placed: parts.own, directory, prefix: withSlash(path), at } };
  });
  const files = htaccess
    .filter(({ allow }) => isRead(allow))
    .map(({ file, when, faults }): Directory => {
      const parts = partsOf(withoutFaults(file.statements, faults), when, ground);
      const layer: Layer = { kind: "htaccess", when, placed: parts.own, directory: `${file.directory}/`, prefix: `${file.directory}/`, at: file.at };
      return { parts, depth: depthOf(file.directory) + 0.5, layer };
    });
  return [...written, ...files].sort((a, b) => (a.depth === b.depth ? 0 : a.depth - b.depth));
}

/** Where the server refuses a directive, it answers 500 before the directive could do anything. */
function withoutFaults(statements: readonly Statement[], faults: readonly Fault[]): readonly Statement[] {
  if (faults.length === 0) return statements;
  const isSound = ({ node: { span } }: Statement): boolean => !faults.some(({ at }) => at.start >= span.start && at.start < span.end);
  // Without its condition a rule would say more than anybody meant.
  let halved = false;
  const isWhole = (statement: Statement): boolean => {
    const { key } = statement.node;
    const ofRule = key === "rewritecond" || key === "rewriterule";
    const kept = isSound(statement) && !(ofRule && halved);
    if (ofRule) halved = key === "rewritecond" && !kept;
    return kept;
  };
  return statements.filter(isWhole).map((statement) => ({ ...statement, children: withoutFaults(statement.children, faults) }));
}
