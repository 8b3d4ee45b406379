import { headsOf } from "../legitimate/derived.ts";
import { fileWord, hookWord, hostWord, namesEndpoint, writeWord } from "../legitimate/words.ts";
import { isAlways } from "../model/condition.ts";
import { speaksOfTaking, type Evidence, type Gate, type Program, type Reason, type Scope } from "../model/program.ts";
import type { Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOfTest, testsIn } from "../model/tests-of.ts";
import { textOf } from "../source.ts";
import { paceAgainst } from "./pace.ts";
import { gatesOf, type Place } from "./places.ts";
import { requestAt } from "./requests.ts";
import { stops } from "./witness.ts";

/** Bodies that nobody would call large: a form or an API call, one with something attached, and a photo. */
const ordinaryBytes = { form: 16 * 1024, attachment: 600 * 1024, file: 2 * 1024 * 1024 } as const;

/** What is refused for its content or its sender, whatever is asked. */
export const filters: ReadonlySet<Reason> = new Set(["waf-match", "client-software"]);

/** Whether what a gate does in a place is worth a look. */
export type Matters = (gate: Gate, place: Place) => boolean;

/**
 * Whether a stopped POST can come to more than a guess. What a firewall matches is tried with ordinary requests only;
 * who is let in matters where everybody who can come is known, or where writes are meant; a default of the
 * server matters where files are taken, or where a request may come before it comes to a larger limit; files are refused
 * rightly unless the place speaks of writes, or would hand on without a condition; that there is no file matters where a
 * directive asks for one; a slash is added everywhere, and matters to what is an endpoint without it; only very small
 * rates are too small.
 */
export function isWorthSearching(program: Program, gate: Gate, place: Place): boolean {
  if (gate.reason === "rate") return paceAgainst(gate, place) !== null;
  if (!stops(gate.effect) || filters.has(gate.reason)) return false;
  if (gate.reason === "authorization") return program.clients !== undefined;
  if (gate.reason === "body-size") return gate.implied !== true || fileWord(place.scope.name) !== null || leadsToLargerLimit(program, place) || limitBehind(program, gate, place) !== null;
  if (gate.reason === "head-size") return (limitOf(gate) ?? 0) < largestHead;
  if (gate.reason === "no-file") return gate.implied !== true;
  if (gate.reason === "broken-configuration") return readsLength(gate);
  if (gate.reason === "static-handler") return ((writeWord(place.scope.name) !== null || speaksOfBodies(place.scope)) && isOwn(place)) || isOtherSide(place) || isRestOfApi(program, gate, place);
  if (gate.reason === "slash-redirect") return headsOf(place.way, gate).some(namesEndpoint);
  if (gate.reason === "address-list") return headsOf(place.way, gate).some((text) => writeWord(text) !== null || hookWord(text) !== null);
  return true;
}

/** No limit of so many bytes, or headers, refuses an ordinary head. */
const largestHead = 4000;

/** What is broken for every request is no secret; what only requests with a body meet is. */
function readsLength({ when }: Gate): boolean {
  return testsIn(when).some((test) => fieldsOfTest(test).includes("contentLength"));
}

/** Whether other sites are told what they may send, or settings say how requests are handed on. */
function speaksOfBodies({ writes = [] }: Scope): boolean {
  return writes.some(speaksOfTaking);
}

/** Whether the place is one of its own, and not what is left of a server when no place takes a request. */
function isOwn({ way, scope }: Place): boolean {
  return way.length === 1 || way[0]?.name !== scope.name;
}

/** What takes all that the server has no place for, where its host is called that of an API, and not by files of its own. */
export function isRestOfApi(program: Program, gate: Gate, place: Place): boolean {
  return gate.reason === "static-handler" && place.scope.name === "location /" && place.scope.meantForFiles !== true && hostWord(requestAt(program, place).host) !== null;
}

/** Settings that a condition puts in the stead of the place's own, which would lead to an application. */
function isOtherSide(place: Place): boolean {
  const { way, scope, through } = place;
  const led = through.at(-1);
  const own = way.at(-2);
  if (own === undefined || own.name !== scope.name || !isOwn(place) || led === undefined || isAlways(led.when)) return false;
  return own.handler !== "static" || gatesOf(own).some(({ effect }) => effect.kind === "reroute");
}

/** Whether the place sends requests on inside the server as they are, and a limit for bodies is set somewhere. */
function leadsToLargerLimit(program: Program, { scope }: Place): boolean {
  const isLimit = (gate: Gate): boolean => gate.reason === "body-size" && gate.implied !== true;
  return gatesOf(scope).some(({ effect }) => effect.kind === "reroute" && effect.method === undefined) && Object.values(program.stages).some((stage) => stage.some((one) => gatesOf(one).some(isLimit)));
}

/** A body that a later stage takes by its own words, and the server's default refuses first; null where there is no such limit. */
function limitBehind(program: Program, gate: Gate, { scope }: Place): number | null {
  const own = gate.implied === true ? limitOf(gate) : null;
  if (own === null) return null;
  const stages = gatesOf(scope).flatMap(({ effect }) => (effect.kind === "enter" ? (program.stages[effect.stage] ?? []) : []));
  const limits = stages.flatMap(gatesOf).flatMap((one) => (one.reason === "body-size" && one.implied !== true ? (limitOf(one) ?? []) : []));
  const larger = limits.filter((limit) => limit > own);
  return larger.length === 0 ? null : Math.min(2 * own, ...larger);
}

/** The number of bytes above which a gate holds. */
function limitOf({ when }: Gate): number | null {
  const limits = testsIn(when).flatMap(({ operator }) => (operator.kind === "number" && operator.is === ">" ? (literal(operator.value) ?? []) : []));
  return limits[0] === undefined ? null : Number(limits[0]);
}

/** Where somebody must be let in, one who can come is enough to start with: a rule asks about the others. */
export function baseFor(program: Program, gate: Gate, place: Place): Request {
  const base = requestAt(program, place);
  if (gate.reason === "authorization") return { ...base, identity: program.clients?.[0] ?? base.identity };
  if (gate.reason === "rate") return { ...base, ...paceAgainst(gate, place) };
  if (gate.reason !== "body-size") return base;
  const behind = limitBehind(program, gate, place);
  if (behind !== null) return { ...base, bodyBytes: behind };
  const uploads = program.endpoints?.some(({ path, application }) => application !== null && fileWord(path) !== null) === true;
  const takesFiles = uploads || fileWord(place.scope.name) !== null || gate.implied === true || gate.because.some(namesFiles);
  // What every server there is takes has to be enough for something attached to a form.
  const passesForms = gate.forAll === true && (limitOf(gate) ?? 0) >= ordinaryBytes.form;
  return { ...base, bodyBytes: takesFiles ? ordinaryBytes.file : passesForms ? ordinaryBytes.attachment : ordinaryBytes.form };
}

/** Whether the arguments of a directive speak of files. */
function namesFiles({ at }: Evidence): boolean {
  return fileWord(textOf(at).slice(0, longestHead).replace(/^<?\w+/, "")) !== null;
}

const longestHead = 200;
