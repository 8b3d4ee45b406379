import type { Field } from "../../../model/field.ts";
import type { Part, Template } from "../../../model/template.ts";

/** The variables of a program that are not the configuration's own. */
export const PROCESSOR = "reqbody_processor";
export const REQUEST_URI = "request_uri";
export const BASENAME = "request_basename";
export const PARSE_ERROR = "reqbody_error";
export const STRICT_ERROR = "multipart_strict_error";
export const FORCE_BODY = "ctl.forcerequestbodyvariable";
export const BODY_OFF = "ctl.requestbodyaccess";
export const ENGINE = "ctl.ruleengine";
/** Set by `allow` in phase 1, which still leaves the body limits in force. */
export const ALLOWED = "allowed";

/** The name under which a TX variable is kept; TX names have no case. */
export function txName(name: string): string {
  return `tx.${name.toLowerCase()}`;
}

/** The variables with exactly one value, by phase: Apache decodes the path between phases 1 and 2. */
export function scalarValue(name: string, phase: number): Template | null {
  const path: Field = phase === 1 ? "rawPath" : "sentPath";
  switch (name) {
    case "REQUEST_METHOD":
      return field("sentMethod");
    case "REQUEST_URI":
      return field(phase === 1 ? "requestUri" : `var:${REQUEST_URI}`);
    case "REQUEST_URI_RAW":
      return field("requestUri");
    case "REQUEST_FILENAME":
      return field(path);
    case "REQUEST_BASENAME":
      return field(`var:${BASENAME}${phase === 1 ? 1 : 2}`);
    case "REQUEST_LINE":
      return [...field("sentMethod"), { kind: "text", text: " " }, ...field("requestUri"), { kind: "text", text: " " }, ...field("protocol")];
    case "REQUEST_PROTOCOL":
      return field("protocol");
    case "QUERY_STRING":
      return field("sentQuery");
    case "REMOTE_ADDR":
      return field("clientAddress");
    case "SERVER_NAME":
      return field("host");
    case "SERVER_PORT":
      return field("port");
    case "REQBODY_PROCESSOR":
      return field(`var:${PROCESSOR}`);
    case "REQBODY_ERROR":
      return phase === 1 ? zero : field(`var:${PARSE_ERROR}`);
    case "MULTIPART_STRICT_ERROR":
      return phase === 1 ? zero : field(`var:${STRICT_ERROR}`);
    // A legitimate request is well-formed.
    case "MULTIPART_UNMATCHED_BOUNDARY":
    case "URLENCODED_ERROR":
    case "INBOUND_DATA_ERROR":
      return zero;
    case "REQUEST_BODY_LENGTH":
      return phase === 1 ? zero : field("bodyBytes");
    default:
      return null;
  }
}

const zero: Template = [{ kind: "text", text: "0" }];

function field(name: Field): Template {
  return [{ kind: "field", field: name }];
}

const MACRO = /%\{([^{}]*)\}/g;

/** Whether a text holds a macro. */
export function hasMacro(text: string): boolean {
  return text.search(MACRO) >= 0;
}

/** The TX variables that the macros of a text read, as kept names. */
export function macroVariables(text: string): readonly string[] {
  return [...text.matchAll(MACRO)].flatMap(([, name = ""]) => (/^tx[.:]/i.test(name) ? [txName(name.slice(3))] : []));
}

/** A text with its one TX macro replaced; null when it has none, or other macros. */
export function withMacroValue(text: string, value: string): string | null {
  const whole = text.replace(/%\{tx[.:][^{}]*\}/i, () => value);
  return whole === text || hasMacro(whole) ? null : whole;
}

/** A text with macros (`%{tx.limit}`) as a template; what only the running server knows is an unknown part. */
export function expandMacros(text: string, phase: number): Template {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(MACRO)) {
    if (found.index > at) parts.push({ kind: "text", text: text.slice(at, found.index) });
    parts.push(...macroValue(found[1] ?? "", phase));
    at = found.index + found[0].length;
  }
  if (at < text.length || parts.length === 0) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}

function macroValue(macro: string, phase: number): Template {
  const [collection = "", ...rest] = macro.split(/[.:]/);
  const name = rest.join(".");
  if (/^tx$/i.test(collection)) return field(`var:${txName(name)}`);
  if (/^request_headers$/i.test(collection) && name !== "") return field(`header:${name.toLowerCase()}`);
  const value = name === "" ? scalarValue(collection.toUpperCase(), phase) : null;
  return value ?? [{ kind: "unknown", key: `%{${macro}}` }];
}
