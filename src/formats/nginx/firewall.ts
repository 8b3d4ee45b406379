import { compose, express, type Part } from "../compose.ts";
import type { Embedded } from "../format.ts";
import type { Context } from "./context.ts";
import { blocksOf, own } from "./context.ts";
import type { Assembled } from "./include.ts";
import { locationName, type LocationName } from "./location-name.ts";
import type { Word } from "./parse.ts";
import { unescape } from "./parse.ts";

/**
 * The ModSecurity rules of a configuration as one rule file: those of a server or a location stand in a section for its
 * requests, together with what it inherits (msc_rules_merge of the connector). Where nothing says `modsecurity on`, the
 * part that says so is taken to lie elsewhere.
 */
export function firewallRules({ main, files, ruleFiles }: Assembled): readonly Embedded[] {
  const [start] = files;
  const parts = rulesOf({ context: main, on: !says(main, "modsecurity"), inherited: [], ruleFiles });
  const holdsRules = says(main, "modsecurity_rules") || ruleFiles.size > 0;
  return start === undefined || !holdsRules || parts.length === 0 ? [] : [{ format: "modsecurity", file: compose(`${start.path}/modsecurity`, [...connector(parts), ...parts]) }];
}

/** Says that it is nginx's connector that runs the rules. */
function connector([first]: readonly Part[]): readonly Part[] {
  return first === undefined ? [] : [express("SecConnector nginx\n", first.at)];
}

function says(context: Context, name: string): boolean {
  return own(context, name).length > 0 || context.items.some(({ block }) => block !== null && says(block, name));
}

interface Step {
  readonly context: Context;
  /** Whether the firewall is on around this block. */
  readonly on: boolean;
  /** Rules of the blocks around, as long as the firewall is off there. */
  readonly inherited: readonly Part[];
  readonly ruleFiles: Assembled["ruleFiles"];
}

function rulesOf({ context, on, inherited, ruleFiles }: Step): readonly Part[] {
  const written = context.items.flatMap(({ directive }): readonly Part[] => {
    const word = directive.name.value === "modsecurity_rules" ? directive.args[0] : undefined;
    if (word !== undefined) return [unescaped(word), express("\n", { ...word.at, start: word.at.end })];
    const file = ruleFiles.get(directive);
    return file === undefined ? [] : [express(`Include "${file}"\n`, directive.head)];
  });
  const value = own(context, "modsecurity").at(-1);
  const here = value === undefined ? on : value.args[0]?.value === "on";
  const below = (rules: readonly Part[]): readonly Part[] =>
    context.items.flatMap(({ block }) => (block === null ? [] : rulesOf({ context: block, on: here, inherited: rules, ruleFiles })));
  if (!here) return [...(on && value !== undefined ? section(context, [express("SecRuleEngine Off\n", value.head)]) : []), ...below([...inherited, ...written])];
  const inside = [...(on ? [] : inherited), ...written, ...below([])];
  return inside.length === 0 ? [] : section(context, inside);
}

/** The text nginx hands to the firewall: its own five escapes are gone. */
function unescaped({ raw, quoted, at }: Word): Part {
  const inner = quoted ? raw.slice(1, -1) : raw;
  const offset = at.start + Number(quoted);
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  for (const found of inner.matchAll(/\\["'\\trn]|[^]/g)) {
    const plain = unescape(found[0]);
    text += plain;
    starts.push(offset + found.index);
    ends.push(offset + found.index + found[0].length);
  }
  return { text, at, spelling: { style: "word", indentation: "", characters: { starts, ends } } };
}

/** What a section is for, as the reader of rule files takes it: `host`, `path` and their opposites are patterns. */
type Where = readonly (readonly [key: "host" | "path" | "not-host" | "not-path" | "unknown", pattern: string])[];

function section(context: Context, inside: readonly Part[]): readonly Part[] {
  const at = context.opener?.head;
  const where = context.kind === "server" ? whereOfServer(context) : context.kind === "location" ? whereOfLocation(context) : [];
  if (at === undefined || where.length === 0) return inside;
  const words = where.map(([key, pattern]) => ` "${`${key}=${pattern}`.replace(/["\\]/g, "\\$&")}"`);
  return [express(`<Place${words.join("")}>\n`, at), ...inside, express("</Place>\n", at)];
}

/** Past this many neighbours nobody is told apart any more. */
const mostNeighbours = 60;

function whereOfServer(context: Context): Where {
  const others = neighbours(context, "server");
  if (others.length === 0) return [];
  const [mine, theirs] = [hostPatterns(context), others.flatMap((other) => hostPatterns(other) ?? [])];
  if (mine === null || others.length > mostNeighbours) return [["unknown", "which server takes the request"]];
  return mine.length > 0 ? [["host", mine.join("|")]] : theirs.map((pattern) => ["not-host", pattern] as const);
}

function neighbours(context: Context, kind: "server" | "location"): readonly Context[] {
  return context.parent === null ? [] : blocksOf(context.parent, kind).filter((other) => other.items !== context.items);
}

/** Patterns of the names of a server; none for one that takes what is left; null when a template fills in a name. */
function hostPatterns(server: Context): readonly string[] | null {
  const words = own(server, "server_name").flatMap((directive) => directive.args);
  if (words.some((word) => word.template)) return null;
  return words.flatMap(({ value }) => {
    if (value === "" || value === "_") return [];
    if (value.startsWith("~")) return [`(?i:${value.slice(1)})`];
    if (value.startsWith(".")) return [`(?i:^(?:.*\\.)?${literal(value.slice(1))}$)`];
    return [`(?i:^${value.split("*").map(literal).join(".*")}$)`];
  });
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The path is the location's own, and none that another one takes first (ngx_http_core_find_location). */
function whereOfLocation(context: Context): Where {
  const name = locationName(context);
  const around = neighbours(context, "location");
  const others = around.flatMap((other) => locationName(other) ?? []);
  if (name === null || name.kind === "named" || name.word.template || around.length > mostNeighbours) return [["unknown", "which location takes the request"]];
  const before = others.filter((other) => takesFirst(other, name)).map((other) => ["not-path", patternOf(other)] as const);
  return [["path", patternOf(name)], ...before];
}

function patternOf({ kind, word, ignoreCase }: LocationName): string {
  if (kind === "regex") return ignoreCase ? `(?i:${word.value})` : word.value;
  return `^${literal(word.value)}${kind === "exact" ? "$" : ""}`;
}

function takesFirst(other: LocationName, name: LocationName): boolean {
  if (other.kind === "named" || other.word.template || name.kind === "exact") return false;
  if (other.kind === "exact") return true;
  if (other.kind === "regex") return name.kind === "prefix" || (name.kind === "regex" && other.word.at.start < name.word.at.start);
  return name.kind === "regex" ? other.kind === "firm-prefix" : other.word.value.length > name.word.value.length && other.word.value.startsWith(name.word.value);
}
