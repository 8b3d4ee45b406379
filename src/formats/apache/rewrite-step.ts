import type { Condition } from "../../model/condition.ts";
import { all, never, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, matches, variable, type Because } from "./gates.ts";
import type { Captures } from "./rewrite-conditions.ts";
import type { Rule } from "./rewrite-parse.ts";
import type { Names } from "./variables.ts";

/** A section with rules: `prefix` is what a relative substitution is put behind. */
export interface Section {
  readonly directory: string | null;
  readonly prefix: string;
  readonly base: string | null;
  /** What a redirect without a base puts before it: where it is known, the directory itself. */
  readonly sentPrefix: string;
}

/** Where rules stand: in the server itself (before a file is chosen), or in a section or `.htaccess` (after). */
export interface RewriteContext {
  /** Unique in the program; labels and variables begin with it. */
  readonly id: string;
  /** Null in the server itself. In files, location and if sections `directory` is null. */
  readonly section: Section | null;
  readonly documentRoot: string | null;
  /** The configuration itself says where that is. */
  readonly rooted: boolean;
  /** `RewriteOptions IgnoreContextInfo`. */
  readonly context: boolean;
  /** `RewriteOptions UnsafePrefixStat`. */
  readonly unsafePrefix: boolean;
  /** The request may have gone to a proxy by now. */
  readonly proxies: boolean;
  /** What variables read, but for the file and the query, which rules change. */
  readonly names: Names;
  /** A regular expression for the names that the server goes by; null where nobody knows them. */
  readonly ownNames: string | null;
  readonly at: Span;
}

/** A rule with what its gates need. */
export interface Step {
  readonly rule: Rule;
  readonly name: string;
  readonly captures: Captures;
  readonly names: Names;
  readonly target: Target | null;
  /** Some rule of the list puts what it found into the query as it is. */
  readonly fillsQuery: boolean;
  readonly context: RewriteContext;
}

/** Where a substitution leads: `kind` says how its text is to be taken. A URL of the server itself is a path, so `either` may be a URL. */
export interface Target {
  readonly kind: "url" | "path" | "relative" | "either";
  readonly path: Template;
  /** Null keeps the query there is. */
  readonly query: Template | null;
}

/** What is said of a rule that does something, and of its conditions. */
export function whyOf({ rule }: Step, note: string): Because {
  return because(rule.placed.node.span, note, ...rule.conds.map((cond) => ({ at: cond.placed.node.span, note: "is its condition" })));
}

/** The text is the URL of a server. */
export function isUrl(of: Template, at: Span): Condition {
  return matches(of, "^[a-z][a-z0-9+.-]*://", at, { ignoreCase: true });
}

/** The variable for the file that the rules of one list have come to; no other list reads it. */
export function fileOf({ id }: RewriteContext): string {
  return `${id}.file`;
}

/** The variable for what the patterns of one list are matched against. */
export function pathOf({ id }: RewriteContext): string {
  return `${id}.path`;
}

/** The variable for the URL that the file of one list stands for. */
export function urlOf({ id }: RewriteContext): string {
  return `${id}.url`;
}

/** The rewritten file is what a proxy fetches. */
export function ofProxy(context: RewriteContext, at: Span): Condition {
  return testText(variable(fileOf(context)), { kind: "startsWith", value: text("proxy:") }, at);
}

/** The rule redirects, whether or not it says so. */
export function isRedirect({ rule, target }: Step): boolean {
  return rule.flags.redirect !== null || target?.kind === "url";
}

/** What a rule put into the query must be encoded. */
export function badQuery(step: Step, when: Condition): Gate {
  const at = step.rule.placed.node.span;
  if (step.rule.flags.escapes) return deny(never, 403, whyOf(step, "encodes what it puts into the query"), "broken-configuration");
  return deny(all(when, matches(variable("rw.args"), "[\\x00-\\x20\\x7f]", at)), 403, whyOf(step, "puts a blank into the query"), "broken-configuration");
}
