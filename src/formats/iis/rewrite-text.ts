import { always, test, testText } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import type { Case } from "../../model/program.ts";
import { fieldValue, literal, text, type Part, type Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";

/** Where the site is taken to lie on a server nothing is known of. */
export const siteRoot = "/wwwroot";

/** What a back-reference stands for: `{R:1}` of the rule's pattern, `{C:1}` of a condition. */
export interface References {
  rule(group: number): Template;
  condition(group: number): Template;
}

/** A `<rewriteMap>`: keys in order with their values, and what stands for every other key. */
export interface RewriteMap {
  readonly name: string;
  readonly entries: readonly (readonly [key: string, value: string])[];
  readonly otherwise: string;
  readonly at: Span;
}

/** What the texts of a rule may read. `definitions` collects the variables that this takes. */
export interface Texts {
  readonly references: References;
  readonly maps: readonly RewriteMap[];
  readonly definitions: Record<string, readonly Case[]>;
}

/** Longer maps are not searched. */
const mostEntries = 300;

/** Variables with fixed meanings, computed at every reading: a rule may have changed what they are made of. */
export function serverVariables(at: Span): Readonly<Record<string, readonly Case[]>> {
  const tls = test("scheme", { kind: "in", values: ["https"] }, at);
  const noQuery = testText(fieldValue("query"), { kind: "equals", value: text("") }, at);
  return {
    "iis.https": [{ when: tls, value: text("on") }, { when: always, value: text("off") }],
    "iis.secure": [{ when: tls, value: text("1") }, { when: always, value: text("0") }],
    "iis.question": [{ when: noQuery, value: text("") }, { when: always, value: [...text("?"), ...fieldValue("query")] }],
    "iis.further": [{ when: noQuery, value: text("") }, { when: always, value: [...text("&"), ...fieldValue("query")] }],
  };
}

const fields: Readonly<Record<string, Template>> = {
  REQUEST_METHOD: fieldValue("method"),
  HTTP_METHOD: fieldValue("method"),
  QUERY_STRING: fieldValue("query"),
  HTTPS: fieldValue("var:iis.https"),
  SERVER_PORT_SECURE: fieldValue("var:iis.secure"),
  SERVER_PORT: fieldValue("port"),
  SERVER_NAME: fieldValue("host"),
  HTTP_HOST: fieldValue("header:host"),
  REQUEST_URI: [...fieldValue("path"), ...fieldValue("var:iis.question")],
  UNENCODED_URL: fieldValue("requestUri"),
  HTTP_URL: fieldValue("requestUri"),
  URL: fieldValue("path"),
  PATH_INFO: fieldValue("path"),
  SCRIPT_NAME: fieldValue("path"),
  REQUEST_FILENAME: [...text(siteRoot), ...fieldValue("path")],
  PATH_TRANSLATED: [...text(siteRoot), ...fieldValue("path")],
  SCRIPT_FILENAME: [...text(siteRoot), ...fieldValue("path")],
  DOCUMENT_ROOT: text(siteRoot),
  APPL_PHYSICAL_PATH: text(`${siteRoot}/`),
  REMOTE_ADDR: fieldValue("clientAddress"),
  REMOTE_HOST: fieldValue("clientAddress"),
  CONTENT_TYPE: fieldValue("header:content-type"),
  CONTENT_LENGTH: fieldValue("contentLength"),
  SERVER_PROTOCOL: fieldValue("protocol"),
  // Rules are asked before anybody is asked who they are.
  LOGON_USER: text(""),
  AUTH_USER: text(""),
  REMOTE_USER: text(""),
};

/** A text with `{...}` in it, as a value (URL Rewrite Module Configuration Reference, "Using server variables"). */
export function textOfRule(written: string, texts: Texts, at: Span): Template {
  const parts: Part[] = [];
  for (const piece of pieces(written)) {
    if (piece.kind === "text") parts.push({ kind: "text", text: piece.text });
    else parts.push(...reference(piece.text, texts, at));
  }
  return parts.length === 0 ? text("") : parts;
}

interface Piece {
  readonly kind: "text" | "reference";
  readonly text: string;
}

/** References may stand inside each other: `{Map:{R:1}}`. A brace that is not closed is text. */
function pieces(written: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < written.length) {
    const open = written.indexOf("{", at);
    const end = open < 0 ? -1 : closing(written, open);
    if (end < 0) {
      found.push({ kind: "text", text: written.slice(at) });
      break;
    }
    if (open > at) found.push({ kind: "text", text: written.slice(at, open) });
    found.push({ kind: "reference", text: written.slice(open + 1, end) });
    at = end + 1;
  }
  return found;
}

function closing(written: string, open: number): number {
  let depth = 0;
  for (let at = open; at < written.length; at += 1) {
    if (written[at] === "{") depth += 1;
    else if (written[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

/** Deeper references than a map's key in a function are not followed. */
const deepest = 4;

function reference(inside: string, texts: Texts, at: Span, depth = 0): Template {
  const [, kind = "", argument = ""] = /^([^:{}]+):(.*)$/s.exec(inside) ?? [];
  if (kind === "" || depth > deepest) return serverVariable(inside);
  if (/^[RC]$/.test(kind) && /^\d$/.test(argument)) return kind === "R" ? texts.references.rule(Number(argument)) : texts.references.condition(Number(argument));
  const inner = textOfRule(argument, texts, at);
  const known = literal(inner);
  if (/^(?:ToLower|UrlEncode|UrlDecode)$/i.test(kind)) {
    return known === null ? [{ kind: "unknown", key: inside }] : text(changed(kind.toLowerCase(), known));
  }
  const map = texts.maps.find(({ name }) => name.toLowerCase() === kind.toLowerCase());
  return map === undefined || map.entries.length > mostEntries ? [{ kind: "unknown", key: inside }] : looked(map, inner, texts);
}

function changed(by: string, known: string): string {
  if (by === "tolower") return known.toLowerCase();
  return by === "urlencode" ? encodeURIComponent(known) : known;
}

function looked(map: RewriteMap, key: Template, { definitions }: Texts): Template {
  const name = `iis.map.${Object.keys(definitions).length}`;
  const found = map.entries.map(([wanted, value]): Case => ({ when: testText(key, { kind: "equals", value: text(wanted), ignoreCase: true }, map.at), value: text(value) }));
  definitions[name] = [...found, { when: always, value: text(map.otherwise) }];
  return fieldValue(`var:${name}`);
}

function serverVariable(name: string): Template {
  const upper = name.toUpperCase();
  if (Object.hasOwn(fields, upper)) return fields[upper] ?? text("");
  const header = /^HTTP_(\w+)$/.exec(upper)?.[1];
  if (header === undefined) return [{ kind: "unknown", key: name }];
  const field: Field = `header:${header.toLowerCase().replaceAll("_", "-")}`;
  return fieldValue(field);
}
