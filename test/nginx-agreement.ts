import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Verdict } from "../src/model/verdict.ts";
import { diskOf, expectedOf, programOf, seenOf, verdictOf } from "./nginx-compare.ts";
import type { Addresses, Answer, RealServer, Sent } from "./nginx-process.ts";
import { portFor, startNginx } from "./nginx-process.ts";
import type { Scene } from "./nginx-scene.ts";
import { scene, sceneFiles } from "./nginx-scene.ts";

/** A request that the interpreter and the real server answer in different ways. */
export interface Disagreement {
  readonly config: string;
  readonly request: Sent;
  readonly expected: unknown;
  readonly seen: unknown;
  /** What the server answered, as if it had stood at `recordedAddresses`. */
  readonly answer: Answer;
}

/** What stands for the addresses in what is recorded. */
export const recordedAddresses: Addresses = { port: 8001, secondPort: 8002, thirdPort: 8003, folder: "/srv/www", upstream: "127.0.0.1:9001", fastcgi: "127.0.0.1:9002" };

/** The servers that answer for hosts nobody names; lines of a request are read by their settings. */
const defaults = [
  "server { listen %P default_server; return 421; }",
  "server { listen %Q default_server; underscores_in_headers on; return 421; }",
  "server { listen %R default_server; merge_slashes off; ignore_invalid_headers off; client_header_buffer_size 512; large_client_header_buffers 4 1k; return 421; }\n",
].join("\n");

function filled(text: string, number: number, { port, secondPort, thirdPort, folder, upstream, fastcgi }: Addresses): string {
  return text
    .replaceAll("%N", String(number))
    .replaceAll("%P", `127.0.0.1:${port}`)
    .replaceAll("%Q", `127.0.0.1:${secondPort}`)
    .replaceAll("%R", `127.0.0.1:${thirdPort}`)
    .replaceAll("%U", upstream)
    .replaceAll("%F", fastcgi)
    .replaceAll("%W", folder);
}

/** A request with the scene's own number in its host and headers. */
export function sentAs(sent: Sent, number: number): Sent {
  const headers = Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, value]) => [name, value.replaceAll("%N", String(number))]));
  return { ...sent, host: (sent.host ?? "c%N.test").replaceAll("%N", String(number)), headers };
}

/** What the interpreter says about one request of a scene. */
export function sceneVerdict(config: string, sent: Sent, number: number, addresses: Addresses): Verdict {
  const program = programOf(filled(defaults + config, number, addresses));
  const request = sentAs(sent, number);
  return verdictOf(program, request.host ?? "", request, addresses, diskOf(addresses.folder, sceneFiles));
}

/** The first ending that differs from the answer when none is the same; null when they agree. */
export function difference(verdict: Verdict, sent: Sent, answer: Answer, addresses: Addresses): { readonly expected: unknown; readonly seen: unknown } | null {
  const port = portFor(sent, addresses);
  const compared = verdict.endings.map((ending) => {
    const expected = expectedOf(ending, sent);
    return { expected, seen: seenOf(answer, expected, sent.host ?? "", port, sent.third !== true) };
  });
  if (compared.some(({ expected, seen }) => "outcome" in expected || isDeepStrictEqual(expected, seen))) return null;
  return compared[0] ?? null;
}

/** What was compared, and where it differed. */
export interface Comparison {
  readonly pairs: number;
  /** Pairs about which the interpreter leaves something open. */
  readonly undecided: number;
  /** Why nginx does not take a scene, for each that it does not. */
  readonly refused: readonly string[];
  readonly disagreements: readonly (Disagreement & { readonly index: number })[];
}

const nothing: Comparison = { pairs: 0, undecided: 0, refused: [], disagreements: [] };

function sum(one: Comparison, other: Comparison): Comparison {
  return {
    pairs: one.pairs + other.pairs,
    undecided: one.undecided + other.undecided,
    refused: [...one.refused, ...other.refused],
    disagreements: [...one.disagreements, ...other.disagreements],
  };
}

interface Numbered {
  readonly scene: Scene;
  readonly index: number;
}

/** Compares scenes in one process; when nginx refuses it or does not survive it, in two with half of them each. */
export async function compareScenes(scenes: readonly Numbered[]): Promise<Comparison> {
  if (scenes.length === 0) return nothing;
  const compared = await compareTogether(scenes);
  if (typeof compared !== "string") return compared;
  if (scenes.length === 1) return { ...nothing, refused: [compared] };
  const half = Math.ceil(scenes.length / 2);
  return sum(await compareScenes(scenes.slice(0, half)), await compareScenes(scenes.slice(half)));
}

async function compareTogether(scenes: readonly Numbered[]): Promise<Comparison | string> {
  const start = (): Promise<RealServer> => startNginx((addresses) => filled(defaults, 0, addresses) + scenes.map(({ scene: { config }, index }) => filled(config, index, addresses)).join("\n"), sceneFiles);
  const real = await start().catch((error: Error) => (error.message.startsWith("nginx refuses") ? error.message : Promise.reject(error)));
  if (typeof real === "string") return real;
  const compared = await inParallel(scenes, 4, (one) => compareScene(one, real)).catch((error: Error) => error);
  if (await real.stop()) return "nginx crashes";
  if (compared instanceof Error) throw compared;
  return compared.reduce(sum, nothing);
}

async function inParallel<Item, Result>(items: readonly Item[], at: number, work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...items];
  const run = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: at }, run));
  return results;
}

async function compareScene({ scene: { config, requests }, index }: Numbered, real: RealServer): Promise<Comparison> {
  const program = programOf(filled(defaults + config, index, real));
  const disk = diskOf(real.folder, sceneFiles);
  let undecided = 0;
  const disagreements: (Disagreement & { index: number })[] = [];
  for (const request of requests) {
    const sent = sentAs(request, index);
    const host = sent.host ?? "";
    const verdict = verdictOf(program, host, sent, real, disk);
    if (verdict.outcome === "unknown" || verdict.endings.length > 1) undecided += 1;
    const answer = await real.send(host, sent);
    const found = difference(verdict, sent, answer, real);
    if (found !== null) disagreements.push({ config, request, answer: portable(answer, index, real), index, ...found });
  }
  return { ...nothing, pairs: requests.length, undecided, disagreements };
}

/** An answer with the recorded addresses in place of the real ones, and without headers that say nothing. */
function portable(answer: Answer, number: number, real: Addresses): Answer {
  const plain = (text: string): string =>
    text
      .replaceAll(real.upstream, recordedAddresses.upstream)
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
export async function answerOf(config: string, request: Sent): Promise<Answer> {
  const real = await startNginx((addresses) => filled(defaults + config, 0, addresses), sceneFiles);
  try {
    const sent = sentAs(request, 0);
    return portable(await real.send(sent.host ?? "", sent), 0, real);
  } finally {
    await real.stop();
  }
}

const scenesPerProcess = 60;

/** Draws scenes until so many pairs are compared. */
export async function search(seed: number, pairs: number): Promise<Comparison & { readonly scenes: number }> {
  let result = nothing;
  let scenes = 0;
  while (result.pairs < pairs) {
    const all = fc.sample(scene, { seed: seed + scenes, numRuns: scenesPerProcess, unbiased: true }).map((one, index) => ({ scene: one, index }));
    const compared = await compareScenes(all);
    const origin = scenes;
    result = sum(result, { ...compared, disagreements: compared.disagreements.map((one) => ({ ...one, index: one.index + origin })) });
    scenes += scenesPerProcess;
  }
  return { ...result, scenes };
}

/** The smallest scene that still disagrees; drawn again from the seed and the index that `search` gave. */
export async function shrink(seed: number, index: number): Promise<Disagreement | null> {
  let smallest: Disagreement | null = null;
  const batch = Math.floor(index / scenesPerProcess) * scenesPerProcess;
  const agrees = async (one: Scene): Promise<boolean> => {
    const { disagreements } = await compareScenes([{ scene: one, index: 0 }]);
    const [first] = disagreements;
    if (first !== undefined) smallest = first;
    return first === undefined;
  };
  const shrinkTime = 60_000;
  await fc.check(fc.asyncProperty(scene, agrees), { seed: seed + batch, path: String(index - batch), numRuns: 1, unbiased: true, interruptAfterTimeLimit: shrinkTime });
  return smallest;
}
