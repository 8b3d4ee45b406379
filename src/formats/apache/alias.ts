import type { Condition } from "../../model/condition.ts";
import { all } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import type { Alias } from "./content.ts";
import { interpolate } from "./expression.ts";
import { redirectFix } from "./fixes.ts";
import { because, deny, fixable, gate, matches, quoted, set, variable } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import type { Names } from "./variables.ts";

const keys = ["redirect", "redirectmatch", "redirecttemp", "redirectpermanent"] as const;

/** One Redirect line as the server understands it. */
interface Redirection {
  readonly status: number;
  /** Null for the form in a section that has no path of its own. */
  readonly from: string | null;
  readonly to: string | null;
  readonly regex: boolean;
}

/** Redirects of sections and `.htaccess` files: those of the last section first, all of them in force. */
export function sectionRedirects(layers: readonly Layer[], names: Names): readonly Gate[] {
  const latest = layers.toReversed();
  const whole = latest.flatMap((layer, index) => redirectGates(named(layer, ...keys).filter(isWhole).toReversed(), layer.when, names, `redirect.${index}`));
  const rest = latest.flatMap((layer, index) => redirectGates(named(layer, ...keys).filter((placed) => !isWhole(placed)), layer.when, names, `redirect.${index}`));
  return [...whole, ...rest];
}

/** The form in a section that has no path of its own: it comes first, and the latest one counts. */
function isWhole(placed: Placed): boolean {
  return redirection(placed).from === null;
}

/** Redirects of the server itself, in file order; before them those without a path of their own, in sections that are known by then. */
export function serverRedirects(placed: readonly Placed[], layers: readonly Layer[], names: Names, id: string): readonly Gate[] {
  const known = layers.filter(({ kind, late }) => late !== true && (kind === "location" || kind === "if")).toReversed();
  const whole = known.flatMap((layer, index) => redirectGates(named(layer, ...keys).filter(isWhole).toReversed(), layer.when, names, `${id}.${index}`));
  return [...whole, ...redirectGates(placed.filter(({ node }) => keys.some((key) => key === node.key)), all(), names, id)];
}

function redirectGates(lines: readonly Placed[], when: Condition, names: Names, id: string): readonly Gate[] {
  return lines.flatMap((placed, line) => lineGates(placed, when, names, `${id}.${line}.`));
}

function lineGates(placed: Placed, when: Condition, names: Names, captures: string): readonly Gate[] {
  const { node, guard } = placed;
  const at = node.span;
  const { status, from, to, regex } = redirection(placed);
  const held = from === null ? all() : regex ? matches(fieldValue("path"), from, at, { captures }) : prefixMatches(from, captures, at);
  const whole = all(when, guard, held);
  if (status < 300 || status > 399) return [deny(whole, status, because(at, "refuses"), status === 403 && regex ? "waf-match" : "fixed-answer")];
  const effect = { kind: "redirect", status, to: target(from, to ?? "", regex, captures, names) } as const;
  const redirects = fixable(gate(whole, effect, because(at, "redirects"), "redirect"), redirectFix(placed, status));
  if (!regex || from === null || to === null || !/\$\d/.test(to) || to.includes("?")) return [redirects];
  // What is filled in may bring a query of its own.
  const brings = all(when, guard, matches(fieldValue("path"), "\\?", at), held, matches(withGroups(to, captures), "\\?", at));
  return [set(`${captures}args`, variable("args"), at), set(`${captures}args`, "", at, brings), redirects];
}

/** A path matches itself and what is below it, by whole segments. */
function prefixMatches(from: string, captures: string, at: Span): Condition {
  return matches(fieldValue("path"), prefixPattern(from), at, { captures });
}

/** What is behind a prefix, as the first group; a slash stands for any number of them (`alias_matches`). */
export function prefixPattern(prefix: string): string {
  const pattern = quoted(prefix).replace(/(?:\\\/)+/g, "\\/+");
  return prefix.endsWith("/") ? `^${pattern}(.*)$` : `^${pattern}($|/.*$)`;
}

function target(from: string | null, to: string, regex: boolean, captures: string, names: Names): Template {
  // The query goes along where the target has none of its own.
  const query = to.includes("?") ? [] : variable("args");
  if (from === null) return [...interpolate(to, names), ...query];
  if (!regex) return [{ kind: "text", text: to }, { kind: "field", field: `var:${captures}1` }, ...query];
  return [...withGroups(to, captures), ...(/\$\d/.test(to) && query.length > 0 ? variable(`${captures}args`) : query)];
}

/** A text with the groups of a pattern filled in: `$1`, and a backslash before what stands for itself. */
export function withGroups(to: string, captures: string): Template {
  return to.split(/(\$\d|\\.)/).map((piece) => {
    if (/^\$\d$/.test(piece)) return { kind: "field", field: `var:${captures}${piece.slice(1)}` } as const;
    return { kind: "text", text: piece.startsWith("\\") && piece.length === 2 ? piece.slice(1) : piece } as const;
  });
}

const statusWords: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

function redirection(placed: Placed): Redirection {
  const words = valuesOf(placed);
  const [first = ""] = words;
  const given = statusWords[first.toLowerCase()] ?? (/^\d/.test(first) ? Number.parseInt(first, 10) : null);
  // The first of three is the status, whatever fills it in.
  const hasStatus = (given !== null && placed.node.key.length <= "redirectmatch".length) || words.length > 2;
  const rest = hasStatus ? words.slice(1) : words;
  const status = given ?? (placed.node.key === "redirectpermanent" ? 301 : 302);
  const regex = placed.node.key === "redirectmatch";
  const refuses = status < 300 || status > 399;
  if (refuses) return { status, from: rest[0] ?? null, to: null, regex };
  if (rest.length < 2) return { status, from: null, to: rest[0] ?? "", regex };
  return { status, from: rest[0] ?? "", to: rest[1] ?? "", regex };
}

/** Aliases of the server, in the order in which they are tried. */
export function aliasesOf(placed: readonly Placed[]): readonly Alias[] {
  return placed.flatMap((one) => {
    const [url, directory] = valuesOf(one);
    const { key, span } = one.node;
    if (!/^(script)?alias(match)?$/.test(key) || url === undefined || directory === undefined) return [];
    return [{ url, directory: directory.replace(/(.)\/+$/, "$1"), at: span, script: key.startsWith("script"), pattern: key.endsWith("match") }];
  });
}
