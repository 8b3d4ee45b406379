import type { Environment } from "../src/model/environment.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { normalisePath, percentDecode, strictPath } from "../src/model/path.ts";
import type { Program } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Value } from "../src/model/template.ts";
import type { Ending, Verdict } from "../src/model/verdict.ts";
import { nginx } from "../src/formats/nginx/index.ts";
import type { Answer, Sent } from "./loopback.ts";
import type { Addresses } from "./nginx-process.ts";
import { rightPassword } from "./loopback.ts";
import { portFor } from "./nginx-process.ts";

function shown(value: Value | null): string {
  return value === null ? "" : typeof value === "string" ? value : value.text;
}

/** An error page makes a GET of everything but a HEAD: between these two nobody here needs to tell. */
function bodiless(method: string): string {
  return method === "HEAD" ? "GET" : method;
}

/** The program of one `http` block's inside. */
export function programOf(inside: string): Program {
  const { units, problems } = nginx.load([{ path: "nginx.conf", text: `http { ${inside} }` }], { read: () => null, list: () => [] });
  const [unit] = units;
  if (unit === undefined || problems.length > 0) throw new Error(`not read: ${problems.map(({ message }) => message).join("; ")}`);
  return unit.program;
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/\.?(?::\d*)?$/, "");
}

/** What the interpreter says about a request as it is sent on loopback. */
export function verdictOf(program: Program, host: string, sent: Sent, addresses: Pick<Addresses, "port" | "secondPort" | "thirdPort">, environment: Environment, perMinute = 1): Verdict {
  const [, path = "", query = ""] = /^([^?]*)\??(.*)$/.exec(sent.target) ?? [];
  const headers = Object.fromEntries(Object.entries({ host, ...sent.headers }).map(([name, value]) => [name.toLowerCase(), value]));
  const known = sent.target.startsWith("/ok") || headers["authorization"] === rightPassword;
  return evaluate(
    program,
    ordinaryPost({
      method: sent.method,
      scheme: "http",
      host: bareHost(sent.absolute ?? host),
      port: portFor(sent, addresses),
      path,
      query,
      headers,
      body: "",
      bodyBytes: sent.bytes ?? 0,
      chunked: sent.chunked ?? false,
      clientAddress: "127.0.0.1",
      perMinute,
      identity: { state: known ? "valid" : "none", groups: [], scopes: [], claims: {} },
    }),
    environment,
  );
}

/** What a client and the application see, apart from the way a redirect's address is encoded, when an ending comes true, in the words of a real answer. */
export function expectedOf(ending: Ending, sent: Sent): Record<string, unknown> {
  const { delivered } = ending;
  if (ending.outcome === "unknown") return { outcome: "unknown" };
  const arrival = {
    method: bodiless(shown(delivered.method)),
    path: normalisePath(delivered.pathAsWritten === true ? shown(delivered.path) : shown(delivered.path).replaceAll("%", "%25")),
    query: percentDecode(shown(delivered.query)),
    body: delivered.bodyKept && (sent.bytes ?? 0) > 0,
  };
  return {
    status: ending.status ?? 200,
    ...(ending.location === null ? {} : { location: percentDecode(relative(shown(ending.location), sent.absolute ?? sent.host ?? "", null)) }),
    ...((ending.outcome === "refused" || ending.outcome === "redirected") && ending.by?.effect.kind === "reroute" ? { page: true } : {}),
    ...(ending.outcome === "reached" ? { arrival, headers: Object.fromEntries(Object.entries(delivered.headers).map(([name, value]) => [name, value === "" ? null : value])) } : {}),
  };
}

/** The same of what really was answered. */
export function seenOf(answer: Answer, expected: Record<string, unknown>, host: string, port: number, mergesSlashes = true): Record<string, unknown> {
  const { status, location } = answer;
  // Behind an error page the application may be asked, and the client still gets the error.
  const arrival = "page" in expected ? null : answer.arrival;
  const path = arrival?.uri.split("?")[0] ?? "";
  const names = Object.keys((expected["headers"] as object | undefined) ?? {});
  return {
    status,
    ...("page" in expected ? { page: true } : {}),
    // nginx makes a redirect to a path absolute, and always has written the host in lower case.
    ...(location === null || status === 201 ? {} : { location: percentDecode(relative(location, host, port)) }),
    ...(arrival === null
      ? {}
      : {
          arrival: { method: bodiless(arrival.method), path: normalisePath(mergesSlashes ? path : (strictPath(path, false) ?? path).replaceAll("%", "%25")), query: percentDecode(arrival.uri.slice(path.length + 1)), body: arrival.bytes > 0 },
          headers: Object.fromEntries(names.map((name) => [name, (arrival.headers[name] ?? "") === "" ? null : arrival.headers[name]])),
        }),
  };
}

/** A redirect to a path is made absolute in a way that settings choose: by the name sent or the first of the server, with the port or without. */
function relative(location: string, host: string, port: number | null): string {
  const sent = bareHost(host);
  const [, name, at] = /^http:\/\/([^/:]*)(?::(\d+))?\//.exec(location) ?? [];
  const own = name === sent || (name !== undefined && /^(?:\*?\.)?c\d+\./.test(name));
  return own && (at === undefined || port === null || at === String(port)) ? location.replace(/^http:\/\/[^/]*/, "") : location;
}
