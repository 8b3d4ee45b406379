import { expect, test } from "vitest";
import { lint } from "../src/lint/lint.ts";
import { loadWorkspace } from "../src/lint/load.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { rules } from "../rules/index.ts";
import { loadText } from "./rule-tester.ts";

const closed = (name: string) => `server { listen 80; server_name ${name}; location /api/ { limit_except GET { deny all; } proxy_pass http://127.0.0.1:8080; } }\n`;
const many = (of: (index: number) => string) => Array.from({ length: 2500 }, (_, index) => of(index)).join("");
const linted = (text: string) => lint(loadText("nginx", text), { rules, severities: {}, posts: [], environmentOf: () => unknownEnvironment });

test("thousands of servers are looked up by name, and searched whole", () => {
  const others = many((index) => `server { listen 80; server_name s${index}.example; location / { return 204; } }\n`);
  const { findings, problems } = linted(others + closed("last.example"));
  expect(findings.map(({ rule, witness }) => `${rule} ${witness.host}`)).toContain("limit-excludes-post last.example");
  expect(problems).toEqual([]);
}, 60_000);

test("a configuration too large to be searched whole says so, and its beginning is searched", () => {
  const others = `server { listen 80; server_name patterns.example; ${many((index) => `location ~ ^/p${index}x*$ { return 204; }\n`)} }\n`;
  const { findings, problems } = linted(closed("first.example") + others);
  expect(findings.map((finding) => finding.rule)).toContain("limit-excludes-post");
  expect(problems.map((problem) => problem.code)).toEqual(["searched-in-part"]);
}, 60_000);

test.each([
  ["nginx", "{".repeat(150_000)],
  ["apache", `<VirtualHost *:80>\n${"</If>\n".repeat(150_000)}</VirtualHost>\n`],
  ["modsecurity", `SecRuleEngine On\n${"SecRule\n".repeat(150_000)}`],
])("%s: as many faults as characters are problems, every one", (format, text) => {
  expect(loadText(format, text).problems.length).toBeGreaterThanOrEqual(150_000);
}, 60_000);

test("of many folders with a .htaccess each is read with those above it, and what those do is told once", () => {
  const files = ["", ...Array.from({ length: 60 }, (_, index) => `f${index}/`), "f1/deep/", ...Array.from({ length: 40 }, (_, index) => `f1/g${index}/`)].map((folder) => ({
    path: `site/${folder}.htaccess`,
    text: folder === "" ? "RewriteEngine On\nRewriteRule ^api/login$ /api/sign-in [R=301,L]\n</Files>\n" : folder === "f1/deep/" ? "<Limit POST>\nRequire all denied\n</Limit>\n" : "Options -Indexes\n",
  }));
  const { units, problems } = loadWorkspace(files, { read: () => null, list: () => [] });
  const read = units.map((unit) => unit.files.map(({ path }) => path));
  expect(new Set(read.flat())).toEqual(new Set(files.map(({ path }) => path)));
  expect(read.every((paths) => paths.length <= 26 && paths[0] === "site/.htaccess")).toBe(true);
  expect(read.filter((paths) => paths.includes("site/f1/deep/.htaccess")).map((paths) => paths[1])).toEqual(["site/f1/.htaccess"]);
  expect(problems.map(({ at }) => at.file.path)).toEqual(["site/.htaccess"]);
});
