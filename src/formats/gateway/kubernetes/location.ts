import { express, type Part } from "../../compose.ts";
import { isTemplate, spelledText } from "../../tree.ts";
import { directive, isOn, known, listed, snippet, type Values } from "./annotations.ts";
import type { IngressPath } from "./objects.ts";

/** What the locations of one Ingress share. */
export interface Shared {
  readonly values: Values;
  /** A name nobody else has, for zones and locations. */
  readonly id: string;
  /** The controller leaves snippets in annotations out. */
  readonly withoutSnippets: boolean;
}

/** The directives of one location: what decides about a request, and what hands it on. */
export interface Directives {
  readonly limits: readonly Part[];
  readonly handler: readonly Part[];
}

/** The directives of one location, in the order in which the controllers write them (nginx.tmpl of ingress-nginx). */
export function locationDirectives(shared: Shared, path: IngressPath): Directives {
  const { values, id, withoutSnippets } = shared;
  const own = withoutSnippets ? [] : snippet(values.own("configuration-snippet", "location-snippet", "location-snippets"));
  const limits = [
    ...toHttps(values),
    ...firewall(values, withoutSnippets),
    ...addresses(values),
    ...corsMethods(values),
    ...authentication(values, id),
    ...(values.own("limit-rps") === null ? [] : limit(values, id, "rps")),
    ...(values.own("limit-rpm") === null ? [] : limit(values, id, "rpm")),
    ...bodySize(values),
    ...own,
    ...snippet(values.settings.get("location-snippet") ?? values.settings.get("location-snippets") ?? null),
    ...satisfy(values),
    ...redirect(values),
  ];
  return { limits, handler: handOn(values, path) };
}

/** A redirect to https keeps the method with its default, 308. */
function toHttps(values: Values): readonly Part[] {
  const code = values.settings.get("http-redirect-code");
  if (code === undefined || !/^30[12]$/.test(known(code)) || known(values.get("ssl-redirect")) === "false") return [];
  return [express("if ($scheme = http) {\nreturn ", code.at), spelledText(code), express(" https://$host$request_uri;\n}\n", code.at)];
}

/** Rules of a snippet count; what no snippet switches on only detects. */
function firewall(values: Values, withoutSnippets: boolean): readonly Part[] {
  const enabled = values.get("enable-modsecurity");
  if (enabled === null || !isOn(enabled)) return [];
  const rules = withoutSnippets ? null : values.get("modsecurity-snippet");
  const on = express("modsecurity on;\n", enabled.at);
  if (rules === null) return [on];
  return [on, express("modsecurity_rules 'SecRuleEngine DetectionOnly\n", rules.at), spelledText(rules), express("\n';\n", rules.at)];
}

function addresses(values: Values): readonly Part[] {
  const denied = listed(values.get("denylist-source-range"));
  const list = values.get("allowlist-source-range", "whitelist-source-range");
  const allowed = listed(list);
  const rule = (name: string, address: Part): readonly Part[] => [express(`${name} `, address.at), address, express(";\n", address.at)];
  return [
    ...denied.flatMap((address) => rule("deny", address)),
    ...allowed.flatMap((address) => rule("allow", address)),
    ...(list === null || allowed.length === 0 ? [] : [express("deny all;\n", list.at)]),
  ];
}

/** Preflights are answered; the methods are only told to browsers, but show what is meant. */
function corsMethods(values: Values): readonly Part[] {
  const enabled = values.own("enable-cors");
  if (enabled === null || !isOn(enabled)) return [];
  const methods = values.own("cors-allow-methods");
  const told = methods === null || isTemplate(methods) || /["';]/.test(known(methods)) ? [] : [express('more_set_headers "Access-Control-Allow-Methods: ', methods.at), spelledText(methods), express('";\n', methods.at)];
  return [...told, express("if ($request_method = OPTIONS) {\nreturn 204;\n}\n", enabled.at)];
}

/** The location that asks whether a request may pass; empty without `auth-url`. */
export function authLocation({ values, id, withoutSnippets }: Shared): readonly Part[] {
  const url = values.own("auth-url");
  if (url === null) return [];
  const own = withoutSnippets ? [] : snippet(values.own("auth-snippet"));
  return [
    express(`location = /_external-auth-${id} {\ninternal;\nproxy_pass_request_body off;\nproxy_set_header Content-Length "";\n`, url.at),
    ...own,
    express("proxy_pass http://authentication;\n}\n", url.at),
    ...signIn(values, id),
  ];
}

function signIn(values: Values, id: string): readonly Part[] {
  const page = values.own("auth-signin");
  return page === null ? [] : [express(`location @sign-in-${id} {\nreturn 302 "`, page.at), spelledText(page), express('";\n}\n', page.at)];
}

function authentication(values: Values, id: string): readonly Part[] {
  const url = values.own("auth-url");
  const type = values.own("auth-type", "basic-auth-secret");
  const page = values.own("auth-signin");
  return [
    ...(url === null ? [] : [express(`auth_request /_external-auth-${id};\n`, url.at)]),
    ...(url === null || page === null ? [] : [express(`error_page 401 = @sign-in-${id};\n`, page.at)]),
    ...(type === null ? [] : [express('auth_basic "authentication";\nauth_basic_user_file /etc/passwords;\n', type.at)]),
  ];
}

const rates = { rps: ["limit-rps", "r/s"], rpm: ["limit-rpm", "r/m"] } as const;
const usualBurst = 5;

/** The zones that limits of an Ingress count in. */
export function zones({ values, id }: Shared): readonly Part[] {
  return (["rps", "rpm"] as const).flatMap((kind) => {
    const [name, unit] = rates[kind];
    const rate = values.own(name);
    if (rate === null || !/^[1-9]\d*$/.test(known(rate))) return [];
    return [express(`limit_req_zone $binary_remote_addr zone=${id}_${kind}:5m rate=`, rate.at), spelledText(rate), express(`${unit};\n`, rate.at)];
  });
}

function limit(values: Values, id: string, kind: keyof typeof rates): readonly Part[] {
  const rate = values.own(rates[kind][0]);
  if (rate === null || !/^[1-9]\d*$/.test(known(rate))) return [];
  const multiplier = Number(known(values.own("limit-burst-multiplier"))) || usualBurst;
  return [express(`limit_req zone=${id}_${kind} burst=${Number(known(rate)) * multiplier} nodelay;\n`, rate.at)];
}

function bodySize(values: Values): readonly Part[] {
  const size = values.get("proxy-body-size", "client-max-body-size");
  return size === null || !(isTemplate(size) || /^\d+[kmg]?$/i.test(known(size))) ? [] : directive("client_max_body_size", size);
}

function satisfy(values: Values): readonly Part[] {
  const mode = values.own("satisfy");
  return mode === null || !/^(?:any|all)$/.test(known(mode)) ? [] : directive("satisfy", mode);
}

/** `temporal-redirect` comes first, as the controller has it. */
function redirect(values: Values): readonly Part[] {
  const [name, otherwise] = values.own("temporal-redirect") === null ? ["permanent-redirect", "301"] : ["temporal-redirect", "302"];
  const url = values.own(name);
  if (url === null || known(url) === "") return [];
  const code = values.own(`${name}-code`);
  const status = code !== null && /^30[1-8]$/.test(known(code)) ? spelledText(code) : express(otherwise, url.at);
  return [express("return ", url.at), status, express(' "', url.at), spelledText(url), express('";\n', url.at)];
}

/** The path is changed where `rewrite-target` says so; then the service gets the request. */
function handOn(values: Values, path: IngressPath): readonly Part[] {
  const target = values.own("rewrite-target");
  const pass = express(`proxy_pass http://${path.service};\n`, path.at);
  if (target === null || path.path === null || isTemplate(path.path) || known(target) === known(path.path)) return [pass];
  return [express('rewrite "(?i)', target.at), spelledText(path.path), express('" "', target.at), spelledText(target), express('" break;\n', target.at), pass];
}
