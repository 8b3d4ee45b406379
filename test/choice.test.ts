import fc from "fast-check";
import { expect, it } from "vitest";
import { scopesFor } from "../src/model/choice.ts";
import { all, always, any, not, test, type Condition } from "../src/model/condition.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { initialWorld } from "../src/model/evaluate.ts";
import { askingIn, holds } from "../src/model/holds.ts";
import type { Program, Scope } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { text } from "../src/model/template.ts";

const at = { file: { path: "x", text: "" }, start: 0, end: 0 };
const hosts = ["a.example", "A.example", "b.example"];
const paths = ["/a", "/A", "/b/"];

const value = (values: readonly string[]) => fc.constantFrom(...values);
const asked: fc.Arbitrary<Condition> = fc.oneof(
  fc.subarray(hosts).map((values) => test("host", { kind: "in", values }, at)),
  fc.tuple(value(hosts), fc.boolean()).map(([host, ignoreCase]) => test("host", { kind: "equals", value: text(host), ignoreCase }, at)),
  fc.tuple(value(paths), fc.boolean()).map(([path, ignoreCase]) => test("path", { kind: "equals", value: text(path), ignoreCase }, at)),
  value(paths).map((path) => test("path", { kind: "startsWith", value: text(path) }, at)),
  value(["POST", "GET"]).map((method) => test("method", { kind: "in", values: [method] }, at)),
);
const condition = fc.letrec<{ one: Condition }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    asked,
    asked.map((of): Condition => (of.kind === "test" ? { ...of, negated: true } : of)),
    tie("one").map(not),
    fc.array(tie("one"), { maxLength: 3 }).map((of) => all(...of)),
    fc.array(tie("one"), { maxLength: 3 }).map((of) => any(...of)),
  ),
})).one;

it("the scope that is entered is the first that holds, however many there are", () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 16, maxLength: 40 }), value(["a.example", "b.example", "c.example"]), value([...paths, "/c"]), (conditions, host, path) => {
      const stage = [...conditions, always].map((when, index): Scope => ({ name: String(index), when, chains: [], handler: "app", at }));
      const program: Program = { format: "x", layer: "server", at, stages: { stage }, entry: "stage", definitions: {}, reroutes: { limit: 1, status: 500 }, ignored: [], missing: [] };
      const world = initialWorld(program, ordinaryPost({ host, path }), unknownEnvironment);
      const entered = (scope: Scope): boolean => holds(scope.when, askingIn(world)).answer === "yes";
      const looked = [...scopesFor(stage, world)];
      expect(looked.find(entered)?.name).toBe(stage.find(entered)?.name);
      expect(looked.map(({ name }) => Number(name))).toEqual(looked.map(({ name }) => Number(name)).toSorted((a, b) => a - b));
    }),
  );
});

it("whoever asks for another host is not asked", () => {
  const stage = Array.from({ length: 40 }, (_, index): Scope => ({ name: String(index), when: index === 39 ? always : test("host", { kind: "in", values: [`s${index}.example`] }, at), chains: [], handler: "app", at }));
  const program: Program = { format: "x", layer: "server", at, stages: { stage }, entry: "stage", definitions: {}, reroutes: { limit: 1, status: 500 }, ignored: [], missing: [] };
  const world = initialWorld(program, ordinaryPost({ host: "s7.example" }), unknownEnvironment);
  expect([...scopesFor(stage, world)].map(({ name }) => name)).toEqual(["7", "39"]);
});
