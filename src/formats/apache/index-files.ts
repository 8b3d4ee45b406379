import type { Condition } from "../../model/condition.ts";
import { all, any, methodIn, not, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { environmentSet } from "./environment.ts";
import { because, gate, implied, jump, label, latestFirst, matches, set, variable, variableIs } from "./gates.ts";
import { isFolder, scripts } from "./handler.ts";
import type { Layer } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { endless, lookup, lookupEnd, resumedAt } from "./lookup.ts";

/** mod_dir, first part: a directory without a slash at its end is redirected there. */
export function slashChain(at: Span): Chain {
  const open = not(testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at));
  const directory = testText(variable("file"), { kind: "onDisk", as: "directory", otherwise: false }, at);
  // For clients that cannot take a redirect to another method than GET.
  const careful = all(not(methodIn(["GET", "HEAD"], at)), environmentSet("redirect-carefully", at));
  const when = all(open, directory, variableIs("info", "", at), not(variableIs("slash", "off", at)), not(careful), variableIs("proxied", "", at));
  const to: Template = [{ kind: "field", field: "path" }, { kind: "text", text: "/" }, ...variable("args")];
  const why = because(at, "a directory is redirected to its name with a slash");
  return { name: "directory", gates: [implied(gate(when, { kind: "redirect", status: 301, to }, why, "slash-redirect"))] };
}

/** mod_dir, second part: the index files of a directory, one after the other, and what answers where no file lies. */
export function indexChains(layers: readonly Layer[], defaults: readonly string[], stage: string, at: Span): readonly Chain[] {
  const checked = not(all(variableIs("checkhandler", "on", at), any(not(variableIs("forced", "", at)), variableIs("proxied.late", "yes", at))));
  const ends = testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at);
  const asked = all(isFolder(at), ends, variableIs("proxied", "", at), variableIs("rw.lost", "", at), checked);
  const having = layers.filter((layer) => named(layer, "directoryindex").length > 0);
  const base: Layer = { kind: "server", when: all(), placed: [], directory: null, prefix: "", at };
  const index = latestFirst([base, ...having], (layer) => {
    const lines = named(layer, "directoryindex");
    const names = lines.length === 0 ? defaults : namesOf(lines.map(valuesOf));
    return indexGates(names, all(layer.when, asked), stage, { id: `index.${having.indexOf(layer)}`, at: lines[0]?.node.span ?? at });
  });
  return [{ name: "index", gates: index }, ...fallbackChains(layers, stage)];
}

/** Lines add up; `disabled` alone on a line takes back those before. */
function namesOf(lines: readonly (readonly string[])[]): readonly string[] {
  return lines.reduce<readonly string[]>((before, names) => (names.length === 1 && names[0]?.toLowerCase() === "disabled" ? [] : [...before, ...names]), []);
}

/** Where nobody can tell what is on disk, the first script is taken to be there, else the first name. */
function indexGates(names: readonly string[], when: Condition, stage: string, { id: own, at }: { readonly id: string; readonly at: Span }): readonly Gate[] {
  const likely = names.find((name) => new RegExp(`${scripts}$`).test(name)) ?? names[0];
  const again = names.map((_, index) => jump(`${own}.${index + 1}`, at, all(when, resumedAt(String(index + 1), at))));
  const tries = names.flatMap((name, index) => {
    const path: Template = name.startsWith("/") ? text(name) : [{ kind: "field", field: "path" }, { kind: "text", text: name }];
    return [label(`${own}.${index}`, at), ...lookup(when, { path, stage, at, next: String(index + 1), likely: name === likely, fallback: false })];
  });
  return [...again, ...tries, label(`${own}.${names.length}`, at)];
}

/** FallbackResource: asked for where no file lies and no handler is chosen. */
function fallbackChains(layers: readonly Layer[], stage: string): readonly Chain[] {
  const having = layers.filter((layer) => named(layer, "fallbackresource").length > 0);
  if (having.length === 0) return [];
  const gates = latestFirst(having, (layer) => {
    const placed = named(layer, "fallbackresource").at(-1);
    const [resource = "disabled"] = placed === undefined ? [] : valuesOf(placed);
    if (placed === undefined || resource.toLowerCase() === "disabled") return [];
    const at = placed.node.span;
    const absent = not(testText(variable("file"), { kind: "onDisk", as: "any", otherwise: false }, at));
    const plain = all(variableIs("forced", "", at), variableIs("byname", "", at), variableIs("bytype", "", at), variableIs("byalias", "", at), variableIs("proxied", "", at), variableIs("proxied.late", "", at), not(matches(variable("bare"), `${scripts}$`, at)));
    const when = all(layer.when, placed.guard, absent, plain, not(isFolder(at)));
    const path: Template = resource.startsWith("/") ? text(resource) : [...variable("folder.1"), { kind: "text", text: resource }];
    const folder = resource.startsWith("/") ? [] : [set("folder.1", variable("folder.1"), at, matches(fieldValue("path"), "^(.*/)", at, { captures: "folder." }))];
    const first = all(when, not(resumedAt("fallback", at)), variableIs("fallback", "", at));
    return [endless(when, at), ...folder, ...lookup(first, { path, stage, at, next: "fallback", likely: true, fallback: true })];
  });
  return [{ name: "fallback", gates }];
}

/** The end of the look for an index file or a fallback: at once when rules have rewritten it, and when nothing else was to be done. */
export function lookupEnds(layers: readonly Layer[], at: Span): { readonly rewritten: Chain; readonly last: Chain } {
  const redirects = layers.some((layer) => named(layer, "directoryindexredirect").length > 0) ? [301, 302, 303, 307, 308] : [];
  const end = (name: string, when: Condition): Chain => ({ name, gates: lookupEnd(when, redirects, at) });
  return { rewritten: end("rewritten lookup", not(variableIs("rw.done", "", at))), last: end("lookup", all()) };
}
