import type { Part, Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Maps } from "./maps.ts";

/** What variables read that differs between contexts. */
export interface Names {
  readonly documentRoot: string | null;
  /** The file as the rule or expression sees it at this moment. */
  readonly file: Template;
  /** The query as the rule sees it at this moment. */
  readonly query: Template;
  /** Programs that rules lead to: taken to be on disk where nobody can tell. */
  readonly programs: readonly string[];
  /** The server's own address, where it is known. */
  readonly address: string | null;
  /** Nobody ever logs in. */
  readonly anonymous: boolean;
  /** What rules may ask with `${map:key}`. */
  readonly maps: Maps;
  /** Asked before anybody has logged in, and before it is known who answers. */
  readonly early?: true;
  /** Functions that read files are not for a `.htaccess`. */
  readonly restricted?: true;
}

/** The names of expression and rewrite variables that both know (manuals of mod_rewrite and "Expressions"). */
const common: Readonly<Record<string, Template>> = {
  REQUEST_METHOD: fieldValue("method"),
  REQUEST_URI: fieldValue("path"),
  REQUEST_SCHEME: fieldValue("scheme"),
  SERVER_NAME: fieldValue("host"),
  SERVER_PORT: fieldValue("port"),
  SERVER_PROTOCOL: fieldValue("var:protocol"),
  REMOTE_ADDR: fieldValue("clientAddress"),
  CONN_REMOTE_ADDR: fieldValue("clientAddress"),
  // HostnameLookups is off unless somebody needs the name.
  REMOTE_HOST: fieldValue("clientAddress"),
  PATH_INFO: fieldValue("var:info"),
  CONTEXT_PREFIX: fieldValue("var:context.prefix"),
  HTTPS: fieldValue("var:https"),
  THE_REQUEST: [
    { kind: "field", field: "sentMethod" },
    { kind: "text", text: " " },
    { kind: "field", field: "requestUri" },
    { kind: "text", text: " " },
    { kind: "field", field: "protocol" },
  ],
  HTTP_HOST: fieldValue("header:host"),
  HTTP_USER_AGENT: fieldValue("header:user-agent"),
  HTTP_REFERER: fieldValue("header:referer"),
  HTTP_COOKIE: fieldValue("header:cookie"),
  HTTP_ACCEPT: fieldValue("header:accept"),
  HTTP_FORWARDED: fieldValue("header:forwarded"),
  HTTP_PROXY_CONNECTION: fieldValue("header:proxy-connection"),
  IS_SUBREQ: fieldValue("var:subreq"),
  REQUEST_STATUS: fieldValue("var:status"),
};

/** Variables with a value that only the running server knows. */
const unknown: ReadonlySet<string> = new Set([
  "IPV6", "REMOTE_IDENT", "REMOTE_PORT",
  "SCRIPT_GROUP", "SCRIPT_USER", "SERVER_ADDR", "SERVER_ADMIN", "SERVER_SOFTWARE", "API_VERSION", "TIME", "TIME_DAY", "TIME_HOUR",
  "TIME_MIN", "TIME_MON", "TIME_SEC", "TIME_WDAY", "TIME_YEAR", "HANDLER", "REQUEST_LOG_ID", "CONN_LOG_ID", "CONN_REMOTE_PORT",
]);

/** Variables that are empty until later phases of a request. */
const lateVariables: ReadonlySet<string> = new Set(["REMOTE_USER", "AUTH_TYPE", "HANDLER", "REMOTE_IDENT"]);

/** Variables of expressions only; in mod_rewrite they are empty. The content type is that of the answer. */
const ofExpressions: ReadonlySet<string> = new Set(["CONTENT_TYPE", "LAST_MODIFIED", "HANDLER", "REQUEST_STATUS", "REQUEST_LOG_ID", "CONN_LOG_ID", "CONN_REMOTE_PORT"]);

function anyVariable(name: string, names: Names): Template | undefined {
  if (name === "QUERY_STRING") return names.query;
  if (name === "REQUEST_FILENAME" || name === "SCRIPT_FILENAME") return names.file;
  if (name === "CONTEXT_DOCUMENT_ROOT") return names.documentRoot === null ? unknownValue(name) : fieldValue("var:context.root");
  if (name === "DOCUMENT_ROOT") return names.documentRoot === null ? unknownValue(name) : text(names.documentRoot);
  if (names.early === true && lateVariables.has(name)) return text("");
  if (name === "REMOTE_USER" || name === "AUTH_TYPE") return names.anonymous ? text("") : fieldValue(name === "AUTH_TYPE" ? "var:login.type" : "var:login");
  if (name === "SERVER_ADDR" && names.address !== null) return text(names.address);
  return unknown.has(name) ? unknownValue(name) : common[name];
}

/** `%{name}` in a RewriteRule or RewriteCond; a name the module does not know is empty. */
export function rewriteVariable(written: string, names: Names): Template {
  const colon = written.indexOf(":");
  if (colon > 0) {
    const kind = written.slice(0, colon).toUpperCase();
    const rest = written.slice(colon + 1);
    if (kind === "HTTP") return header(rest);
    if (kind === "ENV") return environment(rest);
    if (names.anonymous && rest.toUpperCase() === "REMOTE_USER") return text("");
    // What another request of the server to itself (LA-U, LA-F) says, nobody follows.
    return unknownValue(written);
  }
  const name = written.toUpperCase();
  return ofExpressions.has(name) ? text("") : (anyVariable(name, names) ?? text(""));
}

/** Variables of mod_rewrite only. */
const ofRules: ReadonlySet<string> = new Set(["SERVER_ADDR", "CONN_REMOTE_PORT"]);

/** `%{name}` in an expression; null for a name it does not know, which is a syntax error. mod_ssl knows all of its own. */
export function expressionVariable(written: string, names: Names): Template | null {
  const name = written.toUpperCase();
  if (ofRules.has(name)) return null;
  if (name === "DOCUMENT_URI") return fieldValue("path");
  if (names.early === true && name === "CONTENT_TYPE") return text("");
  const known = anyVariable(name, names);
  return known ?? (ofExpressions.has(name) || name.startsWith("SSL_") ? unknownValue(name) : null);
}

/** A request header. */
export function header(name: string): Template {
  return fieldValue(`header:${name.toLowerCase()}`);
}

/** A variable of the request's environment. */
export function environment(name: string): Template {
  return fieldValue(`var:env.${name}`);
}

/** A value only the running server knows. */
export function unknownValue(name: string): Template {
  const part: Part = { kind: "unknown", key: `%{${name}}` };
  return [part];
}
