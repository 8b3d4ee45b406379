import type { Reason } from "../../model/program.ts";
import { compilePattern } from "../../model/regex.ts";
import type { Cond, Rule } from "./rewrite-parse.ts";

const method = /%\{REQUEST_METHOD|%\{THE_REQUEST/i;

/** What a refusal by a rule is about, judged by what those of its conditions look at that can hold for a POST. */
export function reasonOfRule({ conds }: Rule): Reason {
  const isAlternative = (index: number): boolean => conds[index]?.or === true || conds[index - 1]?.or === true;
  // Where any of several conditions is enough, one that names other methods says nothing about POST, and one that names it is enough.
  const telling = conds.filter((cond, index) => !isAlternative(index) || !isOfMethod(cond) || holdsForPost(cond));
  if (conds.some((cond, index) => isAlternative(index) && isOfMethod(cond) && holdsForPost(cond))) return "method";
  const reads = telling.map((cond) => `${cond.input} ${cond.input.toLowerCase() === "expr" ? cond.pattern : ""}`.toUpperCase());
  const looksAt = (pattern: RegExp): boolean => reads.some((one) => pattern.test(one));
  if (looksAt(/%\{HTTP:CONTENT-TYPE|CONTENT_TYPE/)) return "content-type";
  if (looksAt(/HTTP_REFERER|HTTP:(REFERER|ORIGIN)/)) return "cross-site";
  if (looksAt(/HTTP_USER_AGENT|HTTP:USER-AGENT/)) return "client-software";
  if (looksAt(/REQUEST_METHOD|THE_REQUEST/)) return "method";
  return looksAt(/REMOTE_ADDR|REMOTE_HOST|X-FORWARDED-FOR/) ? "address-list" : "waf-match";
}

function isOfMethod({ input }: Cond): boolean {
  return method.test(input);
}

/** Whether a condition on the method holds for an ordinary POST; taken to hold where that cannot be told. */
function holdsForPost({ input, pattern, negated, ignoreCase }: Cond): boolean {
  const value = /THE_REQUEST/i.test(input) ? "POST /index.php HTTP/1.1" : "POST";
  if (pattern.startsWith("=")) return (pattern.slice(1) === value) !== negated;
  const compiled = compilePattern(pattern, { ignoreCase });
  const held = compiled.ok ? compiled.test(value) : undefined;
  return held === undefined || held !== negated;
}
