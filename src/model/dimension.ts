import type { Field } from "./field.ts";
import type { Request } from "./request.ts";
import { cookieEntries, formEntries, type Entry } from "./bodies.ts";

/** A part of a request that can be varied on its own. */
export type Dimension =
  | "method"
  | "scheme"
  | "host"
  | "port"
  | "path"
  | "query"
  | "bodyBytes"
  | "clientAddress"
  | "identity"
  | "groups"
  | "perMinute"
  | `header:${string}`
  | `cookie:${string}`
  | `argument:${string}`
  | `form:${string}`
  | `claim:${string}`
  | `meta:${string}`;

/** The part of a request a field is read from; null for what no client chooses. */
export function dimensionOf(field: Field): Dimension | null {
  switch (field) {
    case "path":
    case "rawPath":
    case "sentPath":
    case "requestUri":
      return "path";
    case "query":
    case "sentQuery":
      return "query";
    case "method":
    case "sentMethod":
      return "method";
    case "contentLength":
    case "bodyBytes":
    case "header:content-length":
      return "bodyBytes";
    case "header:host":
      return "host";
    case "scheme":
    case "host":
    case "port":
    case "clientAddress":
    case "identity":
    case "perMinute":
      return field;
    case "body":
    case "header:transfer-encoding":
      return null;
    default:
      return field.startsWith("var:") ? null : (field as Dimension);
  }
}

/** What a request has in a dimension; null where it has nothing. */
export function valueIn(request: Request, dimension: Dimension): string | null {
  switch (dimension) {
    case "path":
      return request.path;
    case "method":
    case "scheme":
    case "host":
    case "query":
    case "clientAddress":
      return request[dimension];
    case "port":
    case "bodyBytes":
    case "perMinute":
      return String(request[dimension]);
    case "identity":
      return request.identity.state;
    case "groups":
      return request.identity.groups[0] ?? null;
    default: {
      const [kind, name] = split(dimension);
      return kind === "header" ? (request.headers[name] ?? null) : null;
    }
  }
}

function split(dimension: string): [kind: string, name: string] {
  const at = dimension.indexOf(":");
  return [dimension.slice(0, at), dimension.slice(at + 1)];
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The request with another value in one dimension (null takes it away); null when no request can have that value. */
export function assign(request: Request, dimension: Dimension, value: string | null): Request | null {
  switch (dimension) {
    case "path":
      return value?.startsWith("/") === true ? withTarget(request, value) : null;
    case "query":
      return { ...request, query: value ?? "" };
    case "method":
      return value !== null && token.test(value) ? { ...request, method: value } : null;
    case "host":
      return value !== null && /^[\w.:[\]-]+$/.test(value) ? { ...request, host: value.replace(/:\d+$/, "").toLowerCase() } : null;
    case "clientAddress":
      return value === null ? null : { ...request, clientAddress: value };
    case "scheme":
      return value === "http" || value === "https" ? withScheme(request, value) : null;
    case "port":
      return withPort(request, Number(value));
    case "bodyBytes":
    case "perMinute":
      return withNumber(request, dimension, value);
    case "identity":
      return value === "none" || value === "valid" || value === "invalid" ? { ...request, identity: { ...request.identity, state: value } } : null;
    case "groups":
      return { ...request, identity: { ...request.identity, groups: value === null ? [] : [value] } };
    default:
      return withNamed(request, dimension, value);
  }
}

function withTarget(request: Request, path: string): Request {
  const encoded = encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  return { ...request, path: encoded };
}

const defaultPort = { http: 80, https: 443 } as const;

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

function withNumber(request: Request, dimension: "bodyBytes" | "perMinute", value: string | null): Request | null {
  const number = Number(value);
  return value === null || !Number.isSafeInteger(number) || number < 0 ? null : { ...request, [dimension]: number };
}

function withNamed(request: Request, dimension: Dimension, value: string | null): Request | null {
  const [kind, name] = split(dimension);
  if (kind === "header") {
    if (value !== null && /[\r\n\0]/.test(value)) return null;
    const others = Object.entries(request.headers).filter(([header]) => header !== name);
    return { ...request, headers: Object.fromEntries(value === null ? others : [...others, [name, value]]) };
  }
  if (kind === "claim") return { ...request, identity: { ...request.identity, claims: withEntry(request.identity.claims, name, value) } };
  if (kind === "meta") return { ...request, meta: withEntry(request.meta, name, value) };
  if (kind === "argument") return { ...request, query: formText(formEntries(request.query), name, value) };
  if (kind === "form") {
    const body = formText(formEntries(request.body), name, value);
    return { ...request, body, bodyBytes: Buffer.byteLength(body) };
  }
  const cookies = replaced(cookieEntries(request.headers["cookie"] ?? ""), name, value);
  return withNamed(request, "header:cookie", cookies.length === 0 ? null : cookies.map(([key, text]) => `${key}=${text}`).join("; "));
}

function withEntry(record: Readonly<Record<string, string>>, name: string, value: string | null): Readonly<Record<string, string>> {
  return Object.fromEntries(replaced(Object.entries(record), name, value));
}

function replaced(entries: readonly Entry[], name: string, value: string | null): readonly Entry[] {
  const others = entries.filter(([key]) => key !== name);
  return value === null ? others : [...others, [name, value]];
}

function formText(entries: readonly Entry[], name: string, value: string | null): string {
  return replaced(entries, name, value).map(([key, text]) => `${encodeURIComponent(key)}=${encodeURIComponent(text)}`).join("&");
}

