import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startFastcgi } from "./fastcgi.ts";
import { startGrpc, startScgi, startUwsgi } from "./gateways.ts";
import type { Answer, Sent } from "./loopback.ts";
import { freePort, listening, portOf, send, startApplication } from "./loopback.ts";

/** A real nginx on loopback with an application behind it and a folder of files. */
export interface RealServer {
  readonly port: number;
  /** More ports of the same process. */
  readonly secondPort: number;
  readonly thirdPort: number;
  readonly folder: string;
  readonly upstream: string;
  /** Applications that answer alike, asked by FastCGI, SCGI and the protocol of uWSGI. */
  readonly fastcgi: string;
  readonly scgi: string;
  readonly uwsgi: string;
  /** Another, by HTTP/2. */
  readonly grpc: string;
  send(host: string, request: Sent): Promise<Answer>;
  /** Ends the process; true when it had ended by itself, which only a crash does. */
  stop(): Promise<boolean>;
}

/** Whether there is an nginx to compare with. */
export function nginxInstalled(): boolean {
  return spawnSync("nginx", ["-v"]).status === 0;
}

/** What a configuration is written for. */
export type Addresses = Pick<RealServer, "port" | "secondPort" | "thirdPort" | "folder" | "upstream" | "fastcgi" | "scgi" | "uwsgi" | "grpc">;

/** The port a request is sent to. */
export function portFor({ second, third }: Sent, { port, secondPort, thirdPort }: Pick<Addresses, "port" | "secondPort" | "thirdPort">): number {
  return third === true ? thirdPort : second === true ? secondPort : port;
}

/** What the application says about a request comes in one long header. */
const buffers = `${["proxy", "fastcgi", "scgi", "uwsgi"].map((name) => `${name}_buffer_size 64k; ${name}_buffers 4 64k; ${name}_busy_buffers_size 128k;`).join(" ")} grpc_buffer_size 64k;`;

const at = (server: Parameters<typeof portOf>[0]): string => `127.0.0.1:${portOf(server)}`;

/** Starts nginx with one `http` block made for the given addresses; throws with its words when it refuses that. */
export async function startNginx(httpText: (addresses: Addresses) => string, files: Readonly<Record<string, string>>): Promise<RealServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "nginx-test-"));
  fs.chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, "www", name)), { recursive: true });
    if (name.endsWith("/")) fs.mkdirSync(path.join(folder, "www", name), { recursive: true });
    else fs.writeFileSync(path.join(folder, "www", name), text);
  }
  const [port, secondPort, thirdPort] = [await freePort(), await freePort(), await freePort()];
  const application = await startApplication();
  const others = { fastcgi: await startFastcgi(), scgi: await startScgi(), uwsgi: await startUwsgi(), grpc: await startGrpc() };
  const stopApplication = (): void => {
    application.closeAllConnections();
    application.close();
    for (const other of Object.values(others)) other.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const addresses: Addresses = { port, secondPort, thirdPort, folder: path.join(folder, "www"), upstream: at(application), fastcgi: at(others.fastcgi), scgi: at(others.scgi), uwsgi: at(others.uwsgi), grpc: at(others.grpc) };
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/tmp-${name};`).join(" ");
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}\nhttp { access_log off; limit_conn_zone $binary_remote_addr zone=conn:32k; server_names_hash_max_size 4096; variables_hash_max_size 4096; ${temporary} ${buffers}\n${httpText(addresses)}\n}`;
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
