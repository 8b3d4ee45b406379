import type { Unit } from "../formats/format.ts";
import { derive, type Legitimacy } from "../legitimate/derived.ts";
import { ordinaryPosts } from "../legitimate/ordinary.ts";
import { fileWord, writeWord } from "../legitimate/words.ts";
import type { Environment } from "../model/environment.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Effect, Gate, Program, Reason } from "../model/program.ts";
import { ordinaryPost, withMethod, type Identity, type Request } from "../model/request.ts";
import type { Ending, Verdict } from "../model/verdict.ts";
import type { Post } from "../rule-api.ts";
import type { DeclaredPost } from "./declared.ts";
import { gatesOf, placesOf, type Place } from "./places.ts";
import { declaredRequests } from "./requests.ts";
import { findWitness, judge, type Witness } from "./witness.ts";

/** Bodies that nobody would call large: a form or an API call, and a photo. */
const ordinaryBytes = { form: 16 * 1024, file: 2 * 1024 * 1024 } as const;

/** The POSTs a program stops for these reasons: every declared one, and for each gate that can stop one the most telling witness. */
export function survey(unit: Unit, environment: Environment, declared: readonly DeclaredPost[], reasons: ReadonlySet<Reason>): readonly Post[] {
  const { program } = unit;
  const places = placesOf(program);
  const posts = new Map<Gate, Post>();
  const keep = (post: Post): void => {
    const known = posts.get(post.gate);
    if (known === undefined || better(post, known)) posts.set(post.gate, post);
  };
  for (const post of declaredPosts(program, places, environment, declared)) keep(post);
  for (const post of ordinary(program, places, environment)) keep(post);
  const told = (gate: Gate): boolean => (posts.get(gate)?.legitimacy.kind ?? "assumed") !== "assumed";
  for (const post of targeted(program, places, environment, (gate) => reasons.has(gate.reason) && !told(gate))) keep(post);
  return [...posts.values()];
}

const strength = { declared: 2, derived: 1, assumed: 0 } as const;

function better(one: Post, other: Post): boolean {
  const byKind = strength[one.legitimacy.kind] - strength[other.legitimacy.kind];
  return byKind !== 0 ? byKind > 0 : rankOf(one) > rankOf(other);
}

function stops(effect: Effect): boolean {
  return effect.kind === "deny" || effect.kind === "redirect" || effect.kind === "challenge" || (effect.kind === "reroute" && effect.status !== undefined);
}

function* targeted(program: Program, places: readonly Place[], environment: Environment, wanted: (gate: Gate) => boolean): Iterable<Post> {
  if (!hasApplication(program)) return;
  const seen = new Set<Gate>();
  for (const place of places) {
    for (const gate of gatesOf(place.scope)) {
      if (seen.has(gate) || !wanted(gate) || !isWorthSearching(program, gate, place)) continue;
      seen.add(gate);
      for (const identity of identitiesFor(program, gate)) {
        const base = baseFor(gate, place, identity);
        const witness = findWitness(program, place, gate, base, environment, rankOf, bestRank);
        if (witness !== null) yield postOf(program, gate, witness, place);
      }
    }
  }
}

/**
 * Whether a search can come to more than a guess. What a firewall matches is tried with ordinary requests only; who is
 * let in matters where everybody who can come is known; a default of the server matters where files are taken; files are refused rightly unless the place speaks of writes.
 */
function isWorthSearching(program: Program, gate: Gate, place: Place): boolean {
  if (!stops(gate.effect) || gate.reason === "waf-match") return false;
  if (gate.reason === "authorization") return program.clients !== undefined;
  if (gate.reason === "body-size") return gate.implied !== true || fileWord(place.scope.name) !== null;
  if (gate.reason === "static-handler") return writeWord(place.scope.name) !== null;
  return true;
}

/** A configuration without any application only serves files: nothing there is meant to take a POST. */
function hasApplication(program: Program): boolean {
  return Object.values(program.stages).some((stage) => stage.some((scope) => scope.handler !== "static"));
}

function identitiesFor(program: Program, gate: Gate): readonly Identity[] {
  const anybody: Identity = { state: "valid", groups: [], scopes: [], claims: {} };
  if (gate.reason !== "authorization" || program.clients === undefined) return [anybody];
  return program.clients;
}

function baseFor(gate: Gate, place: Place, identity: Identity): Request {
  if (gate.reason !== "body-size") return ordinaryPost({ identity });
  const takesFiles = fileWord(place.scope.name) !== null;
  return ordinaryPost({ identity, bodyBytes: takesFiles ? ordinaryBytes.file : ordinaryBytes.form });
}

const bestRank = 7;

/** How telling a witness is: certain, the GET passes, and the path speaks of writes. */
function rankOf(witness: Witness): number {
  const certain = witness.verdict.blocked === "yes" ? 2 : 0;
  const getPasses = witness.get.outcome === "reached" || witness.get.outcome === "answered" ? 4 : 0;
  return certain + getPasses + (writeWord(witness.verdict.request.path) === null ? 0 : 1);
}

function* ordinary(program: Program, places: readonly Place[], environment: Environment): Iterable<Post> {
  if (!hasApplication(program)) return;
  for (const request of ordinaryPosts) {
    const witness = judge(program, request, null, environment);
    const gate = witness?.verdict.by ?? null;
    if (witness === null || gate === null) continue;
    yield postOf(program, gate, witness, placeOf(places, gate));
  }
}

function placeOf(places: readonly Place[], gate: Gate): Place | undefined {
  return places.find((place) => gatesOf(place.scope).includes(gate));
}

function postOf(program: Program, gate: Gate, witness: Witness, place: Place | undefined): Post {
  const way = place?.way ?? [witness.verdict.ending.scope];
  return { program, gate, ...witness, ending: endingBy(witness.verdict, gate), legitimacy: derive({ ...witness, gate, way }) };
}

function endingBy(verdict: Verdict, gate: Gate): Ending {
  return verdict.endings.find((ending) => ending.by === gate) ?? verdict.ending;
}

function* declaredPosts(program: Program, places: readonly Place[], environment: Environment, declared: readonly DeclaredPost[]): Iterable<Post> {
  for (const post of declared) {
    const legitimacy: Legitimacy = { kind: "declared", words: post.at?.note ?? "it is declared" };
    for (const request of declaredRequests(post, places)) {
      const verdict = evaluate(program, request, environment);
      if (verdict.blocked === "no" || verdict.by === null) continue;
      const get = evaluate(program, withMethod(request, "GET"), environment);
      yield { program, gate: verdict.by, verdict, get, ending: verdict.ending, legitimacy };
    }
  }
}
