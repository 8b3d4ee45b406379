import type { Condition } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import type { Reason } from "../../model/program.ts";
import { fieldsOfTest, testsIn } from "../../model/tests-of.ts";
import type { Layer } from "./layer.ts";

/** From the most telling: whoever asks for a method as well as for a header is choosy about the header. */
const reasons: readonly (readonly [Reason, readonly Field[]])[] = [
  ["content-type", ["header:content-type"]],
  ["cross-site", ["header:referer", "header:origin", "header:x-requested-with"]],
  ["client-software", ["header:user-agent", "var:protocol"]],
  ["method", ["method", "sentMethod"]],
  ["address-list", ["clientAddress"]],
];

/** What a refusal is about that comes under this condition; null when the condition says nothing about it. */
export function reasonOfCondition(condition: Condition): Reason | null {
  const read = new Set(testsIn(condition).flatMap(fieldsOfTest));
  return reasons.find(([, fields]) => fields.some((field) => read.has(field)))?.[0] ?? null;
}

/** What everything that is refused in this section is about; null in sections that are places. */
export function reasonOfSection(layer: Layer): Reason | null {
  return layer.kind === "if" ? reasonOfCondition(layer.when) : null;
}
