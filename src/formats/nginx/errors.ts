import type { Condition } from "../../model/condition.ts";
import { all, always, not, test, testText } from "../../model/condition.ts";
import type { Effect, Evidence, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { text } from "../../model/template.ts";
import { evidence, inherited, settingValue } from "./context.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, use, written } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { isPlaceholder } from "./template.ts";
import { valueOf } from "./values.ts";

/** A refusal by nginx itself, before it is known what `error_page` makes of it. */
export interface Refusal {
  readonly when: Condition;
  readonly status: number;
  readonly because: readonly [Evidence, ...Evidence[]];
  readonly more: Partial<Pick<Gate, "reason" | "label" | "implied" | "fix" | "intended" | "ofAll" | "forAll">>;
}

/** Nothing is answered to what has timed out, is given up or closed (ngx_http_finalize_request). */
const CLOSED: ReadonlySet<number> = new Set([408, 444, 499]);
/** What only `error_page` knows apart; clients hear 400 (ngx_http_special_response_handler). */
const BAD_REQUESTS: ReadonlySet<number> = new Set([494, 495, 496, 497]);
const BAD_REQUEST = 400;

/** What the client hears of an error that has no page. */
export function told(status: number): number | "reset" {
  return CLOSED.has(status) ? "reset" : BAD_REQUESTS.has(status) ? BAD_REQUEST : status;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The gates of a refusal: the deny itself, or what the `error_page` in force answers instead. */
export function refuse(site: Site, refusal: Refusal): readonly Gate[] {
  const { when, status, because, more } = refusal;
  const page = CLOSED.has(status) ? null : errorPageOf(site, status);
  if (page === null) return [gate(when, { kind: "deny", status: told(status) }, because, more)];
  use(site, page);
  if (status !== 500 && isMissing(site, page) && settingValue(site.context, "recursive_error_pages", "off") === "on") return refuseMissing(site, refusal, page);
  const { label, ...rest } = more;
  const named = label === undefined ? {} : { label };
  const note = evidence(page, `answers ${status} instead`);
  const effects = pageEffects(site, page, status);
  const there = written(page);
  const deny = gate(when, { kind: "deny", status: told(status) }, because, rest);
  // A redirect elsewhere is the page's own doing, anything else still is about the error.
  const shown = (holds: Condition): readonly Gate[] =>
    effects.map(({ when: chosen, effect }) => {
      const redirects = effect.kind === "redirect";
      return gate(all(holds, chosen), effect, redirects ? [note, ...because] : [...because, note], redirects ? { reason: "redirect" } : rest);
    });
  const fallback = page.conditional || settingValue(site.context, "recursive_error_pages", "off") !== "on";
  const first = not(askedBefore(refusal));
  if (!fallback && status !== 413) return [...labelled(shown(all(first, when)), label), deny];
  const raised = fresh(site.low, "error");
  if (!fallback) {
    const tooLarge = isTooLarge(refusal, raised);
    return [
      ...tooLargeGates(refusal, all(first, when), raised, note),
      ...shown(tooLarge),
      deny,
    ];
  }
  const isRaised = test(`var:${bookkeeping.errorPage}`, { kind: "equals", value: text(raised) }, because[0].at);
  return [
    gate(all(first, there, when), { kind: "set", variable: bookkeeping.errorPage, value: text(raised) }, [note], named),
    ...dropGates(status, isRaised, note),
    ...shown(isRaised),
    deny,
  ];
}

/** The same where nothing is left of the path, which no named location can take (ngx_http_named_location). */
export function refuseWithoutPath(site: Site, refusal: Refusal): readonly Gate[] {
  const { when, status, because, more } = refusal;
  const page = errorPageOf(site, status);
  if (page?.args.at(-1)?.value.startsWith("@") !== true) return refuse(site, refusal);
  use(site, page);
  return [gate(when, { kind: "deny", status }, because, more)];
}

/** A page that is not there is an error of its own, which may have a page, too. */
function refuseMissing(site: Site, refusal: Refusal, page: Directive): readonly Gate[] {
  const { when, status, because, more } = refusal;
  const { label, ...rest } = more;
  const note = evidence(page, "there is no such location");
  const before = gate(all(askedBefore(refusal), when), { kind: "deny", status: told(status) }, because, more);
  const missing = { status: 500, because: [...because, note], more: rest } as const;
  if (status !== 413) return [before, ...refuse(site, { when, ...missing })];
  const raised = fresh(site.low, "error");
  return [before, ...tooLargeGates({ ...refusal, more: rest }, when, raised, note), ...refuse(site, { when: isTooLarge(refusal, raised), ...missing })];
}

/** An error page was asked for already, which is the only one unless the places of all errors are recursive. */
function askedBefore({ because }: Refusal): Condition {
  return test(`var:${bookkeeping.errorPage}`, { kind: "present" }, because[0].at);
}

function isTooLarge({ because }: Refusal, raised: string): Condition {
  return test(`var:${bookkeeping.tooLarge}`, { kind: "equals", value: text(raised) }, because[0].at);
}

/** Notes that the body is too large before it is thrown away. */
function tooLargeGates(refusal: Refusal, when: Condition, raised: string, note: Evidence): readonly Gate[] {
  const { label } = refusal.more;
  return [
    gate(always, { kind: "set", variable: bookkeeping.tooLarge, value: [] }, [note], label === undefined ? {} : { label }),
    gate(when, { kind: "set", variable: bookkeeping.tooLarge, value: text(raised) }, [note]),
    ...dropGates(refusal.status, isTooLarge(refusal, raised), note),
  ];
}

function isMissing(site: Site, page: Directive): boolean {
  const name = page.args.at(-1)?.value ?? "";
  return !page.conditional && name.startsWith("@") && !site.server.named.has(name);
}

/** The body of a 413 is thrown away before the page is asked for, so nothing that answers sees it. */
function dropGates(status: number, when: Condition, note: Evidence): readonly Gate[] {
  if (status !== 413) return [];
  return [gate(when, { kind: "set", variable: bookkeeping.dropped, value: text("1") }, [note]), gate(when, { kind: "alter", what: "body", value: null }, [note])];
}

function errorPageOf(site: Site, status: number): Directive | null {
  const wanted = String(status);
  return inherited(site.context, "error_page").find((page) => page.args.slice(0, -1).some((word) => word.value === wanted)) ?? null;
}

function labelled([first, ...others]: readonly Gate[], label: string | undefined): readonly Gate[] {
  return first === undefined ? [] : [label === undefined ? first : { ...first, label }, ...others];
}

/** What a variable holds may be no path, but an address to redirect to. */
function pageEffects(site: Site, page: Directive, status: number): readonly { readonly when: Condition; readonly effect: Effect }[] {
  const effect = pageEffect(site, page, status);
  const target = page.args.at(-1);
  const path = effect.kind === "reroute" ? (effect.path ?? []) : [];
  const [first] = path;
  if (target === undefined || first?.kind !== "field" || (first.field === "path" && !site.low.losesSlashes)) return [{ when: always, effect }];
  const isPath = testText(path, { kind: "matches", pattern: "^/", otherwise: true }, target.at);
  return [
    { when: not(isPath), effect: redirectTo(site, target, effect.kind === "reroute" ? (effect.status ?? null) : null) },
    { when: always, effect },
  ];
}

function redirectTo(site: Site, target: Word, shown: number | null): Effect {
  return { kind: "redirect", status: shown !== null && REDIRECTS.has(shown) ? shown : 302, to: valueOf(site, target) };
}

/** What `error_page` does (ngx_http_send_error_page): a path becomes a GET, a named location keeps the method. */
function pageEffect(site: Site, page: Directive, status: number): Effect {
  const sign = page.args.at(-2)?.value ?? "";
  const overwrite = sign.startsWith("=") ? Number(sign.slice(1)) : null;
  // A bare `=` leaves the status to what answers, also where an earlier error had set one.
  const shown = overwrite === null ? (BAD_REQUESTS.has(status) ? BAD_REQUEST : status) : overwrite === 0 ? null : overwrite;
  const forced = { status: shown };
  const target = page.args.at(-1);
  if (target === undefined) return { kind: "deny", status };
  // What is neither a path nor a name is an address, however it looks.
  if (/^\$scheme|^[^/@$]/.test(target.value) && !target.template && !isPlaceholder(target.value)) return redirectTo(site, target, shown);
  if (target.value.startsWith("@")) {
    const stage = site.server.named.get(target.value);
    return stage === undefined ? { kind: "deny", status: 500 } : { kind: "reroute", stage, ...forced };
  }
  return { kind: "reroute", stage: site.server.redirected, method: "GET", ...pathAndQuery(site, target), ...forced };
}

/** A new path with what follows `?` as its query; without one the query becomes empty. */
export function pathAndQuery(site: Site, word: Word): { readonly path: Template; readonly query: Template } {
  return splitQuery(valueOf(site, word));
}

/** Splits a value at its first `?`, which may be what `$is_args` stands for unless it must be `written` out. */
export function splitQuery(value: Template, written = false): { readonly path: Template; readonly query: Template } {
  for (const [index, part] of value.entries()) {
    if (!written && part.kind === "field" && part.field === "var:is_args") return { path: value.slice(0, index), query: value.slice(index + 1) };
    if (part.kind !== "text" || !part.text.includes("?")) continue;
    const at = part.text.indexOf("?");
    const before = part.text.slice(0, at);
    const after = part.text.slice(at + 1);
    return {
      path: [...value.slice(0, index), ...(before === "" ? [] : text(before))],
      query: [...(after === "" ? [] : text(after)), ...value.slice(index + 1)],
    };
  }
  return { path: value, query: [] };
}
