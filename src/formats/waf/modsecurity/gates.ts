import { all, always, isNever, not, test, type Condition } from "../../../model/condition.ts";
import type { Effect, Evidence, Gate, Reason } from "../../../model/program.ts";
import { assignmentEffect, assignmentsOf, controlsOf, disruptiveEffect, type Control } from "./actions.ts";
import { linkCondition, looksAtMatched, type ConditionContext, type Link } from "./conditions.ts";
import { actionValue, type RuleEntry } from "./configuration.ts";
import { exclusionFlag, exclusionsFor, targetExceptions, wholeRemovals, type Exclusions } from "./exclusions.ts";
import { ALLOWED, BODY_OFF, ENGINE, FORCE_BODY, PROCESSOR } from "./macros.ts";
import type { ReadData } from "./operators.ts";
import { reasonOf } from "./reason.ts";

/** What all rules of a program have in common. */
export interface Lowering {
  readonly body: Condition;
  /** Holds where a rule may refuse; `always` unless the engine can be turned down at run time. */
  readonly enforcing: Condition;
  readonly exclusions: Exclusions;
  /** TX variables (as kept names) that decide something. */
  readonly live: ReadonlySet<string>;
  readonly knownTx: ReadonlySet<string>;
  readonly counters: ReadonlySet<string>;
  /** The texts a TX variable may hold when all that is ever assigned to it is literal; else null. */
  readonly literalsOf: (name: string) => readonly string[] | null;
  readonly readFor: (entry: RuleEntry) => ReadData;
  /** The label that `skip` and `skipAfter` of this rule lead to; null when it skips nothing. */
  readonly jumpOf: (entry: RuleEntry) => string | null;
}

/** What a rule comes to: gates, or why it has none. */
export type LoweredRule = { readonly gates: readonly Gate[] } | { readonly why: string };

interface Step {
  /** How many links must match: a link's own `setvar` and `ctl` do not wait for the links after it. */
  readonly links: number;
  readonly effect: Effect;
  readonly reason: Reason;
}

/** Lowers one rule of phase 1 or 2 with the rules chained to it. */
export function lowerRule(entry: RuleEntry, lowering: Lowering): LoweredRule {
  const links = linksOf(entry);
  const exclusions = exclusionsFor(entry, lowering.exclusions);
  const context: ConditionContext = {
    phase: entry.phase,
    body: lowering.body,
    exceptions: (variable) => targetExceptions(exclusions, variable),
    knownTx: lowering.knownTx,
    counters: lowering.counters,
    literalsOf: lowering.literalsOf,
    rule: nameOf(entry),
    captures: [...lowering.live].some((name) => /^tx\.\d$/.test(name)),
    read: lowering.readFor(entry),
  };
  const steps = stepsOf(entry, links, lowering);
  if (steps.length === 0) return { why: whyNothing(entry) };
  const here = all(entry.when, ...wholeRemovals(exclusions).map(not));
  const conditions = linkConditions(links, context);
  const when = (count: number): Condition => all(here, ...conditions.slice(0, count));
  if (isNever(when(1))) return { why: "never matches" };
  return { gates: gatesOf(entry, steps, when, conditions) };
}

function linksOf(entry: RuleEntry): readonly Link[] {
  const [first, ...rest] = [entry.rule, ...entry.rule.links];
  const started: Link = { rule: first ?? entry.rule, variables: [...(first?.variables ?? []), ...entry.extra], actions: entry.actions };
  return [started, ...rest.map((rule) => ({ rule, variables: rule.variables, actions: rule.actions }))];
}

function nameOf(entry: RuleEntry): string {
  return entry.id === null ? `at offset ${entry.rule.span.start}` : String(entry.id);
}

/** The condition of each link. One that looks at MATCHED_VARS is part of the condition before it as well. */
function linkConditions(links: readonly Link[], context: ConditionContext): readonly Condition[] {
  return links.map((link, index) => {
    if (index > 0 && looksAtMatched(link)) return always;
    let end = index + 1;
    while (end < links.length && looksAtMatched(links[end] ?? link)) end += 1;
    return linkCondition(link, links.slice(index + 1, end), context);
  });
}

function stepsOf(entry: RuleEntry, links: readonly Link[], lowering: Lowering): readonly Step[] {
  const reason = reasonOf(entry.rule);
  const acting = disruptiveEffect(entry.actions, entry.phase);
  const stops = acting !== null && (acting.kind === "deny" || acting.kind === "redirect");
  const set = links.flatMap((link, index) => linkSteps(link, index + 1, entry.phase, reason, lowering));
  // What a rule sets does not matter once it surely ends the request.
  const ends = stops && lowering.enforcing === always;
  const steps = set.filter((step) => !ends || step.links < links.length);
  const last = (effect: Effect): Step => ({ links: links.length, effect, reason: stops ? reason : "none" });
  if (acting?.kind === "accept" && entry.phase === 1) steps.push(last(setText(ALLOWED, "1")), last({ kind: "continue" }));
  else if (acting !== null && !(stops && isNever(lowering.enforcing))) steps.push(last(acting));
  const jump = lowering.jumpOf(entry);
  if (jump !== null && !stops) steps.push(last({ kind: "jump", to: jump }));
  return steps;
}

function setText(variable: string, value: string): Effect {
  return { kind: "set", variable, value: [{ kind: "text", text: value }] };
}

function linkSteps(link: Link, links: number, phase: number, reason: Reason, lowering: Lowering): Step[] {
  const assignments = assignmentsOf(link.actions).filter(({ name }) => lowering.live.has(name));
  const set = assignments.map((assignment): Step => {
    const effect = assignmentEffect(assignment, phase);
    return { links, effect, reason: effect.kind === "score" ? reason : "none" };
  });
  const controlled = controlsOf(link.actions).flatMap((control): Step[] => {
    const effect = controlEffect(control, lowering);
    return effect === null ? [] : [{ links, effect, reason: "none" }];
  });
  return [...set, ...controlled];
}

function controlEffect(control: Control, lowering: Lowering): Effect | null {
  const value = control.value.toLowerCase();
  const flag = exclusionFlag(control);
  if (flag !== null) return lowering.exclusions.has(flag) ? setText(flag, "1") : null;
  switch (control.name) {
    case "ruleengine":
      return value === "off" ? { kind: "accept" } : setText(ENGINE, value);
    case "requestbodyprocessor":
      return setText(PROCESSOR, control.value.toUpperCase());
    case "forcerequestbodyvariable":
      return value === "on" ? setText(FORCE_BODY, "on") : null;
    case "requestbodyaccess":
      return setText(BODY_OFF, value);
    default:
      return null;
  }
}

function whyNothing(entry: RuleEntry): string {
  const proxied = entry.actions.some((action) => action.name === "proxy");
  return proxied ? "hands the request to another server" : "only logs, or sets what no rule reads";
}

/** One step is one gate. Several that hang on the same match are decided once, by a flag. */
function gatesOf(entry: RuleEntry, steps: readonly Step[], when: (links: number) => Condition, conditions: readonly Condition[]): readonly Gate[] {
  const because = evidenceOf(entry);
  const counts = new Set(steps.map((step) => step.links));
  const gates: Gate[] = [];
  for (const count of counts) {
    const same = steps.filter((step) => step.links === count);
    const flag = `rule.${nameOf(entry)}.${count}`;
    const flagged = test(`var:${flag}`, { kind: "present" }, entry.rule.span);
    const shared = same.length > 1;
    if (shared) gates.push({ when: when(count), effect: setText(flag, "1"), because, reason: "none" });
    for (const { effect, reason } of same) {
      const times = conditions[count - 1];
      const counted = effect.kind === "score" && times !== undefined && times !== always ? { ...effect, times } : effect;
      gates.push({ when: shared ? flagged : when(count), effect: counted, because, reason });
    }
  }
  return gates;
}

function evidenceOf(entry: RuleEntry): readonly [Evidence, ...Evidence[]] {
  const message = actionValue(entry.rule.actions, "msg");
  const name = entry.id === null ? "a rule without an id" : `rule ${entry.id}`;
  const links = entry.rule.links.map((link): Evidence => ({ at: link.span, note: "must match too" }));
  return [{ at: entry.rule.span, note: message === null ? name : `${name}: ${message}` }, ...links];
}

/** Some gates must wait for a state that only some requests are in. */
export function guarded(gate: Gate, enforcing: Condition): Gate {
  const refuses = gate.effect.kind === "deny" || gate.effect.kind === "redirect";
  return refuses ? { ...gate, when: all(enforcing, gate.when) } : gate;
}
