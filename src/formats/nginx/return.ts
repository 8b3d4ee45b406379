import type { Condition } from "../../model/condition.ts";
import { all, isAlways, test } from "../../model/condition.ts";
import type { Evidence, Fix, Gate } from "../../model/program.ts";
import { evidence, own } from "./context.ts";
import { refuse } from "./errors.ts";
import { conditionFix } from "./fixes.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, gate } from "./lowering.ts";
import type { Directive, Word } from "./parse.ts";
import { reasonOf } from "./reason.ts";
import { valueOf } from "./values.ts";

const KEEPS_BODY: Readonly<Record<number, number>> = { 301: 308, 302: 307 };

/** The gates of `return` (ngx_http_rewrite_return): a refusal, a redirect or an answer. */
export function returnGates(site: Site, directive: Directive, when: Condition, ifs: readonly Evidence[]): readonly Gate[] {
  const [first, second] = directive.args;
  if (first === undefined) return [];
  if (first.template) return unknownStatus(directive, first, second, when, ifs);
  const because: [Evidence, ...Evidence[]] = [evidence(directive, "returns"), ...ifs, ...saidAgain(site, directive)];
  if (!/^\d{1,3}$/.test(first.value)) return [redirect(site, 302, first, when, because, null)];
  const status = Number(first.value);
  const edit = conditionFix(site, ifs);
  const fix = edit === null ? {} : { fix: edit };
  const closes = status === 444 || (status === 499 && (second === undefined || second.value === ""));
  if (closes) return [gate(when, { kind: "deny", status: "reset" }, because, { reason: reasonOf(site.low, when), ...fix })];
  if ([301, 302, 303, 307, 308].includes(status)) return [redirect(site, status, second ?? null, when, because, first)];
  if (status < 400) return [gate(when, { kind: "answer", status }, because, { reason: reasonOf(site.low, when) })];
  const reason = reasonOf(site.low, when);
  // With a text the answer is sent as it is, and `error_page` is not asked.
  if (second !== undefined && second.value !== "") return [...behindPage(site, when, status, because, reason), gate(when, { kind: "deny", status }, because, { reason, ...fix })];
  return refuse(site, { when, status, because, more: { reason, ...fix } });
}

/** The same answer to everybody else, behind the `if` that a directive stands in: who changes one has to change both. */
function saidAgain({ context }: Site, directive: Directive): readonly Evidence[] {
  if (context.kind !== "if" || context.parent === null) return [];
  const words = ({ args }: Directive): string => args.map(({ value }) => value).join(" ");
  const again = own(context.parent, "return").filter((one) => one.at.start > directive.at.end && one.at.file === directive.at.file && words(one) === words(directive));
  return again.map((one) => evidence(one, "returns the same to all others"));
}

/** As an error page a text is sent with the status of the error (ngx_http_send_header). */
function behindPage(site: Site, when: Condition, status: number, because: [Evidence, ...Evidence[]], reason: Gate["reason"]): readonly Gate[] {
  if (!site.low.hasErrorPages) return [];
  const internal = test(`var:${bookkeeping.redirected}`, { kind: "present" }, because[0].at);
  return [gate(all(when, internal), { kind: "answer", status }, because, { reason })];
}

function redirect(site: Site, status: number, target: Word | null, when: Condition, because: [Evidence, ...Evidence[]], code: Word | null): Gate {
  const to = target === null ? [] : valueOf(site, target);
  const better = KEEPS_BODY[status];
  const fix: Fix | null =
    better === undefined || code === null
      ? null
      : { title: `answer ${better}, which keeps method and body`, safe: false, edits: [{ at: code.at, text: String(better) }] };
  return gate(when, { kind: "redirect", status, to }, because, { reason: "redirect", ...(fix === null ? {} : { fix }) });
}

function unknownStatus(directive: Directive, first: Word, second: Word | undefined, when: Condition, ifs: readonly Evidence[]): readonly Gate[] {
  const because: [Evidence, ...Evidence[]] = [evidence(directive, "returns a status that a template fills in"), ...ifs];
  const unknown: Condition = { kind: "unknown", key: `status ${first.value}`, why: `the value of \`${first.value}\``, reads: [], at: first.at };
  const redirects = second !== undefined && /^(?:https?:|\$scheme|\/)/.test(second.value);
  return [
    gate(all(when, unknown), redirects ? { kind: "redirect", status: 301, to: [] } : { kind: "deny", status: 403 }, because, {
      reason: redirects ? "redirect" : "fixed-answer",
    }),
    gate(when, { kind: "answer", status: 200 }, because, { reason: isAlways(when) ? "fixed-answer" : "none" }),
  ];
}
