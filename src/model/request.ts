/** Who the client proved to be. Groups, scopes and claims count only when `state` is `valid`. */
export interface Identity {
  readonly state: "none" | "valid" | "invalid";
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, string>>;
}

/** One concrete request as the client sends it; also the witness that is printed. */
export interface Request {
  readonly method: string;
  readonly scheme: "http" | "https";
  /** Without port, lower case. */
  readonly host: string;
  readonly port: number;
  /** As sent: percent-encoded, beginning with `/`, without the query. */
  readonly path: string;
  /** As sent, without `?`; empty when there is none. */
  readonly query: string;
  /**
   * Names in lower case. `content-length` and `transfer-encoding` follow from other fields and are left out, and so is
   * `host`, unless it is written in another way than `host` and `port` say.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** A sample of the body; may be shorter than `bodyBytes`. */
  readonly body: string;
  readonly bodyBytes: number;
  /** Sent with HTTP/1.0, as old proxies do; HTTP/1.1 where it is left out. */
  readonly version?: "1.0";
  /** Sent with `Transfer-Encoding: chunked`, so without a `Content-Length`. */
  readonly chunked: boolean;
  readonly clientAddress: string;
  readonly identity: Identity;
  readonly perMinute: number;
  /** How many such requests come at the same moment, this one among them. */
  readonly atOnce: number;
  /** What an edge knows and no client sends: country, bot score. */
  readonly meta: Readonly<Record<string, string>>;
}

/** The port of an address that names none. */
export const defaultPort = { http: 80, https: 443 } as const;

/** An ordinary browser; many user-agent lists refuse anything else. */
export const ordinaryUserAgent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0";

const ordinaryHeaders: Request["headers"] = {
  "user-agent": ordinaryUserAgent,
  accept: "*/*",
  "content-type": "application/x-www-form-urlencoded",
};

const ordinaryIdentity: Identity = { state: "valid", groups: [], scopes: [], claims: {} };

const nothing: Request["meta"] = {};

/** The legitimate client everything starts from: a public address, valid credentials, an ordinary browser, a small form. */
export function ordinaryPost(changes: Partial<Request> = {}): Request {
  const body = changes.body ?? "name=value";
  return {
    method: "POST",
    scheme: "https",
    host: "localhost",
    port: (changes.scheme ?? "https") === "https" ? 443 : 80,
    path: "/",
    query: "",
    headers: ordinaryHeaders,
    bodyBytes: Buffer.byteLength(body),
    chunked: false,
    clientAddress: "203.0.113.7",
    identity: ordinaryIdentity,
    perMinute: 1,
    atOnce: 1,
    meta: nothing,
    ...changes,
    body,
  };
}

/** The same request asked with another method; a method without a body loses it. */
export function withMethod(request: Request, method: string): Request {
  if (method !== "GET" && method !== "HEAD") return { ...request, method };
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name !== "content-type"),
  );
  return { ...request, method, headers, body: "", bodyBytes: 0, chunked: false };
}

/** The name and version of the protocol, as a request line ends with it. */
export function protocolOf({ version }: Request): string {
  return `HTTP/${version ?? "1.1"}`;
}

/** Whether two requests are told apart by nothing; requests that were made from one another share what they did not change. */
export function isSame(one: Request, other: Request): boolean {
  return (
    one.method === other.method &&
    one.scheme === other.scheme &&
    one.host === other.host &&
    one.port === other.port &&
    one.path === other.path &&
    one.query === other.query &&
    one.body === other.body &&
    one.bodyBytes === other.bodyBytes &&
    one.version === other.version &&
    one.chunked === other.chunked &&
    one.clientAddress === other.clientAddress &&
    one.perMinute === other.perMinute &&
    one.atOnce === other.atOnce &&
    one.identity === other.identity &&
    one.meta === other.meta &&
    sameTexts(one.headers, other.headers)
  );
}

function sameTexts(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  if (one === other) return true;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
