import type { Unit } from "../formats/format.ts";
import type { Legitimacy } from "../legitimate/derived.ts";
import { longHeads } from "../legitimate/long-heads.ts";
import { ordinaryPaths } from "../legitimate/ordinary.ts";
import { mostAskedIn } from "../model/choice.ts";
import { deciding, type Decide } from "../model/decide.ts";
import type { Environment } from "../model/environment.ts";
import type { Gate, Program, Reason } from "../model/program.ts";
import { ordinaryPost, type Request } from "../model/request.ts";
import type { Model, Post } from "../rule-api.ts";
import { leadingToApplications, leadsAway } from "./applications.ts";
import { requestsBehind } from "./behind.ts";
import { damaged, declaredDamages } from "./damage.ts";
import { deadMethodRules } from "./dead.ts";
import type { DeclaredPost, DeclaredRequest } from "./declared.ts";
import { letIn } from "./let-in.ts";
import { answeredBefore } from "./kept.ts";
import { besideApplications, takenByWord } from "./neighbours.ts";
import { ordinaryStopped } from "./ordinary.ts";
import { gatesOf, placesOf, type Place } from "./places.ts";
import { postOf } from "./post.ts";
import { refusedPreflights } from "./preflight.ts";
import { declaredRequests } from "./requests.ts";
import { mostFor, rankOf, telling } from "./telling.ts";
import { hiddenBehind, readable, unreadableIn, type Unreadable } from "./unreadable.ts";
import { findWitness, stopped, unlessReady, type Witness } from "./witness.ts";
import { baseFor, isWorthSearching, type Matters } from "./worth.ts";

/** What was found, and how much of a very large configuration was not searched. */
export interface Surveyed {
  readonly model: Model;
  readonly unsearched: { readonly places: number; readonly gates: number };
}

/**
 * What a program does to POSTs: those it stops for these reasons, those it damages, and the preflights it refuses.
 * Looked at are the declared POSTs, and for each gate the most telling witness.
 */
export function survey({ program }: Unit, environment: Environment, declared: readonly DeclaredPost[], reasons: ReadonlySet<Reason>): Surveyed {
  const unreadable = unreadableIn(program);
  if (unreadable.length === 0) return surveyOf(program, environment, declared, reasons);
  const behind = surveyOf(readable(program), environment, declared, reasons);
  const model = hiddenBehind(behind.model, program, environment);
  return { ...behind, model: { ...model, posts: [...unreadable.flatMap((one) => refusedBy(one, environment, declared)), ...model.posts] } };
}

/** What a line that cannot be read does to POSTs. */
function refusedBy({ gate, program }: Unreadable, environment: Environment, declared: readonly DeclaredPost[]): readonly Post[] {
  const places = placesOf(program);
  const decide = deciding(program, environment);
  const known = [...declaredPosts(program, decide, declaredIn(places, declared)), ...ordinaryStopped(program, places, decide, () => true)];
  const found = known.filter((post) => post.gate.reason === gate.reason);
  const targets = found.length > 0 ? [] : targetsIn(program, places, (one) => one.reason === gate.reason);
  return telling([...found, ...targeted(program, places, decide, targets)]);
}

function surveyOf(program: Program, environment: Environment, declared: readonly DeclaredPost[], reasons: ReadonlySet<Reason>): Surveyed {
  const all = placesOf(program);
  const places = searchable(program, all);
  const { model, left } = modelOf(program, places, deciding(program, environment), declared, reasons);
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
  for (const post of ordinaryStopped(program, places, decide, serves)) posts.push(post);
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

function declaredIn(places: readonly Place[], declared: readonly DeclaredPost[]): readonly DeclaredRequest[] {
  return declared.flatMap((post) => {
    const legitimacy: Legitimacy = { kind: "declared", words: post.at?.note ?? "it is declared" };
    return declaredRequests(post, places).map((request) => ({ request, legitimacy }));
  });
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
    const judge = (request: Request): Witness | null => unlessReady(stopped(decide, request, gate) ?? amongLetIn(program, decide, place, request, gate));
    const goal = { judge, rank: rankOf, best: mostFor(gate) };
    const base = baseFor(program, gate, place);
    const behind = requestsBehind(place, places, base);
    const witness = findWitness(program, place, gate, base, goal, gate.reason === "head-size" ? longHeadsTo(decide, [...behind, base]) : behind);
    if (witness !== null) yield postOf(program, witness, place);
  }
}

/** What stops a request behind a list of addresses, or of types of bodies, stops those that the list lets in. */
function amongLetIn(program: Program, decide: Decide, place: Place, request: Request, gate: Gate): Witness | null {
  for (const inside of letIn(program, decide, place, request)) {
    const witness = stopped(decide, inside, gate);
    if (witness !== null) return witness;
  }
  return null;
}

/** Long heads to an address that an application is known to answer at, where there is one. */
function longHeadsTo(decide: Decide, requests: readonly Request[]): readonly Request[] {
  const tried = requests.flatMap((request) => [request, ...ordinaryPaths.map((path) => ({ ...request, path }))]);
  return longHeads(tried.find((request) => decide(request).outcome === "reached") ?? tried[0] ?? ordinaryPost());
}

function* declaredPosts(program: Program, decide: Decide, declared: readonly DeclaredRequest[]): Iterable<Post> {
  for (const { request, legitimacy } of declared) {
    const witness = stopped(decide, request, null);
    if (witness !== null) yield { program, ...witness, legitimacy };
  }
}
