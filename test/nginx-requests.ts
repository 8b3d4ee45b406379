import fc from "fast-check";
import type { Sent } from "./loopback.ts";
import { rightPassword } from "./loopback.ts";
import type { Text } from "./texts.ts";
import { one } from "./texts.ts";

const authorization = rightPassword;
const refused = `Basic ${Buffer.from("ann:wrong").toString("base64")}`;

const plainPaths = one("/", "/a", "/a/", "/a/b", "/a/b.php", "/dir", "/dir/", "/file.txt", "/app.php", "/none", "/b/x.json", "/noindex/", "/a.json", "/b/", "/b", "/in/x", "/A/B", "/dir/sub", "/dir/sub/page.html", "/index.html", "/none/b", "/a/sub/x", "/a/b/", "/auth/ok", "/auth/app", "/a/b/c/d", "/v1/a", "/noindex", "/a/file.txt");
const oddPaths = one("/a//b", "/%61/b", "/a/../b/x", "//a/b", "/a/./b", "/a/..", "/a/b/..", "/a%2Fb", "/%2e%2e/a", "/a/%2E%2e/b/", "/a/../../b", "/a%7Eb", "/a%25b", "/a///b//", "/./a", "/a/.", "/app.php/x", "/a%", "/a%zz", "/a%00b", "//", "/dir//", "/a//..//b", "/%41/b", "/a;x", "/a%23b", "/a+b", "/b//../a/b");
const paths: Text = fc.oneof({ weight: 5, arbitrary: plainPaths }, { weight: 1, arbitrary: oddPaths });
const queries: Text = fc.oneof(
  { weight: 20, arbitrary: fc.constant("") },
  { weight: 25, arbitrary: one("?k=1", "?k=a&x=2", "?K=POST", "?k=10.1.2.3", "?x=1&k=%2Fnone", "?k=off", "?k=/file.txt", "?k", "?k=1?x=2", "?&k=1", "?xk=1", "?k=1&k=2", "?k=&x", "?k=b") },
  { weight: 1, arbitrary: fc.constantFrom(1100, 9000).map((length) => `?k=${"q".repeat(length)}`) },
);

const headerLines: readonly Readonly<Record<string, string>>[] = [
  { "content-type": "application/json" }, { "x-name": "a" }, { "x-name": "POST:b" }, { cookie: "q=1; s=a" }, { cookie: "S=b;s=c" }, { "x-api-key": "1" }, { "x_api_key": "1" }, { "x-api-key": "1", "x_api_key": "0" }, { "x-api_key": "" }, { "x.dot": "1" },
  { authorization }, { authorization }, { authorization: refused }, { authorization: "Bearer abc" },
  { referer: "http://www.good.test/" }, { referer: "https://good.test/path/x" }, { referer: "nonsense" }, { referer: "http://c%N.test/" }, { referer: "http://evil.test/?good" }, { referer: "http://dot.test:8080/x" }, { referer: "http://other.org" }, { referer: "" }, { referer: "https://a.good.test:443" }, { referer: "HTTP://FINE.test" }, { referer: "http://fine.test.evil.org/" }, { referer: "ftp://fine.test/" }, { referer: "http://good.test/pathology" },
  { "x-forwarded-for": "10.0.0.7" }, { "x-forwarded-for": "127.0.0.1, 10.1.2.3, 127.0.0.2" }, { "x-forwarded-for": "10.1.2.3:80 , x" }, { "x-real-ip": "10.0.0.7" }, { "x-real-ip": "::1" }, { "x-name": "10.0.0.1" },
  { "user-agent": "apple" }, { origin: "http://c%N.test" }, { origin: "null" }, { "x-requested-with": "XMLHttpRequest" }, { expect: "100-continue" },
];
const headers = fc.oneof(
  { weight: 25, arbitrary: fc.constant({}) },
  { weight: 25, arbitrary: fc.constantFrom(...headerLines) },
  { weight: 1, arbitrary: fc.constantFrom(1100, 9000).map((length) => ({ "x-name": "n".repeat(length) })) },
  { weight: 1, arbitrary: fc.constantFrom(3, 4, 5, 6).map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-part-${index}`, "p".repeat(600)]))) },
);

const hosts: Text = fc.oneof({ weight: 5, arbitrary: fc.constant("c%N.test") }, { weight: 4, arbitrary: one("www.c%N.test", "a.b.c%N.test", "c%N.org", "C%N.test", "c%N.test.", "c%N.test:8080", "B.C%N.TEST.:81", "c%N.test:", "c%N.example.org", "xc%N.test") }, { weight: 1, arbitrary: fc.constantFrom("") });
const LONG = 500;
const bodiless: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** A request that servers may treat in different ways. */
export const request: fc.Arbitrary<Sent> = fc
  .record({
    method: one("POST", "POST", "POST", "POST", "POST", "GET", "PUT", "OPTIONS", "DELETE", "HEAD", "PATCH", "TRACE", "REPORT"),
    target: fc.tuple(paths, queries).map(([path, query]) => path + query),
    host: hosts,
    headers,
    bytes: fc.constantFrom(3, 3, 3, 0, 1500),
    chunked: fc.boolean(),
    port: fc.constantFrom("first", "first", "first", "second", "third"),
    withBody: fc.constantFrom(false, false, false, true),
    absolute: fc.oneof({ weight: 20, arbitrary: fc.constant("") }, { weight: 1, arbitrary: one("c%N.test", "www.c%N.test", "C%N.test:81", "xc%N.test") }),
  })
  .map(({ bytes, chunked, port, withBody, absolute, ...rest }) => {
    const empty = (bytes === 0 && rest.method !== "REPORT") || (bodiless.has(rest.method) && !(withBody && rest.method !== "TRACE"));
    // A long first line leaves a large buffer behind, in which a long header then finds room.
    const headers = rest.target.length > LONG ? Object.fromEntries(Object.entries(rest.headers).filter(([, value]) => value.length <= LONG)) : rest.headers;
    return { ...rest, headers, bytes: empty ? 0 : bytes || 3, chunked: !empty && chunked, ...(absolute === "" ? {} : { absolute }), ...(port === "first" ? {} : { [port]: true }) };
  });
