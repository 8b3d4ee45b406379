import { describe, expect, it } from "vitest";
import type { DeclaredPost } from "../src/lint/declared.ts";
import type { Finding } from "../src/lint/finding.ts";
import { painter } from "../src/report/display.ts";
import { prettyFinding } from "../src/report/pretty.ts";
import { findingsIn, loadText, mark, marked, replay } from "./rule-tester.ts";

interface Cases {
  /** Marked text: a line of tildes stands under what must be underlined, followed by the rule. Nothing else may be found. */
  readonly bad: readonly (readonly [format: string, text: string])[];
  /** The same, for what depends on something no configuration says. */
  readonly possible?: readonly (readonly [format: string, text: string])[];
  /** Nothing of this rule, not even a possible finding. */
  readonly good: readonly (readonly [format: string, text: string])[];
}

const upstream = "proxy_pass http://127.0.0.1:8080;";

const cases: Readonly<Record<string, Cases>> = {
  "method-rewritten": {
    bad: [
      ["nginx", `server {
  location /api/ {
    proxy_method GET;
#   ~~~~~~~~~~~~~~~~ method-rewritten
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  client_max_body_size 8m;
  location ~ \\.php$ {
    client_max_body_size 8m;
    fastcgi_param REQUEST_METHOD GET;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-rewritten
    fastcgi_pass unix:/run/php.sock;
  }
}`],
      // The application sees a shorter path.
      ["nginx", `server {
  location /api/ {
    proxy_method GET;
#   ~~~~~~~~~~~~~~~~ method-rewritten
    proxy_pass http://127.0.0.1:8080/;
  }
}`],
      ["kong", `_format_version: "3.0"
services:
  - name: orders
    url: http://orders.internal
    routes:
      - name: orders
        paths: [/api/orders]
        methods: [GET, POST]
    plugins:
      - name: request-transformer
        config:
          http_method: GET
#                      ~~~ method-rewritten`],
    ],
    possible: [
      // One interface is translated into another.
      ["nginx", `server {
  location = /api/chart {
    rewrite ^ /api/charts/7/data break;
    proxy_method GET;
#   ~~~~~~~~~~~~~~~~ method-rewritten
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  location /api/ {
    proxy_method GET;
#   ~~~~~~~~~~~~~~~~ method-rewritten
    proxy_set_header Content-Length "";
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      // A store that takes objects with PUT.
      ["nginx", `server {
  location /api/ {
    proxy_method PUT;
#   ~~~~~~~~~~~~~~~~ method-rewritten
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    good: [
      ["nginx", `server { location /api/ { proxy_method $request_method; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_method POST; ${upstream} } }`],
      ["nginx", `server { location /api/ { fastcgi_param REQUEST_METHOD $request_method; fastcgi_pass 127.0.0.1:9000; } }`],
      ["nginx", `server { location /api/ { auth_request /ask; ${upstream} } location = /ask { internal; proxy_method GET; proxy_pass_request_body off; proxy_set_header Content-Length ""; ${upstream} } }`],
      ["nginx", `server { if ({{ .When }}) { rewrite ^ {{ .To }} last; } location /api/ { auth_jwt a; auth_jwt_key_request /keys_{{ .Key }}; ${upstream} } location = /keys_{{ .Key }} { internal; proxy_method GET; ${upstream} } }`],
      // A refusal that is shown as a page stays a refusal, and a named location keeps the method.
      ["nginx", `server { error_page 404 /missing; location /missing { ${upstream} } location /api/ { return 404; } }`],
      ["nginx", `server { error_page 418 = @app; location /api/ { return 418; } location @app { ${upstream} } }`],
      // The look for an index file ends with the method that was sent.
      ["htaccess", "DirectoryIndex index.php\nLimitRequestBody 1048576"],
    ],
  },
  "body-dropped": {
    bad: [
      ["nginx", `server {
  location /api/ {
    proxy_pass_request_body off;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  location /api/ {
    proxy_set_body "";
#   ~~~~~~~~~~~~~~~~~ body-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      // Written for one location, inherited by all.
      ["nginx", `server {
  proxy_set_header Content-Length "";
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
  location /api/ { proxy_pass http://127.0.0.1:8080; }
}`],
      ["nginx", `server {
  location /api/ {
    fastcgi_pass_request_body off;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    fastcgi_pass unix:/run/php.sock;
  }
}`],
      ["nginx", `server {
  location /api/ {
    more_clear_input_headers Content-Length;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["htaccess", `
LimitRequestBody 1048576
  RequestHeader unset Content-Length
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped`],
    ],
    possible: [
      // Nothing says that anybody posts here.
      ["nginx", `server {
  location /pictures/ {
    proxy_pass_request_body off;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      // A proxy to somebody else's interface, which is only read.
      ["nginx", `server {
  location /api/weather {
    proxy_pass_request_headers off;
    proxy_pass_request_body off;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    proxy_pass https://weather.example;
  }
}`],
      // A piece of a configuration: who asks is written elsewhere.
      ["nginx", `location = /oauth2/auth {
  proxy_pass_request_body off;
  proxy_set_header Content-Length "";
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
  proxy_pass http://127.0.0.1:4180;
}`],
      ["nginx", `server {
  location /api/session {
    proxy_set_header X-Original-URI $request_uri;
    proxy_pass_request_body off;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-dropped
    proxy_pass http://127.0.0.1:9090;
  }
}`],
    ],
    good: [
      // Asked by the server itself, though open to everybody.
      ["nginx", `server { location /api/ { auth_request /login/check; ${upstream} } location /login/check { proxy_pass_request_body off; proxy_set_header Content-Length ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { auth_request /ask; ${upstream} } location = /ask { internal; proxy_pass_request_body off; proxy_set_header Content-Length ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { mirror /copy; ${upstream} } location = /copy { internal; proxy_pass_request_body off; proxy_set_header Content-Length ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_pass_request_body on; proxy_set_header Content-Length $content_length; ${upstream} } }`],
      // A location with headers of its own inherits none.
      ["nginx", `server { proxy_set_header Content-Length ""; location /api/ { proxy_set_header Host $host; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_set_body "wrapped: $request_body"; ${upstream} } }`],
      // The setting of another protocol.
      ["nginx", `server { location /api/ { fastcgi_pass_request_body off; ${upstream} } }`],
      ["htaccess", "LimitRequestBody 1048576\nRequestHeader unset If-Modified-Since"],
    ],
  },
  "credentials-dropped": {
    bad: [],
    possible: [
      ["nginx", `server {
  location /api/ {
    proxy_set_header Authorization "";
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ credentials-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  location /api/ {
    proxy_pass_request_headers off;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ credentials-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `map $host $token { default ""; }
server {
  location /api/ {
    proxy_set_header Authorization $token;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ credentials-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  location /api/ {
    proxy_set_header Cookie "";
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~ credentials-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    good: [
      ["nginx", `server { location /api/ { auth_basic "staff"; auth_basic_user_file users; proxy_set_header Authorization ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_set_header Authorization "Basic c2hvcDpzZWNyZXQ="; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_set_header Authorization $http_authorization; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_set_header Accept-Encoding ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_set_header Authorization ""; return 204; } }`],
    ],
  },
  "csrf-header-dropped": {
    bad: [
      ["nginx", `server {
  location /api/ {
    proxy_set_header X-XSRF-TOKEN "";
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ csrf-header-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  location /api/ {
    more_clear_input_headers X-CSRFToken;
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ csrf-header-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    possible: [
      ["nginx", `server {
  location /api/ {
    proxy_set_header Origin "";
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~ csrf-header-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      // Without the cookie there is nothing to protect.
      ["nginx", `server {
  location /api/ {
    proxy_set_header Cookie "";
    proxy_set_header X-CSRF-Token "";
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ csrf-header-dropped
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    good: [
      ["nginx", `server { location /api/ { proxy_set_header X-CSRF-Token $http_x_csrf_token; ${upstream} } }`],
      ["nginx", `server { location /api/ { proxy_set_header Origin https://shop.example; ${upstream} } }`],
    ],
  },
  "preflight-refused": {
    bad: [
      ["nginx", `server {
  location /api/ {
    add_header Access-Control-Allow-Methods "GET, POST" always;
    limit_except GET POST {
#   ~~~~~~~~~~~~~~~~~~~~~ preflight-refused
      deny all;
    }
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["nginx", `server {
  location /api/ {
    add_header Access-Control-Allow-Methods "GET, POST, OPTIONS" always;
    auth_basic "staff";
#   ~~~~~~~~~~~~~~~~~~ preflight-refused
    auth_basic_user_file users;
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      // OPTIONS is answered, yet another condition comes before it.
      ["nginx", `server {
  location /api/ {
    if ($request_method !~ ^(GET|POST)$) { return 405; }
#                                          ~~~~~~~~~~ preflight-refused
    if ($request_method = OPTIONS) { return 204; }
    proxy_pass http://127.0.0.1:8080;
  }
}`],
      ["htaccess", `
Header always set Access-Control-Allow-Methods "GET, POST"
AuthType Basic
AuthName "staff"
AuthUserFile /etc/users
  Require valid-user
# ~~~~~~~~~~~~~~~~~~ preflight-refused`],
      ["kong", `_format_version: "3.0"
services:
  - name: orders
    url: http://orders.internal
    routes:
      - name: orders
        paths: [/api/orders]
    plugins:
      - name: cors
        config: { methods: [GET, POST], preflight_continue: true }
      - name: key-auth
#             ~~~~~~~~ preflight-refused`],
    ],
    possible: [
      // Nothing says that other sites may send anything.
      ["nginx", `server {
  location /api/ {
    add_header Access-Control-Allow-Origin "https://www.example" always;
    auth_basic "staff";
#   ~~~~~~~~~~~~~~~~~~ preflight-refused
    auth_basic_user_file users;
    proxy_pass http://127.0.0.1:8080;
  }
}`],
    ],
    good: [
      // Who refuses OPTIONS by name expects none.
      ["htaccess", "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} ^OPTIONS\nRewriteRule .* - [F]"],
      ["nginx", "server { location /api/ { if ($request_method = OPTIONS) { return 405; } proxy_pass http://127.0.0.1:8080; } }"],
      ["nginx", `server { location /fonts/ { add_header Access-Control-Allow-Origin "*"; auth_basic a; auth_basic_user_file b; proxy_pass http://127.0.0.1:8080; } }`],
      ["kong", `_format_version: "3.0"
services:
  - name: orders
    url: http://orders.internal
    routes:
      - name: orders
        paths: [/api/orders]
    plugins:
      - name: cors
        config: { methods: [GET, POST], preflight_continue: true }
      - { name: key-auth, config: { run_on_preflight: false } }`],
      ["kong", `_format_version: "3.0"
services:
  - name: orders
    url: http://orders.internal
    routes:
      - name: orders
        paths: [/api/orders]
    plugins:
      - name: cors
        config: { methods: [GET, POST], preflight_continue: false }
      - name: key-auth`],
      // Nothing says that pages of other sites are expected.
      ["nginx", `server { location /api/ { limit_except GET POST { deny all; } ${upstream} } }`],
      ["nginx", `server { location /api/ { auth_basic "staff"; auth_basic_user_file users; ${upstream} } }`],
      ["nginx", `server { location /api/ { add_header Access-Control-Allow-Methods "GET, POST" always; limit_except GET POST OPTIONS { deny all; } ${upstream} } }`],
      ["nginx", `server { location /api/ { add_header Access-Control-Allow-Methods "GET, POST" always; if ($request_method = OPTIONS) { return 204; } auth_basic "staff"; auth_basic_user_file users; ${upstream} } }`],
      // OPTIONS is named to be refused.
      ["nginx", `server { location /api/ { if ($request_method ~ ^(TRACE|OPTIONS)$) { return 405; } ${upstream} } }`],
      // The POST is refused too: that is another fault.
      ["nginx", `server { location /api/ { add_header Access-Control-Allow-Methods "POST" always; limit_except GET { deny all; } ${upstream} } }`],
    ],
  },
  "auth-subrequest-needs-body": {
    bad: [],
    possible: [
      ["nginx", `server {
  location /api/ {
    auth_request /ask;
#   ~~~~~~~~~~~~~~~~~ auth-subrequest-needs-body
    proxy_pass http://127.0.0.1:8080;
  }
  location = /ask { internal; proxy_pass http://127.0.0.1:9090; }
}`],
    ],
    good: [
      // Asked by the server itself, though open to everybody.
      ["nginx", `server { location /api/ { auth_request /login/check; ${upstream} } location /login/check { proxy_pass_request_body off; proxy_set_header Content-Length ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { auth_request /ask; ${upstream} } location = /ask { internal; proxy_pass_request_body off; proxy_set_header Content-Length ""; ${upstream} } }`],
      ["nginx", `server { location /api/ { auth_request /ask; ${upstream} } location = /ask { internal; return 204; } }`],
    ],
  },
};

describe.each(Object.entries(cases))("%s", (id, { bad, possible = [], good }) => {
  const found = (format: string, text: string) => findingsIn(loadText(format, text)).filter((finding) => finding.severity !== "note");

  it.each(bad)("bad: %s %#", (format, text) => {
    const { text: clean, expected } = marked(text);
    expect(found(format, clean).filter((finding) => finding.certainty === "certain").map(mark)).toEqual(expected);
  });

  it.each(possible)("possible: %s %#", (format, text) => {
    const { text: clean, expected } = marked(text);
    const findings = found(format, clean);
    expect(findings.filter((finding) => finding.certainty === "certain")).toEqual([]);
    expect(findings.filter((finding) => finding.rule === id).map(mark)).toEqual(expected);
  });

  it.each(good)("good: %s %#", (format, text) => {
    expect(found(format, text).filter((finding) => finding.rule === id)).toEqual([]);
  });
});

function first(rule: string, text: string): Finding | undefined {
  return findingsIn(loadText("nginx", text)).find((finding) => finding.rule === rule);
}

describe("what arrives", () => {
  const text = `server { listen 80; server_name shop.example; location / { proxy_set_header Content-Length ""; ${upstream} } }`;
  const declared: DeclaredPost = { method: "POST", url: "/pay" };

  it("is an error where the POST is declared", () => {
    const [finding, ...others] = findingsIn(loadText("nginx", text), [declared]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "body-dropped", severity: "error", certainty: "certain", status: null, arrives: "arrives without its body", witness: { path: "/pay", host: "shop.example" } });
  });

  it("is nothing where a page answers a declared POST in its stead", () => {
    const page = "server { listen 80; server_name shop.example; root /srv; error_page 405 =200 $uri; location / { try_files $uri /index.html; } location /api/ { proxy_pass http://127.0.0.1:8080; } }";
    const [finding] = findingsIn(loadText("nginx", page), [declared]);
    expect(finding).toMatchObject({ rule: "post-lost-by-error-page", severity: "error", certainty: "certain", message: expect.stringContaining("POST /pay is answered 200 by a page") as string });
    expect(findingsIn(loadText("nginx", page))).toEqual([]);
  });

  it("matters only to a declared POST that carries what is dropped", () => {
    const dropping = `server { location / { proxy_set_header Authorization ""; ${upstream} } }`;
    const certain = (post: DeclaredPost): readonly string[] => findingsIn(loadText("nginx", dropping), [post]).filter((finding) => finding.certainty === "certain").map((finding) => finding.message);
    expect(certain(declared)).toEqual([]);
    expect(certain({ ...declared, headers: { authorization: "Bearer 1" } })).toEqual([
      'POST /pay arrives without `Authorization` because of `proxy_set_header Authorization ""`, and nothing before the application checks who sends it',
    ]);
  });

  it("says why a place that the server asks is no more than possible", () => {
    const finding = first("method-rewritten", `server { location = /api/me { proxy_set_header X-Original-URI $request_uri; proxy_method GET; ${upstream} } }`);
    expect(finding).toMatchObject({ certainty: "possible", doubt: expect.stringContaining("it is told about another request") });
  });

  it("says what it depends on", () => {
    const text = `server { location /api/ { {% if slim %} proxy_pass_request_body off; {% endif %} ${upstream} } }`;
    expect(first("body-dropped", text)).toMatchObject({ certainty: "possible", assumptions: ["the template that writes this configuration"] });
  });

  it("is shown as a damaged request, under the directive that does it", () => {
    const [finding] = findingsIn(loadText("nginx", text), [declared]);
    if (finding === undefined) throw new Error("nothing is found");
    const lines = prettyFinding(finding, 200, painter(false));
    expect(lines.some((line) => /\^+ arrives without its body$/.test(line))).toBe(true);
    expect(lines.some((line) => line.startsWith("   = damaged request: curl -i -X POST"))).toBe(true);
    expect(lines.join("\n")).not.toContain("blocked request");
  });

  it("is not borne out by a witness that arrives whole, nor at another place", () => {
    const workspace = loadText("nginx", text);
    const [finding] = findingsIn(workspace, [declared]);
    if (finding === undefined) throw new Error("nothing is found");
    expect(() => replay(workspace, { ...finding, witness: { ...finding.witness, body: "", bodyBytes: 0 } })).toThrow("is not damaged");
    expect(() => replay(workspace, { ...finding, at: { ...finding.at, end: finding.at.end - 1 } })).toThrow("is not damaged");
    expect(() => replay(loadText("nginx", text.replace('""', "$content_length")), finding)).toThrow("is not damaged");
  });
});

describe("auth-subrequest-needs-body", () => {
  it("is not about what is broken for every request", () => {
    const findings = findingsIn(loadText("htaccess", "<Location /x>\n</Location>"), [{ method: "POST", url: "/pay" }]);
    expect(findings.filter((finding) => finding.rule === "auth-subrequest-needs-body")).toEqual([]);
    expect(findings.map((finding) => finding.status)).toContain(500);
  });
});

describe("preflight requests", () => {
  it("come without credentials and without a body, from another site", () => {
    const finding = first("preflight-refused", `server { location /api/ { add_header Access-Control-Allow-Methods "POST"; auth_basic a; auth_basic_user_file b; ${upstream} } }`);
    expect(finding).toMatchObject({ status: 401, witness: { method: "OPTIONS", bodyBytes: 0, identity: { state: "none" } } });
    expect(finding?.witness.headers).toMatchObject({ "access-control-request-method": "POST", "access-control-request-headers": "content-type" });
    expect(finding?.witness.headers).not.toHaveProperty("authorization");
    expect(finding?.message).toBe("the preflight OPTIONS /api/ is answered 401 by `auth_basic a`, so browsers never send the POST");
  });
});
