import type { Condition } from "../../model/condition.ts";
import { all, not } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { because, gate, matches } from "./gates.ts";
import { leaveOpen } from "./handler.ts";
import { typeOf } from "./rewrite-conditions.ts";
import type { Rule } from "./rewrite-parse.ts";
import { isRedirect, type Step } from "./rewrite-step.ts";

/** The flag B: groups are encoded. That changes nothing about letters and digits; of what else a path then leads to, nobody knows. */
export function encodedGroups(step: Step, fired: Condition): readonly Gate[] {
  const { rule, target } = step;
  if (target === null || !rule.flags.escapes) return [];
  const at = rule.placed.node.span;
  const inPath = isRedirect(step) || rule.flags.proxy ? [] : groupsIn(target.path, step);
  const inQuery = groupsIn(target.query ?? [], step);
  const plain = (groups: Template): Condition => all(...groups.map((part) => matches([part], "^\\w*$", at)));
  return [
    ...(inPath.length === 0 ? [] : [leaveOpen(all(fired, not(plain(inPath))), at, "a group is encoded, and what the path leads to with it")]),
    ...(inQuery.length === 0 ? [] : [gate(all(fired, not(plain(inQuery))), { kind: "alter", what: "query", value: [{ kind: "unknown", key: "the query, encoded" }] }, because(at, "encodes what it puts into the query"), "none")]),
  ];
}

function groupsIn(template: Template, { captures }: Step): Template {
  const names = [captures.rule, captures.cond].flatMap((name) => (name === null ? [] : [`var:${name}`]));
  return template.filter((part) => part.kind === "field" && names.some((name) => part.field.startsWith(name)));
}

/** Groups of a condition that is an expression are whatever lies in the server's memory, which may end it. */
export function readsMemory({ conds, substitution }: Rule): boolean {
  const first = conds.findIndex((cond) => !cond.negated && typeOf(cond) === "expression");
  if (first < 0) return false;
  return [substitution, ...conds.slice(first + 1).map(({ input }) => input)].some((text) => /%\d/.test(text));
}
