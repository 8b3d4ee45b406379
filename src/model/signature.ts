import { always, type Condition } from "./condition.ts";
import { unknownEnvironment } from "./environment.ts";
import { initialWorld } from "./evaluate.ts";
import { askingIn, holds } from "./holds.ts";
import { derivedTests, flowsOf } from "./flows.ts";
import type { Program, Scope } from "./program.ts";
import type { Request } from "./request.ts";
import { testsIn, testsOfDefinitions, testsOfScopes, type Test } from "./tests-of.ts";

/** The answers of all tests of a program to one request: equal exactly for requests of the same cell. */
export function signature(program: Program, request: Request): string {
  return signatureOf(program, relevantTests(program, always, undefined, Number.POSITIVE_INFINITY).tests, request);
}

/** The answers of some tests to one request, a letter each. */
export function signatureOf(program: Program, tests: readonly Test[], request: Request): string {
  const world = initialWorld(program, request, unknownEnvironment);
  return tests.map((test) => holds(test, askingIn(world)).answer.charAt(0)).join("");
}

/** Tests, and whether some ways in which values flow into them were left out. */
export interface Relevant {
  readonly tests: readonly Test[];
  readonly capped: boolean;
}

/** The tests of `where` and of some scopes as they stand, and each as a test of what flows into the variables it reads in the scopes of `flowing`. */
export function relevantTests(program: Program, where: Condition, only: readonly Scope[] | undefined, samples: number, flowing = only): Relevant {
  const scopes = only ?? Object.values(program.stages).flat();
  const direct = [...testsIn(where), ...testsOfScopes(scopes)];
  const all = [...direct, ...testsOfDefinitions(program, scopes, direct)];
  const written = all.slice(0, samples * testsPerSample);
  const flows = flowsOf(program, flowing === only ? written : [...written, ...testsOfScopes(flowing ?? [])], flowing);
  const tests: Test[] = [];
  const most = Math.min(mostFlows, Math.ceil(samples / 10));
  let capped = written.length < all.length;
  for (const test of written) {
    const derived = derivedTests(test, flows, most);
    tests.push(test, ...derived.tests);
    capped ||= derived.capped;
  }
  return { tests: distinctTests(tests), capped };
}

/** Few samples cannot tell many tests apart: at most so many are looked at for each. */
const testsPerSample = 10;

/** At most this many ways in which values flow into one test are followed. */
const mostFlows = 64;

function distinctTests(tests: readonly Test[]): readonly Test[] {
  const known = new Map<string, Test>();
  for (const test of tests) {
    const { subject, transforms, eachTransform, operator, negated, also } = test;
    const key = JSON.stringify([subject, transforms, eachTransform, operator, negated, also]);
    if (!known.has(key)) known.set(key, test);
  }
  return [...known.values()];
}
