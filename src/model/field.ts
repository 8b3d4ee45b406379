/**
 * One thing a condition may read. Absent fields have no value; inside a template they read as "".
 *
 * `path` and `query` follow internal rewrites, `path` decoded and normalised; `rawPath`, `sentPath`, `sentQuery` and
 * `requestUri` stay as the client sent them (`sentPath` is decoded and normalised, the others are not). `strictPath`
 * is `sentPath`, and `slashedPath` keeps doubled slashes; both are absent when there is no such path: it
 * climbs above the root, or holds a `%` that encodes nothing.
 * `method` follows internal redirects that turn a request into a GET; `sentMethod` does not.
 */
export type Field =
  | "method"
  | "sentMethod"
  | "scheme"
  | "host"
  | "port"
  | "path"
  | "query"
  | "rawPath"
  | "sentPath"
  | "strictPath"
  | "slashedPath"
  | "sentQuery"
  | "requestUri"
  /** "HTTP/1.1" */
  | "protocol"
  /** The request line and the header lines as they are sent, each with the end of its line, and the empty one behind them. */
  | "head"
  | "body"
  | "bodyBytes"
  /** Absent when the body is chunked or there is none. */
  | "contentLength"
  | "clientAddress"
  | "identity"
  | "perMinute"
  | "atOnce"
  | `header:${string}`
  | `cookie:${string}`
  | `argument:${string}`
  | `claim:${string}`
  | `meta:${string}`
  /** Set by the configuration: nginx variables, environment variables, TX, captures. */
  | `var:${string}`;

/** Many values under names. Body collections are filled by the body parser of their content type, whatever the header says. */
export type Collection =
  | "headers"
  | "cookies"
  | "queryArguments"
  | "formArguments"
  | "jsonArguments"
  | "multipartArguments"
  | "multipartFiles"
  /** The header lines of each part, under the part's name. */
  | "multipartHeaders"
  | "xmlText"
  | "xmlAttributes"
  | "groups"
  | "scopes";

/** Chooses entries of a collection by name; names compare without case. */
export type Selector =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "pattern"; readonly pattern: string; readonly ignoreCase?: boolean };
