import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Disagreement } from "./agreement.ts";
import { effort, saved, search, told } from "./agreement.ts";
import { answerOf, difference, nginxOracle, recordedAddresses, sceneVerdict, sentAs } from "./nginx-agreement.ts";
import type { Answer, Sent } from "./loopback.ts";
import { nginxInstalled } from "./nginx-process.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures/nginx/disagreements");
const { seeds, pairs } = effort(5000);

/** A configuration with one request, and what nginx 1.22.1 answered. */
interface Recorded {
  readonly config: readonly string[];
  readonly request: Sent;
  readonly answer: Answer;
}

function recorded({ config, request, answer }: Disagreement<string>): Recorded {
  return { config: config.split("\n"), request, answer };
}

describe.skipIf(!nginxInstalled())("generated configurations (skipped where no nginx is installed)", () => {
  it.each(seeds)("of seed %i are answered as by a real nginx", { timeout: 45_000 + pairs * 30 }, async (seed) => {
    const begun = Date.now();
    const { disagreements, undecided, refused, ...counts } = await search(nginxOracle, seed, pairs);
    console.log(`nginx, seed ${seed}: ${counts.pairs} requests to ${counts.scenes} configurations in ${((Date.now() - begun) / 1000).toFixed(1)} s; ${disagreements.length} differ, ${undecided} are left open, ${refused.length} configurations refused`);
    if (disagreements.length > 0) expect.fail(await told(nginxOracle, seed, disagreements, folder, recorded));
    expect(counts.pairs).toBeGreaterThanOrEqual(pairs);
    // What is left open is not compared as sharply, and what is refused not at all.
    expect(undecided / counts.pairs).toBeLessThan(0.03);
    expect(refused.length / counts.scenes, refused[0]).toBeLessThan(0.03);
  });
});

describe("configurations that were once answered in different ways", () => {
  const cases = saved<Recorded>(folder);
  it.each(cases)("%s", (_, { config, request, answer }) => {
    const sent = sentAs(request, 0);
    const verdict = sceneVerdict(config.join("\n"), request, 0, recordedAddresses);
    expect(verdict.outcome).not.toBe("unknown");
    expect(difference(verdict, sent, answer, recordedAddresses)).toBeNull();
  });
  it.skipIf(!nginxInstalled()).each(cases)("%s is still answered so (skipped where no nginx is installed)", { retry: 2 }, async (_, { config, request, answer }) => {
    expect(await answerOf(config.join("\n"), request)).toEqual(answer);
  });
});
