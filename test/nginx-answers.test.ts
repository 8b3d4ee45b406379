import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { arrivalOf } from "../src/report/arrival.ts";
import { answersOf, difference, recordedAddresses, sceneVerdict, sentAs } from "./nginx-agreement.ts";
import type { Answer, Sent } from "./loopback.ts";
import { nginxInstalled } from "./nginx-process.ts";

/** A configuration of one kind that nobody draws, what is sent to it in turn, and what nginx 1.22.1 answered. */
interface Case {
  readonly name: string;
  readonly config: readonly string[];
  readonly answers: readonly { readonly request: Sent; readonly answer: Answer }[];
}

const folder = path.resolve(import.meta.dirname, "../fixtures/nginx/answers");
const themes = fs.readdirSync(folder).map((name) => [name.replace(/\.json$/, ""), JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as readonly Case[]] as const);

/** nginx leaves brackets in a path as they are, other servers encode them. */
function withoutBrackets(uri: string): string {
  return uri.replaceAll("[", "%5B").replaceAll("]", "%5D");
}

describe.each(themes)("recorded answers about %s", (_, cases) => {
  const numbered = cases.map((one, number) => [one.name, number, one] as const);
  it.each(numbered)("%s is answered so", (_name, number, { config, answers }) => {
    for (const [index, { request, answer }] of answers.entries()) {
      const times = answers.slice(0, index + 1).filter((other) => JSON.stringify(other.request) === JSON.stringify(request)).length;
      const verdict = sceneVerdict(config.join("\n"), request, number, recordedAddresses, times);
      expect(verdict.outcome, JSON.stringify(request)).not.toBe("unknown");
      expect(difference(verdict, sentAs(request, number), answer, recordedAddresses), JSON.stringify(request)).toBeNull();
      const arrival = arrivalOf(verdict);
      if (arrival !== null && answer.arrival !== null) expect(`${arrival.path}${arrival.query === "" ? "" : `?${arrival.query}`}`).toBe(withoutBrackets(answer.arrival.uri));
    }
  });
  it.skipIf(!nginxInstalled())("are still those of a real nginx (skipped where none is installed)", { retry: 2, timeout: 60_000 }, async () => {
    const scenes = cases.map(({ config, answers }) => ({ config: config.join("\n"), requests: answers.map(({ request }) => request) }));
    expect(await answersOf(scenes)).toEqual(cases.map(({ answers }) => answers.map(({ answer }) => answer)));
  });
});
