import type { Comparison, Found, Numbered, Oracle } from "./agreement.ts";
import { difference, understood, verdictOf } from "./apache-compare.ts";
import { startApache, type Addresses, type RealServer, type Site } from "./apache-process.ts";
import type { Scene } from "./apache-scene.ts";
import { scene } from "./apache-scene.ts";
import type { Answer, Sent } from "./loopback.ts";

/** What stands for the addresses in what is recorded. */
export const recordedAddresses: Addresses = { port: 8001, folder: "/srv", upstream: "127.0.0.1:9001" };

/** A request with the site's own number in its headers. */
export function sentAs(sent: Sent, number: number): Sent {
  return { ...sent, headers: Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, value]) => [name, value.replaceAll("%N", String(number))])) };
}

/** The host a site is asked for by. */
export function hostOf(number: number, port: number): string {
  return `c${number}.test:${port}`;
}

async function compareScene({ scene: { site, requests }, index }: Numbered<Scene>, real: RealServer): Promise<Comparison<Site>> {
  const known = understood(site, index, real);
  let undecided = 0;
  const disagreements: Found<Site>[] = [];
  for (const request of requests) {
    const sent = sentAs(request, index);
    const verdict = verdictOf(known, `c${index}.test`, sent, real.port);
    if (verdict.outcome === "unknown" || verdict.endings.length > 1 || verdict.endings.some(({ location }) => location !== null && typeof location !== "string")) undecided += 1;
    const answer = await real.send(hostOf(index, real.port), sent);
    const found = difference(verdict, sent, answer);
    if (found !== null) disagreements.push({ config: site, request, answer: portable(answer, index, real), index, ...found });
  }
  return { pairs: requests.length, undecided, refused: [], disagreements };
}

/** An answer with the recorded addresses in place of the real ones. */
function portable(answer: Answer, number: number, real: Addresses): Answer {
  const plain = (text: string): string => text.replaceAll(real.upstream, recordedAddresses.upstream).replaceAll(`:${real.port}`, `:${recordedAddresses.port}`).replaceAll(real.folder, recordedAddresses.folder).replaceAll(`c${number}.`, "c0.").replaceAll(`/c${number}`, "/c0");
  return JSON.parse(JSON.stringify(answer), (_, value: unknown) => (typeof value === "string" ? plain(value) : value)) as Answer;
}

/** What a real server answers to one request to a site. */
export async function answerOf(site: Site, request: Sent): Promise<Answer> {
  const real = await startApache(new Map([[0, site]]));
  try {
    return portable(await real.send(hostOf(0, real.port), sentAs(request, 0)), 0, real);
  } finally {
    await real.stop();
  }
}

/** Apache, with 60 virtual hosts in a process. */
export const apacheOracle: Oracle<Scene, Site, RealServer> = {
  scene,
  scenesPerProcess: 60,
  start: (scenes) =>
    startApache(new Map(scenes.map(({ scene: { site }, index }) => [index, site]))).catch((error: Error) => (error.message.startsWith("Apache refuses") ? error.message : Promise.reject(error))),
  compare: compareScene,
};
