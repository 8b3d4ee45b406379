import net from "node:net";
import { uriOf } from "./gateways.ts";

const END_REQUEST = 3;
const PARAMS = 4;
const STDIN = 5;
const STDOUT = 6;
const HEADER_BYTES = 8;

interface Gathered {
  readonly params: Buffer[];
  bytes: number;
}

/** Answers each FastCGI request with 200 and what it got, as the application that speaks HTTP does. */
export async function startFastcgi(): Promise<net.Server> {
  const server = net.createServer((socket) => {
    const gathered: Gathered = { params: [], bytes: 0 };
    let rest: Buffer = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let record = recordAt(rest); record !== null; record = recordAt(rest)) {
        rest = rest.subarray(record.length);
        if (record.type === PARAMS) gathered.params.push(record.content);
        if (record.type !== STDIN) continue;
        gathered.bytes += record.content.length;
        if (record.content.length === 0) socket.end(answerTo(gathered));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function recordAt(data: Buffer): { readonly type: number; readonly content: Buffer; readonly length: number } | null {
  if (data.length < HEADER_BYTES) return null;
  const size = data.readUInt16BE(4);
  const length = HEADER_BYTES + size + data.readUInt8(6);
  if (data.length < length) return null;
  return { type: data.readUInt8(1), content: data.subarray(HEADER_BYTES, HEADER_BYTES + size), length };
}

function answerTo({ params, bytes }: Gathered): Buffer {
  const named = pairsOf(Buffer.concat(params));
  const headers = [...named].flatMap(([name, value]) => (name.startsWith("HTTP_") ? [[name.slice(5).toLowerCase().replaceAll("_", "-"), value]] : []));
  const arrival = { method: named.get("REQUEST_METHOD") ?? "", uri: uriOf(named), bytes, headers: Object.fromEntries(headers) };
  const text = Buffer.from(`Status: 200 OK\r\nX-Arrival: ${encodeURIComponent(JSON.stringify(arrival))}\r\n\r\nok`);
  return Buffer.concat([record(STDOUT, text), record(STDOUT, Buffer.alloc(0)), record(END_REQUEST, Buffer.alloc(HEADER_BYTES))]);
}

function pairsOf(data: Buffer): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  let at = 0;
  const size = (): number => {
    const short = data.readUInt8(at);
    at += short < 128 ? 1 : 4;
    return short < 128 ? short : data.readUInt32BE(at - 4) & 0x7fffffff;
  };
  while (at < data.length) {
    const [name, value] = [size(), size()];
    pairs.set(data.toString("latin1", at, at + name), data.toString("latin1", at + name, at + name + value));
    at += name + value;
  }
  return pairs;
}

function record(type: number, content: Buffer): Buffer {
  const header = Buffer.from([1, type, 0, 1, 0, 0, 0, 0]);
  header.writeUInt16BE(content.length, 4);
  return Buffer.concat([header, content]);
}
