import http2 from "node:http2";
import net from "node:net";
import type { Arrival } from "./loopback.ts";
import { patience } from "./loopback.ts";

/** What has arrived of one request; null while nobody knows, or while a body is missing that was announced and is still waited for. */
type Reader = (data: Buffer, waits: boolean) => Arrival | null;

const answerTo = (arrival: Arrival): string => `Status: 200 OK\r\nX-Arrival: ${encodeURIComponent(JSON.stringify(arrival))}\r\n\r\nok`;

async function listen<Server extends { listen(port: number, host: string, done: () => void): unknown }>(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function answering(read: Reader): Promise<net.Server> {
  return listen(
    net.createServer((socket) => {
      let data: Buffer = Buffer.alloc(0);
      const answer = (waits: boolean): void => {
        const arrival = read(data, waits);
        if (arrival === null) return;
        clearTimeout(waiting);
        socket.end(answerTo(arrival));
      };
      const waiting = setTimeout(() => answer(false), patience);
      socket.on("close", () => clearTimeout(waiting));
      socket.on("error", () => socket.destroy());
      socket.on("data", (chunk: Buffer) => {
        data = Buffer.concat([data, chunk]);
        answer(true);
      });
    }),
  );
}

/** Path and query, told together or apart; apart, the path is as it is decoded. */
export function uriOf(named: ReadonlyMap<string, string>): string {
  const query = named.get("QUERY_STRING") ?? "";
  const path = (named.get("DOCUMENT_URI") ?? "").replace(/[%?]/g, encodeURIComponent);
  return named.get("REQUEST_URI") ?? (query === "" ? path : `${path}?${query}`);
}

function arrivalOf(named: ReadonlyMap<string, string>, bytes: number): Arrival {
  const headers = [...named].flatMap(([name, value]) => (name.startsWith("HTTP_") ? [[name.slice("HTTP_".length).toLowerCase().replaceAll("_", "-"), value]] : []));
  return { method: named.get("REQUEST_METHOD") ?? "", uri: uriOf(named), bytes, headers: Object.fromEntries(headers) };
}

/** Answers each SCGI request with 200 and what it got. */
export function startScgi(): Promise<net.Server> {
  return answering((data, waits) => {
    const colon = data.indexOf(":");
    const size = Number(data.toString("latin1", 0, colon));
    if (colon < 0 || data.length < colon + size + 2) return null;
    const words = data.toString("latin1", colon + 1, colon + size).split("\0");
    const named = new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ""] as const] : [])));
    const bytes = data.length - (colon + size + 2);
    return waits && bytes < Number(named.get("CONTENT_LENGTH") ?? 0) ? null : arrivalOf(named, bytes);
  });
}

/** Answers each uwsgi request with 200 and what it got, as soon as there is a body of the length it is told of. */
export function startUwsgi(): Promise<net.Server> {
  return answering((data, waits) => {
    const header = 4;
    if (data.length < header || data.length < header + data.readUInt16LE(1)) return null;
    const end = header + data.readUInt16LE(1);
    const named = new Map<string, string>();
    let at = header;
    const word = (): string => {
      const start = at + 2;
      at = start + data.readUInt16LE(at);
      return data.toString("latin1", start, at);
    };
    while (at < end) named.set(word(), word());
    return waits && data.length - end < Number(named.get("CONTENT_LENGTH") ?? 0) ? null : arrivalOf(named, data.length - end);
  });
}

/** Answers each request of HTTP/2 without TLS with 200 and what it got. */
export function startGrpc(): Promise<http2.Http2Server> {
  const server = http2.createServer();
  server.on("stream", (stream, named) => {
    let bytes = 0;
    stream.on("error", () => stream.destroy());
    stream.on("data", (chunk: Buffer) => (bytes += chunk.length));
    stream.on("end", () => {
      const headers = Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (name.startsWith(":") ? [] : [[name, String(value)]])));
      const arrival: Arrival = { method: named[":method"] ?? "", uri: named[":path"] ?? "", bytes, headers: { ...headers, host: named[":authority"] ?? "" } };
      stream.respond({ ":status": 200, "x-arrival": encodeURIComponent(JSON.stringify(arrival)) });
      stream.end("ok");
    });
  });
  return listen(server);
}
