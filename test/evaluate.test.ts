import { describe, expect, test as it } from "vitest";
import { all, always, methodIn, not, test, testText, type Condition } from "../src/model/condition.ts";
import type { Template } from "../src/model/template.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Chain, Effect, Gate, Program, Scope } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { fieldValue, text } from "../src/model/template.ts";
import type { Span } from "../src/source.ts";

const at: Span = { file: { path: "x", text: "x" }, start: 0, end: 1 };
const gate = (when: Condition, effect: Effect, more: Partial<Gate> = {}): Gate => ({ when, effect, because: [{ at, note: "" }], reason: "none", ...more });
const scope = (chains: readonly Chain[], more: Partial<Scope> = {}): Scope => ({ name: "s", when: always, chains, handler: "app", at, ...more });
const chain = (...gates: Gate[]): Chain => ({ name: "c", gates });

function program(stages: Program["stages"], definitions: Program["definitions"] = {}): Program {
  return { format: "made", layer: "server", at, stages, entry: "start", definitions, reroutes: { limit: 3, status: 500 }, ignored: [], missing: [] };
}

const unknown = (key: string): Condition => ({ kind: "unknown", key, why: key, reads: "anything", at });
const post = ordinaryPost({ path: "/api/x" });

describe("evaluate", () => {
  it("the first gate that holds and ends things decides", () => {
    const refuse = gate(not(methodIn(["GET"], at)), { kind: "deny", status: 403 });
    const verdict = evaluate(program({ start: [scope([chain(gate(never(), { kind: "deny", status: 500 }), refuse)])] }), post);
    expect(verdict).toMatchObject({ blocked: "yes", outcome: "refused", status: 403, by: refuse, depends: [] });
    expect(verdict.ending.trace.map((step) => step.held)).toEqual(["no", "yes"]);
  });

  it("continue skips the rest of a chain, accept every chain", () => {
    const deny = gate(always, { kind: "deny", status: 403 });
    const skipped = evaluate(program({ start: [scope([chain(gate(always, { kind: "continue" }), deny), chain(deny)])] }), post);
    expect(skipped.ending.trace).toHaveLength(2);
    const accepted = evaluate(program({ start: [scope([chain(gate(always, { kind: "accept" })), chain(deny)])] }), post);
    expect(accepted).toMatchObject({ blocked: "no", outcome: "reached", by: null });
  });

  it("reads what a template leaves known of a value that is compared", () => {
    const named: Template = [...text("/keys/"), { kind: "unknown", key: "name" }, ...text(".json")];
    const ask = (path: string, kind: "equals" | "startsWith" | "endsWith"): string => {
      const deny = gate(test("path", { kind, value: named }, at), { kind: "deny", status: 403 });
      return evaluate(program({ start: [scope([chain(deny)])] }), { ...post, path }).blocked;
    };
    expect(["/keys/a.json", "/keys/.json", "/", "/keys/a", "/keys.json"].map((path) => ask(path, "equals"))).toEqual(["maybe", "maybe", "no", "no", "no"]);
    expect(["/keys/b", "/other/a.json"].map((path) => ask(path, "startsWith"))).toEqual(["maybe", "no"]);
    expect(["/b.json", "/keys/b"].map((path) => ask(path, "endsWith"))).toEqual(["maybe", "no"]);
  });

  it("follows what differs early on, however much differs later", () => {
    const set = (key: string): Gate => gate(unknown(key), { kind: "set", variable: key, value: text("1") });
    const deny = gate(not(test("var:first", { kind: "equals", value: text("1") }, at)), { kind: "deny", status: 403 });
    const many = Array.from({ length: 10 }, (_, index) => set(`later ${index}`));
    const { endings } = evaluate(program({ start: [scope([chain(set("first"), ...many, deny)])] }), post);
    expect(endings.filter(({ by }) => by === deny).length).toBeGreaterThan(0);
    expect(endings[0]).toMatchObject({ by: null, assumed: { first: true, "later 9": true } });
    expect(endings.length).toBeLessThan(100);
  });

  it("answers an unknown alike within one course of events", () => {
    const set = gate(unknown("k"), { kind: "set", variable: "v", value: text("1") });
    const deny = gate(all(unknown("k"), not(test("var:v", { kind: "equals", value: text("1") }, at))), { kind: "deny", status: 403 });
    expect(evaluate(program({ start: [scope([chain(set, deny)])] }), post).blocked).toBe("no");
  });

  it("says what an undecided verdict depends on", () => {
    const verdict = evaluate(program({ start: [scope([chain(gate(unknown("the weather"), { kind: "deny", status: 403 }))])] }), post);
    expect(verdict).toMatchObject({ blocked: "maybe", outcome: "unknown", status: null, depends: ["the weather"] });
  });

  it("answers what is behind a definition, so that all who read the variable agree", () => {
    const definitions = { v: [{ when: unknown("the weather"), value: text("1") }, { when: always, value: text("0") }] };
    const when = (variable: "v" | "kept", value: string): Condition => test(`var:${variable}`, { kind: "equals", value: text(value) }, at);
    const gates = [
      gate(always, { kind: "set", variable: "kept", value: fieldValue("var:v") }),
      gate(when("v", "1"), { kind: "deny", status: 403 }),
      gate(all(when("v", "0"), unknown("the weather")), { kind: "deny", status: 404 }),
      gate(when("kept", "1"), { kind: "deny", status: 405 }),
    ];
    const verdict = evaluate(program({ start: [scope([chain(...gates)])] }, definitions), post);
    expect(verdict.endings.map(({ status }) => status)).toEqual([403, null]);
    expect(verdict.depends).toEqual(["the weather"]);
  });

  it("keeps what a pattern of a definition bound where its value was set", () => {
    const definitions = { v: [{ when: test("path", { kind: "matches", pattern: "^/(\\w+)", captures: "", lasting: "matched" }, at), value: text("1") }] };
    const gates = [gate(always, { kind: "set", variable: "kept", value: fieldValue("var:v") }), gate(test("var:1", { kind: "equals", value: text("api") }, at), { kind: "deny", status: 403 })];
    expect(evaluate(program({ start: [scope([chain(...gates)])] }, definitions), post).status).toBe(403);
  });

  it("rewrites change path and query for the gates that follow, not the scope", () => {
    const rewrite = gate(always, { kind: "rewrite", path: text("/b"), query: text("c=1") });
    const answer = gate(test("path", { kind: "equals", value: text("/b") }, at), { kind: "answer", status: 204 });
    const verdict = evaluate(program({ start: [scope([chain(rewrite, answer)])] }), post);
    expect(verdict).toMatchObject({ outcome: "answered", status: 204, ending: { delivered: { path: "/b", query: "c=1" } } });
  });
  it("reroutes see the changed path and query and are bounded", () => {
    const reroute = gate(always, { kind: "reroute", stage: "start", path: text("/b") });
    const at2 = scope([chain(gate(always, { kind: "answer", status: 204 }))], { when: test("path", { kind: "equals", value: text("/b") }, at) });
    expect(evaluate(program({ start: [at2, scope([chain(reroute)])] }), post)).toMatchObject({ outcome: "answered", status: 204 });
    const loop = evaluate(program({ start: [scope([chain(reroute)])] }), post);
    expect(loop).toMatchObject({ outcome: "refused", status: 500, by: reroute });
  });

  it("named groups become variables of their names", () => {
    const matches = test("path", { kind: "matches", pattern: "^/api/(?<rest>.*)$", captures: "$" }, at);
    const alter = gate(matches, { kind: "alter", what: "path", value: fieldValue("var:rest") });
    expect(evaluate(program({ start: [scope([chain(alter)])] }), post).ending.delivered.path).toBe("x");
  });

  it("variables are computed once, volatile ones at every reading", () => {
    const copy = (variable: string): Gate => gate(always, { kind: "set", variable, value: fieldValue("var:where") });
    const chains = [chain(copy("before"), gate(always, { kind: "rewrite", path: text("/b") }), copy("after"), gate(always, { kind: "alter", what: "path", value: [...fieldValue("var:before"), ...text(" "), ...fieldValue("var:after")] }))];
    const made = program({ start: [scope(chains)] }, { where: [{ when: always, value: fieldValue("path") }] });
    expect(evaluate(made, post).ending.delivered.path).toBe("/api/x /api/x");
    expect(evaluate({ ...made, volatile: ["where"] }, post).ending.delivered.path).toBe("/api/x /b");
  });

  it("captures reach the effect of their gate", () => {
    const matches = test("path", { kind: "matches", pattern: "^/api/(.*)$", captures: "$" }, at);
    const set = gate(matches, { kind: "alter", what: "path", value: [{ kind: "text", text: "/v2/" }, { kind: "field", field: "var:$1" }] });
    expect(evaluate(program({ start: [scope([chain(set)])] }), post).ending.delivered.path).toBe("/v2/x");
  });

  it("what a match that nobody knows of would bind is not taken to be empty", () => {
    const first = testText([{ kind: "unknown", key: "who" }], { kind: "matches", pattern: "^(.+)$", captures: "$" }, at);
    const second = testText(fieldValue("var:$1"), { kind: "matches", pattern: "." }, at);
    const deny = gate(all(first, second), { kind: "deny", status: 403 });
    expect(evaluate(program({ start: [scope([chain(deny)])] }), post)).toMatchObject({ blocked: "maybe", outcome: "unknown" });
  });

  it("reads an address as one that is sent, and leaves one that cannot be read", () => {
    const delivered = (path: string, address: "merging" | "keeping"): string => {
      const led = gate(always, { kind: "rewrite", path: text(path), query: text("q"), address });
      const { path: to, query } = evaluate(program({ start: [scope([chain(led)])] }), post).ending.delivered;
      return `${String(to)} ${String(query)}`;
    };
    expect([delivered("/a/./b%20c//d?x=1", "merging"), delivered("/a//b#y?z", "keeping"), delivered("/../a", "merging"), delivered("/%zz", "merging")]).toEqual(["/a/b c/d x=1?q", "/a//b ", "/../a q", "/%zz q"]);
  });

  it("jumps forward by label and never loops for ever", () => {
    const deny = gate(always, { kind: "deny", status: 403 });
    const end = gate(always, { kind: "answer", status: 200 }, { label: "end" });
    expect(evaluate(program({ start: [scope([chain(gate(always, { kind: "jump", to: "end" }), deny, end)])] }), post).status).toBe(200);
    const round = gate(always, { kind: "jump", to: "again" }, { label: "again" });
    expect(evaluate(program({ start: [scope([chain(round)])] }), post).outcome).toBe("unknown");
  });

  it("adds scores and compares them", () => {
    const add = gate(always, { kind: "score", variable: "n", add: text("3") });
    const limit = gate(test("var:n", { kind: "number", is: ">=", value: text("5") }, at), { kind: "deny", status: 403 });
    expect(evaluate(program({ start: [scope([chain(add, limit)])] }), post).blocked).toBe("no");
    expect(evaluate(program({ start: [scope([chain(add, add, limit)])] }), post).blocked).toBe("yes");
  });

  it("a forced status of an internal redirect is what the client gets", () => {
    const reroute = gate(test("path", { kind: "startsWith", value: text("/api") }, at), { kind: "reroute", stage: "start", path: text("/page"), method: "GET", status: 403 });
    const verdict = evaluate(program({ start: [scope([chain(reroute)])] }), post);
    expect(verdict).toMatchObject({ outcome: "refused", status: 403, by: reroute });
  });

  it("defined variables are computed when read", () => {
    const definitions = { limited: [{ when: methodIn(["GET"], at), value: text("0") }, { when: always, value: text("1") }] };
    const deny = gate(testText(fieldValue("var:limited"), { kind: "equals", value: text("1") }, at), { kind: "deny", status: 405 });
    expect(evaluate(program({ start: [scope([chain(deny)])] }, definitions), post).status).toBe(405);
    expect(evaluate(program({ start: [scope([chain(deny)])] }, definitions), { ...post, method: "GET" }).outcome).toBe("reached");
  });

  it("a known beginning is enough to decide a value with a gap", () => {
    const set = gate(always, { kind: "set", variable: "v", value: [{ kind: "text", text: "/api/" }, { kind: "unknown", key: "name" }] });
    const starts = (value: string): Condition => test("var:v", { kind: "startsWith", value: text(value) }, at);
    const judged = (value: string): string => evaluate(program({ start: [scope([chain(set, gate(starts(value), { kind: "deny", status: 403 }))])] }), post).blocked;
    expect([judged("/api"), judged("/static"), judged("/api/x")]).toEqual(["yes", "no", "maybe"]);
  });
});

function never(): Condition {
  return { kind: "any", of: [] };
}
