import type { Condition } from "../../model/condition.ts";
import { all, always, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import { evidence, inherited, settingValue } from "./context.ts";
import type { Refusal } from "./errors.ts";
import { refuse, told } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, use, written } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { valueOf } from "./values.ts";

const SECONDS = 60;

/**
 * The gates of `limit_req` (ngx_http_limit_req_module), a leaky bucket: a minute lets its rate and one burst pass, a
 * moment one request and one burst. Behind them those of `limit_conn` (ngx_http_limit_conn_module), which counts what
 * runs at the same moment.
 */
export function rateGates(site: Site): readonly Gate[] {
  const inForce = (name: string): readonly Directive[] => (settingValue(site.context, `${name}_dry_run`, "off") === "on" ? [] : inherited(site.context, name));
  const requests = inForce("limit_req");
  const limits = requests.filter(namesZone).flatMap((directive) => limitGates(site, directive));
  return [...limits, ...countedGates(requests), ...inForce("limit_conn").flatMap((directive) => connectionGates(site, directive))];
}

/** A request is counted once (r->main->limit_req_status): neither for its error page again, nor for what `auth_request` asks. */
function countedGates([first]: readonly Directive[]): readonly Gate[] {
  if (first === undefined) return [];
  return [gate(always, { kind: "set", variable: bookkeeping.counted, value: text("1") }, [evidence(first, "the request is counted")])];
}

function parameter(directive: Directive, name: string): string | undefined {
  return directive.args.map((word) => word.value).find((value) => value.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** nginx does not start with a limit that names none; what a template writes may. */
function namesZone(directive: Directive): boolean {
  return parameter(directive, "zone") !== undefined || directive.args.some(({ template }) => template);
}

function perMinute(rate: string): number | null {
  const found = /^(\d+)r\/([sm])$/.exec(rate);
  return found === null ? null : Number(found[1]) * (found[2] === "s" ? SECONDS : 1);
}

function limitGates(site: Site, directive: Directive): readonly Gate[] {
  use(site, directive);
  const zone = site.low.zones.get(`req ${parameter(directive, "zone") ?? ""}`);
  const rate = perMinute(parameter(zone ?? directive, "rate") ?? "");
  const burst = Number(parameter(directive, "burst") ?? "0");
  const status = Number(settingValue(site.context, "limit_req_status", "503"));
  const because: [Evidence, ...Evidence[]] = [evidence(directive, "limits how often requests may come"), ...(zone === undefined ? [] : [evidence(zone, "the rate")])];
  use(site, zone);
  const counted = countedOnce(site, directive, zone);
  const more = aboutRates(site, zone);
  if (rate === null || Number.isNaN(burst)) {
    const unknown: Condition = { kind: "unknown", key: `limit_req ${directive.at.start}`, why: "a rate that is set elsewhere", reads: ["perMinute"], at: directive.head };
    const often = test("perMinute", { kind: "number", is: ">", value: text(String(SECONDS)) }, directive.head);
    const refusal = { status, because, more: { reason: "rate" } } as const;
    const atOnce = Number.isNaN(burst) ? [] : refuseCounted(site, { ...refusal, when: all(counted, exceeds("atOnce", burst + 1, directive), unknown) }, directive);
    return [...refuse(site, { ...refusal, when: all(counted, often, unknown) }), ...atOnce];
  }
  const limit = rate + burst;
  const tooMany = (field: "perMinute" | "atOnce", most: number): readonly Gate[] => refuseCounted(site, { when: all(counted, exceeds(field, most, directive)), status, because, more }, directive);
  const pages = tooMany("perMinute", limit);
  const inMinute = pages.length > 1 || told(status) !== status ? pages : [gate(counted, { kind: "limit", perMinute: limit, status }, because, more)];
  return [...inMinute, ...tooMany("atOnce", burst + 1)];
}

/** The page of a refusal is not counted, nor what it asks first; that of another error is. */
function refuseCounted(site: Site, refusal: Refusal, directive: Directive): readonly Gate[] {
  const plain = refuse(site, refusal);
  if (plain.length === 1) return plain;
  const value = fresh(site.low, "limited");
  const limited = test(`var:${bookkeeping.limited}`, { kind: "equals", value: text(value) }, directive.head);
  const note = (when: Condition, variable: string, to: string): Gate => gate(when, { kind: "set", variable, value: to === "" ? [] : text(to) }, refusal.because);
  return [note(always, bookkeeping.limited, ""), note(refusal.when, bookkeeping.limited, value), note(limited, bookkeeping.counted, value), ...refuse(site, { ...refusal, when: limited })];
}

function connectionGates(site: Site, directive: Directive): readonly Gate[] {
  const [name, count] = directive.args;
  const most = Number(count?.value ?? "");
  if (name === undefined || !Number.isSafeInteger(most) || most < 1) return [];
  const zone = site.low.zones.get(`conn ${name.value}`);
  use(site, directive, zone);
  const status = Number(settingValue(site.context, "limit_conn_status", "503"));
  const because: [Evidence, ...Evidence[]] = [evidence(directive, "limits how many requests run at the same moment"), ...(zone === undefined ? [] : [evidence(zone, "what counts as one")])];
  const more = aboutRates(site, zone);
  return refuse(site, { when: all(written(directive), not(isPage(directive)), countedBy(site, zone), exceeds("atOnce", most, directive)), status, because, more });
}

function aboutRates(site: Site, zone: Directive | undefined): Pick<Gate, "reason" | "ofAll"> {
  return isShared(site, zone) ? { reason: "rate", ofAll: true } : { reason: "rate" };
}

function exceeds(field: "perMinute" | "atOnce", most: number, { head }: Directive): Condition {
  return test(field, { kind: "number", is: ">", value: text(String(most)) }, head);
}

function countedOnce(site: Site, directive: Directive, zone: Directive | undefined): Condition {
  const before = test(`var:${bookkeeping.counted}`, { kind: "present" }, directive.head);
  return all(written(directive), not(before), countedBy(site, zone));
}

function isPage({ head }: Directive): Condition {
  return test(`var:${bookkeeping.errorPage}`, { kind: "present" }, head);
}

/** What says nothing about the client: a zone with such a key counts everybody together. */
const ABOUT_NOBODY: ReadonlySet<string> = new Set(["host", "port", "scheme", "method", "sentMethod", "path", "rawPath", "sentPath", "query", "sentQuery", "requestUri"]);

function isShared(site: Site, zone: Directive | undefined): boolean {
  const key = keyOf(zone);
  if (key === undefined || key.template) return false;
  const value = valueOf(site, key);
  return value.length > 0 && value.every((part) => (part.kind === "text" ? part.text !== "" : part.kind === "field" && ABOUT_NOBODY.has(part.field)));
}

function keyOf(zone: Directive | undefined): Word | undefined {
  return zone?.args.find((word) => !/^(?:zone|rate)=/.test(word.value));
}

/** Requests with an empty key are not counted. */
function countedBy(site: Site, zone: Directive | undefined): Condition {
  const key = keyOf(zone);
  if (key === undefined || key.template) return always;
  const value = valueOf(site, key);
  const sure = value.some((part) => part.kind === "text" || (part.kind === "field" && ["clientAddress", "var:client address", "host", "path"].includes(part.field)));
  return sure ? always : not(testText(value, { kind: "equals", value: [] }, key.at));
}
