import { all, always, any, never, not, test, type Condition, type Further, type Operator as ModelOperator, type Subject } from "../../../model/condition.ts";
import { literal } from "../../../model/template.ts";
import { macroVariables, withMacroValue } from "./macros.ts";
import { lowerOperator, type Lowered, type ReadData } from "./operators.ts";
import { targetsOf, type Target, type TargetContext } from "./targets.ts";
import { transformsOf } from "./transforms.ts";
import type { Action, Operator, Rule, Variable } from "./tree.ts";

export interface ConditionContext extends TargetContext {
  /** Names the rule in keys of unknown conditions. */
  readonly rule: string;
  readonly captures: boolean;
  readonly literalsOf: (name: string) => readonly string[] | null;
  readonly read: ReadData;
}

/** One rule of a chain, with the actions in force for it. */
export interface Link {
  readonly rule: Rule;
  readonly variables: readonly Variable[];
  readonly actions: readonly Action[];
}

/** Holds when this link matches; `next` are links right after it that look at MATCHED_VARS, so at the same values. */
export function linkCondition(link: Link, next: readonly Link[], context: ConditionContext): Condition {
  const { operator } = link.rule;
  if (operator === null) return always;
  const also = next.map((one) => furtherOf(one, context));
  const open = also.filter((one) => "kind" in one);
  const further = also.filter((one): one is Further => !("kind" in one));
  const targets = targetsOf(link.variables, context);
  const matched = versionsOf(operator, context).map(({ when, operator: version }) => {
    const question: Question = { ...link, operator: version, lowered: lowerOperator(version, context.phase, context.read) };
    return all(when, any(...targets.map((target) => targetCondition(target, question, further, context))));
  });
  return all(any(...matched), ...open);
}

interface Version {
  readonly when: Condition;
  readonly operator: Operator;
}

/** A pattern with a macro is one pattern for each text its variable may hold. */
function versionsOf(operator: Operator, context: ConditionContext): readonly Version[] {
  const plain = [{ when: always, operator }];
  const { argument } = operator;
  const [name] = macroVariables(argument.value);
  const values = operator.name === "rx" && name !== undefined ? context.literalsOf(name) : null;
  if (name === undefined || values === null || values.length > MOST_VERSIONS) return plain;
  return values.flatMap((value) => {
    const whole = withMacroValue(argument.value, value);
    if (whole === null) return plain;
    const when = test(`var:${name}`, { kind: "in", values: [value] }, operator.span);
    return [{ when, operator: { ...operator, argument: { ...argument, value: whole } } }];
  });
}

const MOST_VERSIONS = 8;

interface Question extends Link {
  readonly operator: Operator;
  readonly lowered: Lowered;
}

/** Whether a link only looks at what the link before it has matched. */
export function looksAtMatched(link: Link): boolean {
  const named = link.variables.filter((variable) => variable.mode !== "remove");
  return named.length > 0 && named.every((variable) => /^MATCHED_VARS?$/.test(variable.name) && variable.mode === "add");
}

function unknown(why: string, link: Link, context: ConditionContext, shared = false): Condition {
  return { kind: "unknown", key: shared ? why : `rule ${context.rule}: ${why}`, why, reads: "anything", at: link.rule.operator?.span ?? link.rule.span };
}

/** A MATCHED_VARS link as a further test of the same value, or as a condition of its own. */
function furtherOf(link: Link, context: ConditionContext): Further | Condition {
  const { operator } = link.rule;
  const { transforms, unknown: strange } = transformsOf(link.actions);
  if (operator === null) return always;
  if (strange !== null) return unknown(`the transformation t:${strange}`, link, context);
  const lowered = lowerOperator(operator, context.phase, context.read);
  if (lowered.kind === "unknown") return unknown(lowered.why, link, context, lowered.shared);
  if (lowered.kind !== "operator") return (lowered.kind === "always") === operator.negated ? never : always;
  const { operator: by } = lowered;
  return { transforms: [...transforms, ...(lowered.transforms ?? [])], operator: withCaptures(by, link, context), negated: operator.negated };
}

function withCaptures(operator: Further["operator"], link: Link, context: ConditionContext): Further["operator"] {
  const captures = operator.kind === "matches" && context.captures && link.actions.some((action) => action.name === "capture");
  return captures ? { ...operator, captures: "tx." } : operator;
}

function targetCondition(target: Target, question: Question, also: readonly Further[], context: ConditionContext): Condition {
  const { operator, lowered } = question;
  if (target.kind === "counted") return countCondition(target, question, context);
  const when = target.when ?? always;
  if (lowered.kind === "never" && !operator.negated) return never;
  if (target.kind === "unknown") {
    const asked = `${target.name} ${operator.negated ? "!" : ""}@${operator.name} ${operator.argument.value}`;
    return all(when, unknown(asked, question, context));
  }
  return all(when, subjectCondition(target.subject, question, also, context));
}

function subjectCondition(subject: Subject, question: Question, also: readonly Further[], context: ConditionContext): Condition {
  const { operator, lowered, actions } = question;
  const { transforms, unknown: strange } = transformsOf(actions);
  if (strange !== null) return unknown(`the transformation t:${strange}`, question, context);
  const ask = (by: Further["operator"], added: Further["transforms"] = [], negated = operator.negated, further = also): Condition => ({
    kind: "test",
    subject,
    ...(transforms.length + added.length === 0 ? {} : { transforms: [...transforms, ...added] }),
    ...(actions.some((action) => action.name === "multimatch") ? { eachTransform: true } : {}),
    operator: withCaptures(by, question, context),
    ...(negated ? { negated } : {}),
    ...(further.length === 0 ? {} : { also: further }),
    at: operator.span,
  });
  if (lowered.kind === "operator") return ask(lowered.operator, lowered.transforms);
  if (lowered.kind === "unknown") {
    const open = unknown(lowered.why, question, context, lowered.shared);
    if (lowered.only === undefined || operator.negated) return open;
    const [first, ...rest] = lowered.only;
    return all(ask(first.operator, ["utf8Bytes"], first.negated, [...also, ...rest]), open);
  }
  return (lowered.kind === "always") === operator.negated ? never : ask({ kind: "present" }, [], false);
}

/** A count of 0 or 1 against a number: decided now, but for whether the variable is set. */
function countCondition(target: Extract<Target, { kind: "counted" }>, question: Question, context: ConditionContext): Condition {
  const { operator, lowered, variables } = question;
  const one = holdsFor(1, lowered);
  const none = holdsFor(0, lowered);
  if (one === null || none === null) return unknown(`a count of ${variables.map((variable) => variable.name).join(", ")}`, question, context);
  const ifSet = one !== operator.negated;
  const ifUnset = none !== operator.negated;
  if (ifSet === ifUnset) return ifSet ? always : never;
  return ifSet ? target.present : not(target.present);
}

function holdsFor(count: number, lowered: Lowered): boolean | null {
  if (lowered.kind === "always" || lowered.kind === "never") return lowered.kind === "always";
  if (lowered.kind === "unknown") return null;
  const operator: ModelOperator = lowered.operator;
  if (operator.kind === "equals") return literal(operator.value) === String(count);
  const limit = operator.kind === "number" ? literal(operator.value) : null;
  if (operator.kind !== "number" || limit === null) return null;
  const number = Number.parseInt(limit, 10) || 0;
  const comparisons: Record<typeof operator.is, boolean> = { "=": count === number, "<": count < number, "<=": count <= number, ">": count > number, ">=": count >= number };
  return comparisons[operator.is];
}
