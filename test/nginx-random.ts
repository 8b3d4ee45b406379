/** A random server's inside with requests for it. */
export interface RandomServer {
  readonly server: string;
  readonly http?: string;
  readonly requests: readonly string[];
}

/** Numbers that look random and are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Pick = <T>(from: readonly T[]) => T;

const paths = ["/", "/a", "/a/", "/a/b", "/a/b.php", "/dir", "/dir/", "/file.txt", "/app.php", "/none", "/b/x.json", "/noindex/", "/a.json"] as const;
const maps = `map $request_method $random_write { default 1; GET 0; } map $uri $random_place { default ""; ~*^/a/(?<random_rest>.*)$ $random_rest; /none nowhere; }`;
const conditions = ["$random_write", "$random_place", "$random_place ~ ^b(.*)$", "$is_args", "$https", "$document_uri = /none", "$content_length = \"\"", "$request_method = POST", "$request_method !~ ^(GET|HEAD)$", "$arg_k", "$uri ~ ^/a(.*)$", "-f $request_filename", "!-e $request_filename", "$flag = 1", "$args = \"\"", "$request_uri ~* B"];
const codes = [401, 403, 404, 405, 410, 418];

function statement(pick: Pick, inIf: boolean): string {
  const answer = `return ${pick(codes)};`;
  const options = ["set $flag 1;", "set $flag 0;", answer, "rewrite ^/a/(.*)$ /b/$1;", "rewrite ^/b(.*)$ /app.php?r=$1 last;", "rewrite ^/a/b /none break;", "break;", "rewrite ^/none /a permanent;", "return 302 /x$is_args$args;", "return 200 ok;", "return 302 /$random_place;", "rewrite ^/(.*)$ /b/$1? last;", "rewrite ^ $uri.php break;", "set $args z=1;", "rewrite ^/dir/?(.*)$ http://o.test/$1;"];
  if (!inIf) options.push(`if (${pick(conditions)}) { ${statement(pick, true)} ${statement(pick, true)} }`, `if (${pick(conditions)}) { ${statement(pick, true)} }`);
  return pick(options);
}

function errorPage(pick: Pick): string {
  return `error_page ${pick(codes)} ${pick(["", "=", "=200", "=410"])} ${pick(["/app.php", "/file.txt", "@app", "/none", "@named", "/index.html?e=1", "http://o.test/e"])};`;
}

function content(pick: Pick, place: "prefix" | "regex"): string {
  return pick(["proxy_pass http://%U;", "proxy_pass http://%U;", place === "prefix" ? "proxy_pass http://%U/up/;" : "proxy_pass http://%U;", "", "empty_gif;", "try_files $uri $uri/ @app;", "try_files $uri /app.php?t=1;", "try_files $uri $uri/index.html =404;", "internal; proxy_pass http://%U;", "try_files /none $uri.json /dir/index.html;", "index app.php index.html;", "autoindex on;", place === "prefix" ? "alias %W/dir/;" : "root %W/dir;", "proxy_method PUT; proxy_pass http://%U;", "proxy_pass http://%U$uri;", "stub_status;", "try_files $uri @named;"]);
}

function settings(pick: Pick): string {
  return pick(["", "", "", "deny all;", "allow all;", "allow 127.0.0.1; deny all;", "satisfy any; deny all; auth_basic x; auth_basic_user_file /dev/null;", "auth_basic x; auth_basic_user_file /dev/null;", "client_max_body_size 2;", "limit_except GET { deny all; }", "limit_except POST { deny 127.0.0.1; }", "limit_except GET { proxy_pass http://%U; }", "satisfy any; allow 127.0.0.1; deny all; auth_basic x; auth_basic_user_file /dev/null;", "auth_basic off;", "recursive_error_pages on;"]);
}

function location(pick: Pick, name: string, place: "prefix" | "regex"): string {
  const steps = pick([0, 0, 0, 1, 2]);
  const rewriting = Array.from({ length: steps }, () => statement(pick, false)).join(" ");
  const page = pick([true, false, false]) ? errorPage(pick) : "";
  const nested = !name.startsWith("=") && pick([0, 0, 0, 1]) === 1 ? `location ~ \\.${pick(["php", "json"])}$ { ${content(pick, "regex")} ${pick([true, false, false]) ? statement(pick, false) : ""} }` : "";
  return `location ${name} { ${settings(pick)} ${page} ${rewriting} ${content(pick, place)} ${nested} }`;
}

function distinct(pick: Pick, from: readonly string[], count: number): readonly string[] {
  return [...new Set(Array.from({ length: count }, () => pick(from)))];
}

function server(pick: Pick): string {
  const prefixes = distinct(pick, ["/", "/a", "/a/", "/a/b", "/dir/", "/b/"], pick([1, 2, 3])).map((name) => location(pick, pick(["", "", "^~ "]) + name, "prefix"));
  const exact = distinct(pick, ["= /a", "= /app.php", "= /none", "= /file.txt"], pick([0, 0, 1])).map((name) => location(pick, name, "prefix"));
  const regexes = distinct(pick, ["~ \\.php$", "~* \\.(json|txt)$", "~ ^/a/(.*)$"], pick([0, 1, 2])).map((name) => location(pick, name, "regex"));
  const own = [pick([0, 0, 0, 1]) === 1 ? statement(pick, false) : "", pick([true, false]) ? errorPage(pick) : "", pick(["", "", "", "deny all;", "client_max_body_size 2;"])];
  return [`set $flag ${pick(["0", "1"])};`, ...own, ...prefixes, ...exact, ...regexes, "location @app { proxy_pass http://%U; }", `location @named { ${settings(pick)} ${errorPage(pick)} ${statement(pick, false)} ${content(pick, "regex")} }`].join("\n");
}

/** What the random servers need beside them. */
export const randomMaps = maps;

/** Servers made at random, the same in every run, each with POSTs and GETs to paths it may treat in different ways. */
export function randomServers(count: number, seed = 1): readonly RandomServer[] {
  const next = generator(seed);
  const pick: Pick = (from) => {
    const found = from[Math.floor(next() * from.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  return Array.from({ length: count }, () => ({
    server: server(pick),
    requests: paths.flatMap((path) => [`POST ${path}`, ...(pick([true, false]) ? [`GET ${path}?k=1`] : [])]),
  }));
}
