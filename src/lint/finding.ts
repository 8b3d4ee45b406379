import type { Evidence, Fix } from "../model/program.ts";
import type { Request } from "../model/request.ts";
import type { Problem, Span } from "../source.ts";

export type Severity = "error" | "warning" | "note";

/** One directive that keeps a legitimate POST, or a part of it, from its application. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** `possible`: depends on something the configuration does not say, or nothing shows that writes are meant there. */
  readonly certainty: "certain" | "possible";
  readonly message: string;
  /** The directive that decides. */
  readonly at: Span;
  /** Other places that had a part in it. */
  readonly related: readonly Evidence[];
  readonly witness: Request;
  /** What the client gets from the configuration for the witness; null when that depends. */
  readonly status: number | "reset" | null;
  /** What becomes of a witness that reaches an application all the same: "arrives without its body". */
  readonly arrives?: string;
  /** Why the directive does nothing to the witness, which is a request in its place. */
  readonly idle?: string;
  /** Why the witness is taken to be legitimate, in words; empty where nothing shows it. */
  readonly legitimacy: string;
  /** Why it is only possible, in words; null where it is not, or is so only for what it depends on. */
  readonly doubt: string | null;
  /** What was taken for granted beyond the witness itself, in words. */
  readonly assumptions: readonly string[];
  readonly fix?: Fix;
}

/** A file that was read, and whose it is. */
export interface ReadFile {
  readonly path: string;
  readonly format: string;
}

/** Everything one run has to say. */
export interface LintResult {
  /** Sorted by file, place and rule. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  /** Recognised files only, in order of path. */
  readonly files: readonly ReadFile[];
  /** How many findings a comment silenced. */
  readonly suppressed: number;
}
