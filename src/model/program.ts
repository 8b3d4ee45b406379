import type { SourceFile, Span } from "../source.ts";
import type { Condition } from "./condition.ts";
import type { Field, Selector } from "./field.ts";
import type { Identity } from "./request.ts";
import type { Template } from "./template.ts";

/** A place in a configuration, and what it has to do with the matter. */
export interface Evidence {
  readonly at: Span;
  readonly note: string;
}

/** One replacement of text; an empty span inserts. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
}

/** The smallest change that lets the request through. `safe` means that no request becomes less restricted by it. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** What a refusal is about; rules ask for it. */
export type Reason =
  /** A test of the method by a condition. */
  | "method"
  /** An access-control block that names methods: `limit_except`, `<Limit>`. */
  | "method-limit"
  | "address-list"
  | "authorization"
  /** One dialect of access control refuses what another of the same server lets in. */
  | "mixed-access"
  | "waf-match"
  | "body-size"
  /** How long the request line and the headers are, or how many. */
  | "head-size"
  | "content-type"
  | "cross-site"
  | "client-software"
  /** A list of conditions that holds for every request, by mistake. */
  | "always-holds"
  | "rate"
  | "redirect"
  | "slash-redirect"
  | "static-handler"
  | "no-route"
  | "no-file"
  | "fixed-answer"
  /** An answer that was given to another request before. */
  | "cached"
  | "broken-configuration"
  /** One setting needs what another withholds, so that every request fails. */
  | "contradiction"
  /** Rules that lead a request around until the server gives up. */
  | "loop"
  /** The server refuses to read the configuration at all. */
  | "unreadable-configuration"
  | "protocol"
  | "internal-only"
  /** Bookkeeping: variables, jumps, alterations. */
  | "none";

export type Effect =
  /** Leaves this chain and enters the next. Falling off the end of a chain does the same. */
  | { readonly kind: "continue" }
  /** Leaves every chain: the scope's handler answers (a WAF's allow). */
  | { readonly kind: "accept" }
  | { readonly kind: "deny"; readonly status: number | "reset" }
  /** `to` may be relative. After 301, 302 or 303 clients repeat a POST as a GET without its body (RFC 9110, 15.4). */
  | { readonly kind: "redirect"; readonly status: number; readonly to: Template }
  /** A fixed answer of the configuration itself, or a file. */
  | { readonly kind: "answer"; readonly status: number }
  /** A captcha or script that only a browser showing a page can solve. */
  | { readonly kind: "challenge"; readonly status: number }
  /** Refuses what comes more often; goes on while below. */
  | { readonly kind: "limit"; readonly perMinute: number; readonly status: number }
  /** Goes on. */
  | { readonly kind: "set"; readonly variable: string; readonly value: Template }
  /** Adds to a variable that holds an integer (anomaly scores), with `times` once for every value that satisfies it; goes on. */
  | { readonly kind: "score"; readonly variable: string; readonly add: Template; readonly times?: Condition }
  /**
   * Changes the request as the server sees it, without choosing a scope again; goes on. `status` as in `reroute`. With
   * `address` path and query are read as they are sent: `#` ends them, the first `?` begins the query, the path is
   * decoded and its dots are resolved, and doubled slashes are one unless they are kept; one that is not well encoded or
   * leads above the root stays as it is.
   */
  | { readonly kind: "rewrite"; readonly path?: Template; readonly query?: Template; readonly status?: number | null; readonly address?: "merging" | "keeping" }
  /**
   * Walks the path in the variable `file` down the server's disk to the first name that is no directory: `file` keeps
   * the path so far, `rest` gets what follows, `folder` the directory it ends in. Goes on.
   */
  | { readonly kind: "walk"; readonly roots: readonly string[]; readonly file: string; readonly rest: string; readonly folder: string }
  /** Goes to the gate with this label in the same chain, or leaves the chain when it has none. */
  | { readonly kind: "jump"; readonly to: string }
  /** Chooses a scope of another stage, with the request as it is. */
  | { readonly kind: "enter"; readonly stage: string }
  /**
   * An internal redirect: changes the request as the server sees it, then chooses a scope of `stage` again. Counted
   * against `Program.reroutes`. With `status`, the client gets this status whatever answers in the end, unless that
   * refuses or redirects too; null takes an earlier one back.
   */
  | {
      readonly kind: "reroute";
      readonly stage: string;
      readonly path?: Template;
      readonly query?: Template;
      /** A HEAD stays one where this is GET, unless `headToo`. Null takes an earlier change back: the method is again the one the client sent. */
      readonly method?: string | null;
      readonly headToo?: true;
      readonly status?: number | null;
    }
  /**
   * Puts a question to a stage first, as `auth_request` does, and goes on behind this gate: `variable` is the status the
   * question was answered with, everything else is as it was before. What an application answers is taken to follow from
   * the client's identity, 200 or 401. `without` names variables that are absent while the question is asked.
   */
  | { readonly kind: "ask"; readonly stage: string; readonly path: Template; readonly variable: string; readonly without: readonly string[] }
  /** Takes away what the client sent under these names, so that the handler does not receive it; goes on. */
  | { readonly kind: "drop"; readonly headers: readonly Selector[] }
  /** Changes what the handler receives, not what later conditions read; null takes it away. */
  | {
      readonly kind: "alter";
      readonly what: "method" | "body" | "path" | "query" | `header:${string}`;
      readonly value: Template | null;
      /** A path as it stands in the request line: it is not encoded on the way. */
      readonly asWritten?: true;
    };

/** `because`: every directive that made this gate what it is; the first is the one to point at. */
export interface Gate {
  readonly when: Condition;
  readonly effect: Effect;
  readonly because: readonly [Evidence, ...Evidence[]];
  readonly reason: Reason;
  readonly label?: string;
  /** Why the author seems to mean it: a comment, a well-known idiom. Such gates are at most possible findings. */
  readonly intended?: string;
  /** No directive says so: a default of the server. */
  readonly implied?: boolean;
  /** Where a gate is about how often requests come: those of all clients count together. */
  readonly ofAll?: true;
  /** The directive is for every server there is, or for all that comes to an application, whatever they serve. */
  readonly forAll?: true;
  /** The edit that lets a POST past this gate, where one is plain to see: a method added to a list, 308 for 301. */
  readonly fix?: Fix;
}

/** Gates in order; the first that holds and ends things decides. */
export interface Chain {
  readonly name: string;
  readonly gates: readonly Gate[];
}

/** Who answers when no gate does. `next` hands on to the next layer, as a WAF does. */
export type Handler = "app" | "static" | "next" | "unknown";

/**
 * A sign that writes are meant somewhere, and what it is about: a limit for bodies, what other sites may send, settings
 * of what is handed on, a script that is to take it, or a route that lists POST.
 */
export interface Sign extends Evidence {
  readonly of: "bodies" | "other-sites" | "handing-on" | "script" | "route";
}

/** Whether a sign is about what a place does with requests, and not about their size alone. */
export function speaksOfTaking({ of }: Sign): boolean {
  return of === "other-sites" || of === "handing-on" || of === "script";
}

export interface Scope {
  readonly name: string;
  readonly when: Condition;
  readonly chains: readonly Chain[];
  readonly handler: Handler;
  readonly at: Span;
  /** Where requests come in, when the configuration says so: the first address of several. */
  readonly entrance?: { readonly scheme: "http" | "https"; readonly port: number };
  /** Signs in the configuration that writes are meant here. */
  readonly writes?: readonly Sign[];
  /** The place names a folder of files for itself, and nothing of an application: it was meant for files. */
  readonly meantForFiles?: true;
  /** Other sites may read what is answered here, whatever they may send. */
  readonly answersOthers?: true;
  /** No client is meant to come here: the server itself asks this place about other requests, or sends it copies. */
  readonly askedByServer?: true;
}

/** Scopes in order: the first whose condition holds is entered. INVARIANT: the last one always holds. */
export type Stage = readonly Scope[];

/** One way to compute a variable; the first case that holds gives the value. */
export interface Case {
  readonly when: Condition;
  readonly value: Template;
}

/** An address that a configuration names, and the application that is known to take POSTs there, where that shows. */
export interface Endpoint {
  readonly path: string;
  /** Without `?`; empty when there is none. */
  readonly query: string;
  readonly application: string | null;
  /** Everybody who visits the site sends requests there, whether or not they have logged in. */
  readonly ofVisitors?: true;
  /** Only what is refused speaks of the application, which need not be there. */
  readonly guessed?: true;
  /** What shows that requests are meant to come there: a page whose address is `page`, or the configuration itself by `itself`. */
  readonly shownBy?: { readonly evidence: Evidence; readonly page: string | null; readonly itself?: true };
}

/** Something that is taken to hold though no file says it, in words that end the sentence "depends on ...". */
export interface Supposition {
  /** Verdicts that read this field, or enter a scope that stands in this file, rest on it. */
  readonly reads: Field | SourceFile;
  readonly words: string;
  /** The files themselves speak against it: nothing that rests on it is certain. */
  readonly doubtful?: true;
}

/** What one configuration does to a request. Order is its only semantics. */
export interface Program {
  /** The id of the format it came from. */
  readonly format: string;
  readonly layer: "waf" | "server" | "gateway";
  /** Where it starts: the file a user thinks of. */
  readonly at: Span;
  readonly stages: Readonly<Record<string, Stage>>;
  readonly entry: string;
  /** Variables computed when first read (nginx `map`, `geo`), then kept. */
  readonly definitions: Readonly<Record<string, readonly Case[]>>;
  /** Those of them that are computed anew at every reading (nginx `volatile`, `$is_args`). */
  readonly volatile?: readonly string[];
  /** Definitions of one variable under several names: the value of the one that is read first is kept for all. */
  readonly shared?: Readonly<Record<string, string>>;
  /** Everybody who can authenticate, when the configuration lists them (consumers with their groups). */
  readonly clients?: readonly Identity[];
  /** Addresses worth trying. */
  readonly endpoints?: readonly Endpoint[];
  /** How many internal redirects one request may take, and what the client gets past that. */
  readonly reroutes: { readonly limit: number; readonly status: number };
  /** Directives that cannot stop a POST, each with the reason. */
  readonly ignored: readonly Evidence[];
  /** Parts of the configuration that could not be read (an include outside the tree): absence proves nothing. */
  readonly missing: readonly Evidence[];
  readonly supposed?: readonly Supposition[];
}
