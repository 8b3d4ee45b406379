import { isIP } from "node:net";
import { describe, expect, it } from "vitest";
import { cells, type Breadth } from "../src/model/cells.ts";
import { always, methodIn, test, testText, type Condition, type Operator } from "../src/model/condition.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Collection, Field, Selector } from "../src/model/field.ts";
import type { Gate, Program, Scope } from "../src/model/program.ts";
import { ordinaryPost, type Request } from "../src/model/request.ts";
import { relevantTests, signature, signatureOf } from "../src/model/signature.ts";
import { fieldValue, text } from "../src/model/template.ts";
import type { Verdict } from "../src/model/verdict.ts";
import type { Span } from "../src/source.ts";
import { choosing, randomProgram } from "./random-program.ts";

const programs = 300;
const requestsEach = 100;
const limit = 4000;

/** What a cell must tell of all its requests. */
function told({ blocked, status }: Verdict): string {
  return `${blocked} ${status}`;
}

/** The first request of a random program that lies in no known cell or is judged otherwise than its cell; null when none does. */
function contradiction(seed: number): { readonly capped: boolean; readonly found: unknown } {
  const choice = choosing(seed);
  const { program, request } = randomProgram(choice);
  const known = new Map<string, string>();
  const { tests } = relevantTests(program, always, undefined, Number.POSITIVE_INFINITY);
  const found = cells(program, always, request(), { limit });
  if (found.capped) return { capped: true, found: null };
  for (const one of found.requests) known.set(signatureOf(program, tests, one), told(evaluate(program, one)));
  for (let count = 0; count < requestsEach; count += 1) {
    const asked = request();
    const cell = known.get(signatureOf(program, tests, asked));
    const verdict = told(evaluate(program, asked));
    if (cell !== verdict) return { capped: false, found: { seed, cell: cell ?? "none", verdict, asked, program: JSON.stringify(program.stages) } };
  }
  return { capped: false, found: null };
}

function expectSendable(request: Request): void {
  expect(request.path).toMatch(/^\/[!-"$->@-~]*$/);
  expect(request.query).toMatch(/^[!-"$-~]*$/);
  expect(request.method).toMatch(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
  expect(request.host).toMatch(/^[\w.-]+$/);
  expect(isIP(request.clientAddress)).not.toBe(0);
  expect(request.port).toBeGreaterThan(0);
  expect(request.bodyBytes).toBeGreaterThanOrEqual(Buffer.byteLength(request.body));
  for (const value of Object.values(request.headers)) expect(value).toMatch(/^(?! )[^\0-\x08\x0a-\x1f\x7f]*(?<! )$/);
}

const at: Span = { file: { path: "x", text: "x" }, start: 0, end: 1 };
const startsWith = (value: string): Operator => ({ kind: "startsWith", value: text(value) });
const endsWith = (value: string): Operator => ({ kind: "endsWith", value: text(value) });
const is = (value: string): Operator => ({ kind: "equals", value: text(value) });
const base = ordinaryPost({ path: "/here" });

/** A program that asks these conditions and does nothing with the answers. */
function asking(...conditions: readonly Condition[]): Program {
  const gates = conditions.map((when): Gate => ({ when, effect: { kind: "set", variable: "seen", value: text("1") }, because: [{ at, note: "" }], reason: "none" }));
  const scope: Scope = { name: "all", when: always, chains: [{ name: "all", gates }], handler: "app", at };
  return { format: "made", layer: "server", at, stages: { start: [scope] }, entry: "start", definitions: {}, reroutes: { limit: 1, status: 500 }, ignored: [], missing: [] };
}

function requestsOf(program: Program, breadth: Breadth = {}, where: Condition = always): readonly Request[] {
  return cells(program, where, base, breadth).requests;
}

function entries(from: readonly Collection[], operator: Operator, part: "values" | "names" | "count" = "values", only?: readonly Selector[]): Condition {
  return { kind: "test", subject: { kind: "entries", from, part, ...(only === undefined ? {} : { only }) }, operator, at };
}

describe("cells", () => {
  it("begin with the base, and change one thing before they change two", () => {
    const program = asking(test("header:a", is("1"), at), test("header:b", is("1"), at), methodIn(["POST"], at));
    const changes = requestsOf(program).map((one) => [one.headers["a"] !== undefined, one.headers["b"] !== undefined, one.method !== "POST"].filter(Boolean).length);
    expect(changes).toEqual([0, 1, 1, 1, 2, 2, 2, 3]);
  });

  it("say so when they are capped", () => {
    const program = asking(test("header:a", is("1"), at), test("header:b", is("1"), at));
    expect(cells(program, always, base, { limit: 3 })).toMatchObject({ capped: true, requests: { length: 3 } });
    expect(cells(program, always, base, { limit: 4 })).toMatchObject({ capped: false, requests: { length: 4 } });
    const many = asking(...Array.from({ length: 2100 }, (_, index) => test("path", startsWith(`/p${index}/`), at)));
    expect(cells(many, always, base, { limit: 1 })).toMatchObject({ capped: true });
  });

  it("stay inside `where` and leave fixed parts alone", () => {
    const program = asking(test("path", startsWith("/api/"), at), methodIn(["GET"], at), test("clientAddress", { kind: "inNetwork", blocks: ["10.0.0.0/8"] }, at));
    const inside = requestsOf(program, {}, test("path", startsWith("/api/"), at));
    expect(inside.length).toBeGreaterThan(3);
    expect(inside.filter((one) => !one.path.startsWith("/api/"))).toEqual([]);
    expect(new Set(requestsOf(program, { fixed: ["method"] }).map((one) => one.method))).toEqual(new Set(["POST"]));
  });

  it("look only at the scopes asked for, and at the definitions these read", () => {
    const other = asking(test("header:b", is("1"), at));
    const program: Program = {
      ...asking(test("header:a", is("1"), at), test("var:read", is("1"), at)),
      definitions: {
        read: [{ when: test("header:c", is("1"), at), value: text("1") }],
        unread: [{ when: test("header:d", is("1"), at), value: text("1") }],
      },
    };
    const both: Program = { ...program, stages: { start: program.stages["start"] ?? [], other: other.stages["start"] ?? [] } };
    const headers = requestsOf(both, { scopes: both.stages["start"] ?? [] }).flatMap((one) => Object.keys(one.headers));
    expect(headers).toContain("a");
    expect(headers).toContain("c");
    expect(headers).not.toContain("b");
    expect(headers).not.toContain("d");
  });

  it("join a path that begins like one test and ends like another", () => {
    const program = asking(test("path", startsWith("/api/"), at), test("path", { kind: "matches", pattern: "\\.php$" }, at), test("path", endsWith(".json"), at));
    const paths = requestsOf(program).map((one) => one.path);
    for (const wanted of [/^\/api\/.*\.php$/, /^\/api\/.*\.json$/, /^\/api\/(?!.*\.(php|json)$)/, /^\/(?!api\/).*\.php$/]) expect(paths.some((path) => wanted.test(path))).toBe(true);
  });

  it("go on from a sample of a pattern without a foreign text in between", () => {
    const program = asking(test("path", { kind: "matches", pattern: "^/api/[0-9]+$" }, at), test("path", endsWith("7"), at));
    expect(requestsOf(program).some((one) => /^\/api\/[0-9]*7$/.test(one.path))).toBe(true);
  });

  it("read a test of a variable as a test of what flows into it", () => {
    const set: Gate = { when: always, effect: { kind: "set", variable: "v", value: [...text("id-"), ...fieldValue("header:a")] }, because: [{ at, note: "" }], reason: "none" };
    const program = asking(test("var:v", is("id-7"), at));
    const flowing: Program = { ...program, stages: { start: [{ name: "all", when: always, chains: [{ name: "set", gates: [set] }], handler: "app", at }, ...(program.stages["start"] ?? [])] } };
    expect(requestsOf(flowing).map((one) => one.headers["a"])).toContain("7");
  });

  it("read a test of the path as a test of the path that is rewritten", () => {
    const rewrite: Gate = { when: always, effect: { kind: "rewrite", path: [...text("/app"), ...fieldValue("path")] }, because: [{ at, note: "" }], reason: "none" };
    const program = asking(test("path", is("/app/login"), at));
    const rewriting: Program = { ...program, stages: { start: [{ name: "all", when: always, chains: [{ name: "rewrite", gates: [rewrite] }], handler: "app", at }, ...(program.stages["start"] ?? [])] } };
    expect(requestsOf(rewriting).map((one) => one.path)).toContain("/login");
  });

  it("send a path encoded that is tested decoded", () => {
    expect(requestsOf(asking(test("path", is("/a b?é%"), at))).map((one) => one.path)).toContain("/a%20b%3F%C3%A9%25");
    expect(requestsOf(asking(test("rawPath", is("/a%20b"), at))).map((one) => one.path)).toContain("/a%20b");
  });

  it("find the parts of a text put together from several fields", () => {
    const both = testText([...fieldValue("method"), ...text(":"), ...fieldValue("cookie:mode")], is("PUT:ro"), at);
    expect(requestsOf(asking(both)).map((one) => `${one.method} ${one.headers["cookie"]}`)).toContain("PUT mode=ro");
  });

  it("put arguments, forms, JSON, groups and claims where they are read from", () => {
    const named = (name: string): readonly Selector[] => [{ kind: "name", name }];
    const form = requestsOf(asking(entries(["queryArguments"], is("a b"), "values", named("q")), entries(["formArguments"], is("é&"), "values", named("f"))));
    expect(form.map((one) => one.query)).toContain("q=a%20b");
    expect(form.map((one) => one.body)).toContain("name=value&f=%C3%A9%26");
    expect(form.filter((one) => one.bodyBytes < Buffer.byteLength(one.body))).toEqual([]);
    const json = cells(asking(entries(["jsonArguments"], is("x"), "values", named("j"))), always, ordinaryPost({ body: '{"a":1}' }));
    expect(json.requests.map((one) => one.body)).toEqual(['{"a":1}', '{"a":1,"j":"x"}']);
    const names = requestsOf(asking(entries(["queryArguments"], is("debug"), "names")));
    expect(names.some((one) => one.query.startsWith("debug="))).toBe(true);
    const groups = requestsOf(asking(entries(["groups"], is("a")), entries(["groups"], is("b"))));
    expect(groups.map((one) => one.identity.groups.join())).toContain("a,b");
    expect(requestsOf(asking(test("claim:role", is("clerk"), at))).map((one) => one.identity.claims["role"])).toContain("clerk");
  });

  it("tell chunked bodies, ports and IPv6 networks apart", () => {
    const lengthless = requestsOf(asking({ kind: "not", of: test("contentLength", { kind: "present" }, at) }));
    expect(lengthless.map((one) => one.chunked)).toContain(true);
    const addresses = requestsOf(asking(test("clientAddress", { kind: "inNetwork", blocks: ["2001:db8::/32", "2001:db8::/127"] }, at), test("clientAddress", { kind: "inNetwork", blocks: ["2001:db8::/127"] }, at)));
    expect(addresses.map((one) => one.clientAddress)).toEqual(["203.0.113.7", "2001:db8:0:0:0:0:0:0", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"]);
    const hosts = requestsOf(asking(test("header:host", is("a.example:8443"), at)));
    expect(hosts.map((one) => `${one.host}:${one.port}`)).toContain("a.example:8443");
  });

  it("are requests that can be sent", () => {
    const odd = ["a b", "/x y?z#", "é\uD800", "a;b", " lead", "\r\n", "%zz", "\"", "{"];
    const fields: readonly Field[] = ["path", "rawPath", "requestUri", "query", "method", "host", "header:x", "cookie:c", "argument:q", "clientAddress", "bodyBytes", "port", "scheme"];
    for (const field of fields) {
      for (const kind of ["equals", "startsWith", "endsWith", "contains"] as const) {
        const program = asking(...odd.map((value) => test(field, { kind, value: text(value) }, at)), entries(["formArguments"], { kind, value: text("a b&") }));
        for (const one of requestsOf(program, { limit: 300 })) expectSendable(one);
      }
    }
  });

  it("are told apart by their signature", () => {
    const program = asking(test("path", startsWith("/api/"), at));
    expect(signature(program, base)).not.toBe(signature(program, { ...base, path: "/api/x" }));
    expect(signature(program, base)).toBe(signature(program, { ...base, path: "/apix", query: "a=b" }));
  });

  it("know the region and the verdict of every random request", () => {
    let covered = 0;
    for (let seed = 1; seed <= programs; seed += 1) {
      const { capped, found } = contradiction(seed);
      expect(found).toBeNull();
      if (!capped) covered += 1;
    }
    expect(covered).toBeGreaterThan(programs * 0.95);
  }, 60_000);
});
