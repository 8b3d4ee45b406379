import type { Fix, Severity } from "./lint/finding.ts";
import type { Gate, Program } from "./model/program.ts";
import type { Verdict } from "./model/verdict.ts";

export type { Edit, Fix, Severity } from "./lint/finding.ts";
export type { Effect, Evidence, Gate, Program, Reason } from "./model/program.ts";
export type { Request } from "./model/request.ts";
export type { Verdict } from "./model/verdict.ts";
export { textOf } from "./source.ts";

/** Why a POST counts as legitimate: somebody declared it, the configuration gives evidence of it, or nothing does. */
export interface Legitimacy {
  readonly kind: "declared" | "derived" | "assumed";
  readonly words: string;
}

/** One POST that a program stops, with what the same request does as a GET. */
export interface Post {
  readonly program: Program;
  readonly legitimacy: Legitimacy;
  /** What happens to the POST; its `request` is the witness. */
  readonly verdict: Verdict;
  /** What happens to the same request with GET. */
  readonly get: Verdict;
  /** The gate that stops it. */
  readonly gate: Gate;
}

/** What rules look at: the stopped POSTs of every program, one for each gate that stops one. */
export interface Model {
  readonly posts: readonly Post[];
}

/** What a rule has to say about a POST. Place, severity, certainty and witness are the engine's. */
export interface Report {
  readonly post: Post;
  /** One sentence, lower case, no full stop, with the request and the status. */
  readonly message: string;
  /** At most this severe, whatever the legitimacy. */
  readonly atMost?: Severity;
  /** At most a possible finding. */
  readonly possible?: boolean;
  readonly fix?: Fix;
}

/** One kind of fault. Ids are for ever. */
export interface Rule {
  readonly id: string;
  /** One sentence; the first line of the rule's page. */
  readonly summary: string;
  check(model: Model): Iterable<Report>;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
