import type { Condition } from "../../model/condition.ts";
import { all, always, isNever, not, test, testText } from "../../model/condition.ts";
import type { Effect, Evidence, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { evidence, inherited, nearest, own, setting, settingValue } from "./context.ts";
import { splitQuery } from "./errors.ts";
import { locationName } from "./location-name.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, isQuestion, use, written } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { interpolate, valueOf } from "./values.ts";

const UPSTREAMS: ReadonlySet<string> = new Set(["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"]);

/** Whether a directive hands requests to another server. */
export function isUpstream(name: string): boolean {
  return UPSTREAMS.has(name);
}

/** A path begins with `/` or with a variable that does. */
const BEHIND_HOST = /^(?:https?|\$scheme|\$\{scheme\}):\/\/(?:unix:[^:]*:?|[^/]*?)(\/[^]*|\$\{?(?:uri|document_uri|request_uri)\b[^]*)?$/;

/** Headers an application may need; `proxy_pass_request_headers off` takes all of them. */
const CARRIED = ["content-type", "authorization", "cookie", "origin", "referer", "user-agent", "accept", "x-requested-with"];

/** A chunked body that was read has a length from then on. */
function lengthKnown(site: Site, protocol: string, pass: Directive): readonly Gate[] {
  if (!site.low.sendsLength || settingValue(site.context, `${protocol}_request_buffering`, "on") === "off") return [];
  return [gate(not(isQuestion(pass.head)), { kind: "set", variable: bookkeeping.bodyRead, value: text("1") }, [evidence(pass, "reads the body first")])];
}

/** What changes about a request on its way to the application that `pass` names. */
export function alterations(site: Site, pass: Directive): readonly Gate[] {
  const protocol = pass.name.value.replace(/_pass$/, "");
  return [
    ...lengthKnown(site, protocol, pass),
    ...inputHeaders(site),
    ...invalidHeaders(site, pass),
    ...methodGates(site, protocol),
    ...bodyGates(site, protocol),
    ...headerGates(site, protocol, pass),
    ...(protocol === "proxy" ? pathGates(site, pass) : protocol === "grpc" ? sentPathGates(site, pass) : []),
    ...parameterGates(site, protocol),
    ...(protocol === "fastcgi" ? untoldGates(site, pass) : []),
  ];
}

function alter(directive: Directive, what: Extract<Effect, { kind: "alter" }>["what"], value: Template | null, when: Condition = always): Gate {
  return gate(all(written(directive), when), { kind: "alter", what, value }, [evidence(directive, "changes what the application gets")]);
}

/** What variables come to is sent as it is. */
function sendPath(directive: Directive, value: Template, when: Condition = always): Gate {
  return gate(all(written(directive), when), { kind: "alter", what: "path", value, asWritten: true }, [evidence(directive, "changes what the application gets")]);
}

function methodGates(site: Site, protocol: string): readonly Gate[] {
  const directive = setting(site.context, `${protocol}_method`);
  const word = directive?.args[0];
  if (directive === undefined || word === undefined) return [];
  use(site, directive);
  return [alter(directive, "method", valueOf(site, word))];
}

function bodyGates(site: Site, protocol: string): readonly Gate[] {
  const passes = setting(site.context, `${protocol}_pass_request_body`);
  const set = setting(site.context, `${protocol}_set_body`);
  const word = set?.args[0];
  if (set !== undefined && word !== undefined) {
    use(site, set);
    const value = valueOf(site, word);
    return [alter(set, "body", value.length === 0 ? null : value)];
  }
  if (passes?.args[0]?.value !== "off") return [];
  use(site, passes);
  return [alter(passes, "body", null)];
}

function headerGates(site: Site, protocol: string, pass: Directive): readonly Gate[] {
  const passes = setting(site.context, `${protocol}_pass_request_headers`);
  const dropped = passes?.args[0]?.value === "off" ? CARRIED.map((name) => alter(passes, `header:${name}`, null)) : [];
  const all = passes?.args[0]?.value === "off" ? [gate(written(passes), { kind: "drop", headers: [{ kind: "pattern", pattern: "^(?!host$)" }] }, [evidence(passes, "hands no header on")])] : [];
  if (passes !== undefined) use(site, passes);
  const set = inherited(site.context, `${protocol}_set_header`).flatMap((directive) => {
    const [name, value] = directive.args;
    if (name === undefined || value === undefined || name.template) return [];
    use(site, directive);
    return headerGate(directive, name.value.toLowerCase(), valueOf(site, value));
  });
  return [...dropped, ...all, ...(protocol === "proxy" || protocol === "grpc" ? hostGates(site, pass) : []), ...set];
}

/** Without a `Host` of its own, the name in `proxy_pass` is sent (`$proxy_host`); a part that is not here may give one. */
function hostGates(site: Site, pass: Directive): readonly Gate[] {
  const word = pass.args[0];
  const authority = (pass.name.value === "grpc_pass" ? /^(?:(grpcs?):\/\/)?([^/]+)/ : /^(https?|\$scheme):\/\/([^/]+)/).exec(word?.value ?? "");
  if (word === undefined || word.template || isUnread(site.context)) return [];
  const shownByVariables = pass.name.value === "proxy_pass" && word.value.includes("$") ? [hostOfVariables(site, pass, word)] : [];
  if (authority === null) return shownByVariables;
  const [, scheme, host = ""] = authority;
  const shown = host.startsWith("unix:") ? "localhost" : host.replace(scheme === "https" || scheme === "grpcs" ? /:443$/ : /:80$/, "");
  const bare = shown.includes("$") ? shown.replace(/\$\{?(?:request_uri|uri|document_uri|is_args|args|query_string)\b[^]*/, "") : shown;
  return [...(bare === "" ? [] : [alter(pass, "header:host", interpolate(site, bare))]), ...shownByVariables];
}

/** The same of an address that shows only when there is a request. */
function hostOfVariables(site: Site, pass: Directive, word: Word): Gate {
  const groups = fresh(site.low, bookkeeping.target);
  const pattern = String.raw`^(?:http://(?!unix:)([^/?#]*?)(?::80)?|https://(?!unix:)([^/?#]*?)(?::443)?)(?:[/?#]|$)`;
  const named = testText(valueOf(site, word), { kind: "matches", pattern, ignoreCase: true, captures: groups, otherwise: false }, pass.head);
  return alter(pass, "header:host", [1, 2].flatMap((group) => fieldValue(`var:${groups}${group}`)), named);
}

function isUnread(context: Context): boolean {
  return context.unread.length > 0 || (context.parent !== null && isUnread(context.parent));
}

/** Names that nginx takes for invalid are dropped while the request is read, unless the socket keeps them. */
function invalidHeaders(site: Site, pass: Directive): readonly Gate[] {
  const { invalid, underscores } = site.low.keptHeaders;
  const because: [Evidence] = [{ at: { ...pass.head, end: pass.head.start }, note: "header names with other characters than letters, digits and `-` are dropped" }];
  const without = (pattern: string, when: Condition): readonly Gate[] => (isNever(when) ? [] : [gate(when, { kind: "drop", headers: [{ kind: "pattern", pattern }] }, because)]);
  return [...without("[^a-z0-9_-]", not(invalid)), ...without("_", not(underscores))];
}

/** An empty value drops the header; without a length nothing of the body is sent. */
function headerGate(directive: Directive, name: string, value: Template): readonly Gate[] {
  const empty = value.length === 0;
  const zero = value.length === 1 && value[0]?.kind === "text" && value[0].text === "0";
  if (name === "content-length") return empty || zero ? [alter(directive, "body", null)] : [];
  return [alter(directive, `header:${name}`, empty ? null : value)];
}

/** `more_set_input_headers` and `more_clear_input_headers` of the headers-more module. */
function inputHeaders(site: Site): readonly Gate[] {
  const clear = inherited(site.context, "more_clear_input_headers").flatMap((directive) => {
    use(site, directive);
    return plainWords(directive).flatMap((word) => headerGate(directive, word.toLowerCase(), []));
  });
  const set = inherited(site.context, "more_set_input_headers").flatMap((directive) => {
    use(site, directive);
    return plainWords(directive).flatMap((word) => {
      const [name = "", ...value] = word.split(":");
      return headerGate(directive, name.trim().toLowerCase(), interpolate(site, value.join(":").trim()));
    });
  });
  return [...clear, ...set];
}

function plainWords(directive: Directive): readonly string[] {
  return directive.args.map((word) => word.value).filter((value) => !value.startsWith("-"));
}

/** FastCGI and its kin are told the method by a parameter. */
function parameterGates(site: Site, protocol: string): readonly Gate[] {
  return inherited(site.context, `${protocol}_param`).flatMap((directive) => {
    const [name, value] = directive.args;
    use(site, directive);
    if (name?.value.startsWith("HTTP_") === true && value !== undefined) {
      const header = name.value.slice("HTTP_".length).toLowerCase().replaceAll("_", "-");
      return [alter(directive, `header:${header}`, valueOf(site, value))];
    }
    if (name?.value !== "REQUEST_METHOD" || value === undefined || value.value === "$request_method") return [];
    return [alter(directive, "method", valueOf(site, value))];
  });
}

/**
 * A script that is told its name, but not how long the body is, reads none: parameters set in a block replace all that
 * are set around it. Where none is told anything, nothing works, which nobody overlooks.
 */
function untoldGates(site: Site, pass: Directive): readonly Gate[] {
  const teller = telling(site.context);
  if (teller === null || teller.unread.length > 0 || own(teller, "include").length > 0) return [];
  const told = own(teller, "fastcgi_param").flatMap(({ args: [name] }) => (name === undefined ? [] : [name]));
  const names = new Set(told.map(({ value }) => value));
  if (told.some(({ template }) => template) || !names.has("SCRIPT_FILENAME")) return [];
  const [first] = own(teller, "fastcgi_param");
  const because: [Evidence, ...Evidence[]] = [evidence(pass, "hands on"), ...(first === undefined ? [] : [evidence(first, "all that a script is told stands here")])];
  return names.has("CONTENT_LENGTH") ? [] : [gate(written(pass), { kind: "alter", what: "body", value: null }, because)];
}

/** The nearest block that says what a script is told. */
function telling(context: Context): Context | null {
  const says = own(context, "fastcgi_param").length > 0 || own(context, "include").some(({ args: [path] }) => /fastcgi|param|php/i.test(path?.value ?? ""));
  return says ? context : context.parent === null ? null : telling(context.parent);
}

/**
 * The path the application sees: a path behind the host in `proxy_pass` stands for the location's name; one with
 * variables is sent as it is.
 */
function pathGates(site: Site, pass: Directive): readonly Gate[] {
  const word = pass.args[0];
  const path = BEHIND_HOST.exec(word?.value ?? "")?.[1];
  if (word === undefined || word.template) return [];
  if (path === "$request_uri") return [...sentPath(site, pass, always), alter(pass, "query", fieldValue("sentQuery"))];
  if (path === undefined) return [...sentPathGates(site, pass), ...behindVariables(site, pass, word)];
  if (word.value.includes("$")) {
    const target = interpolate(site, path);
    const split = splitQuery(target);
    return [sendPath(pass, split.path), alter(pass, "query", split.query), ...splitAgain(pass, target, split.path), ...asNothingSays(site, pass, target)];
  }
  const location = nearest(site.context, "location");
  const name = location === null ? null : locationName(location);
  if (name === null || name.kind === "regex" || name.kind === "named" || name.word.template) return [];
  // So many characters are cut off, whatever they are: a file that `try_files` found need not begin with the name.
  const behind = test("path", { kind: "matches", pattern: `^.{0,${name.word.value.length}}(.*)$`, dotAll: true, captures: bookkeeping.rest }, pass.head);
  const kept = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("kept") }, pass.head);
  return [alter(pass, "path", [...text(path), ...fieldValue(`var:${bookkeeping.rest}1`)], all(not(kept), behind))];
}

/** Variables of an address may bring a path or a query of their own, which then are sent as they are. */
function behindVariables(site: Site, pass: Directive, word: Word): readonly Gate[] {
  if (!word.value.includes("$")) return [];
  const target = valueOf(site, word);
  const groups = fresh(site.low, bookkeeping.target);
  const brings = testText(target, { kind: "matches", pattern: String.raw`^https?://(?:unix:[^:?]*:?|[^/?#]*)(?=[/?])([^?]*)(?:\?(.*))?$`, ignoreCase: true, dotAll: true, captures: groups, otherwise: false }, pass.head);
  const query = testText(fieldValue(`var:${groups}1`), { kind: "equals", value: [] }, pass.head);
  return [sendPath(pass, fieldValue(`var:${groups}1`), brings), alter(pass, "query", fieldValue(`var:${groups}2`), brings), sendPath(pass, text("/"), all(brings, query))];
}

/** A variable that is empty leaves the path as it was sent. */
function asNothingSays(site: Site, pass: Directive, target: Template): readonly Gate[] {
  if (!site.low.findsUnderAlias || target[0]?.kind !== "field") return [];
  const nothing = testText(target, { kind: "matches", pattern: "^$", otherwise: false }, pass.head);
  const reparsed = test(`var:${bookkeeping.reparsed}`, { kind: "present" }, pass.head);
  return [...sentPath(site, pass, all(nothing, not(reparsed))), alter(pass, "query", fieldValue("query"), nothing)];
}

/** A `?` that a variable brings begins the query, too: what variables hold is sent as it is. */
function splitAgain(pass: Directive, target: Template, path: Template): readonly Gate[] {
  if (path.every((part) => part.kind === "text")) return [];
  const group = (number: number): Template => fieldValue(`var:${bookkeeping.target}${number}`);
  const splits = testText(target, { kind: "matches", pattern: String.raw`^([^?]*)\?(.*)$`, dotAll: true, captures: bookkeeping.target, otherwise: false }, pass.head);
  const early = testText(path, { kind: "matches", pattern: String.raw`\?`, otherwise: false }, pass.head);
  return [alter(pass, "query", group(2), all(early, splits)), sendPath(pass, group(1), all(early, splits))];
}

/** A file that `try_files` found changes nothing about what is sent, unless the path had been changed before. */
function sentPathGates(site: Site, pass: Directive): readonly Gate[] {
  if (!site.low.findsOtherFiles) return [];
  const reparsed = test(`var:${bookkeeping.reparsed}`, { kind: "present" }, pass.head);
  return sentPath(site, pass, not(reparsed));
}

function sentPath(site: Site, pass: Directive, when: Condition): readonly Gate[] {
  const merged = alter(pass, "path", fieldValue("sentPath"), when);
  if (!site.low.keepsSlashes) return [merged];
  const kept = test(`var:${bookkeeping.keepsSlashes}`, { kind: "present" }, pass.head);
  return [merged, alter(pass, "path", fieldValue("slashedPath"), all(when, kept))];
}
