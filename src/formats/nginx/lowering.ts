import type { Condition } from "../../model/condition.ts";
import { all, always, any, methodIn, not, test } from "../../model/condition.ts";
import type { Case, Effect, Evidence, Gate, Reason, Scope } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Upstreams } from "./addresses.ts";
import type { Context } from "./context.ts";
import { setting } from "./context.ts";
import type { Arm, Directive } from "./parse.ts";

/** What the parts of a lowering share: the program being built, and what is known of its variables. */
export interface Lowering {
  readonly stages: Record<string, readonly Scope[]>;
  readonly definitions: Record<string, readonly Case[]>;
  /** Definitions of one variable that is computed where it is read first. */
  readonly shared: Record<string, string>;
  readonly missing: Evidence[];
  /** Directives that became part of the program. */
  readonly used: Set<Directive>;
  /** Names that `set`, `map` and their like assign: anything else is nginx's own or unknown. */
  readonly variables: Set<string>;
  /** What the conditions are about under which a variable is set. */
  readonly topics: Map<string, Set<Reason>>;
  /** Rates of `limit_req_zone`, by zone. */
  readonly zones: Map<string, Directive>;
  /** Paths that nginx itself asks for, by `auth_request` and `mirror`: no client means to POST there. */
  readonly subrequests: ReadonlySet<string>;
  /** An `auth_request` stands somewhere. */
  readonly asks: boolean;
  readonly serverNames: Set<string>;
  /** Variables that are computed at every reading. */
  readonly volatile: Set<string>;
  keptHeaders: KeptHeaders;
  /** A `try_files` may put another path in place of the request's own, which still is what is sent. */
  readonly findsOtherFiles: boolean;
  /** A `try_files` may find a file behind an `alias`. */
  readonly findsUnderAlias: boolean;
  /** A socket may keep doubled slashes. */
  readonly keepsSlashes: boolean;
  /** A `rewrite`, or a `try_files` behind an `alias`, may go on with a path that does not begin with a slash. */
  readonly losesSlashes: boolean;
  /** An `error_page` answers a body that is too large, which is thrown away before the page is asked for. */
  readonly dropsBodies: boolean;
  readonly hasErrorPages: boolean;
  /** A header may say who the client is. */
  readonly replacesAddress: boolean;
  /** `$content_length` may first be read when the body is there. */
  readonly sendsLength: boolean;
  /** What is known by name; null where that may be told elsewhere. */
  readonly upstreams: Upstreams | null;
  serial: number;
}

/** Where header names stay that nginx takes for invalid, and where those with `_` do. */
export interface KeptHeaders {
  readonly invalid: Condition;
  readonly underscores: Condition;
}

/** One `server`, and the stages it is lowered to. */
export interface Server {
  readonly context: Context;
  readonly name: string;
  readonly names: readonly string[];
  /** What `$scheme` is for every request here; null when the server listens with and without TLS. */
  readonly scheme: "http" | "https" | null;
  /** Location choice for a request from outside, and for one that was redirected internally. */
  readonly outside: string;
  readonly inside: string;
  /** An internal redirect by path: the server's rewrites, then the choice of a location. */
  readonly redirected: string;
  /** Where `auth_request` asks. */
  readonly asked: string;
  /** The file is a snippet: what stands around it is unknown, and so is what answers when no location does. */
  readonly implied: boolean;
  /** The stage of each named location. */
  readonly named: ReadonlyMap<string, string>;
}

/** Where a piece of configuration is lowered. */
export interface Site {
  readonly low: Lowering;
  readonly server: Server;
  readonly context: Context;
  /** Blocks of `if` that may have put their settings in place of the location's before, the latest last. */
  readonly entered?: readonly Entered[];
}

/** A block of an `if`, and the value of the variable that says it was the last to be entered. */
export interface Entered {
  readonly value: string;
  readonly context: Context;
}

/** The same place in another block. */
export function inside({ low, server }: Site, context: Context): Site {
  return { low, server, context };
}

/** Those blocks of `if` among `entered` in which other directives of these names are in force. */
export function enteredWithOther({ context, entered = [] }: Site, ...names: readonly string[]): readonly Entered[] {
  return entered.filter((one) => names.some((name) => setting(one.context, name) !== setting(context, name)));
}

/** The settings of this block are in force. */
export function isEntered({ value }: Entered, at: Evidence["at"]): Condition {
  return test(`var:${bookkeeping.ifBlock}`, { kind: "equals", value: text(value) }, at);
}

/** Names of the interpreter's own variables; nginx's cannot contain a blank. */
export const bookkeeping = {
  errorPage: "error page",
  redirected: "internal redirect",
  changed: "uri changed",
  ifBlock: "if block",
  ifHandler: "handler of an if",
  dropped: "body thrown away",
  tooLarge: "body too large",
  counted: "request counted",
  limited: "request limited",
  bodyRead: "body read",
  realAddress: "address a proxy names",
  reparsed: "path no longer as sent",
  rest: "path behind the location ",
  target: "address passed to ",
  subrequest: "subrequest",
  keepsInvalid: "invalid headers stay",
  keepsSlashes: "doubled slashes stay",
  keepsUnderscores: "headers with underscores stay",
  access: "access refused by",
  addsUri: "file found under alias",
} as const;

/** A name nobody else uses. */
export function fresh(low: Lowering, word: string): string {
  low.serial += 1;
  return `${word} ${low.serial}`;
}

/** A gate; bookkeeping unless a reason is given. */
export function gate(
  when: Condition,
  effect: Effect,
  because: readonly [Evidence, ...Evidence[]],
  more: Partial<Pick<Gate, "reason" | "label" | "implied" | "fix" | "intended" | "ofAll" | "forAll">> = {},
): Gate {
  return { when, effect, because, reason: "none", ...more };
}

/** Marks directives as part of the program. */
export function use(site: Site, ...directives: readonly (Directive | undefined)[]): void {
  for (const directive of directives) if (directive !== undefined) site.low.used.add(directive);
}

/** Holds unless a template leaves the directive out: then nobody knows, but that one choice decides for all that stands in one arm, and takes one arm only. */
export function written(directive: Directive | null): Condition {
  return directive === null || !directive.conditional ? always : all(...directive.arms.map((arm) => isTaken(directive, arm)));
}

/** Of a choice with more arms than this, the later ones are not told from all that come before. */
const mostBefore = 20;

function isTaken({ at: { file }, head }: Directive, { choice, index, isRest }: Arm): Condition {
  const asked = (arm: number): Condition => ({ kind: "unknown", key: `template ${file.path}:${choice}:${arm}`, why: "the template that writes this configuration", reads: [], at: head });
  const before = Array.from({ length: Math.min(index, mostBefore) }, (_, arm) => not(asked(arm)));
  return all(...before, ...(isRest ? [] : [asked(index)]));
}

/** The request is the one that `auth_request` makes. */
export function isQuestion(at: Evidence["at"]): Condition {
  return test(`var:${bookkeeping.subrequest}`, { kind: "present" }, at);
}

/** The handlers of files serve a GET, which is what `auth_request` asks for whatever the client sent. */
export function isReading(site: Site, at: Evidence["at"]): Condition {
  const reading = methodIn(["GET", "HEAD"], at);
  return site.low.asks ? any(reading, isQuestion(at)) : reading;
}

/** Both hold. */
export function both(one: Condition, other: Condition): Condition {
  return all(one, other);
}
