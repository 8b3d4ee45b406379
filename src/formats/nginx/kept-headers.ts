import type { Condition } from "../../model/condition.ts";
import { always, never, test } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { settingValue } from "./context.ts";
import type { KeptHeaders, Site } from "./lowering.ts";
import { bookkeeping, gate } from "./lowering.ts";
import { placeOf } from "./rewrite.ts";

const keepsInvalid = (server: Context): boolean => settingValue(server, "ignore_invalid_headers", "on") === "off";
const keepsUnderscores = (server: Context): boolean => keepsInvalid(server) || settingValue(server, "underscores_in_headers", "off") === "on";

/**
 * Where header names stay that nginx otherwise drops. The settings of the server that answers count from the `Host`
 * line on, which clients send first (ngx_http_process_request_headers).
 */
export function keptHeaders(servers: readonly Context[]): KeptHeaders {
  return { invalid: where(servers, bookkeeping.keepsInvalid, keepsInvalid), underscores: where(servers, bookkeeping.keepsUnderscores, keepsUnderscores) };
}

function where(servers: readonly Context[], variable: string, keeps: (server: Context) => boolean): Condition {
  const kept = servers.filter(keeps);
  const at = kept[0]?.opener?.head;
  if (at === undefined) return kept.length > 0 ? always : never;
  return kept.length === servers.length ? always : test(`var:${variable}`, { kind: "equals", value: text("1") }, at);
}

/** Remembers which server it was, where servers differ. */
export function keptHeaderGates(site: Site): readonly Gate[] {
  const { invalid, underscores } = site.low.keptHeaders;
  const here: [Evidence, ...Evidence[]] = [placeOf(site)];
  const mark = (when: Condition, variable: string, keeps: boolean): readonly Gate[] => (keeps && when.kind === "test" ? [gate(always, { kind: "set", variable, value: text("1") }, here)] : []);
  const { context } = site.server;
  return [...mark(invalid, bookkeeping.keepsInvalid, keepsInvalid(context)), ...mark(underscores, bookkeeping.keepsUnderscores, keepsUnderscores(context))];
}
