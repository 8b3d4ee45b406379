import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { Answer, Sent } from "./loopback.ts";

/** A request that the interpreter and the real server answer in different ways. */
export interface Disagreement<Config> {
  readonly config: Config;
  readonly request: Sent;
  readonly expected: unknown;
  readonly seen: unknown;
  /** What the server answered, as if it had stood at addresses that are always the same. */
  readonly answer: Answer;
}

/** A disagreement with the number of the scene it was found in. */
export type Found<Config> = Disagreement<Config> & { readonly index: number };

/** What was compared, and where it differed. */
export interface Comparison<Config> {
  readonly pairs: number;
  /** Pairs about which the interpreter leaves something open. */
  readonly undecided: number;
  /** Why the server does not take a scene, for each that it does not. */
  readonly refused: readonly string[];
  readonly disagreements: readonly Found<Config>[];
}

/** What is drawn, with its number. */
export interface Numbered<Scene> {
  readonly scene: Scene;
  readonly index: number;
}

/** A kind of server, what is drawn for it, and how one drawn scene is compared. */
export interface Oracle<Scene, Config, Server extends { stop(): Promise<boolean> }> {
  readonly scene: fc.Arbitrary<Scene>;
  readonly scenesPerProcess: number;
  /** One process for all of these, or why it refuses them. */
  start(scenes: readonly Numbered<Scene>[]): Promise<Server | string>;
  compare(one: Numbered<Scene>, server: Server): Promise<Comparison<Config>>;
}

function nothing<Config>(): Comparison<Config> {
  return { pairs: 0, undecided: 0, refused: [], disagreements: [] };
}

function sum<Config>(one: Comparison<Config>, other: Comparison<Config>): Comparison<Config> {
  return {
    pairs: one.pairs + other.pairs,
    undecided: one.undecided + other.undecided,
    refused: [...one.refused, ...other.refused],
    disagreements: [...one.disagreements, ...other.disagreements],
  };
}

/** Compares scenes in one process; when the server refuses it or does not survive it, in two with half of them each. */
async function compareScenes<Scene, Config, Server extends { stop(): Promise<boolean> }>(oracle: Oracle<Scene, Config, Server>, scenes: readonly Numbered<Scene>[]): Promise<Comparison<Config>> {
  if (scenes.length === 0) return nothing();
  const compared = await compareTogether(oracle, scenes);
  if (typeof compared !== "string") return compared;
  if (scenes.length === 1) return { ...nothing(), refused: [compared] };
  const half = Math.ceil(scenes.length / 2);
  return sum(await compareScenes(oracle, scenes.slice(0, half)), await compareScenes(oracle, scenes.slice(half)));
}

async function compareTogether<Scene, Config, Server extends { stop(): Promise<boolean> }>(oracle: Oracle<Scene, Config, Server>, scenes: readonly Numbered<Scene>[]): Promise<Comparison<Config> | string> {
  const server = await oracle.start(scenes);
  if (typeof server === "string") return server;
  const compared = await inParallel(scenes, 4, (one) => oracle.compare(one, server)).catch((error: Error) => error);
  if (await server.stop()) return "the server crashes";
  if (compared instanceof Error) throw compared;
  return compared.reduce(sum<Config>, nothing());
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

/** Draws scenes until so many pairs are compared. */
export async function search<Scene, Config, Server extends { stop(): Promise<boolean> }>(oracle: Oracle<Scene, Config, Server>, seed: number, pairs: number): Promise<Comparison<Config> & { readonly scenes: number }> {
  let result = nothing<Config>();
  let scenes = 0;
  while (result.pairs < pairs) {
    const all = fc.sample(oracle.scene, { seed: seed + scenes, numRuns: oracle.scenesPerProcess, unbiased: true }).map((one, index) => ({ scene: one, index }));
    const compared = await compareScenes(oracle, all);
    const origin = scenes;
    result = sum(result, { ...compared, disagreements: compared.disagreements.map((one) => ({ ...one, index: one.index + origin })) });
    scenes += oracle.scenesPerProcess;
  }
  return { ...result, scenes };
}

/** The smallest scene that still disagrees; drawn again from the seed and the index that `search` gave. */
async function shrink<Scene, Config, Server extends { stop(): Promise<boolean> }>(oracle: Oracle<Scene, Config, Server>, seed: number, index: number): Promise<Disagreement<Config> | null> {
  let smallest: Disagreement<Config> | null = null;
  const batch = Math.floor(index / oracle.scenesPerProcess) * oracle.scenesPerProcess;
  const agrees = async (one: Scene): Promise<boolean> => {
    const { disagreements } = await compareScenes(oracle, [{ scene: one, index: 0 }]);
    const [first] = disagreements;
    if (first !== undefined) smallest = first;
    return first === undefined;
  };
  const shrinkTime = 60_000;
  await fc.check(fc.asyncProperty(oracle.scene, agrees), { seed: seed + batch, path: String(index - batch), numRuns: 1, unbiased: true, interruptAfterTimeLimit: shrinkTime });
  return smallest;
}

/** Shrinking one takes some seconds, so at most this many of a seed are made small and saved. */
const mostShown = Number(process.env["ORACLE_SHOWN"] ?? 3);

/** Makes the first disagreements of a seed small, saves each in the folder as what `recorded` makes of it, and says it all in words. */
export async function told<Scene, Config, Server extends { stop(): Promise<boolean> }>(
  oracle: Oracle<Scene, Config, Server>,
  seed: number,
  disagreements: readonly Found<Config>[],
  folder: string,
  recorded: (one: Disagreement<Config>) => unknown,
): Promise<string> {
  const byScene = [...new Map(disagreements.map((one) => [one.index, one])).values()];
  const texts: string[] = [];
  for (const one of byScene.slice(0, mostShown)) {
    const smallest = (await shrink(oracle, seed, one.index)) ?? one;
    const file = save(recorded(smallest), folder);
    const config = typeof smallest.config === "string" ? smallest.config : JSON.stringify(smallest.config, null, 1).replaceAll("\\n", "\n");
    texts.push(`${config}\n${JSON.stringify(smallest.request)}\nthe interpreter says ${JSON.stringify(smallest.expected)}\nthe server says      ${JSON.stringify(smallest.seen)}\nsaved as ${file}`);
  }
  return [`${byScene.length} configurations of seed ${seed} disagree`, ...texts].join("\n\n");
}

function save(recorded: unknown, folder: string): string {
  const text = `${JSON.stringify(recorded, null, 2)}\n`;
  const file = path.join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

/** The cases that were saved in a folder, by name. */
export function saved<Recorded>(folder: string): readonly (readonly [name: string, one: Recorded])[] {
  return fs.readdirSync(folder).map((name) => [name.replace(/\.json$/, ""), JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as Recorded] as const);
}

/** Which seeds are drawn from, and how many requests each is asked at least: so many when nobody says so. */
export function effort(pairs: number): { readonly seeds: readonly number[]; readonly pairs: number } {
  return { seeds: (process.env["ORACLE_SEED"] ?? "1").split(",").map(Number), pairs: Number(process.env["ORACLE_PAIRS"] ?? pairs) };
}
