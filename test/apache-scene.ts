import fc from "fast-check";
import { credentials } from "./apache-compare.ts";
import type { Site } from "./apache-process.ts";
import { rewriting, rewritingInServer } from "./apache-scene-rewrite.ts";
import { site as known } from "./apache-scene-sites.ts";
import { expression, environment } from "./apache-scene-words.ts";
import type { Text } from "./texts.ts";
import { lines, maybe, one, severalLines } from "./texts.ts";
import type { Sent } from "./loopback.ts";

/** A virtual host with its files, and what is sent to it. */
export interface Scene {
  readonly requests: readonly Sent[];
  readonly site: Site;
}

const methods = one("GET", "POST", "PUT", "GET POST", "GET HEAD OPTIONS", "POST PUT DELETE", "HEAD", "POST", "GET HEAD", "PATCH POST", "OPTIONS");

/** What the server refuses to read, and now and then something that only looks so. */
const mistake = one(
  "php_flag engine off", "php_value upload_max_filesize 1M", "<IfModule mod_php.c>\nphp_flag engine off\n</IfModule>", "<IfModule !php_module>\nDeny from all\n</IfModule>", "<IfModule mod_speling.c>\nCheckSpelling On\n</IfModule>", "CheckSpelling On", "SessionEnv On", "Substitute s/a/b/", "FooBar x", "ModPagespeed off", "<IfModule mod_nope.c>\nFooBar x\n<If \"true\">\nDeny from all # x\n</If>\n</IfModule>", "<IfModule prefork.c>\nFileETag None\n</IfModule>", "Dav Off", "ExpiresActive On", "SSLOptions +StdEnvVars",
  "Order deny, allow", "Deny from all # x", "Require all denied # x", "Require not method POST", "<Limit post>\nRequire all denied\n</Limit>", "AllowMethods GET", "RewritEngine On", "Options +Indexes FollowSymLinks",
  "<Limit GET,POST>\nDeny from all\n</Limit>", "ProxyPass /x http://127.0.0.1:9/", "<Limit TRACE>\nDeny from all\n</Limit>", "RewriteRule ^x - [F, L]", "RewriteRule ^x - [Q]", "RewriteCond %{X} y [NC,", "Require ip 300.1.1.1", "Require",
  "<If \"%{REQUEST_METHOD} is POST\">\nRequire all denied\n</If>", "<Files>\nRequire all denied\n</Files>", "LimitRequestBody x", "Satisfy both", "Redirect 301 /a /b /c", "Redirect 999 /a", "ErrorDocument 99 /x", "Allow all", "<RequireAll>\nRequire not method POST\n</RequireAll>",
  "<Limit POST>\n<Files index.php>\nDeny from all\n</Files>\n</Limit>", "<Limit>\nDeny from all\n</Limit>", "<Directory %R>\nRequire all denied\n</Directory>", "Require method get", "Require method NOPE", "Require ip", "AuthMerging Xor", "SetHandler", "DirectorySlash maybe", "AcceptPathInfo x", "DirectoryIndexRedirect 200",
  "</Limit>", "<Limit POST>\nDeny from all", "<IfModule mod_alias.c>\nRedirect gone /api.php", "<IfModule nope.c>\nDeny from all", "<IfModule mod_alias.c>\n<Limit POST>\nDeny from all\n</IfModule>\n</Limit>", "<RequireAny>\n</RequireAny>", "<RequireAll>\nRequire all granted\nOrder allow,deny\n</RequireAll>", "Redirect /a", "RedirectMatch 301 ( /x", "RewriteRule ( x", "RewriteBase x", "RewriteOptions None", "SetEnvIf X", "Require expr %{NOPE} == 1",
  "Require all", "Require user", "Require valid-user x", "<LimitExcept>\nDeny from all\n</LimitExcept>", "Options Nope", "LimitRequestBody -1", "SetEnvIf Request_URI ( x", "FallbackResource", "FallbackResource a b", "TraceEnable off", "<IfDefine NOPE>\nFooBar\n</IfDefine>", "Header set", "RequestHeader frob x", "Header set X", "RequestHeader set X-Name", "Redirect 301 x /y", "DirectoryIndex", "AddHandler cgi-script", "BrowserMatch x", "ErrorDocument 404",
  "<If>\n</If>", "<Else>\nDeny from all\n</Else>", "<FilesMatch ( >\nDeny from all\n</FilesMatch>", "<Files ~ \"[\">\nDeny from all\n</Files>", "AllowOverride None", "<RequireNone>\nRequire all granted\n</RequireNone>", "AuthType", "AuthType Basic x", "CGIPassAuth x", "<Limit POST></Limit>", "Deny from 1.2.3.4/33", "Deny from 1.2.3.4/255.0.255.0", "Allow from env=", "Satisfy", "Require env", "Require host", "Require local x", "Require all Granted",
);

const provider = one("all granted", "all denied", "method GET", "method POST", "method POST OPTIONS", "method PUT HEAD", "env flag", "env other", "env MATCH_FLAG", "ip 127.0.0.1", "ip 10.0.0.0/8", "ip 127", "ip 127.0.0.0/255.0.0.0 ::1", "local", "all granted", "method POST", "valid-user", "user u", "group writers", "group readers");
const requirement: Text = fc.oneof({ weight: 6, arbitrary: provider.map((text) => `Require ${text}`) }, { weight: 1, arbitrary: expression.map((text) => `Require expr "${text}"`) });
const negative: Text = one("method POST", "method PUT GET", "env flag", "ip 10.0.0.0/8", "all denied", "all granted", "ip 127.0.0.1").map((text) => `Require not ${text}`);

function limitedTo(of: Text): Text {
  return fc.tuple(one("Limit", "LimitExcept"), methods, of).map(([kind, names, inside]) => `<${kind} ${names}>\n${inside}\n</${kind}>`);
}

const anyOf = (of: Text): Text => severalLines(2, of, 1).map((text) => `<RequireAny>\n${text}\n</RequireAny>`);
const allOf = (of: Text): Text => lines(severalLines(2, of, 1), maybe(1, negative)).map((text) => `<RequireAll>\n${text}\n</RequireAll>`);
const noneOf = (of: Text): Text => lines(requirement, severalLines(2, of, 1).map((text) => `<RequireNone>\n${text}\n</RequireNone>`)).map((text) => `<RequireAll>\n${text}\n</RequireAll>`);
const simple: Text = fc.oneof({ weight: 4, arbitrary: requirement }, { weight: 1, arbitrary: limitedTo(requirement) });
const container: Text = fc.oneof(anyOf(fc.oneof(simple, allOf(simple))), allOf(fc.oneof(simple, anyOf(simple))), noneOf(simple), limitedTo(anyOf(simple)));

const hosts = one("all", "all", "127.0.0.1", "10.1", "env=flag", "env=other", "env=!flag", "127.0.0.0/8", "192.168.0.0/255.255.0.0", "127.", "::1");
const dialect: Text = fc.oneof(
  one("Order allow,deny", "Order deny,allow", "Order mutual-failure", "order Deny,Allow"),
  hosts.map((from) => `Allow from ${from}`),
  hosts.map((from) => `Deny from ${from}`),
  fc.tuple(hosts, hosts).map(([first, second]) => `Deny from ${first} ${second}`),
);
const compat: Text = lines(dialect, maybe(1, dialect), maybe(1, dialect));
const login = one("AuthType Basic\nAuthName x\nAuthUserFile %F/users\nAuthGroupFile %F/groups", "AuthType None", "AuthType Basic\nAuthName x\nAuthUserFile %F/users", "AuthType Basic", "AuthType Digest\nAuthName x", "AuthType Basic\nAuthName x\nAuthUserFile %F/users\nAuthzSendForbiddenOnFailure On");

/** Who may do what. */
const access: Text = fc.oneof(
  { weight: 4, arbitrary: compat },
  { weight: 4, arbitrary: limitedTo(fc.oneof(compat, requirement, lines(requirement, requirement))) },
  { weight: 4, arbitrary: lines(requirement, maybe(2, simple)) },
  { weight: 2, arbitrary: container },
  { weight: 1, arbitrary: lines(one("AuthMerging And", "AuthMerging Or", "AuthMerging Off"), simple) },
  { weight: 1, arbitrary: lines(compat, requirement, one("Satisfy Any", "Satisfy All", "Satisfy any")) },
  { weight: 1, arbitrary: lines(login, simple, maybe(1, one("Require valid-user", "Require user u v", "Require group writers")), maybe(2, lines(compat, one("Satisfy Any")))) },
  { weight: 1, arbitrary: limitedTo(limitedTo(fc.oneof(compat, requirement))) },
  { weight: 1, arbitrary: lines(fc.constant("SSLRequireSSL"), maybe(1, compat), maybe(1, one("Satisfy Any", "Satisfy All"))) },
);

const status = one("301", "302", "303", "307", "308", "permanent", "temp", "seeother");
const redirect: Text = fc.oneof(
  fc.tuple(one("Redirect", "Redirect 301", "Redirect permanent", "RedirectPermanent", "RedirectTemp", "Redirect 308", "Redirect seeother"), one("/api.php", "/sub", "/sub/", "/old", "/static.html", "/nope", "/", "/noindex/", "/index.php"), one("/elsewhere", "http://o.test/", "https://o.test/x", "/new/")).map((words) => words.join(" ")),
  fc.tuple(status, one("^/api\\.php$", "^/sub/(.*)$", "(.*)\\.html$", "^/old", "index"), one("/x", "/y/$1", "http://o.test/$1?a=$0")).map(([code, from, to]) => `RedirectMatch ${code} ${from} ${to}`),
  one("Redirect gone /api.php", "Redirect 404 /static.html", "RedirectMatch 403 ^/sub/deep", "RedirectMatch 405 \\.php$", "Redirect 503 /", "RedirectMatch gone ^/nope", "RedirectMatch 404 \\.(htaccess|json)$"),
);

const pages: Text = fc.tuple(one("403", "404", "405", "500", "401", "413", "410"), one("/api.php", "/index.php?e=1", "/nope", "/static.html", "/data.json", "\"gone\"", "http://o.test/lost", "/sub/", "/sub/index.php", "default", "/noindex/", "/sub", "/old/x", "/p/x", "/index.php/x?y")).map(([code, page]) => `ErrorDocument ${code} ${page}`);

const directory = one(
  "DirectoryIndex api.php", "DirectoryIndex disabled", "DirectoryIndex nope.php index.html", "DirectoryIndex page.html", "DirectoryIndex /api.php", "DirectorySlash Off", "DirectorySlash On", "DirectoryIndexRedirect on", "DirectoryIndexRedirect 303", "FallbackResource /index.php", "FallbackResource disabled", "FallbackResource /sub/index.php",
  "FallbackResource /nope.php", "DirectoryIndex index.php nope/x.php static.html", "DirectoryIndex deep/tool.php", "DirectoryCheckHandler On", "FallbackResource /static.html", "FallbackResource index.php",
);

const handlers = one(
  "RemoveHandler .php", "SetHandler default-handler", "SetHandler None", "ForceType text/plain", "AddType text/plain .php", "AddType application/x-httpd-php .php", "AddHandler default-handler .php", "AcceptPathInfo Off", "AcceptPathInfo On", "AcceptPathInfo Default",
  "Options -ExecCGI", "Options +ExecCGI", "Options None", "Options All", "Options -Indexes", "Options Indexes FollowSymLinks", "Options FollowSymLinks", "Options -FollowSymLinks", "Options +MultiViews", "Options -MultiViews -Indexes", "Options +SymLinksIfOwnerMatch", "Options MultiViews FollowSymLinks ExecCGI", "Options -FollowSymLinks +SymLinksIfOwnerMatch", "Options ExecCGI",
  "Action writer /api.php\nAddHandler writer .html", "Action writer /nope.php virtual\nSetHandler writer", "Action application/x-httpd-php /sub/index.php\nAddType application/x-httpd-php .json", "Action writer /sub/index.php virtual\n<Files \"n*\">\nSetHandler writer\n</Files>",
);

const headers = one(
  "RequestHeader unset X-Name", "RequestHeader set X-Added yes", "RequestHeader set X-Name other", "RequestHeader unset Content-Type", "RequestHeader unset Content-Length", "CGIPassAuth On", "CGIPassAuth Off", "RequestHeader unset Authorization", "Header set X-Frame-Options DENY", "Header always set X-A b",
  "RequestHeader set X-Added yes env=flag", "RequestHeader setifempty X-Added z", "RequestHeader append X-Name more", "RequestHeader unset Cookie", "RequestHeader set X-Added yes \"expr=%{REQUEST_METHOD} == 'POST'\"", "RequestHeader edit X-Name a b", "SetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1", "RequestHeader add X-Added plus", "RequestHeader merge X-Name more",
);

const limits = one("LimitRequestBody 2", "LimitRequestBody 1000", "LimitRequestBody 0", "LimitXMLRequestBody 1", "LimitRequestBody 3");
const other: Text = fc.oneof({ weight: 3, arbitrary: redirect }, { weight: 2, arbitrary: pages }, { weight: 3, arbitrary: directory }, { weight: 3, arbitrary: handlers }, { weight: 2, arbitrary: headers }, { weight: 2, arbitrary: limits });

const files = one("<Files index.php>", "<Files \"*.php\">", "<Files api.php>", "<FilesMatch \"\\.(php|html)$\">", "<FilesMatch ^$>", "<Files \"*\">", "<Files ~ \"^(index|api)\">", "<FilesMatch \"^(static|page)\">", "<Files sub>", "<Files \"?pi.php\">", "<Files \"[ai]*.php\">", "<FilesMatch \"^(?<flag>a|i)\">", "<Files .htaccess>");
const contents: Text = fc.oneof({ weight: 5, arbitrary: access }, { weight: 2, arbitrary: rewriting }, { weight: 3, arbitrary: other }, { weight: 1, arbitrary: environment });
const filesSection: Text = fc.tuple(files, contents).map(([open, inside]) => `${open}\n${inside}\n${open.startsWith("<FilesMatch") ? "</FilesMatch>" : "</Files>"}`);
const ifSection: Text = fc
  .tuple(expression, fc.oneof({ weight: 4, arbitrary: contents }, { weight: 1, arbitrary: filesSection }, { weight: 1, arbitrary: fc.tuple(expression, contents).map(([asked, inside]) => `<If "${asked}">\n${inside}\n</If>`) }), maybe(3, fc.tuple(expression, contents).map(([asked, inside]) => `<ElseIf "${asked}">\n${inside}\n</ElseIf>`)), maybe(3, contents.map((inside) => `<Else>\n${inside}\n</Else>`)))
  .map(([asked, inside, elseif, otherwise]) => [`<If "${asked}">\n${inside}\n</If>`, elseif, otherwise].filter((text) => text !== "").join("\n"));
const reading = one("<IfModule mod_rewrite.c>", "<IfModule !mod_rewrite.c>", "<IfModule mod_alias.c>", "<IfModule authz_core_module>", "<IfModule mod_nope.c>", "<IfVersion >= 2.4>", "<IfVersion < 2.4>", "<IfModule MOD_ALIAS.C>", "<IfVersion 2.4.71>", "<IfVersion = /^2.4/>", "<IfVersion ~ ^2\\.2>", "<IfModule !mod_access_compat.c>", "<IfVersion !< 2.3>", "<IfModule !mod_authz_core.c>", "<IfFile %R/api.php>", "<IfFile !%R/nope>");

const plain: Text = fc.oneof({ weight: 6, arbitrary: access }, { weight: 6, arbitrary: rewriting }, { weight: 6, arbitrary: other }, { weight: 2, arbitrary: environment }, { weight: 4, arbitrary: filesSection }, { weight: 2, arbitrary: ifSection });
const readWhen: Text = fc.tuple(reading, plain).map(([open, inside]) => `${open}\n${inside}\n</${/^<(\w+)/.exec(open)?.[1] ?? ""}>`);
const part: Text = fc.oneof({ weight: 24, arbitrary: plain }, { weight: 3, arbitrary: known }, { weight: 2, arbitrary: readWhen }, { weight: 1, arbitrary: mistake });

/** The text of a `.htaccess`. */
const htaccess: Text = lines(severalLines(3, part, 1));

const block = (open: string, inside: Text): Text => inside.map((text) => `${open}\n${text}\n</${/^<(\w+)/.exec(open)?.[1] ?? ""}>`);
const opened = (places: Text, inside: Text): Text => places.chain((open) => block(open, inside));
const allowed = one("AllowMethods GET", "AllowMethods GET POST", "AllowMethods reset", "AllowMethods POST", "AllowMethods HEAD OPTIONS");
const inSection: Text = fc.oneof({ weight: 5, arbitrary: contents }, { weight: 1, arbitrary: allowed }, { weight: 1, arbitrary: ifSection });
const directories = one("<Directory %R>", "<Directory %R/sub>", "<Directory %R/sub/>", "<Directory \"%R/s*\">", "<DirectoryMatch \"/sub\">", "<Directory ~ \"deep\">", "<Directory />", "<DirectoryMatch \"^%R/(?!sub)\">", "<Directory %R/nope>", "<DirectoryMatch \"/sub/$\">", "<Directory %R/api.php>", "<Directory %R/sub/index.php>", "<DirectoryMatch \"/(?<flag>sub|no)\">", "<DirectoryMatch \"deep/\">", "<Directory \"%R/*/deep\">");
const locations = one("<Location />", "<Location /sub>", "<Location /sub/>", "<Location /api.php>", "<LocationMatch \"^/(api|nope)\">", "<Location \"/s*/*.php\">", "<Location ~ \"\\.php$\">", "<Location /nope>", "<LocationMatch \"^/(?!index)\">", "<Location /p/>", "<Location /index.php>", "<LocationMatch \"/$\">", "<LocationMatch \"^/(?<flag>api|sub)\">", "<Location \"/*\">", "<LocationMatch \"(?i)^/API\">");
const overrides = one("AllowOverride None", "AllowOverride FileInfo", "AllowOverride AuthConfig Limit", "AllowOverride FileInfo Limit", "AllowOverride Nonfatal=All", "AllowOverride Options=Indexes,ExecCGI FileInfo", "AllowOverride Indexes Options", "AllowOverride None\nAllowOverrideList RewriteEngine RewriteRule RewriteCond", "AllowOverride None\nAllowOverrideList Require", "AllowOverride AuthConfig\nAllowOverrideList Redirect", "AllowOverride Limit", "AllowOverride Nonfatal=Override FileInfo", "AllowOverride Nonfatal=Override Limit", "AllowOverride Nonfatal=Unknown AuthConfig FileInfo", "AllowOverride FileInfo Options").chain((text) => one("%R/sub", "%R/sub", "%R/*").map((folder) => `<Directory ${folder}>\n${text}\n</Directory>`));
const mapped = one(
  "Alias /old %R/sub", "Alias /old/ %R/sub/", "AliasMatch ^/old/(.*)$ %R/sub/$1", "ScriptAlias /p %R/sub/deep", "ScriptAlias /p/ %R/sub/deep/", "ProxyPass /p/ http://%U/", "ProxyPass /p http://%U", "ProxyPass /p/x !\nProxyPass /p/ http://%U/sub/", "ProxyPassMatch ^/p/(.*)$ http://%U/$1",
  "UserDir %R/*/deep", "UserDir disabled", "Alias /api.php %R/sub/index.php", "AllowEncodedSlashes On", "TraceEnable off", "TraceEnable extended", "ScriptAliasMatch ^/p/(.*)$ %R/sub/deep/$1", "RegisterHttpMethod FOO", "<Location /old>\nAlias %R/sub\n</Location>", "Alias /old/x %R/noindex\nAlias /old %R/sub", "HttpProtocolOptions LenientMethods", "<Proxy *>\nRequire method GET\n</Proxy>\nProxyPass /p/ http://%U/", "ProxyPass /p/ http://%U/\n<Proxy http://%U/>\nDeny from env=flag\n</Proxy>", "ProxyPass /p http://%U\n<ProxyMatch \"^http://.*/x\">\nRequire all denied\n</ProxyMatch>", "LimitInternalRecursion 2", "LimitInternalRecursion 3 1", "RedirectRelative On", "SetEnv redirect-carefully 1", "MergeSlashes Off", "MergeSlashes Off", "AllowEncodedSlashes NoDecode", "VirtualDocumentRoot %R", "UserDir %R/*", "UserDir http://o.test/*", "UserDir %R/*/deep\nUserDir disabled other", "LimitRequestBody 1000", "LimitRequestBody 2", "<Location /old>\nScriptAlias %R/sub/deep/tool.php\n</Location>", "<Location /api>\nProxyPass http://%U/x\nLimitRequestBody 2\n</Location>",
);
const defined = one("Define WRITES \"PUT POST\"\n<Location /sub>\n<Limit ${WRITES}>\nRequire all denied\n</Limit>\n</Location>", "<IfDefine !NOPE>\nRedirect gone /old\n</IfDefine>", "Define HERE\n<IfDefine HERE>\nRedirect 307 /old /api.php\n</IfDefine>\nUnDefine HERE", "<Macro Only%N $path $methods>\n<Location $path>\n<LimitExcept $methods>\nRequire all denied\n</LimitExcept>\n</Location>\n</Macro>\nUse Only%N /api.php \"GET HEAD\"\nUse Only%N /sub POST\nUndefMacro Only%N");
const server: Text = severalLines(
  3,
  fc.oneof({ weight: 4, arbitrary: opened(directories, inSection) }, { weight: 5, arbitrary: opened(locations, inSection) }, { weight: 2, arbitrary: overrides }, { weight: 3, arbitrary: mapped }, { weight: 3, arbitrary: rewritingInServer }, { weight: 2, arbitrary: environment }, { weight: 2, arbitrary: redirect }, { weight: 1, arbitrary: filesSection }, { weight: 1, arbitrary: pages }, { weight: 1, arbitrary: ifSection }, { weight: 1, arbitrary: defined }, { weight: 1, arbitrary: fc.oneof(headers.filter((text) => !text.startsWith("CGIPassAuth")), directory) }),
  1,
);

const site: fc.Arbitrary<Site> = fc
  .record({ server: maybe(2, server), own: maybe(1, htaccess), below: maybe(3, htaccess), deep: maybe(8, htaccess), override: fc.constant("All") })
  .map(({ server: text, own, below, deep, override }) => ({ server: text, override, files: { ".htaccess": own, ...(below === "" ? {} : { "sub/.htaccess": below }), ...(deep === "" ? {} : { "sub/deep/.htaccess": deep }) } }));

const paths = one(
  "/", "/index.php", "/api.php", "/static.html", "/data.json", "/sub", "/sub/", "/sub/index.php", "/sub/page.html", "/sub/deep/tool.php", "/sub/deep", "/sub/deep/", "/noindex/", "/noindex", "/noindex/x.txt", "/nope", "/nope.php", "/nope/", "/sub/nope", "/index.php/more", "/static.html/more", "/sub/index.php/more/x", "/nope/index.php", "/api", "/index",
  "/%61pi.php", "//api.php", "/./api.php", "/sub/../api.php", "/a%20b", "/Api.php", "/.htaccess", "/p/x", "/p/tool.php", "/old/index.php", "/old", "/api.php%2Fx", "/%zz", "/index.php/", "/static.html/", "/sub//index.php", "/api.php/sub/x.html", "/~sub/tool.php", "/old/page.html", "/p/index.php", "/sub%2Findex.php", "/sub//deep/tool.php", "/sub//page.html", "/static", "/sub/page", "/~nope/x", "/a%3fb", "/sub/%3Fx", "/api.php/%3f",
);
const queries = one("", "", "", "", "?x=1", "?x=2&block=1", "?api", "?url=http://o.test/%2e");
const sentHeaders = fc.constantFrom<Readonly<Record<string, string>>>(
  {}, {}, {}, {}, { "x-name": "a" }, { "x-test": "yes" }, { "x-test": "YES" }, { authorization: credentials }, { authorization: "Basic eDp5" }, { authorization: "Bearer t" }, { "content-type": "application/json" }, { referer: "http://c%N.test/x" }, { referer: "http://evil.test/" }, { "user-agent": "curl/8.0" }, { "user-agent": "" }, { cookie: "s=1; t=2" }, { "x-http-method-override": "PUT" }, { origin: "http://evil.test" }, { "x-forwarded-for": "10.0.0.1" }, { "x-forwarded-proto": "https" },
);

const request: fc.Arbitrary<Sent> = fc
  .record({ method: one("POST", "POST", "POST", "POST", "POST", "POST", "GET", "GET", "PUT", "OPTIONS", "DELETE", "HEAD", "PATCH", "TRACE", "PROPFIND", "LOCK", "PURGE"), target: fc.tuple(paths, queries).map(([path, query]) => path + query), headers: sentHeaders, bytes: fc.constantFrom(3, 3, 3, 0, 1500), chunked: fc.constantFrom(false, false, false, true) })
  .map(({ bytes, chunked, headers: own, ...rest }) => {
    const empty = ["GET", "HEAD", "OPTIONS", "TRACE"].includes(rest.method) || bytes === 0;
    const type = empty ? {} : { "content-type": "application/x-www-form-urlencoded" };
    return { ...rest, headers: { "user-agent": "Mozilla/5.0", accept: "*/*", ...type, ...own }, bytes: empty ? 0 : bytes, chunked: !empty && chunked };
  });

/** Any site that Apache accepts, more or less, with requests that it may treat in different ways. */
export const scene: fc.Arbitrary<Scene> = fc.record({ requests: fc.array(request, { minLength: 1, maxLength: 30, size: "max" }), site });
