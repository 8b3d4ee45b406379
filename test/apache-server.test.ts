import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostOf } from "./apache-agreement.ts";
import { difference, understood, type Understood, verdictOf } from "./apache-compare.ts";
import { noServer, type RealServer, type Site, startApache } from "./apache-process.ts";
import type { Sent } from "./loopback.ts";

/** A site, and what is sent to it. */
interface Case {
  readonly name: string;
  readonly site: Site;
  readonly requests: readonly Sent[];
}

const ordinary = { "user-agent": "Mozilla/5.0", accept: "*/*" };

function post(target: string, headers: Readonly<Record<string, string>> = {}): Sent {
  return { method: "POST", target, bytes: 3, headers: { ...ordinary, "content-type": "application/x-www-form-urlencoded", ...headers } };
}

function ask(method: string, target: string): Sent {
  return { method, target, headers: ordinary };
}

const usual: readonly Sent[] = [
  post("/index.php"), ask("GET", "/index.php"), ask("PUT", "/index.php"), ask("OPTIONS", "/index.php"), post("/api.php"), post("/"), ask("GET", "/"),
  post("/static.html"), ask("DELETE", "/static.html"), post("/sub"), post("/sub/"), post("/sub/deep/tool.php"), post("/noindex/"), ask("GET", "/noindex/"), post("/nope"), post("/index.php/more"), post("/static.html/more"),
];

const htaccess: Readonly<Record<string, string>> = {
  nothing: "",
  "limit in requireany": "<RequireAny>\n<Limit POST>\nRequire all denied\n</Limit>\nRequire method GET POST\n</RequireAny>",
  "limit in requireall": "<RequireAll>\nRequire all granted\n<Limit POST>\nRequire all denied\n</Limit>\n</RequireAll>",
  "nested containers": "<RequireAll>\n<RequireAny>\nRequire method GET\nRequire env ok\n</RequireAny>\nRequire all granted\n</RequireAll>\nSetEnvIf Request_URI api ok",
  "requirenone": "<RequireAll>\nRequire all granted\n<RequireNone>\nRequire method POST\nRequire ip 10.0.0.0/8\n</RequireNone>\n</RequireAll>",
  "only negative": "<RequireAll>\nRequire not method PUT\n</RequireAll>",
  "limitexcept twice": "<LimitExcept GET>\n<LimitExcept POST>\nRequire all denied\n</LimitExcept>\n</LimitExcept>",
  "order inside limit": "Order allow,deny\nAllow from all\n<Limit POST>\nOrder deny,allow\nDeny from all\n</Limit>",
  "order mutual failure": "Order mutual-failure\nAllow from 127.0.0.1\nDeny from env=bad\nSetEnvIf Request_Method POST bad",
  "allow by prefix": "Order deny,allow\nDeny from all\nAllow from 127.0",
  "allow by mask": "Order allow,deny\nAllow from 127.0.0.0/255.0.0.0\n<LimitExcept GET>\nDeny from 127.0.0.1\n</LimitExcept>",
  "satisfy any and no user": "AuthType Basic\nAuthName x\nAuthUserFile %F/users\nRequire valid-user\nOrder deny,allow\nDeny from all\nSatisfy Any",
  "satisfy any by address": "AuthType Basic\nAuthName x\nAuthUserFile %F/users\nRequire valid-user\nOrder deny,allow\nDeny from all\nAllow from 127.0.0.1\nSatisfy Any",
  "files in another dialect": "<FilesMatch \"\\.php$\">\nDeny from all\n</FilesMatch>\n<Files index.php>\nRequire all granted\n</Files>",
  "files with wildcard": "<Files \"*.p?p\">\n<LimitExcept GET OPTIONS>\nRequire all denied\n</LimitExcept>\n</Files>",
  "filesmatch of nothing": "Require all denied\n<FilesMatch \"^$\">\nRequire all granted\n</FilesMatch>",
  "if in files": "<Files api.php>\n<If \"%{REQUEST_METHOD} in {'POST', 'PUT'}\">\nRequire all denied\n</If>\n</Files>",
  "if around an index": "<If \"%{REQUEST_URI} =~ m#^/#\">\nRequire method POST\n</If>",
  "files around an index": "<Files \"*\">\nRequire method POST\n</Files>",
  "elseif and else": "<If \"%{REQUEST_METHOD} == 'GET'\">\nRequire all granted\n</If>\n<ElseIf \"%{REQUEST_URI} =~ m#^/api#\">\nRequire all denied\n</ElseIf>\n<Else>\nRedirect 307 /elsewhere\n</Else>",
  "expression with functions": "<If \"tolower(%{REQUEST_METHOD}) == 'post' && ! -z req('Content-Type') && %{REQUEST_URI} -strmatch '/sub/*'\">\nRequire all denied\n</If>",
  "expression ip and number": "<If \"%{REMOTE_ADDR} -ipmatch '127.0.0.0/8' && http('Content-Length') -gt 2 || %{QUERY_STRING} =~ /x/\">\nRequire all denied\n</If>",
  "rewrite last and restart": "RewriteEngine On\nRewriteRule ^a$ b [L]\nRewriteRule ^b$ - [F]\nRewriteRule ^nope$ a [L]",
  "rewrite end": "RewriteEngine On\nRewriteRule ^nope$ index.php [END]\nRewriteRule ^index\\.php$ - [F]",
  "rewrite without last": "RewriteEngine On\nRewriteRule ^nope$ api.php\nRewriteRule ^api\\.php$ - [F]",
  "rewrite absolute then relative": "RewriteEngine On\nRewriteRule ^nope$ /api.php\nRewriteRule ^api\\.php$ - [F]",
  "rewrite base": "RewriteEngine On\nRewriteBase /sub/\nRewriteRule ^nope$ index.php [L]\nRewriteRule ^api\\.php$ deep/tool.php [L]",
  "rewrite chain": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} POST\nRewriteRule ^(.*)$ - [C]\nRewriteRule ^api - [F,C]\nRewriteRule ^ - [G]\nRewriteRule ^static - [R=405]",
  "rewrite skip": "RewriteEngine On\nRewriteRule ^api - [S=2]\nRewriteRule ^index - [F]\nRewriteRule ^api - [G]\nRewriteRule ^static - [F]",
  "rewrite next": "RewriteEngine On\nRewriteRule ^(.*)a(.*)$ $1b$2 [N]\nRewriteRule ^bpi\\.php$ - [F]",
  "rewrite loop": "RewriteEngine On\nRewriteRule ^(sub.*)$ x/$1 [L]",
  "rewrite query": "RewriteEngine On\nRewriteCond %{QUERY_STRING} (^|&)block=1\nRewriteRule ^ - [F]\nRewriteRule ^nope$ index.php?block=1 [L]\nRewriteRule ^api\\.php$ index.php?x=1 [QSA,L]",
  "rewrite query discard": "RewriteEngine On\nRewriteCond %{QUERY_STRING} .\nRewriteRule ^api\\.php$ index.php [QSD,L]\nRewriteCond %{QUERY_STRING} ^$\nRewriteRule ^index\\.php$ - [R=409]",
  "rewrite capture of cond": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} ^(P)(OS|U)T$\nRewriteRule ^(index|api)\\.php$ /%1-$1 [R=307,L]",
  "rewrite env": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} =POST\nRewriteRule ^ - [E=kind:writes]\nRewriteCond %{ENV:kind} ^writes$\nRewriteRule ^api - [F]",
  "rewrite redirect goes on": "RewriteEngine On\nRewriteRule ^api\\.php$ http://other.test/x [R=301]\nRewriteRule ^nope$ - [F]",
  "rewrite redirect in a later rule": "RewriteEngine On\nRewriteRule ^(.*)\\.php$ $1.asp\nRewriteRule ^(.*)\\.asp$ /gone/$1 [R=308,L]",
  "rewrite files exist": "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule ^(.*)$ index.php?url=$1 [QSA,L]",
  "rewrite of path info": "RewriteEngine On\nRewriteRule ^index\\.php/more$ - [F]\nRewriteRule ^static\\.html/(.*)$ api.php/$1 [L]",
  "rewrite negated pattern": "RewriteEngine On\nRewriteRule !^(index\\.php|sub/?.*)$ - [F]",
  "rewrite cond compares": "RewriteEngine On\nRewriteCond %{HTTP:Content-Length} -ge 3\nRewriteCond %{REQUEST_URI} !=/api.php\nRewriteRule ^ - [F]",
  "rewrite by client": "RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} ^(curl|wget) [NC]\nRewriteRule ^(api|index) - [F]\nRewriteCond %{HTTP_USER_AGENT} ^-?$\nRewriteRule ^static - [F]",
  "rewrite by referer": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} =POST\nRewriteCond %{HTTP_REFERER} !^https?://([^/]+\\.)?own\\.test [NC]\nRewriteRule ^index - [R=403]\nRewriteCond %{HTTP_REFERER} ^$\nRewriteRule ^api http://other.test/ [R=301,L]",
  "rewrite by content type": "RewriteEngine On\nRewriteCond %{HTTP:Content-Type} !^application/x-www-form-urlencoded\nRewriteCond %{REQUEST_METHOD} POST\nRewriteRule ^ - [R=415]",
  "headers taken away": "RequestHeader unset Content-Type\nRequestHeader set X-Added yes\n<Files api.php>\nRequestHeader unset Content-Length\nRequestHeader unset Cookie\n</Files>",
  "credentials for programs": "<Files api.php>\nCGIPassAuth On\n</Files>\n<Files index.php>\nSetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1\n</Files>",
  "rewrite or chain": "RewriteEngine On\nRewriteCond %{REQUEST_URI} api [OR]\nRewriteCond %{REQUEST_URI} static [OR]\nRewriteCond %{REQUEST_URI} nope\nRewriteCond %{REQUEST_METHOD} POST\nRewriteRule ^ - [F]",
  "rewrite handler": "RewriteEngine On\nRewriteRule ^api\\.php$ - [H=default-handler]\nAcceptPathInfo Off",
  "rewrite in files": "RewriteEngine On\n<FilesMatch \"^(api|tool)\\.php$\">\nRewriteCond %{REQUEST_METHOD} POST\nRewriteRule ^ - [G]\n</FilesMatch>\nRewriteRule ^static - [F]",
  "redirect after rewrite": "RewriteEngine On\nRewriteRule ^api\\.php$ index.php [L]\nRedirect 302 /api.php /x\nRedirectMatch 410 ^/nope$\nRedirect gone /noindex",
  "redirect by prefix": "Redirect 308 /sub /other\nRedirectPermanent /api.php http://h.test/\nRedirectTemp /nope /x",
  "redirect match with groups": "RedirectMatch permanent ^/(s[^/]*)/(.*)$ /$2/$1",
  "error page is a program": "ErrorDocument 403 /api.php\n<Files index.php>\nRequire all denied\n</Files>",
  "error page elsewhere": "ErrorDocument 404 http://other.test/lost\nErrorDocument 403 /static.html\n<Limit POST>\nRequire all denied\n</Limit>",
  "error page is refused too": "ErrorDocument 403 /index.php\n<FilesMatch \"\\.php$\">\nRequire all denied\n</FilesMatch>",
  "index in another place": "DirectoryIndex /api.php\nDirectorySlash Off",
  "index refused": "<Files index.php>\n<Limit GET>\nRequire all denied\n</Limit>\n</Files>",
  "index refused for post": "<Files index.php>\n<Limit POST>\nRequire all denied\n</Limit>\n</Files>",
  "index by rewrite": "RewriteEngine On\nRewriteRule ^$ api.php [L]\nRewriteRule ^api\\.php$ - [F]",
  fallback: "FallbackResource /index.php",
  "fallback refused": "FallbackResource /api.php\n<Files api.php>\nRequire all denied\n</Files>",
  "handlers removed": "RemoveHandler .php\nAcceptPathInfo On",
  "handler forced": "<FilesMatch \"^(api\\.php|noindex|nope|sub)?$\">\nSetHandler cgi-script\n</FilesMatch>",
  "no programs": "Options -ExecCGI",
  "body limit": "LimitRequestBody 2\n<Files api.php>\nLimitRequestBody 0\n</Files>",
  "env of headers": "SetEnvIfNoCase ^X-Te.* yes flagged\nBrowserMatch Moz moz\n<RequireAll>\nRequire env moz\nRequire not env flagged\n</RequireAll>",
  "env taken back": "SetEnvIf Request_Method POST bad\nSetEnvIf Request_URI api !bad\nOrder allow,deny\nAllow from all\nDeny from env=bad",
  "env of env": "SetEnvIf Request_Method ^(PO)ST$ first=$1\nSetEnvIf first PO second\n<If \"-n reqenv('second')\">\nRequire all denied\n</If>",
  "broken options": "Options +Indexes FollowSymLinks",
  "broken order": "Order deny, allow",
  "broken flags": "RewriteEngine On\nRewriteRule ^ - [F, L]",
  "broken regex flags": "RewriteEngine On\nRewriteRule ^x - [Q]",
  "broken require": "Require all granted # comment",
  "broken only when read": "<IfModule MOD_REWRITE.C>\nRewritEngine On\n</IfModule>\n<IfModule !mod_rewrite.c>\nRewritEngine On\n</IfModule>",
  "same level": "Require all granted\n<Limit POST>\nRequire all denied\n</Limit>",
  "files undo a limit": "<Limit POST>\nRequire all denied\n</Limit>\n<FilesMatch \"\\.php$\">\nRequire all granted\n</FilesMatch>",
  "limit and head": "<Limit GET>\nRequire all denied\n</Limit>",
  "limitexcept": "<LimitExcept GET HEAD>\nDeny from all\n</LimitExcept>",
  "limit, not of access": "<Limit GET>\nLimitRequestBody 2\nRewriteEngine On\nRewriteRule ^nope$ - [F]\n</Limit>",
  "limit without effect": "<Limit GET POST>\norder deny,allow\ndeny from all\nallow from all\n</Limit>",
  "limit only grants": "<Limit GET>\nRequire all granted\n</Limit>",
  "broken lower case": "<Limit post>\nRequire all denied\n</Limit>",
  "broken comma": "<LimitExcept GET,POST>\nRequire all denied\n</LimitExcept>",
  "broken nesting": "<Limit GET>\n<Limit POST>\nRequire all denied\n</Limit>\n</Limit>",
  "broken trace": "<Limit TRACE>\nRequire all denied\n</Limit>",
  "broken allowmethods": "AllowMethods GET POST",
  "broken location": "<Location /api.php>\nRequire all granted\n</Location>",
  "broken include": "Include more.conf",
  "broken proxy": "ProxyPass /p http://127.0.0.1:9/",
  "broken mark": "\uFEFF# only a comment\n",
  "broken section": "<Files api.php>\nRequire all granted",
  "broken cond comment": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} POST # no writes\nRewriteRule ^ - [F]",
  "broken cond flags": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} POST [NC, OR]\nRewriteRule ^ - [F]",
  "broken mix of options": "Options Indexes -ExecCGI",
  "broken order of options": "Options ExecCGI All",
  "options taken away": "Options All -ExecCGI",
  "options added": "Options None +ExecCGI +FollowSymLinks",
  "broken misspelt": "RewritEngine On",
  "comments that are read over": "<Limit POST> # writes\nRequire all denied\n</Limit> # end\nRewriteEngine On\nRewriteRule ^nope - [F] # gone",
  "comment goes on": "# off \\\nRequire all denied",
  "line ends of old": "# one\rRequire all denied\r",
  "line ends of windows": "<Limit POST>\r\nRequire \\\r\nall denied\r\n</Limit>\r\n",
  "order alone": "Order allow,deny",
  "order and both": "Order deny,allow\nDeny from all\nAllow from all\n<Files api.php>\nOrder allow,deny\nDeny from all\nAllow from all\n</Files>",
  "both dialects in one place": "Require all granted\nDeny from all",
  "both dialects, one is enough": "Require all denied\nAllow from all\nSatisfy Any",
  "require method": "Require method GET",
  "require expr": "Require expr \"%{REQUEST_METHOD} != 'POST'\"",
  "require local": "<Limit POST>\nRequire local\n</Limit>\n<Files api.php>\n<Limit POST>\nRequire ip 10\n</Limit>\n</Files>",
  "user without a kind": "<LimitExcept GET>\nRequire valid-user\n</LimitExcept>",
  "rewriting without links": "Options -FollowSymLinks -SymLinksIfOwnerMatch\nRewriteEngine On\nRewriteRule ^never$ - [F]",
  "rewrite cond forms": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} !^(GET|HEAD)$\nRewriteCond %{THE_REQUEST} ^POST\nRewriteRule ^api - [R=405]\nRewriteCond expr \"%{REQUEST_METHOD} == 'POST'\"\nRewriteRule ^static - [G]",
  "rewrite or at the end": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} =POST [OR]\nRewriteRule ^api - [F]",
  "rewrite without a condition": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} =PUT\nRewriteRule ^api - [G]\nRewriteRule ^index - [F]",
  "rewrite with a slash": "RewriteEngine On\nRewriteRule ^/api - [F]\nRewriteRule ^/?static - [F]",
  "rewrite engine late": "RewriteRule ^api - [F]\nRewriteEngine Off\nRewriteEngine On",
  "words after a switch": "RewriteEngine On # the rules of the shop\nRewriteRule ^api - [F]",
  "words after a path": "AuthUserFile /srv/users # of the shop",
  "rewrite for get only": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} =GET\nRewriteRule ^nope$ index.php [L]",
  "rewrite to https": "RewriteEngine On\nRewriteCond %{HTTPS} off\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]",
  "rewrite guarded": "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} !POST\nRewriteRule ^api\\.php$ /other [R=301,L]",
  "redirect by condition": "<If \"%{REQUEST_METHOD} == 'POST'\">\nRedirect 303 /api.php /x\n</If>",
  "if syntax": "<If \"%{REQUEST_METHOD} = POST\">\nRequire all denied\n</If>",
  "deny programs": "<FilesMatch \"\\.php$\">\nRequire all denied\n</FilesMatch>\n<Files api.php>\nRequire all granted\n</Files>",
  "path info off": "AcceptPathInfo Off",
  "no index": "DirectoryIndex disabled",
  "index by redirect": "DirectoryIndexRedirect On",
  "handler taken back": "SetHandler None",
  "handler of files": "<FilesMatch \"\\.php$\">\nSetHandler default-handler\n</FilesMatch>",
  "rules without links": "Options None\nRewriteEngine On\nRewriteRule ^nope$ index.php [L]",
  "rules with links of one's own": "Options -FollowSymLinks +SymLinksIfOwnerMatch\nRewriteEngine On\nRewriteRule ^nope$ index.php [L]",
  "user without a type": "<LimitExcept GET>\nRequire valid-user\n</LimitExcept>",
  "user without a name": "AuthType Basic\nAuthUserFile /dev/null\nRequire valid-user",
  "front controller shut": "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]\n<FilesMatch \"\\.php$\">\nRequire all denied\n</FilesMatch>",
  "redirects that refuse": "Redirect gone /api.php\nRedirectMatch 405 ^/sub\nRedirect 403 /static.html",
  "version and module": "<IfVersion >= 2.4>\n<IfModule authz_core_module>\n<LimitExcept GET>\nRequire all denied\n</LimitExcept>\n</IfModule>\n</IfVersion>\n<IfVersion < 2.4.10>\nRewritEngine On\n</IfVersion>",
};

const below: Readonly<Record<string, readonly [string, string]>> = {
  "child replaces require": ["Require all denied", "Require all granted"],
  "child replaces only access lists": ["Deny from all", "Require all granted"],
  "child takes back deny": ["Order deny,allow\nDeny from all", "Allow from all"],
  "child merges with and": ["<LimitExcept GET>\nRequire all denied\n</LimitExcept>", "AuthMerging And\nRequire all granted"],
  "child merges with or": ["Require all denied", "AuthMerging Or\nRequire method POST"],
  "child switches rewriting off": ["RewriteEngine On\nRewriteRule ^ - [F]", "RewriteEngine Off"],
  "child has rules of its own": ["RewriteEngine On\nRewriteRule ^ - [F]", "RewriteRule ^deep - [G]"],
  "child inherits": ["RewriteEngine On\nRewriteRule tool - [F]", "RewriteEngine On\nRewriteOptions Inherit\nRewriteRule ^index - [G]"],
  "child inherits before": ["RewriteEngine On\nRewriteRule ^index - [F]", "RewriteEngine On\nRewriteOptions InheritBefore\nRewriteRule ^index - [G]"],
  "child rewrites up": ["", "RewriteEngine On\nRewriteRule ^deep/(.*)$ /api.php [L]"],
  "parent front controller": ["RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]", "<Limit POST>\nRequire all denied\n</Limit>"],
  "parent files": ["<Files index.php>\nRequire all denied\n</Files>", "Require all granted"],
  "child is broken": ["", "RewritEngine On"],
};

const server: Readonly<Record<string, string>> = {
  "location over directory": "<Location /sub>\n<Limit POST>\nRequire all denied\n</Limit>\n</Location>\n<Directory %R/sub>\nRequire all granted\n</Directory>",
  "location with slash": "<Location /sub/>\nRequire all denied\n</Location>",
  "location pattern": "<Location \"/s*/*.php\">\nRequire all denied\n</Location>\n<LocationMatch \"^/(api|nope)\">\nAllowMethods GET\n</LocationMatch>",
  "directory pattern": "<Directory %R/s*>\nRequire all denied\n</Directory>\n<DirectoryMatch \"/deep/\">\nRequire all granted\n</DirectoryMatch>",
  "methods merge": "<Directory %R>\nAllowMethods GET POST\n</Directory>\n<Directory %R/sub>\nAllowMethods reset\n</Directory>\n<Files api.php>\nAllowMethods GET\n</Files>",
  alias: "Alias /content %R/sub\n<Directory %R/sub>\n<LimitExcept GET>\nRequire all denied\n</LimitExcept>\n</Directory>\n",
  "server redirects": "Redirect 301 /api.php /x\nRedirectMatch 404 ^/static\n<Location /sub>\nRedirect 307 http://h.test/y\n</Location>",
  "redirects behind a proxy": "Redirect 302 /p/ /x/\nRedirectMatch 403 ^/static\nProxyPass /p/ http://127.0.0.1:%P/\nProxyPass /sub/deep !\nRedirect 301 /sub/deep /y\n<Location /p/index.php/more>\nRedirect 308 /z\n</Location>",
  "error page by proxy": "ErrorDocument 404 /p/index.php\nErrorDocument 403 /index.php\nProxyPass /p/ http://127.0.0.1:%P/\nRewriteEngine On\nRewriteRule ^/api - [F]",
  "proxy shut": "ProxyPass /p/ http://127.0.0.1:%P/\n<Proxy *>\nOrder deny,allow\nDeny from all\n</Proxy>",
  "server rewriting": "RewriteEngine On\nRewriteRule ^/nope$ /api.php [L]\nRewriteRule ^/api\\.php$ - [F]\nRewriteRule ^/static\\.html$ /index.php [PT]",
  "server rewriting to a file": "RewriteEngine On\nRewriteRule ^/nope$ %R/index.php [L]\nRewriteRule ^/noindex/$ %{DOCUMENT_ROOT}/api.php\n<Location /nope>\n<Limit PUT>\nRequire all denied\n</Limit>\n</Location>",
  "server front controller": "RewriteEngine On\nRewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f\nRewriteRule ^ /index.php [L]\n<Files index.php>\n<Limit DELETE>\nRequire all denied\n</Limit>\n</Files>",
  proxied: "ProxyPass /api.php !\nProxyPass /p/ http://127.0.0.1:%P/\nProxyPass /sub/ http://127.0.0.1:%P/sub/\n<Directory %R>\nRequire all denied\n</Directory>\n<Location /sub/deep>\nRequire all denied\n</Location>\n<Proxy *>\nRequire method GET POST\n</Proxy>",
  macro: "<Macro Only $path $methods>\n<Location $path>\n<LimitExcept $methods>\nRequire all denied\n</LimitExcept>\n</Location>\n</Macro>\nUse Only /api.php \"GET HEAD\"\nUse Only /sub POST",
  "defined": "Define WRITES \"PUT POST\"\n<Location /sub>\n<Limit ${WRITES}>\nRequire all denied\n</Limit>\n</Location>",
  "if of the server": "<If \"%{REQUEST_METHOD} == 'POST' && %{REQUEST_URI} != '/index.php'\">\nRequire all denied\n</If>\n<Location />\nRequire all granted\n</Location>",
  "trace off": "TraceEnable off",
  "no overrides": "<Directory %R/sub>\nAllowOverride None\n</Directory>",
};

const cases: readonly Case[] = [
  ...Object.entries(htaccess).map(([name, text]): Case => ({ name, site: { files: { ".htaccess": text } }, requests: [...usual, post("/index.php?block=1&x=2"), post("/api.php", { "x-test": "yes" }), post("/api.php", { authorization: "Basic dTpw" }), post("/index.php", { authorization: "Basic dTpw", cookie: "s=1" }), post("/index.php", { "user-agent": "curl/8.0" }), post("/index.php", { referer: "http://evil.test/" }), post("/api.php", { referer: "https://www.own.test/x" }), post("/index.php", { "content-type": "application/json" })] })),
  ...Object.entries(below).map(([name, [parent, child]]): Case => ({ name, site: { files: { ".htaccess": parent, "sub/.htaccess": child } }, requests: [...usual, post("/sub/index.php"), ask("GET", "/sub/index.php"), post("/sub/deep/nope")] })),
  ...Object.entries(server).map(([name, text]): Case => ({ name, site: { server: text, files: { "sub/.htaccess": "" } }, requests: [...usual, post("/content/index.php"), ask("GET", "/content/index.php"), post("/p/index.php"), post("/sub/index.php/more"), ask("TRACE", "/")] })),
];

describe.skipIf(noServer !== null)(`a real Apache (${noServer ?? "started on loopback"})`, () => {
  let running: RealServer | null = null;

  beforeAll(async () => {
    running = await startApache(new Map(cases.map(({ site }, index) => [index, site])));
  }, 60_000);

  afterAll(async () => {
    await running?.stop();
  });

  test.each(cases.map((one, index) => [one.name, one, index] as const))("agrees: %s", { timeout: 30_000 }, async (_, { site, requests }, index) => {
    const real = running;
    if (real === null) throw new Error("the server runs");
    const known: Understood = understood(site, index, real);
    const differences: string[] = [];
    for (const sent of requests) {
      const verdict = verdictOf(known, `c${index}.test`, sent, real.port);
      const found = difference(verdict, sent, await real.send(hostOf(index, real.port), sent));
      if (verdict.outcome === "unknown") differences.push(`${sent.method} ${sent.target} is left open`);
      if (found !== null) differences.push(`${sent.method} ${sent.target}: the server says ${JSON.stringify(found.seen)}, the interpreter ${JSON.stringify(found.expected)} (${verdict.ending.by?.because[0].note ?? "nothing decides"})`);
    }
    expect(differences).toEqual([]);
  });
});
