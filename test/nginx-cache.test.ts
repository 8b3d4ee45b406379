import { describe, expect, it } from "vitest";
import { findingsIn, loadText, mark, marked } from "./rule-tester.ts";

const upstream = "proxy_pass http://127.0.0.1:8080;";

/** A place whose answers are kept, and what else is said there. */
function cached(more: string): string {
  return `proxy_cache_path /var/cache/nginx keys_zone=answers:10m;
server {
  location /api/ {
    proxy_cache answers;
    proxy_cache_valid 200 10m;
    ${more}
    ${upstream}
  }
}`;
}

const possible: Readonly<Record<string, string>> = {
  "the address alone": cached(`proxy_cache_methods GET HEAD POST;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ post-answered-from-cache`),
  "a key about who asks, and ways past the cache that nobody takes": cached(`proxy_cache_methods POST;
#   ~~~~~~~~~~~~~~~~~~~~~~~~ post-answered-from-cache
    proxy_cache_key "$scheme$request_method$host$request_uri$cookie_user";
    proxy_cache_bypass $cookie_nocache $arg_nocache;`),
  "another protocol, and two places for which one directive stands": `server {
  fastcgi_cache_key "$request_uri";
  fastcgi_cache answers;
  fastcgi_cache_valid 10m;
  fastcgi_cache_methods POST;
# ~~~~~~~~~~~~~~~~~~~~~~~~~~ post-answered-from-cache
  location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; }
  location /app { fastcgi_pass unix:/run/php.sock; }
}`,
};

const good: Readonly<Record<string, string>> = {
  "other methods": cached("proxy_cache_methods GET HEAD;"),
  "the body in the key": cached("proxy_cache_methods POST; proxy_cache_key $request_uri|$request_body;"),
  "a header in the key that may tell bodies apart": cached("proxy_cache_methods POST; proxy_cache_key $request_uri$http_idempotency_key;"),
  "answers that are handed on as they come": cached("proxy_cache_methods POST; proxy_buffering off;"),
  "POSTs that pass the cache by": cached("proxy_cache_methods POST; set $skip 0; if ($request_method = POST) { set $skip 1; } proxy_cache_bypass $skip;"),
  "answers to POSTs that are not kept": `map $request_method $writes { default 1; GET 0; }\n${cached("proxy_cache_methods POST; proxy_no_cache $writes;")}`,
  "no cache": `server { location /api/ { proxy_cache_methods POST; ${upstream} } }`,
  "a cache that is off": `server { proxy_cache answers; proxy_cache_valid 1h; location /api/ { proxy_cache off; proxy_cache_methods POST; ${upstream} } }`,
  "failures alone": `server { location /api/ { proxy_cache answers; proxy_cache_methods POST; proxy_cache_valid 404 1m; ${upstream} } }`,
  "no time at all": `server { location /api/ { proxy_cache answers; proxy_cache_methods POST; proxy_cache_valid 200 0; ${upstream} } }`,
};

describe("answers that are kept", () => {
  it.each(Object.entries(possible))("%s", (_, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText("nginx", clean));
    expect(found.map(mark)).toEqual(expected);
    expect(found.map(({ certainty }) => certainty)).toEqual(["possible"]);
  });

  it.each(Object.entries(good))("is not about %s", (_, text) => {
    expect(findingsIn(loadText("nginx", text))).toEqual([]);
  });
});
