import type { Answer } from "./condition.ts";
import type { Gate, Chain, Scope } from "./program.ts";
import type { Request } from "./request.ts";
import type { Value } from "./template.ts";

/** One gate that was asked, in order. */
export interface Step {
  readonly scope: Scope;
  readonly chain: Chain;
  readonly gate: Gate;
  readonly held: Answer;
}

/**
 * What became of a request. `reached`: an application (or the next layer) got it; `answered`: the configuration itself
 * or a static file answered 2xx; `refused`; `redirected`; `unknown`: nobody can say who answers.
 */
export type Outcome = "reached" | "answered" | "refused" | "redirected" | "unknown";

/** The request as the application receives it; null where the configuration takes it away. */
export interface Delivered {
  readonly method: Value;
  readonly path: Value;
  /** The path is what stands in the request line; otherwise it is encoded there. */
  readonly pathAsWritten?: true;
  readonly query: Value;
  readonly bodyKept: boolean;
  /** Only headers that were changed or dropped (null). Names in lower case. */
  readonly headers: Readonly<Record<string, Value | null>>;
}

/** One possible course of events; there are several when conditions are unknown. */
export interface Ending {
  readonly outcome: Outcome;
  /** What the client gets from the configuration; null when the application decides. */
  readonly status: number | "reset" | null;
  /** The gate that ended it; null when a handler did. */
  readonly by: Gate | null;
  /** Where it ended. */
  readonly scope: Scope;
  /** Where a redirect leads. */
  readonly location: Value | null;
  readonly delivered: Delivered;
  readonly trace: readonly Step[];
  /** What was taken for granted, by the key of the unknown condition. */
  readonly assumed: Readonly<Record<string, boolean>>;
  /** Among that is something that usually is otherwise. */
  readonly unusual: boolean;
}

/** What a program does to one request. */
export interface Verdict {
  readonly request: Request;
  /** Whether the POST is kept from the application: refused, challenged, or redirected without its body. */
  readonly blocked: Answer;
  /** The outcome of all endings when they agree, else `unknown`. */
  readonly outcome: Outcome;
  readonly status: number | "reset" | null;
  /** The gate that blocks, in the first ending that does. Null when `blocked` is `no`, or when what decides is unknown. */
  readonly by: Gate | null;
  /** The ending to show: the first that blocks, else the first. */
  readonly ending: Ending;
  readonly endings: readonly Ending[];
  /** What the verdict depends on, in words; empty when it is certain. */
  readonly depends: readonly string[];
}
