import { expect, test } from "vitest";
import { lint } from "../src/lint/lint.ts";
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
