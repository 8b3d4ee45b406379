import { all, always, methodIn, testText, type Condition } from "../../model/condition.ts";
import type { Effect, Evidence, Fix, Gate, Reason } from "../../model/program.ts";
import { fieldValue, text, type Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import type { Element } from "./xml.ts";

/** What a gate is made of, besides its condition and its effect. */
export interface Why {
  /** The element to point at. */
  readonly at: Span;
  readonly note: string;
  readonly reason: Reason;
  readonly more?: readonly Evidence[];
  readonly fix?: Fix | null;
  readonly intended?: string | null;
  readonly implied?: boolean;
}

/** A gate that ends things, or changes course. */
export function gate(when: Condition, effect: Effect, { at, note, reason, more = [], fix = null, intended = null, implied = false }: Why): Gate {
  return {
    when,
    effect,
    because: [{ at, note }, ...more],
    reason,
    ...(fix === null ? {} : { fix }),
    ...(intended === null ? {} : { intended }),
    ...(implied ? { implied } : {}),
  };
}

/** Refuses with a status. */
export function deny(when: Condition, status: number | "reset", why: Why): Gate {
  return gate(when, { kind: "deny", status }, why);
}

/** Gives a variable a value. */
export function set(variable: string, value: Template, at: Span, when: Condition = always): Gate {
  return gate(when, { kind: "set", variable, value }, { at, note: "is remembered", reason: "none" });
}

/** Leaves the chain. */
export function leave(at: Span, when: Condition = always): Gate {
  return gate(when, { kind: "continue" }, { at, note: "ends the rules here", reason: "none" });
}

/** Whether a variable has exactly this value; one that was never set is empty. */
export function variableIs(variable: string, value: string, at: Span): Condition {
  return testText(fieldValue(`var:${variable}`), { kind: "equals", value: text(value) }, at);
}

/** The method is one of a list, where `*` stands for any. */
export function verbIn(verbs: readonly string[], at: Span): Condition {
  return verbs.includes("*") ? always : methodIn(verbs, at);
}

/** The same gate under a further condition. */
export function where(when: Condition, one: Gate): Gate {
  return { ...one, when: all(when, one.when) };
}

/** Quotes a text so that it stands for itself in a regular expression. */
export function quoted(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** An element as evidence: its start tag. */
export function evidence(element: Element, note: string): Evidence {
  return { at: element.at, note };
}
