import { cookieEntries, formEntries, jsonEntries, multipartParts, xmlAttributes, type Entry } from "./bodies.ts";
import { compilePattern } from "./regex.ts";
import type { Collection, Field, Selector } from "./field.ts";
import { normalisePath, strictPath } from "./path.ts";
import { defaultPort, protocolOf, type Request } from "./request.ts";
import type { Value } from "./template.ts";
import type { World } from "./world.ts";

/** The `Host` header a client sends: the port is there only when it is not the scheme's own, unless it is written out. */
export function hostHeader(request: Request): string {
  const written = own(request.headers, "host");
  if (written !== undefined) return written;
  return request.port === defaultPort[request.scheme] ? request.host : `${request.host}:${request.port}`;
}

/** Path and query as they stand in the request line. */
export function requestTarget(request: Request): string {
  return request.query === "" ? request.path : `${request.path}?${request.query}`;
}

function headerOf(request: Request, name: string): string | undefined {
  if (name === "host") return hostHeader(request);
  if (name === "content-length") return contentLength(request);
  if (name === "transfer-encoding" && request.chunked) return "chunked";
  return own(request.headers, name);
}

/** What a record holds itself: a client may well send a header called `constructor`. */
function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Methods whose empty body is announced by a length (RFC 9110, 8.6). */
const needsLength: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

function contentLength(request: Request): string | undefined {
  const bodiless = request.bodyBytes === 0 && !needsLength.has(request.method);
  return request.chunked || bodiless ? undefined : String(request.bodyBytes);
}

/** Reads any field but variables, which need the program's definitions. Undefined when the field is absent. */
export function readRequestField(world: World, field: Exclude<Field, `var:${string}`>): Value | undefined {
  const { request } = world;
  switch (field) {
    case "method":
      return world.method;
    case "path":
      return world.path;
    case "query":
      return world.query;
    case "sentMethod":
      return request.method;
    case "scheme":
      return request.scheme;
    case "host":
      return request.host;
    case "port":
      return String(request.port);
    case "rawPath":
      return request.path;
    case "sentPath":
      return normalisePath(request.path);
    case "strictPath":
    case "slashedPath":
      return strictPath(request.path, field === "strictPath");
    case "sentQuery":
      return request.query;
    case "requestUri":
      return requestTarget(request);
    case "protocol":
      return protocolOf(request);
    case "head":
      return headOf(request);
    case "body":
      return request.body;
    case "bodyBytes":
      return String(request.bodyBytes);
    case "contentLength":
      return contentLength(request);
    case "clientAddress":
      return request.clientAddress;
    case "identity":
      return request.identity.state;
    case "perMinute":
    case "atOnce":
      return String(request[field]);
    default:
      return readNamed(world, field);
  }
}

function headOf(request: Request): string {
  const lines = entriesOf(request, "headers").map(([name, value]) => `${name}: ${value}\r\n`);
  return `${request.method} ${requestTarget(request)} ${protocolOf(request)}\r\n${lines.join("")}\r\n`;
}

function readNamed(world: World, field: `${"header" | "cookie" | "argument" | "claim" | "meta"}:${string}`): Value | undefined {
  const { request } = world;
  const [kind, name] = splitField(field);
  if (kind === "header") return headerOf(request, name);
  if (kind === "claim") return request.identity.state === "valid" ? own(request.identity.claims, name) : undefined;
  if (kind === "meta") return own(request.meta, name);
  if (kind === "cookie") return firstNamed(entriesOf(request, "cookies"), name);
  if (typeof world.query !== "string") return { key: `argument ${name}`, text: "\uFFFD" };
  return firstNamed(rawArguments(world.query), name);
}

function splitField(field: string): [kind: string, name: string] {
  const at = field.indexOf(":");
  return [field.slice(0, at), field.slice(at + 1)];
}

/** nginx's `$arg_name` is not decoded. */
function rawArguments(query: string): Entry[] {
  return query.split("&").map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}

function firstNamed(entries: readonly Entry[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return entries.find(([entry]) => entry.toLowerCase() === wanted)?.[1];
}

const cache = new WeakMap<Request, Map<Collection, readonly Entry[]>>();

/** The entries of a collection, in the order of the request. */
export function entriesOf(request: Request, collection: Collection): readonly Entry[] {
  let ofRequest = cache.get(request);
  if (ofRequest === undefined) cache.set(request, (ofRequest = new Map()));
  let entries = ofRequest.get(collection);
  if (entries === undefined) ofRequest.set(collection, (entries = collect(request, collection)));
  return entries;
}

function collect(request: Request, collection: Collection): readonly Entry[] {
  switch (collection) {
    case "headers":
      return [...syntheticHeaders(request), ...Object.entries(request.headers).filter(([name]) => name !== "host")];
    case "cookies":
      return cookieEntries(request.headers["cookie"] ?? "");
    case "queryArguments":
      return formEntries(request.query);
    case "formArguments":
      return formEntries(request.body);
    case "jsonArguments":
      return jsonEntries(request.body);
    case "multipartArguments":
      return parts(request).filter((part) => part.file === null).map((part) => [part.name, part.value]);
    case "multipartFiles":
      return parts(request).flatMap((part) => (part.file === null ? [] : [[part.name, part.file] as const]));
    case "multipartHeaders":
      return parts(request).flatMap((part) => part.headers.map((line) => [part.name, line] as const));
    case "xmlAttributes":
      return xmlAttributes(request.body);
    case "xmlText":
      return [["", request.body.replace(/<[^<>]*>/g, " ")]];
    case "groups":
      return request.identity.state === "valid" ? request.identity.groups.map((group) => ["", group]) : [];
    case "scopes":
      return request.identity.state === "valid" ? request.identity.scopes.map((scope) => ["", scope]) : [];
    default:
      return collection satisfies never;
  }
}

function syntheticHeaders(request: Request): Entry[] {
  return ["host", "content-length", "transfer-encoding"].flatMap((name) => {
    const value = headerOf(request, name);
    return value === undefined ? [] : [[name, value] as const];
  });
}

function parts(request: Request): ReturnType<typeof multipartParts> {
  return multipartParts(request.headers["content-type"] ?? "", request.body);
}

/** Whether a selector chooses this name; undefined when its pattern cannot be decided. */
export function selects(selector: Selector, name: string): boolean | undefined {
  if (selector.kind === "name") return selector.name.toLowerCase() === name.toLowerCase();
  const compiled = compilePattern(selector.pattern, { ignoreCase: selector.ignoreCase ?? true });
  return compiled.ok ? compiled.test(name) : undefined;
}
