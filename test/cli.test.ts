import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { bundle, files, runNode, type Ran } from "./bundle.ts";

const bad = `server {
    listen 443 ssl;
    server_name shop.example;
    location /api {
        limit_except GET {
            deny all;
        }
        proxy_pass http://127.0.0.1:8080;
    }
}
`;
const good = bad.replace("limit_except GET", "limit_except GET POST");

let cli = "";
beforeAll(() => {
  cli = join(bundle(), "cli.cjs");
});

function postlint(cwd: string, args: readonly string[], more: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {}): Ran {
  return runNode(cli, args, { cwd, ...more });
}

const report = (ran: Ran) => JSON.parse(ran.out);
const rulesFound = (ran: Ran): readonly string[] => report(ran).findings.filter((one: { certainty: string }) => one.certainty === "certain").map((one: { rule: string; file: string }) => `${one.file} ${one.rule}`);

describe("lint", () => {
  test("without a command or a path it lints the working directory and fails on a finding", () => {
    const { code, out } = postlint(files({ "nginx.conf": bad, "README.md": "# x\n" }), []);
    expect(code).toBe(1);
    expect(out).toContain("warning[limit-excludes-post]: POST ");
    expect(out).toContain("--> nginx.conf:5:9 (certain)");
    expect(out).toMatch(/2 files read: 1 nginx, 1 not recognised \(\d+ ms\)\n$/);
  });

  test("exit 0 when nothing is wrong, and when nothing in a folder is recognised", () => {
    expect(postlint(files({ "nginx.conf": good }), ["lint"])).toMatchObject({ code: 0, out: expect.stringContaining("no stopped POST found") });
    expect(postlint(files({ "a.txt": "hello" }), ["lint", "."])).toMatchObject({ code: 0, out: expect.stringContaining("1 file read, none recognised") });
  });

  test("json on standard output is nothing but json, in the published order of exit codes", () => {
    const ran = postlint(files({ "nginx.conf": bad }), ["--format", "json"]);
    expect(ran).toMatchObject({ code: 1, err: "" });
    expect(report(ran)).toMatchObject({ version: 1, files: [{ path: "nginx.conf", format: "nginx" }], summary: { files: 1, errors: 0, warnings: 1 } });
  });

  test("compact keeps the files line off standard output", () => {
    const { out, err } = postlint(files({ "nginx.conf": bad }), ["--format", "compact"]);
    expect(out.split("\n").filter(Boolean).every((line) => /^nginx\.conf:\d+:\d+: (error|warning|note) /.test(line))).toBe(true);
    expect(err).toBe("postlint: 1 file read: 1 nginx\n");
  });

  test("a recognised file that cannot be parsed is a problem and the rest is still linted", () => {
    const ran = postlint(files({ "nginx.conf": `${bad}\nserver {\n` }), ["--format", "json"]);
    expect(ran.code).toBe(1);
    expect(report(ran).problems[0]).toMatchObject({ file: "nginx.conf", code: expect.any(String) });
    expect(rulesFound(ran)).toEqual(["nginx.conf limit-excludes-post"]);
  });

  test.each([
    [["--fail-on", "error"], 0],
    [["--fail-on", "never"], 0],
    [["--fail-on", "note"], 1],
    [["--max-warnings", "1"], 0],
    [["--max-warnings", "0"], 1],
    [["--rule", "limit-excludes-post=note"], 0],
    [["--rule", "limit-excludes-post=error", "--fail-on", "error"], 1],
    [["--rule", "limit-excludes-post=off"], 0],
    [["--quiet"], 1],
  ])("%j exits %i", (args, code) => {
    expect(postlint(files({ "nginx.conf": bad }), args).code).toBe(code);
  });

  test("--output-file takes the report; colours follow the options and the environment", () => {
    const folder = files({ "nginx.conf": bad });
    expect(postlint(folder, ["--output-file", "report.txt"])).toEqual({ code: 1, out: "", err: "" });
    expect(readFileSync(join(folder, "report.txt"), "utf8")).toContain("limit-excludes-post");
    const colored = (args: readonly string[], env: Readonly<Record<string, string>>) => postlint(folder, args, { env }).out.includes("\u001b[");
    expect([colored([], {}), colored(["--color"], {}), colored([], { FORCE_COLOR: "1" }), colored([], { FORCE_COLOR: "0" })]).toEqual([false, true, true, false]);
    expect([colored(["--no-color"], { FORCE_COLOR: "1" }), colored([], { NO_COLOR: "1" }), colored(["--color"], { NO_COLOR: "1" })]).toEqual([false, false, true]);
  });

  test("suppression comments are honoured and counted", () => {
    const silenced = bad.replace("        limit_except", "        # postlint-ignore-next limit-excludes-post -- read-only mirror\n        limit_except");
    expect(postlint(files({ "nginx.conf": silenced }), [])).toMatchObject({ code: 0, out: expect.stringContaining("1 suppressed") });
    const stale = good.replace("        limit_except", "        # postlint-ignore-next limit-excludes-post -- read-only mirror\n        limit_except");
    expect(postlint(files({ "nginx.conf": stale }), [])).toMatchObject({ code: 1, out: expect.stringContaining("problem[suppression-unused]") });
  });
});

describe("files", () => {
  test(".gitignore files are stacked; what is given itself is read; --no-ignore reads all but node_modules", () => {
    const folder = files({
      ".git/HEAD": "x",
      ".gitignore": "generated/\n*.local.conf\n",
      "generated/nginx.conf": bad,
      "deploy/.gitignore": "!keep.local.conf\n",
      "deploy/nginx.local.conf": bad,
      "deploy/keep.local.conf": bad,
      "Generated/nginx.conf": good,
      "node_modules/x/nginx.conf": bad,
    });
    const found = (args: readonly string[]) => report(postlint(folder, ["lint", "--format", "json", ...args])).files.map((file: { path: string }) => file.path);
    expect(found([])).toEqual(["Generated/nginx.conf", "deploy/keep.local.conf"]);
    expect(found(["deploy"])).toEqual(["deploy/keep.local.conf"]);
    expect(found(["generated"])).toEqual(["generated/nginx.conf"]);
    expect(found(["deploy/nginx.local.conf"])).toEqual(["deploy/nginx.local.conf"]);
    expect(found(["--no-ignore"])).toEqual(["Generated/nginx.conf", "deploy/keep.local.conf", "deploy/nginx.local.conf", "generated/nginx.conf"]);
  });

  test("links are followed, a file is read once, and circles end", () => {
    const folder = files({ "sites-available/shop": bad });
    symlinkSync(join(folder, "sites-available"), join(folder, "sites-enabled"));
    symlinkSync(folder, join(folder, "sites-available/again"));
    symlinkSync("/nowhere", join(folder, "broken"));
    const ran = postlint(folder, ["--format", "json"]);
    expect(report(ran).files.map((file: { path: string }) => file.path)).toEqual(["sites-available/shop"]);
    expect(ran.err).toBe("postlint: broken: left out, a link to nothing\n");
  });

  test("Latin-1 text is read, binary and huge files are not", () => {
    const folder = files({
      "nginx.conf": Buffer.from(`# caf\xe9\n${bad}`, "latin1"),
      "binary.conf": Buffer.from(`\0${bad}`),
      "huge.conf": `${bad}${"#".repeat(2 * 1024 * 1024)}`,
    });
    const ran = postlint(folder, ["--format", "json"]);
    expect(rulesFound(ran)).toEqual(["nginx.conf limit-excludes-post"]);
    expect(ran.err).toBe("postlint: huge.conf: left out, larger than 2 MB\n");
  });

  test("an include is found through --include-root, and only within reach", () => {
    const folder = files({
      "main/nginx.conf": bad.replace("limit_except GET {\n            deny all;\n        }", "include /etc/nginx/snippets/*.conf;"),
      "elsewhere/snippets/limit.conf": "limit_except GET { deny all; }\n",
    });
    const ran = postlint(folder, ["lint", "main/nginx.conf", "--format", "json", "--include-root", "/etc/nginx/=elsewhere"]);
    expect(rulesFound(ran)).toEqual(["elsewhere/snippets/limit.conf limit-excludes-post"]);
    expect(rulesFound(postlint(folder, ["lint", "main/nginx.conf", "--format", "json"]))).toEqual([]);
  });

  test("standard input is one file, with the name it is given", () => {
    const folder = files({});
    const ran = postlint(folder, ["lint", "--stdin", "--stdin-filename", "deploy/nginx.conf", "--format", "json"], { input: bad });
    expect(rulesFound(ran)).toEqual(["deploy/nginx.conf limit-excludes-post"]);
  });
});

describe("the configuration", () => {
  const yaml = "rules:\n  limit-excludes-post: note\nignore:\n  - legacy/\n";

  test("is found upwards to the root of the repository; --config and --no-config override it", () => {
    const folder = files({ ".git/HEAD": "x", "postlint.config.yaml": yaml, "deploy/nginx.conf": bad, "other.json": "{}" });
    const severities = (cwd: string, args: readonly string[]) => report(postlint(cwd, ["--format", "json", ...args])).findings.filter((one: { rule: string }) => one.rule === "limit-excludes-post").map((one: { severity: string }) => one.severity);
    expect(severities(join(folder, "deploy"), [])).toEqual(["note"]);
    expect(severities(folder, ["--no-config"])).toEqual(["warning"]);
    expect(severities(folder, ["--config", "other.json"])).toEqual(["warning"]);
    expect(severities(folder, ["--rule", "limit-excludes-post=error"])).toEqual(["error"]);
  });

  test("its ignore list holds for given paths too", () => {
    const folder = files({ ".git/HEAD": "x", "postlint.config.yaml": yaml, "legacy/nginx.conf": bad });
    expect(postlint(folder, ["lint", "legacy/nginx.conf"])).toMatchObject({ code: 0, err: "postlint: legacy/nginx.conf: left out, ignored by the configuration\n" });
  });

  test("a declared POST that is stopped is an error", () => {
    const folder = files({ "postlint.config.json": JSON.stringify({ posts: [{ url: "https://shop.example/api/orders" }] }), "nginx.conf": bad });
    const [finding] = report(postlint(folder, ["--format", "json"])).findings.filter((one: { rule: string }) => one.rule === "limit-excludes-post");
    expect(finding).toMatchObject({ severity: "error", certainty: "certain", witness: { url: "https://shop.example/api/orders", status: 403 } });
  });

  test("a broken one is a usage error with its place", () => {
    const folder = files({ "postlint.config.yaml": "ignroe: []\n", "nginx.conf": good });
    expect(postlint(folder, [])).toEqual({ code: 2, out: "", err: "postlint: postlint.config.yaml:1:1: unknown key `ignroe` (did you mean `ignore`?); correct it, or run with --no-config\n" });
  });
});

describe("trace", () => {
  const folder = () => files({ "nginx.conf": bad });

  test("shows what decides, and fails when the request is refused", () => {
    const ran = postlint(folder(), ["trace", "POST", "https://shop.example/api/orders", "--format", "json"]);
    expect(ran.code).toBe(1);
    expect(report(ran)).toMatchObject({
      request: { method: "POST", host: "shop.example", path: "/api/orders", clientAddress: "203.0.113.7" },
      outcome: "refused",
      status: 403,
      layers: [{ format: "nginx", file: "nginx.conf", outcome: "refused", status: 403, decidedBy: { file: "nginx.conf", line: 5, column: 9, text: "limit_except GET" } }],
    });
    expect(report(ran).layers[0].steps.at(-1)).toMatchObject({ file: "nginx.conf", line: 5, held: "yes", effect: "deny 403" });
  });

  test("goes from the firewall to the server to the gateway, each seeing what the one before hands on", () => {
    const kong = '_format_version: "3.0"\nservices:\n  - url: http://orders:8080\n    routes:\n      - { name: orders, paths: [/v2/orders], methods: [GET] }\n      - { name: other, paths: [/api], methods: [POST] }\n';
    const rewriting = good.replace("proxy_pass", "rewrite ^/api/(.*) /v2/$1 break;\n        proxy_pass");
    const cwd = files({ "nginx.conf": rewriting, "kong.yml": kong, "modsecurity.conf": "SecRuleEngine On\n" });
    const ran = postlint(cwd, ["trace", "POST", "https://shop.example/api/orders", "--format", "json"]);
    expect(report(ran)).toMatchObject({ outcome: "refused", status: 404 });
    expect(report(ran).layers.map((layer: { format: string; outcome: string }) => [layer.format, layer.outcome])).toEqual([
      ["modsecurity", "reached"],
      ["nginx", "reached"],
      ["kong", "refused"],
    ]);
  });

  test("passes when the request reaches the application", () => {
    const ran = postlint(folder(), ["trace", "GET", "https://shop.example/api/orders", "nginx.conf", "--format", "json"]);
    expect(ran.code).toBe(0);
    expect(report(ran)).toMatchObject({ outcome: "reached", status: null, layers: [{ decidedBy: null }] });
    expect(postlint(folder(), ["trace", "POST", "/api/orders"])).toMatchObject({ code: 1, out: expect.stringMatching(/^POST https:\/\/localhost\/api\/orders\n[^]*refused with 403\n/) });
  });

  test("the request is what the command line says", () => {
    const args = ["-H", "Host: Shop.Example:8443", "-H", "X-A: b: c", "-H", "User-Agent:", "-H", "Transfer-Encoding: chunked", "--data", "{}", "--data-size", "4000", "--client-ip", "10.0.0.1", "--groups", "a,b", "--scopes", "write"];
    const { request } = report(postlint(folder(), ["trace", "PUT", "http://x/a/../b?q=1#f", "--format", "json", ...args]));
    expect(request).toMatchObject({ method: "PUT", scheme: "http", host: "shop.example", port: 8443, path: "/a/../b", query: "q=1", body: "{}", bodyBytes: 4000, chunked: true, clientAddress: "10.0.0.1", identity: { state: "valid", groups: ["a", "b"], scopes: ["write"] } });
    expect(request.headers).toMatchObject({ "x-a": "b: c" });
    expect(request.headers).not.toHaveProperty("user-agent");
    expect(request.headers).not.toHaveProperty("host");
  });

  test("--data @file reads the body, GET has none", () => {
    const cwd = files({ "nginx.conf": bad, "body.json": '{"a":1}' });
    expect(report(postlint(cwd, ["trace", "POST", "/", "--data", "@body.json", "--format", "json"])).request).toMatchObject({ body: '{"a":1}', bodyBytes: 7 });
    const { request } = report(postlint(cwd, ["trace", "GET", "/", "--format", "json"]));
    expect(request).toMatchObject({ body: "", bodyBytes: 0 });
    expect(request.headers).not.toHaveProperty("content-type");
  });

  test("a client has valid credentials, unless they are taken out or it is a preflight", () => {
    const cwd = files({ "nginx.conf": bad.replace(/limit_except[^]*?\}\n/, "auth_basic members; auth_basic_user_file /etc/nginx/members;\n") });
    const traced = (method: string, ...headers: readonly string[]) => {
      const { status, outcome, assumptions } = report(postlint(cwd, ["trace", method, "https://shop.example/api/x", "--format", "json", ...headers.flatMap((header) => ["-H", header])]));
      return [outcome, status, assumptions];
    };
    expect(traced("POST")).toEqual(["reached", null, ["the client's credentials are valid"]]);
    expect(traced("POST", "Authorization:")).toEqual(["refused", 401, []]);
    expect(traced("OPTIONS")).toEqual(["refused", 401, ["a browser that asks by OPTIONS sends no credentials"]]);
    expect(traced("OPTIONS", "Authorization: Basic YTpi")[0]).toBe("reached");
  });

  test("--docroot makes absence certain", () => {
    const cwd = files({ "nginx.conf": bad.replace(/limit_except[^]*?\}\n/, "root /srv/www;\n        try_files $uri =404;\n").replace(/ *proxy_pass.*\n/, ""), "public/api/x": "x" });
    expect(report(postlint(cwd, ["trace", "GET", "https://shop.example/api/x", "--format", "json", "--docroot", "/srv/www=public"])).outcome).toBe("answered");
    expect(report(postlint(cwd, ["trace", "GET", "https://shop.example/api/y", "--format", "json", "--docroot", "/srv/www=public"]))).toMatchObject({ outcome: "refused", status: 404 });
    expect(report(postlint(cwd, ["trace", "GET", "https://shop.example/api/x", "--format", "json"])).outcome).not.toBe("answered");
  });
});

describe("--hook", () => {
  const folder = () =>
    files({
      "nginx.conf": bad.replace("limit_except GET {\n            deny all;\n        }", "include snippets/limit.conf;"),
      "snippets/limit.conf": "limit_except GET { deny all; }\n",
      "other/nginx.conf": bad,
      "notes.txt": "x",
    });

  test("a file that is only included is understood in its place, and what it does not touch is not shown", () => {
    const ran = postlint(folder(), ["lint", "--hook", "snippets/limit.conf", "--format", "json"]);
    expect(ran.code).toBe(1);
    expect(rulesFound(ran)).toEqual(["snippets/limit.conf limit-excludes-post"]);
  });

  test("a file that nobody would recognise on its own is understood where it is included", () => {
    const cwd = files({ "nginx.conf": bad.replace("limit_except GET {\n            deny all;\n        }", "include params;"), params: "client_max_body_size 1;\n" });
    expect(postlint(cwd, ["lint", "params"]).code).toBe(2);
    const ran = postlint(cwd, ["lint", "--hook", "params", "--format", "json"]);
    expect(report(ran).files).toEqual([]);
    expect(rulesFound(ran)).toEqual(["params body-limit-too-small"]);
  });

  test("says nothing about files that are nobody's", () => {
    expect(postlint(folder(), ["lint", "--hook", "notes.txt"])).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("rules and explain", () => {
  test("rules lists every rule with its summary", () => {
    const { out, code } = postlint(files({}), ["rules"]);
    expect(code).toBe(0);
    for (const { id, summary } of rules) expect(out).toMatch(new RegExp(`^${id} +error\\|warning +${summary.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`, "m"));
    const listed = JSON.parse(postlint(files({}), ["rules", "--format", "json"]).out);
    expect(listed.map((one: { id: string }) => one.id)).toEqual(rules.map((rule) => rule.id));
  });

  test("explain prints the page of each rule from the bundle alone", () => {
    for (const { id } of rules) expect(postlint(files({}), ["explain", id])).toEqual({ code: 0, out: readFileSync(join(import.meta.dirname, `../rules/${id}.md`), "utf8"), err: "" });
  });
});

describe("wrong usage", () => {
  const cwd = () => files({ "nginx.conf": good, "notes.txt": "x", "image.conf": "a\0b", "sub/.keep": "" });

  test.each([
    [["--nope"], "unknown option '--nope'"],
    [["--format", "xml"], "Allowed choices are pretty, compact, json"],
    [["missing.conf"], "there is no file or folder missing.conf"],
    [["rulse"], "(did you mean `rules`?)"],
    [["lint", "notes.txt"], "notes.txt: not recognised as a configuration"],
    [["lint", "image.conf"], "image.conf: left out, binary"],
    [["--rule", "limit-excluds-post=off"], "there is no rule `limit-excluds-post` (did you mean `limit-excludes-post`?)"],
    [["--rule", "limit-excludes-post=fatal"], "RULE=error"],
    [["--config", "missing.yaml"], "cannot read the configuration missing.yaml"],
    [["--docroot", "public"], "absolute path of the server"],
    [["--docroot", "/srv=missing"], "there is no folder missing"],
    [["--stdin"], "add --stdin-filename"],
    [["--stdin-filename", "x"], "add --stdin"],
    [["--max-warnings", "-1"], "Write a whole number"],
    [["--output-file", "no/such/folder/x"], "give another --output-file"],
    [["explain", "limit-exclude-post"], "(did you mean `limit-excludes-post`?)"],
    [["trace", "POST"], "missing required argument 'url'"],
    [["trace", "POST", "shop.example/x"], "is no address"],
    [["trace", "PO ST", "/"], "is no method"],
    [["trace", "POST", "/", "-H", "nonsense"], "is no header"],
    [["trace", "POST", "/", "--client-ip", "300.1.1.1"], "IPv4 or IPv6"],
    [["trace", "POST", "/", "--data", "@missing"], "cannot read the body"],
    [["trace", "POST", "/", "notes.txt"], "no configuration was recognised"],
  ])("%j exits 2 with one line", (args, message) => {
    const { code, out, err } = postlint(cwd(), args);
    expect({ code, out, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
    expect(err).toContain(message);
  });

  test("an empty folder is nothing to lint", () => {
    expect(postlint(files({ ".git/HEAD": "" }), [])).toMatchObject({ code: 2, err: expect.stringContaining("no file to read in .") });
  });

  test("help and version are no errors, and help shows the exit codes", () => {
    expect(postlint(cwd(), ["--version"])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(postlint(cwd(), ["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Examples:") });
    expect(postlint(cwd(), ["lint", "--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Exit codes:") });
  });

  test("whoever stops reading causes no error", () => {
    const { status, stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${cli}" rules | head -n 1 >/dev/null`], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
