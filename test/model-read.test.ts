import { describe, expect, it } from "vitest";
import { unknownEnvironment } from "../src/model/environment.ts";
import { evaluate, initialWorld } from "../src/model/evaluate.ts";
import type { Collection, Field } from "../src/model/field.ts";
import type { Condition } from "../src/model/condition.ts";
import { always, test } from "../src/model/condition.ts";
import type { Gate, Program, Scope } from "../src/model/program.ts";
import { entriesOf, readRequestField, selects } from "../src/model/read.ts";
import { ordinaryPost, withMethod, type Request } from "../src/model/request.ts";
import { text, type Value } from "../src/model/template.ts";
import type { Span } from "../src/source.ts";

const at: Span = { file: { path: "x", text: "x" }, start: 0, end: 1 };

function programOf(gates: readonly Gate[], more: Partial<Program> = {}): Program {
  const scope: Scope = { name: "s", when: always, chains: [{ name: "c", gates }], handler: "app", at };
  return { format: "made", layer: "server", at, stages: { start: [scope] }, entry: "start", definitions: {}, reroutes: { limit: 1, status: 500 }, ignored: [], missing: [], ...more };
}

function read(request: Request, field: Exclude<Field, `var:${string}`>): Value | undefined {
  return readRequestField(initialWorld(programOf([]), request, unknownEnvironment), field);
}

const deny = (when: Condition): Gate => ({ when, effect: { kind: "deny", status: 403 }, because: [{ at, note: "" }], reason: "none" });
const unknown = (key: string): Condition => ({ kind: "unknown", key, why: key, reads: "anything", at });

describe("fields", () => {
  const request = ordinaryPost({
    host: "a.example",
    port: 8443,
    path: "/a%20b//c/../d",
    query: "q=%41&Q2=x&empty",
    headers: { cookie: "Sid=1; b=2", "x-a": "1" },
    identity: { state: "valid", groups: ["g"], scopes: ["s"], claims: { role: "clerk" } },
    meta: { country: "NL" },
  });

  it("give the path as sent and as the server sees it", () => {
    expect(read(request, "path")).toBe("/a b/d");
    expect(read(request, "sentPath")).toBe("/a b/d");
    expect(read(request, "rawPath")).toBe("/a%20b//c/../d");
    expect(read(request, "requestUri")).toBe("/a%20b//c/../d?q=%41&Q2=x&empty");
    expect(read(ordinaryPost({ path: "/x" }), "requestUri")).toBe("/x");
  });

  it("put together the headers that follow from the rest of the request", () => {
    expect(read(request, "header:host")).toBe("a.example:8443");
    expect(read(ordinaryPost({ host: "a.example" }), "header:host")).toBe("a.example");
    expect(read(ordinaryPost({ scheme: "http", port: 443, host: "a" }), "header:host")).toBe("a:443");
    expect(read(ordinaryPost({ body: "é" }), "header:content-length")).toBe("2");
    expect(read(ordinaryPost({ chunked: true }), "contentLength")).toBeUndefined();
    expect(read(ordinaryPost({ chunked: true }), "header:transfer-encoding")).toBe("chunked");
    expect(read(request, "header:transfer-encoding")).toBeUndefined();
  });

  it("have no length for a GET without a body, but for an empty POST", () => {
    expect(read(withMethod(request, "GET"), "contentLength")).toBeUndefined();
    expect(read(ordinaryPost({ body: "", bodyBytes: 0 }), "contentLength")).toBe("0");
  });

  it("read cookies and raw arguments whatever the case of their names", () => {
    expect(read(request, "cookie:sid")).toBe("1");
    expect(read(request, "cookie:c")).toBeUndefined();
    expect(read(request, "argument:Q")).toBe("%41");
    expect(read(request, "argument:q2")).toBe("x");
    expect(read(request, "argument:empty")).toBe("");
    expect(read(request, "argument:none")).toBeUndefined();
  });

  it("believe claims of valid credentials only", () => {
    expect(read(request, "claim:role")).toBe("clerk");
    expect(read({ ...request, identity: { ...request.identity, state: "invalid" } }, "claim:role")).toBeUndefined();
    expect(read(request, "meta:country")).toBe("NL");
  });

  it("are absent when only JavaScript has them", () => {
    for (const field of ["header:constructor", "claim:toString", "meta:valueOf", "header:__proto__"] as const) expect(read(request, field)).toBeUndefined();
  });
});

describe("collections", () => {
  const entries = (request: Request, collection: Collection): readonly (readonly [string, string])[] => entriesOf(request, collection);

  it("list the headers, made-up ones first", () => {
    expect(entries(ordinaryPost({ host: "a", headers: { "x-a": "1" } }), "headers")).toEqual([["host", "a"], ["content-length", "10"], ["x-a", "1"]]);
    expect(entries(ordinaryPost({ host: "a", headers: {}, chunked: true }), "headers")).toEqual([["host", "a"], ["transfer-encoding", "chunked"]]);
  });

  it("list arguments decoded, in the order of the request", () => {
    const request = ordinaryPost({ query: "b=1&a=%41", body: "c=x+y&c=2" });
    expect(entries(request, "queryArguments")).toEqual([["b", "1"], ["a", "A"]]);
    expect(entries(request, "formArguments")).toEqual([["c", "x y"], ["c", "2"]]);
    expect(entries(request, "jsonArguments")).toEqual([]);
  });

  it("list JSON, multipart and XML", () => {
    expect(entries(ordinaryPost({ body: '{"a":{"b":1}}' }), "jsonArguments")).toEqual([["a.b", "1"]]);
    const body = '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--X\r\nContent-Disposition: form-data; name="f"; filename="x.png"\r\n\r\ndata\r\n--X--';
    const multipart = ordinaryPost({ headers: { "content-type": "multipart/form-data; boundary=X" }, body });
    expect(entries(multipart, "multipartArguments")).toEqual([["a", "1"]]);
    expect(entries(multipart, "multipartFiles")).toEqual([["f", "x.png"]]);
    expect(entries(ordinaryPost({ body: '<a x="1">t<b>u</b></a>' }), "xmlText")).toEqual([["", " t u  "]]);
  });

  it("have groups and scopes of valid credentials only", () => {
    const identity = { state: "valid", groups: ["a", "b"], scopes: ["s"], claims: {} } as const;
    expect(entries(ordinaryPost({ identity }), "groups")).toEqual([["", "a"], ["", "b"]]);
    expect(entries(ordinaryPost({ identity }), "scopes")).toEqual([["", "s"]]);
    expect(entries(ordinaryPost({ identity: { ...identity, state: "none" } }), "groups")).toEqual([]);
  });

  it("are chosen by name or by pattern, without case", () => {
    expect(selects({ kind: "name", name: "A" }, "a")).toBe(true);
    expect(selects({ kind: "pattern", pattern: "^utm_" }, "UTM_x")).toBe(true);
    expect(selects({ kind: "pattern", pattern: "^utm_", ignoreCase: false }, "UTM_x")).toBe(false);
    expect(selects({ kind: "pattern", pattern: "(" }, "x")).toBeUndefined();
  });
});

describe("bounded work", () => {
  it("follows a bounded number of courses through a hundred unknowns", () => {
    const gates = Array.from({ length: 100 }, (_, index) => deny(unknown(`k${index}`)));
    const verdict = evaluate(programOf(gates), ordinaryPost());
    expect(verdict).toMatchObject({ blocked: "maybe", outcome: "unknown" });
    expect(verdict.endings.length).toBeLessThanOrEqual(64);
    const marks = gates.map((gate): Gate => ({ ...gate, effect: { kind: "set", variable: "v", value: text("1") } }));
    const marked = evaluate(programOf(marks), ordinaryPost());
    expect(marked.endings.length).toBeLessThanOrEqual(64);
    expect(marked.blocked).toBe("maybe");
  });

  it("comes to an end with large requests", () => {
    const large = ordinaryPost({ query: "a=b&".repeat(250_000), body: "<".repeat(1_000_000) });
    expect(entriesOf(large, "queryArguments")).toHaveLength(250_000);
    expect(entriesOf(large, "xmlText")).toHaveLength(1);
    expect(read(large, "argument:none")).toBeUndefined();
  });
});

describe("definitions", () => {
  const judged = (program: Program): string => evaluate(program, ordinaryPost()).blocked;
  const isOne = test("var:v", { kind: "equals", value: text("1") }, at);

  it("may be empty when their only case is undecided", () => {
    expect(judged(programOf([deny(isOne)], { definitions: { v: [{ when: unknown("k"), value: text("1") }] } }))).toBe("maybe");
  });

  it("are decided when every case that may hold agrees", () => {
    expect(judged(programOf([deny(isOne)], { definitions: { v: [{ when: unknown("k"), value: text("1") }, { when: always, value: text("1") }] } }))).toBe("yes");
  });

  it("may read themselves, and are absent under names that only JavaScript knows", () => {
    expect(judged(programOf([deny(isOne)], { definitions: { v: [{ when: isOne, value: text("1") }, { when: always, value: text("2") }] } }))).toBe("maybe");
    expect(judged(programOf([deny(test("var:constructor", { kind: "present" }, at))]))).toBe("no");
  });
});

describe("a verdict", () => {
  it("names no gate that does not block", () => {
    const answer: Gate = { ...deny(unknown("k")), effect: { kind: "answer", status: 204 } };
    const program = programOf([answer]);
    const undecided: Program = { ...program, stages: { start: (program.stages["start"] ?? []).map((scope) => ({ ...scope, handler: "unknown" as const })) } };
    expect(evaluate(undecided, ordinaryPost())).toMatchObject({ blocked: "maybe", by: null });
  });
});
