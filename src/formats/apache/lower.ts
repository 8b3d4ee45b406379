import type { Condition } from "../../model/condition.ts";
import { all, always, any, methodIn, never, not, test, testText } from "../../model/condition.ts";
import type { Case, Chain, Endpoint, Evidence, Gate, Program, Scope } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Problem, Span } from "../../source.ts";
import { accessChains } from "./access.ts";
import { actionGates } from "./actions.ts";
import type { Comparison } from "./again.ts";
import { comparison, onceOnly, patternGates, walked } from "./again.ts";
import { sectionRedirects, serverRedirects } from "./alias.ts";
import { authorizationChain, nobodyYet, sameUser } from "./authorization.ts";
import { fileChain } from "./content.ts";
import { fileWalk } from "./file-walk.ts";
import { addressGates, keepsSlashes, slashedGates } from "./slashes.ts";
import { credentialChains } from "./credentials.ts";
import { endpointsOf, joined } from "./endpoints.ts";
import { environmentGates, fixedEnvironment } from "./environment.ts";
import { withErrorPages } from "./error-pages.ts";
import type { Conditional, Statement } from "./expand.ts";
import { because, deny, gate, leave, set, variable, variableIs } from "./gates.ts";
import { choosingChain, handlerChain, lastStages, leaveOpen, requestChain, variantsChain } from "./handler.ts";
import { headLimits } from "./head-limits.ts";
import { ignoredDirectives, placeOf } from "./ignored.ts";
import { indexChains, lookupEnds, slashChain } from "./index-files.ts";
import type { Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { goingBack, inLookup, keepingRefusals, lookupBeginning, recursionGates, resumed } from "./lookup.ts";
import { bodyLimits, headerChains } from "./limits.ts";
import { withOpeners } from "./openers.ts";
import type { MapReading } from "./maps.ts";
import { methodsKnown } from "./methods.ts";
import { groupGates, ofAddress } from "./named-groups.ts";
import { isRead } from "./override.ts";
import { paceChains } from "./pace.ts";
import { misplacedChains } from "./misplaced.ts";
import { proxyGates, takenByProxy } from "./proxy.ts";
import { tidy } from "./tidy.ts";
import { climbs } from "./rewrite.ts";
import type { SectionRewriting } from "./rewrite-place.ts";
import { sectionRewriting, serverRewriting } from "./rewrite-place.ts";
import type { Host, Htaccess } from "./server.ts";
import { hostsOf, isAlone, type Defaults } from "./server.ts";
import { settingsGates } from "./settings.ts";
import type { Fault } from "./validate.ts";
import { faultOfProblem } from "./validate.ts";
import { writesOf } from "./writes.ts";

/** What there is to lower: the server's own statements, and `.htaccess` files with the problems of reading them. */
export interface Input {
  readonly at: Span;
  readonly statements: readonly Statement[];
  readonly htaccess: readonly (Htaccess & { readonly problems: readonly Problem[]; readonly faults: readonly Conditional[] })[];
  /** Addresses that pages in the tree post to. */
  readonly posted: readonly Endpoint[];
  /** What lies in the tree under a path. */
  readonly read: (path: string) => string | null;
  readonly defaults: Defaults;
  /** Whether the server is known to have no module with this directive. */
  lacks(key: string): boolean;
  /** Values that variables have before anything is read, and what a directory shows first. */
  readonly initial: Readonly<Record<string, string>>;
  readonly index: readonly string[];
  readonly ignored: readonly Evidence[];
  readonly missing: readonly Evidence[];
}

/** The stage in which every request begins, and begins again after an internal redirect. */
const stage = "server";

/** Internal redirects are counted by the rules that make them; this is only so that nothing goes on for ever. */
const mostPasses = 100;

/** What is forgotten when a request begins, or begins again. */
const forgotten = ["satisfied", "satisfy.any", "access.refused", "proxied", "proxied.late", "late.url", "fetched", "translated", "elsewhere", "forced", "forced.name", "byname", "byname.name", "bytype", "bytype.name", "byalias", "authtype", "authname", "authforbids", "slash", "pathinfo", "indexredirect", "info", "chosen", "page", "toolong", "kind", "above", "stays.here", "rw.done", "rw.lost", "rw.handler", "rw.ran", "rw.matched", "fails", "checkhandler"];

/** Lowers a whole configuration. Total: what the server refuses to read becomes a refusal, never an exception. */
export function lower(input: Input): Program {
  const answers = new Map<string, readonly Case[]>();
  const maps: MapReading = { read: input.read, complete: isComplete(input), answers };
  const hosts = hostsOf(input.statements, input.htaccess, input.defaults, maps, input.at);
  const methods = methodsKnown(input.statements);
  const scopes = hosts.map((host): Scope => ({ name: host.name, when: host.when, chains: chainsOf(host, input, methods), handler: "unknown", at: host.at, ...(host.entrance === undefined ? {} : { entrance: host.entrance }), ...signs(host) }));
  const last = scopes.at(-1);
  const server = last === undefined ? [] : [...scopes.slice(0, -1), { ...last, when: always }];
  const root = input.defaults.documentRoot ?? "";
  const folderOf = (directory: string): string => (root !== "" && directory.startsWith(root) ? directory.slice(root.length) : "");
  const named = endpointsOf([...input.htaccess.map((file) => ({ ...file, folder: folderOf(file.directory) })), ...(input.statements.length === 0 ? [] : [{ at: input.at, folder: "", statements: input.statements }])]);
  const endpoints = joined(named, input.posted);
  const program: Program = {
    format: "apache",
    layer: "server",
    at: input.at,
    stages: { [stage]: server, ...lastStages(input.at, server.some(leavesOpen)) },
    entry: stage,
    definitions: { https: httpsCases(input.at), ...Object.fromEntries(answers) },
    // The key may be another at every reading.
    volatile: [...answers.keys()],
    reroutes: { limit: mostPasses, status: 500 },
    ignored: input.ignored,
    missing: input.missing,
  };
  const statements = [...input.statements, ...input.htaccess.flatMap((file) => file.statements)];
  const tidied = withOpeners(tidy({ ...program, ...(endpoints.length === 0 ? {} : { endpoints }) }), statements);
  return { ...tidied, ignored: [...input.ignored, ...ignoredDirectives(statements, placesOf(tidied))] };
}

function leavesOpen({ chains }: Scope): boolean {
  return chains.some(({ gates }) => gates.some(({ effect }) => effect.kind === "enter" && effect.stage === "unknown"));
}

/** Whether all of a server's configuration is known. */
function isComplete({ statements, missing }: Input): boolean {
  return statements.length > 0 && missing.length === 0;
}

/** Where the directives stand that a program points at, by file and offset. */
function placesOf(program: Program): ReadonlySet<string> {
  const gates = Object.values(program.stages).flatMap((stages) => stages.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates)));
  return new Set(gates.flatMap((one) => one.because.map(({ at }) => placeOf(at))));
}

function signs({ layers }: Host): Pick<Scope, "writes"> {
  const writes = writesOf(layers);
  return writes.length === 0 ? {} : { writes };
}

function httpsCases(at: Span): readonly Case[] {
  const secure = test("scheme", { kind: "equals", value: text("https") }, at);
  return [
    { when: secure, value: text("on") },
    { when: always, value: text("off") },
  ];
}

/** The phases of a request in the order of the server's hooks. */
function chainsOf(host: Host, input: Input, methods: readonly string[]): readonly Chain[] {
  const { ground, layers, at } = host;
  const rewriting = sectionRewriting(host, stage);
  const compared = comparison(layers, at);
  const limits = bodyLimits(layers, host.main);
  const base = layers.filter((layer) => layer.kind === "server");
  const sections = layers.filter((layer) => layer.kind !== "server");
  const quiet = leave(at, any(inLookup(at), resumed(at)));
  const directives = [...host.main, ...host.own];
  const found = keepingRefusals(
    [
      ...serverRewriting(host, stage),
      { name: "proxies", gates: proxyGates([...host.own, ...host.main], layers, at) },
      { name: "arguments", gates: argumentGates(at) },
      { name: "server redirects", gates: [leave(at, any(variableIs("translated", "yes", at), takenByProxy(at))), ...groupGates(ground.groups.filter(ofAddress)), ...serverRedirects([...host.own, ...host.main], layers, ground.names, "redirect.server")] },
      fileChain(host),
      { name: "trace", gates: traceGates(directives, at) },
      ...brokenChains(host, input),
      { name: "sections", gates: [...walked(at), ...fileWalk(layers, ground.asFile, at), ...patternGates(ground.patterns), ...groupGates(ground.groups), ...ground.early.map(({ name, when, at: place }) => set(name, "yes", place, when)), ...compared.gates] },
      ...limits.noting,
      { name: "settings", gates: settingsGates(layers) },
      { name: "environment", gates: [quiet, ...environmentGates(sections, ground.names, "env")] },
      ...decidingChains(host, input, compared, rewriting),
    ],
    at,
  );
  const chains: readonly Chain[] = [
    { name: "address", gates: addressGates(keepsSlashes([...host.main, ...host.own]), at) },
    { name: "start", gates: beginning(host, input) },
    ...headLimits(host),
    ...limits.early,
    // No file is chosen yet.
    { name: "server environment", gates: [quiet, ...environmentGates(base, { ...ground.names, file: text("") }, "server env"), set("started", "yes", at)] },
    // Sections for addresses and conditions are asked before a path is decoded, and once more behind that.
    ...(ground.asking.length === 0 ? [] : [{ name: "questions", gates: ground.asking.map(({ when, at: place }) => leaveOpen(when, place, "asks the server itself about every request")) }]),
    ...limits.first([requestChain(says(directives, "allowencodedslashes", "on") ? "on" : says(directives, "allowencodedslashes", "nodecode") ? "nodecode" : "off", says(directives, "traceenable", "extended"), leadsUpwards(layers), at)]),
    ...limits.located,
    ...limits.first([...found.chains, found.refused, lookupEnds(layers, at).last, goingBack(stage, at), ...headerChains(layers, ground.names), ...credentialChains(layers, directives), choosingChain(layers, at), { name: "actions", gates: actionGates(host, stage) }, ...limits.chains, ...misplacedChains(layers, ground.documentRoot, at), handlerChain(layers, methods, at)]),
  ];
  return withErrorPages(chains, layers, stage, limits.again);
}

/** Whether the last of these directives says one of these words. */
function says(placed: readonly Placed[], key: string, ...words: readonly string[]): boolean {
  const line = placed.findLast(({ node }) => node.key === key);
  return line !== undefined && words.includes((valuesOf(line)[0] ?? "").toLowerCase());
}

/** Whether a rule of a section leads to the folder above, and so perhaps above the root. */
function leadsUpwards(layers: Host["layers"]): boolean {
  return layers.some((layer) => named(layer, "rewriterule").some((rule) => climbs({ substitution: valuesOf(rule)[1] ?? "" }) > 0));
}

/** The query with its question mark, as redirects add it. */
function argumentGates(at: Span, query: Template = fieldValue("query")): readonly Gate[] {
  const none = testText(query, { kind: "equals", value: text("") }, at);
  return [set("args", "", at), set("args", [{ kind: "text", text: "?" }, ...query], at, not(none))];
}

/** The phases in which the sections that apply are known, up to the search for a file. */
function decidingChains(host: Host, input: Input, compared: Comparison, rewriting: SectionRewriting): readonly Chain[] {
  const { ground, layers, at } = host;
  const sections = layers.filter((layer) => layer.kind !== "server");
  const access = [...accessChains(layers), ...authorizationChain(layers, ground.names, { alone: isAlone(host), lacks: input.lacks })];
  const passed = any(resumed(at), compared.same ?? never);
  return [
    ...paceChains([...host.main, ...host.own], at),
    sameUser(at, passed),
    ...onceOnly(access, passed, at),
    ...variantsChain(layers, at),
    ...rewriting.chains,
    ...(rewriting.chains.length === 0 ? [] : [{ name: "arguments of rules", gates: [leave(at, variableIs("rw.ran", "", at)), ...argumentGates(at, variable("rw.args"))] }]),
    { name: "fixed environment", gates: fixedEnvironment(layers) },
    { name: "redirects", gates: sectionRedirects(sections, ground.names) },
    slashChain(at),
    lookupEnds(layers, at).rewritten,
    { name: "rewritten", gates: rewriting.afterwards },
    ...indexChains(layers, input.index, stage, at),
  ];
}

function beginning({ at, main, own, ground }: Host, input: Input): readonly Gate[] {
  const engine = [...main, ...own].findLast(({ node }) => node.key === "rewriteengine");
  const on = engine !== undefined && (valuesOf(engine)[0] ?? "").toLowerCase() === "on";
  return [
    ...lookupBeginning(at),
    ...[...forgotten, ...ground.early.map(({ name }) => name)].map((name) => set(name, "", at)),
    ...Object.entries(input.initial).map(([name, value]) => set(name, value, at)),
    // What was not read may name them.
    ...["authfile", "groupfile"].map((name) => set(name, isComplete(input) ? "" : "yes", at)),
    ...nobodyYet(at, isComplete(input)),
    ...recursionGates([...main, ...own], at),
    set("first", "", at),
    set("first", "yes", at, variableIs("started", "", at)),
    set("status", "200", at),
    set("status", variable("kept"), at, all(not(variableIs("kept", "", at)), not(inLookup(at)))),
    set("subreq", "false", at),
    set("subreq", "true", at, inLookup(at)),
    set("protocol", fieldValue("protocol"), at),
    set("protocol", "INCLUDED", at, inLookup(at)),
    ...(ground.documentRoot === null ? [] : [set("context.root", ground.documentRoot, at)]),
    set("context.prefix", "", at),
    set("engine", on ? "on" : "off", at),
    ...(keepsSlashes([...main, ...own]) ? slashedGates(at) : []),
    set("target", fieldValue("path"), at),
  ];
}

/** TRACE is answered by the server itself before any section is looked at. */
function traceGates(placed: readonly Placed[], at: Span): readonly Gate[] {
  const line = placed.findLast(({ node }) => node.key === "traceenable");
  const trace = all(methodIn(["TRACE"], at), variableIs("proxied", "", at));
  if (line !== undefined && (valuesOf(line)[0] ?? "").toLowerCase() === "off") {
    return [deny(trace, 405, because(line.node.span, "switches TRACE off"), "method")];
  }
  return [gate(trace, { kind: "answer", status: 200 }, because(line?.node.span ?? at, "answers TRACE"), "none")];
}

function brokenGate({ at, message, intended, ...fault }: Fault, when: Condition): Gate {
  const one = deny(all(when, fault.when), 500, because(at, message), "unreadable-configuration");
  return intended === undefined ? one : { ...one, intended };
}

/** A `.htaccess` that cannot be read makes every request to its directory a 500. */
function brokenChains(host: Host, input: Input): readonly Chain[] {
  const gates = host.htaccess
    .filter(({ allow }) => isRead(allow))
    .flatMap(({ file, when, faults }) => {
      const read = input.htaccess.find((one) => one.directory === file.directory && one.at.file === file.at.file);
      const found = [...(read?.problems ?? []).map(faultOfProblem), ...(read?.faults ?? []), ...faults];
      // The server stops at the first.
      return found.toSorted((a, b) => a.at.start - b.at.start).map((fault) => brokenGate(fault, when));
    });
  return gates.length === 0 ? [] : [{ name: "configuration", gates }];
}
