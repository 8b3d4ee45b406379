import type { Unit } from "../formats/format.ts";
import { headsOf, type Legitimacy } from "../legitimate/derived.ts";
import { ledTo } from "../legitimate/led.ts";
import { ordinaryPaths, ordinaryPosts, ordinaryQueries } from "../legitimate/ordinary.ts";
import { fileWord, hookWord, namesEndpoint, writeWord } from "../legitimate/words.ts";
import { isAlways } from "../model/condition.ts";
import { mostAskedIn } from "../model/choice.ts";
import { deciding, type Decide } from "../model/decide.ts";
import type { Environment } from "../model/environment.ts";
import type { Evidence, Gate, Program, Reason, Scope } from "../model/program.ts";
import { ordinaryPost, type Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOfTest, testsIn } from "../model/tests-of.ts";
import type { Model, Post } from "../rule-api.ts";
import { textOf } from "../source.ts";
import { leadingToApplications, leadsAway } from "./applications.ts";
import { requestsBehind } from "./behind.ts";
import { damaged, declaredDamages } from "./damage.ts";
import { deadMethodRules } from "./dead.ts";
import type { DeclaredPost, DeclaredRequest } from "./declared.ts";
import { answeredBefore } from "./kept.ts";
import { besideApplications, takenByWord } from "./neighbours.ts";
import { paceAgainst } from "./pace.ts";
import { gatesOf, placesOf, type Place } from "./places.ts";
import { postOf } from "./post.ts";
import { refusedPreflights } from "./preflight.ts";
import { declaredRequests, requestAt } from "./requests.ts";
import { findWitness, stopped, stops, type Witness } from "./witness.ts";

/** Bodies that nobody would call large: a form or an API call, and a photo. */
const ordinaryBytes = { form: 16 * 1024, file: 2 * 1024 * 1024 } as const;

/** What was found, and how much of a very large configuration was not searched. */
export interface Surveyed {
  readonly model: Model;
  readonly unsearched: { readonly places: number; readonly gates: number };
}

/**
 * What a program does to POSTs: those it stops for these reasons, those it damages, and the preflights it refuses.
 * Looked at are the declared POSTs, and for each gate the most telling witness.
 */
export function survey(unit: Unit, environment: Environment, declared: readonly DeclaredPost[], reasons: ReadonlySet<Reason>): Surveyed {
  const all = placesOf(unit.program);
  const places = searchable(unit.program, all);
  const { model, left } = modelOf(unit.program, places, deciding(unit.program, environment), declared, reasons);
  return { model, unsearched: { places: all.length - places.length, gates: left } };
}

/** Every request asks its way through what cannot be looked up, so the work grows with places times that. */
const mostWork = 3_000_000;

/** As many places as can be searched in reasonable time: whole servers, in the order of the configuration. */
function searchable({ stages }: Program, places: readonly Place[]): readonly Place[] {
  const most = Math.floor(mostWork / Object.values(stages).reduce((asked, stage) => Math.max(asked, mostAskedIn(stage)), 1));
  if (places.length <= most) return places;
  const order = new Map(places.filter(({ way }) => way.length === 1).map(({ scope }, index) => [scope, index]));
  const rank = ({ way: [entry] }: Place): number => (entry === undefined ? 0 : (order.get(entry) ?? 0));
  return places.toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
}

function modelOf(program: Program, places: readonly Place[], decide: Decide, declared: readonly DeclaredPost[], reasons: ReadonlySet<Reason>): { readonly model: Model; readonly left: number } {
  const requests = declaredIn(places, declared);
  const posts = [...declaredPosts(program, decide, requests)];
  const damages = [...declaredDamages(program, decide, requests)];
  const leading = leadingToApplications(program);
  const serves: Matters = (gate, { way: [entry], scope }) => scope.askedByServer !== true && (leadsAway(gate) || (entry !== undefined && leading.has(entry)));
  for (const post of ordinary(program, places, decide, serves)) posts.push(post);
  const told = new Set(posts.filter(({ legitimacy }) => legitimacy.kind !== "assumed").map(({ gate }) => gate));
  const wanted: Matters = (gate, place) => reasons.has(gate.reason) && !told.has(gate) && serves(gate, place);
  const targets = targetsIn(program, places, wanted);
  const affordable = affordableOf(targets);
  for (const post of targeted(program, places, decide, affordable)) posts.push(post);
  if (reasons.has("static-handler")) for (const post of besideApplications(program, places, decide)) posts.push(post);
  const model = {
    posts: telling(posts),
    taken: telling([...takenByWord(program, places, decide)]),
    damaged: telling([...damages, ...damaged(program, places, decide)]),
    kept: telling([...answeredBefore(program, places, decide)]),
    preflights: [...refusedPreflights(program, places, decide)],
    dead: [...deadMethodRules(program, places, decide)],
  };
  return { model, left: targets.length - affordable.length };
}

/** Whether what a gate does in a place is worth a look. */
type Matters = (gate: Gate, place: Place) => boolean;

/** For each gate the most telling one. */
function telling<Kind extends Post>(posts: readonly Kind[]): readonly Kind[] {
  const best = new Map<Gate, Kind>();
  for (const post of posts) {
    const known = best.get(post.gate);
    if (known === undefined || better(post, known)) best.set(post.gate, post);
  }
  return [...best.values()];
}

function declaredIn(places: readonly Place[], declared: readonly DeclaredPost[]): readonly DeclaredRequest[] {
  return declared.flatMap((post) => {
    const legitimacy: Legitimacy = { kind: "declared", words: post.at?.note ?? "it is declared" };
    return declaredRequests(post, places).map((request) => ({ request, legitimacy }));
  });
}

const strength = { declared: 2, derived: 1, assumed: 0 } as const;

function better(one: Post, other: Post): boolean {
  const byKind = strength[one.legitimacy.kind] - strength[other.legitimacy.kind];
  return byKind !== 0 ? byKind > 0 : rankOf(one) > rankOf(other);
}

/** A gate to search a witness for, where it is met first. */
interface Target {
  readonly gate: Gate;
  readonly place: Place;
}

function targetsIn(program: Program, places: readonly Place[], wanted: Matters): readonly Target[] {
  const targets = new Map<Gate, Target>();
  for (const place of places) {
    for (const gate of gatesOf(place.scope)) {
      if (!targets.has(gate) && wanted(gate, place) && isWorthSearching(program, gate, place)) targets.set(gate, { gate, place });
    }
  }
  return [...targets.values()];
}

/** What one request asks on its way counts once for each gate that is searched for; so many are asked in a second or two. */
const mostAsked = 2_000_000;

/** As many targets as can be searched in reasonable time, in the order of the configuration. */
function affordableOf(targets: readonly Target[]): readonly Target[] {
  let left = mostAsked;
  return targets.filter(({ place: { way } }) => {
    left -= way.reduce((sum, scope) => sum + gatesOf(scope).length, 0);
    return left > 0;
  });
}

function* targeted(program: Program, places: readonly Place[], decide: Decide, targets: readonly Target[]): Iterable<Post> {
  for (const { gate, place } of targets) {
    const judge = (request: Request): Witness | null => unlessAnswered(stopped(decide, request, gate));
    const goal = { judge, rank: rankOf, best: neutral.has(gate.reason) ? certainty : certainty + contrast };
    const base = baseFor(program, gate, place);
    const witness = findWitness(program, place, gate, base, goal, requestsBehind(place, places, base));
    if (witness !== null) yield postOf(program, witness, place);
  }
}

/** Where a GET gets an answer that the configuration has ready, nothing waits for a POST. */
function unlessAnswered(witness: Witness | null): Witness | null {
  if (witness === null || !aboutMethods.has(witness.gate.reason)) return witness;
  return witness.get.ending.by?.effect.kind === "answer" && witness.get.outcome === "answered" ? null : witness;
}

const aboutMethods: ReadonlySet<Reason> = new Set(["method", "method-limit"]);

/**
 * Whether a stopped POST can come to more than a guess. What a firewall matches is tried with ordinary requests only;
 * who is let in matters where everybody who can come is known, or where writes are meant; a default of the
 * server matters where files are taken, or where a request may come before it comes to a larger limit; files are refused
 * rightly unless the place speaks of writes, or would hand on without a condition; that there is no file matters where a
 * directive asks for one; a slash is added everywhere, and matters to what is an endpoint without it; only very small
 * rates are too small.
 */
function isWorthSearching(program: Program, gate: Gate, place: Place): boolean {
  if (gate.reason === "rate") return paceAgainst(gate, place) !== null;
  if (!stops(gate.effect) || filters.has(gate.reason)) return false;
  if (gate.reason === "authorization") return program.clients !== undefined;
  if (gate.reason === "body-size") return gate.implied !== true || fileWord(place.scope.name) !== null || leadsToLargerLimit(program, place) || limitBehind(program, gate, place) !== null;
  if (gate.reason === "no-file") return gate.implied !== true;
  if (gate.reason === "broken-configuration") return readsLength(gate);
  if (gate.reason === "static-handler") return ((writeWord(place.scope.name) !== null || speaksOfOthers(place.scope)) && isOwn(place)) || isOtherSide(place);
  if (gate.reason === "slash-redirect") return headsOf(place.way, gate).some(namesEndpoint);
  if (gate.reason === "address-list") return headsOf(place.way, gate).some((text) => writeWord(text) !== null || hookWord(text) !== null);
  return true;
}

/** What is broken for every request is no secret; what only requests with a body meet is. */
function readsLength({ when }: Gate): boolean {
  return testsIn(when).some((test) => fieldsOfTest(test).includes("contentLength"));
}

/** Whether other sites are told what they may send. */
function speaksOfOthers({ writes = [] }: Scope): boolean {
  return writes.some(({ note }) => /\bcors\b/i.test(note));
}

/** Whether the place is one of its own, and not what is left of a server when no place takes a request. */
function isOwn({ way, scope }: Place): boolean {
  return way.length === 1 || way[0]?.name !== scope.name;
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
function baseFor(program: Program, gate: Gate, place: Place): Request {
  const base = requestAt(program, place);
  if (gate.reason === "authorization") return { ...base, identity: program.clients?.[0] ?? base.identity };
  if (gate.reason === "rate") return { ...base, ...paceAgainst(gate, place) };
  if (gate.reason !== "body-size") return base;
  const behind = limitBehind(program, gate, place);
  if (behind !== null) return { ...base, bodyBytes: behind };
  const uploads = program.endpoints?.some(({ path, application }) => application !== null && fileWord(path) !== null) === true;
  const takesFiles = uploads || fileWord(place.scope.name) !== null || gate.implied === true || gate.because.some(namesFiles);
  return { ...base, bodyBytes: takesFiles ? ordinaryBytes.file : ordinaryBytes.form };
}

/** Whether the arguments of a directive speak of files. */
function namesFiles({ at }: Evidence): boolean {
  return fileWord(textOf(at).slice(0, longestHead).replace(/^<?\w+/, "")) !== null;
}

const longestHead = 200;

/** Refusals that a GET meets as well. */
const neutral: ReadonlySet<Reason> = new Set(["redirect", "slash-redirect", "authorization", "mixed-access", "unreadable-configuration", "contradiction", "cross-site", "content-type", "address-list", "rate"]);
const certainty = 2;
const contrast = 4;

/** How telling a witness is: certain, the GET passes, and the path speaks of writes. */
function rankOf(witness: Witness): number {
  const certain = witness.certain ? certainty : 0;
  const getPasses = witness.get.outcome === "reached" || witness.get.outcome === "answered" ? contrast : 0;
  return certain + getPasses + (writeWord(witness.verdict.request.path) === null ? 0 : 1);
}

/** Firewalls look at bodies and client software, servers and gateways at paths. */
function* ordinary(program: Program, places: readonly Place[], decide: Decide, serves: Matters): Iterable<Post> {
  const tried = triedOn(program);
  const standing = placesByGate(places);
  for (const entry of places.filter((place) => place.way.length === 1)) {
    const base = requestAt(program, entry);
    for (const post of tried) {
      const request = { ...post, scheme: base.scheme, host: base.host, port: base.port };
      for (const witness of stoppedBy(decide, request)) {
        const { gate } = witness;
        const place = standing.get(gate);
        if (!serves(gate, entry) || place?.scope.askedByServer === true) continue;
        if (program.layer === "waf" || filters.has(gate.reason) || closesEndpoint(program, witness) || closesOwnScript(witness) || (place !== undefined && isWorthSearching(program, gate, place))) yield postOf(program, witness, place);
      }
    }
  }
}

/** What each gate does that stops a request in some course of events. */
function stoppedBy(decide: Decide, request: Request): readonly Witness[] {
  const { blocked, endings } = decide(request);
  const gates = blocked === "no" ? [] : [...new Set(endings.flatMap(({ by }) => (by !== null && stops(by.effect) ? [by] : [])))];
  return gates.flatMap((gate) => unlessAnswered(stopped(decide, request, gate)) ?? []);
}

/** Whether an address is refused at which an application is known to take POSTs. */
function closesEndpoint(program: Program, { gate, verdict: { request } }: Witness): boolean {
  const known = program.endpoints?.some(({ path, query, application }) => application !== null && path === request.path && query === request.query) === true;
  return known && ["authorization", "fixed-answer", "address-list"].includes(gate.reason);
}

/** Whether a script is shut to which the configuration itself sends requests. */
function closesOwnScript({ gate, verdict: { request }, ending }: Witness): boolean {
  return gate.reason === "authorization" && ledTo({ request, ending }) !== null;
}

/** What is refused for its content or its sender, whatever is asked. */
const filters: ReadonlySet<Reason> = new Set(["waf-match", "client-software"]);

function triedOn(program: Program): readonly Request[] {
  if (program.layer === "waf") return ordinaryPosts;
  const named = (program.endpoints ?? []).map(({ path, query }) => ordinaryPost({ path, query }));
  const plain = [...ordinaryPaths.map((path) => ordinaryPost({ path })), ...named];
  const isFilter = Object.values(program.stages).some((stage) => stage.some((scope) => gatesOf(scope).some(({ reason }) => filters.has(reason))));
  return isFilter ? [...plain, ...ordinaryPosts, ...ordinaryQueries] : plain;
}

/** Where each gate is met first. */
function placesByGate(places: readonly Place[]): ReadonlyMap<Gate, Place> {
  const standing = new Map<Gate, Place>();
  for (const place of places) for (const gate of gatesOf(place.scope)) if (!standing.has(gate)) standing.set(gate, place);
  return standing;
}

function* declaredPosts(program: Program, decide: Decide, declared: readonly DeclaredRequest[]): Iterable<Post> {
  for (const { request, legitimacy } of declared) {
    const witness = stopped(decide, request, null);
    if (witness !== null) yield { program, ...witness, legitimacy };
  }
}
