import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { formats, pageOf, rowsOf, type Covered, type Row } from "../scripts/pages.mjs";
import { cases } from "./iis-cases.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (name: string): string => readFileSync(path.join(root, name), "utf8");
const known = new Set(rules.map(({ id }) => id));

/** Keys of an object that a test file is made of: `name: [` or `"some name": {`. */
function keysIn(file: string, opening: RegExp): readonly string[] {
  return [...read(file).matchAll(opening)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** Names of the tests of a format. */
function testNames(id: string): readonly string[] {
  const files = readdirSync(path.join(root, "test")).filter((name) => name.startsWith(`${id}-`) && name.endsWith(".test.ts"));
  return files.flatMap((name) => [...read(`test/${name}`).matchAll(/\bit(?:\.skipIf\([^"]*\))?(?:\.each\([^"]*\))?\(\s*"([^"]+)"/g)].map(([, title]) => title ?? ""));
}

/** What the rows of a format may name as the tests that pin something down. */
const compared: Readonly<Record<string, () => readonly string[]>> = {
  nginx: () => [
    ...testNames("nginx"),
    ...keysIn("test/nginx-server.test.ts", /^ {2}"?([^":]+)"?: \{/gm),
    ...readdirSync(path.join(root, "fixtures/nginx/disagreements")).map((name) => name.replace(/\.json$/, "")),
    ...readdirSync(path.join(root, "fixtures/nginx/answers")).flatMap((name) => (JSON.parse(read(`fixtures/nginx/answers/${name}`)) as readonly { readonly name: string }[]).map((one) => one.name)),
  ],
  apache: () => [
    ...keysIn("test/apache-server.test.ts", /^ {2}(?:"([^"]+)"|(\w+)): ["[]/gm),
    ...readdirSync(path.join(root, "fixtures/apache/disagreements")).map((name) => name.replace(/\.json$/, "")),
  ],
  iis: () => [...Object.keys(cases), ...testNames("iis")],
};

function list(row: Row, field: string): readonly string[] {
  const value = row[field];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

it("every format with such a table is looked at", () => {
  const folders = readdirSync(path.join(root, "fixtures")).filter((name) => existsSync(path.join(root, "fixtures", name, "coverage.json")));
  expect(folders.sort()).toEqual(formats.map(({ id }) => id).sort());
  expect(Object.keys(compared).sort()).toEqual(folders);
});

describe.each(formats.map((format): readonly [string, Covered] => [format.id, format]))("what is covered of %s", (id, format) => {
  const rows = rowsOf(format);
  const names = new Set(compared[id]?.());

  it.each(rows.map((row) => [`${row.id ?? row.of}: ${row.what}`, row] as const))("%s", (_, row) => {
    expect([...format.sure, ...format.unsure]).toContain(row.how);
    const tests = list(row, format.tests);
    expect(tests.filter((name) => !names.has(name))).toEqual([]);
    if (format.sure.includes(row.how)) expect(tests).not.toEqual([]);
    else expect(row[format.why] ?? "").not.toBe("");
    if (row.rule !== undefined) expect(known).toContain(row.rule);
  });

  it("says each thing once", () => {
    const said = rows.flatMap(({ id: number, what }) => [what, ...(number === undefined ? [] : [number])]);
    expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
  });

  it(`is written down in docs/${id}.md (npm run docs)`, () => {
    expect(read(`docs/${id}.md`)).toBe(pageOf(format, rows));
  });
});

describe("IIS", () => {
  it("every case is named, with the page that says so", () => {
    const rows = rowsOf(formats.find(({ id }) => id === "iis")!);
    const named = new Set(rows.flatMap((row) => list(row, "tests")));
    expect(Object.keys(cases).filter((name) => !named.has(name))).toEqual([]);
  });
});
