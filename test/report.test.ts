import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { Finding, LintResult } from "../src/lint/finding.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { compact } from "../src/report/compact.ts";
import { diff } from "../src/report/diff.ts";
import { width } from "../src/report/display.ts";
import { json } from "../src/report/json.ts";
import { pretty } from "../src/report/pretty.ts";
import type { ReportOptions } from "../src/report/tally.ts";
import type { SourceFile, Span } from "../src/source.ts";

const site: SourceFile = {
  path: "deploy/site.conf",
  text: "server {\n\tserver_name shop.example;\n\n\n\tlocation /api/ {\n\t\tlimit_except GET {\n\t\t\tdeny all;\n\t\t}\n\t}\n}\n",
};
const snippet: SourceFile = { path: "snippets/deny.conf", text: "deny all;\n" };

function find(file: SourceFile, text: string): Span {
  const start = file.text.indexOf(text);
  return { file, start, end: start + text.length };
}

const finding: Finding = {
  rule: "limit-excludes-post",
  severity: "error",
  certainty: "certain",
  message: "POST /api/orders is answered 403 by limit_except",
  at: find(site, "limit_except GET"),
  related: [
    { at: find(site, "location /api/"), note: "longest prefix for /api/orders" },
    { at: find(snippet, "deny all"), note: "refuses everybody" },
  ],
  witness: ordinaryPost({ host: "shop.example", path: "/api/orders", headers: { "content-type": "application/json" }, body: "{}" }),
  status: 403,
  legitimacy: "openapi.yaml declares POST /api/orders",
  doubt: null,
  assumptions: ["the weather"],
  fix: { title: "list POST", safe: false, edits: [{ at: { ...find(site, "limit_except GET"), start: find(site, "limit_except GET").end }, text: " POST" }] },
};
const possible: Finding = { ...finding, severity: "warning", certainty: "possible", message: "perhaps", related: [], doubt: "few send as much" };
const problem = { code: "syntax", message: "`}` is missing", at: find(site, "server {") };
const result: LintResult = { findings: [finding, possible], problems: [problem], files: [{ path: "deploy/site.conf", format: "nginx" }], suppressed: 2 };
const options: ReportOptions = { possible: false, quiet: false, color: false, width: 80, filesRead: 3, milliseconds: 12 };

describe("pretty", () => {
  test("a finding with its places, request, reasons and way out", () => {
    expect(pretty({ ...result, problems: [] }, options)).toMatchInlineSnapshot(`
      "error[limit-excludes-post]: POST /api/orders is answered 403 by limit_except
        --> deploy/site.conf:6:3 (certain)
         |
       5 |     location /api/ {
         |     -------------- 1: longest prefix for /api/orders
       6 |         limit_except GET {
         |         ^^^^^^^^^^^^^^^^ answers 403
        ::: snippets/deny.conf:1:1
         |
       1 | deny all;
         | -------- 2: refuses everybody
         |
         = blocked request: curl -i -X POST https://shop.example/api/orders \\
             -H user-agent: \\
             -H accept: \\
             -H 'content-type: application/json' \\
             --data '{}'
         = why legitimate: openapi.yaml declares POST /api/orders
         = depends on: the weather
         = fix (unsafe): list POST
             - limit_except GET {
             + limit_except GET POST {
         = ignore: # postlint-ignore-next limit-excludes-post -- <reason>
         = docs: rules/limit-excludes-post.md (postlint explain limit-excludes-post)

      1 error; 1 possible finding (--possible shows them); 2 suppressed
      3 files read: 1 nginx, 2 not recognised (12 ms)
      "
    `);
  });

  test("a problem is shown with its line", () => {
    expect(pretty({ ...result, findings: [] }, options)).toContain("problem[syntax]: `}` is missing\n  --> deploy/site.conf:1:1\n   |\n 1 | server {\n   | ^^^^^^^^\n");
  });

  test("possible findings are shown on request, and --quiet shows errors only", () => {
    const shown = pretty(result, { ...options, possible: true });
    expect(shown).toContain("warning[limit-excludes-post]: perhaps\n");
    expect(shown).toContain("   = why legitimate: openapi.yaml declares POST /api/orders\n   = why only possible: few send as much\n");
    const quiet = pretty({ ...result, findings: [finding, { ...finding, severity: "warning", message: "less" }] }, { ...options, quiet: true });
    expect(quiet).not.toContain("less");
    expect(quiet).toContain("1 error, 1 warning, 1 problem");
  });

  test("says that something was read when nothing is wrong, and when nothing was recognised", () => {
    const clean = { findings: [], problems: [], suppressed: 0, files: result.files };
    expect(pretty(clean, options)).toBe("no stopped POST found\n3 files read: 1 nginx, 2 not recognised (12 ms)\n");
    expect(pretty({ ...clean, files: [] }, options)).toContain("3 files read, none recognised");
  });

  test("a line that does not fit is cut around what is marked", () => {
    const long: SourceFile = { path: "a.conf", text: `${"x".repeat(200)} deny all; ${"y".repeat(200)}` };
    const text = pretty({ ...result, findings: [{ ...finding, at: find(long, "deny all"), related: [] }], problems: [] }, options);
    const [source = "", under = ""] = text.split("\n").slice(3);
    expect(width(source)).toBeLessThanOrEqual(80);
    expect(source).toMatch(/^ 1 \| \.\.\.x+ deny all; y+\.\.\.$/);
    expect(source.slice(under.indexOf("^"), under.lastIndexOf("^") + 1)).toBe("deny all");
  });

  test("wide characters are counted, control characters never printed", () => {
    const odd: SourceFile = { path: "a.conf", text: "# 漢字\u001b[2J\ndeny '漢' all;" };
    const text = pretty({ ...result, findings: [{ ...finding, at: find(odd, "all"), related: [{ at: find(odd, "# "), note: "x\u001by" }] }], problems: [] }, options);
    expect(text).not.toContain("\u001b");
    expect(text).toContain(" 2 | deny '漢' all;\n   |           ^^^ answers 403");
  });

  test("colours only when asked", () => {
    expect(pretty(result, options)).not.toContain("\u001b");
    expect(pretty(result, { ...options, color: true })).toContain("\u001b[31merror[limit-excludes-post]");
  });
});

test("compact is one line each", () => {
  expect(compact(result, options)).toBe(
    "deploy/site.conf:6:3: error limit-excludes-post: POST /api/orders is answered 403 by limit_except | via 5,snippets/deny.conf:1 | fix: list POST" +
      " | curl -i -X POST https://shop.example/api/orders -H user-agent: -H accept: -H 'content-type: application/json' --data '{}'\n" +
      "deploy/site.conf:1:1: problem syntax: `}` is missing\n",
  );
  expect(compact(result, { ...options, possible: true })).toContain(": warning limit-excludes-post: perhaps (possible) | ");
});

const place = { file: { type: "string" }, line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } };
const exactly = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const many = (items: object) => ({ type: "array", items });

/** The published shape of `lint --format json`, version 1. */
const schema = exactly({
  version: { const: 1 },
  files: many(exactly({ path: text, format: text })),
  findings: many(
    exactly(
      {
        rule: text,
        severity: { enum: ["error", "warning", "note"] },
        certainty: { enum: ["certain", "possible"] },
        message: text,
        ...place,
        endLine: count,
        endColumn: count,
        related: many(exactly({ ...place, message: text })),
        witness: exactly({ method: text, url: text, headers: { type: "object" }, body: text, status: { type: ["integer", "null"] }, curl: text }),
        fix: exactly({ title: text, safe: { type: "boolean" }, edits: many(exactly({ file: text, start: count, end: count, text })) }),
        docs: text,
      },
      ["fix"],
    ),
  ),
  problems: many(exactly({ ...place, code: text, message: text })),
  summary: exactly({ files: count, errors: count, warnings: count, notes: count, possible: count, problems: count }),
});

describe("json", () => {
  test("has the published shape and holds possible findings too", () => {
    const report = JSON.parse(json(result));
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema);
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
    expect(report.summary).toEqual({ files: 1, errors: 1, warnings: 0, notes: 0, possible: 1, problems: 1 });
    expect(report.findings[0]).toMatchObject({ file: "deploy/site.conf", line: 6, column: 3, endLine: 6, endColumn: 19, docs: "rules/limit-excludes-post.md" });
    expect(report.findings[0].witness).toMatchObject({ method: "POST", url: "https://shop.example/api/orders", status: 403, body: "{}" });
  });

  test("its edits, applied by offset, give the fixed file", () => {
    const [edit] = JSON.parse(json(result)).findings[0].fix.edits;
    expect(site.text.slice(0, edit.start) + edit.text + site.text.slice(edit.end)).toContain("limit_except GET POST {");
  });
});

test("diff shows only lines that change, edits of one line together", () => {
  const file: SourceFile = { path: "a", text: "one\n two\nthree\n" };
  const edit = (at: string, with_: string) => ({ at: find(file, at), text: with_ });
  expect(diff({ title: "", safe: true, edits: [edit("two", "TWO"), edit(" ", "")] })).toEqual(["- two", "+ TWO"]);
  expect(diff({ title: "", safe: true, edits: [edit("one\n", ""), edit("three", "3\n4")] })).toEqual(["- one", "- three", "+ 3", "+ 4"]);
  const other: SourceFile = { path: "b", text: "x" };
  expect(diff({ title: "", safe: true, edits: [edit("one", "1"), { at: find(other, "x"), text: "y" }] })).toEqual(["- one", "+ 1", "  b", "- x", "+ y"]);
});
