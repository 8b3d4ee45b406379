import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as send } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "../src/model/evaluate.ts";
import type { Request } from "../src/model/request.ts";
import { freePort, listening } from "./loopback.ts";
import { multipart, post, programOf } from "./modsecurity-load.ts";

const modules = "/usr/lib/apache2/modules";
const installed = existsSync("/usr/sbin/apache2") && existsSync(`${modules}/mod_security2.so`);
const rules = readFileSync(path.resolve(import.meta.dirname, "../fixtures/modsecurity/server.conf"), "utf8");

const folder = installed ? mkdtempSync(path.join(tmpdir(), "modsecurity-")) : "";
let server: ChildProcess | null = null;
let port = 0;

function configuration(): string {
  const loaded = ["mpm_event", "authz_core", "alias", "unique_id", "security2"].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
  return [
    `ServerRoot ${folder}`,
    "ServerName localhost",
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/pid`,
    `ErrorLog ${folder}/error.log`,
    ...loaded,
    "User www-data",
    "Group www-data",
    "StartServers 1",
    `DocumentRoot ${folder}/www`,
    "<Directory />\nRequire all granted\n</Directory>",
    `SecDataDir ${folder}/tmp`,
    `SecTmpDir ${folder}/tmp`,
    `AliasMatch ^/.*$ ${folder}/www/index.html`,
    `Include ${folder}/rules.conf`,
  ].join("\n");
}

async function start(): Promise<void> {
  port = await freePort();
  chmodSync(folder, 0o755);
  mkdirSync(`${folder}/www`);
  mkdirSync(`${folder}/tmp`);
  chmodSync(`${folder}/tmp`, 0o777);
  writeFileSync(`${folder}/www/index.html`, "ok");
  writeFileSync(`${folder}/rules.conf`, rules);
  writeFileSync(`${folder}/apache.conf`, configuration());
  const tested = spawnSync("/usr/sbin/apache2", ["-f", `${folder}/apache.conf`, "-t"], { encoding: "utf8" });
  if (tested.status !== 0) throw new Error(tested.stderr);
  server = spawn("/usr/sbin/apache2", ["-f", `${folder}/apache.conf`, "-DFOREGROUND"], { stdio: "ignore" });
  await listening(port);
}

/** The status a request gets; "reset" when the connection is closed without an answer. */
function statusOf(request: Request): Promise<number | "reset"> {
  const target = request.query === "" ? request.path : `${request.path}?${request.query}`;
  const headers = { ...request.headers, host: request.host, "content-length": String(request.bodyBytes) };
  return new Promise((resolve) => {
    const sent = send({ host: "127.0.0.1", port, method: request.method, path: target, headers, agent: false }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", () => resolve("reset"));
    sent.end(request.body);
  });
}

const json = "application/json";
const REQUESTS: readonly (readonly [name: string, request: Request])[] = [
  ["nothing special", post("/", "name=value")],
  ["a method of its own", post("/", "", null, { method: "PUT" })],
  ["a negated list", post("/api/x", "{}", json, { method: "PATCH" })],
  ["a content type", post("/", "a,b", "text/csv")],
  ["a path by prefix", post("/admin/users", "a=1")],
  ["a path that is decoded in phase 2", post("/a%64min/users", "a=1")],
  ["a path that is not decoded in phase 1", post("/a%62c", "a=1")],
  ["the same path, not encoded", post("/abc", "a=1")],
  ["a path by suffix", post("/x/setup.bak?a=1", "a=1")],
  ["a base name", post("/any/where/report.cgi", "a=1")],
  ["an argument", post("/", "comment=union+select")],
  ["an argument in the query", post("/?comment=union+select", "a=1")],
  ["an argument in JSON", post("/", '{"comment":"union select"}', json)],
  ["an argument in multipart", post("/", ...multipart({ name: "comment", value: "union select" }))],
  ["an excluded argument", post("/", "password=union+select")],
  ["the other case", post("/", "comment=UNION+SELECT")],
  ["lowercase", post("/", "token=ABCdef")],
  ["phrases", post("/", "text=Buy+VIAGRA+now")],
  ["a chain that matches", post("/login", "user=root")],
  ["a chain that does not", post("/signin", "user=root")],
  ["matched variables", post("/", "m=ab&n=abc")],
  ["matched variables of different arguments", post("/", "m=ab&n=bc")],
  ["a count of headers", post("/count", "a=1", undefined, { headers: { "content-type": "application/x-www-form-urlencoded" } })],
  ["a count of arguments", post("/?a=1&b=2", "c=3&d=4&e=5")],
  ["a score under the threshold", post("/score", "a=warn")],
  ["a score that two arguments reach", post("/score", "a=warn&b=warn")],
  ["a score in one rule that is enough", post("/score", "a=critical")],
  ["skipAfter", post("/skipped", "skip=me")],
  ["skipAfter, and what stands behind the marker", post("/skipped", "skip=me&after=yes")],
  ["no skipAfter", post("/other", "skip=me")],
  ["skip", post("/leap", "leap=me")],
  ["allow", post("/trusted", "comment=union+select")],
  ["allow and the body limit", post("/trusted", `a=${"x".repeat(5000)}`)],
  ["allow in one phase", post("/half", "comment=union+select")],
  ["a run-time exclusion of a target", post("/cms", "content=select+from")],
  ["the same without the exclusion", post("/blog", "content=select+from")],
  ["a run-time exclusion of a rule", post("/raw", "content=select+from")],
  ["a rule removed by id", post("/", "gone=yes")],
  ["a removal that comes too early", post("/", "early=yes")],
  ["an updated target", post("/", "memo=drop+table")],
  ["an updated action", post("/", "soft=yes")],
  ["block with the default status", post("/", "blocked=yes")],
  ["no disruptive action at all", post("/", "plain=yes")],
  ["pass with a status", post("/", "passed=yes")],
  ["drop", post("/", "dropped=yes")],
  ["redirect", post("/", "moved=yes")],
  ["redirect with a status", post("/", "movedhard=yes")],
  ["a byte range", post("/", "bytes=a%01b")],
  ["a byte of UTF-8", post("/", "city=Gr%C3%BCnwald")],
  ["broken encoding", post("/", "enc=100%25zz")],
  ["a number", post("/", "age=150")],
  ["a number that is not over", post("/", "age=15")],
  ["within", post("/", "colour=pink")],
  ["a word", post("/", "say=a+bad+word")],
  ["part of a word", post("/", "say=badly")],
  ["a forced body", post("/force", "has needle inside", "text/plain")],
  ["a body that is not forced", post("/plain", "has needle inside", "text/plain")],
  ["a body of a form", post("/form", "x=needle")],
  ["a form over the limit", post("/", `a=${"x".repeat(4094)}`)],
  ["a form under the limit", post("/", `a=${"x".repeat(4093)}`)],
  ["text that no parser takes", post("/", "x".repeat(5000), "text/plain")],
  ["a body over the limit", post("/", "x".repeat(9001), "text/plain")],
  ["a body at the limit", post("/", "x".repeat(9000), "text/plain")],
  ["a file", post("/", ...multipart({ name: "f", value: "hi", file: "run.php" }))],
  ["a cookie", post("/", "a=1", undefined, { headers: { "content-type": "application/x-www-form-urlencoded", cookie: "a=1; session=evil" } })],
  ["a place for a rule", post("/area/x", "zone=yes")],
  ["beside the place", post("/areas", "zone=yes")],
  ["a place where the engine is off", post("/open/x", "comment=union+select")],
  ["a place where a rule is removed", post("/free/x", "comment=union+select")],
  ["a capture", post("/capture", "pair=ab-ab")],
  ["a capture that differs", post("/capture", "pair=ab-cd")],
  ["a link to another site", post("/", "link=http%3A%2F%2Felsewhere.example%2Fx")],
  ["a link to the same site", post("/", "link=http%3A%2F%2Fwww.example.com%2Fx")],
  ["XML", post("/", '<?xml version="1.0"?><a b="evilattribute"><c>evil text</c></a>', "text/xml")],
];

/** Texts with the words and signs that libinjection looks for, put together by a fixed rule. */
function doubtfulTexts(): readonly string[] {
  const pieces = ["1", "name", "or", "and", "=", "'", '"', "--", "select", "from", "time", "(", ")", ";", "like", "<b>", "<script>", "onclick=", "href=javascript:x", "<!--", "`", "step-by-step", "Hello!", "1' or '1'='1", "<img src=x onerror=y>"];
  const plain = ["1 and 1 and 1", "1 or name or 2", "name and 1 or 2", "1 union 2", "a xor 1 xor 1", "x'; drop table y", "1; delete from x"];
  const mixed = Array.from({ length: 300 }, (_, i) => [1, 7, 31, 101].slice(0, 1 + (i % 4)).map((step) => pieces[(i * step + step) % pieces.length]).join(i % 3 === 0 ? "" : " "));
  return [...plain, ...mixed];
}

describe("Apache with mod_security2", () => {
  if (!installed) console.warn("skipped: apache2 with mod_security2 is not installed");
  beforeAll(async () => {
    if (installed) await start();
  });
  afterAll(() => {
    server?.kill("SIGTERM");
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });
  it.skipIf(!installed).each(REQUESTS)("%s", async (_, request) => {
    const { blocked, status } = evaluate(programOf(rules), request);
    expect(blocked).not.toBe("maybe");
    expect(status ?? 200).toBe(await statusOf(request));
  });
  it.skipIf(!installed)("finds no injection where the interpreter is sure that there is none", async () => {
    const program = programOf(rules);
    const seen = { sure: 0, found: 0 };
    for (const text of doubtfulTexts()) {
      for (const name of ["sql", "script"]) {
        const request = post("/", `${name}=${encodeURIComponent(text)}`);
        const open = evaluate(program, request).endings.some((ending) => ending.status === 417);
        const found = (await statusOf(request)) === 417;
        if (found) expect(`${name} ${text}: ${open}`).toBe(`${name} ${text}: true`);
        seen.sure += open ? 0 : 1;
        seen.found += found ? 1 : 0;
      }
    }
    expect(seen.sure).toBeGreaterThan(100);
    expect(seen.found).toBeGreaterThan(50);
  });
  it.skipIf(!installed)("refuses for many different reasons", () => {
    const statuses = REQUESTS.map(([, request]) => evaluate(programOf(rules), request).status);
    expect(new Set(statuses).size).toBeGreaterThan(15);
  });
});
