import type { Condition } from "../../model/condition.ts";
import { all, any, not, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { deny, matches, set, variable, variableIs } from "./gates.ts";
import type { Rule } from "./rewrite-parse.ts";
import { fileOf, whyOf, type Step, type Target } from "./rewrite-step.ts";

/** The query begins behind the last question mark: the flag QSL says so, or QSA behind one that ends the rule. */
function lastCounts({ flags, substitution }: Rule): boolean {
  return flags.lastMark || (flags.query === "append" && substitution.endsWith("?"));
}

/** What a substitution is filled in with where a question mark in it begins the query: before the first one that is written, or behind the last. */
function decidingPart({ rule }: Step, { path, query }: Target): Template {
  return lastCounts(rule) && query !== null ? query : path;
}

/** A question mark that is not written in the rule begins no query (UnsafeAllow3F). */
export function foreignMark(step: Step, fired: Condition): readonly Gate[] {
  const { rule, target, captures } = step;
  if (target === null || rule.flags.allowsMark) return [];
  const at = rule.placed.node.span;
  // With the flag B there is none in a group.
  const groups = rule.flags.escapes ? [captures.rule, captures.cond].flatMap((name) => (name === null ? [] : [`var:${name}`])) : [];
  const filledIn = decidingPart(step, target).filter((part) => part.kind === "field" && !groups.some((name) => part.field.startsWith(name)));
  if (filledIn.length === 0) return [];
  const when = all(fired, any(...filledIn.map((part) => testText([part], { kind: "matches", pattern: "\\?", otherwise: false }, at))));
  return [{ ...deny(when, 403, whyOf(step, "makes a query of what was no query"), "protocol"), implied: true }];
}

/** A question mark that the rule is filled in with begins the query where it may. */
export function splitQuery(step: Step, fired: Condition): readonly Gate[] {
  const { rule, target, name, context } = step;
  if (target === null || !rule.flags.allowsMark || target.query !== null) return [];
  const at = rule.placed.node.span;
  const file = variable(fileOf(context));
  const captures = `${name}.mark.`;
  const [path, query] = [variable(`${captures}1`), variable(`${captures}2`)];
  const pattern = lastCounts(rule) ? "^(.*)\\?(.*)$" : "^([^?]*)\\?(.*)$";
  const split = all(fired, matches(file, pattern, at, { captures }));
  const mark = variableIs(`${captures}found`, "yes", at);
  const more = all(mark, not(variableIs("rw.args", "", at)));
  const joined: Template = [...query, { kind: "text", text: "&" }, ...variable("rw.args")];
  const given = rule.flags.query === "append" ? [set("rw.args", joined, at, more), set("rw.args", query, at, all(mark, variableIs("rw.args", "", at)))] : [set("rw.args", query, at, mark)];
  return [set(`${captures}found`, "", at, fired), set(`${captures}found`, "yes", at, split), ...given, set(fileOf(context), path, at, mark)];
}
