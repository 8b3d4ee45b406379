import { describe, expect, it } from "vitest";
import { cells } from "../src/model/cells.ts";
import { always } from "../src/model/condition.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { relevantTests, signatureOf } from "../src/model/signature.ts";
import { choosing, randomProgram } from "./random-program.ts";

const programs = 300;
const requestsEach = 100;
const limit = 4000;

/** What a cell must tell of all its requests. */
function told({ blocked, status }: Verdict): string {
  return `${blocked} ${status}`;
}

/** The first request of a random program that lies in no known cell or is judged otherwise than its cell; null when none does. */
function contradiction(seed: number): { readonly capped: boolean; readonly found: unknown } {
  const choice = choosing(seed);
  const { program, request } = randomProgram(choice);
  const known = new Map<string, string>();
  const { tests } = relevantTests(program, always, undefined);
  const found = cells(program, always, request(), { limit });
  if (found.capped) return { capped: true, found: null };
  for (const one of found.requests) known.set(signatureOf(program, tests, one), told(evaluate(program, one)));
  for (let count = 0; count < requestsEach; count += 1) {
    const asked = request();
    const cell = known.get(signatureOf(program, tests, asked));
    const verdict = told(evaluate(program, asked));
    if (cell !== verdict) return { capped: false, found: { seed, cell: cell ?? "none", verdict, asked, program: JSON.stringify(program.stages) } };
  }
  return { capped: false, found: null };
}

describe("cells", () => {
  it("know the region and the verdict of every random request", () => {
    let covered = 0;
    for (let seed = 1; seed <= programs; seed += 1) {
      const { capped, found } = contradiction(seed);
      expect(found).toBeNull();
      if (!capped) covered += 1;
    }
    expect(covered).toBeGreaterThan(programs / 2);
  });
});
