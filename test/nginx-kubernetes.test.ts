import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../src/formats/detect.ts";
import { kubernetes } from "../src/formats/gateway/kubernetes.ts";
import type { Finding, LintResult } from "../src/lint/finding.ts";
import { lint } from "../src/lint/lint.ts";
import { loadWorkspace } from "../src/lint/load.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import type { Fix } from "../src/model/program.ts";
import { positionAt, textOf } from "../src/source.ts";
import { rules } from "../rules/index.ts";
import { nginxInstalled } from "./nginx-process.ts";
import { mark, marked, replay, treeOf } from "./rule-tester.ts";

const folder = resolve(import.meta.dirname, "../fixtures/kubernetes");

function linted(text: string, path = "deploy/web.yaml", others: Readonly<Record<string, string>> = {}): LintResult {
  const files = Object.entries({ [path]: text, ...others }).map(([name, content]) => ({ path: name, text: content }));
  const workspace = loadWorkspace(files, treeOf(files));
  const result = lint(workspace, { rules, severities: {}, posts: [], environmentOf: () => unknownEnvironment });
  for (const finding of result.findings) replay(workspace, finding);
  return result;
}

/** `line:column rule`, for certain findings that are more than notes. */
function places({ findings }: LintResult): readonly string[] {
  return findings.filter(isCertain).map(({ at, rule }) => {
    const { line, column } = positionAt(at.file, at.start);
    return `${line}:${column} ${rule}`;
  });
}

function isCertain({ certainty, severity }: Finding): boolean {
  return certainty === "certain" && severity !== "note";
}

function applied(text: string, fix: Fix | undefined): string {
  let changed = text;
  for (const { at, text: inserted } of [...(fix?.edits ?? [])].sort((a, b) => b.at.start - a.at.start)) changed = changed.slice(0, at.start) + inserted + changed.slice(at.end);
  return changed;
}

const ingress = (annotations: string, rest = "path: /api/orders, pathType: Prefix"): string =>
  `kind: Ingress\nmetadata:\n  name: a\n  annotations:\n${annotations.replace(/^/gm, "    ")}\nspec:\n  rules:\n    - host: shop.test\n      http:\n        paths:\n          - { ${rest}, backend: { service: { name: s } } }\n`;

/** A fixture without its marks. */
const fixture = (name: string): string => marked(readFileSync(join(folder, name), "utf8")).text;

const of = "nginx.ingress.kubernetes.io";

describe("nginx in manifests", () => {
  it.each(readdirSync(folder))("%s is reported at the very text", (name) => {
    const { text, expected } = marked(readFileSync(join(folder, name), "utf8"));
    const result = linted(text, `deploy/${name}`);
    expect(result.findings.filter(isCertain).map(mark)).toEqual(expected);
    expect(result.problems).toEqual([]);
  });

  it("is shown with the lines of the manifest, whatever quotes and escapes are around it", () => {
    const text = fixture("configmap.yaml");
    const texts = linted(text).findings.filter(isCertain).map(({ at }) => [at.file.path, at.file.text === text, textOf(at)]);
    expect(texts).toEqual([
      ["deploy/web.yaml", true, "return 405"],
      ["deploy/web.yaml", true, "limit_except GET"],
      ["deploy/web.yaml", true, "return 405"],
      ["deploy/web.yaml", true, "limit_except GET"],
    ]);
  });

  it("may be silenced by comments in it", () => {
    const text = fixture("configmap.yaml");
    expect(linted(text).suppressed).toBe(1);
    expect(places(linted(text.replace(/^.*postlint-ignore-next.*$/m, "")))).toContain("26:39 method-denied");
    const above = ingress(`# postlint-ignore-next address-list-refuses-clients -- inside only\n${of}/whitelist-source-range: 10.0.0.0/8`, "path: /webhooks/x, pathType: Prefix");
    expect(linted(above)).toMatchObject({ suppressed: 1, problems: [] });
  });

  it("is corrected where and as it is written", () => {
    const block = ingress(`${of}/configuration-snippet: |\n  limit_except GET { deny all; }`);
    const [finding] = linted(block).findings;
    expect(applied(block, finding?.fix)).toBe(block.replace("limit_except GET", "limit_except GET POST"));
    const quoted = ingress(`${of}/configuration-snippet: "if ($arg_a = \\"\\") { }\\nlimit_except GET { deny all; }"`);
    expect(applied(quoted, linted(quoted).findings[0]?.fix)).toBe(quoted.replace("limit_except GET", "limit_except GET POST"));
    const code = ingress(`${of}/permanent-redirect: https://n.test/\n${of}/permanent-redirect-code: "301"`);
    expect(applied(code, linted(code).findings[0]?.fix)).toBe(code.replace('"301"', '"308"'));
    const implied = ingress(`${of}/permanent-redirect: https://n.test/`);
    expect(linted(implied).findings.map(({ rule, fix }) => [rule, fix])).toEqual([["redirect-drops-body", undefined]]);
  });

  it("is read from JSON too", () => {
    const text = JSON.stringify({ kind: "ConfigMap", metadata: { name: "a" }, data: { "a.conf": 'server {\n location /api/orders {\n  limit_except GET { deny all; }\n proxy_pass "http://u";\n }\n}\n' } });
    const [finding] = linted(text, "deploy/web.json").findings;
    expect(finding?.at.start).toBe(text.indexOf("limit_except GET"));
  });

  it("of other objects has no place in what includes it", () => {
    const map = (name: string, data: string): string => `kind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n${data}`;
    const main = (name: string): string => map(name, `  nginx.conf: |\n    http { include conf.d/*.conf; server { listen 1; location /api/ { ${name === "a" ? "limit_except GET { deny all; } " : ""}proxy_pass http://u; } } }\n  x.conf: |\n    limit_conn_zone $host zone=${name}:1m;\n`);
    const result = linted(`${main("a")}---\n${main("b")}`);
    expect(result.problems).toEqual([]);
    expect(places(result)).toEqual(["5:71 limit-excludes-post"]);
  });

  it("of composed services, cloud-init and playbooks is YAML", () => {
    const block = "        server { listen 80; location /api/orders { limit_except GET { deny all; } proxy_pass http://u; } }\n";
    const compose = `services:\n  web: { image: nginx }\nconfigs:\n  site:\n    content: |\n${block}`;
    const cloud = `#cloud-config\nwrite_files:\n  - path: /etc/nginx/conf.d/site.conf\n    content: |\n${block}`;
    const play = `- hosts: web\n  tasks:\n    - copy:\n        dest: /etc/nginx/conf.d/site.conf\n        content: |\n    ${block}`;
    for (const [text, place] of [[compose, "6:52"], [cloud, "5:52"], [play, "6:56"]] as const) {
      expect([detect({ path: "a.yml", text })?.id, places(linted(text, "a.yml"))]).toEqual(["yaml", [`${place} limit-excludes-post`]]);
    }
  });

  it("stays silent about scripts and prose", () => {
    const script = "jobs:\n  a:\n    run: |\n      cat > x.conf <<EOF\n      server { listen 80; location /api { deny all; proxy_pass http://u; } }\n      EOF\n";
    const prose = "description: |\n  The server answers with\n  return 405;\n";
    for (const text of [script, prose, "a: 1\n", "kind: Ingress\nmetadata: { annotations: { a: b } }\n"]) expect(detect({ path: "x.yaml", text })).toBeNull();
    expect(detect({ path: "notes.md", text: fixture("configmap.yaml") })?.id).not.toBe("kubernetes");
  });

  it("is looked for in time, whatever the words are", () => {
    const started = Date.now();
    for (const word of ["a-", "nginx.", "{ ", "kind ", "location x "]) expect(detect({ path: "x.yaml", text: `a: ${word.repeat(200_000)}` })).toBeNull();
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it("in broken YAML is read as far as that goes, and the break is a problem", () => {
    const text = `${fixture("configmap.yaml")}\n---\na: [1, 2\nb: "x\n`;
    expect(linted(text).problems.map(({ code }) => code)).toContain("yaml-syntax");
    expect(places(linted(text)).length).toBe(4);
    expect(linted(text.replace("a: [1, 2", "a: [{{ .x }}")).problems).toEqual([]);
  });

  it("never throws, and places nothing outside the file", () => {
    const text = fixture("configmap.yaml") + fixture("ingress.yaml");
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), fc.constantFrom("", "{{ x }}", "\n", '"', "'", "|", "\t"), (from, to, inserted) => {
        const broken = text.slice(0, from) + inserted + text.slice(to);
        const files = [{ path: "a.yaml", text: broken }];
        const { units, problems } = loadWorkspace(files, treeOf(files));
        expect(units.flatMap((unit) => unit.files).every((file) => file.path === "a.yaml")).toBe(true);
        for (const { at } of problems) expect([at.file.path, at.start >= 0, at.start <= at.end, at.end <= broken.length]).toEqual(["a.yaml", true, true, true]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("annotations", () => {
  it.skipIf(!nginxInstalled())("are written as a configuration that nginx takes (skipped without nginx)", () => {
    const every = ingress(
      [
        `proxy-body-size: 8m`, `whitelist-source-range: "10.0.0.0/8, 192.168.0.1"`, `denylist-source-range: 10.1.0.0/16`, `permanent-redirect: https://new.test/$request_uri`,
        `limit-rps: "5"`, `limit-rpm: "60"`, `auth-url: http://auth.test/ask`, `auth-signin: https://auth.test/login?rd=$escaped`, `auth-type: basic`, `satisfy: any`, `app-root: /app`,
        `enable-cors: "true"`, `cors-allow-methods: "GET, POST"`, `configuration-snippet: "set $escaped 1;"`, `server-snippet: |\n  location = /alive { return 200; }`,
      ].map((line) => `${of}/${line}`).join("\n"),
    );
    const other = ingress(`${of}/use-regex: "true"\n${of}/rewrite-target: /$1`, 'path: "/v1/(.*)", pathType: ImplementationSpecific').replace("shop.test", "'*.shop.test'");
    const settings = 'kind: ConfigMap\ndata:\n  http-snippet: "map $host $x { default 1; }"\n  location-snippet: "add_header X-Test $x;"\n  block-cidrs: 10.9.0.0/16\n  limit-req-status-code: "429"\n  http-redirect-code: "301"\n';
    const { embedded } = kubernetes.load([{ path: "a.yaml", text: [every, other, settings].join("---\n") }], treeOf([]));
    const text = embedded.map(({ file }) => file.text).join("\n").replaceAll("listen 443 ssl;", "listen 8443;").replace(/proxy_pass http:\/\/[\w-]+/g, "proxy_pass http://127.0.0.1:9").replace(/more_set_headers "([\w-]+): /g, 'add_header $1 "');
    expect(text).toContain("limit_req zone=i0_rps burst=25 nodelay;");
    const folder = mkdtempSync(join(tmpdir(), "nginx-ingress-"));
    writeFileSync(join(folder, "nginx.conf"), `pid ${folder}/pid; error_log stderr; events {} http { access_log off;\n${text.replaceAll("listen 80;", "listen 8480;")}\n}`);
    const { stderr, status } = spawnSync("nginx", ["-t", "-p", folder, "-c", join(folder, "nginx.conf")], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect([stderr.split("\n").filter((line) => line.includes("[emerg]")), status]).toEqual([[], 0]);
  });


  it("of several Ingresses for one host are one server", () => {
    const closed = ingress(`${of}/configuration-snippet: "limit_except GET { deny all; }"`, "path: /, pathType: Prefix");
    const open = ingress(`${of}/proxy-body-size: 8m`);
    expect(places(linted(`${closed}---\n${open}`))).toEqual([]);
    expect(places(linted(closed, "a/x.yaml", { "a/y.yaml": open, "b/z.yaml": ingress(`${of}/configuration-snippet: "limit_except GET { deny all; }"`) }))).toEqual(["5:57 limit-excludes-post"]);
  });

  it("without an Ingress say nothing for certain", () => {
    const values = `ingress:\n  annotations:\n    ${of}/configuration-snippet: |\n      limit_except GET { deny all; }\n`;
    const { findings } = linted(values, "chart/values.yaml");
    expect(findings.map(({ rule, certainty }) => `${certainty} ${rule}`)).toEqual(["possible limit-excludes-post"]);
  });

  it("make patterns of every path of a host that has one", () => {
    const text = ingress(`${of}/use-regex: "true"\n${of}/configuration-snippet: |\n  limit_except GET { deny all; }`, "path: /api/(orders|carts), pathType: ImplementationSpecific");
    expect(places(linted(text))).toEqual(["7:7 limit-excludes-post"]);
    const rewritten = ingress(`${of}/rewrite-target: /$1\n${of}/configuration-snippet: |\n  if ($request_method = POST) { return 403; }`, "path: /api/(.*), pathType: ImplementationSpecific");
    expect(places(linted(rewritten))).toEqual(["7:37 method-denied"]);
  });

  it("hand rules of a firewall on", () => {
    const rule = `${of}/enable-modsecurity: "true"\n${of}/modsecurity-snippet: |\n  ENGINE\n  SecRule REQUEST_METHOD "@streq POST" "id:1,phase:1,deny,status:405"`;
    const on = linted(ingress(rule.replace("ENGINE", "SecRuleEngine On")));
    expect(on.findings.map(({ rule: id, at }) => [id, positionAt(at.file, at.start).line])).toEqual([["waf-blocks-method", 8]]);
    expect(linted(ingress(rule.replace("ENGINE", "# none"))).findings).toEqual([]);
  });

  it("leave snippets out that the controller does not allow", () => {
    const text = ingress(`${of}/configuration-snippet: "limit_except GET { deny all; }"`);
    expect(places(linted(text))).toEqual(["5:57 limit-excludes-post"]);
    expect(places(linted(`${text}---\nkind: ConfigMap\ndata:\n  allow-snippet-annotations: "false"\n`))).toEqual([]);
  });

  it("ask for a login, limit rates, and send the root elsewhere", () => {
    const { findings } = linted(ingress(`${of}/limit-rpm: "1"\n${of}/limit-burst-multiplier: "1"\n${of}/app-root: /app\n${of}/auth-url: https://auth.test/ask`));
    expect(findings.map(({ rule, at }) => [rule, textOf(at)])).toContainEqual(["rate-limit-too-tight", '"1"']);
    expect(places(linted(ingress(`${of}/auth-url: https://auth.test/ask\n${of}/auth-type: basic`)))).toEqual([]);
  });
});
