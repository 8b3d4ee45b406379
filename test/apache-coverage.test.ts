import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { apachePage } from "../scripts/apache-page.mjs";

interface Row {
  readonly of: string;
  readonly what: string;
  readonly how: string;
  readonly server?: readonly string[];
  readonly rule?: string;
  readonly note?: string;
}

const root = path.resolve(import.meta.dirname, "..");
const read = (name: string): string => readFileSync(path.join(root, name), "utf8");
const rows = JSON.parse(read("fixtures/apache/coverage.json")) as readonly Row[];

/** Names of the cases that are put to a real server. */
const compared = new Set([...read("test/apache-server.test.ts").matchAll(/^ {2}(?:"([^"]+)"|(\w+)): ["[]/gm)].map(([, quoted, plain]) => quoted ?? plain));

describe("what is covered of Apache", () => {
  it.each(rows.map((row) => [`${row.of}: ${row.what}`, row] as const))("%s", (_, { how, server = [], rule, note = "" }) => {
    expect(["exact", "depends", "not compared", "not seen"]).toContain(how);
    expect(server.filter((name) => !compared.has(name))).toEqual([]);
    expect(how === "exact" ? server.length > 0 : note !== "" && server.length === 0).toBe(true);
    if (rule !== undefined) expect(rules.map(({ id }) => id)).toContain(rule);
  });

  it("says each thing once", () => {
    const said = rows.map(({ what }) => what);
    expect(said.length).toBe(new Set(said).size);
  });

  it("the page is made of it (npm run docs)", () => {
    expect(read("docs/apache.md")).toBe(apachePage(rows));
  });
});
