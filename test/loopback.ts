import http from "node:http";
import net from "node:net";

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

/** One request; the body is so many bytes of a form. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  /** Another host than the one under test. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The target names this host, whatever the header `Host` says. */
  readonly absolute?: string;
  readonly bytes?: number;
  readonly chunked?: boolean;
  /** Sent to the second port. */
  readonly second?: boolean;
  /** Sent to the third port. */
  readonly third?: boolean;
}

/** What the application and the file of users know. */
export const rightPassword = `Basic ${Buffer.from("ann:secret").toString("base64")}`;

/** How many milliseconds an application waits for a body it was told of. */
export const patience = 400;

/** Answers 200 and says what it got; a path under /s/ names another status, and /auth asks for a password. */
export async function startApplication(): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    let bytes = 0;
    const waiting = setTimeout(() => answer(), patience);
    const answer = (): void => {
      clearTimeout(waiting);
      if (response.headersSent) return;
      const unknown = request.url === "/auth" && request.headers.authorization !== rightPassword;
      const status = unknown ? 401 : Number(/^\/s\/([2-5]\d\d)(?!\d)/.exec(request.url ?? "")?.[1] ?? 200);
      const arrival = { method: request.method, uri: request.url, bytes, headers: request.headers };
      response.writeHead(status, { "x-arrival": encodeURIComponent(JSON.stringify(arrival)), connection: "close" });
      response.end(request.method === "HEAD" ? undefined : "ok");
    };
    request.on("data", (chunk: Buffer) => (bytes += chunk.length));
    request.on("end", answer);
    request.on("close", () => clearTimeout(waiting));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The port a server listens on. */
export function portOf(server: Pick<net.Server, "address">): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on loopback has a port");
  return address.port;
}

/** Ports below those that systems give to whoever asks for any: nobody else gets one between now and its use. */
const [lowestPort, ports] = [12_000, 20_000];

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = lowestPort + Math.floor(Math.random() * ports);
    const server = net.createServer();
    const isFree = await new Promise<boolean>((resolve) => server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)));
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** Waits until a port is listened on. */
export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(true));
      socket.on("connect", () => socket.destroy());
      socket.on("error", () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the server does not listen");
}

/** Sends one request on loopback. An application says in `x-arrival` what it got; a connection closed without an answer is a `reset`, and one without an answer for so many milliseconds `silent`. */
export function send(port: number, host: string, sent: Sent, patience = 5000): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const bytes = sent.bytes ?? 0;
    const length: Record<string, string> = sent.chunked === true ? { "transfer-encoding": "chunked" } : bytes > 0 || sent.method === "POST" ? { "content-length": String(bytes) } : {};
    const request = http.request({ port, host: "127.0.0.1", method: sent.method, path: sent.absolute === undefined ? sent.target : `http://${sent.absolute}${sent.target}`, agent: false, setHost: false, headers: { ...(host === "" ? {} : { host }), ...length, ...sent.headers } }, (response) => {
      response.resume();
      const arrival = response.headers["x-arrival"];
      const answer: Answer = {
        status: response.statusCode ?? 0,
        location: response.headers.location ?? null,
        arrival: typeof arrival === "string" ? arrivalOf(arrival) : null,
      };
      response.on("close", () => resolve(answer));
    });
    request.setTimeout(patience, () => {
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

/** As JSON, percent-encoded or in the bytes of UTF-8. */
function arrivalOf(written: string): Arrival {
  return JSON.parse(written.startsWith("{") ? Buffer.from(written, "latin1").toString("utf8") : decodeURIComponent(written)) as Arrival;
}
