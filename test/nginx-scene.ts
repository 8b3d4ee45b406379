import fc from "fast-check";
import type { Sent } from "./nginx-process.ts";

/**
 * Servers and what is sent to them. In the texts `%N` is a number of the scene's own, `%P` and `%Q` are ports, `%U` is
 * the application's address and `%W` the folder of files.
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

const authorization = `Basic ${Buffer.from("ann:secret").toString("base64")}`;

type Text = fc.Arbitrary<string>;

const one = (...from: readonly string[]): Text => fc.constantFrom(...from);

/** Mostly nothing: `weight` times as often as something. */
function maybe(weight: number, of: Text): Text {
  return fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant("") }, { weight: 1, arbitrary: of });
}

function joined(...parts: readonly Text[]): Text {
  return fc.tuple(...parts).map((texts) => texts.filter((text) => text !== "").join(" "));
}

function several(most: number, of: Text, least = 0): Text {
  return fc.array(of, { minLength: least, maxLength: most }).map((texts) => texts.join(" "));
}

/** Directives of several names, each at most once: nginx refuses a second. */
function settingsOf(...of: readonly Text[]): Text {
  return joined(...of);
}

const code = one("403", "404", "405", "410", "418", "401", "413", "500", "503");
const values = one('""', "0", "1", "$arg_k", "${flag}x", "$uri", "$request_method", "$1", "$m%N", "$r%N", "POSTx", "a");
const variables = one("$flag", "$request_method", "$uri", "$arg_k", "$args", "$m%N", "$r%N", "$g%N", "$v%N", "$is_args", "$content_type", "$content_length", "$http_x_name", "$http_x_api_key", "$cookie_s", "$http_referer", "$invalid_referer", "$invalid_referer", "$host", "$document_uri", "$request_uri", "$query_string", "$scheme", "$https", "$remote_addr", "$server_name", "$http_user_agent", "$server_port", "$remote_user", "$http_host");
const patterns = one("^POST$", "post", "^(GET|HEAD)$", "b", "^/a(.*)$", "^(.)(.*)$", '"^.{2,}$"', "^$", "x$", "(?<r>[a-z]+)", "^/(dir|none)", "k|1", "json", "^app");
const files = one("$request_filename", "$document_root$uri", "%W/file.txt", "%W$uri/index.html", "$document_root/dir", "%W/none");

const condition: Text = fc.oneof(
  variables,
  joined(variables, one("=", "!="), one('""', "POST", "GET", "1", "/a", "$arg_k", "a", "application/json", "c%N.test")),
  joined(variables, one("~", "~*", "!~", "!~*"), patterns),
  joined(one("-f", "!-f", "-d", "!-d", "-e", "!-e", "-x", "!-x"), files),
);

const targets = one("/b$1", "/none", "/app.php", "/a/b", "/file.txt", "/dir/", "/dir", "/in/x", "/b/$1?r=$2", "/app.php?q=$1&$args", "/a", "/$arg_k", "$uri.php", "/none?", "/b?z=1?");
const locationTo = one("/x", "/x$is_args$args", "https://$host$request_uri", "http://o.test/$1", "$scheme://o.test$uri", "/$m%N", "/$r%N/$g%N", "/$flag-$1-$2", "http://o.test");

const answer: Text = fc.oneof(
  code.map((status) => `return ${status};`),
  joined(one("return 301", "return 302", "return 303", "return 307", "return 308"), locationTo).map((text) => `${text};`),
  one("return 200 ok;", "return 204;", "return 444;", "return 403 no;", "return http://o.test/;", 'return 404 "";', "return 201 $uri;"),
);

const rewriting: Text = joined(
  fc.constant("rewrite"),
  one("^/a/(.*)$", "^/b(.*)$", "^", "^/(.*)$", "^/none", "^/dir/?(.*)$", "^/(a)/(?<r>.*)$", "^(.*)/$", "\\.php$"),
  fc.oneof({ weight: 5, arbitrary: targets }, { weight: 1, arbitrary: locationTo }),
  one("", "last", "break", "permanent", "redirect", "last", "break"),
).map((text) => `${text};`);

const plainStatement: Text = fc.oneof(
  { weight: 3, arbitrary: values.map((value) => `set $flag ${value};`) },
  { weight: 1, arbitrary: one("set $args z=1;", "set $args $arg_k;", "set $s%N $uri;") },
  { weight: 3, arbitrary: answer },
  { weight: 4, arbitrary: rewriting },
  { weight: 1, arbitrary: fc.constant("break;") },
);

const page: Text = joined(
  fc.constant("error_page"),
  fc.uniqueArray(code, { minLength: 1, maxLength: 3 }).map((codes) => codes.join(" ")),
  one("", "=", "=200", "=410", "=301", "=204"),
  one("/app.php", "/file.txt", "@app", "/none", "@named", "/index.html?e=1", "http://o.test/e", "/in/x", "@missing", "/b/$flag", "https://o.test$request_uri"),
).map((text) => `${text};`);

/** What an `if` in a location may hold besides rewriting. */
const brought = one("proxy_pass http://%U;", "add_header X-A b;", "root %W/dir;", "error_page 404 =410 /none;", "proxy_pass http://%U$uri;", "error_page 405 @app;", "root /nowhere;");

const referers: Text = fc
  .tuple(one("", "none", "blocked", "none blocked"), fc.uniqueArray(one("server_names", "*.good.test", "good.test/path", "~good", "other.*", ".dot.test"), { minLength: 1, maxLength: 3 }))
  .map(([special, names]) => `valid_referers ${special} fine.test ${names.join(" ")};`);

function ifBlock(inLocation: boolean): Text {
  const inside = joined(several(2, plainStatement), inLocation ? maybe(3, brought) : fc.constant(""));
  return fc.tuple(condition, inside).map(([asked, text]) => `if (${asked}) { ${text} }`);
}

function statement(inLocation: boolean): Text {
  return fc.oneof({ weight: 3, arbitrary: ifBlock(inLocation) }, { weight: 2, arbitrary: plainStatement });
}

const addresses: Text = several(3, one("allow all;", "deny all;", "allow 127.0.0.1;", "deny 127.0.0.1;", "allow 10.0.0.0/8;", "deny ::1;", "deny 127.0.0.0/8;", "allow unix:;"), 1);
const users = "auth_basic_user_file %W/users;";
const access: Text = settingsOf(maybe(1, addresses), maybe(3, one("satisfy any;", "satisfy all;")), maybe(2, one(`auth_basic x; ${users}`, `auth_basic off; ${users}`, "auth_basic x;", `auth_basic $arg_k; ${users}`)));
const bodyLimit = one("client_max_body_size 2;", "client_max_body_size 1k;", "client_max_body_size 0;", "client_max_body_size 1M;");

const exceptMethods = one("GET", "POST", "HEAD", "GET POST", "PUT DELETE", "get options");
const exceptInside: Text = joined(maybe(1, addresses), maybe(3, one(`auth_basic y; ${users}`)), maybe(3, fc.constant("proxy_pass http://%U;")));
const limitExcept: Text = fc.tuple(exceptMethods, exceptInside).map(([methods, inside]) => `limit_except ${methods} { ${inside} }`);

type Place = "server" | "prefix" | "regex";

const tried = one("$uri", "$uri/", "$uri.json", "$uri/index.html", "/none", "/file.txt", "/dir/", "/dir/index.html", "/b/index.php", "$arg_k");
const fallbacks = one("@app", "@named", "=404", "=410", "/app.php?t=1", "/app.php$is_args$args", "/none", "/index.html", "@missing", "/in/x", "$uri/");
const tryFiles: Text = fc.tuple(fc.array(tried, { minLength: 1, maxLength: 2 }), fallbacks).map(([paths, last]) => `try_files ${paths.join(" ")} ${last};`);

/** Who answers in a location. */
function handler(place: Place): Text {
  const withPath = place === "prefix" ? ["proxy_pass http://%U/up/;", "proxy_pass http://%U/;", "proxy_pass http://%U/fixed;"] : [];
  return fc.oneof(
    { weight: 4, arbitrary: one("", "proxy_pass http://%U;") },
    { weight: 3, arbitrary: one("empty_gif;", "stub_status;", "proxy_pass http://%U$uri;", "proxy_pass http://%U$request_uri;", "proxy_pass http://%U/s$uri?k=$arg_k;", ...withPath) },
  );
}

const filesFrom = (place: Place): Text => one("root %W/dir;", "root /nowhere;", ...(place === "prefix" ? ["alias %W/dir/;", "alias %W/;"] : place === "regex" ? ["alias %W/$1;", "alias %W/file.txt;"] : []));
const altered = one("proxy_method PUT;", "proxy_set_header X-B $uri;", 'proxy_set_header X-Name "";', 'proxy_set_header Content-Type "";', 'proxy_set_body "";', 'proxy_pass_request_body off; proxy_set_header Content-Length "";', "proxy_set_header X-B 1;");
const own = (): Text =>
  settingsOf(maybe(4, access), maybe(4, bodyLimit), maybe(12, fc.constant("recursive_error_pages on;")), maybe(2, several(2, page, 1)), maybe(6, one("index app.php index.html;", "index none.html /app.php;", "index index.php;", "index $arg_k.html;")), maybe(10, fc.constant("autoindex on;")), maybe(7, altered));

const steps = (inLocation: boolean): Text => several(3, statement(inLocation));

interface Named {
  readonly name: string;
  readonly text: string;
}

function inside(place: Place, nested: Text): Text {
  return joined(own(), maybe(7, filesFrom(place)), maybe(5, limitExcept), maybe(8, fc.constant("internal;")), maybe(1, steps(true)), maybe(2, tryFiles), handler(place), nested);
}

/** Prefixes compare without their modifier: nginx refuses the same one twice. */
const bare = ({ name }: Named): string => name.replace(/^\^~ /, "");

function blocks(names: readonly string[], place: Place, nested: (name: string) => Text, most: number): Text {
  const block = fc.constantFrom(...names).chain((name) => fc.record({ name: fc.constant(name), text: inside(place, nested(name)) }));
  return fc.uniqueArray(block, { maxLength: most, selector: bare }).map((all) => all.map(({ name, text }) => `location ${name} { ${text} }`).join("\n"));
}

const none = (): Text => fc.constant("");
const inRegex = (): Text => maybe(5, blocks(["~ b", "~ \\.php$"], "regex", none, 1));

function inPrefix(name: string): Text {
  const path = name.replace(/^\^~ /, "").replace(/\/$/, "");
  const names = [`${path}/b`, `^~ ${path}/b`, `${path}/`, `${path}/sub/`].filter((inner) => inner.replace(/^\^~ /, "") !== name.replace(/^\^~ /, "") && inner.replace(/^\^~ /, "").startsWith(name.replace(/^\^~ /, "")));
  return maybe(2, joined(maybe(1, blocks(names, "prefix", none, 2)), maybe(2, blocks([`= ${path}/b`, `= ${path}/b.php`], "prefix", none, 1)), maybe(1, blocks(["~ \\.(php|json)$", "~ ^/(.*)b", "~* X"], "regex", none, 2))));
}

const locations: Text = joined(
  blocks(["/", "/a", "/a/", "^~ /a", "/b/", "^~ /b/", "/dir/", "/dir", "/in/", "/none"], "prefix", inPrefix, 3),
  maybe(2, blocks(["= /a", "= /app.php", "= /none", "= /file.txt", "= /", "= /dir/"], "prefix", none, 2)),
  maybe(1, blocks(["~ \\.php$", "~* \\.(json|TXT)$", "~ ^/a/(.*)$", "~ ^/(?<r>[ab])", "~ !^"], "regex", inRegex, 2)),
);

const named: Text = joined(maybe(3, own()), maybe(1, steps(true)), maybe(3, tryFiles), handler("server"), maybe(6, limitExcept)).map((text) => `location @named { ${text} }`);

const serverInside: Text = joined(
  fc.constant("set $flag 0;"),
  // Once: nginx computes the variable where it is first read, by the list in force there, and keeps it.
  referers,
  maybe(2, own()),
  maybe(2, steps(false)),
  maybe(8, tryFiles),
  locations,
  fc.constant("location @app { proxy_pass http://%U; }"),
  named,
);

const keys = one("POST", "get", "/a", "/none", "a", "1", '""', "c%N.test", "*.c%N.test");
const keyPatterns = one("~^/a/(.*)$", "~*post", "~^(?<r%N>.+)$", '"~^POST:(.+)$"', "~b", "~*^C");
const results = one("0", "1", '""', "x", "$1", "$arg_k", "$uri", "m$request_method");

/** A `map` with plain keys and patterns, and no key twice. */
function map(name: string): Text {
  const rows = fc.uniqueArray(fc.tuple(fc.oneof(keys, keyPatterns), results), { maxLength: 3, selector: ([key]) => key });
  return fc
    .tuple(one("$request_method", "$uri", "$arg_k", "$host", '"$request_method:$arg_k"', "$http_x_name", "$content_type", "$args"), maybe(3, fc.constant("hostnames;")), maybe(4, fc.constant("volatile;")), maybe(1, results), rows)
    .map(([from, hostnames, volatile, otherwise, all]) => `map ${from} $${name}%N { ${hostnames} ${volatile} ${otherwise === "" ? "" : `default ${otherwise};`} ${all.map(([key, value]) => `${key} ${value};`).join(" ")} }`);
}

const geo = one("geo $g%N { default 0; 127.0.0.0/8 1; 127.0.0.1/32 two; }", "geo $arg_k $g%N { default no; 10.0.0.0/8 ten; 10.1.0.0/16 more; }", "geo $g%N { ranges; default 0; 127.0.0.0-127.0.0.255 in; }", "geo $g%N { default 1; 10.0.0.0/8 0; }");

const listens = one("listen %P;", "listen %P;", "listen %Q;", "listen %P; listen %Q;");
const names = one("c%N.test", "c%N.test *.c%N.test", "*.c%N.test", ".c%N.test", "c%N.*", "~^(?<r>\\w+)\\.c%N\\.test$", "c%N.test www.c%N.test", "*.b.c%N.test");

const config: Text = fc
  .tuple(map("m"), map("v"), geo, serverInside, fc.array(fc.tuple(names, listens, fc.oneof(answer, one("location / { proxy_pass http://%U; }", "location /a { deny all; }"))), { maxLength: 2 }), listens)
  .map(([m, v, g, main, others, ports]) => {
    // Two servers of one name on one port: nginx takes the first.
    const beside = others.map(([name, listen, text]) => `server { ${listen} server_name ${name}; root %W; ${text} }`);
    return [`${m} ${v} ${g} map $uri $r%N { default ""; ~*^/a/(.*)$ $1; /none nowhere; }`, `server { ${ports} server_name c%N.test;\nroot %W;\n${main} }`, ...beside].join("\n");
  });

const paths = one("/", "/a", "/a/", "/a/b", "/a/b.php", "/dir", "/dir/", "/file.txt", "/app.php", "/none", "/b/x.json", "/noindex/", "/a.json", "/b/", "/b", "/in/x", "/a//b", "/%61/b", "/a/../b/x", "/A/B", "/dir/sub", "/dir/sub/page.html", "/index.html", "/none/b", "/a/sub/x", "/a/b/");
const queries = one("", "", "", "?k=1", "?k=a&x=2", "?K=POST", "?k=10.1.2.3", "?x=1&k=%2Fnone", "?k=off", "?k=/file.txt");
const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Readonly<Record<string, string>>>(
      { "content-type": "application/json" }, { "x-name": "a" }, { "x-name": "POST:b" }, { cookie: "q=1; s=a" }, { "x-api-key": "1" }, { "x_api_key": "1" }, { authorization }, { authorization },
      { referer: "http://www.good.test/" }, { referer: "https://good.test/path/x" }, { referer: "nonsense" }, { referer: "http://c%N.test/" }, { referer: "http://evil.test/?good" }, { referer: "http://dot.test:8080/x" }, { referer: "http://other.org" }, { referer: "" }, { "user-agent": "apple" },
    ),
  },
);

const request: fc.Arbitrary<Sent> = fc
  .record({
    method: one("POST", "POST", "POST", "POST", "GET", "PUT", "OPTIONS", "DELETE", "HEAD", "PATCH"),
    target: fc.tuple(paths, queries).map(([path, query]) => path + query),
    host: one("c%N.test", "c%N.test", "c%N.test", "c%N.test", "c%N.test", "www.c%N.test", "a.b.c%N.test", "c%N.org", "C%N.test"),
    headers,
    bytes: fc.constantFrom(3, 3, 3, 0, 1500),
    chunked: fc.boolean(),
    second: fc.constantFrom(false, false, false, true),
  })
  .map(({ bytes, chunked, ...rest }) => {
    const empty = rest.method === "GET" || rest.method === "HEAD" || rest.method === "OPTIONS" || bytes === 0;
    return { ...rest, bytes: empty ? 0 : bytes, chunked: !empty && chunked };
  });

/** Any server that nginx accepts, more or less, with requests that it may treat in different ways. */
export const scene: fc.Arbitrary<Scene> = fc.record({ requests: fc.array(request, { minLength: 1, maxLength: 24, size: "max" }), config });
