import fc from "fast-check";
import { expression } from "./apache-scene-words.ts";
import type { Text } from "./texts.ts";
import { joined, lines, maybe, one, severalLines } from "./texts.ts";

const inputs = one(
  "%{REQUEST_METHOD} POST", "%{REQUEST_METHOD} !^(GET|HEAD)$", "%{REQUEST_METHOD} =POST", "%{REQUEST_METHOD} ^post$ [NC]", "%{REQUEST_METHOD} !=GET", "%{REQUEST_URI} ^/sub", "%{REQUEST_URI} !^/(index|api)", "%{REQUEST_FILENAME} !-f", "%{REQUEST_FILENAME} -f", "%{REQUEST_FILENAME} -d", "%{REQUEST_FILENAME} !-d", "%{REQUEST_FILENAME} -s", "%{REQUEST_FILENAME} !-l", "%{REQUEST_FILENAME} -l",
  "%{QUERY_STRING} ^$", "%{QUERY_STRING} x=(.)", "%{QUERY_STRING} block", "%{HTTP:X-Test} ^yes$", "%{ENV:flag} =1", "%{ENV:flag} ^$", "%{THE_REQUEST} ^P", "%{THE_REQUEST} \\s/+(.+?)\\.php[\\s?] [NC]", "%{REQUEST_URI} \\.(php|html)$", "%{ENV:REDIRECT_STATUS} ^$", "%{ENV:REDIRECT_STATUS} !200", "%{HTTP_USER_AGENT} curl", "%{HTTP_USER_AGENT} ^$", "%{HTTP_REFERER} !^http://c%N\\.test [NC]", "%{HTTP:Content-Type} !json",
  "%{HTTPS} off", "%{HTTPS} !=on", "%{REMOTE_ADDR} ^127", "%{HTTP_HOST} ^c%N\\.test", "%{HTTP_HOST} ^www", "%{DOCUMENT_ROOT}/$1 -f", "%{DOCUMENT_ROOT}%{REQUEST_URI} -f", "%{REQUEST_FILENAME}.php -f", "%{DOCUMENT_ROOT}/sub/$1 -d", "$1 api", "%{REQUEST_URI}@%{HTTP_HOST} ^/(.*)@c", "%{HTTP_COOKIE} s=1", "%{SERVER_PORT} =%P", "%{QUERY_STRING} -z", "%{HTTP:Content-Length} -gt 3", "%{HTTP:Authorization} .", "%1 ^[0-9]$", "%{REQUEST_SCHEME} =http", "%{IS_SUBREQ} =true",
  "%{PATH_INFO} .", "%{SCRIPT_FILENAME} !-f", "%{REMOTE_USER} =u", "%{LA-U:REMOTE_USER} =u", "%{LA-U:REQUEST_FILENAME} -f", "%{REQUEST_URI} >/b", "%{REQUEST_URI} <=/index.php", "%{REQUEST_URI} -U", "%{REQUEST_FILENAME} -F", "%{TIME_YEAR} >2000", "%{HTTP:Nope} ^$", "%{HTTP:X-Test} -ne 3", "${tolower:%{REQUEST_METHOD}} post", "${kinds:%{REQUEST_METHOD}|none} writes", "${kinds:$1} api", "%{HTTP_ACCEPT} html", "%{API_VERSION} .", "%{SERVER_NAME} ^c", "%{REQUEST_URI} ^(.*)/$", "%{QUERY_STRING} (^|&)x=(\\d)", "%{REQUEST_FILENAME} -x", "%{NOPE} ^$", "%{REQUEST_METHOD} \"\"", "%{REQUEST_URI} =\"\"", "%{HTTP_FORWARDED} ^$", "%{CONTEXT_DOCUMENT_ROOT} www", "%{CONTEXT_PREFIX} ^$", "%{SERVER_ADDR} 127", "%{REMOTE_PORT} .", "%{SERVER_PROTOCOL} =HTTP/1.1", "%{REMOTE_HOST} 127",
  "%{REQUEST_FILENAME} -h", "%{REQUEST_FILENAME} -L", "%{REQUEST_METHOD} \"^(POST|PUT)$\"", "%{REQUEST_METHOD} =post [NC]", "%{REQUEST_URI} >/M [NC]", "%{REQUEST_URI} <=/INDEX.PHP [NC]", "%{HTTP:Content-Length} -le 3", "%{HTTP:Content-Length} -lt3", "%{QUERY_STRING} !=\"\"", "%{REQUEST_URI} \"=/sub/\"", "%{HTTP_HOST}%{REQUEST_URI} ^c%N[^/]*/sub", "%{QUERY_STRING} ^(?:x=([0-9])|api)?$", "$0 ^index", "%0 .", "%{ENV:MATCH_FLAG} .", "%{HTTP:Origin} evil", "%{HTTP_REFERER} ^$", "%{HTTP:Cookie} \\bs=1\\b", "%{REQUEST_URI} ^/([^/]+)/([^/]*)", "%{REQUEST_FILENAME} !-x", "%{REQUEST_STATUS} 200", "%{HANDLER} .", "%{AUTH_TYPE} Basic", "%{REMOTE_USER} ^$", "%{REQUEST_URI} !\\.[a-z]+$", "%{THE_REQUEST} \"\\s/index\\.php[?\\s]\"", "%{TIME} ^20", "%{HTTP_USER_AGENT} (?i)MOZ", "%{REQUEST_URI} ^(/(?:sub|nope)(?:/.*)?)$", "%{DOCUMENT_ROOT}%{REQUEST_URI}.php -f", "%{DOCUMENT_ROOT}/%1/index.php -f", "%{HTTP_HOST} !^c%N\\.test(:\\d+)?$ [NC]", "%{HTTP:X-Forwarded-For} ^10\\.",
);
const cond: Text = fc.oneof({ weight: 12, arbitrary: inputs }, { weight: 1, arbitrary: expression.map((text) => `expr "${text}"`) });
const conds: Text = fc
  .array(fc.tuple(cond, fc.constantFrom(false, false, false, true)), { maxLength: 2 })
  .map((all) => all.map(([text, or]) => `RewriteCond ${or ? (text.endsWith("]") ? text.replace(/]$/, ",OR]") : `${text} [OR]`) : text}`).join("\n"));

const patterns = one("^index\\.php$", "^api", "static", "^(.*)$", "^(.*)$", "^sub/(.*)$", "^", ".*", "\\.php$", "nope", "!^index", "^(.+)\\.html$", "^$", "^old/(.*)$", "^(sub|noindex)/?$", "^([^/]+)/(.+)$", ".", "^/api", "^/?(api|index)\\.php", "(?i)^API", "^deep/(.*)", "^p/", "^(?!index|api)", "^(?<file>api|index)", "\\.(php|html)$", "^([a-z]+)\\.php$", "^sub$", "^sub/?$", "^(.*)/more", "!\\.php$", "^(.*?)/?$", "^[^.]*$", "^index\\.php/(.+)$", "^%{HTTP_HOST}", "^\\.ht", "^(nope|old)(/.*)?$");
const targets = one("-", "-", "-", "index.php", "/index.php", "api.php", "api.php?x=1", "/static.html", "sub/index.php", "$1", "index.php/$1", "/api.php?q=$1&m=%{REQUEST_METHOD}", "/sub/$1", "/nope", "%{REQUEST_URI}", "$1.php", "/%1", "index.php?", "/noindex/", "sub/", "sub", "%{DOCUMENT_ROOT}/api.php", "/$1", "../api.php", "api.php?%{QUERY_STRING}", "?x=9", "/index.php/a%20b", "x/$1", "tool.php", "deep/tool.php", "${kinds:a}", "%{REQUEST_FILENAME}.php", "$0", "%{DOCUMENT_ROOT}/sub/$1", "/%1/%2", "%{ENV:flag}", "./api.php", "/./api.php", "/sub/../api.php", "//api.php", "${kinds:$1|/api.php}", "/index.php?%{REQUEST_URI}", "api.php?a=$1&b=%1", "/sub/index.php/$1?x", "%1", "index.php?$0", "\\$1", "/~sub/tool.php", "/p/$1", "%R/sub/index.php", "/api.php#x", "/%{ENV:flag}", "sub/deep", "/old/$1", "/static.html?", "/${tolower:$1}");
const outside = one("http://c%N.test/x", "https://%{HTTP_HOST}%{REQUEST_URI}", "https://o.test/$1", "/x/$1", "x", "http://o.test/?u=$1", "/$1?", "https://%{SERVER_NAME}/$1");
const flags = one(
  "", "", "[F]", "[G]", "[L]", "[L]", "[L]", "[END]", "[R=405]", "[R=404,L]", "[S=1]", "[C]", "[E=flag:1]", "[QSA,L]", "[QSA]", "[NC,L]", "[QSD,L]", "[N]", "[N=3]", "[PT]", "[PT,L]", "[E=flag:1,L]", "[E=!flag]", "[E=other:$1,NE]", "[NS]", "[NS,F]", "[NC]", "[T=text/plain]", "[R=403]", "[R=200]", "[S=2]", "[C,E=flag]", "[DPI]", "[B,L]", "[END,QSA]", "[R=503,L]", "[CO=a:b:c.test]", "[L,S=1]", "[F,L,NC]", "[forbidden]", "[last,qsappend]", "[E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]", "[nosubreq,L]", "[END,NC]", "[skip=1]", "[chain]", "[next]", "[BNP,L]", "[G,NC]", "[H=default-handler]", "[H=default-handler,L]", "[QSL]", "[QSL,L]", "[R=406]", "[END,QSD]", "[L,NC,QSA]", "[E=flag]", "[E=flag:%1,E=!other]", "[E=flag:$1,NS,L]", "[F,END]", "[R=410,L]", "[C,NC]", "[S=1,NC]", "[N=2,NC]", "[PT,QSA]", "[B]", "[NE,L]", "[UnsafePrefixStat]", "[L,H=cgi-script]", "[R=400]", "[R=401]", "[R=500]", "[T=text/html,L]", "[E=redirect-carefully]", "[OR]", "[UnsafeAllow3F]",
);
const rule: Text = fc.oneof(
  { weight: 8, arbitrary: joined(fc.constant("RewriteRule"), patterns, targets, flags) },
  { weight: 2, arbitrary: joined(fc.constant("RewriteRule"), patterns, outside, one("[R]", "[R=301,L]", "[R=307,L]", "[L]", "[R=308]", "", "[R,L,QSA]", "[R=302,NE,L]", "[R=303,END]", "[redirect=permanent,L]", "[R=seeother]")) },
  { weight: 1, arbitrary: joined(fc.constant("RewriteRule"), patterns, one("http://%U/sub/index.php", "http://%U/$1"), one("[P]", "[P,L]")) },
);
const guarded: Text = lines(conds, rule);
const options = one("RewriteOptions Inherit", "RewriteOptions InheritBefore", "RewriteOptions InheritDown", "RewriteOptions InheritDownBefore", "RewriteOptions IgnoreInherit", "RewriteOptions AllowNoSlash", "RewriteOptions IgnoreContextInfo", "RewriteOptions LegacyPrefixDocRoot", "RewriteOptions MergeBase", "RewriteOptions AllowAnyURI", "RewriteOptions UnsafePrefixStat");
const bases = one("RewriteBase /", "RewriteBase /sub/", "RewriteBase /sub", "RewriteBase /old/");
const engine = one("RewriteEngine On", "RewriteEngine On", "RewriteEngine On", "RewriteEngine On", "RewriteEngine On", "RewriteEngine On", "RewriteEngine On", "RewriteEngine On", "RewriteEngine Off", "RewriteEngine on");

/** Rules of a section or a `.htaccess`. */
export const rewriting: Text = lines(fc.oneof({ weight: 9, arbitrary: engine }, { weight: 1, arbitrary: fc.constant("") }), maybe(8, options), maybe(4, bases), severalLines(3, guarded, 1));

const serverPatterns = one("^/index\\.php$", "^/api", "^/static", "^(.*)$", "^/sub/(.*)$", "^", "\\.php$", "^/nope", "!^/index", "^/(.+)\\.html$", "^/$", "^/old/(.*)$", "^/p/(.*)$", "^api");
const serverTargets = one("-", "-", "-", "/index.php", "/api.php", "/api.php?x=1", "/static.html", "/sub/index.php", "$1", "/$1", "/index.php/$1", "/sub/$1", "/nope", "%{DOCUMENT_ROOT}/api.php", "%R/sub/$1", "%{DOCUMENT_ROOT}%{REQUEST_URI}", "/noindex/", "/sub", "api.php", "%R/nope", "./api.php", "../api.php", "/sub/../api.php", "/sub/./index.php", "/./$1", "api.php?$0");
const serverRule: Text = fc.oneof(
  { weight: 8, arbitrary: joined(fc.constant("RewriteRule"), serverPatterns, serverTargets, flags) },
  { weight: 2, arbitrary: joined(fc.constant("RewriteRule"), serverPatterns, outside, one("[R]", "[R=301,L]", "[R=307,L]", "[L]", "[R=308]", "")) },
  { weight: 1, arbitrary: joined(fc.constant("RewriteRule"), serverPatterns, one("http://%U/sub/index.php", "http://%U/$1"), one("[P]", "[P,L]")) },
);

/** Rules of the server itself. */
export const rewritingInServer: Text = lines(fc.constant("RewriteMap tolower int:tolower\nRewriteMap kinds txt:%F/map.txt"), engine, maybe(8, options), severalLines(3, lines(conds, serverRule), 1));
