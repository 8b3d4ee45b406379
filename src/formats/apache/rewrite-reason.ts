import { ordinaryUserAgent } from "../../model/request.ts";
import type { Reason } from "../../model/program.ts";
import { compilePattern } from "../../model/regex.ts";
import type { Cond, Rule } from "./rewrite-parse.ts";

const method = /%\{REQUEST_METHOD|%\{THE_REQUEST/i;

/** What a refusal by a rule is about, judged by what those of its conditions look at that can hold for a POST. */
export function reasonOfRule({ conds }: Rule): Reason {
  if (holdsAlways(conds)) return "always-holds";
  const isAlternative = alternativesIn(conds);
  if (conds.some((cond, index) => isAlternative(index) && isOfMethod(cond) && holdsForPost(cond))) return "method";
  // Where any of several conditions is enough, one that names other methods says nothing about POST.
  const possible = conds.filter((cond, index) => !isAlternative(index) || !isOfMethod(cond) || holdsForPost(cond));
  // What excepts some is not what those who are refused have in common, where a filter says what that is.
  const particular = possible.filter((cond) => isAlternative(conds.indexOf(cond)) || !isException(cond));
  const telling = particular.some(isFilter) ? particular : possible;
  const reads = telling.map(readBy);
  const looksAt = (pattern: RegExp): boolean => reads.some((one) => pattern.test(one));
  if (looksAt(/%\{HTTP:CONTENT-TYPE|CONTENT_TYPE/)) return "content-type";
  if (telling.some(asksForOrigin)) return "cross-site";
  if (looksAt(/HTTP_USER_AGENT|HTTP:USER-AGENT/) || telling.some(asksForVersion)) return "client-software";
  if (looksAt(/REQUEST_METHOD/) || telling.some((cond) => /THE_REQUEST/i.test(cond.input) && isOfMethod(cond))) return "method";
  return looksAt(/REMOTE_ADDR|REMOTE_HOST|X-FORWARDED-FOR/) ? "address-list" : "waf-match";
}

function alternativesIn(conds: readonly Cond[]): (index: number) => boolean {
  return (index) => conds[index]?.or === true || conds[index - 1]?.or === true;
}

/**
 * Whether conditions that look choosy let nobody past: alternatives of which one fits every path, or after the last of
 * which another is announced that never comes.
 */
function holdsAlways(conds: readonly Cond[]): boolean {
  if (conds.length === 0 || !conds.slice(0, -1).every(({ or }) => or)) return false;
  return conds.at(-1)?.or === true || (conds.length > 1 && conds.some(fitsEveryPath));
}

const paths = ["/", "/index.php", "/a/b", "/x-1.html"];

function fitsEveryPath({ input, pattern, negated, ignoreCase }: Cond): boolean {
  if (negated || input.toUpperCase() !== "%{REQUEST_URI}") return false;
  const compiled = compilePattern(pattern, { ignoreCase });
  return compiled.ok && paths.every((path) => compiled.test(path) === true);
}

function readBy({ input, pattern }: Cond): string {
  return `${input} ${input.toLowerCase() === "expr" ? pattern : ""}`.toUpperCase();
}

/** Whether a condition refuses who does not say where a request comes from; a list of spammers does not. */
function asksForOrigin(cond: Cond): boolean {
  if (!/HTTP_REFERER|HTTP:(REFERER|ORIGIN|X-REQUESTED-WITH)/.test(readBy(cond))) return false;
  const compiled = compilePattern(cond.pattern, { ignoreCase: cond.ignoreCase });
  return cond.negated || cond.input.toLowerCase() === "expr" || !compiled.ok || compiled.test("") !== false;
}

function isFilter({ input }: Cond): boolean {
  return /QUERY_STRING|HTTP_USER_AGENT|HTTP:|HTTP_COOKIE|CONTENT_TYPE/i.test(input);
}

/** What an ordinary client sends in the fields of which lists name some who are let in. */
const ordinary: Readonly<Record<string, string>> = { "%{HTTP_REFERER}": "", "%{HTTP_USER_AGENT}": ordinaryUserAgent, "%{REMOTE_ADDR}": "203.0.113.7" };

/** Whether a condition excepts some, and holds for an ordinary client. */
function isException({ input, pattern, negated, ignoreCase }: Cond): boolean {
  const value = ordinary[input.toUpperCase()];
  if (!negated || value === undefined) return false;
  const compiled = compilePattern(pattern, { ignoreCase });
  return compiled.ok && compiled.test(value) === false;
}

/** Whether a condition tells versions of HTTP apart. */
function asksForVersion({ input, pattern, ignoreCase }: Cond): boolean {
  const begin = /^%\{SERVER_PROTOCOL\}$/i.test(input) ? "" : /^%\{THE_REQUEST\}$/i.test(input) ? "POST /index.php " : null;
  if (begin === null) return false;
  if (/^[=<>]/.test(pattern)) return begin === "";
  const compiled = compilePattern(pattern, { ignoreCase });
  return compiled.ok && compiled.test(`${begin}HTTP/1.0`) !== compiled.test(`${begin}HTTP/1.1`);
}

/** Whether a condition looks at the method; the whole request line has a path in it too, which may be all that matters. */
function isOfMethod({ input, pattern, ignoreCase }: Cond): boolean {
  if (!/%\{THE_REQUEST/i.test(input)) return method.test(input);
  const compiled = compilePattern(pattern, { ignoreCase });
  const answers = new Set(["GET", "POST", "HEAD"].flatMap((name) => lines.map((line) => `${line} ${compiled.ok ? String(compiled.test(`${name} ${line}`)) : name}`)));
  return answers.size > lines.length;
}

const lines = ["/index.php HTTP/1.1", "/a/b HTTP/1.1", "/contact.php?x=1 HTTP/1.1", "/ HTTP/1.0", "/a.html HTTP/1.1"];

/** Whether a condition on the method holds for an ordinary POST; taken to hold where that cannot be told. */
function holdsForPost({ input, pattern, negated, ignoreCase }: Cond): boolean {
  const value = /THE_REQUEST/i.test(input) ? "POST /index.php HTTP/1.1" : "POST";
  if (pattern.startsWith("=")) return (pattern.slice(1) === value) !== negated;
  const compiled = compilePattern(pattern, { ignoreCase });
  const held = compiled.ok ? compiled.test(value) : undefined;
  return held === undefined || held !== negated;
}
