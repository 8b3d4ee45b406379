import { isIP } from "node:net";
import { cookieEntries, formEntries, jsonEntries, type Entry } from "./bodies.ts";
import type { Collection, Field } from "./field.ts";
import { percentDecode } from "./path.ts";
import { defaultPort, type Request } from "./request.ts";

/** A part of a request that can be varied on its own. Its values are written as they are sent. */
export type Dimension =
  | "method"
  | "scheme"
  | "host"
  | "port"
  | "path"
  | "query"
  | "body"
  | "bodyBytes"
  | "chunked"
  | "clientAddress"
  | "identity"
  | "groups"
  | "scopes"
  | "perMinute"
  | "atOnce"
  | `header:${string}`
  | `cookie:${string}`
  | `argument:${string}`
  | `form:${string}`
  | `json:${string}`
  | `claim:${string}`
  | `meta:${string}`;

/** The parts of a request that decide what a field reads, the part it is read from first; none for what no client chooses. */
export function dimensionsOf(field: Field): readonly Dimension[] {
  switch (field) {
    case "path":
    case "rawPath":
    case "sentPath":
    case "strictPath":
    case "slashedPath":
      return ["path"];
    case "requestUri":
      return ["path", "query"];
    case "head":
    case "protocol":
      return [];
    case "query":
    case "sentQuery":
      return ["query"];
    case "method":
    case "sentMethod":
      return ["method"];
    case "contentLength":
    case "header:content-length":
      return ["bodyBytes", "chunked"];
    case "header:transfer-encoding":
      return ["chunked"];
    case "header:host":
      return ["host", "port"];
    case "scheme":
    case "host":
    case "port":
    case "body":
    case "bodyBytes":
    case "clientAddress":
    case "identity":
    case "perMinute":
    case "atOnce":
      return [field];
    default:
      if (field.startsWith("var:")) return [];
      return field.startsWith("claim:") ? [field as Dimension, "identity"] : [field as Dimension];
  }
}

/** The part of a request that holds an entry of a collection; null for what is not varied. */
export function dimensionOfEntry(collection: Collection, name: string): Dimension | null {
  switch (collection) {
    case "headers":
      return dimensionsOf(`header:${name.toLowerCase()}`)[0] ?? null;
    case "cookies":
      return `cookie:${name}`;
    case "queryArguments":
      return `argument:${name}`;
    case "formArguments":
      return `form:${name}`;
    case "jsonArguments":
      return `json:${name}`;
    case "groups":
    case "scopes":
      return collection;
    default:
      return null;
  }
}

/** The values of a part that has only a few; none for parts that take any text. */
export function fixedValues(dimension: Dimension): readonly string[] {
  switch (dimension) {
    case "method":
      return ["POST", "GET", "HEAD", "OPTIONS", "PUT", "DELETE"];
    case "scheme":
      return ["https", "http"];
    case "identity":
      return ["valid", "none", "invalid"];
    case "chunked":
      return ["no", "yes"];
    case "host":
      return ["www.example.org", "example.org", "shop.example.org"];
    default:
      return [];
  }
}

const order = ["scheme", "host", "port", "header", "cookie", "query", "argument", "body", "form", "json", "bodyBytes", "chunked"];

/** Parts that contain others must be set before them: sorts so that every set value is still there in the end. */
export function compareDimensions(left: Dimension, right: Dimension): number {
  return order.indexOf(split(left)[0]) - order.indexOf(split(right)[0]);
}

/** What a request has in a part, as `assign` takes it; null where it has nothing. */
export function valueIn(request: Request, dimension: Dimension): string | null {
  switch (dimension) {
    case "method":
    case "scheme":
    case "host":
    case "path":
    case "query":
    case "body":
    case "clientAddress":
      return request[dimension];
    case "port":
    case "bodyBytes":
    case "perMinute":
    case "atOnce":
      return String(request[dimension]);
    case "chunked":
      return request.chunked ? "yes" : "no";
    case "identity":
      return request.identity.state;
    case "groups":
    case "scopes":
      return request.identity[dimension].length === 0 ? null : request.identity[dimension].join("\n");
    default:
      return valueNamed(request, dimension);
  }
}

function valueNamed(request: Request, dimension: Dimension): string | null {
  const [kind, name] = split(dimension);
  if (kind === "argument") return rawValue(request.query, name);
  if (kind === "form") return rawValue(request.body, name);
  return find(entriesIn(request, kind), name);
}

function entriesIn(request: Request, kind: string): readonly Entry[] {
  if (kind === "header") return Object.entries(request.headers);
  if (kind === "claim") return Object.entries(request.identity.claims);
  if (kind === "meta") return Object.entries(request.meta);
  return kind === "cookie" ? cookieEntries(request.headers["cookie"] ?? "") : jsonEntries(request.body);
}

function find(entries: readonly Entry[], name: string): string | null {
  return entries.find(([key]) => key === name)?.[1] ?? null;
}

function split(dimension: string): [kind: string, name: string] {
  const at = dimension.indexOf(":");
  return at < 0 ? [dimension, ""] : [dimension.slice(0, at), dimension.slice(at + 1)];
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const targetText = /^[!$&'()*+,./0-9:;=?@A-Z_a-z~%-]*$/;
const hostText = /^[\w.-]+$|^\[[0-9a-f:.]+\]$/i;

/** The request with another value in one part (null takes it away); null when no request can have that value. */
export function assign(request: Request, dimension: Dimension, value: string | null): Request | null {
  switch (dimension) {
    case "query":
      return targetText.test(value ?? "") ? { ...request, query: value ?? "" } : null;
    case "groups":
    case "scopes":
      return { ...request, identity: { ...request.identity, [dimension]: value === null ? [] : value.split("\n") } };
    case "body":
      return withBody(request, value ?? "");
    default:
      if (dimension.includes(":")) return withNamed(request, dimension, value);
      return value === null ? null : withValue(request, dimension, value);
  }
}

function withValue(request: Request, dimension: Dimension, value: string): Request | null {
  switch (dimension) {
    case "path":
      return value.startsWith("/") && targetText.test(value) && !value.includes("?") ? { ...request, path: value } : null;
    case "method":
      return token.test(value) ? { ...request, method: value } : null;
    case "host":
      return withHost(request, value);
    case "clientAddress":
      return isIP(value) === 0 ? null : { ...request, clientAddress: value };
    case "scheme":
      return value === "http" || value === "https" ? withScheme(request, value) : null;
    case "port":
      return withPort(request, Number(value));
    case "bodyBytes":
    case "perMinute":
    case "atOnce":
      return withNumber(request, dimension, Number(value === "" ? Number.NaN : value));
    case "chunked":
      return { ...request, chunked: value === "yes" };
    case "identity":
      return value === "none" || value === "valid" || value === "invalid" ? { ...request, identity: { ...request.identity, state: value } } : null;
    default:
      return null;
  }
}

function withHost(request: Request, value: string): Request | null {
  const port = /:(\d+)$/.exec(value)?.[1];
  const host = port === undefined ? value : value.slice(0, -port.length - 1);
  if (!hostText.test(host)) return null;
  const named = { ...request, host: host.toLowerCase() };
  return port === undefined ? named : withPort(named, Number(port));
}

function withScheme(request: Request, scheme: "http" | "https"): Request {
  const port = request.port === defaultPort[request.scheme] ? defaultPort[scheme] : request.port;
  return { ...request, scheme, port };
}

/** The two well-known ports bring their scheme with them. */
function withPort(request: Request, port: number): Request | null {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return null;
  const scheme = port === 80 ? "http" : port === 443 ? "https" : request.scheme;
  return { ...request, scheme, port };
}

/** A body that is cut below its sample loses the rest of the sample too. */
function withNumber(request: Request, dimension: "bodyBytes" | "perMinute" | "atOnce", number: number): Request | null {
  if (!Number.isSafeInteger(number) || number < 0) return null;
  if (dimension !== "bodyBytes") return { ...request, [dimension]: number };
  const body = Buffer.byteLength(request.body) <= number ? request.body : Buffer.from(request.body).subarray(0, number).toString().replace(/\uFFFD+$/, "");
  return { ...request, body, bodyBytes: number };
}

function withBody(request: Request, body: string): Request {
  return { ...request, body, bodyBytes: Math.max(request.bodyBytes, Buffer.byteLength(body)) };
}

function withNamed(request: Request, dimension: Dimension, value: string | null): Request | null {
  const [kind, name] = split(dimension);
  switch (kind) {
    case "header":
      return withHeader(request, name, value);
    case "cookie":
      return withCookie(request, name, value);
    case "claim":
      return { ...request, identity: { ...request.identity, claims: Object.fromEntries(replaced(Object.entries(request.identity.claims), name, value)) } };
    case "meta":
      return { ...request, meta: Object.fromEntries(replaced(Object.entries(request.meta), name, value)) };
    case "argument":
      return value !== null && !targetText.test(value) ? null : { ...request, query: withPair(request.query, name, value) };
    case "form":
      return /^\s*[[{<-]/.test(request.body) || !targetText.test(value ?? "") ? null : withBody(request, withPair(request.body, name, value));
    default:
      return withJson(request, name, value);
  }
}

/** Control characters cannot be sent, and blanks around a value are not part of it (RFC 9110, 5.5). */
function withHeader(request: Request, name: string, value: string | null): Request | null {
  if (!token.test(name) || (value !== null && (/[\x00-\x08\x0A-\x1F\x7F]/.test(value) || value.trim() !== value))) return null;
  return { ...request, headers: Object.fromEntries(replaced(Object.entries(request.headers), name, value)) };
}

function withCookie(request: Request, name: string, value: string | null): Request | null {
  if (!token.test(name) || (value !== null && (value.includes(";") || value.trim() !== value))) return null;
  const cookies = replaced(cookieEntries(request.headers["cookie"] ?? ""), name, value);
  return withHeader(request, "cookie", cookies.length === 0 ? null : cookies.map(([key, text]) => `${key}=${text}`).join("; "));
}

function withJson(request: Request, name: string, value: string | null): Request | null {
  let root: unknown;
  try {
    root = JSON.parse(request.body);
  } catch {
    return null;
  }
  if (typeof root !== "object" || root === null || Array.isArray(root) || name.includes(".")) return null;
  return withBody(request, JSON.stringify(Object.fromEntries(replaced(Object.entries(root), name, value))));
}

function replaced<T>(entries: readonly (readonly [string, T])[], name: string, value: string | null): readonly (readonly [string, T | string])[] {
  const others = entries.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  return value === null ? others : [...others, [name, value]];
}

function pairsOf(text: string): readonly Entry[] {
  return text.split("&").filter(Boolean).map((pair) => [formEntries(pair)[0]?.[0] ?? "", pair]);
}

function rawValue(text: string, name: string): string | null {
  const pair = find(pairsOf(text), name);
  return pair === null ? null : pair.includes("=") ? pair.slice(pair.indexOf("=") + 1) : "";
}

function withPair(text: string, name: string, value: string | null): string {
  const others = pairsOf(text).filter(([key]) => key.toLowerCase() !== name.toLowerCase()).map(([, pair]) => pair);
  return [...others, ...(value === null ? [] : [`${encoded(name)}=${value}`])].join("&");
}

/** Percent-encodes a piece of a name or value of a query or a form. */
export function encoded(text: string): string {
  return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, ""));
}

/** Percent-encodes a piece of a path; a server that decodes it reads the piece again. */
export function encodedPath(text: string): string {
  const sent = encodeURI(text.replace(/[\uD800-\uDFFF]/gu, "")).replace(/[?#[\]]/g, encodeURIComponent);
  return percentDecode(sent) === text ? sent : "";
}
