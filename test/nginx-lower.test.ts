import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Loaded, Tree } from "../src/formats/format.ts";
import { nginx } from "../src/formats/nginx/index.ts";
import { isAlways } from "../src/model/condition.ts";
import { evaluate, usually } from "../src/model/evaluate.ts";
import type { Gate, Program } from "../src/model/program.ts";
import type { Request } from "../src/model/request.ts";
import { ordinaryPost, withMethod } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { textOf } from "../src/source.ts";

const root = path.resolve(import.meta.dirname, "..");

type Files = Readonly<Record<string, string>>;

function treeOf(files: Files): Tree {
  const pattern = (glob: string): RegExp => new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*").replaceAll("?", "[^/]")}$`);
  return {
    read: (name) => (files[name] === undefined ? null : { path: name, text: files[name] }),
    list: (glob) => Object.keys(files).filter((name) => pattern(glob).test(name)).sort(),
  };
}

function load(files: Files): Loaded {
  return nginx.load(Object.entries(files).map(([name, text]) => ({ path: name, text })), treeOf(files));
}

function programOf(text: string | Files): Program {
  const { units } = load(typeof text === "string" ? { "nginx.conf": text } : text);
  expect(units.length).toBe(1);
  const [unit] = units;
  if (unit === undefined) throw new Error("no program");
  return unit.program;
}

function post(text: string | Files, target = "/x", changes: Partial<Request> = {}): Verdict {
  return evaluate(programOf(text), ordinaryPost({ path: target, host: "shop.test", ...changes }));
}

/** Outcome, status, and the directive that decided. */
function shortly(verdict: Verdict): string {
  const { outcome, status } = verdict;
  const by = verdict.by === null ? "" : ` by ${textOf(verdict.by.because[0].at)}`;
  return `${outcome}${status === null ? "" : ` ${status}`}${by}`;
}

function gatesOf(program: Program): readonly Gate[] {
  return Object.values(program.stages).flat().flatMap((scope) => scope.chains.flatMap((chain) => chain.gates));
}

const site = (inside: string): string => `server { server_name shop.test; ${inside} }`;

describe("includes", () => {
  it("are relative to the file that starts it all, wherever they stand", () => {
    const files = {
      "conf/nginx.conf": "http { include sites/*.conf; }",
      "conf/sites/a.conf": "server { location / { include snippets/closed.conf; proxy_pass http://u; } }",
      "conf/snippets/closed.conf": "limit_except GET { deny all; }",
    };
    expect(shortly(post(files))).toBe("refused 403 by limit_except GET");
    expect(programOf(files).missing).toEqual([]);
  });
  it("under /etc/nginx stand for the folder of the start or one above it", () => {
    const files = {
      "docker/nginx/conf.d/site.conf": site("location / { include /etc/nginx/snippets/closed.conf; proxy_pass http://u; }"),
      "docker/nginx/snippets/closed.conf": "return 403;",
    };
    expect(shortly(post(files))).toBe("refused 403 by return 403");
  });
  it("of a part are relative to a folder above it, and may lie there as templates", () => {
    const files = {
      "conf/sites/shop.conf": site("location / { include common/closed.conf; proxy_pass http://u; }"),
      "conf/common/closed.conf.template": "return 403;",
    };
    expect(shortly(post(files))).toBe("refused 403 by return 403");
  });
  it("outside the tree are missing, unless nothing in them could matter", () => {
    const program = programOf("http { include mime.types; include /etc/letsencrypt/options.conf; server { include conf.d/*.conf; location / { include fastcgi_params; fastcgi_pass u; } } }");
    expect(program.missing.map(({ at }) => textOf(at))).toEqual(["include /etc/letsencrypt/options.conf", "include conf.d/*.conf"]);
  });
  it("that are missing leave open who answers, but not what is plainly refused", () => {
    const text = site("root /srv; include locations/*.conf; location /closed { return 403; } location /app { include handler.conf; } location /tls { include ssl.conf; }");
    expect(post(text, "/api").blocked).toBe("maybe");
    expect(post(text, "/app").blocked).toBe("maybe");
    expect(shortly(post(text, "/closed"))).toBe("refused 403 by return 403");
    expect(post(site("root /srv; include conf/ssl.conf;"), "/api").blocked).toBe("yes");
  });
  it("in a circle end", () => {
    const files = { "nginx.conf": "http { include a.conf; server { return 403; } }", "a.conf": "include b.conf;", "b.conf": "include a.conf; include nginx.conf;" };
    expect(shortly(post(files))).toBe("refused 403 by return 403");
  });
  it("keep the place of what they hold", () => {
    const verdict = post({ "nginx.conf": "http { server { include in.conf; } }", "in.conf": "\n  return 410;" });
    expect(verdict.by?.because[0].at.file.path).toBe("in.conf");
  });
  it("make no program of their own", () => {
    const { units } = load({ "nginx.conf": "http { include in.conf; }", "in.conf": "server { return 410; }" });
    expect(units.map(({ files }) => files.map((file) => file.path))).toEqual([["nginx.conf", "in.conf"]]);
  });
});

describe("snippets", () => {
  it("of locations are read as the inside of a server, whose own place is unknown", () => {
    const text = "location /app { proxy_pass http://u; }\nlocation /closed { return 403; }";
    expect(shortly(post(text, "/app"))).toBe("reached");
    expect(shortly(post(text, "/closed"))).toBe("refused 403 by return 403");
    expect(shortly(post(text, "/other"))).toBe("unknown");
  });
  it("say nothing about limits that stand around them", () => {
    expect(shortly(post("location /app { proxy_pass http://u; }", "/app", { bodyBytes: 5_000_000 }))).toBe("reached");
    expect(shortly(post("location /css { expires 1d; }", "/css/a.css"))).toBe("unknown");
  });
  it("of settings alone never refuse", () => {
    expect(shortly(post("proxy_set_header Host $host;\nproxy_read_timeout 60s;"))).toBe("unknown");
  });
  it("that hold no part of a server make no program", () => {
    expect(load({ "map.conf": "map $host $a { default 1; }\nupstream u { server 127.0.0.1:1; }\nlimit_req_zone $host zone=a:1m rate=1r/s;" }).units).toEqual([]);
  });
});

describe("templates", () => {
  it("make what they decide about possible, not certain", () => {
    const verdict = post(site("{% if locked %} deny all; {% endif %} location / { proxy_pass http://u; }"));
    expect(verdict.blocked).toBe("maybe");
    expect(verdict.depends).toEqual(["the template that writes this configuration"]);
  });
  it("leave a method list undecided", () => {
    expect(post(site("location / { limit_except ${METHODS} { deny all; } proxy_pass http://u; }")).blocked).toBe("maybe");
  });
  it("decide about a block as a whole", () => {
    const inside = "location / { limit_except GET { deny all; } proxy_pass http://u; }";
    expect(post(`{% if a %}\n${site(inside)}\n{% else %}\n${site(inside)}\n{% endif %}`).blocked).toBe("yes");
    expect(post(site("location / {\n{% if a %}\nlimit_except GET { deny all; }\n{% endif %}\nproxy_pass http://u; }")).blocked).toBe("maybe");
    expect(post(site(`{% if a %}\nroot /x;\nlocation / { location / { try_files $uri =404; } proxy_pass http://u; }\n{% endif %}`)).blocked).not.toBe("no");
  });
  it("leave a limit undecided, but not below what anybody would set", () => {
    const text = site("client_max_body_size {{ limit }}; location / { proxy_pass http://u; }");
    expect(post(text, "/x", { bodyBytes: 2_000_000 }).blocked).toBe("maybe");
    expect(post(text).blocked).toBe("no");
    expect(post(site("{{ if unlimited }}\nclient_max_body_size 0;\n{{ end }}\nlocation / { proxy_pass http://u; }")).blocked).toBe("no");
  });
  it("leave a status undecided", () => {
    expect(post(site("location / { return {{ code }}; }")).blocked).toBe("maybe");
  });
  it("that fill in directives are missing parts", () => {
    expect(programOf(site("\n{{ extra }}\nlocation / { proxy_pass http://u; }")).missing.map(({ at }) => textOf(at))).toEqual(["{{ extra }}"]);
  });
  it("in a location's name may or may not be meant", () => {
    const text = site("location {{ path }}/api { return 403; } location / { proxy_pass http://u; }");
    expect(post(text, "/v1/api").blocked).toBe("maybe");
  });
});

describe("servers", () => {
  const two = `http {
    server { listen 80; server_name shop.test; return 301 https://$host$request_uri; }
    server { listen 443 ssl; server_name shop.test; location / { if ($scheme = http) { return 403; } proxy_pass http://u; } }
    server { listen 443 ssl default_server; server_name _; return 444; }
  }`;
  it("are chosen by port and by name", () => {
    expect(shortly(post(two))).toBe("reached");
    expect(shortly(post(two, "/x", { scheme: "http", port: 80 }))).toBe("redirected 301 by return 301 https://$host$request_uri");
    expect(shortly(post(two, "/x", { host: "other.test" }))).toBe("refused reset by return 444");
  });
  it("on a port nobody listens on are those of its scheme", () => {
    expect(shortly(post(two, "/x", { port: 8443 }))).toBe("reached");
    expect(shortly(post(two, "/x", { scheme: "http", port: 8080 }))).toBe("redirected 301 by return 301 https://$host$request_uri");
  });
  it("with one port take every port", () => {
    expect(shortly(post("server { listen 8000; return 410; }"))).toBe("refused 410 by return 410");
  });
  it("only methods in capitals are known to nginx", () => {
    const verdict = post(site("location / { proxy_pass http://u; }"), "/x", { method: "post" });
    expect(verdict).toMatchObject({ outcome: "refused", status: 400, by: { reason: "protocol" } });
  });
  it("ask for client certificates", () => {
    const text = "server { listen 443 ssl; ssl_verify_client on; location / { proxy_pass http://u; } }";
    expect(shortly(post(text))).toBe("reached");
    expect(shortly(post(text, "/x", { identity: { state: "none", groups: [], scopes: [], claims: {} } }))).toBe("refused 400 by ssl_verify_client on");
  });
});

describe("reasons", () => {
  it.each([
    ["if ($request_method = POST) { return 405; }", "method"],
    ["set $p 0; if ($request_method = POST) { set $p 1; } if ($p) { return 405; }", "method"],
    ["if ($m) { return 405; }", "method"],
    ["if ($content_type !~ json) { return 415; }", "content-type"],
    ["if ($http_origin !~ good) { return 403; }", "cross-site"],
    ["if ($http_user_agent ~ Mozilla) { return 403; }", "client-software"],
    ["limit_except GET { deny all; }", "method-limit"],
    ["deny all;", "address-list"],
    ["return 403;", "fixed-answer"],
    ["client_max_body_size 1;", "body-size"],
    ["internal;", "internal-only"],
    ["return 301 /y;", "redirect"],
    ["root /srv;", "static-handler"],
  ])("%s", (inside, reason) => {
    const verdict = post(`http { map $request_method $m { POST 1; } ${site(`location / { ${inside} ${inside.startsWith("root") ? "" : "proxy_pass http://u;"} }`)} }`);
    expect(verdict.by?.reason).toBe(reason);
  });
  it("of an error page are those of the error", () => {
    const verdict = post(site("error_page 403 /403.html; location / { limit_except GET { deny all; } proxy_pass http://u; }"));
    expect(verdict.by).toMatchObject({ reason: "method-limit", effect: { kind: "reroute", status: 403 } });
    expect(verdict).toMatchObject({ blocked: "yes", status: 403 });
  });
});

describe("error pages elsewhere", () => {
  it("are redirects by the page, whatever the error was", () => {
    const verdict = post(site("root /srv; error_page 404 405 https://other.test/; location /api { proxy_pass http://u; }"));
    expect(shortly(verdict)).toBe("redirected 302 by error_page 404 405 https://other.test/");
    expect(verdict.by?.reason).toBe("redirect");
  });
});

describe("fixes", () => {
  it("add POST to the methods let through", () => {
    const text = site("location / { limit_except GET { deny all; } proxy_pass http://u; }");
    const edits = post(text).by?.fix?.edits ?? [];
    const fixed = edits.reduce((whole, { at, text: added }) => whole.slice(0, at.start) + added + whole.slice(at.end), text);
    expect(fixed).toContain("limit_except GET POST {");
    expect(shortly(post(fixed))).toBe("reached");
  });
  it("offer the redirect that keeps the body", () => {
    expect(post(site("return 301 /y;")).by?.fix?.edits.map((edit) => edit.text)).toEqual(["308"]);
    expect(post(site("return 303 /y;")).by?.fix).toBeUndefined();
  });
});

describe("files nobody can look at", () => {
  it("are not there for a POST to an application behind try_files", () => {
    const text = site("root /srv; location / { try_files $uri $uri/ /index.php?$args; } location ~ \\.php$ { fastcgi_pass u; }");
    expect(shortly(post(text, "/api/orders"))).toBe("reached");
    expect(shortly(post(text, "/"))).toBe("reached");
  });
  it("are there where scripts are handed on", () => {
    expect(shortly(post(site("root /srv; location ~ \\.php$ { try_files $uri =404; fastcgi_pass u; }"), "/login.php"))).toBe("reached");
  });
  it("are there when the configuration leads to them", () => {
    const verdict = post(site("root /srv; location / { try_files $uri $uri/ /index.html; } location /api/v2 { proxy_pass http://u; }"), "/api/login");
    expect(verdict).toMatchObject({ blocked: "yes", status: 405, depends: [] });
  });
  it("leave open which error a POST to a static place gets", () => {
    const verdict = post(site("root /srv;"), "/api/login");
    expect(verdict.blocked).toBe("yes");
    expect(verdict.endings.map((ending) => ending.status).toSorted()).toEqual([404, 405]);
  });
});

describe("code and firewalls", () => {
  it("of Lua that ends requests may refuse", () => {
    const text = site('location / { access_by_lua_block { if x then ngx.exit(ngx.HTTP_UNAUTHORIZED) end } proxy_pass http://u; }');
    expect(post(text)).toMatchObject({ blocked: "maybe", depends: ["what the Lua code does"] });
    expect(post(text).by?.effect).toEqual({ kind: "deny", status: 401 });
  });
  it("of Lua that cannot end one does not", () => {
    expect(post(site("location / { access_by_lua_block { ngx.ctx.seen = true } proxy_pass http://u; }")).blocked).toBe("no");
  });
});

describe("rates", () => {
  const limited = (directives: string, perMinute: number, changes: Partial<Request> = {}): string =>
    shortly(post(`http { limit_req_zone $binary_remote_addr zone=a:1m rate=2r/s; map $request_method $key { POST $remote_addr; } limit_req_zone $key zone=b:1m rate=6r/m; ${site(`location / { ${directives} proxy_pass http://u; }`)} }`, "/x", { perMinute, ...changes }));
  it("are those of the zone and of one burst", () => {
    expect(limited("limit_req zone=a;", 120)).toBe("reached");
    expect(limited("limit_req zone=a;", 121)).toBe("refused 503 by limit_req zone=a");
    expect(limited("limit_req zone=a burst=30 nodelay; limit_req_status 429;", 150)).toBe("reached");
    expect(limited("limit_req zone=a burst=30 nodelay; limit_req_status 429;", 151)).toBe("refused 429 by limit_req zone=a burst=30 nodelay");
  });
  it("do not count requests with an empty key, nor in a dry run", () => {
    expect(limited("limit_req zone=b;", 7)).toBe("refused 503 by limit_req zone=b");
    expect(limited("limit_req zone=b;", 7, { method: "GET" })).toBe("reached");
    expect(limited("limit_req zone=b; limit_req_dry_run on;", 7)).toBe("reached");
    const asks = site("limit_req zone=a; auth_request /ask; error_page 503 /page; location = /ask { return 204; } location / { proxy_pass http://u; }");
    const zone = "limit_req_zone $binary_remote_addr zone=a:1m rate=1r/m;";
    expect(shortly(post(`http { ${zone} ${asks} }`, "/x", { perMinute: 2 }))).toBe("refused 503 by limit_req zone=a");
    expect(shortly(post(`http { ${zone} ${asks.replace("limit_req zone=a; ", "").replace("return 204;", "limit_req zone=a; empty_gif;")} }`, "/x", { perMinute: 2 }))).toBe("refused 500 by auth_request /ask");
  });
  it("count a request once, where it first comes to a limit", () => {
    const zone = "limit_req_zone $binary_remote_addr zone=a:1m rate=1r/m;";
    const page = "error_page 404 =200 /page; location /page { limit_req zone=a; proxy_pass http://u; }";
    expect(shortly(post(`http { ${zone} ${site(`${page} location /x { return 404; }`)} }`, "/x", { perMinute: 2 }))).toBe("refused 503 by limit_req zone=a");
    expect(shortly(post(`http { ${zone} ${site(`${page} location /x { limit_req zone=a burst=9; try_files /none =404; }`)} }`, "/x", { perMinute: 2 }))).toBe("reached 200");
  });
  it("let a burst through at once, and one more", () => {
    const at = (directives: string, atOnce: number): string => limited(directives, 1, { atOnce });
    expect(at("limit_req zone=a;", 1)).toBe("reached");
    expect(at("limit_req zone=a;", 2)).toBe("refused 503 by limit_req zone=a");
    expect(at("limit_req zone=a burst=5 nodelay;", 6)).toBe("reached");
    expect(at("limit_req zone=a burst=5 nodelay;", 7)).toBe("refused 503 by limit_req zone=a burst=5 nodelay");
  });
  it("of connections count what runs at once", () => {
    expect(limited("limit_conn c 4;", 1000, { atOnce: 4 })).toBe("reached");
    expect(limited("limit_conn c 4; limit_conn_status 429;", 1, { atOnce: 5 })).toBe("refused 429 by limit_conn c 4");
    expect(limited("limit_conn c 4; limit_conn_dry_run on;", 1, { atOnce: 5 })).toBe("reached");
    expect(limited("limit_conn c nonsense;", 1, { atOnce: 5 })).toBe("reached");
  });
  it("of a zone that is not here are unknown", () => {
    expect(limited("limit_req zone=elsewhere;", 1)).toBe("reached");
    expect(limited("limit_req zone=elsewhere;", 100)).toBe("unknown by limit_req zone=elsewhere");
  });
});

describe("auth_request", () => {
  const asks = (inside: string): string => site(`location / { auth_request /auth; proxy_pass http://u; } location = /auth { internal; ${inside} }`);
  it("that announces a body and passes none may hang", () => {
    expect(usually(post(asks("proxy_pass http://auth;")))).toMatchObject({ blocked: "no", outcome: "reached", depends: ["whether the application that `auth_request` asks waits for the body"] });
    expect(post(asks("proxy_pass http://auth;"))).toMatchObject({ blocked: "maybe", depends: ["whether the application that `auth_request` asks waits for the body"] });
    expect(post(asks('proxy_pass http://auth; proxy_set_header Content-Length "";')).blocked).toBe("no");
    expect(post(asks("proxy_pass http://auth;"), "/x", { method: "GET", bodyBytes: 0 }).blocked).toBe("no");
  });
});

describe("locations that nginx itself asks", () => {
  it("are not meant for clients", () => {
    const text = site("root /srv; location / { auth_request /auth; proxy_pass http://u; } location = /auth { }");
    expect(post(text, "/auth").ending.scope.askedByServer).toBe(true);
    expect(post(site("root /srv; location = /auth { }"), "/auth").ending.scope.askedByServer).toBeUndefined();
    // Below a prefix clients may have business of their own.
    expect(post(site("location / { auth_request /auth; proxy_pass http://u; } location /auth { proxy_pass http://u; }"), "/auth").ending.scope.askedByServer).toBeUndefined();
  });
});

describe("signs of writes", () => {
  it("are limits for bodies and POST in CORS methods", () => {
    const program = programOf(site('location /a { client_max_body_size 9m; proxy_pass http://u; } location /b { add_header Access-Control-Allow-Methods "GET, POST"; proxy_pass http://u; } location /c { proxy_pass http://u; }'));
    const scopes = Object.values(program.stages).flat().filter((scope) => scope.name.startsWith("location"));
    expect(scopes.map((scope) => [scope.name, scope.writes?.length ?? 0])).toEqual([["location /a", 1], ["location /b", 1], ["location /c", 0]]);
  });
});

describe("what cannot stop a POST", () => {
  it("is listed with its reason, and nothing is dropped", () => {
    const text = site("access_log off; frobnicate on; gzip on; location / { proxy_read_timeout 9s; proxy_pass http://u; deny 10.0.0.1; }");
    const notes = programOf(text).ignored.map(({ at, note }) => `${textOf(at).split(" ")[0] ?? ""}: ${note}`);
    expect(notes).toEqual([
      "server_name: does not stop a POST here",
      "access_log: only writes logs",
      "frobnicate: not known to touch a request",
      "gzip: changes the answer's body only",
      "proxy_read_timeout: is about the upstream and its answer",
    ]);
  });
});

describe("claims", () => {
  const claim = (name: string, text: string): unknown => nginx.claims({ path: name, text });
  it.each([
    ["nginx.conf", "events {}\nhttp {}\n", "name"],
    ["docker/nginx/templates/default.conf.template", "server {\n listen ${PORT};\n}", "name"],
    ["etc/sites-available/shop", "server {\n listen 80;\n}", "name"],
    ["web/site.conf", "server {\n  listen 80;\n  location / {\n    proxy_pass http://u;\n  }\n}\n", "content"],
    ["proxy/app.subdomain.conf.sample", "location /app {\n  proxy_pass http://u;\n}\n", "content"],
    ["snippets/headers.conf", "proxy_set_header Host $host;\n", "content"],
    ["template/site.ejs", "server {\n  listen 80;\n<% if (tls) { %>\n  return 302 https://$host$request_uri;\n<% } %>\n}\n", "content"],
    ["README.md", "server {\n listen 80;\n location / {\n }\n}", null],
    ["httpd.conf", "<VirtualHost *:80>\nServerName a\n</VirtualHost>", null],
    ["haproxy.conf", "frontend web\n  bind :80\nbackend b\n  server a 127.0.0.1:1\n", null],
    ["Dockerfile", "RUN cat > nginx.conf <<E\nserver {\n  listen 80;\n  location / {\n  }\n}\nE\n", null],
    ["entrypoint", "#!/bin/sh\nserver {\n  listen 80;\n  location / {\n  }\n}\n", null],
    ["notes.txt", "First make a server:\nserver {\n  listen 80;\n  location / {\n  }\n}\nThen start it\nand look at it\n", null],
    ["site-final.txt", "server {\n  listen 80;\n  location / {\n  }\n}\n", "content"],
    ["templates/default.stpl", "server {\n  listen %ip%:%web_ssl_port% ssl;\n  server_name %domain_idn%; # its names\n\n  # files\n  location / {\n  }\n}\n", "content"],
    ["sites-available/lobby.rs", "server {\n  listen 80;\n}\n", "name"],
    ["page.html", "server {\n  listen 80;\n}\n", null],
    ["snippets/ssl", "ssl_protocols TLSv1.3;\nssl_session_timeout 1d;\nssl_prefer_server_ciphers off;\n", "content"],
    ["redis.conf", "port 6379\nbind 127.0.0.1\n", null],
    ["includes/actions.inc", "<?php\nfunction act($x) {\n  return $x;\n}\n", null],
    ["lib/update.sh.inc", 'update() {\n  return 1;\n}\nserver {\n', null],
    ["filter.d/nginx-http-auth.conf", "[Definition]\nfailregex = ^user {1,3}$\nreturn 404;\n", null],
    [".irssi/config", 'servers = (\n  { ssl_verify = "no"; },\n  { ssl_verify = "no"; },\n  { proxy_host = ""; }\n);\n', null],
    ["nginx/dovecot/proxy.conf", "protocols = imap lmtp\npassdb {\n  driver = static\n}\n", null],
    ["templates/chrony.conf.j2", "{% for server in servers %}\nserver {{ server }}\n{% endfor %}\ndriftfile /var/lib/drift\n", null],
    ["templates/registry.conf.j2", '[[registry]]\nlocation = "{{ item.location }}"\n', null],
    ["site.conf.j2", "server{\nlocation {{ path }} {\n  proxy_pass http://u;\n}\n}\n", "content"],
    ["lib/tool.inc", "sub tool {\n  return 1;\n}\n", null],
    ["vhost.inc", "<?php /** @var $VAR */ ?>\nserver {\n  listen 80;\n}\n", "content"],
    ["gone.conf", "return 410;\n", "content"],
    ["main.tf", 'resource "x" "y" {\n server {\n }\n}', null],
    ["src/server.ts", "server {\n listen 80;\n}", null],
  ])("%s", (name, text, wanted) => {
    expect(claim(name, text)).toBe(wanted);
  });
});

/** What every program must keep to, whatever it was made from. */
function expectSound(files: Files): void {
  for (const { program } of load(files).units) {
    for (const stage of Object.values(program.stages)) expect(isAlways(stage.at(-1)?.when ?? { kind: "any", of: [] })).toBe(true);
    for (const { effect } of gatesOf(program)) {
      if (effect.kind === "enter" || effect.kind === "reroute") expect(Object.keys(program.stages)).toContain(effect.stage);
    }
    for (const request of [ordinaryPost({ path: "/api/x" }), withMethod(ordinaryPost(), "GET")]) expect(evaluate(program, request).endings.length).toBeGreaterThan(0);
  }
}

describe("any configuration", () => {
  const folder = path.join(root, "fixtures/nginx/syntax");
  const fixtures = fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")] as const);
  it.each(fixtures)("%s: every prefix lowers to a sound program", (_, text) => {
    for (let end = 0; end <= text.length; end += 7) expectSound({ "nginx.conf": text.slice(0, end) });
  });
  it("of directives in any order, with any arguments, lowers to a sound program", () => {
    const words = ["http", "server", "location", "if", "limit_except", "return", "rewrite", "set", "break", "try_files", "error_page", "deny", "allow", "satisfy", "auth_basic", "auth_request", "auth_basic_user_file",
      "internal", "alias", "root", "index", "proxy_pass", "fastcgi_pass", "map", "geo", "split_clients", "valid_referers", "secure_link", "limit_req", "limit_req_zone", "client_max_body_size", "listen", "server_name",
      "include", "proxy_set_header", "access_by_lua_block", "large_client_header_buffers", "ssl_verify_client", "dav_methods", "autoindex", "modsecurity_rules", "types", "upstream"];
    const args = ["/", "/a", "=", "~", "^~", "@a", "$uri", "$a", "POST", "GET", "($a", "=)", "(", ")", "!~", "-f", "404", "=200", "301", "all", "10.0.0.0/8", "off", "any", "1m", "zone=a:1m", "rate=1r/s", "last", "break", "~^(?<n>.)$", "http://u/", "[", "*.a", "{{ x }}", "''", "default"];
    const directive = fc.tuple(fc.constantFrom(...words), fc.array(fc.constantFrom(...args), { maxLength: 4 }), fc.constantFrom(";", ";", ";", " {", " {", "}", "};"));
    const texts = fc.array(directive, { maxLength: 40 }).map((all) => all.map(([name, rest, end]) => `${name} ${rest.join(" ")}${end}`).join("\n"));
    fc.assert(fc.property(texts, (text) => expectSound({ "nginx.conf": text })), { numRuns: 1500 });
  }, 60_000);
  it("deeply nested lowers in bounded time", () => {
    const depth = 99;
    expectSound({ "nginx.conf": `${"location / {".repeat(depth)} proxy_pass http://u; ${"}".repeat(depth)}` });
  });
  const corpus = path.resolve(root, "../shared/corpus/nginx");
  it.skipIf(!fs.existsSync(corpus))("of the collection of real ones (skipped where it is not beside the repository)", () => {
    for (const project of fs.readdirSync(corpus, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const inside = fs.readdirSync(path.join(corpus, project.name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expectSound(Object.fromEntries(inside.map((entry) => [path.join(entry.parentPath, entry.name), fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8")])));
    }
  }, 60_000);
});
