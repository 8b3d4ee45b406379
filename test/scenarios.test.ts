import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost, withMethod, type Request } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { loadText } from "./rule-tester.ts";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../fixtures/scenarios");
const inputs = { nginx: "nginx.conf", apache: "apache.conf", kong: "kong.yaml", modsecurity: "modsecurity.conf", iis: "web.config" } as const;
type FormatId = keyof typeof inputs;

/** One value for all, or one for each format that documents another. */
type ByFormat<Value> = Value | Readonly<Partial<Record<FormatId, Value>>>;

interface Row {
  readonly request: string;
  readonly from?: string;
  readonly as?: "none" | "valid";
  readonly bytes?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly outcome: ByFormat<string>;
  readonly status?: ByFormat<number | null>;
  /** What the application gets: the method, the path, the query, or a header, which is null when it is lost. */
  readonly arrives?: Readonly<Record<string, string | null>>;
}

interface Scenario {
  readonly intent: string;
  readonly skip?: Readonly<Record<string, string>>;
  /** What lies on the server's disk, where that matters. */
  readonly files?: readonly string[];
  readonly rows: readonly Row[];
}

function requestOf(row: Row): Request {
  const [method = "", target = ""] = row.request.split(" ");
  const [path = "", query = ""] = target.split("?");
  const base = ordinaryPost({ scheme: "http", host: "shop.example", path, query });
  const post = { ...base, identity: { ...base.identity, state: row.as ?? base.identity.state }, headers: { ...base.headers, ...row.headers }, bodyBytes: row.bytes ?? base.bodyBytes, clientAddress: row.from ?? base.clientAddress };
  return withMethod(post, method);
}

function valueFor<Value extends string | number | null>(id: FormatId, value: ByFormat<Value>): Value | null {
  return typeof value === "object" && value !== null ? (value[id] ?? null) : value;
}

/** What arrives, as far as a row asks for it. */
function arriving({ ending: { delivered } }: Verdict, asked: Row["arrives"]): Row["arrives"] {
  const known: Readonly<Record<string, unknown>> = { ...delivered.headers, method: delivered.method, path: delivered.path, query: delivered.query };
  return asked && Object.fromEntries(Object.keys(asked).map((name) => [name, known[name] === "" && asked[name] === null ? null : ((known[name] as string | null | undefined) ?? null)]));
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
      const verdict = unit === undefined ? null : evaluate(unit.program, requestOf(row), { stat: (file) => (scenario.files?.includes(file) === true ? "file" : undefined) });
      return { request: row.request, outcome: verdict?.outcome, status: verdict?.status, arrives: verdict === null ? undefined : arriving(verdict, row.arrives) };
    });
    const expected = scenario.rows.map((row) => ({
      request: row.request,
      outcome: valueFor(id, row.outcome),
      status: valueFor(id, row.status ?? null),
      arrives: row.arrives,
    }));
    expect(table).toEqual(expected);
  });
});
