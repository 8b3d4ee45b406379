import { expect, test } from "vitest";
import { lint } from "../src/lint/lint.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { rules } from "../rules/index.ts";
import { loadText } from "./rule-tester.ts";

test("a configuration too large to be searched whole says so, and its beginning is searched", () => {
  const closed = "server { listen 80; server_name first.example; location /api/ { limit_except GET { deny all; } proxy_pass http://127.0.0.1:8080; } }\n";
  const rest = Array.from({ length: 1500 }, (_, index) => `server { listen 80; server_name s${index}.example; location / { return 204; } }\n`).join("");
  const { findings, problems } = lint(loadText("nginx", closed + rest), { rules, severities: {}, posts: [], environmentOf: () => unknownEnvironment });
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
