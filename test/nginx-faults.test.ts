import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { allowed, type Enclosing } from "../src/formats/nginx/allowed.ts";
import { faultsOf } from "../src/formats/nginx/faults.ts";
import { parse } from "../src/formats/nginx/parse.ts";
import { textOf } from "../src/source.ts";
import { nginxInstalled } from "./nginx-process.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "nginx-faults-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** What `nginx -t` says of a configuration. */
function checked(text: string): string {
  const file = path.join(folder, "nginx.conf");
  fs.writeFileSync(file, `error_log ${folder}/errors; pid ${folder}/pid; events {}\n${text}\n`);
  return spawnSync("nginx", ["-t", "-c", file]).stderr.toString();
}

function told(text: string): readonly string[] {
  return faultsOf(parse({ path: "nginx.conf", text }).tree).map(({ at, message }) => `${textOf(at)}: ${message}`);
}

/** Texts that nginx refuses, each with what is said of it. */
const refused: readonly (readonly [text: string, said: string])[] = [
  ["http { server { location /a/ { location /b/ { return 200; } } } }", "location /b/: `location /b/` is outside `location /a/` around it"],
  ["http { server { location ~ ^/a { location /a/b { return 200; } } } }", "location /a/b: `location /a/b` is outside `location ^/a` around it"],
  ["http { server { location = /a { location /a/b { return 200; } } } }", "location /a/b: `location /a/b` cannot be inside `location = /a`"],
  ["http { server { location @a { location /a { return 200; } } } }", "location /a: `location /a` cannot be inside `location @a`"],
  ["http { server { location /a { location @a { return 200; } } } }", "location @a: `location @a` can stand in servers only"],
  ["http { server { location /a { return 200; } location ^~ /a { return 404; } } }", "location ^~ /a: `location /a` is written twice"],
  ["http { server { location =/a { return 200; } location = /a { return 404; } } }", "location = /a: `location /a` is written twice"],
  ["http { limit_req_zone $uri zone=a:32k rate=100r/h; }", "limit_req_zone $uri zone=a:32k rate=100r/h: `rate=100r/h` is no rate: `r/s` and `r/m` are the units"],
  ["http { limit_req_zone $uri zone=a:32k rate=0r/s; }", "limit_req_zone $uri zone=a:32k rate=0r/s: `rate=0r/s` is no rate: `r/s` and `r/m` are the units"],
  ["http { server { location / { limit_req off; } } }", "limit_req off: `limit_req off` names no zone"],
  ["http { server { location / { limit_req burst=5 nodelay; } } }", "limit_req burst=5 nodelay: `limit_req burst=5 nodelay` names no zone"],
  ["http { limit_conn off; }", "limit_conn off: `limit_conn off` names no zone and number"],
  ["http { limit_conn_zone $uri zone=a:32k; limit_conn a 0; }", "limit_conn a 0: `limit_conn a 0` names no zone and number"],
  ["http { server { limit_req_zone $uri zone=a:32k rate=1r/s; return 200; location / { return 200; } } }", "limit_req_zone $uri zone=a:32k rate=1r/s: `limit_req_zone` is not allowed in a `server`"],
  ["http { server { location / { map $uri $a { default 1; } } } }", "map $uri $a: `map` is not allowed in a `location`"],
  ["http { location / { return 200; } }", "location /: `location` is not allowed in `http`"],
  ["http { server { if ($uri) { add_header A b; } location / { return 200; } } }", "add_header A b: `add_header` is not allowed in an `if` of a server"],
  ["http { server { location / { if ($uri) { proxy_set_header A b; } } } }", "proxy_set_header A b: `proxy_set_header` is not allowed in an `if` of a location"],
  ["http { server { location / { limit_except GET { return 403; } } } }", "return 403: `return` is not allowed in `limit_except`"],
];

/** Texts that nginx takes. */
const taken: readonly string[] = [
  "http { server { location /a { location /a/b { return 200; } location = /a { return 200; } location ~ ^/b { return 200; } } } }",
  "http { server { location /a { return 200; } location = /a { return 200; } location ~ ^/a { return 200; } location ~ ^/a { return 200; } location @a { return 200; } location @a { return 200; } } }",
  "http { server { location / { return 200; } } server { server_name b; location / { return 200; } } }",
  "http { limit_req_zone $uri zone=a:32k rate=10r/s; limit_conn_zone $uri zone=b:32k; server { limit_req zone=a; limit_conn b 1; location / { limit_req nodelay burst=5 zone=a; limit_conn b 05; return 200; } } }",
  "http { limit_req_zone $uri zone=a:32k rate=10; limit_req_zone $uri zone=b:32k rate=30r/m; server { location / { if ($uri) { add_header A b; return 204; } } } }",
  "http { upstream a { server 127.0.0.1:1; } types { text/html html; } map $uri $user { location 1; } server { location / { limit_except GET { deny all; proxy_pass http://a; } } } }",
];

/** Nothing is known of what stands around a file, of what a template leaves out, or of a server that hands on connections. */
const silent: readonly string[] = [
  "location /api/ { limit_req zone=a; } limit_req_zone $uri zone=a:1m rate=1r/s; if ($a) { add_header A b; return 204; }",
  "server { {% if a %} location / { return 200; } {% else %} location / { return 404; } {% endif %} }",
  "location /api/ { limit_req {{ limit }}; limit_conn {{ zone }}; {% if a %} limit_req off; {% endif %} }",
  "server { location {{ prefix }} { return 200; } location {{ prefix }} { return 200; } location /a { location {{ b }} { return 200; } } }",
  "limit_req_zone $uri zone=a:1m rate={{ rate }};",
  "stream { server { listen 53 udp; proxy_pass 127.0.0.1:53; } }",
  "server { listen 53 udp; proxy_pass 127.0.0.1:53; }",
];

describe("nginx: what keeps it from starting", () => {
  it.each(refused)("%s", (text, said) => {
    expect(told(text)).toEqual([said]);
  });

  it.each([...taken, ...silent])("nothing: %s", (text) => {
    expect(told(text)).toEqual([]);
  });

  it("is told once for a block", () => {
    expect(told("server { if ($a) { add_header A a; add_header B b; } location / { if ($a) { } } }")).toHaveLength(1);
  });

  it.skipIf(!nginxInstalled())("is what nginx refuses (skipped where none is installed)", () => {
    for (const [text] of refused) expect(checked(text), text).toMatch(/\[emerg\].*(?:not allowed here|invalid parameter|must have|invalid number|outside location|cannot be inside|server level only|duplicate location|invalid rate)/);
    for (const text of taken) expect(checked(text), text).toContain("test is successful");
  });
});

const blocks: Readonly<Record<Exclude<Enclosing, "if">, (text: string) => string>> = {
  http: (text) => `http { ${text} }`,
  server: (text) => `http { server { ${text} } }`,
  location: (text) => `http { server { location / { ${text} } } }`,
  "server if": (text) => `http { server { if ($uri) { ${text} } } }`,
  "location if": (text) => `http { server { location / { if ($uri) { ${text} } } } }`,
  limit_except: (text) => `http { server { location / { limit_except GET { ${text} } } } }`,
};

const openers: Readonly<Record<string, string>> = { map: "$a $b", geo: "$b", split_clients: "$a $b", upstream: "x", charset_map: "a b", server: "", events: "", http: "", location: "/x", if: "($a)", limit_except: "GET" };

/** nginx looks at the block before it counts the arguments. */
function refusesHere(name: string, enclosing: Exclude<Enclosing, "if">): boolean {
  const opener = openers[name];
  return checked(blocks[enclosing](`\n${name} ${opener === undefined ? "x;" : `${opener} {}`}\n`)).includes(`"${name}" directive is not allowed here`);
}

describe.skipIf(!nginxInstalled())("nginx: where directives may stand (skipped where no nginx is installed)", () => {
  it.each(["http", "server", "location", "server if", "location if", "limit_except"] as const)("in %s", { timeout: 120_000 }, (enclosing) => {
    for (const [name, places] of allowed) expect(`${name} ${refusesHere(name, enclosing)}`).toBe(`${name} ${!places.has(enclosing)}`);
  });
});
