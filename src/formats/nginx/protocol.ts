import type { Condition } from "../../model/condition.ts";
import { all, always, not, test } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import { pattern } from "./conditions.ts";
import { evidence, setting, settingValue } from "./context.ts";
import { refuse } from "./errors.ts";
import { headerLineGates, requestLineGates } from "./head-limits.ts";
import { keptHeaderGates } from "./kept-headers.ts";
import type { Listener } from "./listeners.ts";
import { listensOf } from "./listeners.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, gate, use, written } from "./lowering.ts";
import { placeOf } from "./rewrite.ts";

/**
 * What is refused while the request is read: long lines, paths that cannot be, methods nginx does not know, missing
 * certificates. Lines are read before the host is known, by the settings of the socket's default server.
 */
export function protocolGates(site: Site, listeners: readonly Listener[]): readonly Gate[] {
  if (site.server.implied) return [...requestLineGates(site, always), ...headerLineGates(site, []), ...methodGates(site)];
  return [
    ...listeners.flatMap(({ server, when }) => lineGates({ ...site, server, context: server.context }, when)),
    ...keptHeaderGates(site),
    ...headerLineGates(site, listeners),
    ...hostGates(site),
    ...methodGates(site),
    ...plainGates(site),
    ...certificateGates(site),
  ];
}

const protocol = { reason: "protocol", implied: true } as const;

function lineGates(site: Site, when: Condition): readonly Gate[] {
  const { at } = placeOf(site);
  const refused = (condition: Condition, status: number, note: string): readonly Gate[] => refuse(site, { when: all(when, condition), status, because: [{ at, note }], more: protocol });
  const lower = test("method", pattern("[^A-Z_-]", false, false), at);
  const merges = settingValue(site.context, "merge_slashes", "on") !== "off";
  const path = merges ? "strictPath" : "slashedPath";
  const kept: [Evidence] = [{ at, note: "doubled slashes are kept" }];
  const slashes = [gate(when, { kind: "rewrite", path: fieldValue(path) }, kept), gate(when, { kind: "set", variable: bookkeeping.keepsSlashes, value: text("1") }, kept)];
  return [
    ...requestLineGates(site, when),
    ...refused(lower, 400, "nginx knows no method in lower case"),
    ...refused(not(test(path, { kind: "present" }, at)), 400, "there is no such path"),
    ...(merges ? [] : slashes),
  ];
}

/** No name at all, or one that a path or a blank makes impossible. */
const NO_HOST = String.raw`^\.?(?::|$)|\.\.|[\x00-\x20\x7f/]`;

/** HTTP/1.1 has a `Host`, and it says something (ngx_http_process_request_header, ngx_http_validate_host). */
function hostGates(site: Site): readonly Gate[] {
  const { at } = placeOf(site);
  const nameless = test("header:host", pattern(NO_HOST, false, false), at);
  return refuse(site, { when: nameless, status: 400, because: [{ at, note: "a request says which host it is for" }], more: protocol });
}

/** TRACE and CONNECT are refused before anything else (ngx_http_process_request_header). */
function methodGates(site: Site): readonly Gate[] {
  const { at } = placeOf(site);
  const never = test("method", { kind: "in", values: ["TRACE", "CONNECT"] }, at);
  return refuse(site, { when: never, status: 405, because: [{ at, note: "nginx serves neither TRACE nor CONNECT" }], more: protocol });
}

/** Plain HTTP sent to a socket of TLS (ngx_http_process_request). */
function plainGates(site: Site): readonly Gate[] {
  const ports = listensOf(site.context).flatMap(({ port, tls }) => (tls && port !== null ? [String(port)] : []));
  if (ports.length === 0) return [];
  const { at } = placeOf(site);
  const plain = all(test("scheme", { kind: "equals", value: text("http") }, at), test("port", { kind: "in", values: ports }, at));
  return refuse(site, { when: plain, status: 497, because: [{ at, note: "this port expects TLS" }], more: protocol });
}

function certificateGates(site: Site): readonly Gate[] {
  const directive = setting(site.context, "ssl_verify_client");
  if (directive === undefined || directive.args[0]?.value !== "on") return [];
  use(site, directive);
  const none = not(test("identity", { kind: "equals", value: text("valid") }, directive.head));
  return refuse(site, { when: all(written(directive), none), status: 496, because: [evidence(directive, "asks for a client certificate")], more: { reason: "authorization" } });
}

