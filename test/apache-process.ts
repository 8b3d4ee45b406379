import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Answer, Sent } from "./loopback.ts";
import { freePort, listening, portOf, send, startApplication } from "./loopback.ts";

const binary = ["/usr/sbin/apache2", "/usr/sbin/httpd"].find((name) => fs.existsSync(name));
const modules = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules"].find((name) => fs.existsSync(name));

/** Why no real server can be started here; null when one can. */
export const noServer = binary === undefined || modules === undefined ? "no Apache httpd is installed" : null;

/**
 * A virtual host. `%R` is its document root, `%N` its number, `%P` the port, `%U` the address of an
 * application behind it, `%F` the folder of everything.
 */
export interface Site {
  /** Lines before the virtual host, and lines inside of it after those that every one has. */
  readonly main?: string;
  readonly server?: string;
  readonly override?: string;
  /** Files besides `siteFiles`, `.htaccess` files among them; a name that ends in `/` is an empty folder. */
  readonly files?: Readonly<Record<string, string>>;
}

const loaded = [
  "mpm_prefork", "authn_core", "authn_file", "authz_core", "authz_host", "authz_user", "authz_groupfile", "auth_basic", "access_compat", "alias", "dir", "mime", "rewrite", "headers", "env",
  "setenvif", "negotiation", "autoindex", "cgi", "allowmethods", "filter", "deflate", "expires", "proxy", "proxy_http", "macro", "actions", "socache_shmcb", "ssl", "status", "include", "request",
  "vhost_alias", "userdir",
];

/** A program that says what it got; a body it is not told the length of is one it does not read to the end. */
const script = `#!/bin/sh
n=$(wc -c)
printf 'Content-Type: text/plain\\r\\nX-Arrival: {"method":"%s","uri":"%s","bytes":%d,"headers":{' "$REQUEST_METHOD" "$SCRIPT_NAME$PATH_INFO?$QUERY_STRING" "$n"
printf '"x-name":"%s","x-added":"%s","authorization":"%s","content-type":"%s","cookie":"%s","path-info":"%s"}}\\r\\n\\r\\n' "$HTTP_X_NAME" "$HTTP_X_ADDED" "$HTTP_AUTHORIZATION" "$CONTENT_TYPE" "$HTTP_COOKIE" "$PATH_INFO"
`;

/** The files of every document root; names that end in \`.php\` are programs. */
export const siteFiles: Readonly<Record<string, string>> = {
  "index.php": script,
  "api.php": script,
  "sub/index.php": script,
  "sub/deep/tool.php": script,
  "static.html": "static\n",
  "data.json": "{}\n",
  "sub/page.html": "static\n",
  "noindex/x.txt": "x\n",
};

/** Where things are. */
export interface Addresses {
  readonly port: number;
  readonly folder: string;
  readonly upstream: string;
}

/** A real Apache on loopback with a virtual host for each site. */
export interface RealServer extends Addresses {
  send(host: string, request: Sent): Promise<Answer>;
  /** Ends the process; true when it had ended by itself. */
  stop(): Promise<boolean>;
}

/** Where a site's files lie. */
export function rootOf(number: number, folder: string): string {
  return `${folder}/www/c${number}`;
}

/** A text of a site with its own addresses filled in. */
export function filled(text: string, number: number, { port, folder, upstream }: Addresses): string {
  return text.replaceAll("%R", rootOf(number, folder)).replaceAll("%N", String(number)).replaceAll("%P", String(port)).replaceAll("%U", upstream).replaceAll("%F", folder);
}

/** The configuration of a site. */
export function virtualHost(site: Site, number: number, addresses: Addresses): string {
  const text = `${site.main ?? ""}
<VirtualHost 127.0.0.1:%P>
ServerName c%N.test:%P
DocumentRoot %R
TraceEnable on
DirectoryIndex index.php index.html
<Directory %R>
Options FollowSymLinks ExecCGI Indexes
AllowOverride ${site.override ?? "All"}
Require all granted
AddHandler cgi-script .php
</Directory>
${site.server ?? ""}
</VirtualHost>
`;
  return filled(text, number, addresses);
}

/** All files of a site by their names below its document root. */
export function filesOf(site: Site, number: number, addresses: Addresses): Readonly<Record<string, string>> {
  const own = Object.entries(site.files ?? {}).map(([name, text]) => [name, name.endsWith(".php") ? script : filled(text, number, addresses)] as const);
  return { ...siteFiles, ...Object.fromEntries(own) };
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (file.endsWith("/")) fs.mkdirSync(file, { recursive: true });
  else fs.writeFileSync(file, text, { mode: file.endsWith(".php") ? 0o755 : 0o644 });
}

/** The map of rules that lies beside the document roots. */
export const mapFile = "a /api.php\nPOST writes\nsub /sub/index.php\n";

/** The modules that everybody has. */
export const modulesLoaded = loaded.map((name) => `LoadModule ${name}_module ${modules ?? ""}/mod_${name}.so`).join("\n");

/** What everybody shares: the modules, and who may log in (`u` with the password `p`). */
function shared(home: string, port: number): string {
  const user = process.getuid?.() === 0 ? "User www-data\nGroup www-data\n" : "";
  write(path.join(home, "mime.types"), "text/html html\napplication/json json\ntext/plain txt\n");
  write(path.join(home, "users"), `u:{SHA}${createHash("sha1").update("p").digest("base64")}\n`);
  write(path.join(home, "groups"), "writers: u\nreaders: v u\n");
  write(path.join(home, "map.txt"), mapFile);
  return `ServerRoot ${home}\nListen 127.0.0.1:${port}\nPidFile ${home}/pid\nErrorLog ${home}/error.log\nLogLevel warn\nServerName localhost\nMutex file:${home}\n${user}${modulesLoaded}\nTypesConfig ${home}/mime.types\nStartServers 5\nMaxConnectionsPerChild 0\n`;
}

/** Ten thousand rounds of the flag N take a busy machine half a minute. */
const patience = 60_000;

/** Starts Apache with these sites, each known by its number; throws with its words when it refuses them. */
export async function startApache(sites: ReadonlyMap<number, Site>): Promise<RealServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "apache-test-"));
  fs.chmodSync(folder, 0o755);
  const [application, port] = [await startApplication(), await freePort()];
  const addresses: Addresses = { port, folder, upstream: `127.0.0.1:${portOf(application)}` };
  const cleanUp = (): void => {
    application.closeAllConnections();
    application.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  for (const [number, site] of sites) for (const [name, text] of Object.entries(filesOf(site, number, addresses))) write(`${rootOf(number, folder)}/${name}`, text);
  const config = path.join(folder, "httpd.conf");
  write(config, `${shared(folder, port)}${[...sites].map(([number, site]) => virtualHost(site, number, addresses)).join("\n")}`);
  // A process group of its own: the server ends by sending SIGTERM to its whole group.
  const child = spawn(binary ?? "", ["-f", config, "-DFOREGROUND"], { stdio: ["ignore", "ignore", "pipe"], detached: true });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const gone = new Promise<false>((resolve) => child.once("exit", () => resolve(false)));
  const up = await Promise.race([listening(port).then(() => true), gone]);
  if (!up) {
    cleanUp();
    throw new Error(`Apache refuses the configuration: ${said}`);
  }
  return { ...addresses, send: (host, request) => send(port, host, asWritten(withLength(request)), patience), stop: () => stop(child).finally(cleanUp) };
}

/** Clients say how long a body is, or that there is none, but with a method that has none. */
function withLength(request: Sent): Sent {
  const silent = request.chunked === true || (request.bytes ?? 0) > 0 || ["GET", "HEAD", "TRACE", "OPTIONS"].includes(request.method);
  return silent ? request : { ...request, headers: { "content-length": "0", ...request.headers } };
}

/** The names of headers as clients write them, which patterns for names see. */
function asWritten(request: Sent): Sent {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase()), value] as const);
  return { ...request, headers: Object.fromEntries(headers) };
}

async function stop(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) return true;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
  return false;
}
