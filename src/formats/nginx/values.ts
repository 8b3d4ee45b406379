import { all, always, isNever, test, testText } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import type { Case } from "../../model/program.ts";
import type { Part, Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { nearest, own, setting } from "./context.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, enteredWithOther, inside, isEntered } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { pathInfo, scriptName } from "./script-name.ts";
import { tagsIn } from "./template.ts";

const VARIABLE = /\$(?:\{([A-Za-z0-9_]+)\}|([1-9])|([A-Za-z_][A-Za-z0-9_]*))/y;

const FIELDS: Readonly<Record<string, Field>> = {
  request_method: "method",
  uri: "path",
  document_uri: "path",
  request_uri: "requestUri",
  args: "query",
  query_string: "query",
  host: "host",
  server_port: "port",
  realip_remote_addr: "clientAddress",
  proxy_protocol_addr: "clientAddress",
  content_length: "contentLength",
  content_type: "header:content-type",
  geoip_country_code: "meta:country",
  geoip2_data_country_code: "meta:country",
  geoip2_data_country_iso_code: "meta:country",
};

/** Not there before the request body is read or an upstream has answered (ngx_http_variables.c). */
const EMPTY = /^(?:sent_(?:http|trailer)_.*|upstream_.*|request_body(?:_file)?|request_completion)$/;
/** What nothing has been sent of yet. */
const NOTHING_SENT: Readonly<Record<string, string>> = { status: "000", body_bytes_sent: "0", bytes_sent: "0" };

/** What a word comes to: text, variables, and unknown pieces where a template fills something in. */
export function valueOf(site: Site, word: Word): Template {
  if (!word.template) return interpolate(site, word.value);
  const tagAt = tagsIn(word.value);
  const parts: Part[] = [];
  let known = "";
  const flush = (): void => {
    parts.push(...interpolate(site, known));
    known = "";
  };
  for (let at = 0; at < word.value.length; ) {
    const tag = tagAt(at);
    if (tag === null) {
      known += word.value[at] ?? "";
      at += 1;
      continue;
    }
    flush();
    if (tag.role !== "other") parts.push({ kind: "unknown", key: word.value.slice(tag.start, tag.end) });
    at = tag.end;
  }
  flush();
  const undecided = parts.some((part) => part.kind === "unknown");
  return undecided ? parts : [{ kind: "unknown", key: word.raw }];
}

/** A text with its `$variables` replaced by where their values come from. */
export function interpolate(site: Site, value: string): Template {
  if (!value.includes("$")) return value === "" ? [] : text(value);
  const parts: Part[] = [];
  let start = 0;
  for (let at = value.indexOf("$"); at !== -1; at = value.indexOf("$", Math.max(at + 1, start))) {
    VARIABLE.lastIndex = at;
    const found = VARIABLE.exec(value);
    if (found === null) continue;
    if (at > start) parts.push({ kind: "text", text: value.slice(start, at) });
    parts.push(...variable(site, found[1] ?? found[2] ?? found[3] ?? ""));
    start = at + found[0].length;
  }
  if (start < value.length) parts.push({ kind: "text", text: value.slice(start) });
  return parts;
}

/** Where the value of a variable comes from; names have no case. */
export function variable(site: Site, written: string): Template {
  const name = written.toLowerCase();
  if (site.low.variables.has(name) || /^\d$/.test(name)) return fieldValue(`var:${name}`);
  if (name === "content_length" && site.low.sendsLength) return fieldValue("var:content length");
  const field = FIELDS[name];
  if (field !== undefined) return fieldValue(field);
  if (EMPTY.test(name)) return [];
  const unsent = NOTHING_SENT[name];
  if (unsent !== undefined) return text(unsent);
  return prefixed(site, name) ?? ofServer(site, name) ?? [{ kind: "unknown", key: `$${written}` }];
}

function prefixed(site: Site, name: string): Template | null {
  const found = /^(http|cookie|arg|jwt_claim)_(.*)$/.exec(name);
  if (found === null) return null;
  const [, kind, rest = ""] = found;
  // The names of headers are compared with `_` in place of `-`, which no name with `-` in it is.
  if (rest === "" || (kind === "http" && rest.includes("-"))) return [];
  if (kind === "cookie") return fieldValue(`cookie:${rest}`);
  if (kind === "arg") return fieldValue(`argument:${rest}`);
  if (kind === "jwt_claim") return fieldValue(`claim:${rest}`);
  return headerValue(site, rest);
}

/** A header by its name in a variable; one sent with `_` counts only where the socket lets such names through. */
function headerValue(site: Site, written: string): Template {
  const plain = fieldValue(`header:${written.replaceAll("_", "-")}`);
  const { underscores } = site.low.keptHeaders;
  const at = site.server.context.opener?.head;
  if (isNever(underscores) || !written.includes("_") || at === undefined) return plain;
  const name = `header ${written}`;
  site.low.definitions[name] ??= [
    ...spellings(written).map((spelling): Case => ({ when: all(underscores, test(`header:${spelling}`, { kind: "present" }, at)), value: fieldValue(`header:${spelling}`) })),
    { when: always, value: plain },
  ];
  return fieldValue(`var:${name}`);
}

const mostSpellings = 16;

/** Each `_` of a name may have been sent as `-`: the ways to write it, the one with `-` alone first. */
function spellings(written: string): readonly string[] {
  const [first = "", ...rest] = written.split("_");
  return rest.reduce<readonly string[]>((heads, tail) => heads.flatMap((head) => [`${head}-${tail}`, `${head}_${tail}`]).slice(0, mostSpellings), [first]);
}

function ofServer(site: Site, name: string): Template | null {
  const { server } = site;
  switch (name) {
    case "scheme":
      return server.scheme === null ? fieldValue("scheme") : text(server.scheme);
    case "https":
      return server.scheme === null ? fieldValue("var:https") : server.scheme === "https" ? text("on") : [];
    case "is_args":
      return fieldValue("var:is_args");
    case "invalid_referer":
      return refererValue(site);
    case "secure_link":
      return secureLink(site);
    case "secure_link_expires":
      return setting(site.context, "secure_link") === undefined ? [] : null;
    case "remote_user":
      return fieldValue("var:remote user");
    case "server_name":
      return firstName(site);
    case "ssl_protocol":
      return server.scheme === null ? fieldValue("var:ssl protocol") : server.scheme === "https" ? tlsVersion : [];
    case "remote_addr":
    case "binary_remote_addr":
      return fieldValue(site.low.replacesAddress ? "var:client address" : "clientAddress");
    case "proxy_add_x_forwarded_for":
      return fieldValue("var:forwarded for");
    case "server_protocol":
      return fieldValue("protocol");
    case "request":
      return [...fieldValue("sentMethod"), ...text(" "), ...fieldValue("requestUri"), ...text(" HTTP/1.1")];
    case "fastcgi_script_name":
      return scriptName(site);
    case "fastcgi_path_info":
      return pathInfo(site);
    case "document_root":
      return inForce(site, "document root", rootOf);
    case "realpath_root":
      return realRoot(site, inForce(site, "document root", rootOf));
    case "request_filename":
      return inForce(site, "file of the path", (place) => fileOf(place, fieldValue("path")));
    default:
      return null;
  }
}

/** What `$ssl_protocol` is over TLS, whatever version was agreed on. */
export const tlsVersion: Template = [...text("TLSv1."), { kind: "unknown", key: "$ssl_protocol" }];

/** The first name of the server, as it is written, where nothing fills it in. */
function firstName(site: Site): Template {
  const word = own(site.server.context, "server_name")[0]?.args[0];
  if (word === undefined) return text("");
  return isFilledIn(word) ? (word.template ? valueOf(site, word) : [{ kind: "unknown", key: word.value }]) : text(word.value.toLowerCase());
}

/** Whether a template writes a name of a server: nginx itself reads no variable there, but for the name of the machine. */
export function isFilledIn({ template, value }: Word): boolean {
  return template || (value.includes("$") && !value.startsWith("~"));
}

/** Without a list of what is hashed there may still be a secret. */
function secureLink({ context }: Site): Template {
  const link = setting(context, "secure_link") ?? setting(context, "secure_link_secret");
  return link === undefined ? [] : fieldValue(`var:secure link ${link.at.start}`);
}

/** A folder that is not there has no real path; where nobody can tell, it is taken to be there. */
function realRoot({ low, context }: Site, root: Template): Template {
  const at = context.opener?.head;
  if (at === undefined) return root;
  const name = `real path of ${JSON.stringify(root)}`;
  low.definitions[name] ??= [{ when: testText(root, { kind: "onDisk", as: "any", otherwise: true }, at), value: root }];
  low.volatile.add(name);
  return fieldValue(`var:${name}`);
}

/** What a variable is by the settings in force: behind an `if` that was entered, those of its block. */
function inForce(site: Site, what: string, of: (place: Site) => Template): Template {
  const { low } = site;
  const own = of(inside(site, site.context));
  const others = enteredWithOther(site, "root", "alias");
  const at = others.at(-1)?.context.opener?.head;
  if (at === undefined) return own;
  const name = `${what}, behind ${others.map(({ value }) => value).join(", ")}`;
  low.definitions[name] ??= [...others.map((one): Case => ({ when: isEntered(one, at), value: of(inside(site, one.context)) })), { when: always, value: own }];
  low.volatile.add(name);
  return fieldValue(`var:${name}`);
}

/** `$invalid_referer` by the list in force where it is read first: its value is then kept for the whole request. */
export function refererVariable(directive: Directive): string {
  return `invalid referer ${directive.at.file.path}:${directive.at.start}`;
}

function refererValue(site: Site): Template {
  const list = setting(site.context, "valid_referers");
  return list === undefined ? [] : fieldValue(`var:${refererVariable(list)}`);
}

/** The prefix relative paths of Debian's and the official packages start from. */
const PREFIX = "/etc/nginx/";

/** The folder files come from: `root`, or what `alias` stands for. */
export function rootOf(site: Site): Template {
  const word = aliasOf(site)?.directive.args[0] ?? setting(site.context, "root")?.args[0];
  if (word === undefined) return text(`${PREFIX}html`);
  const value = valueOf(site, word);
  const [first] = value;
  if (first?.kind === "text" && !first.text.startsWith("/")) return [{ kind: "text", text: PREFIX }, ...value];
  return value;
}

/** An `alias` and the location whose name it stands for. */
export interface Alias {
  readonly directive: Directive;
  readonly location: Context;
}

/** The `alias` in force: inner blocks inherit it with the name it stands for; an inner `root` ends it. */
export function aliasOf(site: Site): Alias | null {
  for (let at: Context | null = site.context; at !== null; at = at.parent) {
    const [alias] = own(at, "alias");
    const location = nearest(at, "location");
    if (alias !== undefined && location !== null) return { directive: alias, location };
    if (own(at, "root").length > 0) return null;
  }
  return null;
}

/** The file a path stands for on the server's disk (ngx_http_map_uri_to_path). */
export function fileOf(site: Site, path: Template): Template {
  const alias = aliasOf(site);
  const own = path.length > 0 && path[0]?.kind === "field" && path[0].field === "path";
  if (alias === null || !own) return [...rootOf(site), ...path];
  return [...rootOf(site), ...(standsForPattern(alias) ? foundUnderAlias(site, alias) : pathBehind(site, alias)), ...path.slice(1)];
}

/** `alias` in a location with a pattern is the whole file. */
export function standsForPattern({ location }: Alias): boolean {
  return /^~/.test(location.opener?.args[0]?.value ?? "");
}

/** What follows the location's name, whatever the path has become since. */
function pathBehind({ low }: Site, { directive, location }: Alias): Template {
  const length = (location.opener?.args.at(-1)?.value ?? "").replace(/^(?:=|\^~)/, "").length;
  const name = `path behind ${length}`;
  const behind = test("path", { kind: "matches", pattern: `^.{0,${length}}(.*)$`, dotAll: true, captures: `${name}, group ` }, directive.head);
  low.definitions[name] ??= [{ when: behind, value: fieldValue(`var:${name}, group 1`) }];
  low.volatile.add(name);
  return fieldValue(`var:${name}`);
}

/** A file that `try_files` found is looked for behind the file that `alias` names (`add_uri_to_alias`). */
function foundUnderAlias({ low }: Site, { directive }: Alias): Template {
  const name = "path behind alias";
  const found = test(`var:${bookkeeping.addsUri}`, { kind: "equals", value: text("1") }, directive.head);
  low.definitions[name] ??= [
    { when: found, value: fieldValue("path") },
    { when: always, value: [] },
  ];
  low.volatile.add(name);
  return fieldValue(`var:${name}`);
}
