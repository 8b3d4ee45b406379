import fc from "fast-check";
import type { Text } from "./texts.ts";
import { joined, maybe, one, several } from "./texts.ts";

/** Statuses that pages are shown for. */
export const code = one("408", "497", "403", "404", "405", "410", "418", "401", "413", "500", "503", "400");
const values = one('""', "0", "1", "$arg_k", "${flag}x", "$uri", "$request_method", "$1", "$m%N", "$r%N", "POSTx", "a", "$2$1", "$v%N", "$http_x_api_key");
const variables = one(
  "$flag", "$flag", "$request_method", "$request_method", "$uri", "$arg_k", "$args", "$m%N", "$r%N", "$g%N", "$v%N", "$is_args", "$content_type", "$content_length", "$http_x_name", "$http_x_api_key", "$cookie_s", "$http_referer", "$invalid_referer", "$invalid_referer", "$host", "$document_uri", "$request_uri", "$query_string", "$scheme", "$https", "$remote_addr", "$server_name", "$http_user_agent", "$server_port", "$remote_user", "$http_host",
  "$http_x_dot", "$http_origin", "$http_x_requested_with", "$server_protocol", "$request", "$http_content_length", "$http_content_type", "$http_transfer_encoding", "$request_body", "$status", "$body_bytes_sent", "$http_authorization", "$document_root", "$request_filename", "$s%N", "$http_cookie", "$http_expect", "$auth_said", "$arg_", "$realpath_root", "$secure_link", "$secure_link_expires", "$share%N", "$fastcgi_script_name", "$fastcgi_path_info",
);
const patterns = one("^POST$", "post", "^(GET|HEAD)$", "b", "^/a(.*)$", "^(.)(.*)$", '"^.{2,}$"', "^$", "x$", "(?<r>[a-z]+)", "^/(dir|none)", "k|1", "json", "^app", "GET|HEAD|POST", "^(?!POST)", "(?i)POST", "c\\d+");
const files = one("$document_root$fastcgi_script_name", "$request_filename", "$document_root$uri", "%W/file.txt", "%W$uri/index.html", "$document_root/dir", "%W/none", "$document_root/$1", "%W/$arg_k");

const condition: Text = fc.oneof(
  { weight: 2, arbitrary: variables },
  { weight: 3, arbitrary: joined(variables, one("=", "!="), one('""', "POST", "GET", "1", "/a", "$arg_k", "a", "application/json", "c%N.test", "$uri", "0", "post")) },
  { weight: 3, arbitrary: joined(variables, one("~", "~*", "!~", "!~*"), patterns) },
  { weight: 2, arbitrary: joined(one("-f", "!-f", "-d", "!-d", "-e", "!-e", "-x", "!-x"), files) },
);

const targets = one("/b$1", "/none", "/app.php", "/a/b", "/file.txt", "/dir/", "/dir", "/in/x", "/b/$1?r=$2", "/app.php?q=$1&$args", "/a", "/$arg_k", "$uri.php", "/none?", "/b?z=1?", "/a$1", "/$r%N", "/v1/$1", "/b/$http_x_name", "/a?$args", "/dir/$1?", "$1", "/b/../a/b", "/a//$1");
const locationTo = one("/x", "/x$is_args$args", "https://$host$request_uri", "http://o.test/$1", "$scheme://o.test$uri", "/$m%N", "/$r%N/$g%N", "/$flag-$1-$2", "http://o.test", "https://o.test$request_uri?", "/x?y=$arg_k");

/** A fixed answer: `return` in all its forms. */
export const answer: Text = fc.oneof(
  { weight: 2, arbitrary: code.map((status) => `return ${status};`) },
  { weight: 2, arbitrary: joined(one("return 301", "return 302", "return 303", "return 307", "return 308"), locationTo).map((text) => `${text};`) },
  { weight: 2, arbitrary: one("return 200 ok;", "return 204;", "return 444;", "return 403 no;", "return http://o.test/;", 'return 404 "";', "return 201 $uri;", "return 200;", "return 405 $arg_k;", "return $scheme://o.test/x;", "return 421;", "return 200 $m%N;", "return 499;", "return 503 $flag;", "return 304;", "return 408;", "return 408 late;", "return 494;", "return 497;") },
);

/** What a `rewrite` redirects to is decoded once more, so that a `%` left in `$uri` takes away what follows it. */
function decodedOnce(target: string): string {
  return target.replace("$uri", "$request_uri");
}

const rewriting: Text = joined(
  fc.constant("rewrite"),
  one("^/a/(.*)$", "^/b(.*)$", "^", "^/(.*)$", "^/none", "^/dir/?(.*)$", "^/(a)/(?<r>.*)$", "^(.*)/$", "\\.php$", "(?i)^/A(.*)", "^/([^/]+)/([^/]+)$", "/b", ".*"),
  fc.oneof({ weight: 5, arbitrary: targets }, { weight: 1, arbitrary: locationTo.map(decodedOnce) }),
  one("", "last", "break", "permanent", "redirect", "last", "break"),
).map((text) => `${text};`);

const plainStatement: Text = fc.oneof(
  { weight: 3, arbitrary: values.map((value) => `set $flag ${value};`) },
  { weight: 1, arbitrary: one("set $args z=1;", "set $args $arg_k;", "set $s%N $uri;", "set $args '';", "set $s%N $s%N$flag;", "set $flag ${flag}C;", "set $s%N $invalid_referer;") },
  { weight: 3, arbitrary: answer },
  { weight: 4, arbitrary: rewriting },
  { weight: 1, arbitrary: fc.constant("break;") },
);

/** An `error_page`. */
export const page: Text = joined(
  fc.constant("error_page"),
  fc.uniqueArray(code, { minLength: 1, maxLength: 3 }).map((codes) => codes.join(" ")),
  one("", "=", "=200", "=410", "=301", "=204", "", "=403"),
  one("/app.php", "/file.txt", "@app", "/none", "@named", "/index.html?e=1", "http://o.test/e", "/in/x", "@missing", "/b/$flag", "https://o.test$request_uri", "$uri", "/a/b?e=1", "/dir/", "/$arg_k", "/v1/e", "none.html", "$arg_k"),
).map((text) => `${text};`);

/** What an `if` in a location may hold besides rewriting. */
const brought = one("proxy_pass http://%U;", "add_header X-A b;", "root %W/dir;", "error_page 404 =410 /none;", "proxy_pass http://%U$uri;", "error_page 405 @app;", "root /nowhere;", "error_page 418 = @app;", "expires 1d;", "proxy_pass http://$up;");

/** A list of `valid_referers`. */
export const referers: Text = fc
  .tuple(one("", "none", "blocked", "none blocked"), fc.uniqueArray(one("server_names", "*.good.test", "good.test/path", "~good", "other.*", ".dot.test", "~\\.test/$", "*.c%N.test", "~(?i)FINE"), { minLength: 1, maxLength: 3 }))
  .map(([special, names]) => `valid_referers ${special} fine.test ${names.join(" ")};`);

function ifBlock(inLocation: boolean): Text {
  const inside = joined(several(2, plainStatement), inLocation ? maybe(3, brought) : fc.constant(""));
  return fc.tuple(condition, inside).map(([asked, text]) => `if (${asked}) { ${text} }`);
}

/** Flags that are set in one condition and read in another. */
const idioms = one(
  'set $d ""; if ($request_method = POST) { set $d P; } if ($cookie_s = "") { set $d "${d}C"; } if ($d = PC) { return 403; }',
  "if ($request_method !~ ^(GET|HEAD)$) { set $flag 1; } if ($uri ~ ^/b) { set $flag 0; } if ($flag) { return 405; }",
  "if ($request_method = POST) { return 418; }",
  "if ($request_method = OPTIONS) { return 204; }",
  "if ($invalid_referer) { return 403; }",
  "if (!-e $request_filename) { rewrite ^(.*)$ /app.php?q=$1 last; break; }",
  'if ($content_type !~ "application/json") { return 415; }',
  'if ($content_length = "") { return 411; }',
);

/** The directives of ngx_http_rewrite_module, in any order. */
export function steps(inLocation: boolean): Text {
  return several(3, fc.oneof({ weight: 6, arbitrary: ifBlock(inLocation) }, { weight: 4, arbitrary: plainStatement }, { weight: 1, arbitrary: idioms }));
}
