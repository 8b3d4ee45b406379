import { isDeepStrictEqual } from "node:util";
import type { Verdict } from "../src/model/verdict.ts";
import type { Comparison, Found, Numbered, Oracle } from "./agreement.ts";
import { diskOf } from "./disk.ts";
import { expectedOf, programOf, seenOf, verdictOf } from "./nginx-compare.ts";
import type { Answer, Sent } from "./loopback.ts";
import type { Addresses, RealServer } from "./nginx-process.ts";
import { portFor, startNginx } from "./nginx-process.ts";
import type { Scene } from "./nginx-scene.ts";
import { scene, sceneFiles } from "./nginx-scene.ts";

/** What stands for the addresses in what is recorded. */
export const recordedAddresses: Addresses = { port: 8001, secondPort: 8002, thirdPort: 8003, folder: "/srv/www", upstream: "127.0.0.1:9001", fastcgi: "127.0.0.1:9002", scgi: "127.0.0.1:9003", uwsgi: "127.0.0.1:9004", grpc: "127.0.0.1:9005" };

/** The servers that answer for hosts nobody names; lines of a request are read by their settings. */
const defaults = [
  "server { listen %P default_server; return 421; }",
  "server { listen %Q default_server; underscores_in_headers on; return 421; }",
  "server { listen %R default_server; merge_slashes off; ignore_invalid_headers off; client_header_buffer_size 512; large_client_header_buffers 4 1k; return 421; }\n",
].join("\n");

function filled(text: string, number: number, { port, secondPort, thirdPort, folder, upstream, fastcgi, scgi, uwsgi, grpc }: Addresses): string {
  return text
    .replaceAll("%N", String(number))
    .replaceAll("%P", `127.0.0.1:${port}`)
    .replaceAll("%Q", `127.0.0.1:${secondPort}`)
    .replaceAll("%R", `127.0.0.1:${thirdPort}`)
    .replaceAll("%U", upstream)
    .replaceAll("%F", fastcgi)
    .replaceAll("%C", scgi)
    .replaceAll("%I", uwsgi)
    .replaceAll("%G", grpc)
    .replaceAll("%W", folder);
}

/** A request with the scene's own number in its host and headers. */
export function sentAs(sent: Sent, number: number): Sent {
  const headers = Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, value]) => [name, value.replaceAll("%N", String(number))]));
  return { ...sent, host: (sent.host ?? "c%N.test").replaceAll("%N", String(number)), headers, ...(sent.absolute === undefined ? {} : { absolute: sent.absolute.replaceAll("%N", String(number)) }) };
}

/** What the interpreter says about one request of a scene. */
export function sceneVerdict(config: string, sent: Sent, number: number, addresses: Addresses, perMinute = 1): Verdict {
  const program = programOf(filled(defaults + config, number, addresses));
  const request = sentAs(sent, number);
  return verdictOf(program, request.host ?? "", request, addresses, diskOf(addresses.folder, sceneFiles), perMinute);
}

/** The first ending that differs from the answer when none is the same; null when they agree. */
export function difference(verdict: Verdict, sent: Sent, answer: Answer, addresses: Addresses): { readonly expected: unknown; readonly seen: unknown } | null {
  const port = portFor(sent, addresses);
  const compared = verdict.endings.map((ending) => {
    const expected = expectedOf(ending, sent);
    return { expected, seen: seenOf(answer, expected, sent.absolute ?? sent.host ?? "", port, sent.third !== true) };
  });
  if (compared.some(({ expected, seen }) => "outcome" in expected || isDeepStrictEqual(expected, seen) || isUnreadable(expected, answer))) return null;
  return compared[0] ?? null;
}

/** A path without its slash is sent on, and so are blanks that come from variables: no application reads such a request. */
function isUnreadable(expected: Record<string, unknown>, { status, arrival }: Answer): boolean {
  const sent = expected["arrival"] as { readonly path: string; readonly query: string } | undefined;
  return sent !== undefined && (!sent.path.startsWith("/") || /\s/.test(sent.path + sent.query)) && status === 400 && arrival === null;
}

/** nginx, with 60 servers in a process. */
export const nginxOracle: Oracle<Scene, string, RealServer> = {
  scene,
  scenesPerProcess: 60,
  start: (scenes) =>
    startNginx((addresses) => filled(defaults, 0, addresses) + scenes.map(({ scene: { config }, index }) => filled(config, index, addresses)).join("\n"), sceneFiles).catch((error: Error) =>
      error.message.startsWith("nginx refuses") ? error.message : Promise.reject(error),
    ),
  compare: compareScene,
};

async function compareScene({ scene: { config, requests }, index }: Numbered<Scene>, real: RealServer): Promise<Comparison<string>> {
  const program = programOf(filled(defaults + config, index, real));
  const disk = diskOf(real.folder, sceneFiles);
  let undecided = 0;
  const disagreements: Found<string>[] = [];
  const before = new Map<Sent, number>();
  for (const request of requests) {
    const perMinute = (before.get(request) ?? 0) + 1;
    before.set(request, perMinute);
    const sent = sentAs(request, index);
    const host = sent.host ?? "";
    const verdict = verdictOf(program, host, sent, real, disk, perMinute);
    if (verdict.outcome === "unknown" || verdict.endings.length > 1) undecided += 1;
    const answer = await real.send(host, sent);
    const found = difference(verdict, sent, answer, real);
    if (found !== null) disagreements.push({ config, request, answer: portable(answer, real, index), index, ...found });
  }
  return { pairs: requests.length, undecided, refused: [], disagreements };
}

/** An answer with the recorded addresses in place of the real ones, as if the scene had been the first, and without headers that say nothing. */
function portable(answer: Answer, real: Addresses, number = 0): Answer {
  const plain = (text: string): string =>
    text
      .replaceAll(real.upstream, recordedAddresses.upstream)
      .replaceAll(real.grpc, recordedAddresses.grpc)
      .replaceAll(`:${real.port}`, `:${recordedAddresses.port}`)
      .replaceAll(`:${real.secondPort}`, `:${recordedAddresses.secondPort}`)
      .replaceAll(`:${real.thirdPort}`, `:${recordedAddresses.thirdPort}`)
      .replaceAll(real.folder, recordedAddresses.folder)
      .replaceAll(`c${number}.`, "c0.");
  const boring = /^(?:connection|content-length|transfer-encoding)$/;
  const { arrival, location } = answer;
  const headers = Object.fromEntries(Object.entries(arrival?.headers ?? {}).flatMap(([name, value]) => (boring.test(name) ? [] : [[name, plain(value)]])));
  return { ...answer, location: location === null ? null : plain(location), arrival: arrival === null ? null : { ...arrival, uri: plain(arrival.uri), headers } };
}

/** What a real server answers to one request of a scene. */
export async function answerOf(config: string, request: Sent): Promise<Answer | undefined> {
  const [answers] = await answersOf([{ config, requests: [request] }]);
  return answers?.[0];
}

/** What one real server answers to the requests of several scenes, each of which has its place in the list as its number. */
export async function answersOf(scenes: readonly Scene[]): Promise<readonly (readonly Answer[])[]> {
  const real = await startNginx((addresses) => filled(defaults, 0, addresses) + scenes.map(({ config }, number) => filled(config, number, addresses)).join("\n"), sceneFiles);
  const answers: Answer[][] = [];
  try {
    for (const [number, { requests }] of scenes.entries()) {
      const own: Answer[] = [];
      answers.push(own);
      for (const request of requests) {
        const sent = sentAs(request, number);
        own.push(portable(await real.send(sent.host ?? "", sent), real));
      }
    }
    return answers;
  } finally {
    await real.stop();
  }
}
