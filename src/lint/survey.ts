import type { Unit } from "../formats/format.ts";
import { derive, type Legitimacy } from "../legitimate/derived.ts";
import { ordinaryPosts } from "../legitimate/ordinary.ts";
import { fileWord, writeWord } from "../legitimate/words.ts";
import type { Environment } from "../model/environment.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Effect, Gate, Program, Reason } from "../model/program.ts";
import { ordinaryPost, withMethod, type Request } from "../model/request.ts";
import type { Ending, Verdict } from "../model/verdict.ts";
import type { Post } from "../rule-api.ts";
import type { DeclaredPost } from "./declared.ts";
import { gatesOf, placesOf, type Place } from "./places.ts";
import { declaredRequests, requestAt } from "./requests.ts";
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
  if (!hasApplication(program)) return [...posts.values()];
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
  const seen = new Set<Gate>();
  for (const place of places) {
    for (const gate of gatesOf(place.scope)) {
      if (seen.has(gate) || !wanted(gate) || !isWorthSearching(program, gate, place)) continue;
      seen.add(gate);
      const goal = { rank: rankOf, best: neutral.has(gate.reason) ? certainty : certainty + contrast };
      const witness = findWitness(program, place, gate, baseFor(program, gate, place), environment, goal);
      if (witness !== null) yield postOf(program, gate, witness, place);
    }
  }
}

/**
 * Whether a stopped POST can come to more than a guess. What a firewall matches is tried with ordinary requests only;
 * who is let in matters where everybody who can come is known; a default of the server matters where files are taken;
 * files are refused rightly unless the place speaks of writes.
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

/** Where somebody must be let in, one who can come is enough to start with: a rule asks about the others. */
function baseFor(program: Program, gate: Gate, place: Place): Request {
  const base = requestAt(program, place);
  if (gate.reason === "authorization") return { ...base, identity: program.clients?.[0] ?? base.identity };
  if (gate.reason !== "body-size") return base;
  const takesFiles = fileWord(place.scope.name) !== null;
  return { ...base, bodyBytes: takesFiles ? ordinaryBytes.file : ordinaryBytes.form };
}

/** Refusals that a GET meets as well. */
const neutral: ReadonlySet<Reason> = new Set(["redirect", "slash-redirect", "authorization"]);
const certainty = 2;
const contrast = 4;

/** How telling a witness is: certain, the GET passes, and the path speaks of writes. */
function rankOf(witness: Witness): number {
  const certain = witness.verdict.blocked === "yes" ? certainty : 0;
  const getPasses = witness.get.outcome === "reached" || witness.get.outcome === "answered" ? contrast : 0;
  return certain + getPasses + (writeWord(witness.verdict.request.path) === null ? 0 : 1);
}

/** Firewalls look at bodies and client software, servers and gateways at paths. */
function* ordinary(program: Program, places: readonly Place[], environment: Environment): Iterable<Post> {
  for (const entry of places.filter((place) => place.way.length === 1)) {
    const base = requestAt(program, entry);
    const tried = program.layer === "waf" ? ordinaryPosts : ordinaryPosts.map(({ path }) => ordinaryPost({ path }));
    for (const post of tried) {
      const request = { ...post, scheme: base.scheme, host: base.host, port: base.port };
      const witness = judge(program, request, null, environment);
      const gate = witness?.verdict.by ?? null;
      if (witness === null || gate === null) continue;
      const place = placeOf(places, gate);
      if (program.layer === "waf" || (place !== undefined && isWorthSearching(program, gate, place))) yield postOf(program, gate, witness, place);
    }
  }
}

function placeOf(places: readonly Place[], gate: Gate): Place | undefined {
  return places.find((place) => gatesOf(place.scope).includes(gate));
}

function postOf(program: Program, gate: Gate, witness: Witness, place: Place | undefined): Post {
  const way = place?.way ?? [witness.verdict.ending.scope];
  return { program, gate, ...witness, ending: endingBy(witness.verdict, gate), legitimacy: derive({ ...witness, gate, way, knowsScripts: knowsScripts(program, witness.verdict.request) }) };
}

/** Whether a file with a name of its own ends elsewhere than a script. */
function knowsScripts(program: Program, request: Request): boolean {
  const { path, ...rest } = withMethod(request, "GET");
  const plain = { ...rest, path: `${path.slice(0, path.lastIndexOf("/"))}/plain.txt` };
  return evaluate(program, plain).outcome !== "reached";
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
