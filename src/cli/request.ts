import { ordinaryPost, withMethod, type Request } from "../model/request.ts";
import { UsageError } from "./usage.ts";

/** One request as a command line describes it. */
export interface RequestWords {
  readonly method: string;
  readonly url: string;
  /** `Name: value` each; `Name:` takes a header out, `Name;` sends it empty, as with curl. */
  readonly header: readonly string[];
  readonly data?: string;
  readonly dataSize?: number;
  readonly clientIp?: string;
  readonly groups?: readonly string[];
  readonly scopes?: readonly string[];
}

const bodiless = new Set(["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"]);

/** The request; what is not said is that of an ordinary client. Throws a usage error for what is no request. */
export function requestFrom(words: RequestWords): Request {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(words.method)) throw new UsageError(`\`${words.method}\` is no method; write \`postlint trace POST https://host/path\``);
  const target = targetOf(words.url);
  const { headers, special } = headersOf(words.header);
  const base = bodiless.has(words.method) && words.data === undefined && words.dataSize === undefined ? withMethod(ordinaryPost(), "GET") : ordinaryPost();
  const body = words.data ?? (words.dataSize === 0 ? "" : base.body);
  const bodyBytes = words.dataSize ?? Buffer.byteLength(body);
  const host = special.host === undefined ? {} : hostedAt(special.host, target);
  return {
    ...base,
    ...target,
    ...host,
    method: words.method,
    headers: Object.fromEntries(Object.entries({ ...base.headers, ...headers, ...writtenHost(special.host, { ...target, ...host }) }).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    body: bodyBytes < Buffer.byteLength(body) ? Buffer.from(body).subarray(0, bodyBytes).toString() : body,
    bodyBytes,
    chunked: special.chunked,
    clientAddress: words.clientIp ?? base.clientAddress,
    identity: { ...base.identity, state: bringsNone(words.method, headers) ? "none" : "valid", groups: words.groups ?? [], scopes: words.scopes ?? [] },
  };
}

/** Clients have valid credentials unless the header is taken out; a browser asks by OPTIONS without any (Fetch standard, 4.8). */
function bringsNone(method: string, { authorization }: Readonly<Record<string, string | null>>): boolean {
  return authorization === null || (method === "OPTIONS" && authorization === undefined);
}

/** The path is kept as it was typed: `URL` would resolve its dots. */
function targetOf(text: string): Pick<Request, "scheme" | "host" | "port" | "path" | "query"> {
  const [, scheme, authority = "localhost", path = "", query = ""] = /^(?:(https?):\/\/([^/?#]+))?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i.exec(text) ?? [];
  if (scheme === undefined && path === "") throw new UsageError(`\`${text}\` is no address; write https://host/path, or a path that begins with /`);
  const secure = scheme?.toLowerCase() !== "http";
  const { host = "localhost", port } = hostOf(authority.replace(/^.*@/, ""));
  return { scheme: secure ? "https" : "http", host, port: port ?? (secure ? 443 : 80), path: path === "" ? "/" : encoded(path), query: encoded(query) };
}

/** Blanks and letters that cannot stand in a request line. */
function encoded(text: string): string {
  return text.replace(/[^\x21-\x7E]+/gu, (run) => [...Buffer.from(run)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""));
}

function hostOf(authority: string): { readonly host?: string; readonly port?: number } {
  const [, host, port] = /^\[?(.+?)\]?(?::(\d{1,5}))?$/.exec(authority) ?? [];
  return { ...(host === undefined ? {} : { host: host.toLowerCase() }), ...(port === undefined ? {} : { port: Number(port) }) };
}

/** The name in a `Host` line, and its port where the address gives none. */
function hostedAt(line: string, { scheme, port }: Pick<Request, "scheme" | "port">): Partial<Pick<Request, "host" | "port">> {
  const named = hostOf(line);
  const isDefault = port === (scheme === "https" ? 443 : 80);
  return { ...(named.host === undefined ? {} : { host: named.host.replace(/\.$/, "") }), ...(isDefault && named.port !== undefined ? { port: named.port } : {}) };
}

/** A `Host` line that says something else than host and port do. */
function writtenHost(line: string | undefined, { scheme, host, port }: Pick<Request, "scheme" | "host" | "port">): { readonly host?: string } {
  const ordinary = port === (scheme === "https" ? 443 : 80) ? host : `${host}:${port}`;
  return line === undefined || line.toLowerCase() === ordinary ? {} : { host: line };
}

interface Special {
  host?: string;
  chunked: boolean;
}

function headersOf(lines: readonly string[]): { readonly headers: Readonly<Record<string, string | null>>; readonly special: Special } {
  const headers: Record<string, string | null> = {};
  const special: Special = { chunked: false };
  for (const line of lines) {
    const [, name, mark, value = ""] = /^([!#$%&'*+.^_`|~\w-]+)([:;])\s*(.*?)\s*$/s.exec(line) ?? [];
    if (name === undefined) throw new UsageError(`\`${line}\` is no header; write -H 'Name: value'`);
    const key = name.toLowerCase();
    if (key === "host") special.host = value;
    else if (key === "transfer-encoding") special.chunked = /\bchunked\b/i.test(value);
    else if (key !== "content-length") headers[key] = value === "" && mark === ":" ? null : value;
  }
  return { headers, special };
}
