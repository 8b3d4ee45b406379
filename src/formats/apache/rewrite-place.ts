import type { Condition } from "../../model/condition.ts";
import { all, any, not, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, jump, label, leave, set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { silent } from "./override.ts";
import { rewriting } from "./rewrite.ts";
import type { Merged } from "./rewrite-merge.ts";
import { variantsOf, wordsOf } from "./rewrite-merge.ts";
import { rulesetOf } from "./rewrite-parse.ts";
import type { RewriteContext } from "./rewrite-step.ts";
import type { Host } from "./server.ts";
import { isAlone } from "./server.ts";

const spoken = ["rewriteengine", "rewritebase", "rewriteoptions", "rewritecond", "rewriterule"] as const;
const keys = [...spoken, ...spoken.map(silent)];
const ruleKeys = ["rewritecond", "rewriterule"] as const;

/** Rewriting in sections and `.htaccess` files: its gates, and what comes into force at the end of their phase. */
export interface SectionRewriting {
  readonly chains: readonly Chain[];
  readonly afterwards: readonly Gate[];
}

/** Rules of the server itself, applied before a file is chosen. A virtual host does not inherit those outside of it. */
export function serverRewriting(host: Host, stage: string): readonly Chain[] {
  const placed = host.own.length > 0 ? host.own : host.main;
  const base = [...host.main, ...host.own].findLast(({ node }) => node.key === "rewriteengine");
  const early = host.layers.flatMap((layer) => ((layer.kind === "location" || layer.kind === "if") && layer.late !== true ? named(layer, "rewriteengine").map((line) => ({ line, when: all(layer.when, line.guard) })) : []));
  const engine = [...early.map(({ line }) => line), ...(base === undefined ? [] : [base])].findLast(isOn);
  if (engine === undefined) return [];
  const { rules } = rulesetOf(placed.filter(({ node }) => ruleKeys.some((key) => key === node.key)));
  if (rules.length === 0) return [];
  const context: RewriteContext = { id: "server", section: null, documentRoot: host.ground.documentRoot, rooted: host.ground.rooted, context: false, unsafePrefix: wordsOf(placed.filter(({ node }) => node.key === "rewriteoptions")).has("unsafeprefixstat"), proxies: false, names: { ...host.ground.names, early: true }, ownNames: host.ownNames, at: engine.node.span };
  const { gates, afterwards } = rewriting(rules, context, stage);
  const at = engine.node.span;
  const switches = [set("engine.early", base !== undefined && isOn(base) ? "on" : "off", at), ...early.map(({ line, when }) => set("engine.early", isOn(line) ? "on" : "off", line.node.span, when))];
  const stop = [leave(at, ended(at)), ...(early.length === 0 ? [] : [...switches, leave(at, not(variableIs("engine.early", "on", at)))])];
  return [{ name: "server rewriting", gates: [...stop, ...gates, ...afterwards, set("rw.done", "", engine.node.span)] }];
}

function isOn(line: Placed): boolean {
  return (valuesOf(line)[0] ?? "").toLowerCase() === "on";
}

/** The flag END was met: for the request itself, not for the look for an index file. */
function ended(at: Span): Condition {
  return all(variableIs("end", "yes", at), variableIs("index", "", at));
}

/** The rules of the last section that has any directive of the module; those of earlier ones only where it inherits. */
export function sectionRewriting(host: Host, stage: string): SectionRewriting {
  const { layers, main, own: ofHost, at } = host;
  const having = layers.filter((layer) => layer.kind !== "server" && named(layer, ...keys).length > 0);
  const lines = [...main, ...ofHost].filter(({ node }) => node.key === "rewriteoptions");
  const server = lines.length === 0 ? null : wordsOf(lines);
  const gates: Gate[] = [];
  const afterwards: Gate[] = [];
  for (let index = having.length - 1; index >= 0; index -= 1) {
    const layer = having[index];
    if (layer === undefined) continue;
    const past = `rewrite.${index}.past`;
    gates.push(jump(past, layer.at, not(layer.when)));
    for (const [number, { merged, when }] of variantsOf(having.slice(0, index + 1), server).entries()) {
      const next = `rewrite.${index}.next.${number}`;
      const own = layerRewriting(layer, merged, `rewrite.${index}${number === 0 ? "" : `.${number}`}`, host, stage);
      gates.push(jump(next, layer.at, not(when)), ...own.gates, leave(layer.at), label(next, layer.at));
      afterwards.push(...own.afterwards);
    }
    gates.push(label(past, layer.at));
  }
  return { chains: having.length === 0 ? [] : [{ name: "rewriting", gates: [leave(at, ended(at)), leave(at, any(...["wsgi:", "ajp:"].map((other) => variableIs("proxied", other, at)))), ...gates] }], afterwards };
}

function layerRewriting(layer: Layer, { rules, options, base }: Merged, id: string, host: Host, stage: string): { gates: readonly Gate[]; afterwards: readonly Gate[] } {
  const { documentRoot, rooted, names } = host.ground;
  const off = leave(layer.at, not(variableIs("engine", "on", layer.at)));
  const at = named(layer, "rewriteengine").at(-1)?.node.span ?? rules[0]?.placed.node.span ?? layer.at;
  const urlPrefix = prefixOf(layer, documentRoot);
  const allowed = [off, ...(options.has("allownoslash") ? [] : itself(layer, urlPrefix)), links(at, host.layers, isAlone(host))];
  if (rules.length === 0) return { gates: allowed, afterwards: [] };
  const section = { directory: layer.directory, prefix: layer.prefix, base, sentPrefix: rooted ? layer.prefix.replace(/^(?!\/)/, "/") : (urlPrefix ?? "/") };
  const { gates, afterwards } = rewriting(rules, { id, section, documentRoot, rooted, context: options.has("ignorecontextinfo"), unsafePrefix: false, proxies: mayRunOnProxied(layer, host), names, ownNames: host.ownNames, at }, stage);
  return { gates: [...allowed, ...gates], afterwards };
}

/** Directories and their files have no say in what a proxy answers. */
function mayRunOnProxied({ kind }: Layer, { ground }: Host): boolean {
  return ground.mayProxy && kind !== "directory" && kind !== "htaccess" && kind !== "files";
}

/** A directory asked for without its slash is left to be redirected. */
function itself({ directory, at }: Layer, urlPrefix: string | null): readonly Gate[] {
  if (directory === null || urlPrefix === null || urlPrefix === "/") return [];
  return [leave(at, testText(variable("file"), { kind: "equals", value: text(directory.slice(0, -1)) }, at))];
}

/** The URL of a directory below the document root, with a slash at both ends; null of others. */
export function prefixOf(layer: Layer, documentRoot: string | null): string | null {
  if (layer.directory === null || documentRoot === null || !layer.directory.startsWith(`${documentRoot}/`)) return null;
  return layer.directory.slice(documentRoot.length);
}

/** Without the right to follow links the module refuses every request (AH00670). */
function links(at: Span, layers: readonly Layer[], alone: boolean): Gate {
  const none = all(variableIs("options.links", "off", at), variableIs("options.owner", "off", at));
  const options = layers.flatMap((layer) => named(layer, "options"));
  const last = options.at(-1)?.node.span ?? at;
  const why = because(last, "rules may not rewrite while Options FollowSymLinks and SymLinksIfOwnerMatch are off", { at, note: "turns rewriting on" });
  const one = deny(none, 403, why, "contradiction");
  return alone && !options.some(saysOfOwners) ? { ...one, intended: "the server's own Options may have SymLinksIfOwnerMatch, which is enough" } : one;
}

/** Whether an Options line says something about links to what belongs to the same owner. */
function saysOfOwners(placed: Placed): boolean {
  const words = valuesOf(placed);
  return words.some((word) => /symlinksifownermatch/i.test(word)) || !/^[+-]/.test(words[0] ?? "");
}
