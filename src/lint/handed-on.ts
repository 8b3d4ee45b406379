import { normalisePath } from "../model/path.ts";
import type { Request } from "../model/request.ts";
import type { Value } from "../model/template.ts";
import type { Delivered } from "../model/verdict.ts";

/** The request as the next layer gets it. What only the running server knows is taken to be unchanged, and said. */
export function handedOn(request: Request, delivered: Delivered): { readonly request: Request; readonly assumptions: readonly string[] } {
  const assumptions: string[] = [];
  const known = (what: string, value: Value | null, otherwise: string): string => {
    if (typeof value === "string") return value;
    if (value !== null) assumptions.push(`${what} is handed on unchanged`);
    return otherwise;
  };
  const method = known("the method", delivered.method, request.method);
  const path = known("the path", delivered.path, normalisePath(request.path));
  const query = known("the query", delivered.query, request.query);
  const headers = new Map(Object.entries(request.headers));
  for (const [name, value] of Object.entries(delivered.headers)) {
    if (value === null) headers.delete(name);
    else headers.set(name, known(`the header ${name}`, value, request.headers[name] ?? ""));
  }
  const host = headers.get("host");
  headers.delete("host");
  return {
    request: {
      ...request,
      method,
      path: pathSent(request, path, delivered.pathAsWritten === true && typeof delivered.path === "string"),
      query,
      headers: Object.fromEntries(headers),
      ...(host === undefined || host === "" ? {} : { host: host.replace(/:\d+$/, "").toLowerCase() }),
      ...(delivered.bodyKept ? {} : { body: "", bodyBytes: 0, chunked: false }),
    },
    assumptions,
  };
}

/** The path that an application is asked for: as the client wrote it, unless it was changed on the way, or as it was written then. */
export function pathSent(request: Request, delivered: string, asWritten: boolean): string {
  if (asWritten) return delivered;
  return delivered === normalisePath(request.path) ? request.path : encodePath(delivered);
}

/** A decoded path as it stands in a request line (RFC 3986, 3.3). */
function encodePath(path: string): string {
  return Buffer.from(path).reduce((text, byte) => text + encodeByte(byte), "");
}

function encodeByte(byte: number): string {
  const char = String.fromCharCode(byte);
  return /[\w.~!$&'()*+,;=:@/-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
