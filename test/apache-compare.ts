import { apache } from "../src/formats/apache/index.ts";
import type { Tree } from "../src/formats/format.ts";
import type { Environment } from "../src/model/environment.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { percentDecode } from "../src/model/path.ts";
import type { Program } from "../src/model/program.ts";
import type { Identity } from "../src/model/request.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Value } from "../src/model/template.ts";
import type { Ending, Verdict } from "../src/model/verdict.ts";
import { filesOf, mapFile, modulesLoaded, rootOf, virtualHost, type Addresses, type Site } from "./apache-process.ts";
import { diskOf } from "./disk.ts";
import type { Answer, Sent } from "./loopback.ts";

/** A site as the interpreter sees it. */
export interface Understood {
  readonly program: Program;
  readonly environment: Environment;
  readonly problems: readonly string[];
}

/** The program of a site, and what lies on its disk. */
export function understood(site: Site, number: number, addresses: Addresses): Understood {
  const root = rootOf(number, addresses.folder);
  const files = filesOf(site, number, addresses);
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
  texts.set(`${addresses.folder}/map.txt`, mapFile);
  const tree: Tree = {
    read: (name) => (texts.has(name) ? { path: name, text: texts.get(name) ?? "" } : null),
    list: (pattern) => {
      const regex = new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*")}$`);
      return [...texts.keys()].filter((name) => regex.test(name));
    },
  };
  const { units, problems } = apache.load([{ path: "httpd.conf", text: `${modulesLoaded}\n${virtualHost(site, number, addresses)}` }], tree);
  const [unit] = units;
  if (unit === undefined) throw new Error("a virtual host makes a program");
  return { program: unit.program, environment: diskOf(root, files), problems: problems.map(({ message }) => message) };
}

function identityOf(authorization: string | undefined): Identity {
  const state = authorization === undefined ? "none" : authorization === credentials ? "valid" : "invalid";
  return { state, groups: [], scopes: [], claims: {} };
}

/** What `u` sends who may log in. */
export const credentials = `Basic ${Buffer.from("u:p").toString("base64")}`;

/** What the interpreter says about a request as it is sent on loopback. */
export function verdictOf({ program, environment }: Understood, host: string, sent: Sent, port: number): Verdict {
  const [path = "", query = ""] = sent.target.split(/\?(.*)/s);
  const headers = Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const request = ordinaryPost({ method: sent.method, scheme: "http", host: host.toLowerCase(), port, path, query, headers, body: "", bodyBytes: sent.bytes ?? 0, chunked: sent.chunked ?? false, clientAddress: "127.0.0.1", identity: identityOf(headers["authorization"]) });
  return evaluate(program, request, environment);
}

function shown(value: Value | null): string {
  return value === null ? "" : typeof value === "string" ? value : value.text;
}

/** Headers that the program on loopback tells of. */
const told: ReadonlySet<string> = new Set(["x-name", "x-added", "authorization", "content-type", "cookie"]);

/** What a client and the application see when an ending comes true, in the words of a real answer. */
export function expectedOf(ending: Ending, sent: Sent): Record<string, unknown> {
  const { delivered } = ending;
  if (ending.outcome === "unknown") return { outcome: "unknown" };
  // What a proxy makes of an address is not followed.
  const proxied = ending.trace.some(({ gate, held }) => held !== "no" && gate.because[0].note === "a proxy answers");
  const address = proxied ? {} : { path: shown(delivered.path), ...(typeof delivered.query === "string" ? { query: delivered.query } : {}) };
  const arrival = { method: shown(delivered.method), ...address, body: delivered.bodyKept && (sent.bytes ?? 0) > 0 };
  const headers = Object.fromEntries(Object.entries(delivered.headers).flatMap(([name, value]) => (told.has(name) && (value === null || typeof value === "string") ? [[name, shown(value)]] : [])));
  return {
    status: ending.status ?? 200,
    ...(ending.location === null || typeof ending.location !== "string" ? {} : { location: plainLocation(shown(ending.location)) }),
    ...(ending.outcome === "reached" ? { arrival, headers } : {}),
  };
}

/** The same of what really was answered. */
export function seenOf(answer: Answer, expected: Record<string, unknown>): Record<string, unknown> {
  const { status, location, arrival } = answer;
  const [uri = "", query = ""] = arrival === null ? [] : splitAddress(arrival, expected["arrival"]);
  const names = Object.keys((expected["headers"] as object | undefined) ?? {});
  return {
    status,
    ...("location" in expected && location !== null ? { location: plainLocation(location) } : {}),
    ...("arrival" in expected && arrival !== null
      ? {
          arrival: { method: arrival.method, ...("path" in (expected["arrival"] as object) ? { path: pathOf(uri, arrival, expected["arrival"] as object) } : {}), ...("query" in (expected["arrival"] as object) ? { query } : {}), body: arrival.bytes > 0 },
          headers: Object.fromEntries(names.map((name) => [name, arrival.headers[name] ?? ""])),
        }
      : {}),
  };
}

/** Path and query of what a program was asked for; a path may hold a question mark, too. */
function splitAddress({ uri, headers }: NonNullable<Answer["arrival"]>, expected: unknown): readonly string[] {
  const path = typeof expected === "object" && expected !== null && "path" in expected && typeof expected.path === "string" ? expected.path : "";
  const info = headers["path-info"] ?? "";
  const whole = [path, scriptName(path, info) + info].find((one) => one.includes("?") && uri.startsWith(`${one}?`));
  return whole === undefined ? uri.split(/\?(.*)/s) : [whole, uri.slice(whole.length + 1)];
}

/** The path a program was asked for: it is told the part before its PATH_INFO, as the server cuts that off, and the PATH_INFO. */
function pathOf(uri: string, { headers }: NonNullable<Answer["arrival"]>, expected: object): string {
  const info = headers["path-info"] ?? "";
  const path = "path" in expected && typeof expected.path === "string" ? expected.path : uri;
  return uri === scriptName(path, info) + info ? path : uri;
}

/** The part of a path before PATH_INFO, whether or not it ends with that (`ap_find_path_info`). */
function scriptName(path: string, info: string): string {
  if (info === "") return path;
  let same = 0;
  let at = path.length - 1;
  for (; same < info.length && at >= 0 && path[at] === info.at(-1 - same); at -= 1) {
    if (path[at] === "/") while (at > 0 && path[at - 1] === "/") at -= 1;
    same += 1;
  }
  const begin = Math.max(at, 0);
  return path.slice(0, begin) + (/^[^/]*/.exec(path.slice(begin))?.[0] ?? "");
}

/** A redirect's address without the host it came to, decoded. */
function plainLocation(location: string): string {
  return percentDecode(location.replace(/^http:\/\/c\d+\.test(:\d+)?(?=\/)/, ""));
}

/** The first ending that differs from the answer when none is the same; null when they agree. */
export function difference(verdict: Verdict, sent: Sent, answer: Answer): { readonly expected: unknown; readonly seen: unknown } | null {
  const compared = verdict.endings.map((ending) => {
    const expected = expectedOf(ending, sent);
    return { expected, seen: seenOf(answer, expected) };
  });
  if (compared.some(({ expected, seen }) => "outcome" in expected || JSON.stringify(expected) === JSON.stringify(seen))) return null;
  return compared[0] ?? null;
}
