import type { Condition } from "../../model/condition.ts";
import { all, always, not, test } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { evidence, own, setting, settingValue } from "./context.ts";
import { refuse } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, isQuestion, use } from "./lowering.ts";
import { placeOf } from "./rewrite.ts";

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const DEFAULT_LIMIT = 1024 ** 2;

/** Bytes of a size as nginx writes it (ngx_parse_offset); null when it is none. */
export function bytesOf(size: string): number | null {
  const found = /^(\d+)([kmg]?)$/i.exec(size);
  const unit = UNITS[found?.[2]?.toLowerCase() ?? "-"];
  return found === null || unit === undefined ? null : Number(found[1]) * unit;
}

interface Limit {
  readonly above: Condition;
  readonly because: readonly [Evidence, ...Evidence[]];
  readonly more: Partial<Pick<Gate, "reason" | "implied" | "forAll">>;
}

/** The directive is there to raise the default: what a template fills in does not stop a body below that. */
const PLAUSIBLE_LIMIT = DEFAULT_LIMIT;

function limitOf(site: Site, field: "contentLength" | "bodyBytes"): Limit | null {
  const directive = setting(site.context, "client_max_body_size");
  const word = directive?.args[0];
  const place = placeOf(site);
  const above = (bytes: number): Condition => test(field, { kind: "number", is: ">", value: text(String(bytes)) }, directive?.head ?? place.at);
  if (directive === undefined || word === undefined) {
    if (site.server.implied) return null;
    return { above: above(DEFAULT_LIMIT), because: [{ at: place.at, note: "no `client_max_body_size`: nginx takes 1 MiB" }], more: { reason: "body-size", implied: true } };
  }
  use(site, directive);
  const bytes = bytesOf(word.value);
  if (bytes === 0 && !word.template && !directive.conditional) return null;
  const because: readonly [Evidence, ...Evidence[]] = [evidence(directive, "the largest body"), place];
  const more: Limit["more"] = { reason: "body-size", implied: false, ...(isForAll(site) ? { forAll: true } : {}) };
  if (bytes !== null && !directive.conditional) return { above: above(bytes), because, more };
  const unknown: Condition = { kind: "unknown", key: `client_max_body_size ${word.value}`, why: `the value of \`${word.value}\``, reads: ["bodyBytes"], at: word.at };
  return { above: all(above(bytes === null || bytes === 0 ? PLAUSIBLE_LIMIT : bytes), unknown), because, more };
}

/** Whether the limit is for all that is sent to an application: it stands outside of every server, or in one, or in its location for the rest or for an API. */
function isForAll({ context }: Site): boolean {
  const holder = (at: Context | null): Context | null => (at === null || own(at, "client_max_body_size").length > 0 ? at : holder(at.parent));
  const held = holder(context);
  if (held?.kind === "location") return /^\/(?:api(?:\/v\d+)?\/?)?$/.test(held.opener?.args.at(-1)?.value ?? "");
  // Whoever has made exceptions knows what is sent.
  return held?.kind === "http" || (held?.kind === "server" && !held.items.some(({ block }) => block !== null && hasLimit(block)));
}

function hasLimit(context: Context): boolean {
  return own(context, "client_max_body_size").length > 0 || context.items.some(({ block }) => block !== null && hasLimit(block));
}

/** Holds unless the body was too large once: it is not there any more when its error page is asked for. */
export function bodyIsThere(site: Site): Condition {
  return site.low.dropsBodies ? not(test(`var:${bookkeeping.dropped}`, { kind: "present" }, placeOf(site).at)) : always;
}

/** A declared length is checked where the location is chosen (ngx_http_core_find_config_phase). */
export function bodyGates(site: Site): readonly Gate[] {
  const limit = limitOf(site, "contentLength");
  if (limit === null) return [];
  const { above, because, more } = limit;
  return refuse(site, { when: all(bodyIsThere(site), above), status: 413, because, more });
}

/** A body that is mirrored is read before anything answers (ngx_http_mirror_module). */
export function mirrorGates(site: Site): readonly Gate[] {
  const mirror = setting(site.context, "mirror");
  if (mirror === undefined || mirror.args[0]?.value === "off" || settingValue(site.context, "mirror_request_body", "on") === "off") return [];
  use(site, mirror);
  return chunkedGates(site, "mirror");
}

/** A chunked body is counted where it is read, unless it is passed on while it arrives. */
export function chunkedGates(site: Site, protocol: string): readonly Gate[] {
  if (settingValue(site.context, `${protocol}_request_buffering`, "on") === "off") return [];
  const limit = limitOf(site, "bodyBytes");
  if (limit === null) return [];
  const { above, because, more } = limit;
  const chunked = not(test("contentLength", { kind: "present" }, because[0].at));
  // What `auth_request` asks reads no body.
  const reads = site.low.asks ? not(isQuestion(because[0].at)) : always;
  return refuse(site, { when: all(bodyIsThere(site), reads, chunked, above), status: 413, because, more });
}
