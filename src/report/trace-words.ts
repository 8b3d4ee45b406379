import type { Effect, Gate } from "../model/program.ts";
import type { Outcome, Step, Verdict } from "../model/verdict.ts";
import { textOf } from "../source.ts";
import { valueText } from "./arrival.ts";
import { clean } from "./display.ts";

/** What a gate does when it holds, in a few words. */
export function effectWords(effect: Effect): string {
  switch (effect.kind) {
    case "continue":
      return "skip the rest of this phase";
    case "accept":
      return "accept";
    case "deny":
      return effect.status === "reset" ? "close the connection" : `deny ${effect.status}`;
    case "redirect":
    case "answer":
    case "challenge":
      return `${effect.kind} ${effect.status}`;
    case "limit":
      return `limit ${effect.perMinute} a minute, else ${effect.status}`;
    case "set":
    case "score":
      return `${effect.kind} ${effect.variable}`;
    case "jump":
      return `jump to ${effect.to}`;
    case "enter":
      return `enter ${effect.stage}`;
    case "walk":
      return "look for the file";
    case "rewrite":
      return "rewrite the address";
    case "reroute":
      return `internal redirect to ${effect.stage}`;
    case "ask":
      return `ask ${effect.stage}`;
    case "drop":
      return "drop headers";
    case "alter":
      return `${effect.value === null ? "drop" : "change"} ${effect.what}`;
    default:
      return effect satisfies never;
  }
}

/**
 * What a directive does, for people: what only the interpreter remembers of it is that it applies, and where the
 * interpreter goes on is nothing (null).
 */
export function deedWords(gate: Gate): string | null {
  const { effect } = gate;
  const text = textOf(gate.because[0].at);
  if (effect.kind === "jump") return isWrittenIn(effect.to, text) ? effectWords(effect) : null;
  if (effect.kind !== "set" && effect.kind !== "score") return effectWords(effect);
  return isWrittenIn(effect.variable, text) ? effectWords(effect) : applies;
}

/** What is said of a directive of which there is nothing else to say. */
export const applies = "applies";

/** Whether a directive itself has the name: variables of the environment and of a transaction go by their last part there. */
function isWrittenIn(name: string, text: string): boolean {
  const written = name.replace(/^(?:env|tx)\./, "");
  const at = text.toLowerCase().indexOf(written.toLowerCase());
  return written !== "" && at >= 0 && !/\w/.test(text.charAt(at - 1)) && !/[\w./-]/.test(text.charAt(at + written.length));
}

/** The gate that decided; null when a handler did, or when what decides is unknown. */
export function decidingGate({ outcome, by, ending }: Verdict): Gate | null {
  return outcome === "unknown" ? by : ending.by;
}

/** The directives that were asked, in order: gates that no directive made are bookkeeping and left out. */
export function stepsOf({ ending }: Verdict): readonly Step[] {
  return ending.trace.filter(({ gate: { because: [first] } }) => first.at.end > first.at.start);
}

const longest = 120;

/** The directive a gate points at, on one line. */
export function directiveText({ because: [first] }: Gate): string {
  const text = clean(textOf({ ...first.at, end: Math.min(first.at.end, first.at.start + 4 * longest) }).replace(/\s+/g, " ").trim());
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

/** Where a redirect leads; null when there is none, or when that depends. */
export function locationOf({ outcome, ending: { location } }: Verdict): string | null {
  return outcome !== "redirected" || location === null ? null : valueText(location);
}

/** An outcome and its status, in words. */
export function outcomeWords(outcome: Outcome, status: number | "reset" | null): string {
  if (status === null) return outcome;
  return status === "reset" ? `${outcome}: the connection is closed` : `${outcome} with ${status}`;
}
