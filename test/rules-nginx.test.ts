import { describe, expect, it } from "vitest";
import { findingsIn, loadText, mark, marked } from "./rule-tester.ts";

const app = "proxy_pass http://127.0.0.1:8080;";

/** Marked text: what must be found for certain, and nothing else above a note. */
const bad: Readonly<Record<string, string>> = {
  "a ban in front of a place for writes is shown there": `server {
  if ($request_method !~ ^(GET|HEAD)$) { return 405; }
#                                        ~~~~~~~~~~ method-denied
  location / { ${app} }
  location /contact { ${app} }
}`,
  "so is one that a pattern names": `server {
  if ($request_method = POST) { return 403; }
#                               ~~~~~~~~~~ method-denied
  location / { ${app} }
  location ~ ^/(?:login|logout)$ { ${app} }
}`,
  "behind what refuses all other hosts": `server {
  listen 80 default_server;
  if ($http_host !~ 'shop[.]example$') { return 444; }
  if ($host != admin.shop.example) { return 403; }
  location /api/ { limit_except GET { deny all; } ${app} }
#                  ~~~~~~~~~~~~~~~~ limit-excludes-post
}`,
  "a Referer asked for in front of a place that programs call": `server {
  server_name shop.example;
  valid_referers server_names;
  if ($invalid_referer) { return 403; }
#                         ~~~~~~~~~~ referer-required
  location / { ${app} }
  location /webhooks/stripe { ${app} }
}`,
  "one among many that nobody should ask for, where WordPress shows": `server {
  root /srv/wordpress;
  location / { try_files $uri /index.php$is_args$args; }
  location ~* /(?:readme\\.html|license\\.txt|install\\.php|setup\\.php|config\\.php|shell\\.php|wp-config\\.php|wp-comments-post\\.php|wp-mail\\.php)$ { deny all; }
#                                                                                                                                                ~~~~~~~~ endpoint-closed
  location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; }
}`,
  "one among many words, where WordPress shows": `server {
  if ($request_uri ~* "(?:eval|base64_|admin-ajax|setup-config)") { return 403; }
#                                                                   ~~~~~~~~~~ endpoint-closed
  location / { try_files $uri /index.php$is_args$args; }
  location ^~ /wp-content/uploads/ { expires 30d; }
  location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; }
}`,
  "a server that was put beside the http block": `server {
  location /api/ {
    limit_except GET { deny all; }
#   ~~~~~~~~~~~~~~~~ limit-excludes-post
    ${app}
  }
}
http { client_max_body_size 10m; }`,
  "a snippet that does not say who answers": `location ~ ^/wp-json/ {
  limit_except GET { deny all; }
# ~~~~~~~~~~~~~~~~ limit-excludes-post
}`,
  "a place that other sites may post to has no application": `server {
  root /srv/www;
  location / { ${app} }
  location /questions/ { add_header Access-Control-Allow-Methods "POST, OPTIONS"; }
# ~~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
}`,
  "preflights that announce the type of a body": `server {
  location /greeter/ {
    if ($request_method = OPTIONS) { return 405; }
#                                    ~~~~~~~~~~ preflight-refused
    add_header Access-Control-Allow-Headers "content-type,x-grpc-web";
    ${app}
  }
}`,
  "a template decides about one rule, and another is sure": `server {
  {% if read_only %}
  if ($request_method !~ ^(GET|HEAD)$) { return 403; }
  {% endif %}
  location /api/ {
    limit_except GET { deny all; }
#   ~~~~~~~~~~~~~~~~ limit-excludes-post
    ${app}
  }
}`,
  "an application that is asked for files only": `server {
  location / { ${app} }
  location /submit {
    try_files $uri =404;
#   ~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
    ${app}
  }
}`,
  "a list of writes without POST": `server {
  if ($request_method !~ ^(GET|HEAD|PUT|PATCH|DELETE|OPTIONS)$) { return 405; }
#                                                                 ~~~~~~~~~~ method-denied
  location / { ${app} }
}`,
  "what says how to read a body": `server {
  location /api/ {
    proxy_set_header Content-Type "";
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    ${app}
  }
}`,
  "a path that goes back and forth between two schemes": `server {
  listen 80;
  location / { ${app} }
}
server {
  listen 443 ssl;
  if ($args ~* (do=show|^$)) { rewrite ^ http://$host$request_uri? redirect; }
#                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ redirect-drops-body
  location / { ${app} }
}`,
  "an address whose new one ends like it": `server {
  location /orders {
    return 301 https://$host/v2$request_uri;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ redirect-drops-body
  }
  location / { ${app} }
}`,
  "a limit that a form exceeds, though nothing else speaks of writes": `server {
  client_max_body_size 1k;
# ~~~~~~~~~~~~~~~~~~~~~~~ body-limit-too-small
  location / { ${app} }
}`,
  "an error in front of all places": `server {
  location / { ${app} }
  location /api/ { ${app} }
  return 503;
# ~~~~~~~~~~ endpoint-closed
}`,
  "the way to git": `server {
  location ~ ^/[^/]+/git-upload-pack$ {
    limit_except GET { deny all; }
#   ~~~~~~~~~~~~~~~~ limit-excludes-post
    ${app}
  }
}`,
};

/** Nothing at all is said about these, not even that it is possible. */
const silent: Readonly<Record<string, string>> = {
  "a name that a script replaces, where the path of an error page belongs":
    'server { listen 80; root /www; error_page 404 "SITE_PATH"; location / { try_files $uri =404; } location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; } }',
  "a site of files, whatever its folders are called": "server { root /srv/docs; location / { try_files $uri $uri/ =404; } location /api/ { alias /srv/docs/api/; } }",
  "a site of files beside an application": `server { server_name docs.example; root /srv/docs; location /api/ { limit_except GET { deny all; } } } server { server_name app.example; location / { ${app} } }`,
  "files that no place takes, though the server is called after its writes": `server { server_name api.example; location /v1/ { ${app} } }`,
  "an answer that the configuration has ready": `server { location / { ${app} } location = /version { if ($request_method = POST) { return 405; } return 200 "1.2"; } }`,
  "another answer for some, without an application": 'server { location = /ok { if ($http_user_agent ~ MSIE) { rewrite ^(.*)$ /msie/$1 break; } return 200; } location / { proxy_pass http://127.0.0.1:8080; } }',
  "the bare name of a folder, which leads into it": `server { location = /tools { return 303 /tools/list; } location /tools/ { ${app} } }`,
  "a limit that nobody reaches who means well": `limit_req_zone $binary_remote_addr zone=a:1m rate=10r/s; limit_conn_zone $binary_remote_addr zone=c:1m; server { location /api/ { limit_req zone=a burst=20; limit_conn c 10; ${app} } }`,
  "a burst for all that a page loads": `limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; server { location / { limit_req zone=a burst=30; ${app} } }`,
  "a burst for all that a page asks of its API": `limit_req_zone $binary_remote_addr zone=a:1m rate=60r/m; server { location /api/ { limit_req zone=a burst=10 nodelay; ${app} } }`,
  "where people sign in and do nothing else": `limit_req_zone $binary_remote_addr zone=a:1m rate=5r/m; server { location = /api/login { limit_req zone=a burst=3 nodelay; ${app} } location /login { limit_req zone=a burst=5; ${app} } }`,
  "some tries a minute where one thing is asked for": `limit_req_zone $binary_remote_addr zone=a:1m rate=10r/m; server { location /metrics { limit_req zone=a burst=5 nodelay; ${app} } }`,
  "a small burst at a rate that makes up for it": `limit_req_zone $binary_remote_addr zone=a:1m rate=5r/s; server { location / { limit_req zone=a burst=5; ${app} } }`,
  "a small burst where one thing is asked for": `limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; server { location /search/ { limit_req zone=a burst=5; ${app} } location = /contact { limit_req zone=a burst=5; ${app} } location /login { limit_req zone=a burst=5; ${app} } }`,
  "a few connections for each address": `limit_conn_zone $binary_remote_addr zone=c:1m; server { location / { limit_conn c 5; ${app} } }`,
  "a small burst for files": `limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; server { root /srv/docs; location / { limit_req zone=a burst=5; } }`,
  "who guesses passwords": `limit_req_zone $binary_remote_addr zone=a:1m rate=10r/m; server { location /login { limit_req zone=a burst=5; ${app} } }`,
  "refusals that are for files and folders": `server { location /api/ { ${app} } location ~ /\\.(?!well-known) { deny all; } location ~* \\.(?:bak|sql|sh)$ { deny all; } }`,
  "a place of its own that is closed": `server { location /api/ { ${app} } location /admin { deny all; } location ~ ^/publish { deny all; } }`,
  "a list of hosts in the Referer": `map $http_referer $bad { default 0; "~*^https?://[^/]*casino" 1; } server { if ($bad) { return 403; } location / { ${app} } }`,
  "the default limit where everything is refused": `server { root /srv; error_page 403 = /403.php; location /upload/ { deny all; } location ~ \\.php$ { ${app} } }`,
  "a part of a server that shuts what nobody sends forms to": "location ~* /(wp-config\\.php|readme\\.html)$ { deny all; }",
  "an error in front of files": "server { root /srv/docs; location /api/ { alias /srv/docs/api/; } return 503; }",
  "a limit for forms": `server { location /search { client_max_body_size 64k; ${app} } location / { ${app} } }`,
  "an error page, which is no way to a larger limit": `server { error_page 502 /502.html; location /search/ { ${app} } location /storage/ { client_max_body_size 100m; ${app} } }`,
  "uploaded files that other sites may read": `server { location /uploads/ { alias /srv/uploads/; add_header Access-Control-Allow-Origin "*"; add_header Access-Control-Allow-Methods "GET, OPTIONS"; add_header Access-Control-Allow-Headers "Origin, Content-Type"; } location /api/ { ${app} } }`,
  "pictures that an application is asked for": `server { location / { ${app} } location = /favicon.png { root /srv; add_header Access-Control-Allow-Headers "Content-Type"; } }`,
  "attacks by their words": `server { root /srv; if ($uri ~* "eval\\(") { return 403; } location / { try_files $uri /index.php; } location ~ \\.php$ { ${app} } }`,
  "places of which nothing says that they take anything": `server { location = /remote { return 301 https://$host/remote.php$request_uri; } location /blog/ { return 301 https://blog.example/; } location = /tools { return 301 /tools/; } location / { ${app} } }`,
  "scripts that are not on disk": `server { root /srv/www; location / { try_files $uri $uri/ /index.php?$args; } location ~* /wp-content/cache/ { expires 1d; } location ~ [.]php$ { if (!-f $document_root$fastcgi_script_name) { return 404; } fastcgi_pass 127.0.0.1:9000; } location = /wp-login.php { if (!-f $document_root/wp-login.php) { return 404; } fastcgi_pass 127.0.0.1:9000; } }`,
  "the start page": `server { location = / { return 302 /app/; } location /app { ${app} } }`,
  "addresses that only calendars ask for": `server { location = /.well-known/caldav { return 301 /remote.php/dav/; } location / { ${app} } }`,
  "a place that the server itself asks": `server {
  location / { auth_request /oauth2/auth; ${app} }
  location /oauth2/ { ${app} }
  location = /oauth2/auth { proxy_method GET; proxy_pass_request_body off; proxy_set_header Content-Length ""; ${app} }
}`,
  "a place for questions of the server, with a name that a template ends": `server {
  location = /_keys_{{ .Key }} { internal; proxy_method GET; proxy_set_header Content-Length ""; proxy_pass_request_headers off; ${app} }
  location / { ${app} }
}`,
  "scripts that are there": `server {
  root /srv/www;
  location / { try_files $uri $uri/ /index.php?$args; }
  location ~ \\.php$ { try_files $uri =404; fastcgi_pass 127.0.0.1:9000; }
}`,
  "scripts that a block names itself": `server {
  root /srv/www;
  location = / { try_files /bin/index.php /installer.php =404; fastcgi_pass 127.0.0.1:9000; }
  location ~ ^(.+?[.]php)(/.*)?$ { try_files $1 =404; fastcgi_pass 127.0.0.1:9000; }
  location ~ [.]cgi(?:$|/) { fastcgi_split_path_info ^(.+?[.]cgi)(/.*)$; try_files $fastcgi_script_name =404; fastcgi_pass 127.0.0.1:9001; }
}`,
  "a page for those whom a closed place refuses, readers too": `server {
  root /srv/www;
  error_page 403 = /core/told.php;
  location ~ ^/(data|notes) { deny all; }
  location / { try_files $uri $uri/ /index.php; }
  location ~ ^(.+?[.]php)(/.*)?$ { try_files $1 =404; fastcgi_pass 127.0.0.1:9000; }
}`,
  "folders of files before the upload limit": `server {
  location ~ "^/static/[0-9a-f]{8}/(.*)$" { rewrite "^/static/[0-9a-f]{8}/(.*)" /$1 last; }
  location / { client_max_body_size 10m; ${app} }
}`,
};

describe("nginx: found", () => {
  it.each(Object.entries(bad))("%s", (_, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText("nginx", clean)).filter(({ certainty, severity }) => certainty === "certain" && severity !== "note");
    expect(found.map(mark)).toEqual(expected);
  });
});

it("nginx: shows the same redirect of all others beside the one of a host", () => {
  const text = (to: string): string => `server { server_name a.example; if ($host = a.example) { return 301 https://$host$request_uri; } return 301 ${to}; } server { server_name b.example; listen 80 default_server; ${app} }`;
  const related = (to: string): readonly string[] => findingsIn(loadText("nginx", text(to))).flatMap((finding) => finding.related.map(({ note }) => note));
  expect(related("https://$host$request_uri")).toContain("returns the same to all others");
  expect(related("https://b.example$request_uri")).not.toContain("returns the same to all others");
});

it.each([
  ["{% if plain %}\nlisten {{ http }} default_server;\n{% else %}\nlisten {{ https }} default_server ssl;\n{% endif %}", ["possible redirect-drops-body"]],
  ["listen {{ http }} default_server;", []],
])("nginx: of two default servers a template leaves out one: %s", (listens, expected) => {
  const text = `server {\n${listens}\nserver_name $hostname;\nlocation / { ${app} }\n}\n{% if not plain %}\nserver { listen {{ http }} default_server; server_name _; return 301 https://$host$request_uri; }\n{% endif %}`;
  expect(findingsIn(loadText("nginx", text)).map(({ certainty, rule }) => `${certainty} ${rule}`)).toEqual(expected);
});

describe("nginx: silent", () => {
  it.each(Object.entries(silent))("%s", (_, text) => {
    expect(findingsIn(loadText("nginx", text)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});

/** Nothing that an application is known to take is closed. */
const open: Readonly<Record<string, string>> = {
  "names that attackers try, where no such application shows": `server {
  location ~* (?:wp-login|wp-comments-post|xmlrpc)[.]php$ { deny all; }
  location / { ${app} }
}`,
  "what some addresses may ask for": `server {
  root /var/www/wordpress;
  client_max_body_size 1m;
  location = /wp-login.php { allow 198.51.100.0/24; deny all; ${app} }
  location ^~ /wp-json/ { allow 198.51.100.7; deny all; ${app} }
  location / { ${app} }
}`,
  "scripts of an application that is a folder's, and those of one server among several": `server {
  location ~* ^/(?:wp-login|wp-comments-post)[.]php$ { deny all; }
  location /blog/wp-content/ { expires 30d; }
  location / { ${app} }
}
server {
  server_name api.example.org;
  location ~* ^/(?:wp-login|wp-comments-post)[.]php$ { deny all; }
  location / { ${app} }
}
server {
  server_name blog.example.org;
  location /wp-content/ { expires 30d; }
  location / { ${app} }
}`,
  "other scripts of an application that shows": `server {
  location ~* /(?:wp-config|readme|install)[.](?:php|html)$ { deny all; }
  location /wp-content/ { expires 30d; }
  location / { ${app} }
}`,
  "what visitors need, of a site that asks everybody for a password": `server {
  root /var/www/wordpress;
  auth_basic "Staff";
  auth_basic_user_file /etc/nginx/htpasswd;
  location /wp-admin/ { auth_basic "Owner"; ${app} }
  location / { ${app} }
}`,
  "what visitors need, beside a password for the rest of the administration": `server {
  root /var/www/wordpress;
  location /wp-admin/ { auth_basic "Staff"; auth_basic_user_file /etc/nginx/htpasswd; ${app} }
  location = /wp-admin/admin-ajax.php { ${app} }
  location / { ${app} }
}`,
};

describe("nginx: open are the places of an application", () => {
  it.each(Object.entries(open))("%s", (_, text) => {
    expect(findingsIn(loadText("nginx", text)).filter(({ rule, certainty }) => rule === "endpoint-closed" || certainty === "certain")).toEqual([]);
  });
});

/** Possible at most. */
const possible: Readonly<Record<string, string>> = {
  "addresses that only attackers ask for, sent to another site": `server {
  location ~ ^/(wp-login|wp-admin|xmlrpc) { return 301 https://blogs.example/wp-login.php; }
  location / { ${app} }
}`,
  "what visitors of a site send forms to, shut among others by a part of a server": "location ~* /(wp-config\\.php|readme\\.html|wp-comments-post\\.php)$ { deny all; }",
  "words against attackers, with which paths of applications end": `server { location / { ${app} } location ~* (union|select|update|base64) { return 403; } }`,
  "writes for some addresses": `server { location /api/ { limit_except GET HEAD { allow 10.0.0.0/8; deny all; } ${app} } }`,
  "a comment above the condition says that it is meant": `server {
  # Only allow GET and HEAD requests
  if ($request_method !~ ^(GET|HEAD)$) {
    return 405;
  }
  location / { ${app} }
  location /login { ${app} }
}`,
  "a ban of POST alone says nothing about other writes": `server { if ($request_method = POST) { return 405; } location / { ${app} } }`,
  "one thing that is read, replaced and deleted": `server { location /things { limit_except GET PUT DELETE { deny all; } ${app} } }`,
  "the bare name of an API, which leads to a page in it": `server { location = /api { return 302 /api/v2/info; } location /api/ { ${app} } }`,
  "a limit that several behind one address reach": `limit_req_zone $binary_remote_addr zone=a:1m rate=5r/m; server { location /api/auth/ { limit_req zone=a burst=5; ${app} } }`,
  "a limit for files that who sends many reaches": `limit_req_zone $binary_remote_addr zone=a:1m rate=10r/m; server { client_max_body_size 5m; location /upload { limit_req zone=a burst=5 nodelay; ${app} } }`,
  "a limit without a burst": `limit_req_zone $binary_remote_addr zone=a:1m rate=10r/s; server { location /api/ { limit_req zone=a; ${app} } }`,
  "a minute's use of an API, by a pattern": `limit_req_zone $binary_remote_addr zone=a:1m rate=20r/m; server { location ~ ^/api/ { limit_req zone=a burst=10 nodelay; ${app} } }`,
  "a minute's use of an API": `limit_req_zone $binary_remote_addr zone=a:1m rate=30r/m; server { location /api/ { limit_req zone=a burst=10 nodelay; ${app} } }`,
  "a burst that is less than a page loads with its pictures": `limit_req_zone $binary_remote_addr zone=a:1m rate=100r/m; server { location / { limit_req zone=a burst=20 nodelay; ${app} } }`,
  "a burst that is less than a page loads": `limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; server { location / { limit_req zone=a burst=5; ${app} } }`,
  "a burst that is less than a page loads, at once": `limit_req_zone $binary_remote_addr zone=a:1m rate=60r/m; server { location / { limit_req zone=a burst=5 nodelay; ${app} } }`,
  "a burst that is less than a page loads, for a whole server": `limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; server { limit_req zone=a burst=5; location / { ${app} } location /search/ { ${app} } }`,
  "a burst that is less than what an application asks of its API": `limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; server { location /api/ { limit_req zone=a burst=5; ${app} } }`,
  "one connection for each address": `limit_conn_zone $binary_remote_addr zone=c:1m; server { location /api/ { limit_conn c 1; ${app} } }`,
  "a few connections for everybody": `limit_conn_zone $host zone=c:1m; server { limit_conn c 8; location /api/ { ${app} } }`,
  "a rate for everybody": `limit_req_zone $server_name zone=a:1m rate=1r/s; server { server_name a.example; limit_req zone=a burst=30; location /api/ { ${app} } }`,
  "a dot that stands for anything": `server { location / { ${app} } location ~* .(pl|py|sh)$ { return 444; } }`,
  "a word anywhere in the path": `server { location /api/ { ${app} } location ~* (phpmyadmin|mysql|admin) { deny all; } }`,
  "a word anywhere in the path, in a snippet": "location ~* (phpmyadmin|mysql|admin) { deny all; }",
  "a POST with a query that nobody sends": `server { set $a 0; set $b 2; if ($request_method = POST) { set $a 1; } if ($args = /) { set $b 1; } if ($a = $b) { return 444; } location /contact { ${app} } }`,
  "a POST that no browser sends": `server { location /comments { set $a ""; if ($request_method = POST) { set $a P; } if ($http_user_agent = "") { set $a "\${a}A"; } if ($a = PA) { return 403; } ${app} } }`,
  "a page that has moved": `server { location = /login { return 302 /sign-in; } location / { ${app} } }`,
  "a folder whose places hand on": `server { location /api/stock/ { client_max_body_size 16k; location /api/stock/items { ${app} } } }`,
};

describe("nginx: possible", () => {
  it.each(Object.entries(possible))("%s", (_, text) => {
    expect(findingsIn(loadText("nginx", text)).map(({ certainty }) => certainty)).toEqual(["possible"]);
  });
});

/** Marked text: the rule that can tell no method from another, and whether that is more than a note. */
const dead: readonly (readonly [name: string, severity: "note" | "warning", text: string])[] = [
  ["in small letters", "note", `server {
  location /api/ {
    if ($request_method = post) { return 405; }
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~ dead-method-rule
    ${app}
  }
}`],
  ["a list as one text", "note", `server {
  if ($request_method = "PUT,DELETE") { return 405; }
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ dead-method-rule
  location / { ${app} }
}`],
  ["a flag", "note", `server {
  if ($request_method ~ ^(?:put|post)$) { set $write 1; }
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ dead-method-rule
  location / { ${app} }
}`],
  ["below another", "note", `server {
  if ($request_method !~ ^(GET|HEAD|POST)$) { return 405; }
  if ($request_method = DELETE) { return 403; }
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ dead-method-rule
  location / { ${app} }
}`],
  ["refuses everything", "warning", `server {
  location /form {
    if ($request_method !~ ^(get|post)$) { return 405; }
#                                          ~~~~~~~~~~ dead-method-rule
    ${app}
  }
}`],
];

const alive: readonly string[] = [
  `server { if ($request_method ~* ^(put|delete)$) { return 405; } location / { ${app} } }`,
  `server { if ($request_method = PURGE) { return 405; } if ($request_method = MKCALENDAR) { return 405; } location / { ${app} } }`,
  `map $request_method $write { post 1; default 0; } server { location / { ${app} } }`,
  `server { location / { limit_except get head post { deny all; } ${app} } }`,
  `server { if ($request_method = DELETE) { return 405; } if ($request_method !~ ^(GET|HEAD|POST)$) { return 403; } location / { ${app} } }`,
  // The server answers these by itself, before any rule.
  `server { if ($request_method !~ ^(GET|HEAD|POST)$) { return 444; } if ($request_method = CONNECT) { return 444; } location / { ${app} } }`,
  "if ($request_method !~ ^(GET|HEAD|POST)$) { return 444; } if ($request_method ~ ^(?:CONNECT|TRACE)$) { return 444; }",
  `server { if ($http_x_method = post) { return 405; } if ("$request_method:$cookie_a" = "post:1") { return 405; } location / { ${app} } }`,
  // The first may be left out.
  `server { {% if strict %} if ($request_method = DELETE) { return 405; } {% endif %} if ($request_method = DELETE) { return 403; } location / { ${app} } }`,
];

describe("nginx: rules that can tell no method from another", () => {
  it.each(dead)("%s", (_, severity, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText("nginx", clean)).filter(({ certainty }) => certainty === "certain");
    expect(found.map(mark)).toEqual(expected);
    expect(found.map((finding) => finding.severity)).toEqual([severity]);
  });

  it.each(alive)("none: %s", (text) => {
    expect(findingsIn(loadText("nginx", text)).filter(({ rule }) => rule === "dead-method-rule")).toEqual([]);
  });
});

/** What is written, and what the fix makes of it. */
const fixed: readonly (readonly [from: string, to: string])[] = [
  [`server { location /graphql/ { ${app} } }`, `server { location = /graphql { return 307 /graphql/$is_args$args; } location /graphql/ { ${app} } }`],
  [`server {\n  location ^~ /rpc/ { ${app} }\n}`, `server {\n  location = /rpc { return 307 /rpc/$is_args$args; }\n  location ^~ /rpc/ { ${app} }\n}`],
  [
    `server { location /hooks/ { if ($http_origin !~ "^https://a\\.example$") { return 403; } ${app} } }`,
    `server { location /hooks/ { if ($http_origin !~ "^$|^https://a\\.example$") { return 403; } ${app} } }`,
  ],
  [
    `server { location /hooks/ { if ($http_origin != "https://a.example") { return 403; } ${app} } }`,
    `server { location /hooks/ { if ($http_origin !~ "^(https://a\\.example)?$") { return 403; } ${app} } }`,
  ],
  [`server { location /form { if ($request_method !~ ^(GET|HEAD)$ ) { return 405; } ${app} } }`, `server { location /form { if ($request_method !~ ^(GET|HEAD|POST)$ ) { return 405; } ${app} } }`],
  [`server { location /api/ { if ($content_type !~ "^application/json$") { return 415; } ${app} } }`, `server { location /api/ { if ($content_type !~ "^application/json") { return 415; } ${app} } }`],
  [
    `server { server_name a.example; valid_referers server_names; location /hooks/ { if ($invalid_referer) { return 403; } ${app} } }`,
    `server { server_name a.example; valid_referers none server_names; location /hooks/ { if ($invalid_referer) { return 403; } ${app} } }`,
  ],
  ["server { rewrite ^(.*)$ https://a.example$1 permanent; }", "server { return 308 https://a.example$request_uri; }"],
  ["server { rewrite ^/(.*)$ https://a.example/$1 redirect; }", "server { return 307 https://a.example$request_uri; }"],
  ["server { rewrite ^ https://a.example$request_uri? permanent; }", "server { return 308 https://a.example$request_uri; }"],
];

/** Rewrites that are more than another address for everything: no `return` is offered. */
const unfixed: readonly string[] = [
  `server { location "/a b/graphql/" { ${app} } }`,
  `server { location /hooks/ { if ($http_origin = "") { return 403; } ${app} } }`,
  "server { rewrite ^/(.*)$ https://a.example$1 permanent; }",
  "server { rewrite ^/orders/(.*)$ https://a.example/$1 permanent; location / { proxy_pass http://127.0.0.1:8080; } }",
  "server { rewrite ^(.*) https://a.example$1/ permanent; }",
];

describe("nginx: fixes", () => {
  it.each(fixed)("%s", (from, to) => {
    const [finding] = findingsIn(loadText("nginx", from)).filter(({ certainty }) => certainty === "certain");
    const edits = finding?.fix?.edits ?? [];
    expect(edits.reduceRight((text, { at, text: instead }) => text.slice(0, at.start) + instead + text.slice(at.end), from)).toBe(to);
    expect(findingsIn(loadText("nginx", to)).filter(({ certainty }) => certainty === "certain")).toEqual([]);
  });

  it.each(unfixed)("none: %s", (text) => {
    expect(findingsIn(loadText("nginx", text)).map(({ fix }) => fix)).toEqual([undefined]);
  });
});

describe("nginx: a redirect to another scheme or host", () => {
  const found = (to: string): readonly string[] =>
    findingsIn(loadText("nginx", `server { listen 80; server_name shop.example; rewrite ^(.*) ${to} permanent; }\nserver { listen 443 ssl; server_name shop.example; location /api/ { ${app} } }`)).map(({ rule, severity }) => `${severity} ${rule}`);

  it("is the same with a slash at its end and without", () => {
    expect(found("https://shop.example$1/")).toEqual(["note redirect-drops-body"]);
    expect(found("https://www.shop.example$1/")).toEqual(["note redirect-drops-body"]);
    expect(found("https://shop.example$1")).toEqual(["note redirect-drops-body"]);
  });

  it("is found where a server has no name, and another is called localhost", () => {
    const text = `server { listen 80; return 301 https://$host$request_uri; } server { listen 80; server_name localhost; location / { ${app} } }`;
    expect(findingsIn(loadText("nginx", text)).map(({ rule, certainty, witness }) => [rule, certainty, witness?.host])).toEqual([["redirect-drops-body", "certain", "www.example.org"]]);
  });

  it("is more when it only adds a slash", () => {
    expect(found("http://shop.example$1/")).toEqual(["warning slash-redirect-drops-body"]);
  });
});

describe("nginx: lines that had a part in it", () => {
  it("are the files that are not looked for under a condition", () => {
    const text = `server {
  root /srv/www;
  location /api {
    if ($request_method = POST) { add_header X-Posted yes; }
    try_files $uri /index.php$is_args$args;
  }
  location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; }
}`;
    const [finding] = findingsIn(loadText("nginx", text));
    expect(finding?.rule).toBe("try-files-lost-by-if");
    expect(finding?.related.map(({ at }) => text.slice(at.start, at.end))).toContain("try_files $uri /index.php$is_args$args");
  });

  it("are those that give a variable its value", () => {
    const text = `map $request_method $refused {
  default 1;
  GET 0;
}
server {
  location /api/ {
    if ($refused) { return 405; }
    ${app}
  }
}`;
    const [finding] = findingsIn(loadText("nginx", text));
    expect(finding?.related.map(({ at }) => text.slice(at.start, at.end))).toEqual(["if ($refused)", "GET"]);
  });
});
