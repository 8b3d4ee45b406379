import type { Condition } from "../../model/condition.ts";
import { always, all, not, test } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { blocksOf, evidence, inherited, nearest, own, setting } from "./context.ts";
import { bytesOf } from "./body.ts";
import { ifCondition } from "./conditions.ts";
import { refuse } from "./errors.ts";
import { locationName } from "./location-name.ts";
import { passesOn } from "./location.ts";
import type { Site } from "./lowering.ts";
import { inside, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";

const DEFAULT_LIMIT = 1024 ** 2;

/**
 * The gates of `auth_request`: a GET without a body, yet with the length of the main request, to another location.
 * 401 and 403 refuse, 2xx lets through, any other answer is a 500 (ngx_http_auth_request_module). What the asked
 * application says is taken to follow from the client's identity.
 */
export function authRequestGates(site: Site, directive: Directive): readonly Gate[] {
  const there = written(directive);
  const target = targetOf(site, directive.args[0]?.value ?? "");
  const asked: Evidence = evidence(directive, "asks another location first");
  if (target === null) return identityGates(site, directive, there, [asked]);
  const place = inside(site, target);
  const gates = [...lengthGates(site, place, asked, there), ...returnGates(site, place, asked, there)];
  if (passesOn(target)) return [...gates, ...waitingGates(site, place, asked, there), ...identityGates(site, directive, there, [asked])];
  return gates;
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
  const waits: Condition = { kind: "unknown", key: `waits ${file.path}:${start}`, why: "whether the application that `auth_request` asks waits for the body", reads: [], at: pass.head };
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
  return refuse(site, { when: all(there, above), status: 500, because, more: { reason: "body-size", implied: directive === undefined } });
}

/** `return` in the asked location; `$request_method` there is still the main request's. */
function returnGates(site: Site, place: Site, asked: Evidence, there: Condition): readonly Gate[] {
  const conditional = place.context.items.flatMap(({ directive, block }) => {
    if (block?.kind !== "if") return [];
    const [answer] = own(block, "return");
    return answer === undefined ? [] : [{ answer, when: ifCondition(place, directive), because: [evidence(directive, "under this condition")] }];
  });
  const plain = own(place.context, "return").map((answer) => ({ answer, when: always, because: [] as Evidence[] }));
  return [...conditional, ...plain].flatMap(({ answer, when, because }) => {
    const status = Number(answer.args[0]?.value);
    use(site, answer);
    if (!(status >= 300)) return [];
    const seen = status === 401 || status === 403 ? status : 500;
    return refuse(site, { when: all(there, when), status: seen, because: [evidence(answer, "is the answer to `auth_request`"), asked, ...because], more: { reason: "authorization" } });
  });
}
