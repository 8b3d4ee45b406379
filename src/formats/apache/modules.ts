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

/**
 * Whether `<IfModule name>` holds: null when servers differ. The server compares with case, so a name that is known only
 * in another spelling is of no module.
 */
export function moduleLoaded(name: string): boolean | null {
  if (loaded.has(name)) return true;
  if (absent.has(name) || loaded.has(name.toLowerCase())) return false;
  return null;
}
