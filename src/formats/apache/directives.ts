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

/** The modules of httpd that have directives. */
export function modulesOfDirectives(): ReadonlySet<string> {
  table ??= readTable();
  return new Set([...table.values()].map(({ module }) => module));
}

/** Names that begin directives of well-known modules which do not come with httpd. */
const foreign =
  /^(php_|suphp_|modpagespeed|passenger|rails|wsgi|perl|fcgi|fcgid|fastcgi|jk|sec|geoip|maxminddb|dos|xsendfile|cachelookup|cachedisable|shib|oidc|cas|auth|krb|gssapi|mellon|limitipconn|maxconnperip|bandwidth|bw|qs_|tomcat|svn|python|ruby|mono|uploadprogress|cloudflare|rpaf|lsapi|crawler|newrelic|clamav|gnutls|nss|assignuserid|maxclientsvhost|h264|concat|throttle|amplify|spamhaus|defender)/;

/** Whether a directive may belong to a module that does not come with httpd, so that only the server can tell. */
export function mayBeForeign(key: string): boolean {
  return foreign.test(key) && !gone.test(key);
}

/** Families of names of which every directive is known. */
const closed = /^(rewrite|redirect|browsermatch|setenvif|errordocument|directoryindex|expires(?!cookie)|requireall|requireany)/;

/** Directives of Apache 1.3 to 2.2, which no module of today has. */
const gone =
  /^(rewritelog(level)?|rewritelock|auth(z(user|groupfile|default|dbm|owner|ldap))?authoritative|authdigest(file|groupfile)|secfilter[a-z]*|addmodule|clearmodulelist|mod_gzip_[a-z_]+|agentlog|refererlog|accessconfig|resourceconfig)$/;

/** Whether a name can be no directive of any module: its characters say so, or it is a known one with one letter wrong, or none any more. */
export function isMistake(key: string): boolean {
  if (!/^[a-z][a-z0-9_-]*$/.test(key) || closed.test(key) || gone.test(key)) return true;
  table ??= readTable();
  return key.length >= shortestWord && [...table.keys()].some((known) => oneLetterApart(key, known));
}

/** In shorter names one letter makes another word. */
const shortestWord = 5;

/** One letter is changed, added, left out, or swapped with its neighbour. */
function oneLetterApart(one: string, other: string): boolean {
  const longest = Math.max(one.length, other.length);
  if (Math.abs(one.length - other.length) > 1) return false;
  let same = 0;
  while (same < longest && one[same] === other[same]) same += 1;
  let sameEnd = 0;
  while (sameEnd < longest - same && one.at(-1 - sameEnd) === other.at(-1 - sameEnd)) sameEnd += 1;
  const swapped = one[same] === other[same + 1] && one[same + 1] === other[same];
  return same + sameEnd >= longest - (swapped ? 2 : 1);
}
