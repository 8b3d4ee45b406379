import type { Condition } from "../../model/condition.ts";
import { all, always, not, testText } from "../../model/condition.ts";
import type { Effect, Evidence, Fix, Gate, Reason } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";

/** One or more places, the first of which is to be pointed at. */
export type Because = readonly [Evidence, ...Evidence[]];

/** Evidence made of a place and a word on it. */
export function because(at: Span, note: string, ...more: readonly Evidence[]): Because {
  return [{ at, note }, ...more];
}

/** A gate that ends things, or changes course. */
export function gate(when: Condition, effect: Effect, why: Because, reason: Reason): Gate {
  return { when, effect, because: why, reason };
}

/** Refuses with a status. */
export function deny(when: Condition, status: number, why: Because, reason: Reason): Gate {
  return gate(when, { kind: "deny", status }, why, reason);
}

/** A gate with the edit that lets a POST past it, where there is one. */
export function fixable(one: Gate, fix: Fix | null): Gate {
  return fix === null ? one : { ...one, fix };
}

/** A default of the server that no directive states. */
export function implied(one: Gate): Gate {
  return { ...one, implied: true };
}

/** Gives a variable a value. */
export function set(variable: string, value: Template | string, at: Span, when: Condition = always): Gate {
  const template = typeof value === "string" ? text(value) : value;
  return gate(when, { kind: "set", variable, value: template }, because(at, "is remembered"), "none");
}

/** Goes on at a label of the same chain. */
export function jump(to: string, at: Span, when: Condition = always): Gate {
  return gate(when, { kind: "jump", to }, because(at, "decides where to go on"), "none");
}

/** Leaves the chain. */
export function leave(at: Span, when: Condition = always): Gate {
  return gate(when, { kind: "continue" }, because(at, "decides here"), "none");
}

/** A place to jump to. */
export function label(name: string, at: Span): Gate {
  return { ...set("", "", at, not(always)), label: name };
}

/** Whether a variable has exactly this value; one that was never set is empty. */
export function variableIs(variable: string, value: string, at: Span): Condition {
  return testText(fieldValue(`var:${variable}`), { kind: "equals", value: text(value) }, at);
}

/** The value of a variable. */
export function variable(name: string): Template {
  return fieldValue(`var:${name}`);
}

/** Quotes a text so that it stands for itself in a regular expression. */
export function quoted(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** A regular expression as the server compiles it (`RegexDefaultOptions`: DOTALL and DOLLAR_ENDONLY). */
export function matches(subject: Template, pattern: string, at: Span, options: { ignoreCase?: boolean; captures?: string } = {}): Condition {
  return testText(subject, { kind: "matches", pattern: withoutNames(pattern), dotAll: true, dollarEndOnly: true, ...options }, at);
}

/** A pattern whose groups have no names: they have numbers here, as a name may be one that is used for something else; where the pattern goes back to one, it keeps them. */
export function withoutNames(pattern: string): string {
  if (!/\(\?(?:P?<[a-z_]|')/i.test(pattern) || /\\[gk][<{']|\(\?(P[=>]|&|\(|<\w+>\))/i.test(pattern)) return pattern;
  return pattern.replace(/\\.|\(\?(?:P?<[a-z_]\w*>|'[a-z_]\w*')/gis, (piece) => (piece.startsWith("\\") ? piece : "("));
}

/** Chooses the value of the last layer that has one: tried from the last to the first, and left at the first that applies. */
export function latestFirst<L extends { readonly when: Condition; readonly at: Span }>(layers: readonly L[], gatesOf: (layer: L) => readonly Gate[]): readonly Gate[] {
  const gates: Gate[] = [];
  for (const layer of layers.toReversed()) {
    gates.push(...gatesOf(layer));
    gates.push(leave(layer.at, layer.when));
  }
  return gates;
}

/** The same gate under a further condition. */
export function under(when: Condition, one: Gate): Gate {
  return { ...one, when: all(when, one.when) };
}
