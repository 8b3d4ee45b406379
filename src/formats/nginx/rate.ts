import type { Condition } from "../../model/condition.ts";
import { all, always, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import { evidence, inherited, settingValue } from "./context.ts";
import { refuse } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, gate, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";
import { valueOf } from "./values.ts";

const SECONDS = 60;

/** The gates of `limit_req` (ngx_http_limit_req_module): a leaky bucket, so a minute lets its rate and one burst pass. */
export function rateGates(site: Site): readonly Gate[] {
  if (settingValue(site.context, "limit_req_dry_run", "off") === "on") return [];
  return inherited(site.context, "limit_req").flatMap((directive) => limitGates(site, directive));
}

function parameter(directive: Directive, name: string): string | undefined {
  return directive.args.map((word) => word.value).find((value) => value.startsWith(`${name}=`))?.slice(name.length + 1);
}

function perMinute(rate: string): number | null {
  const found = /^(\d+)r\/([sm])$/.exec(rate);
  return found === null ? null : Number(found[1]) * (found[2] === "s" ? SECONDS : 1);
}

function limitGates(site: Site, directive: Directive): readonly Gate[] {
  use(site, directive);
  const zone = site.low.zones.get(parameter(directive, "zone") ?? "");
  const rate = perMinute(parameter(zone ?? directive, "rate") ?? "");
  const burst = Number(parameter(directive, "burst") ?? "0");
  const status = Number(settingValue(site.context, "limit_req_status", "503"));
  const because: [Evidence, ...Evidence[]] = [evidence(directive, "limits how often requests may come"), ...(zone === undefined ? [] : [evidence(zone, "the rate")])];
  use(site, zone);
  // A request is counted once (r->main->limit_req_status), so not again for its error page.
  const again = test(`var:${bookkeeping.errorPage}`, { kind: "present" }, directive.head);
  const counted = all(written(directive), not(again), countedBy(site, zone));
  if (rate === null || Number.isNaN(burst)) {
    const unknown: Condition = { kind: "unknown", key: `limit_req ${directive.at.start}`, why: "a rate that is set elsewhere", reads: ["perMinute"], at: directive.head };
    const often = test("perMinute", { kind: "number", is: ">", value: text(String(SECONDS)) }, directive.head);
    return refuse(site, { when: all(counted, often, unknown), status, because, more: { reason: "rate" } });
  }
  const limit = rate + burst;
  const pages = refuse(site, {
    when: all(counted, test("perMinute", { kind: "number", is: ">", value: text(String(limit)) }, directive.head)),
    status,
    because,
    more: { reason: "rate" },
  });
  return pages.length > 1 ? pages : [gate(counted, { kind: "limit", perMinute: limit, status }, because, { reason: "rate" })];
}

/** Requests with an empty key are not counted. */
function countedBy(site: Site, zone: Directive | undefined): Condition {
  const key = zone?.args.find((word) => !/^(?:zone|rate)=/.test(word.value));
  if (key === undefined || key.template) return always;
  const value = valueOf(site, key);
  const sure = value.some((part) => part.kind === "text" || (part.kind === "field" && ["clientAddress", "host", "path"].includes(part.field)));
  return sure ? always : not(testText(value, { kind: "equals", value: [] }, key.at));
}
