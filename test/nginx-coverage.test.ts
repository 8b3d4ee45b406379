import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { nginxPage } from "../scripts/nginx-page.mjs";

interface Row {
  readonly id: string;
  readonly of: string;
  readonly what: string;
  readonly how: string;
  readonly reason?: string;
  readonly tests?: readonly string[];
  readonly rule?: string;
}

const root = path.resolve(import.meta.dirname, "..");
const read = (name: string): string => fs.readFileSync(path.join(root, name), "utf8");
const rows = JSON.parse(read("fixtures/nginx/coverage.json")) as readonly Row[];

/** Names of tests and of the cases they are made of, and recorded configurations. */
function testNames(): ReadonlySet<string> {
  const files = fs.readdirSync(path.join(root, "test")).filter((name) => /^nginx-.*\.test\.ts$/.test(name));
  const texts = files.map((name) => read(`test/${name}`));
  const named = texts.flatMap((text) => [...text.matchAll(/\bit(?:\.skipIf\([^"]*\))?(?:\.each\([^"]*\))?\(\s*"([^"]+)"/g)].map(([, name]) => name ?? ""));
  const cases = [...read("test/nginx-server.test.ts").matchAll(/^ {2}"?([^":]+)"?: \{/gm)].map(([, name]) => name ?? "");
  const recorded = fs.readdirSync(path.join(root, "fixtures/nginx/disagreements")).map((name) => name.replace(/\.json$/, ""));
  return new Set([...named, ...cases, ...recorded]);
}

describe("what is modelled for nginx", () => {
  const known = testNames();
  const ids = new Set(rules.map(({ id }) => id));

  it.each(rows.map((row) => [`${row.id}: ${row.what}`, row] as const))("%s", (_, { how, tests = [], reason = "", rule }) => {
    expect(["exact", "unknown", "ignored"]).toContain(how);
    expect(tests.filter((name) => !known.has(name))).toEqual([]);
    expect(how === "exact" ? tests.length > 0 : reason !== "").toBe(true);
    if (rule !== undefined) expect(ids).toContain(rule);
  });

  it("has one row for each id", () => {
    expect(rows.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index)).toEqual([]);
  });

  it("is written down in docs/nginx.md (npm run docs)", () => {
    expect(read("docs/nginx.md")).toBe(nginxPage(rows));
  });
});
