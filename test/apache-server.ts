import { createHash } from "node:crypto";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { apache } from "../src/formats/apache/index.ts";
import type { Tree } from "../src/formats/format.ts";
import type { Environment } from "../src/model/environment.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost, withMethod } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";

const binary = ["/usr/sbin/apache2", "/usr/sbin/httpd"].find((name) => existsSync(name));
const modules = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules"].find((name) => existsSync(name));

/** Why no real server can be started here; null when one can. */
export const noServer = binary === undefined || modules === undefined ? "no Apache httpd is installed" : null;

/** One configuration to try: a `.htaccess` or lines of the virtual host, further files, and the requests to send. */
export interface Case {
  readonly name: string;
  readonly htaccess?: string;
  readonly server?: string;
  readonly main?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly requests: readonly Ask[];
}

export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const loaded = [
  "mpm_prefork", "authn_core", "authn_file", "authz_core", "authz_host", "authz_user", "auth_basic", "access_compat", "alias", "dir", "mime",
  "rewrite", "headers", "env", "setenvif", "negotiation", "autoindex", "cgi", "allowmethods", "filter", "proxy", "proxy_http", "macro",
];

const script = '#!/bin/sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n"\necho "$REQUEST_METHOD"\n';

/** The files of every document root; names ending in `.php` are programs. */
const contents: Readonly<Record<string, string>> = {
  "index.php": script,
  "api.php": script,
  "sub/index.php": script,
  "sub/deep/tool.php": script,
  "static.html": "static\n",
  "sub/page.html": "static\n",
  "noindex/x.txt": "x\n",
};

export interface Server {
  readonly port: number;
  ask(one: Case, ask: Ask): Promise<number>;
  expected(one: Case, ask: Ask): Verdict | null;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function hostName(one: Case): string {
  return `${one.name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.test`;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (file.endsWith(".php")) chmodSync(file, 0o755);
}

function virtualHost(one: Case, root: string, port: number): string {
  return `${(one.main ?? "").replaceAll("@ROOT@", root)}
<VirtualHost 127.0.0.1:${port}>
ServerName ${hostName(one)}
DocumentRoot ${root}
<Directory ${root}>
Options FollowSymLinks ExecCGI
AllowOverride All
Require all granted
DirectoryIndex index.php index.html
AddHandler cgi-script .php
</Directory>
${(one.server ?? "").replaceAll("@ROOT@", root).replaceAll("@PORT@", String(port))}
</VirtualHost>
`;
}

/** Starts one server with a virtual host for every case, on loopback and in a folder of its own. */
export async function startServer(cases: readonly Case[]): Promise<Server> {
  const home = mkdtempSync(path.join(tmpdir(), "postlint-apache-"));
  chmodSync(home, 0o755);
  const port = await freePort();
  const roots = new Map<Case, string>();
  for (const one of cases) {
    const root = path.join(home, "www", hostName(one));
    for (const [name, text] of Object.entries({ ...contents, ...one.files })) write(path.join(root, name), text);
    if (one.htaccess !== undefined) write(path.join(root, ".htaccess"), one.htaccess.replaceAll("@HOME@", home));
    roots.set(one, root);
  }
  const hosts = cases.map((one) => virtualHost(one, roots.get(one) ?? "", port)).join("\n");
  const user = process.getuid?.() === 0 ? "User www-data\nGroup www-data\n" : "";
  const modulesText = loaded.map((name) => `LoadModule ${name}_module ${modules ?? ""}/mod_${name}.so`).join("\n");
  write(path.join(home, "mime.types"), "text/html html\n");
  write(path.join(home, "htpasswd"), `u:{SHA}${createHash("sha1").update("p").digest("base64")}\n`);
  const conf = `ServerRoot ${home}\nListen 127.0.0.1:${port}\nPidFile ${home}/pid\nErrorLog ${home}/error.log\nServerName localhost\nMutex file:${home}\n${user}${modulesText}\nTypesConfig ${home}/mime.types\nStartServers 2\n${hosts}`;
  write(path.join(home, "httpd.conf"), conf);
  // A process group of its own: the server ends by sending SIGTERM to its whole group.
  const child = spawn(binary ?? "", ["-f", path.join(home, "httpd.conf"), "-DFOREGROUND"], { stdio: ["ignore", "ignore", "pipe"], detached: true });
  await answering(child, port, home);
  return {
    port,
    ask: (one, ask) => send(one, ask, port),
    expected: (one, ask) => decide(one, ask, roots.get(one) ?? "", port),
    stop: () => stop(child, home),
  };
}

async function stop(child: ChildProcess, home: string): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
  rmSync(home, { recursive: true, force: true });
}

async function answering(child: ChildProcess, port: number, home: string): Promise<void> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    const up = await new Promise<boolean>((resolve) => {
      const probe = httpRequest({ host: "127.0.0.1", port, path: "/", method: "GET" }, (response) => {
        response.resume();
        resolve(true);
      });
      probe.on("error", () => resolve(false));
      probe.end();
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const log = path.join(home, "error.log");
  child.kill("SIGKILL");
  throw new Error(`the server does not start: ${said}${existsSync(log) ? readFileSync(log, "utf8").slice(-2000) : ""}`);
}

function bodyOf(ask: Ask): string {
  return ask.body ?? (["POST", "PUT", "PATCH"].includes(ask.method) ? "a=1" : "");
}

function headersOf(ask: Ask): Readonly<Record<string, string>> {
  const type = bodyOf(ask) === "" ? {} : { "content-type": "application/x-www-form-urlencoded" };
  return { "user-agent": "Mozilla/5.0", accept: "*/*", ...type, ...ask.headers };
}

function send(one: Case, ask: Ask, port: number): Promise<number> {
  const body = bodyOf(ask);
  const headers = { ...headersOf(ask), host: `${hostName(one)}:${port}`, "content-length": String(Buffer.byteLength(body)), connection: "close" };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port, path: ask.path, method: ask.method, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What the interpreter says of the same request to the same files. */
function decide(one: Case, ask: Ask, root: string, port: number): Verdict | null {
  const tree: Tree = {
    read: (name) => (name.startsWith("/") && existsSync(name) ? { path: name, text: readFileSync(name, "utf8") } : null),
    list: (pattern) => listed(pattern, one, root),
  };
  const [unit] = apache.load([{ path: "httpd.conf", text: virtualHost(one, root, port) }], tree).units;
  if (unit === undefined) return null;
  const [where = "/", query = ""] = ask.path.split(/\?(.*)/s);
  const body = bodyOf(ask);
  const authorization = ask.headers?.["authorization"] !== undefined;
  const base = ordinaryPost({ scheme: "http", host: hostName(one), port, path: where, query, headers: headersOf(ask), body, clientAddress: "127.0.0.1" });
  const request = { ...withMethod(base, ask.method), headers: headersOf(ask), body, bodyBytes: Buffer.byteLength(body), identity: { ...base.identity, state: authorization ? ("valid" as const) : ("none" as const) } };
  return evaluate(unit.program, request, environment);
}

function listed(pattern: string, one: Case, root: string): readonly string[] {
  const names = [...Object.keys(one.files ?? {}), ".htaccess"].map((name) => path.join(root, name));
  const regex = new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*")}$`);
  return names.filter((name) => regex.test(name));
}

const environment: Environment = {
  stat(name) {
    try {
      return statSync(name).isDirectory() ? "directory" : "file";
    } catch {
      return "absent";
    }
  },
};

/** The status a verdict stands for; a program that is reached answers 200. */
export function statusOf(verdict: Verdict | null): number | string {
  if (verdict === null) return "nothing";
  if (verdict.outcome === "reached" || verdict.outcome === "answered") return verdict.status ?? 200;
  return verdict.outcome === "unknown" ? `unknown: ${verdict.depends.join(", ")}` : (verdict.status ?? "varies");
}
