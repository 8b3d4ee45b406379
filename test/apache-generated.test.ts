import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Disagreement } from "./agreement.ts";
import { effort, saved, search, told } from "./agreement.ts";
import { answerOf, apacheOracle, recordedAddresses, sentAs } from "./apache-agreement.ts";
import { difference, understood, verdictOf } from "./apache-compare.ts";
import { noServer, type Site } from "./apache-process.ts";
import type { Answer, Sent } from "./loopback.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures/apache/disagreements");
const { seeds, pairs } = effort(1500);

/** A site with one request, and what Apache 2.4.71 answered. */
interface Recorded {
  readonly config: Site;
  readonly request: Sent;
  readonly answer: Answer;
}

function recorded({ config, request, answer }: Disagreement<Site>): Recorded {
  return { config, request, answer };
}

describe.skipIf(noServer !== null)(`generated configurations (${noServer ?? "put to an Apache on loopback"})`, () => {
  it.each(seeds)("of seed %i are answered as by a real Apache", { timeout: 60_000 + pairs * 60 }, async (seed) => {
    const begun = Date.now();
    const { disagreements, undecided, refused, ...counts } = await search(apacheOracle, seed, pairs);
    console.log(`Apache, seed ${seed}: ${counts.pairs} requests to ${counts.scenes} sites in ${((Date.now() - begun) / 1000).toFixed(1)} s; ${disagreements.length} differ, ${undecided} are left open, ${refused.length} sites refused`);
    if (disagreements.length > 0) expect.fail(await told(apacheOracle, seed, disagreements, folder, recorded));
    expect(counts.pairs).toBeGreaterThanOrEqual(pairs);
    // What is left open is not compared as sharply, and what is refused not at all.
    expect(undecided / counts.pairs).toBeLessThan(0.03);
    expect(refused.length / counts.scenes, refused[0]).toBeLessThan(0.1);
  });
});

describe("sites that were once answered in different ways", () => {
  const cases = saved<Recorded>(folder);
  it.each(cases)("%s", (_, { config, request, answer }) => {
    const sent = sentAs(request, 0);
    const verdict = verdictOf(understood(config, 0, recordedAddresses), "c0.test", sent, recordedAddresses.port);
    expect(verdict.outcome).not.toBe("unknown");
    expect(difference(verdict, sent, answer)).toBeNull();
  });
  it.skipIf(noServer !== null).each(cases)("%s is still answered so (skipped where no Apache is installed)", async (_, { config, request, answer }) => {
    expect(await answerOf(config, request)).toEqual(answer);
  });
});
