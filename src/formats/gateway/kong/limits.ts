import { all, always, any, methodIn, not, test, testText, type Condition } from "../../../model/condition.ts";
import type { Effect, Reason } from "../../../model/program.ts";
import { fieldValue, text } from "../../../model/template.ts";
import { booleanOf, field, items, numberOf, textOf, type Maybe, type TreeNode } from "../../tree.ts";
import { statusKept } from "./fixes.ts";
import { config, listed, placeOf, unknown, type Draft, type Use } from "./use.ts";

/** `ip-restriction` (kong/plugins/ip-restriction/handler.lua): `deny` first, then `allow`. */
export function addressGates(use: Use): readonly Draft[] {
  const effect: Effect = { kind: "deny", status: numberOf(config(use, "status")) ?? 403 };
  const draft = (list: Maybe, note: string, when: (known: Condition) => Condition): readonly Draft[] => {
    const { known, open } = listed(list);
    if (known.length + open.length === 0) return [];
    const at = placeOf(use, list);
    const unfilled = open.map((item) => unknown(use, `the value of \`${written(item)}\``, item.at));
    const inList = any(test("clientAddress", { kind: "inNetwork", blocks: known }, at), ...unfilled);
    return [{ when: when(inList), effect, reason: "address-list", because: [{ at, note }] }];
  };
  return [...draft(config(use, "deny") ?? config(use, "blacklist"), "these addresses are refused", (inList) => inList), ...draft(config(use, "allow") ?? config(use, "whitelist"), "only these addresses may pass", not)];
}

function written(node: TreeNode): string {
  return node.kind === "scalar" ? node.text : "";
}

const bytesPer: Readonly<Record<string, number>> = { megabytes: 1_048_576, kilobytes: 1024, bytes: 1 };

/** `request-size-limiting`: 128 megabytes when nothing is said; 417 instead of 413 to who asked first. */
export function sizeGates(use: Use): readonly Draft[] {
  const { plugin } = use;
  const size = config(use, "allowed_payload_size");
  const unit = config(use, "size_unit");
  const at = placeOf(use, size);
  const amount = size === undefined ? 128 : numberOf(size);
  const factor = unit === undefined ? bytesPer["megabytes"] : bytesPer[textOf(unit) ?? ""];
  const known = amount !== undefined && factor !== undefined;
  const over = known ? test("bodyBytes", { kind: "number", is: ">", value: text(String(amount * factor)) }, at) : unknown(use, "the size that is allowed", at);
  const note = known ? `a body may have ${amount} ${textOf(unit) ?? "megabytes"}${size === undefined ? ", the default" : ""}` : "a body may have a size that a template gives";
  const asks = testText(fieldValue("header:expect"), { kind: "equals", value: text("100-continue"), ignoreCase: true }, plugin.at);
  const because = [{ at, note }, ...(unit === undefined ? [] : [{ at: unit.at, note: "the unit" }])] as const;
  const gate = (when: Condition, status: number): Draft => ({ when, effect: { kind: "deny", status }, reason: "body-size", because });
  return [...lengthGate(use), gate(all(not(asks), over), 413), gate(over, 417)];
}

function lengthGate(use: Use): readonly Draft[] {
  const required = config(use, "require_content_length");
  if (required === undefined || booleanOf(required) !== true) return [];
  const chunked = testText(fieldValue("header:transfer-encoding"), { kind: "equals", value: text("chunked") }, required.at);
  const when = all(not(test("contentLength", { kind: "present" }, required.at)), not(chunked));
  return [{ when, effect: { kind: "deny", status: 411 }, reason: "body-size", because: [{ at: required.at, note: "a request must have a Content-Length" }] }];
}

/** How many requests each window of `rate-limiting` lets a client send within one minute. */
const windows: readonly (readonly [name: string, perMinute: number])[] = [
  ["second", 60],
  ["minute", 1],
  ["hour", 1],
  ["day", 1],
  ["month", 1],
  ["year", 1],
];

/** `rate-limiting`: the tightest window counts; 429 unless another status is set. */
export function rateGates(use: Use): readonly Draft[] {
  return windows.flatMap(([name, factor]) => {
    const limit = config(use, name);
    return limit === undefined ? [] : [rateGate(use, limit, factor, `${written(limit)} requests a ${name} are let through`)];
  });
}

function rateGate(use: Use, limit: TreeNode, factor: number, note: string): Draft {
  const status = numberOf(config(use, "error_code")) ?? 429;
  const count = numberOf(limit);
  const effect: Effect = count === undefined ? { kind: "deny", status } : { kind: "limit", perMinute: Math.max(1, Math.floor(count * factor)), status };
  return { when: count === undefined ? unknown(use, "the limit that a template gives", limit.at) : always, effect, reason: "rate", because: [{ at: limit.at, note }] };
}

/** `rate-limiting-advanced` and its kin: lists of limits and of windows in seconds. */
export function advancedRateGates(use: Use): readonly Draft[] {
  const spans = items(config(use, "window_size"));
  return items(config(use, "limit")).map((limit, index) => {
    const seconds = numberOf(spans[index]) ?? 60;
    return rateGate(use, limit, Math.max(1, 60 / seconds), `${written(limit)} requests in ${seconds} seconds are let through`);
  });
}

/**
 * Kinds of clients that `bot-detection` refuses by itself (kong/plugins/bot-detection/rules.lua): crawlers, and the
 * HTTP libraries that programs call an API with. A short form of that list.
 */
const bots =
  "(?:Google-HTTP-Java-Client|Apache-HttpClient|Go-http-client|scalaj-http|Python-urllib|HttpMonitor|TLSProber|WinHTTP|JNLP|okhttp|aihttp|reqwest|axios|unirest-)" +
  "|(?:Boto3?|JetS3t|s3fs)/\\d|aws-(?:cli|sdk-\\w+)/\\d|facebookexternalhit/\\d|\\bScrapy\\b|[Ss]crape|[Cc]rawl|[Ss]pider|[A-Za-z]*[Bb]ot[/ ]\\d|[Gg]ooglebot|bingbot|Slurp";

/** `bot-detection`: `allow` before `deny` before the built-in list; 403. */
export function botGates(use: Use): readonly Draft[] {
  const patterns = (key: string): readonly TreeNode[] => items(config(use, key) ?? config(use, key === "allow" ? "whitelist" : "blacklist"));
  const agent = (node: TreeNode): Condition => {
    const pattern = textOf(node);
    return pattern === undefined ? unknown(use, `the value of \`${written(node)}\``, node.at) : test("header:user-agent", { kind: "matches", pattern }, node.at);
  };
  const allowed = any(...patterns("allow").map(agent));
  const effect: Effect = { kind: "deny", status: 403 };
  const denied = patterns("deny").map((node): Draft => ({ when: all(not(allowed), agent(node)), effect, reason: "client-software", because: [{ at: node.at, note: "clients with such a User-Agent are refused" }] }));
  const builtIn = all(not(allowed), test("header:user-agent", { kind: "matches", pattern: bots }, use.plugin.at));
  return [...denied, { when: builtIn, effect, reason: "client-software", because: [{ at: use.plugin.at, note: "crawlers and HTTP libraries are refused by a list that comes with the plugin" }] }];
}

/** `cors` answers preflights itself unless it is told not to; it never refuses the request that follows. */
export function preflightGates(use: Use): readonly Draft[] {
  if (booleanOf(config(use, "preflight_continue")) === true) return [];
  const { at } = use.plugin;
  const has = (name: string): Condition => test(`header:${name}`, { kind: "present" }, at);
  const when = all(methodIn(["OPTIONS"], at), has("origin"), has("access-control-request-method"));
  return [{ when, effect: { kind: "answer", status: 200 }, reason: "none", because: [{ at, note: "`cors` answers preflight requests" }] }];
}

/** `request-termination`: a fixed answer, always or when a header or query argument called `trigger` is there. */
export function terminationGates(use: Use): readonly Draft[] {
  const statusNode = config(use, "status_code");
  const status = statusNode === undefined ? 503 : numberOf(statusNode);
  const trigger = config(use, "trigger");
  const at = placeOf(use, statusNode);
  const name = textOf(trigger);
  const triggered = name === undefined ? unknown(use, "the trigger that a template gives") : any(test(`header:${name.toLowerCase()}`, { kind: "present" }, at), test(`argument:${name}`, { kind: "present" }, at));
  const when = trigger === undefined ? always : triggered;
  return [{ when: status === undefined ? all(when, unknown(use, "the status that a template gives", at)) : when, effect: fixedEffect(status ?? 503, undefined), reason: "fixed-answer", because: [{ at, note: `every request is answered ${status ?? "with a fixed status"}` }] }];
}

function fixedEffect(status: number, location: string | undefined): Effect {
  if (status >= 400) return { kind: "deny", status };
  return status >= 300 ? { kind: "redirect", status, to: text(location ?? "") } : { kind: "answer", status };
}

/** `redirect` (Kong 3.10): 301 unless another status is set. */
export function redirectGates(use: Use): readonly Draft[] {
  const statusNode = config(use, "status_code");
  const status = statusNode === undefined ? 301 : (numberOf(statusNode) ?? 301);
  const at = placeOf(use, statusNode);
  const reason: Reason = status >= 300 && status < 400 ? "redirect" : "fixed-answer";
  const fix = statusKept(status, statusNode);
  return [{ ...(fix && { fix }), when: always, effect: fixedEffect(status, textOf(config(use, "location"))), reason, because: [{ at, note: `every request is redirected${statusNode === undefined ? " with 301, the default" : ""}` }] }];
}

/** `request-transformer`: a changed method, and headers taken away before the application sees them. */
export function transformerGates(use: Use): readonly Draft[] {
  const method = config(use, "http_method");
  const removed = items(field(config(use, "remove"), "headers"));
  const alter = (at: TreeNode["at"], note: string, effect: Effect): Draft => ({ when: always, effect, reason: "none", because: [{ at, note }] });
  const name = textOf(method)?.toUpperCase();
  const drafts = removed.flatMap((node) => {
    const header = textOf(node)?.toLowerCase();
    return header === undefined ? [] : [alter(node.at, `the header \`${header}\` is taken away`, { kind: "alter", what: `header:${header}`, value: null })];
  });
  if (method === undefined || name === undefined) return drafts;
  return [...drafts, alter(method.at, `the method becomes ${name}`, { kind: "alter", what: "method", value: text(name) })];
}
