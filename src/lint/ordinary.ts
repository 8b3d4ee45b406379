import { ledTo } from "../legitimate/led.ts";
import { namelessPost, ordinaryAddresses, ordinaryByProxy, ordinaryPaths, ordinaryPosts, ordinaryQueries } from "../legitimate/ordinary.ts";
import type { Decide } from "../model/decide.ts";
import { encodedPath } from "../model/dimension.ts";
import type { Gate, Program, Reason } from "../model/program.ts";
import { ordinaryPost, type Request } from "../model/request.ts";
import type { Post } from "../rule-api.ts";
import { pathsOf } from "./behind.ts";
import { gatesOf, type Place } from "./places.ts";
import { requestAt } from "./requests.ts";
import { sentOn } from "./sent-on.ts";
import { mostTelling, rankOf } from "./telling.ts";
import { stopped, stops, unlessReady, type Witness } from "./witness.ts";
import { filters, isRestOfApi, isWorthSearching, type Matters } from "./worth.ts";

/** For each gate that stops POSTs which any application may get, the most telling one. */
export function* ordinaryStopped(program: Program, places: readonly Place[], decide: Decide, serves: Matters): Iterable<Post> {
  const standing = placesByGate(places);
  const found = new Map<Gate, Map<Request, Witness>>();
  for (const { tried, entry, witness } of attempts(program, places, decide)) {
    const { gate } = witness;
    const place = standing.get(gate);
    const isServed = serves(gate, entry) || (place !== undefined && isRestOfApi(program, gate, place));
    if (!isServed || place?.scope.askedByServer === true || !matters(program, witness, place)) continue;
    const known = found.get(gate) ?? new Map<Request, Witness>();
    found.set(gate, known);
    // On which server a gate stops a request says nothing more about it.
    const before = known.get(tried);
    if (before === undefined || rankOf(before) < rankOf(witness)) known.set(tried, witness);
  }
  for (const [gate, known] of found) yield* mostTelling(program, [...known.values()], standing.get(gate));
}

interface Attempt {
  readonly tried: Request;
  readonly entry: Place;
  readonly witness: Witness;
}

/** What stops the requests that are tried on each server, there and where it sends them; filters are tried where they stand, too. */
function* attempts(program: Program, places: readonly Place[], decide: Decide): Iterable<Attempt> {
  const all = triedOn(program);
  const inside = program.layer === "waf" ? [] : places.filter(isFilterInside);
  for (const entry of [...places.filter(({ way }) => way.length === 1), ...inside]) {
    const { scheme, host, port } = requestAt(program, entry);
    for (const tried of entry.way.length === 1 ? all : filteredAt(entry)) {
      const request = { ...tried, scheme, host, port };
      for (const one of [...withThoseSentOn(decide, request), ...underPlainName(decide, request)]) for (const witness of stoppedBy(decide, one)) yield { tried, entry, witness };
    }
  }
}

/** A client follows so many redirects to the site's own name. */
const mostFollowed = 2;

/** A request, and what it becomes at each address that it is sent on to. */
function withThoseSentOn(decide: Decide, request: Request): readonly Request[] {
  const all = [request];
  for (let next = sentOn(decide, request); next !== null && all.length <= mostFollowed; next = sentOn(decide, next)) all.push(next);
  return all;
}

/** A query from a client whose name has words only, where a filter refuses the name of an ordinary browser. */
function underPlainName(decide: Decide, request: Request): readonly Request[] {
  const by = request.query === "" ? null : decide(request).by;
  if (by === null || !filters.has(by.reason)) return [];
  const named = { ...request, headers: { ...request.headers, "user-agent": "Mozilla Firefox" } };
  return decide(named).by === by ? [] : [named];
}

function matters(program: Program, witness: Witness, place: Place | undefined): boolean {
  const { gate } = witness;
  if (isOnlyShown(program, witness)) return closing.has(gate.reason) || gate.reason === "waf-match";
  if (program.layer === "waf" || filters.has(gate.reason) || closesEndpoint(program, witness) || closesOwnScript(witness)) return true;
  return place !== undefined && isWorthSearching(program, gate, place);
}

/** What each gate does that stops a request in some course of events. */
function stoppedBy(decide: Decide, request: Request): readonly Witness[] {
  const { blocked, endings } = decide(request);
  const gates = blocked === "no" ? [] : [...new Set(endings.flatMap(({ by }) => (by !== null && stops(by.effect) ? [by] : [])))];
  return gates.flatMap((gate) => unlessReady(stopped(decide, request, gate)) ?? []);
}

/** Whether an address is refused at which an application is known to take POSTs, or something shows that they are sent there. */
function closesEndpoint(program: Program, { gate, verdict: { request } }: Witness): boolean {
  const known = program.endpoints?.some(({ path, query, application, shownBy }) => (application !== null || shownBy !== undefined) && path === request.path && query === request.query) === true;
  return known && closing.has(gate.reason);
}

/** Reasons for which an address is refused whatever is sent. */
const closing: ReadonlySet<Reason> = new Set(["authorization", "fixed-answer", "address-list"]);

/** Whether the very address is known only because something else than the configuration shows it. */
function isOnlyShown({ endpoints = [] }: Program, { verdict: { request } }: Witness): boolean {
  return endpoints.some(({ path, query, application, shownBy }) => application === null && shownBy !== undefined && shownBy.itself !== true && path === request.path && query === request.query);
}

/** Whether a script is shut to which the configuration itself sends requests. */
function closesOwnScript({ gate, verdict: { request }, ending }: Witness): boolean {
  return gate.reason === "authorization" && ledTo({ request, ending }) !== null;
}

/** Firewalls look at bodies and client software, servers and gateways at paths. */
function triedOn(program: Program): readonly Request[] {
  if (program.layer === "waf") return ordinaryPosts;
  const named = (program.endpoints ?? []).map(({ path, query }) => ordinaryPost({ path, query }));
  const plain = [...ordinaryPaths.map((path) => ordinaryPost({ path })), ...named, ...ofVisitors(program)];
  const isFilter = Object.values(program.stages).some((stage) => stage.some((scope) => gatesOf(scope).some(({ reason }) => filters.has(reason))));
  return isFilter ? [...plain, ...filtered, ...ordinaryAddresses, ...asked(program)] : plain;
}

/** What filters of servers may stop by mistake. */
const filtered: readonly Request[] = [...ordinaryPosts, namelessPost, ...ordinaryQueries, ordinaryByProxy];

function isFilterInside({ scope, way }: Place): boolean {
  return way.length > 1 && gatesOf(scope).some(({ reason }) => filters.has(reason));
}

function filteredAt({ scope }: Place): readonly Request[] {
  return pathsOf(scope).slice(0, 1).flatMap((path) => filtered.map((tried) => ({ ...tried, path: encodedPath(path) })));
}

/** What visitors send who have not logged in. */
function ofVisitors({ endpoints = [] }: Program): readonly Request[] {
  const { identity } = ordinaryPost();
  return endpoints.flatMap(({ path, query, ofVisitors: isOfThem }) => (isOfThem === true ? [ordinaryPost({ path, query, identity: { ...identity, state: "none" } })] : []));
}

/** A script of a known application in each of its folders, with a query: the configuration may be about no more than a folder. */
function asked({ endpoints = [] }: Program): readonly Request[] {
  const scripts = endpoints.filter(({ path, query, application }) => application !== null && query === "" && path.endsWith(".php"));
  const byFolder = new Map(scripts.toReversed().map(({ path }) => [path.slice(0, path.lastIndexOf("/")), path]));
  const queries = [...new Set(ordinaryQueries.map(({ query }) => query))];
  return [...byFolder.values()].slice(0, mostFolders).flatMap((path) => queries.map((query) => ordinaryPost({ path, query })));
}

const mostFolders = 4;

/** Where each gate is met first. */
function placesByGate(places: readonly Place[]): ReadonlyMap<Gate, Place> {
  const standing = new Map<Gate, Place>();
  for (const place of places) for (const gate of gatesOf(place.scope)) if (!standing.has(gate)) standing.set(gate, place);
  return standing;
}
