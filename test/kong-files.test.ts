import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Loaded } from "../src/formats/format.ts";
import { kong } from "../src/formats/gateway/kong.ts";
import type { Condition } from "../src/model/condition.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { positionAt, textOf, type SourceFile, type Span } from "../src/source.ts";
import { client, load, outcome, programOf, request, stranger } from "../fixtures/kong/ask.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const corpus = resolve(root, "../shared/corpus/gateway");

function filesIn(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort()
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, "utf8") }));
}

const fixtures = filesIn(join(root, "fixtures/kong")).filter((file) => !file.path.endsWith(".ts"));

function fixture(path: string): SourceFile {
  const file = fixtures.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no fixture ${path}`);
  return file;
}

function placesIn(condition: Condition): readonly Span[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(placesIn);
    case "not":
      return placesIn(condition.of);
    default:
      return [condition.at];
  }
}

/** Every place a loaded configuration names. */
function places({ units, problems }: Loaded): readonly Span[] {
  const inPrograms = units.flatMap(({ program }) => {
    const scopes = Object.values(program.stages).flat();
    const gates = scopes.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates));
    const evidence = [...gates.flatMap((gate) => gate.because), ...scopes.flatMap((scope) => scope.writes ?? []), ...program.ignored, ...program.missing];
    return [program.at, ...scopes.map((scope) => scope.at), ...evidence.map((one) => one.at), ...[...scopes, ...gates].flatMap((one) => placesIn(one.when))];
  });
  return [...inPrograms, ...problems.map((problem) => problem.at)];
}

function expectInside(loaded: Loaded): void {
  for (const { file, start, end } of places(loaded)) {
    if (!(0 <= start && start <= end && end <= file.text.length)) expect.fail(`${file.path}: ${start}-${end} of ${file.text.length}`);
  }
}

describe("which files are Kong's", () => {
  it.each([
    ["kong.yaml", '_format_version: "3.0"\n', "name"],
    ["deploy/kong-prod.yml", "services: []\n_format_version: '2.1'\n", "name"],
    ["gateway.yaml", '---\n_format_version: "3.0"\n', "content"],
    ["gateway.json", '{ "services": [], "_format_version": "3.0" }', "content"],
    ["gateway.yaml.j2", '_format_version: "3.0"\n', "content"],
    ["kong.yaml", "services:\n  kong:\n    image: kong\n", null],
    ["kong.conf", '_format_version: "3.0"\n', null],
    ["map.yaml", 'data:\n  kong.yml: |\n    _format_version: "3.0"\n', null],
    ["readme.yaml", "# the key _format_version: is needed\n", null],
  ])("%s %j: %s", (path, text, claim) => {
    expect(kong.claims({ path, text })).toBe(claim);
  });
});

describe("fixtures", () => {
  it.each(fixtures.map((file) => [file.path, file] as const))("%s loads wherever it is cut, and every place lies inside", (_, file) => {
    const step = file.text.length < 400 ? 1 : 11;
    for (let length = 0; length <= file.text.length; length += step) {
      expectInside(kong.load([{ path: file.path, text: file.text.slice(0, length) }], { read: () => null, list: () => [] }));
    }
  });

  it.each([
    ["broken.yaml", 8],
    ["broken.json", 3],
  ])("%s has a problem with a place", (path, line) => {
    const { problems } = load(fixture(path));
    const [first] = problems;
    expect(first && positionAt(first.at.file, first.at.start).line).toBe(line);
  });

  it.each(["shop.yaml", "shop.json", "lost-posts.yaml", "legacy.yaml", "expressions.yaml", "chart.yaml.tmpl", "anchors.yaml"])("%s has no problems", (path) => {
    expect(load(fixture(path)).problems.map((one) => one.message)).toEqual([]);
  });

  it.each<[path: string, line: string, expected: string, changes?: object]>([
    ["shop.yaml", "POST /products", "reached", { identity: client("editors") }],
    ["shop.yaml", "POST /products", "refused 403", { identity: client() }],
    ["shop.yaml", "POST /products", "refused 401", { identity: stranger }],
    ["shop.yaml", "POST /products", "refused 413", { identity: client("editors"), bodyBytes: 8_388_609 }],
    ["shop.yaml", "GET /products", "reached", { identity: stranger }],
    ["shop.yaml", "PATCH /products", "refused 404"],
    ["shop.yaml", "POST https://shop.example/orders/7", "reached"],
    ["shop.yaml", "POST https://eu.shop.example/orders", "reached"],
    ["shop.yaml", "POST http://shop.example/orders", "redirected 308"],
    ["shop.yaml", "POST https://other.example/orders", "refused 404"],
    ["shop.yaml", "POST https://shop.example/orders", "refused 429", { perMinute: 121 }],
    ["shop.json", "POST /orders", "refused 404"],
    ["shop.json", "GET /orders", "refused 401", { identity: stranger }],
    ["lost-posts.yaml", "POST /orders", "refused 404"],
    ["lost-posts.yaml", "POST /orders/import", "refused 403", { identity: client("importers") }],
    ["lost-posts.yaml", "POST /attachments", "refused 413"],
    ["lost-posts.yaml", "POST /hooks", "refused 403"],
    ["lost-posts.yaml", "POST http://localhost/contact", "redirected 301"],
    ["lost-posts.yaml", "POST /closed", "reached"],
    ["legacy.yaml", "POST /users/12/avatar", "reached", { identity: client("members") }],
    ["legacy.yaml", "POST /users/12/avatar", "refused 403", { identity: client("guests") }],
    ["legacy.yaml", "POST /users/12", "refused 404"],
    ["expressions.yaml", "POST /api/x", "reached"],
    ["chart.yaml.tmpl", "POST /fixed", "unknown"],
    ["chart.yaml.tmpl", "GET /fixed", "unknown"],
    ["anchors.yaml", "POST /small", "refused 413", { bodyBytes: 1025 }],
    ["anchors.yaml", "POST /large", "reached", { bodyBytes: 1025 }],
  ])("%s: %s is %s", (path, line, expected, changes = {}) => {
    expect(outcome(fixture(path), line, changes)).toBe(expected);
  });
});

describe("files that belong together", () => {
  const parts = fixtures.filter((file) => file.path.startsWith("parts/"));

  it("are one program when one needs what another has", () => {
    const { units, problems } = load(...parts);
    expect(problems).toEqual([]);
    expect(units.map((unit) => unit.files.map((file) => file.path))).toEqual([["parts/consumers.yaml", "parts/plugins.yaml", "parts/services.yaml"]]);
    const [unit] = units;
    const statuses = [client(), client("staff")].map((identity) => unit && evaluate(unit.program, request("POST /orders", { identity })).status);
    expect(statuses).toEqual([403, null]);
  });

  it("each stand alone in different folders, with the same names, or without need of one another", () => {
    const route = (name: string, path: string): SourceFile => ({ path, text: `_format_version: "3.0"\nroutes: [{name: ${name}, paths: [/]}]\n` });
    const plugin: SourceFile = { path: "b/plugins.yaml", text: '_format_version: "3.0"\nplugins: [{name: key-auth}]\n' };
    const groups = (...files: readonly SourceFile[]): readonly number[] => load(...files).units.map((unit) => unit.files.length);
    expect(groups(route("a", "a/a.yaml"), plugin)).toEqual([1, 1]);
    expect(groups(route("a", "b/a.yaml"), route("a", "b/b.yaml"), plugin)).toEqual([1, 1, 1]);
    expect(groups(route("a", "b/a.yaml"), route("b", "b/b.yaml"))).toEqual([1, 1]);
    expect(groups(route("a", "b/a.yaml"), plugin)).toEqual([2]);
  });
});

describe.skipIf(!existsSync(corpus))(`public configurations (${existsSync(corpus) ? "found" : "skipped: no corpus beside the repository"})`, () => {
  const all = existsSync(corpus) ? filesIn(corpus) : [];
  const own = all.filter((file) => file.path.startsWith("kong/"));

  it("recognises Kong's, and no others", () => {
    expect(own.filter((file) => kong.claims(file) === null).map((file) => file.path)).toEqual([]);
    expect(own.length).toBeGreaterThan(20);
    expect(all.filter((file) => !file.path.startsWith("kong/") && kong.claims(file) !== null).map((file) => file.path)).toEqual([]);
  });

  it("reads every one, with every place inside its file", () => {
    const loaded = load(...own);
    expectInside(loaded);
    const read = new Set(loaded.units.flatMap((unit) => unit.files.map((file) => file.path)));
    const unread = own.filter((file) => !read.has(file.path) && !loaded.problems.some((problem) => problem.at.file === file));
    expect(unread.map((file) => file.path)).toEqual([]);
  });

  it("finds nothing wrong with the syntax of any", () => {
    expect(load(...own).problems.map((problem) => `${problem.at.file.path}: ${problem.message}`)).toEqual([]);
  });

  it("decides about a POST to every route it read", () => {
    for (const { program } of load(...own).units) {
      for (const scope of program.stages["routes"] ?? []) expect(textOf(scope.at).length).toBeGreaterThan(0);
      expect(evaluate(program, request("POST /")).endings.length).toBeGreaterThan(0);
    }
  });
});

it("a file whose version stands elsewhere is a problem, not a program", () => {
  const { units, problems } = load({ path: "kong.json", text: '{ "a": {"_format_version": "3.0"} }' });
  expect([units.length, problems.map((one) => one.code)]).toEqual([0, ["kong-format"]]);
  expect(programOf('_format_version: "3.0"').format).toBe("kong");
});
