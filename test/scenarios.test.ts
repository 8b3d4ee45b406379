import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost, withMethod, type Request } from "../src/model/request.ts";
import { loadText } from "./rule-tester.ts";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../fixtures/scenarios");
const inputs = { nginx: "nginx.conf", apache: "apache.conf", kong: "kong.yaml", modsecurity: "modsecurity.conf", iis: "web.config" } as const;
type FormatId = keyof typeof inputs;

interface Row {
  readonly request: string;
  readonly from?: string;
  readonly bytes?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly status?: number | Readonly<Record<string, number>>;
}

interface Scenario {
  readonly intent: string;
  readonly skip?: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

function requestOf(row: Row): Request {
  const [method = "", path = ""] = row.request.split(" ");
  const base = ordinaryPost({ scheme: "http", host: "shop.example", path });
  const post = { ...base, headers: { ...base.headers, ...row.headers }, bodyBytes: row.bytes ?? base.bodyBytes, clientAddress: row.from ?? base.clientAddress };
  return withMethod(post, method);
}

describe.each(readdirSync(folder))("scenario %s", (name) => {
  const scenario = parse(readFileSync(join(folder, name, "expect.yaml"), "utf8")) as Scenario;
  const ids = Object.keys(inputs) as FormatId[];

  it.each(ids)("%s: one verdict table for every format", (id) => {
    const path = join(folder, name, inputs[id]);
    if (!existsSync(path)) {
      expect(scenario.skip?.[id], `${id} is left out without a reason`).toBeTypeOf("string");
      return;
    }
    const [unit] = loadText(id, readFileSync(path, "utf8")).units;
    const table = scenario.rows.map((row) => {
      const verdict = unit === undefined ? null : evaluate(unit.program, requestOf(row));
      return { request: row.request, outcome: verdict?.outcome, status: verdict?.status };
    });
    const expected = scenario.rows.map((row) => ({
      request: row.request,
      outcome: row.outcome,
      status: typeof row.status === "object" ? row.status[id] : (row.status ?? null),
    }));
    expect(table).toEqual(expected);
  });
});
