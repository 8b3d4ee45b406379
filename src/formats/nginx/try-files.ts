import type { Condition } from "../../model/condition.ts";
import { all, always, any, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import { pattern } from "./conditions.ts";
import { handlerOf, lostAlias } from "./content.ts";
import { evidence, own } from "./context.ts";
import { pathAndQuery, refuse } from "./errors.ts";
import { locationName } from "./location-name.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, use } from "./lowering.ts";
import { SCRIPT_NAME } from "./meant.ts";
import type { Directive, Word } from "./parse.ts";
import { placeOf } from "./rewrite.ts";
import { aliasOf, fileOf, rootOf, standsForPattern, valueOf } from "./values.ts";

/** One argument of `try_files`: the path as it is written, and what stands on disk for it behind the root. */
interface Tried {
  readonly path: Template;
  readonly tail: Template;
  readonly as: "file" | "directory";
  /** It is the request's own path. */
  readonly self: boolean;
}

/** `try_files` of this very block (it is not inherited): the first path on disk, else the last argument. */
export function tryFilesGates(site: Site): readonly Gate[] {
  const directive = own(site.context, "try_files").at(-1);
  const fallback = directive?.args.at(-1);
  if (directive === undefined || fallback === undefined || site.context.kind === "if") return [];
  use(site, directive);
  const because: [Evidence, ...Evidence[]] = [evidence(directive, "looks for files")];
  const tests: Gate[] = [];
  const found: Gate[] = [];
  for (const word of directive.args.slice(0, -1)) {
    const tried = triedBy(site, word);
    const when = isThere(site, tried, word.at);
    const effects = foundGates(site, tried, because);
    if (effects.length === 0) {
      tests.push(gate(when, { kind: "continue" }, because));
      continue;
    }
    const label = fresh(site.low, "found");
    tests.push(gate(when, { kind: "jump", to: label }, because));
    found.push(...effects.map((one, index) => (index === 0 ? { ...one, label } : one)), gate(always, { kind: "continue" }, because));
  }
  return [...lostAlias(site), ...tests, ...fallbackGates(site, directive, fallback), ...found];
}

function triedBy(site: Site, word: Word): Tried {
  const directory = word.value.endsWith("/");
  const path = valueOf(site, directory ? { ...word, value: word.value.slice(0, -1) } : word);
  const self = path.length === 1 && path[0]?.kind === "field" && path[0].field === "path";
  return { path, tail: word.value.includes("$") ? withoutAlias(site, path) : path, as: directory ? "directory" : "file", self };
}

/**
 * Whether a path is on disk. Where nobody can look: a POST names no file, except a script that the block hands on; but a
 * path the configuration led to is one.
 */
function isThere(site: Site, { tail, as, self }: Tried, at: Evidence["at"]): Condition {
  const onDisk = (otherwise: boolean): Condition => testText([...rootOf(site), ...tail], { kind: "onDisk", as, otherwise }, at);
  if (as === "directory") return onDisk(false);
  if (!self && handlerOf(site) === undefined && isScriptInVain(tail)) {
    // No file is called after a query.
    const bare = test("query", { kind: "equals", value: [] }, at);
    return any(all(bare, onDisk(true)), all(not(bare), onDisk(tail.length === 1)));
  }
  if (!self) return onDisk(handlerOf(site) !== undefined && namesScript(tail));
  const redirected = test(`var:${bookkeeping.redirected}`, { kind: "equals", value: text("1") }, at);
  const script = test("path", pattern(SCRIPT, false, false), at);
  const led = handlerOf(site) === undefined ? redirected : any(redirected, script);
  return any(all(led, onDisk(true)), all(not(led), onDisk(false)));
}

/** A script of its own name, though it may have the query behind it. */
function isScriptInVain([first, ...others]: Template): boolean {
  const query = others.every((part) => part.kind === "field" && (part.field === "var:is_args" || part.field === "query"));
  return first?.kind === "text" && SCRIPT_NAME.test(first.text) && query;
}

/** What the block itself has made of the path, or a script by its name. */
function namesScript(tail: Template): boolean {
  const [first] = tail;
  if (first?.kind !== "text") return first?.kind !== "field" || first.field !== "path";
  return tail.length === 1 && /\.(?:php\d?|f?cgi|pl|py|rb|jsp|aspx?)$/.test(first.text);
}

/** A name with an ending, whatever follows it. */
const SCRIPT = String.raw`\.\w+(?:/|$)`;

/** What a path that was found makes of the request's own. */
function foundGates(site: Site, { path, tail, as, self }: Tried, because: [Evidence, ...Evidence[]]): readonly Gate[] {
  const alias = aliasOf(site);
  if (alias !== null && standsForPattern(alias)) {
    if (as === "directory") return [];
    return [gate(always, { kind: "rewrite", path }, because), gate(always, { kind: "set", variable: bookkeeping.addsUri, value: text("1") }, because)];
  }
  if (self) return [];
  const name = alias === null ? null : locationName(alias.location);
  const begins = path[0]?.kind === "field" && path[0].field === "path";
  return [gate(always, { kind: "rewrite", path: name === null || begins ? path : [...text(name.word.value), ...tail] }, because)];
}

function fallbackGates(site: Site, directive: Directive, fallback: Word): readonly Gate[] {
  const because: [Evidence, ...Evidence[]] = [evidence(directive, `goes on with \`${fallback.value}\``)];
  if (fallback.value.startsWith("=")) {
    const refusal: [Evidence, ...Evidence[]] = [evidence(directive, "no file was found"), placeOf(site)];
    const reason = handlerOf(site) === undefined ? "static-handler" : "no-file";
    return refuse(site, { when: always, status: Number(fallback.value.slice(1)) || 404, because: refusal, more: { reason } });
  }
  if (fallback.value.startsWith("@")) {
    const stage = site.server.named.get(fallback.value);
    if (stage !== undefined) return [gate(always, { kind: "reroute", stage }, because)];
    return refuse(site, { when: always, status: 500, because: [evidence(directive, `there is no \`location ${fallback.value}\``)], more: { reason: "broken-configuration" } });
  }
  const { path, query } = pathAndQuery(site, fallback);
  const cut = fallback.value.includes("$") ? withoutAlias(site, path) : path;
  return [gate(always, { kind: "reroute", stage: site.server.redirected, path: cut, query }, because)];
}

/** Under `alias` the location's name is cut off from a path with variables (ngx_http_core_try_files_phase). */
function withoutAlias(site: Site, path: Template): Template {
  const alias = aliasOf(site);
  const name = alias === null || standsForPattern(alias) ? null : locationName(alias.location);
  const [first, ...others] = path;
  if (name === null || first === undefined) return path;
  const written = name.word.value;
  if (first.kind === "field" && first.field === "path") return fileOf(site, path).slice(rootOf(site).length);
  if (first.kind === "text" && (first.text.startsWith(written) || !written.startsWith(first.text))) {
    return first.text.startsWith(written) ? [...text(first.text.slice(written.length)), ...others] : path;
  }
  return cutOff(site, path, written, name.word.at);
}

/** Whether a value begins with the location's name shows only when there is a request. */
function cutOff({ low }: Site, path: Template, name: string, at: Evidence["at"]): Template {
  const variable = fresh(low, "path without the location");
  const begins = testText(path, { kind: "matches", pattern: `^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(.*)$`, dotAll: true, captures: `${variable}, group ` }, at);
  low.definitions[variable] = [
    { when: begins, value: fieldValue(`var:${variable}, group 1`) },
    { when: always, value: path },
  ];
  low.volatile.add(variable);
  return fieldValue(`var:${variable}`);
}
