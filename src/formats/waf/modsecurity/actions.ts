import type { Effect } from "../../../model/program.ts";
import type { Template } from "../../../model/template.ts";
import { actionValue, actionValues } from "./configuration.ts";
import { expandMacros, hasMacro, macroVariables, txName } from "./macros.ts";
import type { Action } from "./tree.ts";

const DISRUPTIVE: ReadonlySet<string> = new Set(["allow", "block", "deny", "drop", "pass", "proxy", "redirect"]);

/** What a rule does when it matches, after `block` became what SecDefaultAction says; null for `pass` and `proxy`. */
export function disruptiveEffect(actions: readonly Action[], phase: number): Effect | null {
  const named = actions.filter((action) => DISRUPTIVE.has(action.name));
  const last = named.at(-1);
  const acting = last?.name === "block" ? named.findLast((action) => action.name !== "block") : last;
  switch (acting?.name) {
    case "deny":
      return { kind: "deny", status: statusOf(actions) ?? 403 };
    case "drop":
      return { kind: "deny", status: "reset" };
    case "redirect": {
      const status = statusOf(actions) ?? 302;
      const to = expandMacros(acting.value?.value ?? "", phase);
      return { kind: "redirect", status: [301, 302, 303, 307].includes(status) ? status : 302, to };
    }
    case "allow":
      return acting.value?.value.toLowerCase() === "phase" ? { kind: "continue" } : { kind: "accept" };
    default:
      return null;
  }
}

function statusOf(actions: readonly Action[]): number | null {
  const status = Number.parseInt(actionValue(actions, "status") ?? "", 10);
  return Number.isNaN(status) ? null : status;
}

/** A `setvar` on a TX variable. `name` is as kept; when `dynamic`, a `*` stands for what only the running server knows of it. */
export interface Assignment {
  readonly name: string;
  readonly dynamic: boolean;
  /** Null unsets the variable. */
  readonly value: string | null;
  readonly by: "set" | "add" | "subtract";
}

/** The TX variables a rule's actions set; other collections outlive a request and are not known. */
export function assignmentsOf(actions: readonly Action[]): readonly Assignment[] {
  return actionValues(actions, "setvar").flatMap((text): Assignment[] => {
    const found = /^(!?)tx\.([^=]*)(?:=([+-]?)([^]*))?$/i.exec(text);
    if (found === null) return [];
    const [, unset, name = "", sign, value] = found;
    const by = sign === "+" ? "add" : sign === "-" ? "subtract" : "set";
    const dynamic = hasMacro(name);
    const kept = txName(dynamic ? expandMacros(name.trim(), 2).map((part) => (part.kind === "text" ? part.text : "*")).join("") : name.trim());
    return [{ name: kept, dynamic, value: unset === "!" ? null : (value ?? "1"), by }];
  });
}

/** Variables of other collections that actions add to, in lower case: `ip.hits`. */
export function countersOf(actions: readonly Action[]): readonly string[] {
  return actionValues(actions, "setvar").flatMap((text) => {
    const found = /^((?!tx\.)\w+\.[^=]+)=\+/i.exec(text);
    return found?.[1] === undefined ? [] : [found[1].toLowerCase()];
  });
}

/** The effect of an assignment. */
export function assignmentEffect(assignment: Assignment, phase: number): Effect {
  const { name, value, by, dynamic } = assignment;
  // Several variables under one name: what is added to one of them must not be added to all.
  if (dynamic && by !== "set") return { kind: "set", variable: name, value: [{ kind: "unknown", key: name }] };
  if (by === "set" || value === null) return { kind: "set", variable: name, value: expandMacros(value ?? "", phase) };
  const amount = expandMacros(value, phase);
  const add: Template = by === "add" ? amount : [{ kind: "text", text: "-" }, ...amount];
  return { kind: "score", variable: name, add };
}

/** The TX variables that the value of an assignment reads, itself included when it adds. */
export function readsOf(assignment: Assignment): readonly string[] {
  return macroVariables(assignment.value ?? "");
}

/** A `ctl:name=value` action; both in lower case but for the target in `value`. */
export interface Control {
  readonly name: string;
  readonly value: string;
}

export function controlsOf(actions: readonly Action[]): readonly Control[] {
  return actionValues(actions, "ctl").map((text) => {
    const at = text.indexOf("=");
    return at < 0 ? { name: text.toLowerCase(), value: "" } : { name: text.slice(0, at).trim().toLowerCase(), value: text.slice(at + 1).trim() };
  });
}
