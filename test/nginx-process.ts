import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { startFastcgi } from "./fastcgi.ts";

/** What an application was sent. */
export interface Arrival {
  readonly method: string;
  readonly uri: string;
  readonly bytes: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a client got: a status, a closed connection or nothing in time, and what arrived at the application. */
export interface Answer {
  readonly status: number | "reset" | "silent";
  readonly location: string | null;
  readonly arrival: Arrival | null;
}

/** A real nginx on loopback with an application behind it and a folder of files. */
export interface RealServer {
  readonly port: number;
  /** More ports of the same process. */
  readonly secondPort: number;
  readonly thirdPort: number;
  readonly folder: string;
  readonly upstream: string;
  /** The same application, asked by FastCGI. */
  readonly fastcgi: string;
  send(host: string, request: Sent): Promise<Answer>;
  /** Ends the process; true when it had ended by itself, which only a crash does. */
  stop(): Promise<boolean>;
}

/** One request; the body is so many bytes of a form. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  /** Another host than the one under test. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: number;
  readonly chunked?: boolean;
  /** Sent to the second port. */
  readonly second?: boolean;
  /** Sent to the third port. */
  readonly third?: boolean;
}

/** Whether there is an nginx to compare with. */
export function nginxInstalled(): boolean {
  return spawnSync("nginx", ["-v"]).status === 0;
}

/** What a configuration is written for. */
export type Addresses = Pick<RealServer, "port" | "secondPort" | "thirdPort" | "folder" | "upstream" | "fastcgi">;

/** The port a request is sent to. */
export function portFor({ second, third }: Sent, { port, secondPort, thirdPort }: Pick<Addresses, "port" | "secondPort" | "thirdPort">): number {
  return third === true ? thirdPort : second === true ? secondPort : port;
}

/** What the application says about a request comes in one long header. */
const buffers = ["proxy", "fastcgi"].map((name) => `${name}_buffer_size 64k; ${name}_buffers 4 64k; ${name}_busy_buffers_size 128k;`).join(" ");

/** Starts nginx with one `http` block made for the given addresses; throws with its words when it refuses that. */
export async function startNginx(httpText: (addresses: Addresses) => string, files: Readonly<Record<string, string>>): Promise<RealServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "nginx-test-"));
  fs.chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, "www", name)), { recursive: true });
    if (name.endsWith("/")) fs.mkdirSync(path.join(folder, "www", name), { recursive: true });
    else fs.writeFileSync(path.join(folder, "www", name), text);
  }
  const [application, fastcgi, port, secondPort, thirdPort] = [await startApplication(), await startFastcgi(), await freePort(), await freePort(), await freePort()];
  const stopApplication = (): void => {
    application.closeAllConnections();
    application.close();
    fastcgi.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const addresses: Addresses = { port, secondPort, thirdPort, folder: path.join(folder, "www"), upstream: `127.0.0.1:${portOf(application)}`, fastcgi: `127.0.0.1:${portOf(fastcgi)}` };
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/tmp-${name};`).join(" ");
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}\nhttp { access_log off; server_names_hash_max_size 4096; variables_hash_max_size 4096; ${temporary} ${buffers}\n${httpText(addresses)}\n}`;
  fs.writeFileSync(path.join(folder, "nginx.conf"), config);
  const args = ["-p", folder, "-c", path.join(folder, "nginx.conf"), "-e", path.join(folder, "error.log")];
  const check = spawnSync("nginx", [...args, "-t"], { encoding: "utf8" });
  if (check.status !== 0) {
    stopApplication();
    throw new Error(`nginx refuses the configuration: ${check.stderr}`);
  }
  const child = spawn("nginx", args, { stdio: "ignore" });
  const exited = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  await listening(port).catch((error: unknown) => {
    child.kill("SIGTERM");
    stopApplication();
    throw error;
  });
  return {
    ...addresses,
    send: (host, request) => send(portFor(request, addresses), host, request),
    stop: async () => {
      child.kill("SIGTERM");
      const signal = await exited;
      stopApplication();
      return signal !== null;
    },
  };
}

/** What the application and the file of users know. */
export const rightPassword = `Basic ${Buffer.from("ann:secret").toString("base64")}`;

/** Answers 200 and says what it got; a path under /s/ names another status, and /auth asks for a password. */
async function startApplication(): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    let bytes = 0;
    request.on("data", (chunk: Buffer) => (bytes += chunk.length));
    request.on("end", () => {
      const unknown = request.url === "/auth" && request.headers.authorization !== rightPassword;
      const status = unknown ? 401 : Number(/^\/s\/(\d+)/.exec(request.url ?? "")?.[1] ?? 200);
      const arrival = { method: request.method, uri: request.url, bytes, headers: request.headers };
      response.writeHead(status, { "x-arrival": encodeURIComponent(JSON.stringify(arrival)), connection: "close" });
      response.end(request.method === "HEAD" ? undefined : "ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function portOf(server: http.Server | net.Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on loopback has a port");
  return address.port;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(true));
      socket.on("connect", () => socket.destroy());
      socket.on("error", () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("nginx does not listen");
}

function send(port: number, host: string, sent: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const bytes = sent.bytes ?? 0;
    const length: Record<string, string> = sent.chunked === true ? { "transfer-encoding": "chunked" } : bytes > 0 || sent.method === "POST" ? { "content-length": String(bytes) } : {};
    const request = http.request({ port, host: "127.0.0.1", method: sent.method, path: sent.target, agent: false, headers: { host, ...length, ...sent.headers } }, (response) => {
      response.resume();
      const arrival = response.headers["x-arrival"];
      const answer: Answer = {
        status: response.statusCode ?? 0,
        location: response.headers.location ?? null,
        arrival: typeof arrival === "string" ? (JSON.parse(decodeURIComponent(arrival)) as Arrival) : null,
      };
      response.on("close", () => resolve(answer));
    });
    request.setTimeout(1500, () => {
      resolve({ status: "silent", location: null, arrival: null });
      request.destroy();
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" || error.code === "EPIPE") resolve({ status: "reset", location: null, arrival: null });
      else reject(error);
    });
    request.end(bytes > 0 ? "a".repeat(bytes) : undefined);
  });
}
