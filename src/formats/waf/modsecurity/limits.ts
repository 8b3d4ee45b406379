import { all, any, isNever, test, type Condition, type Operator } from "../../../model/condition.ts";
import type { Gate } from "../../../model/program.ts";
import { text } from "../../../model/template.ts";
import type { Span } from "../../../source.ts";
import type { Configuration } from "./configuration.ts";
import { FORCE_BODY, PROCESSOR } from "./macros.ts";

const DEFAULT_LIMIT = 134_217_728;
const DEFAULT_NO_FILES_LIMIT = 1_048_576;

/**
 * The 413 of SecRequestBodyLimit and of SecRequestBodyNoFilesLimit, by ModSecurity 2. With ProcessPartial a body is cut at the first, so
 * that the second is reached only when it is not larger. The second counts what a parser takes, without files.
 */
export function limitGates(configuration: Configuration, enforcing: Condition): readonly Gate[] {
  const { bodyLimit, noFilesLimit, limitAction, bodyAccess } = configuration;
  if (configuration.embedded) return embeddedGates(configuration, enforcing);
  const somewhere = bodyAccess?.at ?? bodyLimit?.at ?? noFilesLimit?.at;
  if (isNever(enforcing) || somewhere === undefined) return [];
  const whole = bodyLimit?.value ?? DEFAULT_LIMIT;
  const withoutFiles = noFilesLimit?.value ?? DEFAULT_NO_FILES_LIMIT;
  const rejects = limitAction?.value !== "processpartial";
  const gates: Gate[] = [];
  if (rejects) gates.push(limitGate(enforcing, ">", whole, bodyLimit?.at ?? somewhere, "the limit of request bodies"));
  if (rejects || withoutFiles <= whole) {
    const at = noFilesLimit?.at ?? somewhere;
    const parsed = any(test(`var:${PROCESSOR}`, { kind: "in", values: ["URLENCODED", "JSON", "XML"] }, at), test(`var:${FORCE_BODY}`, { kind: "present" }, at));
    gates.push(limitGate(all(enforcing, parsed), ">=", withoutFiles, at, "the limit of request bodies without files"));
  }
  return gates;
}

/** libmodsecurity 3 has no limit of its own, refuses with 403 and does not count without files (Transaction::appendRequestBody). */
function embeddedGates({ bodyLimit, limitAction }: Configuration, enforcing: Condition): readonly Gate[] {
  if (isNever(enforcing) || bodyLimit === null || bodyLimit.value === 0 || limitAction?.value !== "reject") return [];
  return [limitGate(enforcing, ">", bodyLimit.value, bodyLimit.at, "the limit of request bodies", 403)];
}

function limitGate(when: Condition, is: Extract<Operator, { kind: "number" }>["is"], limit: number, at: Span, name: string, status = 413): Gate {
  return {
    when: all(when, test("bodyBytes", { kind: "number", is, value: text(String(limit)) }, at)),
    effect: { kind: "deny", status },
    because: [{ at, note: `${name} is ${limit} bytes` }],
    reason: "body-size",
  };
}
