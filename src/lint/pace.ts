import type { Gate, Scope } from "../model/program.ts";
import type { Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import { gatesOf } from "./places.ts";

/** How often requests come. */
export type Pace = Pick<Request, "perMinute" | "atOnce">;

/** Who means no harm: one person who corrects a form, a few behind one address, who sends many files, and a page that sends two things at once. */
const ofOne: readonly Pace[] = [
  { perMinute: 3, atOnce: 1 },
  { perMinute: 12, atOnce: 1 },
  { perMinute: 20, atOnce: 1 },
  { perMinute: 2, atOnce: 2 },
];

/** What comes together from everybody who uses a site. */
const ofEverybody: readonly Pace[] = [...ofOne, { perMinute: 120, atOnce: 1 }, { perMinute: 20, atOnce: 20 }];

/**
 * The most moderate pace of ordinary clients that a limit in this scope refuses; null when it refuses none. Where an
 * error page answers, another gate of the same directive says how much is too much.
 */
export function paceAgainst(gate: Gate, scope: Scope): Pace | null {
  const [first = null] = ofOne;
  const gates = says(gate) ? [gate] : gatesOf(scope).filter((one) => one.reason === "rate" && one.because.some(({ at }) => at.start === gate.because[0].at.start && at.file === gate.because[0].at.file));
  const most = { perMinute: Math.min(...gates.map((one) => mostOf(one, "perMinute"))), atOnce: Math.min(...gates.map((one) => mostOf(one, "atOnce"))) };
  if (most.perMinute === Infinity && most.atOnce === Infinity) return first;
  return (gate.ofAll === true ? ofEverybody : ofOne).find(({ perMinute, atOnce }) => perMinute > most.perMinute || atOnce > most.atOnce) ?? null;
}

function says(gate: Gate): boolean {
  return mostOf(gate, "perMinute") < Infinity || mostOf(gate, "atOnce") < Infinity;
}

/** What a gate lets pass; infinitely many when it does not say. */
function mostOf({ effect, when }: Gate, field: keyof Pace): number {
  if (effect.kind === "limit") return field === "perMinute" ? effect.perMinute : Infinity;
  const tests = testsIn(when).filter(({ subject }) => fieldsOf(subject).includes(field));
  const numbers = tests.flatMap(({ operator }) => (operator.kind === "number" && operator.is === ">" ? (literal(operator.value) ?? []) : []));
  return numbers[0] === undefined ? Infinity : Number(numbers[0]);
}
