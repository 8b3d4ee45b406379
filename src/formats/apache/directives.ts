import { directiveTable } from "./directive-table.ts";

/** Where the server allows a directive. */
export interface Rules {
  readonly module: string;
  readonly context: "any" | "server" | "section";
  /** AllowOverride groups of which one must be granted in a `.htaccess`; null when it may not stand there at all. */
  readonly overrides: readonly string[] | null;
}

function readTable(): ReadonlyMap<string, Rules> {
  const rules = new Map<string, Rules>();
  for (const line of directiveTable.trim().replace(/\n {2}/g, " ").split("\n")) {
    const [head = "", names = ""] = line.split(": ");
    const [module = "", where = ""] = head.split(" ");
    const [context = "any", overrides] = where.split("+");
    if (context !== "any" && context !== "server" && context !== "section") continue;
    for (const name of names.split(" ")) {
      rules.set(name.toLowerCase(), { module, context, overrides: overrides?.split("|") ?? null });
    }
  }
  return rules;
}

let table: ReadonlyMap<string, Rules> | null = null;

/** What is known of a directive, by its name in lower case; undefined for those of no module of httpd itself. */
export function rulesOf(key: string): Rules | undefined {
  table ??= readTable();
  return table.get(key);
}

/** Names that begin directives of well-known modules which do not come with httpd. */
const foreign =
  /^(php_|suphp_|modpagespeed|passenger|rails|wsgi|perl|fcgi|fcgid|fastcgi|jk|sec|geoip|maxminddb|dos|xsendfile|cachelookup|cachedisable|shib|oidc|cas|auth|krb|gssapi|mellon|limitipconn|maxconnperip|bandwidth|bw|qs_|tomcat|svn|python|ruby|mono|uploadprogress|cloudflare|rpaf|lsapi|crawler|newrelic|clamav|gnutls|nss|assignuserid|maxclientsvhost|h264|concat|throttle|amplify|spamhaus|defender)/;

/** Whether a directive may belong to a module that does not come with httpd, so that only the server can tell. */
export function mayBeForeign(key: string): boolean {
  return foreign.test(key);
}
