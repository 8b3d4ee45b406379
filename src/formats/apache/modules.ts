import { modulesOfDirectives, rulesOf } from "./directives.ts";

/** Modules that a server has in practice: compiled in, enabled by distributions, or what configurations are written for. */
const usual = [
  "core", "http", "so", "version", "access_compat", "actions", "alias", "allowmethods", "auth_basic", "authn_core", "authn_file",
  "authz_core", "authz_groupfile", "authz_host", "authz_user", "autoindex", "cgi", "cgid", "deflate", "dir", "env", "expires", "filter",
  "headers", "include", "log_config", "logio", "mime", "mime_magic", "negotiation", "proxy", "proxy_fcgi", "proxy_http", "proxy_wstunnel",
  "proxy_balancer", "remoteip", "reqtimeout", "request", "rewrite", "setenvif", "socache_shmcb", "ssl", "status", "substitute", "unixd",
  "unique_id", "vhost_alias", "macro",
] as const;

/** Modules of 2.2 and earlier: a server of today has none of them. */
const gone = ["authz_default", "authn_default", "access", "auth", "security", "log_config_stream", "gzip", "auth_mysql", "layout"] as const;

const files: Readonly<Record<string, string>> = { core: "core.c", http: "http_core.c" };

const loaded: ReadonlySet<string> = new Set(usual.flatMap((name) => [files[name] ?? `mod_${name}.c`, `${name}_module`]));
const absent: ReadonlySet<string> = new Set(gone.flatMap((name) => [`mod_${name}.c`, `${name}_module`]));

/** Modules that LoadModule lines name, without what all their names have in common. */
export interface Modules {
  readonly sure: Set<string>;
  /** Those of lines that only the server knows whether it reads. */
  readonly perhaps: Set<string>;
}

/** Compiled in where all others are loaded. */
const builtIn = /^(core|http|http_core|so|watchdog|log_config|logio|version|unixd|systemd|prefork|worker|event|mpm_\w+)(\.c)?$/;

/** More modules than this are loaded by a server that has few compiled in. */
const fewest = 10;

/** Whether the lines of a configuration name all modules of its server but for those that are compiled in everywhere. */
function isWhole({ sure }: Modules): boolean {
  return sure.has("authz_core") && sure.size >= fewest;
}

/** The name that stands for a module in LoadModule and IfModule lines. */
export function stemOf(name: string): string {
  return name.replace(/_module$/, "").replace(/^mod_(.*)\.c$/, "$1");
}

/**
 * Whether `<IfModule name>` holds: null when servers differ. The server compares with case, so a name that is known only
 * in another spelling is of no module. `complete` says that no part of the configuration is missing.
 */
export function moduleLoaded(name: string, modules: Modules, complete: boolean): boolean | null {
  const stem = stemOf(name);
  if (modules.sure.has(stem)) return true;
  if (complete && isWhole(modules) && !modules.perhaps.has(stem) && !builtIn.test(stem)) return false;
  if (loaded.has(name)) return true;
  if (absent.has(name) || loaded.has(name.toLowerCase())) return false;
  return null;
}

/** Modules that come with httpd and have no directives. */
const silent = /^(mpm_\w+|socache_\w+|slotmem_\w+|lbmethod_\w+|proxy_(http|http2|ajp|balancer|uwsgi|fdpass)|authz_(host|user|owner)|asis|data|ratelimit|echo|unique_id|status|systemd|http2|optional_\w+|case_filter\w*|bucketeer|dialup|xml2enc|heartbeat|session_dbd|ldap|privileges)$/;

/** Whether no module of a server has a directive, as far as its configuration says which modules it has. */
export function isLacking(key: string, modules: Modules): boolean {
  if (!isWhole(modules)) return false;
  const rules = rulesOf(key);
  const all = [...modules.sure, ...modules.perhaps];
  if (rules === undefined && key.startsWith("php_")) return !all.some((stem) => stem.startsWith("php"));
  if (rules === undefined) return all.every((stem) => modulesOfDirectives().has(`mod_${stem}`) || builtIn.test(stem) || silent.test(stem));
  const stem = stemOf(`${rules.module}.c`);
  return rules.module.startsWith("mod_") && stem !== "security" && stem !== "xml" && !builtIn.test(stem) && !all.includes(stem);
}
