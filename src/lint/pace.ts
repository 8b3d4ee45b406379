import { fileWord } from "../legitimate/words.ts";
import type { Condition } from "../model/condition.ts";
import type { Gate } from "../model/program.ts";
import type { Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import { gatesOf, type Place } from "./places.ts";

/** How often requests come. */
export type Pace = Pick<Request, "perMinute" | "atOnce">;

/** Who means no harm: one person who corrects a form, a few behind one address, and a page that sends two things at once. */
const ofOne: readonly Pace[] = [
  { perMinute: 3, atOnce: 1 },
  { perMinute: 12, atOnce: 1 },
  { perMinute: 2, atOnce: 2 },
];

/** Who sends many files. */
const ofFiles: readonly Pace[] = [...ofOne, { perMinute: 20, atOnce: 1 }];

/** What comes together from everybody who uses a site. */
const ofEverybody: readonly Pace[] = [...ofFiles, { perMinute: 120, atOnce: 1 }, { perMinute: 20, atOnce: 20 }];

/** A page that sends three things at once, as those of most applications do. */
const ofFew: Pace = { perMinute: 3, atOnce: 3 };

/** A page of an application with what it asks of its API, and the form that is sent from it. */
const ofPage: Pace = { perMinute: 10, atOnce: 10 };

/** A page with all that belongs to it: scripts, styles and pictures too. */
const ofWholePage: Pace = { perMinute: 30, atOnce: 30 };

/** Somebody who uses an application for a minute. */
const ofVisit: Pace = { perMinute: 60, atOnce: 1 };

/** What comes through while a page loads makes up for a small burst, unless it is less than this. */
const slow = 120;

/** Places that take all that belongs to a page: what is there for one thing only is seldom asked for ten times at once. */
const broad = /^location (?:\^~ |~\*? \^)?\/(?:(?:api|v\d+|(?:wp-)?admin|graphql|wp-json)\/?)?$|\.php/;

/**
 * The most moderate pace of ordinary clients that a limit in this place refuses; null when it refuses none. Where an
 * error page answers, another gate of the same directive says how much is too much.
 */
export function paceAgainst(gate: Gate, place: Place): Pace | null {
  const [first = null] = ofOne;
  const same = gatesOf(place.scope).filter((one) => one.because.some(({ at }) => at.start === gate.because[0].at.start && at.file === gate.because[0].at.file));
  const most = mostOfAll(says(gate) ? [gate] : same);
  if (most.perMinute === Infinity && most.atOnce === Infinity) return first;
  const ordinary = gate.ofAll === true ? ofEverybody : fileWord(place.scope.name) === null ? ofOne : ofFiles;
  const refused = ordinary.find(({ perMinute, atOnce }) => perMinute > most.perMinute || atOnce > most.atOnce);
  if (refused !== undefined || !isBroad(place)) return refused ?? null;
  if (ofVisit.perMinute > most.perMinute) return ofVisit;
  if (ofFew.atOnce > most.atOnce) return ofFew;
  if (ofPage.atOnce > most.atOnce && !lets(ofPage, mostOfAll(same), 1)) return ofPage;
  return ofWholePage.atOnce > most.atOnce && takesWholePages(place) && isSlow(mostOfAll(same)) && !lets(ofWholePage, mostOfAll(same), secondsOfWholePage) ? ofWholePage : null;
}

/** Where everything is asked for, and files as well. */
function takesWholePages({ way: [entry], scope }: Place): boolean {
  return scope.name === "location /" || scope.name === entry?.name;
}

function isBroad({ way: [entry], scope }: Place): boolean {
  return broad.test(scope.name) || scope.name === entry?.name;
}

/** Whether a page comes through in so many seconds; what counts only what runs at once says nothing of that. */
function lets(page: Pace, { perMinute, atOnce }: Pace, seconds: number): boolean {
  const burst = atOnce - 1;
  return perMinute === Infinity || atOnce + ((perMinute - burst) * seconds) / secondsPerMinute >= page.atOnce;
}

function isSlow({ perMinute, atOnce }: Pace): boolean {
  return perMinute - (atOnce - 1) <= slow;
}

/** What most limits let pass in a minute: ten a second. */
const ordinaryRate = 600;

const secondsPerMinute = 60;
const secondsOfWholePage = 3;

function mostOfAll(gates: readonly Gate[]): Pace {
  return { perMinute: Math.min(...gates.map((one) => mostOf(one, "perMinute"))), atOnce: Math.min(...gates.map((one) => mostOf(one, "atOnce"))) };
}

function says(gate: Gate): boolean {
  return mostOf(gate, "perMinute") < Infinity || mostOf(gate, "atOnce") < Infinity;
}

/** What a gate lets pass; infinitely many when it does not say. */
function mostOf({ effect, when }: Gate, field: keyof Pace): number {
  if (effect.kind === "limit") return field === "perMinute" ? effect.perMinute : Infinity;
  const tests = testsIn(when).filter(({ subject }) => fieldsOf(subject).includes(field));
  const numbers = tests.flatMap(({ operator }) => (operator.kind === "number" && operator.is === ">" ? (literal(operator.value) ?? []) : []));
  const [number = Infinity] = numbers.map(Number);
  return field === "perMinute" && isSetElsewhere(when) ? Math.max(number, ordinaryRate) : number;
}

/** Whether a condition leaves open how often is too often. */
function isSetElsewhere(condition: Condition): boolean {
  if (condition.kind === "unknown") return condition.reads.includes("perMinute");
  if (condition.kind === "test") return false;
  return condition.kind === "not" ? isSetElsewhere(condition.of) : condition.of.some(isSetElsewhere);
}
