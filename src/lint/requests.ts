import type { Answer } from "../model/condition.ts";
import { unknownEnvironment } from "../model/environment.ts";
import { initialWorld } from "../model/evaluate.ts";
import type { Field } from "../model/field.ts";
import { askingIn, holds } from "../model/holds.ts";
import type { Program, Scope } from "../model/program.ts";
import { fieldsOf, fieldsOfTest, testsIn, type Test } from "../model/tests-of.ts";
import { gatesOf, type Place } from "./places.ts";
import { samplesOf } from "../model/regex.ts";
import { ordinaryPost, type Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import type { DeclaredPost } from "./declared.ts";

/**
 * The requests a declaration stands for in one program: itself when its host is one the program names, or one for each
 * named host when it gives only a path. A program that names no host takes every request.
 */
export function declaredRequests(post: DeclaredPost, places: readonly Place[]): readonly Request[] {
  const hosts = hostsNamed(places);
  const absolute = URL.canParse(post.url) ? new URL(post.url) : null;
  if (absolute !== null) {
    const host = absolute.hostname.toLowerCase();
    return hosts.length === 0 || hosts.includes(host) ? [requestTo(post, absolute)] : [];
  }
  if (!post.url.startsWith("/")) return [];
  const named = hosts.length === 0 ? ["localhost"] : hosts;
  return named.map((host) => requestTo(post, new URL(post.url, `https://${host}`)));
}

function requestTo(post: DeclaredPost, url: URL): Request {
  const scheme = url.protocol === "http:" ? "http" : "https";
  const base = ordinaryPost({ scheme });
  return {
    ...base,
    method: post.method,
    host: url.hostname.toLowerCase(),
    port: url.port === "" ? base.port : Number(url.port),
    path: url.pathname,
    query: url.search.slice(1),
    headers: { ...base.headers, ...post.headers, "content-type": post.contentType ?? "application/x-www-form-urlencoded" },
    bodyBytes: post.bytes ?? base.bodyBytes,
    identity: { ...base.identity, groups: post.groups ?? [], scopes: post.scopes ?? [] },
  };
}

/** An ordinary POST to the server a place belongs to: with its host and its port, where it names them, and past what it refuses for another host. */
export function requestAt(program: Program, place: Place): Request {
  const entry = place.way[0] ?? place.scope;
  const known = bases.get(entry);
  if (known !== undefined) return known;
  const tests = testsIn(entry.when);
  const hosts = [...hostsNamed([place]), null];
  const ports = [...namedIn(tests, "port"), null];
  const aim = (host: string | null): readonly Request[] => ports.map((port) => aimed(host, port, entry));
  const answer = (scope: Scope, request: Request): Answer => holds(scope.when, askingIn(initialWorld(program, request, unknownEnvironment))).answer;
  const takes = (scope: Scope, request: Request): boolean => answer(scope, request) === "yes";
  const tried = [...hosts.flatMap(aim), ...hosts.flatMap(elsewhere)];
  const base = tried.find((request) => takes(entry, request)) ?? tried.find((request) => answer(entry, request) === "maybe") ?? ordinaryPost();
  const isTaken = base.host === ordinaryPost().host && (program.stages[program.entry] ?? []).find((scope) => takes(scope, base)) !== entry;
  const other = isTaken ? aim(otherHost).find((request) => takes(entry, request)) : undefined;
  const inside = toItsHost(program, entry, other ?? base, (request) => takes(entry, request));
  bases.set(entry, inside);
  return inside;
}

/** The same request to a host that the server's own refusals of all others let through; as it is where none refuses it. */
function toItsHost(program: Program, entry: Scope, base: Request, takes: (request: Request) => boolean): Request {
  const aboutHosts = gatesOf(entry).filter(({ effect, when }) => effect.kind === "deny" && testsIn(when).length > 0 && testsIn(when).every(isAboutHost));
  const refuses = (request: Request): boolean => aboutHosts.some(({ when }) => holds(when, askingIn(initialWorld(program, request, unknownEnvironment))).answer === "yes");
  if (!refuses(base)) return base;
  const hosts = aboutHosts.flatMap(({ when }) => testsIn(when)).flatMap(({ operator }) => (operator.kind === "matches" ? samplesOf(operator.pattern, operator) : operator.kind === "in" ? operator.values : operator.kind === "equals" ? [literal(operator.value) ?? ""] : []));
  return hosts.filter(isHostName).map((host) => ({ ...base, host: host.toLowerCase() })).find((request) => takes(request) && !refuses(request)) ?? base;
}

function isAboutHost(test: Test): boolean {
  const fields = fieldsOfTest(test);
  return fields.length > 0 && fields.every((field) => field === "host" || field === "header:host");
}

function isHostName(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

/** For servers of no name, where another is called `localhost`. */
const otherHost = "www.example.org";

const bases = new WeakMap<Scope, Request>();

function aimed(host: string | null, port: string | null, { entrance }: Scope): Request {
  const own = entrance !== undefined && (port === null || Number(port) === entrance.port) ? entrance : null;
  const base = ordinaryPost({ scheme: own?.scheme ?? (port === "80" ? "http" : "https") });
  return { ...base, host: host ?? base.host, port: own?.port ?? (port === null ? base.port : Number(port)) };
}

/** Ports that are seldom named: where a template fills a port in, it is one that no other server names. */
function elsewhere(host: string | null): readonly Request[] {
  const base = ordinaryPost();
  return [{ ...base, scheme: "http", host: host ?? base.host, port: 8080 }, { ...base, host: host ?? base.host, port: 8443 }];
}

/** The literal values a field is compared with. */
function namedIn(tests: readonly Test[], ...fields: readonly Field[]): readonly string[] {
  return tests.flatMap(({ subject, operator }) => {
    if (!fieldsOf(subject).some((field) => fields.includes(field))) return [];
    if (operator.kind === "in") return operator.values;
    return operator.kind === "equals" ? [literal(operator.value) ?? ""] : [];
  });
}

/** Host names that the ways to the places ask for, in order and once. */
function hostsNamed(places: readonly Place[]): readonly string[] {
  const names = places.flatMap((place) => namedIn(testsIn(place.way[0]?.when ?? place.scope.when), "host", "header:host"));
  return [...new Set(names.map((name) => name.toLowerCase()))].filter(isHostName);
}
