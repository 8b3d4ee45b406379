import type { Condition } from "../../model/condition.ts";
import { all, any, not, test } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { blocksOf, evidence, inherited, nearest, setting } from "./context.ts";
import { bodyIsThere, bytesOf } from "./body.ts";
import { refuse } from "./errors.ts";
import { locationName } from "./location-name.ts";
import { passesOn } from "./location.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, gate, inside, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";

const DEFAULT_LIMIT = 1024 ** 2;

/** What is noted of the request itself, whoever asks for what. */
const lasting: ReadonlySet<string> = new Set([bookkeeping.dropped, bookkeeping.counted, bookkeeping.bodyRead, bookkeeping.realAddress]);

/**
 * The gates of `auth_request`: a GET without a body, yet with the length of the main request, to another location.
 * 401 and 403 refuse, 2xx lets through, any other answer is a 500 (ngx_http_auth_request_module).
 */
export function authRequestGates(site: Site, directive: Directive): readonly Gate[] {
  const there = written(directive);
  const asked: Evidence = evidence(directive, "asks another location first");
  const path = directive.args[0]?.value ?? "";
  if (!isHere(site, path)) return identityGates(site, directive, there, [asked]);
  const refused = [401, 403].flatMap((status) => refuse(site, { when: answers(site, directive, "=", status), status, because: [asked], more: { reason: "authorization" } }));
  return [...warnings(site, path, asked, there), askGate(site, directive, there), ...refused, ...failures(site, directive, asked)];
}

/** The same where another way in may do: a yes lets through, a 401 or 403 is remembered, anything else is a 500. */
export function authRequestAmong(site: Site, directive: Directive): readonly Gate[] {
  const there = written(directive);
  const asked: Evidence = evidence(directive, "asks another location first");
  const path = directive.args[0]?.value ?? "";
  const through = gate(all(there, success(site, directive)), { kind: "continue" }, [asked]);
  const kept = test(`var:${bookkeeping.access}`, { kind: "equals", value: text("password") }, directive.head);
  const remembered = [401, 403].map((status) => {
    const when = all(answers(site, directive, "=", status), ...(status === 401 ? [] : [not(kept)]));
    return gate(when, { kind: "set", variable: bookkeeping.access, value: text(`asked ${status}`) }, [asked]);
  });
  return [...warnings(site, path, asked, there), askGate(site, directive, there), through, ...failures(site, directive, asked), ...remembered];
}

/** What a remembered 401 or 403 comes to when nothing else let the request through. */
export function authRequestRefused(site: Site, directive: Directive): readonly Gate[] {
  const asked: Evidence = evidence(directive, "asks another location first");
  return [401, 403].flatMap((status) => {
    const when = test(`var:${bookkeeping.access}`, { kind: "equals", value: text(`asked ${status}`) }, directive.head);
    return refuse(site, { when, status, because: [asked], more: { reason: "authorization" } });
  });
}

/** Whether the place that is asked is in this file: a location that may be elsewhere is taken to answer by who asks. */
function isHere(site: Site, path: string): boolean {
  const server = nearest(site.context, "server") ?? site.server.context;
  return !site.server.implied && (targetOf(site, path) !== null || blocksOf(server, "location").some((block) => locationName(block)?.kind === "regex"));
}

function answerOf(site: Site, directive: Directive): string {
  return `answer to auth_request ${directive.at.file.path}:${directive.at.start} ${site.server.asked}`;
}

function answers(site: Site, directive: Directive, is: "=" | ">=" | "<", status: number): Condition {
  return test(`var:${answerOf(site, directive)}`, { kind: "number", is, value: text(String(status)) }, directive.head);
}

function success(site: Site, directive: Directive): Condition {
  return all(answers(site, directive, ">=", 200), answers(site, directive, "<", 300));
}

function askGate(site: Site, directive: Directive, there: Condition): Gate {
  const path = text(directive.args[0]?.value ?? "");
  const effect = { kind: "ask", stage: site.server.asked, path, variable: answerOf(site, directive), without: Object.values(bookkeeping).filter((name) => !lasting.has(name)) } as const;
  return gate(there, effect, [evidence(directive, "asks another location first")]);
}

function failures(site: Site, directive: Directive, asked: Evidence): readonly Gate[] {
  const known = [success(site, directive), answers(site, directive, "=", 401), answers(site, directive, "=", 403)];
  const when = all(written(directive), not(any(...known)));
  return refuse(site, { when, status: 500, because: [asked], more: { reason: "broken-configuration" } });
}

/** What shows without asking, and where it stands. */
function warnings(site: Site, path: string, asked: Evidence, there: Condition): readonly Gate[] {
  const target = targetOf(site, path);
  const server = nearest(site.context, "server") ?? site.server.context;
  const goesElsewhere = server.items.some(({ directive }) => /^(?:rewrite|return|if)$/.test(directive.name.value));
  if (target === null || goesElsewhere) return [];
  const place = inside(site, target);
  return [...lengthGates(site, place, asked, there), ...(passesOn(target) ? waitingGates(site, place, asked, there) : [])];
}

function targetOf(site: Site, path: string): Context | null {
  const server = nearest(site.context, "server") ?? site.server.context;
  const bare = path.split("?")[0] ?? "";
  const locations = blocksOf(server, "location").flatMap((context) => {
    const name = locationName(context);
    return name === null ? [] : [{ context, name }];
  });
  const exact = locations.find(({ name }) => name.kind === "exact" && name.word.value === bare);
  if (exact !== undefined) return exact.context;
  const prefixes = locations.filter(({ name }) => /prefix/.test(name.kind) && bare.startsWith(name.word.value));
  return prefixes.toSorted((one, other) => other.name.word.value.length - one.name.word.value.length)[0]?.context ?? null;
}

function identityGates(site: Site, directive: Directive, there: Condition, because: [Evidence, ...Evidence[]]): readonly Gate[] {
  const valid = test("identity", { kind: "equals", value: text("valid") }, directive.head);
  return refuse(site, { when: all(there, not(valid)), status: 401, because, more: { reason: "authorization" } });
}

/** Told of a body by its length, and given none, the asked application may wait until it is given up: then a 500. */
function waitingGates(site: Site, place: Site, asked: Evidence, there: Condition): readonly Gate[] {
  const pass = place.context.items.find(({ directive }) => directive.name.value === "proxy_pass")?.directive;
  const headers = inherited(place.context, "proxy_set_header");
  const dropsLength = headers.some(({ args: [name, value] }) => name?.value.toLowerCase() === "content-length" && value !== undefined && /^0?$/.test(value.value));
  if (pass === undefined || dropsLength) return [];
  const announced = test("contentLength", { kind: "number", is: ">", value: text("0") }, pass.head);
  const { file, start } = pass.at;
  const waits: Condition = { kind: "unknown", key: `waits ${file.path}:${start}`, why: "whether the application that `auth_request` asks waits for the body", usually: false, reads: [], at: pass.head };
  const because: [Evidence, ...Evidence[]] = [asked, evidence(pass, "passes the length of a body on, but not the body")];
  return refuse(site, { when: all(there, announced, waits), status: 500, because, more: { reason: "broken-configuration" } });
}

/** The asked location checks the length of a body it will never get. */
function lengthGates(site: Site, place: Site, asked: Evidence, there: Condition): readonly Gate[] {
  const directive = setting(place.context, "client_max_body_size");
  const bytes = directive === undefined ? DEFAULT_LIMIT : bytesOf(directive.args[0]?.value ?? "");
  if (bytes === null || bytes === 0 || directive?.conditional === true) return [];
  use(site, directive);
  const at = directive?.head ?? place.context.opener?.head ?? asked.at;
  const above = test("contentLength", { kind: "number", is: ">", value: text(String(bytes)) }, at);
  const because: [Evidence, ...Evidence[]] = [{ at, note: "the largest body, also where `auth_request` asks" }, asked];
  return refuse(site, { when: all(there, bodyIsThere(site), above), status: 500, because, more: { reason: "body-size", implied: directive === undefined } });
}
