import type { Reason } from "../../model/program.ts";
import { compilePattern } from "../../model/regex.ts";
import type { Syntax } from "./rewrite-pattern.ts";
import { valueOf, type Element } from "./xml.ts";

const method = /\{(?:REQUEST|HTTP)_METHOD\}/i;

/** What a refusal by a rule is about, judged by what those of its conditions look at that can hold for a POST. */
export function reasonOfRule(conditions: readonly Element[], groups: readonly Element[], syntax: Syntax): Reason {
  const alternatives = groups.some((one) => valueOf(one, "logicalGrouping")?.toLowerCase() === "matchany");
  const ofMethod = conditions.filter(isOfMethod);
  // Where any of several conditions is enough, one that names other methods says nothing about POST, and one that names it is enough.
  if (alternatives && ofMethod.some((one) => holdsForPost(one, syntax))) return "method";
  const telling = alternatives ? conditions.filter((one) => !isOfMethod(one)) : conditions;
  const looksAt = (pattern: RegExp): boolean => telling.some((one) => pattern.test(valueOf(one, "input") ?? ""));
  if (looksAt(/CONTENT_TYPE/i)) return "content-type";
  if (looksAt(/HTTP_(?:REFERER|ORIGIN)/i)) return "cross-site";
  if (looksAt(/HTTP_USER_AGENT/i)) return "client-software";
  if (looksAt(method)) return "method";
  return looksAt(/REMOTE_(?:ADDR|HOST)|HTTP_X_FORWARDED_FOR/i) ? "address-list" : "waf-match";
}

function isOfMethod(condition: Element): boolean {
  return method.test(valueOf(condition, "input") ?? "");
}

/** Whether a condition on the method holds for an ordinary POST; taken to hold where that cannot be told. */
function holdsForPost(condition: Element, syntax: Syntax): boolean {
  const pattern = valueOf(condition, "pattern") ?? "";
  const negated = valueOf(condition, "negate")?.toLowerCase() === "true";
  if (syntax !== "ecmascript") return /^post$|\*/i.test(pattern) !== negated;
  const compiled = compilePattern(pattern, { ignoreCase: valueOf(condition, "ignoreCase")?.toLowerCase() !== "false" });
  const held = compiled.ok ? compiled.test("POST") : undefined;
  return held === undefined || held !== negated;
}
