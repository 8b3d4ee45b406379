import type { Condition } from "../../model/condition.ts";
import { all, not, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { prefixPattern, withGroups } from "./alias.ts";
import { interpolate } from "./expression.ts";
import { because, deny, gate, jump, label, matches, quoted, set, variable, variableIs } from "./gates.ts";
import { leaveOpen, scripts } from "./handler.ts";
import { fetchedGates } from "./proxy.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import type { Ground } from "./sections.ts";
import { keepsSlashes, mergedGates } from "./slashes.ts";
import { userDirectories } from "./user-directories.ts";

/** Stands for a document root that is not known: a name no environment has anything to say about. */
const unknownRoot = "/(document root)";

/** An alias of the server: URL prefix to directory; `script` ones hold programs. */
export interface Alias {
  readonly url: string;
  readonly directory: string;
  readonly at: Span;
  readonly script: boolean;
  /** The URL is a regular expression, and the directory may hold its groups. */
  readonly pattern: boolean;
}

/** What a server maps URLs by. */
export interface Mapping {
  readonly ground: Ground;
  readonly aliases: readonly Alias[];
  readonly layers: readonly Layer[];
  readonly main: readonly Placed[];
  readonly own: readonly Placed[];
  readonly at: Span;
}

/** Chooses the file for a URL, and splits off what follows it (`PATH_INFO`). */
export function fileChain({ ground, aliases, layers, main, own, at }: Mapping): Chain {
  const users = userDirectories([...main, ...own], path(ground), at);
  const root = ground.documentRoot ?? unknownRoot;
  const file = variable("file");
  // A folder above the root may be called like a file.
  const folders = [root, ...aliases.map(({ directory }) => plainStart(directory)), ...users.folders];
  const roots = folders.map(quoted);
  const start = `(?:${roots.join("|")})`;
  const script = matches(file, `^(${start}/.*?${scripts})(/.*)$`, at, { captures: "script." });
  const dotted = matches(file, `^(${start}/(?:.*?/)?[^/]+\\.[^/.]+)(/.*)$`, at, { captures: "dotted." });
  const there = (part: string, otherwise: boolean): Condition => testText(variable(part), { kind: "onDisk", as: "file", otherwise }, at);
  return {
    name: "file",
    gates: [
      deny(variableIs("above", "yes", at), 403, because(at, "a rule leads above the root"), "broken-configuration"),
      set("file", [{ kind: "text", text: root }, ...path(ground)], at),
      set("file", variable("target"), at, variableIs("elsewhere", "yes", at)),
      ...users.gates,
      ...aliases.toReversed().flatMap((alias, index) => aliasGates(alias, path(ground), `alias.${index}.`)),
      ...layers.flatMap((layer) => sectionAliases(layer, ground, keepsRest(layers))),
      ...(keepsSlashes([...main, ...own]) || ground.target !== "path" ? mergedGates(at) : []),
      gate(all(), { kind: "walk", roots: folders, file: "file", rest: "info", folder: "dir" }, because(at, "the server looks for the file"), "none"),
      jump("named", at, not(variableIs("info", "", at))),
      set("info", variable("script.3"), at, all(script, there("script.1", true))),
      set("file", variable("script.1"), at, not(variableIs("info", "", at))),
      jump("named", at, not(variableIs("info", "", at))),
      set("info", variable("dotted.2"), at, all(dotted, there("dotted.1", false))),
      set("file", variable("dotted.1"), at, not(variableIs("info", "", at))),
      label("named", at),
      set("name", variable("name.1"), at, matches(variable("file"), "([^/]*)$", at, { captures: "name." })),
      // Dots that a name begins with begin no extension.
      set("bare", "", at),
      set("bare", variable("bare.1"), at, matches(variable("file"), "([^/.][^/]*)$", at, { captures: "bare." })),
      ...(ground.mayProxy ? fetchedGates(at) : []),
    ],
  };
}

function path(ground: Ground): Template {
  return fieldValue(ground.target);
}

/** An Alias of a section leads to one file or directory, whatever follows the section's own path. */
function sectionAliases(layer: Layer, { names }: Ground, open: boolean): readonly Gate[] {
  return named(layer, "alias", "scriptalias").flatMap((placed) => {
    const [to, ...more] = valuesOf(placed);
    const at = placed.node.span;
    if (layer.kind === "server" || to === undefined || more.length > 0) return [];
    const when = all(layer.when, placed.guard, variableIs("translated", "", at));
    if (open) return [leaveOpen(when, at, "keeps what follows the section's path")];
    return [set("file", interpolate(to.replace(/(.)\/+$/, "$1"), names), at, when), set("elsewhere", "yes", at, when), set("byalias", placed.node.key === "scriptalias" ? "app" : "", at, when)];
  });
}

/** Whether AliasPreservePath may be on somewhere. */
function keepsRest(layers: readonly Layer[]): boolean {
  return layers.some((layer) => named(layer, "aliaspreservepath").some((placed) => (valuesOf(placed)[0] ?? "").toLowerCase() === "on"));
}

/** The part of a directory before anything that is filled in. */
function plainStart(directory: string): string {
  return directory.replace(/\/[^/]*\$\d.*$/s, "");
}

function aliasGates(alias: Alias, path: Template, captures: string): readonly Gate[] {
  const { at, url, directory, script } = alias;
  if (alias.pattern) {
    const matched = all(variableIs("translated", "", at), matches(path, url, at, { captures }));
    return [set("file", withGroups(directory, captures), at, matched), set("byalias", script ? "app" : "", at, matched)];
  }
  const here = all(variableIs("translated", "", at), matches(path, prefixPattern(url), at, { captures }));
  const slash = url.endsWith("/") ? `${directory}/` : directory;
  return [set("file", [{ kind: "text", text: slash }, ...variable(`${captures}1`)], at, here), set("byalias", script ? "app" : "", at, here), set("context.prefix", url, at, here), set("context.root", alias.directory, at, here)];
}
