import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Tree } from "../src/formats/format.ts";
import { nginx } from "../src/formats/nginx/index.ts";
import type { Environment } from "../src/model/environment.ts";
import { modsecurity } from "../src/formats/waf/modsecurity/index.ts";
import { evaluate, usually } from "../src/model/evaluate.ts";
import type { Request } from "../src/model/request.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Value } from "../src/model/template.ts";
import type { Verdict } from "../src/model/verdict.ts";

/** One request that was sent to a real nginx, and what it answered. */
interface Row {
  readonly case: string;
  readonly http: string;
  readonly server: string;
  readonly request: string;
  readonly status: string;
  readonly location?: string;
  readonly upstream?: { readonly m: string; readonly uri: string; readonly ct: string | null; readonly body: number | string; readonly x: Readonly<Record<string, string>> };
}

const recorded = path.resolve(import.meta.dirname, "../../shared/oracle/nginx.jsonl");
const rows: readonly Row[] = fs.existsSync(recorded)
  ? fs.readFileSync(recorded, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Row)
  : [];

/** Rows the interpreter does not answer, each with the reason. */
const beyond: readonly (readonly [of: (row: Row) => boolean, why: string])[] = [
  [(row) => row.case === "lua method", "Lua is not run: the refusal is possible, not certain"],
  [(row) => row.server.includes("/s/302"), "what nginx makes of a redirect by the application that `auth_request` asks"],
  [(row) => row.server.includes("proxy_intercept_errors"), "what nginx makes of the application's own error"],
];

const disk: Readonly<Record<string, "file" | "directory">> = {
  "/srv/oracle/www": "directory",
  "/srv/oracle/www/file.txt": "file",
  "/srv/oracle/www/index.html": "file",
  "/srv/oracle/www/a.json": "file",
  "/srv/oracle/www/dir": "directory",
  "/srv/oracle/www/dir/index.html": "file",
  "/srv/oracle/www/noindex": "directory",
};
const environment: Environment = { stat: (name) => disk[name.replace(/\/+$/, "")] ?? "absent" };
const nothing: Tree = { read: () => null, list: () => [] };

const bodies: Readonly<Record<string, number>> = { "@small": 5000, "@big": 1_126_400 };

function requestOf(row: Row, perMinute: number): Request {
  const [, method = "", target = "", rest = ""] = /^(\S+) (\S+)(?: (.*))?$/.exec(row.request.replace(/^(\S+ \/x\?q+)\S*\(2000 chars\)$/, (_, start: string) => start.padEnd(2010, "q"))) ?? [];
  const words = rest.split("|").filter((word) => word !== "" && !word.startsWith("-L") && !word.startsWith("-I"));
  const [where = "", query = ""] = target.split("?");
  const headers: Record<string, string> = { "user-agent": "curl/7.88.1", accept: "*/*" };
  const bodiless = method === "GET" || method === "HEAD" || method === "OPTIONS" || method === "DELETE";
  if (!bodiless) headers["content-type"] = "application/x-www-form-urlencoded";
  let body = bodiless ? "" : "a=1";
  let bodyBytes = body.length;
  let chunked = false;
  for (const word of words) {
    const header = /^([\w.-]+): (.*)$/.exec(word);
    if (header?.[1] !== undefined) headers[header[1].toLowerCase()] = (header[2] ?? "").replace(/^(a+)\.\.\.\(2000 chars\)$/, "a".repeat(2000));
    else if (word === "chunked") chunked = true;
    else if (word.startsWith("--data=")) bodyBytes = (body = `a=1&${word.slice(7)}`).length;
    else if (bodies[word] !== undefined) bodyBytes = bodies[word];
    else throw new Error(`an unknown word in a recorded request: ${word}`);
  }
  const identity = { state: row.server.includes("/authok") ? "valid" : "none", groups: [], scopes: [], claims: {} } as const;
  return ordinaryPost({ method, scheme: "http", host: "127.0.0.1", port: 8080, path: where, query, headers, body, bodyBytes, chunked, clientAddress: "127.0.0.1", identity, perMinute });
}

function verdictOf(row: Row, perMinute: number): Verdict {
  const upstream = "http://127.0.0.1:19000";
  const text = `http { ${row.http}\nserver { listen 8080; server_name localhost; root /srv/oracle/www;\n${row.server}\n} }`.replaceAll("%U", upstream);
  const { units, problems, embedded } = nginx.load([{ path: "nginx.conf", text }], nothing);
  expect(problems).toEqual([]);
  const [unit] = units;
  if (unit === undefined) throw new Error("no program");
  const request = requestOf(row, perMinute);
  // Rules of the server come first; those of single locations only ever switch them off here.
  const rules = embedded.slice(0, 1).filter((piece) => piece.format === modsecurity.id);
  const [firewall] = modsecurity.load(rules.map((piece) => piece.file), nothing).units;
  const refused = firewall === undefined ? null : evaluate(firewall.program, request, environment);
  return refused !== null && refused.blocked !== "no" ? refused : usually(evaluate(unit.program, request, environment));
}

function shown(value: Value): string {
  return typeof value === "string" ? value : value.text;
}

function merged(path: Value): string {
  return shown(path).replace(/^\/\//, "/");
}

/** What the real server's answer says about the configuration, in the interpreter's words. */
function expectRow(row: Row, verdict: Verdict): void {
  const { ending } = verdict;
  const statuses = row.status.split(" > ").filter((status) => status !== "100");
  const followed = / -L$/.test(row.request);
  const first = statuses[0] ?? "";
  if (ending.outcome === "reached") {
    if (!/ -I$|chunked/.test(row.request)) expect(row.upstream, "the application was asked").toBeDefined();
    else expect(first).toBe("200");
  } else expect(first).toBe(ending.status === "reset" ? "closed(444)" : String(ending.status));
  if (row.location !== undefined) expect(shown(ending.location ?? "")).toBe(locationOf(row.location, shown(ending.location ?? "")));
  if (row.upstream === undefined || followed || ending.outcome !== "reached") return;
  const { delivered } = ending;
  const query = shown(delivered.query);
  expect({
    method: shown(delivered.method),
    // The recording upstream merged a double slash before it told what it had got.
    uri: query === "" ? merged(delivered.path) : `${merged(delivered.path)}?${query}`,
    body: delivered.bodyKept && verdict.request.bodyBytes > 0,
    contentType: delivered.headers["content-type"] === null ? null : (verdict.request.headers["content-type"] ?? null),
  }).toEqual({ method: row.upstream.m, uri: row.upstream.uri, body: typeof row.upstream.body === "number" && row.upstream.body > 0, contentType: row.upstream.ct });
  for (const [name, value] of Object.entries(row.upstream.x)) {
    expect(delivered.headers[name.toLowerCase()] ?? verdict.request.headers[name.toLowerCase()]).toBe(name === "X-Ok" ? "1" : value);
  }
}

/** nginx makes a relative redirect absolute. */
function locationOf(location: string, ours: string): string {
  return ours.startsWith("/") ? location.replace(/^http:\/\/127\.0\.0\.1:PORT/, "") : location;
}

describe.skipIf(rows.length === 0)("recorded answers of nginx 1.22.1 (skipped where they are not beside the repository)", () => {
  const counts = new Map<string, number>();
  rows.forEach((row, index) => {
    const same = `${row.case} ${row.request}`;
    const perMinute = (counts.get(same) ?? 0) + 1;
    counts.set(same, perMinute);
    const reason = beyond.find(([of]) => of(row))?.[1];
    const name = `${index} ${row.case}: ${row.request.slice(0, 60)} is answered ${row.status}`;
    if (reason !== undefined) it.skip(`${name} (${reason})`);
    else it(name, () => expectRow(row, verdictOf(row, perMinute)));
  });
  it("covers at least 95 in 100 of them", () => {
    const left = rows.filter((row) => beyond.some(([of]) => of(row))).length;
    expect(left / rows.length).toBeLessThan(0.05);
  });
});
