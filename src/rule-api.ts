import type { Severity } from "./lint/finding.ts";
import type { Legitimacy } from "./legitimate/derived.ts";
import type { Fix, Gate, Program, Reason } from "./model/program.ts";
import type { Ending, Verdict } from "./model/verdict.ts";
import { textOf } from "./source.ts";

export type { Legitimacy } from "./legitimate/derived.ts";
export type { Severity } from "./lint/finding.ts";
export { evaluate as ask } from "./model/evaluate.ts";
export type { Edit, Effect, Evidence, Fix, Gate, Program, Reason } from "./model/program.ts";
export type { Request } from "./model/request.ts";
export type { Verdict } from "./model/verdict.ts";

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
  /** The course of events in which this gate stops it. */
  readonly ending: Ending;
}

/** What a rule looks at: the POSTs that one program stops for the reasons the rule is about, one for each gate. */
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
  /** Why the request is meant to work, when the rule itself knows: it replaces what the files say. */
  readonly meant?: string;
  /** Replaces the fix that the gate itself offers. */
  readonly fix?: Fix;
}

/** One kind of fault. Ids are for ever. */
export interface Rule {
  readonly id: string;
  /** One sentence; the first line of the rule's page. */
  readonly summary: string;
  /** The reasons of the gates it looks at; it is given no other POSTs. */
  readonly about: readonly Reason[];
  check(model: Model): Iterable<Report>;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** "POST /api/orders". */
export function requestLine(post: Post): string {
  return `${post.verdict.request.method} ${post.verdict.request.path}`;
}

/** What the client gets, in words: "is answered 403", "is cut off". */
export function answerWords(post: Post): string {
  const { status } = post.ending;
  return status === "reset" ? "is cut off without an answer" : status === null ? "is not answered" : `is answered ${status}`;
}

const widest = 60;

/** The deciding directive as it is written, on one line, shortened. */
export function directiveText(post: Post): string {
  const line = textOf(post.gate.because[0].at).replace(/\s+/g, " ").trim();
  return line.length > widest ? `${line.slice(0, widest - 3)}...` : line;
}

/** Whether the same request passes as a GET: the refusal is about the method, or about the body. */
export function getPasses(post: Post): boolean {
  return post.get.blocked === "no";
}
