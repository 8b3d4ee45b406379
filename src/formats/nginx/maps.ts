import type { Condition } from "../../model/condition.ts";
import { all, always, any, not, test, testText } from "../../model/condition.ts";
import type { Case } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import { NAMED_GROUP, pattern } from "./conditions.ts";
import type { Context } from "./context.ts";
import { own } from "./context.ts";
import { geoCases } from "./geo.ts";
import type { Site } from "./lowering.ts";
import { use } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import type { Row } from "./rows.ts";
import { rowsOf } from "./rows.ts";
import { interpolate, refererVariable, valueOf } from "./values.ts";

/** Variables that a program computes when they are first read: `map`, `geo`, `split_clients`. */
export function defineVariables(site: Site, http: Context): void {
  for (const { directive, block } of http.items) {
    const target = directive.args.at(-1)?.value;
    if (block === null || target === undefined || !target.startsWith("$")) continue;
    const cases = casesOf(site, directive, block);
    if (cases === null) continue;
    use(site, directive, ...block.items.map((item) => item.directive));
    const name = target.slice(1).toLowerCase();
    site.low.definitions[name] = cases;
    if (own(block, "volatile").length > 0) site.low.volatile.add(name);
  }
}

/** The names that the directives of a block and of the blocks inside it assign, named groups of patterns among them. */
export function declaredNames(context: Context): readonly string[] {
  return context.items.flatMap(({ directive, block }) => {
    const name = directive.name.value;
    const groups = [directive.name, ...directive.args].flatMap((arg) => Array.from(arg.value.matchAll(NAMED_GROUP), (found) => (found[1] ?? "").toLowerCase()));
    const inner = [...groups, ...(block === null ? [] : declaredNames(block))];
    const word = name === "set" ? directive.args[0] : /^(?:map|geo|split_clients)$/.test(name) ? directive.args.at(-1) : undefined;
    const special = name === "set" && /^\$(?:args|limit_rate)$/i.test(word?.value ?? "");
    return word?.value.startsWith("$") === true && !special ? [word.value.slice(1).toLowerCase(), ...inner] : inner;
  });
}

function casesOf(site: Site, directive: Directive, block: Context): readonly Case[] | null {
  switch (directive.name.value) {
    case "map":
      return mapCases(site, directive, block);
    case "geo":
      return geoCases(site, directive, block);
    case "split_clients":
      return splitCases(site, directive, block);
    default:
      return null;
  }
}

const MAP_FLAGS: ReadonlySet<string> = new Set(["hostnames", "volatile", "include"]);

/** Plain keys first and without case, then host masks, then patterns in order, then the default (ngx_http_map_module). */
function mapCases(site: Site, directive: Directive, block: Context): readonly Case[] {
  const source = directive.args[0];
  if (source === undefined) return [];
  const value = valueOf(site, source);
  const rows = rowsOf(site, block.items, MAP_FLAGS);
  const hostnames = block.items.some((item) => item.directive.name.value === "hostnames");
  const isPattern = ({ key }: Row): boolean => key.value.startsWith("~");
  const isMask = ({ key }: Row): boolean => hostnames && /^\*?\.|\.\*$/.test(key.value);
  const isDefault = ({ key }: Row): boolean => key.value === "default" && !key.quoted;
  const plain = rows.filter((row) => !isPattern(row) && !isMask(row) && !isDefault(row));
  const masks = rows.filter(isMask).toSorted((one, other) => other.key.value.length - one.key.value.length);
  return [
    ...plain.map((row): Case => ({ when: equalsKey(value, row), value: row.value })),
    ...masks.map((row): Case => ({ when: testText(value, hostMask(row.key.value), row.key.at), value: row.value })),
    ...rows.filter(isPattern).map((row): Case => ({ when: patternKey(value, row.key), value: row.value })),
    { when: always, value: rows.find(isDefault)?.value ?? [] },
  ];
}

function equalsKey(value: Template, { key }: Row): Condition {
  if (key.template) return { kind: "unknown", key: `map ${key.value}`, why: `the key \`${key.value}\``, reads: "anything", at: key.at };
  const wanted = key.value.replace(/^\\/, "");
  return testText(value, { kind: "in", values: [wanted], ignoreCase: true }, key.at);
}

function patternKey(value: Template, key: Word): Condition {
  const ignoreCase = key.value.startsWith("~*");
  const matches = testText(value, pattern(key.value.slice(ignoreCase ? 2 : 1), ignoreCase, "matched"), key.at);
  // Patterns are not asked about an empty value (ngx_http_map_find).
  return all(not(testText(value, { kind: "equals", value: [] }, key.at)), matches);
}

/** `*.example.com`, `.example.com` (which also is the name itself) or `example.*` as an operator. */
export function hostMask(mask: string): ReturnType<typeof pattern> {
  const escape = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (mask.startsWith("*.")) return { kind: "endsWith", value: text(mask.slice(1)), ignoreCase: true };
  if (mask.startsWith(".")) return pattern(`^(?:.+\\.)?${escape(mask.slice(1))}$`, true, false);
  return { kind: "startsWith", value: text(mask.slice(0, -1)), ignoreCase: true };
}

/** Which share a request falls into, only the server can tell, unless one share is everybody. */
export function splitCases(site: Site, directive: Directive, block: Context): readonly Case[] {
  return rowsOf(site, block.items, new Set()).map(({ key, value }, index): Case => {
    const why = "which share of clients this one falls into";
    const unknown: Condition = { kind: "unknown", key: `split ${directive.at.start} ${index}`, why, reads: "anything", at: key.at };
    return { when: key.value === "*" || Number.parseFloat(key.value) === 100 ? always : unknown, value };
  });
}

/** `$invalid_referer` (ngx_http_referer_module): empty when the Referer is one of those listed, else 1. */
export function defineReferers(site: Site, directive: Directive): void {
  use(site, directive);
  const at = directive.head;
  const header = test("header:referer", { kind: "present" }, at);
  const valid = directive.args.map((word): Condition => {
    if (word.value === "none") return not(header);
    if (word.value === "blocked") return testBlocked(header, at);
    if (word.value === "server_names") return any(...site.server.names.map((name) => refererFrom(name, at)));
    if (word.template) return { kind: "unknown", key: `referer ${word.value}`, why: `the value of \`${word.value}\``, reads: ["header:referer"], at };
    return refererFrom(word.value, at);
  });
  const name = refererVariable(directive);
  site.low.shared[name] = "invalid referer";
  site.low.definitions[name] = [
    { when: any(...valid), value: [] },
    { when: always, value: text("1") },
  ];
}

function testBlocked(header: Condition, at: Directive["head"]): Condition {
  const url = test("header:referer", pattern("^https?://", true, false), at);
  return { kind: "all", of: [header, not(url)] };
}

function refererFrom(name: string, at: Directive["head"]): Condition {
  const escape = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (name.startsWith("~")) {
    const source = name.slice(1);
    return test("header:referer", pattern(source.startsWith("^") ? `^https?://(?:${source.slice(1)})` : `^https?://.*(?:${source})`, true, false), at);
  }
  const [host = "", ...path] = name.split("/");
  const exact = host.startsWith("*.")
    ? `[^/:]+${escape(host.slice(1))}`
    : host.startsWith(".")
      ? `(?:[^/:]+\\.)?${escape(host.slice(1))}`
      : host.endsWith(".*")
        ? `${escape(host.slice(0, -1))}[^/:]*`
        : escape(host);
  const rest = path.length === 0 ? "(?:[:/]|$)" : `(?::\\d+)?/${escape(path.join("/"))}`;
  return test("header:referer", pattern(`^https?://${exact}${rest}`, true, false), at);
}

/** An MD5 in base64, and what else is hashed. */
const HASH = "^[A-Za-z0-9_-]{22}(?:==?)?(?:,|$)";

/** `$secure_link`: empty without a hash among the arguments it is computed from, else only the server can tell. */
export function defineSecureLink(site: Site, directive: Directive): void {
  use(site, directive);
  const source = interpolate(site, directive.args[0]?.value ?? "");
  const name = `secure link ${directive.at.start}`;
  site.low.definitions[name] = [
    { when: not(testText(source, { kind: "matches", pattern: HASH, otherwise: true }, directive.head)), value: [] },
    { when: always, value: [{ kind: "unknown", key: `$secure_link ${directive.at.start}` }] },
  ];
}

/** `$secure_link` by a secret: what follows the MD5 of itself and the secret in the path (ngx_http_secure_link_old_variable). */
export function defineSecretLink(site: Site, directive: Directive): void {
  use(site, directive);
  const [secret] = directive.args;
  const name = `secure link ${directive.at.start}`;
  const parts = test("requestUri", { kind: "matches", pattern: "^/[^/]*/([0-9a-f]{32})/(.+)$", ignoreCase: true, captures: `${name}, group ` }, directive.head);
  const link = fieldValue(`var:${name}, group 2`);
  const hashed: Condition = {
    kind: "test",
    subject: { kind: "text", of: [...link, ...(secret === undefined ? [] : valueOf(site, secret))] },
    transforms: ["md5"],
    operator: { kind: "equals", value: fieldValue(`var:${name}, group 1`), ignoreCase: true },
    at: directive.head,
  };
  site.low.definitions[name] = [
    { when: all(parts, hashed), value: link },
    { when: always, value: [] },
  ];
}
