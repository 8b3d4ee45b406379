import { describe, expect, it } from "vitest";
import { apacheRewrite } from "../fixtures/model/apache-rewrite.ts";
import type { Example, Row } from "../fixtures/model/build.ts";
import { crsScoring, tuned } from "../fixtures/model/crs-scoring.ts";
import { istioPolicies } from "../fixtures/model/istio-policies.ts";
import { kongSpecificity } from "../fixtures/model/kong-specificity.ts";
import { nginxFlags } from "../fixtures/model/nginx-flags.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";

const examples: readonly Example[] = [nginxFlags, apacheRewrite, kongSpecificity, istioPolicies, crsScoring];

function decided(example: Example, row: Row): Verdict {
  return evaluate(example.program, ordinaryPost(row.ask), { stat: (path) => row.disk?.[path] });
}

for (const example of examples) {
  describe(example.title, () => {
    it.each(example.rows.map((row) => ({ ...row, name: JSON.stringify(row.ask), row })))("$name: $outcome $status", ({ row }) => {
      const verdict = decided(example, row);
      expect({ outcome: verdict.outcome, status: verdict.status, by: verdict.by?.because[0].note ?? null, depends: verdict.depends }).toEqual({
        outcome: row.outcome,
        status: row.status,
        by: row.by,
        depends: row.depends ?? [],
      });
      if (row.path !== undefined) expect(verdict.ending.delivered.path).toBe(row.path);
    });

    it("has a last scope that always holds in every stage", () => {
      for (const stage of Object.values(example.program.stages)) expect(stage.at(-1)?.when).toEqual({ kind: "all", of: [] });
    });
  });
}

describe("a tuned Core Rule Set", () => {
  const union = ordinaryPost({ body: "q=the+reunion" });

  it("runs the rules of a higher paranoia level", () => {
    expect(evaluate(tuned("paranoia", "2"), union)).toMatchObject({ outcome: "refused", status: 403 });
  });

  it("needs two critical matches at threshold ten", () => {
    const script = ordinaryPost({ body: "a=%3Cscript" });
    expect(evaluate(tuned("threshold", "10"), script).outcome).toBe("reached");
    expect(evaluate(tuned("threshold", "10"), { ...script, method: "PATCH" }).outcome).toBe("refused");
  });

  it("refuses a single warning at threshold three", () => {
    expect(evaluate(tuned("threshold", "3"), ordinaryPost({ host: "192.0.2.1" })).outcome).toBe("refused");
  });
});
