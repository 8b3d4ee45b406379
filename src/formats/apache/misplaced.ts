import type { Condition } from "../../model/condition.ts";
import { all, not, test, testText } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, matches, quoted, variable, variableIs } from "./gates.ts";
import type { Layer } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { prefixOf } from "./rewrite-place.ts";
import { rulesetOf, type Rule } from "./rewrite-parse.ts";

/**
 * What a `.htaccess` does not find because its rules are written for the folder above, or for everything with a star that
 * is escaped: patterns are compared with what follows the folder of the file, and never begin with its name. Asked where a
 * file is about to answer.
 */
export function misplacedChains(layers: readonly Layer[], documentRoot: string | null, at: Span): readonly Chain[] {
  const gates = layers.flatMap((layer) => {
    const folder = layer.kind === "htaccess" ? (prefixOf(layer, documentRoot) ?? "") : "";
    return isOn(layer) ? rulesetOf(named(layer, "rewriterule")).rules.flatMap((rule) => [...misplaced(rule, folder, layer), ...escaped(rule, folder, layer)]) : [];
  });
  // Other methods are answered before a file is looked for, and folders in other ways.
  const folder = testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at);
  const isFile = all(variableIs("kind", "static", at), variableIs("error", "", at), test("sentMethod", { kind: "in", values: ["GET", "HEAD", "POST"] }, at), not(folder));
  return gates.length === 0 ? [] : [{ name: "rules that find nothing", gates: gates.map((one) => ({ ...one, when: all(isFile, one.when) })) }];
}

function isOn(layer: Layer): boolean {
  const last = named(layer, "rewriteengine").at(-1);
  return last !== undefined && (valuesOf(last)[0] ?? "").toLowerCase() === "on";
}

/** A rule that leads on inside of the server, if only its pattern began behind the folder. */
function misplaced(rule: Rule, folder: string, layer: Layer): readonly Gate[] {
  const { pattern, flags } = rule;
  const [, parent = "", name = ""] = /^(\/(?:.*\/)?)([\w-]+)\/$/.exec(folder) ?? [];
  if (name === "" || !leadsOn(rule) || !pattern.startsWith(`^${name}/`) || /^\??\$?$/.test(pattern.slice(name.length + 2))) return [];
  const meant = matches(fieldValue("path"), `^${quoted(parent)}(?:${pattern.slice(1)})`, rule.placed.node.span, { ignoreCase: flags.ignoreCase });
  return [nothing(rule, layer, meant, `in \`${name}/\` a pattern is compared with what follows \`${name}/\`, so that this one finds nothing`)];
}

/** A rule for everything whose star has a backslash before it, as programs for text put it there. */
function escaped(rule: Rule, folder: string, layer: Layer): readonly Gate[] {
  if (!/^\^?\(?\.\\\*\)?\$?$/.test(rule.pattern) || !leadsOn(rule)) return [];
  const meant = matches(fieldValue("path"), `^${quoted(folder === "" ? "/" : folder)}`, rule.placed.node.span);
  return [nothing(rule, layer, meant, "a star behind a backslash is a star and nothing else, so that this pattern finds nothing")];
}

function leadsOn({ negated, substitution, flags }: Rule): boolean {
  return !negated && substitution !== "-" && flags.status === null && flags.redirect === null;
}

/** What a rule was meant for, and nothing answers. */
function nothing({ placed }: Rule, layer: Layer, meant: Condition, note: string): Gate {
  const at = placed.node.span;
  const absent = (as: "file" | "directory"): Condition => not(testText(variable("file"), { kind: "onDisk", as }, at));
  return deny(all(layer.when, placed.guard, meant, absent("file"), absent("directory")), 404, because(at, note), "contradiction");
}
