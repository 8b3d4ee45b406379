import type { Evidence } from "../../model/program.ts";
import { rulesOf } from "./directives.ts";
import type { Span } from "../../source.ts";
import type { Statement } from "./expand.ts";

/** Directives that the lowering reads. */
const read: ReadonlySet<string> = new Set(
  `allow allowmethods allowoverride acceptpathinfo addhandler addtype alias authmerging authtype browsermatch browsermatchnocase dav deny
   directoryindex directoryindexredirect directoryslash documentroot doshttpresponsecode dospagecount dospageinterval dossitecount
   dossiteinterval doswhitelist errordocument fallbackresource jkmount limitrequestbody limitrequestfields
   limitrequestfieldsize limitrequestline options order
   proxypass proxypassmatch redirect redirectmatch redirectpermanent redirecttemp removehandler requestheader require rewritebase
   rewritecond rewriteengine rewriteoptions rewriterule satisfy scriptalias servername serveralias setenvif setenvifexpr setenvifnocase
   sethandler sslrequiressl traceenable wsgiscriptalias define undefine usecanonicalname`
    .trim()
    .split(/\s+/),
);

/** Why directives of a module cannot stop a POST, or what is not followed; by the module's name. */
const byModule: readonly (readonly [modules: RegExp, reason: string])[] = [
  [/^(mod_log|mod_logio|mod_dumpio|mod_log_debug|mod_log_forensic)/, "decides what is logged"],
  [/^(event|worker|prefork|mpm_|mod_unixd|mod_so|mod_watchdog|mod_suexec|http_core|mod_slotmem|mod_heart)/, "runs the server, and decides about no request"],
  [/^(mod_headers|mod_expires|mod_usertrack)/, "changes answers, not what becomes of a request"],
  [/^(mod_deflate|mod_brotli|mod_filter|mod_ext_filter|mod_substitute|mod_sed|mod_include|mod_charset_lite|mod_xml2enc|mod_proxy_html|mod_ratelimit|mod_buffer|mod_reflector)/, "changes bodies on their way"],
  [/^(mod_cache|mod_socache|mod_file_cache)/, "keeps answers to GET"],
  [/^(mod_auth|mod_session|util_ldap|mod_dbd)/, "says how identities are checked; credentials are taken to be right"],
  [/^(mod_ssl|mod_md|mod_http2)/, "sets up the connection"],
  [/^(mod_autoindex|mod_mime|mod_mime_magic|mod_negotiation|mod_imagemap|mod_speling|mod_dir)/, "chooses how files are shown"],
  [/^(mod_env|mod_setenvif|mod_ident|mod_unique_id)/, "sets variables too late to decide about a request"],
  [/^(mod_proxy|mod_lbmethod)/, "says how a backend is spoken to"],
  [/^(mod_cgi|mod_cgid|mod_actions|mod_asis|mod_userdir|mod_vhost_alias)/, "says how programs are run, or maps URLs that are not followed"],
  [/^mod_reqtimeout/, "refuses slow clients only"],
  [/^mod_security2/, "belongs to ModSecurity, which is read by itself"],
  [/^mod_dav/, "concerns WebDAV methods"],
  [/^(mod_status|mod_info|mod_macro|mod_version|mod_request|mod_remoteip|mod_data)/, "has no part in what becomes of a POST"],
];

/** Directives that say which requests others are for, or where files lie. */
const framing: ReadonlySet<string> = new Set(["documentroot", "servername", "serveralias", "allowoverride", "define", "undefine", "usecanonicalname"]);

/** A place by file and offset. */
export function placeOf({ file, start }: Span): string {
  return `${file.path}:${start}`;
}

/** Every directive that no gate points at, with the reason; `used` are the places of those that are pointed at. */
export function ignoredDirectives(statements: readonly Statement[], used: ReadonlySet<string>): readonly Evidence[] {
  return statements.flatMap(({ node, children }) => {
    if (node.kind === "section") return ignoredDirectives(children, used);
    if (!read.has(node.key)) return [{ at: node.span, note: reasonFor(node.key) }];
    return used.has(placeOf(node.span)) || framing.has(node.key) ? [] : [{ at: node.span, note: "is read, and changes nothing here" }];
  });
}

function reasonFor(key: string): string {
  const rules = rulesOf(key);
  if (rules === undefined) return "belongs to a module that does not come with the server; where that is missing, the server refuses the file";
  const known = byModule.find(([modules]) => modules.test(rules.module));
  return known?.[1] ?? "sets up the server, and refuses no POST";
}
