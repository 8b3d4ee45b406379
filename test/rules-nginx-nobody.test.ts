import { describe, expect, it } from "vitest";
import { findingsIn, loadText, mark, marked } from "./rule-tester.ts";

const app = "proxy_pass http://127.0.0.1:8080;";

/** Marked text: the places where nobody takes the POST, found for certain. */
const bad: Readonly<Record<string, string>> = {
  "a place inside one that hands on, which hands on nothing itself": `server {
  location /api/ {
    location /api/auth/login { limit_req zone=login burst=5; }
#   ~~~~~~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
    ${app}
  }
}`,
  "behind a list of addresses": `server {
  allow 192.168.1.0/24;
  deny all;
  location /api/ {
    location /api/auth/login { proxy_set_header Host $host; }
#   ~~~~~~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
    ${app}
  }
}`,
  "behind a list of addresses and one type": `server {
  allow 192.168.1.0/24;
  deny all;
  location /api/ {
    location /api/upload { if ($http_content_type !~* multipart/form-data) { return 415; } }
#   ~~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
    ${app}
  }
}`,
  "beside an application, with the settings of one": `server {
  location / { ${app} }
  location /panel { proxy_set_header Host $host; proxy_read_timeout 60s; }
# ~~~~~~~~~~~~~~~ static-handler-refuses-post
}`,
  "a part of a server with a limit for an API": `limit_req_zone $binary_remote_addr zone=api:1m rate=100r/s;
  location /api/ { limit_req zone=api burst=20; }
# ~~~~~~~~~~~~~~ static-handler-refuses-post`,
  "a part of a server that speaks of other sites": `
  location /api {
# ~~~~~~~~~~~~~ static-handler-refuses-post
  add_header Access-Control-Allow-Methods "GET, POST, OPTIONS" always;
  if ($request_method = OPTIONS) { return 204; }
}`,
  "a script among the files that are looked for": `server {
  root /srv/www;
  location / {
    try_files $uri $uri/ /index.php$is_args$args =404;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ static-handler-refuses-post
  }
  location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; }
}`,
};

/** Nothing at all is said about these. */
const silent: Readonly<Record<string, string>> = {
  "folders of files below a place that hands on": `server {
  location /app/ {
    location /app/static/ { alias /srv/static/; expires 30d; }
    location /app/media/ { root /srv; }
    location /app/docs/ { try_files $uri =404; root /srv; }
    location ~ ^/app/.*[.](?:css|js)$ { expires 7d; }
    ${app}
  }
}`,
  "what servers have beside their applications": `server {
  location / { ${app} }
  location = /favicon.ico { log_not_found off; access_log off; }
  location /.well-known/acme-challenge/ { limit_req zone=a; }
  location /static/ { limit_req zone=a; }
  location = /50x.html { internal; }
  location = /status { stub_status; allow 127.0.0.1; deny all; }
}`,
  "a place that an include completes": `server {
  location / { ${app} }
  location /panel { limit_req zone=a; include snippets/backend; }
}`,
  "files with a folder of their own that are not given out too fast": `server {
  root /srv/www;
  location /lists/ { limit_req zone=a burst=20; }
  location / { try_files $uri @app; }
  location @app { ${app} }
}`,
  "a part of a server that an include completes": "location /api/ { limit_req zone=api burst=20; include backend; }",
  "a part of a server that is cut short": `location /api/ {
  limit_req zone=api burst=20;
  # ... and your proxy_pass
}`,
  "a part of a server with scripts": `location /api/ { limit_req zone=api burst=20; }
location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; }`,
  "a part of a server for files": "location /static/api/ { limit_req zone=api burst=20; } location /login/ { limit_req zone=api burst=20; expires 1h; }",
  "parts of places": "limit_req zone=api burst=20; proxy_set_header Host $host; client_max_body_size 50m;",
  "a script that is asked for at last": `server {
  root /srv/www;
  location / { try_files $uri $uri/ /index.php$is_args$args; }
  location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; }
}`,
  "hosts whose names say nothing, and those of documents": `server { server_name apis.example.org www.example.org; root /srv; location / { try_files $uri =404; } }
server { server_name api.example.org; location / { root /srv/docs; } }`,
  "a script that nobody runs, and one that the block runs": `server {
  root /srv/www;
  location / { try_files $uri /index.php =404; }
}
server {
  server_name b.example;
  root /srv/www;
  location / { try_files $uri /index.php =404; fastcgi_pass 127.0.0.1:9000; }
}`,
};

/** What is no more than possible, the place and what speaks against it. */
const doubted: readonly (readonly [text: string, doubt: string])[] = [
  [`server { root /srv; location /admin/auth { alias /srv/admin-static; } location / { ${app} } }`, "the place has a folder of files of its own"],
  [`server { location / { ${app} } location ~ ^/signup { root /srv/corp; try_files $uri =404; } }`, "the place has a folder of files of its own"],
  ["server { server_name api-shop.example.org; root /srv/public; location / { try_files $uri $uri/ /index.html; } }", "only the name of the host speaks of writes"],
  [`server { server_name hooks.example.org; root /srv/public; location / { try_files $uri =404; } location /v1/ { ${app} } }`, "only the name of the host speaks of writes"],
];

describe("nginx, where nobody takes the POST: possible", () => {
  it.each(doubted)("%s", (text, doubt) => {
    const found = findingsIn(loadText("nginx", text)).filter(({ rule }) => rule === "static-handler-refuses-post");
    expect(found.map(({ certainty }) => certainty)).toEqual(["possible"]);
    expect(found[0]?.doubt).toContain(doubt);
  });

  it("is certain where the place is given what applications need", () => {
    const found = findingsIn(loadText("nginx", `server { location / { ${app} } location /login { root /srv; client_max_body_size 2m; } location /api/ { root /srv; try_files $uri @app; } location @app { ${app} } }`));
    expect(found.filter(({ certainty }) => certainty === "certain").map(({ rule, witness }) => `${rule} ${witness.path}`)).toEqual(["static-handler-refuses-post /login"]);
  });
});

describe("nginx, where nobody takes the POST: found", () => {
  it.each(Object.entries(bad))("%s", (_, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText("nginx", clean)).filter(({ certainty }) => certainty === "certain");
    expect(found.map(mark)).toEqual(expected);
  });

  it("is shown from an address that is let in, with the status of a path that is no folder", () => {
    const [found] = findingsIn(loadText("nginx", `server { allow 10.0.0.0/8; deny all; location /api/ { location /api/login { limit_req zone=a; } ${app} } }`)).filter(({ certainty }) => certainty === "certain");
    expect([found?.witness.clientAddress, found?.witness.path, found?.status]).toEqual(["10.0.0.0", "/api/login", 404]);
  });

  it("says which script is looked for, and that it is there", () => {
    const [found] = findingsIn(loadText("nginx", "server { root /srv; location / { try_files $uri /app/front.php =404; } location ~ [.]php$ { fastcgi_pass 127.0.0.1:9000; } }"));
    expect([found?.message, found?.status]).toEqual(["POST /api/orders is answered 405: `/app/front.php` is looked for as a file only, no application is asked", 405]);
  });
});

describe("nginx, where nobody takes the POST: silent", () => {
  it.each(Object.entries(silent))("%s", (_, text) => {
    const found = findingsIn(loadText("nginx", text)).filter(({ rule }) => rule !== "rate-limit-too-tight");
    expect(found.map(({ rule, certainty, message }) => `${certainty} ${rule}: ${message}`)).toEqual([]);
  });
});
