import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Environment } from "../src/model/environment.ts";
import type { Program } from "../src/model/program.ts";
import { diskOf } from "./disk.ts";
import { expectedOf, programOf, seenOf, verdictOf } from "./nginx-compare.ts";
import { rightPassword, type Sent } from "./loopback.ts";
import { nginxInstalled, startNginx, type Addresses, type RealServer } from "./nginx-process.ts";

/** A server's inside (`%U` is the application's address), what stands beside it in `http`, and what is sent to it. */
interface Case {
  readonly server: string;
  readonly http?: string;
  readonly requests: readonly (string | Sent)[];
}

const files = {
  "file.txt": "file",
  "index.html": "index",
  "a.json": "{}",
  "app.php": "script",
  "dir/index.html": "index",
  "dir/sub/page.html": "page",
  "noindex/x.txt": "x",
  "errors/405.html": "405",
};

const big: Sent = { method: "POST", target: "/x", bytes: 1_200_000 };
const chunkedBig: Sent = { ...big, chunked: true };

const cases: Readonly<Record<string, Case>> = {
  "exact before prefix before regex": {
    server: "location = /a { proxy_pass http://%U/exact; } location /a { proxy_pass http://%U/prefix; } location ~ ^/a.+x { proxy_pass http://%U; }",
    requests: ["POST /a", "POST /ab", "POST /abx", "POST /b"],
  },
  "firm prefix": {
    server: "location ^~ /f { proxy_pass http://%U; } location /f/deep { proxy_pass http://%U; } location ~ \\.txt$ { return 410; }",
    requests: ["POST /f/a.txt", "POST /f/deep/a.txt", "POST /a.txt"],
  },
  "regexes in the order of the file": {
    server: "location ~* \\.PHP$ { return 403; } location ~ \\.php$ { proxy_pass http://%U; } location ~ /b { return 410; }",
    requests: ["POST /b.php", "POST /b.PHP", "POST /b"],
  },
  "regex nested in a prefix before regexes outside": {
    server: "location ~ x$ { return 410; } location /n { proxy_pass http://%U; location ~ x$ { return 403; } location /n/m { proxy_pass http://%U; } }",
    requests: ["POST /n/x", "POST /n/mx", "POST /n/m", "POST /x"],
  },
  "nested firm prefix does not keep regexes outside away": {
    server: "location ~ x$ { return 410; } location /n { proxy_pass http://%U; location ^~ /n/m { proxy_pass http://%U; } }",
    requests: ["POST /n/mx", "POST /n/y"],
  },
  "nested exact": {
    server: "location /n { proxy_pass http://%U; location = /n/e { return 410; } location ~ e$ { return 403; } }",
    requests: ["POST /n/e", "POST /n/ee"],
  },
  "paths are decoded and merged": {
    server: "location = /a/b { proxy_pass http://%U; } location / { return 404; }",
    requests: ["POST /a//b", "POST /a/./b", "POST /a/c/../b", "POST /%61/b", "POST /a%2Fb", "POST /A/b"],
  },
  "slash redirect": {
    server: "location /s/ { proxy_pass http://%U; } location = /e/ { proxy_pass http://%U; } location /r/ { return 410; } location ~ ^/s$ { return 403; } location /d/ { location /d/e/ { proxy_pass http://%U; } }",
    requests: ["POST /s", "POST /s?a=1", "POST /e", "POST /r", "POST /d/e", "POST /d"],
  },
  "slash redirect keeps away where the bare name is a location": {
    server: "location /s/ { proxy_pass http://%U; } location /s { proxy_pass http://%U; }",
    requests: ["POST /s", "POST /sa", "POST /s/"],
  },
  "static files": { server: "", requests: ["POST /file.txt", "POST /none", "POST /dir", "POST /dir/", "POST /noindex/", "POST /none/", "PUT /none", "OPTIONS /", "GET /", "GET /file.txt", "DELETE /dir"] },
  "several index files": { server: "index none.html index.html; location ~ \\.html$ { proxy_pass http://%U; }", requests: ["POST /", "POST /dir/", "POST /noindex/", "GET /dir/?q=1"] },
  "absolute index": { server: "index none.html /app.php; location = /app.php { proxy_pass http://%U; }", requests: ["POST /noindex/", "POST /"] },
  "server names": {
    http: `server { listen %P; server_name *.choice.test; return 401; } server { listen %P; server_name exact.choice.test; return 402; }
      server { listen %P; server_name *.long.choice.test; return 403; } server { listen %P; server_name .dot.test; return 404; }
      server { listen %P; server_name choice.*; return 405; } server { listen %P; server_name ~^re(?<digit>\\d)\\.test$ ~^never; return 302 /$digit; }
      server { listen %P; server_name ~^re; return 406; }`,
    server: "return 410;",
    requests: ["a.choice.test", "exact.choice.test", "EXACT.choice.test", "b.long.choice.test", "dot.test", "a.dot.test", "choice.org", "choice.a.org", "re1.test", "rex.test", "nobody.test", "choice.test"].map((host) => ({ method: "POST", target: "/", host })),
  },
  "alias": { server: "location /al/ { alias %W/dir/; } location ~ ^/re/(.*)$ { alias %W/$1; }", requests: ["POST /al/", "POST /al/index.html", "POST /al/none", "POST /al/sub", "GET /al/sub/page.html", "POST /re/file.txt", "GET /re/file.txt", "POST /re/none"] },
  "autoindex": { server: "autoindex on;", requests: ["GET /noindex/", "POST /noindex/"] },
  "limit_except": { server: "location / { limit_except GET { deny all; } proxy_pass http://%U; }", requests: ["POST /x", "GET /x", "HEAD /x", "PUT /x"] },
  "limit_except skips rewrites and drops simple handlers": {
    server: "location /a { limit_except GET { allow all; } rewrite ^ /moved break; proxy_pass http://%U; } location /g { limit_except GET { allow all; } empty_gif; } location /i { limit_except GET { allow 10.0.0.0/8; deny all; } if ($request_method = POST) { return 410; } proxy_pass http://%U; }",
    requests: ["POST /a", "GET /a", "POST /g", "GET /g", "POST /i", "GET /i"],
  },
  "limit_except with its own upstream": { server: "location / { limit_except GET { proxy_pass http://%U; } return 410; }", requests: ["POST /x", "GET /x"] },
  "access lists": {
    server: "deny 10.0.0.0/8; allow 127.0.0.0/8; deny all; location /in { proxy_pass http://%U; } location /own { deny 127.0.0.1; proxy_pass http://%U; } location /six { allow ::1; deny all; proxy_pass http://%U; } location /ret { deny all; return 200 ok; }",
    requests: ["POST /in", "POST /own", "POST /six", "POST /ret"],
  },
  "satisfy": {
    server: "auth_basic x; auth_basic_user_file /dev/null; location /any { satisfy any; allow 127.0.0.1; deny all; proxy_pass http://%U; } location /none { satisfy any; deny all; proxy_pass http://%U; } location /all { allow 127.0.0.1; deny all; proxy_pass http://%U; } location /off { auth_basic off; proxy_pass http://%U; } location /list { satisfy any; allow 10.0.0.1; proxy_pass http://%U; } location /only { satisfy any; auth_basic off; allow 10.0.0.1; proxy_pass http://%U; }",
    requests: ["POST /any", "POST /none", "POST /all", "POST /off", "POST /list", "POST /only"],
  },
  "a file of users without a line lets nobody in": {
    server: "auth_basic x; auth_basic_user_file /dev/null; location /a { proxy_pass http://%U; } location /off { auth_basic off; proxy_pass http://%U; }",
    requests: [{ method: "POST", target: "/a", headers: { authorization: rightPassword } }, "POST /off"],
  },
  "if by method": {
    server: "if ($request_method !~ ^(GET|HEAD|POST)$) { return 444; } location /m { if ($request_method ~* ^post$) { return 405; } proxy_pass http://%U; } location / { proxy_pass http://%U; }",
    requests: ["POST /x", "PUT /x", "POST /m", "GET /m", "OPTIONS /m"],
  },
  "flags set by conditions": {
    server: "set $f A; if ($request_method = POST) { set $f \"${f}B\"; } if ($arg_k) { set $f \"${f}C\"; } if ($f = AB) { return 403; } location / { if ($f ~ C$) { return 410; } proxy_pass http://%U; }",
    requests: ["POST /x", "GET /x", "POST /x?k=1", "GET /x?k=0", "GET /x?k=1"],
  },
  "several steps in one if": {
    server: "location / { set $a 1; if ($request_method = POST) { set $a 2; set $b $a; rewrite ^/x(.*)$ /y$1; } if ($b = 2) { rewrite ^ /z$uri break; } proxy_pass http://%U; } location /y { return 410; }",
    requests: ["POST /x1", "GET /x1", "POST /w"],
  },
  "captures of conditions": {
    server: "location / { if ($http_x_name ~ ^(\\w+)-(?<tail>\\w+)$) { return 302 /$1/$tail; } proxy_pass http://%U; }",
    requests: [{ method: "POST", target: "/x", headers: { "x-name": "one-two" } }, "POST /x"],
  },
  "maps": {
    http: 'map $request_method $m1 { default 0; post 1; } map "$request_method:$arg_k" $m2 { "~^POST:(?<k>.+)$" "got-$k"; default none; } map $host $m3 { hostnames; default d; *.test t; }',
    server: "location /one { if ($m1) { return 405; } proxy_pass http://%U; } location /two { return 302 /$m2; } location /three { return 302 /$m3; }",
    requests: ["POST /one", "GET /one", "POST /two?k=v", "GET /two?k=v", "POST /three"],
  },
  "geo": {
    http: "geo $g1 { default 0; 127.0.0.0/8 1; 127.0.0.1/32 2; } geo $g2 { ranges; default 0; 127.0.0.0-127.0.0.255 in; } geo $arg_ip $g3 { default no; 10.0.0.0/8 ten; }",
    server: "location / { return 302 /$g1/$g2/$g3; }",
    requests: ["POST /x", "POST /x?ip=10.1.1.1"],
  },
  "rewrites": {
    server: "rewrite ^/srv/(.*)$ /in/$1; rewrite ^/in/two$ /in/three last; rewrite ^/in/three$ /never; location /in { proxy_pass http://%U; } location /a { rewrite ^/a/(.*)$ /in/$1?x=1 last; } location /b { rewrite ^/b/(.*)$ /in/$1? break; proxy_pass http://%U; } location /c { rewrite ^/c /d; rewrite ^/d /in/cd; return 410; } location /p { rewrite ^/p/(.*)$ /in/$1 permanent; } location /r { rewrite ^/r/(.*)$ /in/$1?y=2 redirect; } location /h { rewrite ^ http://other.test/h; } location /l { rewrite ^ /l last; }",
    requests: ["POST /srv/one", "POST /srv/two", "POST /a/1?q=2", "POST /b/1?q=2", "POST /c", "POST /p/1?q=2", "POST /r/1?q=2", "POST /h", "POST /l", "POST /in/x?q=1"],
  },
  "break stops the rewriting": {
    server: "location /a { rewrite ^/a /in; break; rewrite ^ /never last; return 410; } location /b { if ($arg_k) { break; } return 410; } location / { proxy_pass http://%U; }",
    requests: ["POST /a", "POST /b?k=1", "POST /b"],
  },
  "returns": {
    server: "location /1 { return 301 /t; } location /2 { return 302 https://$host$request_uri; } location /3 { return 303 /t; } location /7 { return 307 /t; } location /8 { return 308 /t; } location /u { return http://x.test/; } location /n { return 204; } location /o { return 200 ok; } location /e { return 403 no; } location /z { return 444; }",
    requests: ["POST /1", "POST /2?a=b", "POST /3", "POST /7", "POST /8", "POST /u", "POST /n", "POST /o", "POST /e", "POST /z"],
  },
  "error pages": {
    server: "error_page 405 = @app; error_page 404 /errors/404.html; error_page 403 =405 /errors/405.html; error_page 410 =200 /errors/405.html; error_page 402 https://other.test/$uri; error_page 409 =301 http://other.test/; error_page 411 =222 @teapot; location @app { proxy_pass http://%U; } location @teapot { return 418; } location /f { return 403; } location /g { return 410; } location /p { return 402; } location /q { return 409; } location /t { return 411; } location /w { return 405 text; } location /x { return 405; error_page 404 /none; }",
    requests: ["POST /file.txt", "POST /none", "POST /f", "POST /g", "POST /p", "POST /q", "POST /t", "POST /w", "POST /x"],
  },
  "error page makes a GET of it": {
    server: "location / { error_page 404 = /app.php?from=$uri; } location = /app.php { proxy_pass http://%U; } location /m { error_page 405 /app.php; if ($request_method = POST) { return 405; } }",
    requests: ["POST /none?q=1", "POST /m"],
  },
  "recursive error pages": {
    server: "location /a { error_page 404 = @b; return 404; } location @b { error_page 410 = @c; return 410; } location @c { proxy_pass http://%U; } location /r { recursive_error_pages on; error_page 404 = @rb; return 404; } location @rb { recursive_error_pages on; error_page 410 = @c; return 410; }",
    requests: ["POST /a", "POST /r"],
  },
  "server conditions run again after an internal redirect": {
    server: "if ($request_method = POST) { set $seen 1; } if ($uri = /deny.html) { return 410; } error_page 404 /deny.html; location / { } location /t { try_files /none /deny.html; }",
    requests: ["POST /none", "POST /t"],
  },
  "try_files": {
    server: "location / { try_files $uri $uri/ /app.php?path=$uri&$args; } location ~ \\.php$ { proxy_pass http://%U; } location /j { try_files $uri.json $uri/index.html =410; } location /n { try_files /none @named; } location @named { proxy_pass http://%U; } location /q { try_files /none /app.php$is_args$args; } location /k { try_files /file.txt =404; proxy_pass http://%U; } location /v { try_files /none @missing; }",
    requests: ["POST /none?a=1", "POST /file.txt", "POST /dir", "POST /dir/", "POST /", "POST /j", "POST /n?a=1", "POST /q?a=1", "POST /q", "POST /k", "POST /v"],
  },
  "try_files of the server": { server: "try_files $uri /app.php; location /l { proxy_pass http://%U; }", requests: ["POST /l", "POST /none", "POST /file.txt"] },
  "try_files under alias": { server: "location /al/ { alias %W/dir/; try_files $uri $uri/ =410; }", requests: ["POST /al/index.html", "POST /al/none", "POST /al/sub", "POST /al/"] },
  "if drops try_files": {
    server: "location / { try_files $uri @app; if ($request_method = POST) { set $x 1; } } location @app { proxy_pass http://%U; } location /k { try_files $uri @app; if ($arg_k) { return 410; } }",
    requests: ["POST /x", "GET /x", "POST /k", "POST /k?k=1"],
  },
  "if brings its own settings": {
    server: "location / { if ($request_method = POST) { proxy_pass http://%U; } if ($arg_b) { root /nowhere; } return 410; } location /g { if ($arg_k) { add_header X-A b; } empty_gif; } location /two { if ($arg_a) { proxy_pass http://%U; } if ($arg_b) { error_page 404 =410 /gone; } }",
    requests: ["POST /x", "GET /x", "POST /g?k=1", "GET /g?k=1", "POST /two?a=1", "POST /two?b=1"],
  },
  "body limits": { server: "location / { proxy_pass http://%U; } location /r { client_max_body_size 1k; return 200 ok; } location /s { client_max_body_size 2M; proxy_pass http://%U; } location /z { client_max_body_size 0; proxy_pass http://%U; }", requests: [big, chunkedBig, { ...big, target: "/s" }, { ...big, target: "/r" }, { ...big, target: "/z" }, { ...chunkedBig, target: "/r" }] },
  "body limit where the request enters": {
    server: "location / { try_files /none @app; } location @app { client_max_body_size 2m; proxy_pass http://%U; } location /o { client_max_body_size 2m; try_files /none @small; } location @small { client_max_body_size 1k; proxy_pass http://%U; } location /rw { client_max_body_size 2m; rewrite ^ /small last; } location /tr { client_max_body_size 2m; try_files /none /small; } location /small { client_max_body_size 1k; proxy_pass http://%U; }",
    requests: [big, chunkedBig, { ...big, target: "/o" }, { ...chunkedBig, target: "/o" }, { ...big, target: "/rw" }, { ...big, target: "/tr" }],
  },
  "body limit and the server's return": { server: "client_max_body_size 1k; return 200 ok;", requests: [big] },
  "413 by another page": { server: "error_page 413 /errors/405.html; location / { proxy_pass http://%U; } location /errors { }", requests: [big, chunkedBig] },
  "internal locations": {
    server: "location /i { internal; proxy_pass http://%U; } location /t { try_files /none /i; } location /r { rewrite ^ /i/r last; } location /e { error_page 404 = /i/e; } rewrite ^/s$ /i/s; error_page 404 = @gone; location @gone { return 410; }",
    requests: ["POST /i", "POST /t", "POST /r", "POST /e", "POST /s"],
  },
  "auth_request": {
    server: "location /ok { auth_request /auth/200; proxy_pass http://%U; } location /no { auth_request /closed; proxy_pass http://%U; } location /bad { auth_request /gone; proxy_pass http://%U; } location /m { auth_request /method; proxy_pass http://%U; } location /auth { internal; proxy_pass_request_body off; proxy_set_header Content-Length \"\"; proxy_pass http://%U; } location /closed { return 403; } location /gone { return 410; } location /method { if ($request_method = POST) { return 405; } return 204; }",
    requests: ["POST /ok", "POST /no", "POST /bad", "POST /m", "GET /m"],
  },
  "referers": {
    server: "location / { valid_referers none server_names *.example.com good.test/path ~^www\\.; if ($invalid_referer) { return 403; } proxy_pass http://%U; }",
    requests: ["POST /x", ...["http://a.example.com/", "https://example.com/", "http://good.test/path/x", "http://good.test/other", "http://www.x/", "nonsense", "http://evil.test/"].map((referer) => ({ method: "POST", target: "/x", headers: { referer } }))],
  },
  "header conditions": {
    server: 'location / { if ($content_type !~ "^application/json") { return 415; } if ($http_origin = "") { return 403; } if ($http_user_agent ~* (bot|curl)) { return 406; } if ($cookie_s = bad) { return 409; } proxy_pass http://%U; }',
    requests: [
      "POST /x",
      { method: "POST", target: "/x", headers: { "content-type": "application/json" } },
      { method: "POST", target: "/x", headers: { "content-type": "application/json; charset=utf-8", origin: "http://a" } },
      { method: "POST", target: "/x", headers: { "content-type": "application/json", origin: "http://a", "user-agent": "Curl/8" } },
      { method: "POST", target: "/x", headers: { "content-type": "application/json", origin: "http://a", cookie: "q=1; s=bad" } },
    ],
  },
  "files as conditions": { server: "location / { if (-f $request_filename) { return 410; } if (-d $document_root$uri) { return 409; } if (!-e $request_filename) { rewrite ^(.*)$ /app.php?q=$1 last; } } location = /app.php { proxy_pass http://%U; }", requests: ["POST /file.txt", "POST /dir", "POST /none"] },
  "what the application gets": {
    server: 'proxy_set_header X-A 1; location /m { proxy_method PUT; proxy_pass http://%U; } location /b { proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_pass http://%U; } location /h { proxy_set_header Content-Type ""; proxy_set_header X-B "$uri"; proxy_pass http://%U; } location /s { proxy_set_body ""; proxy_pass http://%U; } location /u/ { proxy_pass http://%U/v/; } location /w { proxy_pass http://%U/; } location /v { set $up %U; proxy_pass http://$up/fixed?k=$arg_k; } location /x { set $up %U; proxy_pass http://$up; }',
    requests: ["POST /m", "POST /b", "POST /h", "POST /s", "POST /u/a?q=1", "POST /wa", "POST /v?k=1", "POST /x/%20a?q=1"],
  },
  "the length of lines is the default server's": { server: "large_client_header_buffers 2 1k;", requests: [{ method: "POST", target: `/x?${"q".repeat(1500)}` }] },
};

/** Requests as they are sent for a case. */
function sentOf(request: string | Sent): Sent {
  if (typeof request !== "string") return request;
  const [method = "", target = ""] = request.split(" ");
  return { method, target, bytes: method === "POST" || method === "PUT" ? 3 : 0 };
}

describe.skipIf(!nginxInstalled())("a real nginx agrees (skipped where none is installed)", () => {
  const named = Object.entries(cases);
  let real: RealServer;
  let program: Program;
  let environment: Environment;

  beforeAll(async () => {
    const textOf = ({ folder, upstream, port }: Addresses): string =>
      named
        .map(([, one], index) => `${one.http ?? ""}\nserver { listen %P; server_name c${index}.test; root ${folder};\n${one.server}\n}`)
        .join("\n")
        .replaceAll("%P", `127.0.0.1:${port}`)
        .replaceAll("%U", upstream)
        .replaceAll("%W", folder);
    real = await startNginx(textOf, files);
    program = programOf(textOf(real));
    environment = diskOf(real.folder, files);
  }, 60_000);
  afterAll(() => real?.stop());

  it.each(named.map(([name, one], index) => [name, one, index] as const))("%s", async (_, one, index) => {
    for (const request of one.requests) {
      const sent = sentOf(request);
      const host = sent.host ?? `c${index}.test`;
      const { ending } = verdictOf(program, host, sent, real, environment);
      const expected = expectedOf(ending, sent);
      const answer = await real.send(host, sent);
      expect({ request, ...seenOf(answer, expected, host, real.port) }).toEqual({ request, ...expected });
    }
  });
});
