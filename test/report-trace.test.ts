import { expect, test } from "vitest";
import type { TraceResult } from "../src/lint/trace.ts";
import type { Effect, Gate } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Step, Verdict } from "../src/model/verdict.ts";
import { traceJson } from "../src/report/trace-json.ts";
import { tracePretty } from "../src/report/trace-pretty.ts";
import type { SourceFile } from "../src/source.ts";

const file: SourceFile = { path: "nginx.conf", text: "server {\n  if ($a)  {\n    return 444;\n  }\n}\n" };
const request = ordinaryPost({ host: "shop.example", path: "/api" });

function gate(text: string, effect: Effect, note = ""): Gate {
  const start = file.text.indexOf(text);
  return { when: { kind: "all", of: [] }, effect, because: [{ at: { file, start, end: start + text.length }, note }], reason: "none" };
}

const closes = gate("return 444", { kind: "deny", status: "reset" }, "for everybody");
const scope = { name: "s", when: { kind: "all", of: [] }, chains: [], handler: "app", at: { file, start: 0, end: 6 } } as const;
const asked = (gate: Gate, held: Step["held"]): Step => ({ scope, chain: { name: "c", gates: [] }, gate, held });
const trace = [
  asked(gate("", { kind: "set", variable: "x", value: [] }), "yes"),
  asked(gate("server {", { kind: "enter", stage: "t" }), "no"),
  asked(gate("if ($a)  {", { kind: "set", variable: "y", value: [] }), "maybe"),
  asked(closes, "yes"),
];
const delivered = { method: "POST", path: "/api", query: "", bodyKept: true, headers: {} };
const ending = { outcome: "refused", status: "reset", by: closes, scope, location: null, delivered, trace, assumed: {}, unusual: false } as const;
const verdict: Verdict = { request, blocked: "yes", outcome: "refused", status: "reset", by: closes, ending, endings: [ending], depends: [] };
const program = { format: "nginx", layer: "server", at: { file, start: 0, end: 1 }, stages: {}, entry: "", definitions: {}, reroutes: { limit: 1, status: 500 }, ignored: [], missing: [] } as const;
const result: TraceResult = { request, outcome: "refused", status: "reset", layers: [{ unit: { program, files: [file], roots: [] }, verdict }], assumptions: ["depends on the weather"] };

test("pretty shows what held, what may hold, and the lines that decide", () => {
  expect(tracePretty(result, { color: false, width: 80 })).toMatchInlineSnapshot(`
    "POST https://shop.example/api

    1. nginx (server) nginx.conf: refused: the connection is closed
       nginx.conf:2:3: if ($a) { -> maybe applies
       nginx.conf:3:5: return 444 -> close the connection
       |
     3 |     return 444;
       |     ^^^^^^^^^^ for everybody

    refused: the connection is closed
    taken for granted:
      - depends on the weather
    "
  `);
});

const deeds = (...gates: readonly Gate[]) => {
  const layers = result.layers.map((layer) => ({ ...layer, verdict: { ...verdict, ending: { ...ending, trace: gates.map((one) => asked(one, "yes")) } } }));
  return tracePretty({ ...result, layers }, { color: false, width: 80 }).split("\n").filter((line) => line.includes("->"));
};

test("pretty tells that a directive applies only where there is nothing else to tell, and everything once", () => {
  const condition = gate("if ($a)  {", { kind: "set", variable: "y", value: [] });
  const again = { ...condition, effect: { kind: "set", variable: "z", value: [] } } as const;
  const before = { ...closes, effect: { kind: "set", variable: "flag", value: [] } } as const;
  expect(deeds(condition, before, again, closes)).toEqual(["   nginx.conf:2:3: if ($a) { -> applies", "   nginx.conf:3:5: return 444 -> close the connection"]);
});

test("pretty tells what a directive sets by the name it has there, and where the interpreter goes on never", () => {
  const sets = gate("if ($a)  {", { kind: "set", variable: "env.a", value: [] });
  const jumps = gate("server {", { kind: "jump", to: "the end" });
  expect(deeds(sets, jumps)).toEqual(["   nginx.conf:2:3: if ($a) { -> set env.a"]);
});

const withEnding = (changes: Partial<Verdict["ending"]>, request = verdict.request): TraceResult => {
  const changed = { ...ending, by: null, ...changes };
  const one: Verdict = { ...verdict, request, outcome: changed.outcome, status: changed.status, by: null, ending: changed, endings: [changed] };
  return { ...result, request, outcome: changed.outcome, status: changed.status, assumptions: [], layers: result.layers.map((layer) => ({ ...layer, verdict: one })) };
};

test("a redirect says where it leads, with dots for what only the server knows", () => {
  const redirected = withEnding({ outcome: "redirected", status: 301, location: { key: "$x", text: "https://\uFFFD/new" } });
  expect(tracePretty(redirected, { color: false, width: 80 })).toMatch(/\nredirected with 301 to https:\/\/\.\.\.\/new\n$/);
  expect(JSON.parse(traceJson(redirected))).toMatchObject({ location: "https://.../new", layers: [{ arrives: null }] });
});

test("what arrives is told where it is not what was sent", () => {
  const sent = { ...request, headers: { ...request.headers, authorization: "Basic YTpi" } };
  const changed = { method: "GET", path: "/in dex.php", query: "a=1", bodyKept: false, headers: { authorization: null, host: "app" } };
  const arrived = withEnding({ outcome: "reached", status: null, delivered: changed }, sent);
  expect(tracePretty(arrived, { color: false, width: 80 })).toContain("\n   arrives as GET, at /in%20dex.php?a=1, without its body, without authorization\n");
  expect(JSON.parse(traceJson(arrived)).layers[0].arrives).toEqual({ method: "GET", path: "/in%20dex.php", query: "a=1", body: false, headers: { authorization: null, host: "app" } });
  expect(tracePretty(withEnding({ outcome: "reached", status: null }), { color: false, width: 80 })).not.toContain("arrives");
});

test("json holds every directive that was asked; a closed connection has no status", () => {
  expect(JSON.parse(traceJson(result))).toMatchObject({
    request: { method: "POST", url: "https://shop.example/api" },
    outcome: "refused",
    status: null,
    layers: [
      {
        format: "nginx",
        file: "nginx.conf",
        outcome: "refused",
        status: null,
        decidedBy: { file: "nginx.conf", line: 3, column: 5, text: "return 444" },
        steps: [
          { file: "nginx.conf", line: 1, column: 1, text: "server {", held: "no", effect: "enter t" },
          { line: 2, text: "if ($a) {", held: "maybe", effect: "set y" },
          { line: 3, held: "yes", effect: "close the connection" },
        ],
      },
    ],
    assumptions: ["depends on the weather"],
  });
});

test("a handler that answers is decided by nobody", () => {
  const reached = { ...ending, outcome: "reached", status: null, by: null } as const;
  const passing: Verdict = { ...verdict, blocked: "no", outcome: "reached", status: null, by: null, ending: reached, endings: [reached] };
  const layers = [{ ...result.layers[0]!, verdict: passing }];
  expect(JSON.parse(traceJson({ ...result, outcome: "reached", status: null, layers })).layers[0]).toMatchObject({ outcome: "reached", status: null, decidedBy: null });
});
