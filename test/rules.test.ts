import { describe, expect, it } from "vitest";
import type { DeclaredPost } from "../src/lint/declared.ts";
import { findingsIn, loadText, mark, marked } from "./rule-tester.ts";

interface Cases {
  /** Marked text: a line of tildes stands under what must be underlined, followed by the rule. Nothing else may be found. */
  readonly bad: readonly (readonly [format: string, text: string])[];
  /** No certain finding above a note. */
  readonly good: readonly (readonly [format: string, text: string])[];
}

const cases: Readonly<Record<string, Cases>> = {
  "limit-excludes-post": {
    bad: [
      ["nginx", `server {
  location /api/ {
    limit_except GET {
#   ~~~~~~~~~~~~~~~~ limit-excludes-post
      deny all;
    }
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["htaccess", "<LimitExcept GET>\nRequire all denied\n</LimitExcept>"],
      ["htaccess", `
  <Limit POST PUT>
# ~~~~~~~~~~~~~~~~ limit-excludes-post
    Order allow,deny
    Deny from all
  </Limit>`],
    ],
    good: [
      ["nginx", "server { location /api/ { limit_except GET POST { deny all; } proxy_pass http://127.0.0.1:8080; } }"],
      ["nginx", "server { location /api/ { limit_except POST { deny all; } proxy_pass http://127.0.0.1:8080; } }"],
      // A read-only mirror says so.
      ["nginx", "server { location /api/ {\n# read-only mirror\nlimit_except GET { deny all; } proxy_pass http://127.0.0.1:8080; } }"],
      ["htaccess", "<LimitExcept GET POST HEAD>\nRequire all denied\n</LimitExcept>"],
      // Require lists of one level are alternatives: this refuses nothing.
      ["htaccess", "Require all granted\n<Limit POST>\nRequire all denied\n</Limit>"],
    ],
  },
  "method-denied": {
    bad: [
      ["nginx", `server {
  location /api/ {
    if ($request_method = POST) { return 403; }
#                                 ~~~~~~~~~~ method-denied
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `map $request_method $refused { default 1; GET 0; HEAD 0; }
server {
  location /api/ {
    if ($refused) { return 405; }
#                   ~~~~~~~~~~ method-denied
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    good: [
      ["nginx", "server { if ($request_method !~ GET|HEAD) { set $skip_cache 1; } location /api/ { proxy_pass http://127.0.0.1:8080; } }"],
      ["nginx", "server { location = /api { if ($request_method != POST) { return 405; } proxy_pass http://127.0.0.1:8080; } }"],
      ["nginx", "server { location /api/ { if ($request_method = post) { return 405; } proxy_pass http://127.0.0.1:8080; } }"],
      ["htaccess", "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} ^TRAC[EK]\nRewriteRule .* - [R=405,L]"],
      ["htaccess", "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} !=POST\nRewriteRule ^(.*)$ /cache/$1 [L]"],
    ],
  },
  "static-handler-refuses-post": {
    bad: [
      // A place inside another one has no application of its own.
      ["nginx", `server {
  location /api/ {
    location ~ ^/api/v1/(bookmarks|orders)$ {
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
      add_header X-Kind list;
    }
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  root /srv/www;
  location /api/ {
# ~~~~~~~~~~~~~~ static-handler-refuses-post
    expires 1h;
  }
  location / { proxy_pass http://127.0.0.1:8080; }
}`],
    ],
    good: [
      ["nginx", "server { root /srv/www; location / { try_files $uri $uri/ =404; } }"],
      // The scripts that lie there take the POSTs.
      ["nginx", "server { root /srv/www; location /api/ { try_files $uri =404; } location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; } }"],
      ["nginx", "server { root /srv/www; location /api/ { proxy_pass http://127.0.0.1:8080; } location /assets/ { expires 1y; } }"],
      // A document of an API.
      ["nginx", "server { location / { proxy_pass http://127.0.0.1:8080; } location = /api/v2/schema/ { root /srv/www; try_files /schema.json =404; } }"],
    ],
  },
  "waf-blocks-method": {
    bad: [
      ["modsecurity", `SecRuleEngine On
  SecRule REQUEST_METHOD "!@within GET HEAD" "id:1,phase:1,deny"
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ waf-blocks-method`],
    ],
    good: [
      // The method alone decides nothing here: forms pass.
      ["modsecurity", 'SecRuleEngine On\nSecRule REQUEST_METHOD "@streq POST" "id:1,phase:1,deny,chain"\n SecRule REQUEST_HEADERS:Content-Type "@contains xml"'],
      // Nobody says that the engine is on.
      ["modsecurity", 'SecRule REQUEST_METHOD "!@within GET HEAD" "id:1,phase:1,deny"'],
    ],
  },
  "redirect-drops-body": {
    bad: [
      ["nginx", `server {
  location /api/v1/ { return 301 /api/v2/; }
#                     ~~~~~~~~~~~~~~~~~~~ redirect-drops-body
  location /api/ { proxy_pass http://127.0.0.1:8080; }
}`],
      // What an application takes at its ordinary addresses loses the slash at the end.
      ["nginx", `server {
  location / {
    rewrite ^(.+)/$ $1 permanent;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ redirect-drops-body
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    good: [
      // The whole site has moved, or there is only files.
      ["nginx", "server { location / { rewrite ^(.*)/$ /new$1 permanent; proxy_pass http://127.0.0.1:8080; } }"],
      ["nginx", "server { root /srv/www; location / { rewrite ^(.+)/$ $1 permanent; } }"],
      ["nginx", "server { location /api/v1/ { return 308 /api/v2/; } location /api/ { proxy_pass http://127.0.0.1:8080; } }"],
      ["nginx", "server { listen 80; return 301 https://$host$request_uri; }"],
      ["nginx", "server { location /api/ { if ($request_method = GET) { return 301 /docs/; } proxy_pass http://127.0.0.1:8080; } }"],
    ],
  },
};

describe.each(Object.entries(cases))("%s", (id, { bad, good }) => {
  it.each(bad)("bad: %s %#", (format, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText(format, clean)).filter((finding) => finding.certainty === "certain");
    if (expected.length === 0) expect(found.map((finding) => finding.rule)).toEqual([id]);
    else expect(found.map(mark)).toEqual(expected);
  });

  it.each(good)("good: %s %#", (format, text) => {
    const found = findingsIn(loadText(format, text)).filter((finding) => finding.certainty === "certain" && finding.severity !== "note");
    expect(found).toEqual([]);
  });
});

describe("legitimacy", () => {
  const text = "server { listen 80; server_name shop.example; location / { limit_except GET { deny all; } proxy_pass http://127.0.0.1:8080; } }";
  const declared = (url: string): DeclaredPost => ({ method: "POST", url });

  it("is possible without evidence, an error when declared", () => {
    expect(findingsIn(loadText("nginx", text)).map((finding) => [finding.severity, finding.certainty])).toEqual([["warning", "possible"]]);
    const [finding] = findingsIn(loadText("nginx", text), [declared("/pay")]);
    expect(finding).toMatchObject({ severity: "error", certainty: "certain", witness: { path: "/pay", host: "shop.example" } });
  });

  it("a declared POST of another host says nothing about this one", () => {
    const [finding] = findingsIn(loadText("nginx", text), [declared("https://other.example/pay")]);
    expect(finding).toMatchObject({ certainty: "possible" });
  });
});
