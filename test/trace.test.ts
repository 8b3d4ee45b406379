import { describe, expect, test as it } from "vitest";
import type { Unit } from "../src/formats/format.ts";
import { handedOn } from "../src/lint/handed-on.ts";
import { loadWorkspace } from "../src/lint/load.ts";
import { traceRequest } from "../src/lint/trace.ts";
import { always, not, test, type Condition } from "../src/model/condition.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import type { Effect, Program, Scope } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { text } from "../src/model/template.ts";
import type { Span } from "../src/source.ts";
import { treeOf } from "./rule-tester.ts";

const at: Span = { file: { path: "x", text: "x" }, start: 0, end: 1 };

function scopeOf(when: Condition, condition: Condition, effect: Effect): Scope {
  return { name: "s", when, chains: [{ name: "c", gates: [{ when: condition, effect, because: [{ at, note: "" }], reason: "none" }] }], handler: "app", at };
}

function unit(layer: Program["layer"], scopes: readonly Scope[], format = "made"): Unit {
  const stages = { start: scopes };
  return { program: { format, layer, at, stages, entry: "start", definitions: {}, reroutes: { limit: 3, status: 500 }, ignored: [], missing: [] }, files: [at.file], roots: [] };
}

const deny = (status: number): Effect => ({ kind: "deny", status });
const pass: Effect = { kind: "continue" };
const hostIs = (host: string): Condition => test("host", { kind: "equals", value: text(host) }, at);
const post = ordinaryPost({ host: "shop.example", path: "/api/a%20b" });
const trace = (units: readonly Unit[], request = post) => traceRequest(units, request, () => unknownEnvironment);

describe("traceRequest", () => {
  it("goes through firewall, server, gateway in this order, and the first that refuses decides", () => {
    const gateway = unit("gateway", [scopeOf(always, always, deny(429))]);
    const server = unit("server", [scopeOf(always, always, deny(405))]);
    const firewall = unit("waf", [scopeOf(always, always, pass)]);
    const result = trace([gateway, server, firewall]);
    expect(result).toMatchObject({ outcome: "refused", status: 405 });
    expect(result.layers.map((layer) => layer.unit)).toEqual([firewall, server]);
    expect(trace([gateway, firewall])).toMatchObject({ outcome: "refused", status: 429 });
    expect(trace([firewall])).toMatchObject({ outcome: "reached", status: null });
  });

  it("asks Apache after nginx, whatever comes first in the tree, and units of a layer in their order", () => {
    const files = [
      { path: "apache/httpd.conf", text: '<Location "/">\nRequire all denied\n</Location>\n' },
      { path: "nginx/nginx.conf", text: "server { return 405; }\n" },
    ];
    expect(trace(loadWorkspace(files, treeOf(files)).units)).toMatchObject({ status: 405 });
    const first = unit("server", [scopeOf(always, always, deny(403))], "b");
    const second = unit("server", [scopeOf(always, always, deny(405))], "a");
    expect(trace([first, second])).toMatchObject({ status: 403 });
  });

  it("of one layer, a unit that names the host is asked instead of those that take every host", () => {
    const named = unit("server", [scopeOf(hostIs("shop.example"), always, pass), scopeOf(always, always, deny(444))]);
    const other = unit("server", [scopeOf(hostIs("other.example"), always, pass), scopeOf(always, always, deny(404))]);
    const excluding = unit("server", [scopeOf(not(hostIs("other.example")), always, deny(404))]);
    expect(trace([other, excluding, named])).toMatchObject({ outcome: "reached" });
    expect(trace([other, excluding])).toMatchObject({ outcome: "refused", status: 404 });
  });

  it("takes what usually is the case, and says so", () => {
    const closes: Condition = { kind: "unknown", key: "k", why: "the weather", usually: false, reads: [], at };
    expect(trace([unit("server", [scopeOf(always, closes, deny(500))])])).toMatchObject({ outcome: "reached", status: null, assumptions: ["depends on the weather"] });
    const both = unit("server", [scopeOf(closes, always, deny(500)), scopeOf(always, { kind: "unknown", key: "w", why: "the wind", reads: [], at }, deny(403))]);
    expect(trace([both])).toMatchObject({ outcome: "unknown" });
  });

  it.each([
    ["FrobnicateAll on\n", "refused", 500, "depends on whether a module with the directive FrobnicateAll is loaded"],
    ["<IfDefine CLOSED>\nRequire all denied\n</IfDefine>\nRewriteEngine On\nRewriteRule ^ http://app/ [P]\n", "reached", null, "depends on whether the server is started with -D CLOSED"],
    ["<IfModule mod_frobnicate.c>\nRequire all denied\n</IfModule>\nRewriteEngine On\nRewriteRule ^ http://app/ [P]\n", "reached", null, "depends on whether the module mod_frobnicate.c is loaded"],
  ])("takes a server without what nobody knows: %j", (htaccess, outcome, status, assumption) => {
    const files = [{ path: ".htaccess", text: htaccess }];
    const traced = trace(loadWorkspace(files, treeOf(files)).units);
    expect(traced).toMatchObject({ outcome, status });
    expect(traced.assumptions).toContain(assumption);
  });

  it("what nobody can decide is unknown, and says what it depends on", () => {
    const unknown: Condition = { kind: "unknown", key: "k", why: "the weather", reads: "anything", at };
    expect(trace([unit("server", [scopeOf(always, unknown, deny(403))])])).toMatchObject({
      outcome: "unknown",
      status: null,
      assumptions: ["depends on the weather"],
    });
    expect(trace([])).toMatchObject({ outcome: "unknown", layers: [] });
  });

  it("lists the defaults of the client that were asked for, and only those", () => {
    const inside = test("clientAddress", { kind: "inNetwork", blocks: ["10.0.0.0/8"] }, at);
    const units = [unit("server", [scopeOf(always, not(inside), deny(403))])];
    expect(trace(units).assumptions).toEqual(["the client's address is 203.0.113.7, on the public internet"]);
    expect(trace(units, { ...post, clientAddress: "198.51.100.1" }).assumptions).toEqual([]);
  });

  it("the next layer sees what is handed on", () => {
    const rewrite = unit("server", [scopeOf(always, always, { kind: "alter", what: "path", value: text("/v2/ü") })]);
    const gateway = unit("gateway", [scopeOf(always, test("rawPath", { kind: "equals", value: text("/v2/%C3%BC") }, at), deny(403))]);
    expect(trace([gateway, rewrite])).toMatchObject({ outcome: "refused", status: 403 });
    expect(trace([gateway])).toMatchObject({ outcome: "reached" });
  });
});

describe("handedOn", () => {
  const same = { method: "POST", path: "/api/a b", query: "", bodyKept: true, headers: {} } as const;

  it("keeps a path that was not rewritten as the client sent it", () => {
    expect(handedOn(post, same)).toEqual({ request: post, assumptions: [] });
  });

  it("keeps one that was put together as it is written", () => {
    expect(handedOn(post, { ...same, path: "/x/a%20b", pathAsWritten: true }).request.path).toBe("/x/a%20b");
    expect(handedOn(post, { ...same, path: "/x/a%20b" }).request.path).toBe("/x/a%2520b");
  });

  it("drops and changes headers, host and body", () => {
    const { request } = handedOn(post, { ...same, bodyKept: false, headers: { accept: null, "x-a": "1", host: "Upstream:8000" } });
    expect(request).toMatchObject({ host: "upstream", body: "", bodyBytes: 0 });
    expect(request.headers).toMatchObject({ "x-a": "1" });
    expect(request.headers).not.toHaveProperty("accept");
    expect(request.headers).not.toHaveProperty("host");
  });

  it("says what it takes to be unchanged", () => {
    const { request, assumptions } = handedOn(post, { ...same, path: { key: "$p", text: "\uFFFD" } });
    expect(request.path).toBe(post.path);
    expect(assumptions).toEqual(["the path is handed on unchanged"]);
  });
});
