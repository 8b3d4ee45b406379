import { describe, expect, it } from "vitest";
import type { Finding } from "../src/lint/finding.ts";
import { findingsIn, loadText, mark, marked } from "./rule-tester.ts";

interface Cases {
  /** Marked text: a line of tildes stands under what must be underlined, followed by the rule. Nothing else may be a certain warning. */
  readonly bad: readonly (readonly [format: string, text: string])[];
  /** Texts in which the rule finds nothing certain above a note. */
  readonly good: readonly (readonly [format: string, text: string])[];
  /** Texts in which the rule finds something possible. */
  readonly possible?: readonly (readonly [format: string, text: string])[];
}

const app = "proxy_pass http://127.0.0.1:8080;";

const cases: Readonly<Record<string, Cases>> = {
  "waf-match-too-broad": {
    bad: [],
    possible: [
      ["nginx", `server { server_name shop.example; location /v7/things { if ($http_user_agent = "") { return 403; } ${app} } }`],
      ["htaccess", `RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} ^$\nRewriteRule ^ - [F]`],
      // A word of attacks is a part of an ordinary one.
      ["nginx", `server { server_name shop.example; if ($request_uri ~* "(eval|exec|bash)") { return 444; } location /api/ { ${app} } }`],
      // Where it stands no ordinary path leads.
      ["nginx", `server { server_name shop.example; location /parts { if ($http_user_agent ~* (curl|python|java)) { return 403; } ${app} } }`],
    ],
    good: [
      // Robots alone, and files alone.
      ["nginx", `server { server_name shop.example; location /parts { if ($http_user_agent ~* (AhrefsBot|SemrushBot)) { return 403; } ${app} } }`],
      ["nginx", `server { server_name shop.example; location /parts { if ($http_user_agent = "") { return 403; } root /srv; } }`],
    ],
  },
  "referer-words-too-broad": {
    bad: [],
    possible: [
      ["nginx", `server { if ($http_referer ~* (casino|organic|poker)) { return 403; } location /contact { ${app} } }`],
    ],
    good: [
      // Hosts that are named, and pages that the site itself has to come from.
      ["nginx", `server { if ($http_referer ~* ^https?://[^/]*(casino|organic|poker)) { return 403; } location /contact { ${app} } }`],
      ["nginx", `server { location /contact { if ($http_referer !~ ^https://shop\\.example/) { return 403; } ${app} } }`],
    ],
  },
  "referer-required": {
    bad: [
      ["nginx", `server {
  server_name shop.example;
  location /webhooks/ {
    valid_referers server_names;
    if ($invalid_referer) { return 403; }
#                           ~~~~~~~~~~ referer-required
    ${app}
  }
}`],
      ["nginx", `server {
  location = /payment/callback {
    if ($http_referer = "") { return 444; }
#                             ~~~~~~~~~~ referer-required
    ${app}
  }
}`],
      ["htaccess", `RewriteEngine On
RewriteCond %{HTTP_REFERER} !^https://shop\\.example/
  RewriteRule ^webhooks/ - [F]
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ referer-required`],
      // The test stands in a variable of its own.
      ["nginx", `map $http_referer $foreign { default 1; "~^https://shop\\.example/" 0; }
server {
  location /hooks/ {
    if ($foreign) { return 403; }
#                   ~~~~~~~~~~ referer-required
    ${app}
  }
}`],
    ],
    good: [
      ["nginx", `server { server_name a.example; location /webhooks/ { valid_referers none server_names; if ($invalid_referer) { return 403; } ${app} } }`],
      ["nginx", `server { location /webhooks/ { if ($http_referer ~* "casino") { return 403; } ${app} } }`],
      // Pictures that nobody else should embed.
      ["nginx", `server { location / { ${app} } location ~* \\.(png|jpg)$ { valid_referers server_names; if ($invalid_referer) { return 403; } ${app} } }`],
      ["nginx", `server { location /pictures/ { valid_referers server_names; if ($invalid_referer) { return 403; } ${app} } }`],
      ["htaccess", 'RewriteEngine On\nRewriteCond %{HTTP_REFERER} !^$\nRewriteCond %{HTTP_REFERER} !^https://a\\.example/\nRewriteRule \\.(png|jpg)$ - [F]'],
    ],
    possible: [["nginx", `server { server_name a.example; location /api/ { valid_referers server_names; if ($invalid_referer) { return 403; } ${app} } }`]],
  },
  "origin-refused": {
    bad: [
      ["nginx", `server {
  location /hooks/build {
    if ($http_origin !~ "^https://a\\.example$") { return 403; }
#                                                 ~~~~~~~~~~ origin-refused
    ${app}
  }
}`],
    ],
    good: [
      ["nginx", `server { location /hooks/build { if ($http_origin !~ "^(https://a\\.example)?$") { return 403; } ${app} } }`],
      ["nginx", `server { location /hooks/build { if ($http_origin ~ "evil") { return 403; } ${app} } }`],
      // Only decides which headers are sent back.
      ["nginx", `server { location /hooks/build { if ($http_origin ~ "a\\.example$") { add_header Access-Control-Allow-Origin $http_origin; } ${app} } }`],
    ],
    possible: [["nginx", `server { location /api/ { if ($http_origin !~ "^https://a\\.example$") { return 403; } ${app} } }`]],
  },
  "content-type-refused": {
    bad: [
      ["nginx", `server {
  location /api/ {
    if ($content_type !~ "^application/json$") { return 415; }
#                                                ~~~~~~~~~~ content-type-refused
    ${app}
  }
}`],
      ["nginx", `map $content_type $known { default 0; application/json 1; application/x-www-form-urlencoded 1; }
server {
  location / {
    if ($known = 0) { return 415; }
#                     ~~~~~~~~~~ content-type-refused
    ${app}
  }
}`],
      ["htaccess", `RewriteEngine On
RewriteCond %{HTTP:Content-Type} !^application/json$
  RewriteRule ^api/ - [R=415,L]
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ content-type-refused`],
      ["modsecurity", `SecRuleEngine On
SecRule REQUEST_HEADERS:Content-Type "!@streq application/json" "id:9,phase:1,deny,status:415"`],
    ],
    good: [
      ["nginx", `server { location /api/ { if ($content_type !~ "^application/json") { return 415; } ${app} } }`],
      ["nginx", `server { location /api/ { if ($http_content_type ~ "multipart") { return 415; } ${app} } }`],
      // An API that takes neither of the two in any spelling.
      ["nginx", `server { location /api/ { if ($content_type != "application/vnd.api+json") { return 415; } ${app} } }`],
      ["nginx", `server { location /api/ { if ($http_x_kind != "a") { return 415; } ${app} } }`],
    ],
  },
  "address-list-refuses-clients": {
    bad: [
      ["nginx", `server {
  allow 10.0.0.0/8;
  deny all;
# ~~~~~~~~ address-list-refuses-clients
  location /webhooks/payment { ${app} }
}`],
      ["nginx", `server {
  location /github-webhook/ {
    allow 127.0.0.1;
    allow 192.168.0.0/16;
    deny all;
#   ~~~~~~~~ address-list-refuses-clients
    ${app}
  }
}`],
      ["kong", `_format_version: "3.0"
services:
  - name: pay
    url: http://pay.internal
    routes:
      - name: webhooks
        paths: [/webhooks]
        plugins:
          - name: ip-restriction
            config:
              allow: [10.0.0.0/8]
#                    ~~~~~~~~~~~~ address-list-refuses-clients`],
    ],
    good: [
      ["nginx", `server { location / { ${app} } location /admin/ { allow 10.0.0.0/8; deny all; ${app} } }`],
      ["nginx", `server { location / { ${app} } location ~ /\\.git { deny all; } location /status { allow 127.0.0.1; deny all; ${app} } }`],
      // The ranges that a sender publishes.
      ["nginx", `server { location /webhooks/github { allow 140.82.112.0/20; allow 10.0.0.0/8; deny all; ${app} } }`],
      ["nginx", `server { location /webhooks/payment { deny 192.0.2.4; allow all; ${app} } }`],
      ["nginx", `server { location /webhooks/payment {\n# only allow the office\nallow 10.0.0.0/8; deny all; ${app} } }`],
      ["htaccess", "<Files .htaccess>\nRequire all denied\n</Files>"],
    ],
    possible: [
      ["nginx", `server { location /api/ { allow 10.0.0.0/8; deny all; ${app} } }`],
      ["nginx", `server { location /webhooks/payment { deny all; ${app} } }`],
    ],
  },
  "deny-shadows-allow": {
    bad: [
      ["nginx", `server {
  location /webhooks/payment {
    deny all;
#   ~~~~~~~~ deny-shadows-allow
    allow 192.0.2.0/24;
    ${app}
  }
}`],
      ["nginx", `server {
  location /api/orders {
    allow 198.51.100.4;
    deny 192.0.2.0/24;
#   ~~~~~~~~~~~~~~~~~ deny-shadows-allow
    allow 192.0.2.7;
    deny all;
    ${app}
  }
}`],
    ],
    good: [
      ["nginx", `server { location /webhooks/payment { allow 192.0.2.0/24; deny all; ${app} } }`],
      // A part of the network is left out.
      ["nginx", `server { location /api/orders { deny 192.0.2.0/25; allow 192.0.2.0/24; deny all; ${app} } }`],
      ["nginx", `server { location /webhooks/payment { deny 192.0.2.7; allow 192.0.2.0/24; deny all; ${app} } }`],
      ["nginx", `server { location /webhooks/payment { deny 198.51.100.0/24; allow all; ${app} } }`],
    ],
  },
  "slash-redirect-drops-body": {
    bad: [
      ["nginx", `server {
  location /graphql/ { ${app} }
# ~~~~~~~~~~~~~~~~~~ slash-redirect-drops-body
}`],
      ["nginx", `server {
  location ^~ /api/rpc/ { fastcgi_pass 127.0.0.1:9000; }
# ~~~~~~~~~~~~~~~~~~~~~ slash-redirect-drops-body
}`],
      // Written out, too.
      ["nginx", `server {
  location = /graphql { return 301 /graphql/; }
#                       ~~~~~~~~~~~~~~~~~~~~ slash-redirect-drops-body
  location /graphql/ { ${app} }
}`],
      // Every path gets a slash, not the bare name of a folder alone.
      ["nginx", `server {
  rewrite ^([^.]*[^/])$ $1/ permanent;
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ slash-redirect-drops-body
  location /api/ { ${app} }
}`],
    ],
    good: [
      ["nginx", `server { location /graphql { ${app} } }`],
      ["nginx", `server { location = /graphql { ${app} } location /graphql/ { ${app} } }`],
      ["nginx", `server { location /graphql/ { return 404; } location / { ${app} } }`],
      // Nobody posts to the bare path.
      ["nginx", `server { location /api/ { ${app} } }`],
      ["nginx", `server { location /webhooks/ { ${app} } }`],
      ["nginx", `server { location /app { return 301 /app/; } location /app/ { ${app} } }`],
      ["nginx", `server { location /graphql { return 308 /graphql/; } location /graphql/ { ${app} } }`],
    ],
    // Below such a name there often are many, each with a path of its own.
    possible: [
      ["nginx", `server { location ^~ /api/webhook/ { fastcgi_pass 127.0.0.1:9000; } }`],
      ["nginx", `server { location /forms { return 301 /forms/; } location /forms/ { ${app} } }`],
      // What is made new in a collection of an API is posted to its bare name.
      ["nginx", `server { location /api/v1/products/ { ${app} } }`],
    ],
  },
  "rate-limit-too-tight": {
    bad: [
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/m;
server {
  location /api {
    limit_req zone=one;
#   ~~~~~~~~~~~~~~~~~~ rate-limit-too-tight
    ${app}
  }
}`],
      // An error page is shown instead of the bare status.
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/m;
server {
  location /api {
    error_page 503 /slow.html;
    limit_req zone=one burst=1;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~ rate-limit-too-tight
    ${app}
  }
}`],
      // Who has mistyped a password tries again.
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=5r/m;
server {
  location /login {
    limit_req zone=one nodelay;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~ rate-limit-too-tight
    ${app}
  }
}`],
      ["kong", `_format_version: "3.0"
services:
  - name: pay
    url: http://pay.internal
    routes:
      - name: orders
        paths: [/api/orders]
        plugins:
          - name: rate-limiting
            config:
              minute: 1
#                     ~ rate-limit-too-tight`],
    ],
    good: [
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/s; server { location /api { limit_req zone=one; ${app} } }`],
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/m; server { location /api { limit_req zone=one burst=10; ${app} } }`],
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=5r/m; server { location /login { limit_req zone=one burst=5; ${app} } }`],
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/m; server { location /password/reset { limit_req zone=one; ${app} } }`],
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=10r/m; server { location /upload { limit_req zone=one burst=5; ${app} } }`],
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/m; server { limit_req_dry_run on; location /api { limit_req zone=one; ${app} } }`],
    ],
    possible: [
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=1r/m; server { location /pages { limit_req zone=one; ${app} } }`],
      // Whoever works there for a minute sends more, of whatever the area holds.
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=5r/m; server { location /admin/ { limit_req zone=one burst=10 nodelay; ${app} } }`],
      // Who sends photos may send several.
      ["nginx", `limit_req_zone $binary_remote_addr zone=one:10m rate=3r/m; server { location /upload { error_page 500 502 503 504 /50x.html; limit_req zone=one burst=3 nodelay; ${app} } }`],
    ],
  },
  "try-files-lost-by-if": {
    bad: [
      ["nginx", `server {
  root /srv/www;
  location / {
    try_files $uri @app;
    if ($request_method = POST) { add_header X-Kind write; }
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~ try-files-lost-by-if
  }
  location @app { ${app} }
}`],
      ["nginx", `server {
  root /srv/www;
  location /api {
    if ($http_origin) { set $from $http_origin; }
#   ~~~~~~~~~~~~~~~~~ try-files-lost-by-if
    try_files $uri /index.php;
  }
  location = /index.php { fastcgi_pass 127.0.0.1:9000; }
}`],
    ],
    good: [
      // What hands on is kept.
      ["nginx", `server { location / { if ($request_method = POST) { add_header X-Kind write; } ${app} } }`],
      ["nginx", `server { root /srv/www; location / { try_files $uri @app; } location @app { if ($request_method = POST) { add_header X-Kind write; } ${app} } }`],
      ["nginx", `server { root /srv/www; if ($request_method = POST) { set $kind write; } location / { try_files $uri @app; } location @app { ${app} } }`],
      // Nothing would hand it on without the condition either.
      ["nginx", `server { root /srv/www; location / { try_files $uri =404; if ($http_origin) { add_header X-Kind page; } } location /app { ${app} } }`],
    ],
  },
  "body-limit-on-wrong-location": {
    bad: [
      ["nginx", `server {
  root /srv/www;
  location / {
# ~~~~~~~~~~ body-limit-on-wrong-location
    try_files $uri /index.php$is_args$args;
  }
  location ~ \\.php$ { client_max_body_size 20m; fastcgi_pass 127.0.0.1:9000; }
}`],
      ["nginx", `client_max_body_size 10k;
server {
  root /srv/www;
  location / { try_files $uri /index.php; }
  location = /index.php { client_max_body_size 20m; fastcgi_pass 127.0.0.1:9000; }
}`],
    ],
    good: [
      ["nginx", `server { root /srv/www; client_max_body_size 20m; location / { try_files $uri /index.php; } location ~ \\.php$ { fastcgi_pass 127.0.0.1:9000; } }`],
      // A named location does not look at the length again.
      ["nginx", `server { root /srv/www; location / { client_max_body_size 20m; try_files $uri @app; } location @app { ${app} } }`],
      ["nginx", `server { location / { ${app} } location /media/ { client_max_body_size 20m; ${app} } }`],
    ],
  },
  "post-lost-by-error-page": {
    bad: [
      ["nginx", `server {
  root /srv/www;
  error_page 404 = /index.php;
  location / {
    try_files $uri =404;
#   ~~~~~~~~~~~~~~~~~~~ post-lost-by-error-page
  }
  location = /index.php { fastcgi_pass 127.0.0.1:9000; }
}`],
      ["nginx", `server {
  root /srv/www;
  location / {
    error_page 404 =200 /index.php;
    try_files $uri =404;
#   ~~~~~~~~~~~~~~~~~~~ post-lost-by-error-page
  }
  location ~ \\.php$ { fastcgi_pass 127.0.0.1:9000; }
}`],
    ],
    good: [
      ["nginx", `server { root /srv/www; error_page 404 = @app; location / { try_files $uri =404; } location @app { ${app} } }`],
      ["nginx", `server { root /srv/www; location / { try_files $uri /index.php; } location = /index.php { fastcgi_pass 127.0.0.1:9000; } }`],
      // A page that only shows what went wrong, by its name.
      ["nginx", `server { root /srv/www; error_page 404 = /not-found; location / { try_files $uri =404; } location = /not-found { ${app} } }`],
      ["nginx", `server { root /srv/www; error_page 403 404 = /errors/404.php; location /media/ { deny all; } location ~ \\.php$ { ${app} } }`],
      // The page of an error, with its status.
      ["nginx", `server { root /srv/www; error_page 404 /index.php; location /files { try_files $uri =404; } location = /index.php { fastcgi_pass 127.0.0.1:9000; } }`],
      ["nginx", `server { error_page 502 = /index.php; location / { ${app} } location = /index.php { fastcgi_pass 127.0.0.1:9000; } }`],
    ],
    possible: [
      ["nginx", `server { root /srv/www; error_page 404 = /render; location / { try_files $uri =404; } location = /render { ${app} } }`],
    ],
  },
};

const notes: Cases["bad"] = [
  ["nginx", `server {
  root /srv/www;
  location /api { ${app} }
  location ~* \\.(?:js|css|json)$ { expires 30d; }
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ unreachable-route
}`],
];
const noNotes: Cases["good"] = [
  ["nginx", `server { root /srv/www; location ^~ /api { ${app} } location ~* \\.json$ { expires 30d; } }`],
  ["nginx", `server { root /srv/www; location /api { ${app} } location ~* \\.(?:js|css|png)$ { expires 30d; } }`],
  ["nginx", `server { root /srv/www; location /api { ${app} } location ~* \\.json$ { ${app} } }`],
  ["nginx", `server { root /srv/www; location / { ${app} } location ~* \\.json$ { expires 30d; } }`],
];

function isFirm(finding: Finding): boolean {
  return finding.certainty === "certain" && finding.severity !== "note";
}

describe.each(Object.entries(cases))("%s", (id, { bad, good, possible = [] }) => {
  it.each(bad)("bad: %s %#", (format, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText(format, clean)).filter(isFirm);
    if (expected.length === 0) expect(found.map((finding) => finding.rule)).toEqual([id]);
    else expect(found.map(mark)).toEqual(expected);
  });

  it.each(good)("good: %s %#", (format, text) => {
    expect(findingsIn(loadText(format, text)).filter(isFirm)).toEqual([]);
  });

  it.each(possible)("possible: %s %#", (format, text) => {
    const found = findingsIn(loadText(format, text)).filter((finding) => finding.rule === id);
    expect(found.map((finding) => finding.certainty)).toEqual(["possible"]);
    // Whoever reads it is told what to look at.
    for (const { doubt, assumptions } of found) expect(doubt !== null || assumptions.length > 0).toBe(true);
  });
});

describe("unreachable-route, a note", () => {
  it.each(notes)("bad: %s %#", (format, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText(format, clean)).filter((finding) => finding.certainty === "certain");
    expect(found.map(mark)).toEqual(expected);
    expect(found.map((finding) => [finding.certainty, finding.severity])).toEqual([["certain", "note"]]);
  });

  it.each(noNotes)("good: %s %#", (format, text) => {
    expect(findingsIn(loadText(format, text)).filter((finding) => finding.rule === "unreachable-route")).toEqual([]);
  });
});
