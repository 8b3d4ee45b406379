import fc from "fast-check";
import type { Sent } from "./loopback.ts";
import { request } from "./nginx-requests.ts";
import { answer, page, referers, steps } from "./nginx-statements.ts";
import { gateways, mirrors, modules, zones } from "./nginx-modules.ts";
import type { Text } from "./texts.ts";
import { joined, maybe, one, several } from "./texts.ts";

/**
 * Servers and what is sent to them. In the texts `%N` is a number of the scene's own, `%P` `%Q` and `%R` are ports, `%U` is
 * the application's address, `%F`, `%C`, `%I` and `%G` those for FastCGI, SCGI, uWSGI and gRPC, and `%W` the folder of files.
 */
export interface Scene {
  readonly requests: readonly Sent[];
  readonly config: string;
}

/** The files under `%W`; a name that ends in `/` is an empty folder. */
export const sceneFiles: Readonly<Record<string, string>> = {
  "file.txt": "file",
  "index.html": "index",
  "a.json": "{}",
  "app.php": "script",
  "users": "ann:{PLAIN}secret\n",
  "dir/index.html": "index",
  "dir/sub/page.html": "page",
  "noindex/x.txt": "x",
  "b/index.php": "script",
};

const asks = one("ok", "no", "forbidden", "away", "file", "app", "method", "small", "denied", "page", "next", "password", "rewritten").map((name) => `auth_request /auth/${name};`);
/** What `auth_request` asks; refusals in other words than 401 and 403 are errors. */
const asked = `
location = /auth/ok { internal; return 204; }
location = /auth/no { return 401; }
location = /auth/forbidden { return 403 no; }
location = /auth/away { return 302 /login; }
location = /auth/file { root %W; try_files /file.txt =401; }
location = /auth/app { internal; proxy_pass http://%U/auth; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
location = /auth/method { if ($request_method = POST) { return 403; } return 200; }
location = /auth/small { client_max_body_size 2; return 200; }
location = /auth/denied { deny all; return 200; }
location = /auth/page { error_page 401 =200 /auth/ok; return 401; }
location = /auth/next { rewrite ^ /auth/no last; }
location = /auth/password { auth_basic x; ${"auth_basic_user_file %W/users;"} empty_gif; }
location ^~ /auth/rewritten { set $auth_said yes; if ($arg_k = 1) { return 401; } alias %W/file.txt; }
`;
const addresses: Text = several(3, one("allow all;", "deny all;", "allow 127.0.0.1;", "deny 127.0.0.1;", "allow 10.0.0.0/8;", "deny ::1;", "deny 127.0.0.0/8;", "allow unix:;"), 1);
const users = "auth_basic_user_file %W/users;";
const access: Text = joined(maybe(1, addresses), maybe(3, one("satisfy any;", "satisfy all;")), maybe(2, one(`auth_basic x; ${users}`, `auth_basic off; ${users}`, "auth_basic x;", `auth_basic $arg_k; ${users}`)), maybe(3, fc.oneof({ weight: 5, arbitrary: asks }, { weight: 2, arbitrary: mirrors })));
const bodyLimit = one("client_max_body_size 2;", "client_max_body_size 1k;", "client_max_body_size 0;", "client_max_body_size 1M;");

const exceptMethods = one("GET", "POST", "HEAD", "GET POST", "PUT DELETE", "get options");
const exceptInside: Text = joined(maybe(1, addresses), maybe(3, one(`auth_basic y; ${users}`)), maybe(3, fc.constant("proxy_pass http://%U;")));
const limitExcept: Text = fc.tuple(exceptMethods, exceptInside).map(([methods, inside]) => `limit_except ${methods} { ${inside} }`);

type Place = "server" | "prefix" | "regex";

const tried = one("$uri", "$uri/", "$uri.json", "$uri/index.html", "/none", "/file.txt", "/dir/", "/dir/index.html", "/b/index.php", "$arg_k", "$fastcgi_script_name");
const fallbacks = one("=408", "=444", "@app", "@named", "=404", "=410", "/app.php?t=1", "/app.php$is_args$args", "/none", "/index.html", "@missing", "/in/x", "$uri/");
const tryFiles: Text = fc.tuple(fc.array(tried, { minLength: 1, maxLength: 2 }), fallbacks).map(([paths, last]) => `try_files ${paths.join(" ")} ${last};`);

/** Who answers in a location. */
function handler(place: Place): Text {
  const withPath = place === "prefix" ? ["proxy_pass http://%U/up/;", "proxy_pass http://%U/;", "proxy_pass http://%U/fixed;", "proxy_pass http://app%N/v/;"] : [];
  return fc.oneof(
    { weight: 4, arbitrary: one("", "proxy_pass http://%U;") },
    { weight: 3, arbitrary: one("empty_gif;", "stub_status;", "proxy_pass http://%U$uri;", "proxy_pass http://%U$request_uri;", "proxy_pass http://%U/s$uri?k=$arg_k;", "proxy_pass http://app%N;", "proxy_pass http://$up;", "proxy_pass http://$e%N;", "proxy_pass $scheme://$e%N$uri;", "proxy_pass http://$up$uri$is_args$args;", "proxy_pass $scheme://%U;", "proxy_pass http://%U/x$1;", "proxy_pass http://%U$is_args$args;", "set $to http://%U/to?a=$arg_k; proxy_pass $to;", "set $to http://$up; proxy_pass $to$document_uri;", "proxy_pass http://x$arg_k;", "fastcgi_pass %F; fastcgi_param REQUEST_METHOD $request_method; fastcgi_param DOCUMENT_URI $document_uri; fastcgi_param QUERY_STRING $args; fastcgi_param HTTP_X_NAME $arg_k; fastcgi_param HTTP_X_B 1;", "fastcgi_pass %F; fastcgi_param REQUEST_METHOD GET; fastcgi_param DOCUMENT_URI $uri; fastcgi_param QUERY_STRING $query_string;", ...withPath) },
    { weight: 1, arbitrary: gateways },
  );
}

const filesFrom = (place: Place): Text => one("root %W/dir;", "root /nowhere;", ...(place === "prefix" ? ["alias %W/dir/;", "alias %W/;", "alias %W/file.txt;", "alias %W/$arg_k;"] : place === "regex" ? ["alias %W/$1;", "alias %W/file.txt;", "alias %W/dir;", "alias %W/$1/index.html;"] : []));
const altered = one("proxy_method PUT;", "proxy_set_header X-B $uri;", 'proxy_set_header X-Name "";', 'proxy_set_header Content-Type "";', 'proxy_set_body "";', 'proxy_pass_request_body off; proxy_set_header Content-Length "";', "proxy_set_header X-B 1;", "proxy_set_header Host $host;", "proxy_set_header Host $http_host; proxy_set_header X-B $m%N;", "proxy_pass_request_headers off;", "proxy_pass_request_headers off; proxy_set_header X-Name $http_x_name;", "proxy_set_header Authorization ''; proxy_set_header Host o.test;", "proxy_set_header Cookie $cookie_s;", "proxy_set_header X_Under 1;", "proxy_set_header X-Api-Key $http_x_api_key;", "proxy_set_header Content-Length $content_length;", "proxy_set_header X-B $content_length;", "proxy_set_header X-B $proxy_add_x_forwarded_for; proxy_set_header X-Name $remote_addr;");
const own = (): Text =>
  joined(maybe(4, access), maybe(4, bodyLimit), maybe(12, fc.constant("recursive_error_pages on;")), maybe(2, several(2, page, 1)), maybe(12, referers), maybe(6, one("index app.php index.html;", "index none.html /app.php;", "index index.php;", "index $arg_k.html;")), maybe(10, fc.constant("autoindex on;")), maybe(7, altered), maybe(8, one("fastcgi_split_path_info ^(.+?\\.php)(/.*)$;", "fastcgi_split_path_info ^(.+)(/b.*)$; fastcgi_index index.php;", "fastcgi_index index.html;")), maybe(1, modules));

interface Named {
  readonly name: string;
  readonly text: string;
}

function inside(place: Place, nested: Text): Text {
  const text = joined(own(), maybe(7, filesFrom(place)), maybe(5, limitExcept), maybe(8, fc.constant("internal;")), maybe(1, steps(true)), maybe(2, tryFiles), handler(place), nested);
  // Cut off behind `alias`, the slash before a fallback with variables is lost, and no application takes such a path.
  return text.map((written) => (written.includes("alias") ? written.replaceAll("/app.php$is_args$args", "/app.php?t=1") : written));
}

/** Prefixes compare without their modifier: nginx refuses the same one twice. */
const bare = ({ name }: Named): string => name.replace(/^\^~ /, "");

/**
 * A file that `try_files` finds keeps the length of the location's name from reaching the path that is sent: of a path
 * shorter than that name, nginx takes away more than there is, and sends what happens to lie behind it.
 */
function withoutUnderflow({ name, text }: Named): string {
  const path = name.replace(/^\S+ /, "");
  return path.length > "/dir".length && text.includes("try_files") ? text.replaceAll(/(proxy_pass http:\/\/[^/;$]+)\/[^;$]*;/g, "$1;") : text;
}

function blocks(names: readonly string[], place: Place, nested: (name: string) => Text, most: number): Text {
  const block = fc.constantFrom(...names).chain((name) => fc.record({ name: fc.constant(name), text: inside(place, nested(name)) }));
  return fc.uniqueArray(block, { maxLength: most, selector: bare }).map((all) => all.map((named) => `location ${named.name} { ${withoutUnderflow(named)} }`).join("\n"));
}

const none = (): Text => fc.constant("");
const inRegex = (): Text => maybe(5, blocks(["~ b", "~ \\.php$"], "regex", none, 1));

function inPrefix(name: string): Text {
  const path = name.replace(/^\^~ /, "").replace(/\/$/, "");
  const names = [`${path}/b`, `^~ ${path}/b`, `${path}/`, `${path}/sub/`].filter((inner) => inner.replace(/^\^~ /, "") !== name.replace(/^\^~ /, "") && inner.replace(/^\^~ /, "").startsWith(name.replace(/^\^~ /, "")));
  return maybe(2, joined(maybe(1, blocks(names, "prefix", none, 2)), maybe(2, blocks([`= ${path}/b`, `= ${path}/b.php`], "prefix", none, 1)), maybe(1, blocks(["~ \\.(php|json)$", "~ ^/(.*)b", "~* X"], "regex", none, 2))));
}

const locations: Text = joined(
  blocks(["/", "/a", "/a/", "^~ /a", "/b/", "^~ /b/", "/dir/", "/dir", "/in/", "/none", "/v1/", "^~ /dir", "/A"], "prefix", inPrefix, 3),
  maybe(2, blocks(["= /a", "= /app.php", "= /none", "= /file.txt", "= /", "= /dir/"], "prefix", none, 2)),
  maybe(1, blocks(["~ \\.php$", "~* \\.(json|TXT)$", "~ ^/a/(.*)$", "~ ^/(?<r>[ab])", "~ !^"], "regex", inRegex, 2)),
);

const named: Text = joined(maybe(3, own()), maybe(1, steps(true)), maybe(3, tryFiles), handler("server"), maybe(6, limitExcept)).map((text) => `location @named { ${text} }`);

/** What is asked must not be led to the application: told of a body it does not get, that would wait for it. */
const serverInside: Text = fc.oneof(serverWith(fc.constant(asked), none()), serverWith(none(), joined(maybe(2, steps(false)), maybe(8, tryFiles))).map((text) => text.replace(/(?:auth_request|mirror) [^;]+;/g, "")));

function serverWith(questions: Text, rewriting: Text): Text {
  return joined(
  fc.constant("set $flag 0; set $up %U; set $s%N ''; set $auth_said '';"),
  referers,
  maybe(2, own().map((text) => text.replace(/valid_referers [^;]+;/, ""))),
  maybe(6, one("underscores_in_headers on;", "ignore_invalid_headers off;", "large_client_header_buffers 4 1k;", "large_client_header_buffers 2 1k;", "large_client_header_buffers 1 1k;", "client_header_buffer_size 2k; large_client_header_buffers 2 1k;", "merge_slashes off;")),
  rewriting,
  locations,
  fc.constant("location @app { proxy_pass http://%U; }"),
  named,
  questions,
  );
}

const keys = one("POST", "x", "two", ".c%N.test", "c%N.*", "c%N.test:8080", "get", "/a", "/none", "a", "1", '""', "c%N.test", "*.c%N.test");
const keyPatterns = one("~^/a/(.*)$", "~*post", "~^(?<r%N>.+)$", '"~^POST:(.+)$"', "~b", "~*^C", "~^$", "~^[0-9]+$", "~(?i)^post");
const results = one("$1$2", "$r%N", "0", "1", '""', "x", "$1", "$arg_k", "$uri", "m$request_method");

/** A `map` with plain keys and patterns, and no key twice. */
function map(name: string): Text {
  const rows = fc.uniqueArray(fc.tuple(fc.oneof(keys, keyPatterns), results), { maxLength: 3, selector: ([key]) => key });
  return fc
    .tuple(one("$request_method", "$uri", "$arg_k", "$host", '"$request_method:$arg_k"', "$http_x_name", "$content_type", "$args", "$r%N", "$http_x_api_key", "$http_host", "$content_length", "$g%N", ...(name === "v" ? ["$m%N"] : [])), maybe(3, fc.constant("hostnames;")), maybe(4, fc.constant("volatile;")), maybe(1, results), rows)
    .map(([from, hostnames, volatile, otherwise, all]) => `map ${from} $${name}%N { ${hostnames} ${volatile} ${otherwise === "" ? "" : `default ${otherwise};`} ${all.map(([key, value]) => `${key} ${value};`).join(" ")} }`);
}

const geo = one("geo $g%N { default 0; 127.0.0.0/8 1; 127.0.0.1/32 two; }", "geo $arg_k $g%N { default no; 10.0.0.0/8 ten; 10.1.0.0/16 more; }", "geo $g%N { ranges; default 0; 127.0.0.0-127.0.0.255 in; }", "geo $g%N { default 1; 10.0.0.0/8 0; }", "geo $http_x_name $g%N { default 2; 127.0.0.1 one; }", "geo $g%N { 127.0.0.1 0; 0.0.0.0/0 all; }", "geo $arg_k $g%N { ranges; default 0; 10.0.0.0-10.255.255.255 big; 10.1.2.3-10.1.2.3 one; }", "geo $arg_k $g%N { default 0; 10.0.0.0/8 a; 10.1.2.0/24 b; delete 10.1.2.0/24; 0.0.0.0/0 any; }", "geo $g%N { default 0; proxy 127.0.0.0/8; 127.0.0.0/8 own; 10.0.0.0/8 ten; }", "geo $g%N { default 0; proxy 127.0.0.0/8; proxy 10.1.0.0/16; proxy_recursive; 127.0.0.1/32 own; 10.0.0.0/8 ten; }");

const listens = one("listen %P; listen %Q; listen %R;", "listen %P; listen %Q; listen %R;", "listen %P;", "listen %Q;", "listen %P; listen %Q;", "listen %R;", "listen %P; listen %R;");
const names = one("c%N.test", "c%N.test *.c%N.test", "*.c%N.test", ".c%N.test", "c%N.*", "~^(?<r>\\w+)\\.c%N\\.test$", "c%N.test www.c%N.test", "*.b.c%N.test", "c%N.example.*", "~^c%N\\.", "~(?i)^(.+)\\.C%N\\.TEST$", "C%N.Test", "c%N.test c%N.org", '""', "_ xc%N.test");

const config: Text = fc
  .tuple(map("m"), map("v"), geo, serverInside, fc.array(fc.tuple(names, listens, fc.oneof(answer, one("location / { proxy_pass http://%U; }", "location /a { deny all; }"))), { maxLength: 2 }), listens)
  .map(([m, v, g, main, others, ports]) => {
    // Two servers of one name on one port: nginx takes the first.
    const beside = others.map(([name, listen, text]) => `server { ${listen} server_name ${name}; root %W; ${text} }`);
    return [`upstream app%N { server %U; } ${zones} map $arg_k $e%N { 1 %U; b app%N; } ${m} ${v} ${g} map $uri $r%N { default ""; ~*^/a/(.*)$ $1; /none nowhere; }`, `server { ${ports} server_name c%N.test;\nroot %W;\n${main} }`, ...beside].join("\n");
  });

/** Any server that nginx accepts, more or less, with requests that it may treat in different ways. */
export const scene: fc.Arbitrary<Scene> = fc
  .record({ requests: fc.array(request, { minLength: 1, maxLength: 24, size: "max" }), config })
  .map(({ requests, config }) => ({ config, requests: asSent(requests, config) }));

/**
 * What is counted comes alone, several times. The request's first line is read with the host it names. A `return` throws the body away before it looks at its text, and how long
 * a chunked body is then depends on how much of it had come.
 */
function asSent(requests: readonly Sent[], config: string): readonly Sent[] {
  const relative = /\$request\b/.test(config) ? requests.map(({ absolute: _, ...one }) => one) : requests;
  const measured = /map \$content_length/.test(config) && /return [^;]*\$[mv]%N/.test(config);
  const sent = measured ? relative.map((one) => ({ ...one, chunked: false })) : relative;
  return /limit_req zone/.test(config) ? sent.slice(0, 1).flatMap((first) => [first, first, first]) : sent;
}
