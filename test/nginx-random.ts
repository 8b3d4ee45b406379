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
const conditions = ["$request_method = POST", "$request_method !~ ^(GET|HEAD)$", "$arg_k", "$uri ~ ^/a(.*)$", "-f $request_filename", "!-e $request_filename", "$flag = 1", "$args = \"\"", "$request_uri ~* B"];
const codes = [401, 403, 404, 405, 410, 418];

function statement(pick: Pick, inIf: boolean): string {
  const answer = `return ${pick(codes)};`;
  const options = ["set $flag 1;", "set $flag 0;", answer, "rewrite ^/a/(.*)$ /b/$1;", "rewrite ^/b(.*)$ /app.php?r=$1 last;", "rewrite ^/a/b /none break;", "break;", "rewrite ^/none /a permanent;", "return 302 /x;", "return 200 ok;"];
  if (!inIf) options.push(`if (${pick(conditions)}) { ${statement(pick, true)} ${statement(pick, true)} }`, `if (${pick(conditions)}) { ${statement(pick, true)} }`);
  return pick(options);
}

function errorPage(pick: Pick): string {
  return `error_page ${pick(codes)} ${pick(["", "=", "=200", "=410"])} ${pick(["/app.php", "/file.txt", "@app", "/none"])};`;
}

function content(pick: Pick, place: "prefix" | "regex"): string {
  return pick(["proxy_pass http://%U;", "proxy_pass http://%U;", place === "prefix" ? "proxy_pass http://%U/up/;" : "proxy_pass http://%U;", "", "empty_gif;", "try_files $uri $uri/ @app;", "try_files $uri /app.php?t=1;", "try_files $uri $uri/index.html =404;", "internal; proxy_pass http://%U;"]);
}

function settings(pick: Pick): string {
  return pick(["", "", "", "deny all;", "allow all;", "allow 127.0.0.1; deny all;", "satisfy any; deny all; auth_basic x; auth_basic_user_file /dev/null;", "auth_basic x; auth_basic_user_file /dev/null;", "client_max_body_size 2;", "limit_except GET { deny all; }", "limit_except POST { deny 127.0.0.1; }"]);
}

function location(pick: Pick, name: string, place: "prefix" | "regex"): string {
  const steps = pick([0, 0, 0, 1, 2]);
  const rewriting = Array.from({ length: steps }, () => statement(pick, false)).join(" ");
  const page = pick([true, false, false]) ? errorPage(pick) : "";
  const nested = !name.startsWith("=") && pick([0, 0, 0, 1]) === 1 ? `location ~ \\.${pick(["php", "json"])}$ { ${content(pick, "regex")} }` : "";
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
  return [`set $flag ${pick(["0", "1"])};`, ...own, ...prefixes, ...exact, ...regexes, "location @app { proxy_pass http://%U; }"].join("\n");
}

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
