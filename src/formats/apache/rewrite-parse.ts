import type { Span } from "../../source.ts";
import type { LogicalText } from "./lex.ts";
import { spanOf, tagEnds } from "./lex.ts";
import type { Placed } from "./layer.ts";

/** One word of a RewriteRule or RewriteCond line, quotes taken off and nothing else. */
export interface Piece {
  readonly text: string;
  readonly span: Span;
}

export interface Cond {
  readonly placed: Placed;
  readonly input: string;
  readonly pattern: string;
  readonly negated: boolean;
  readonly ignoreCase: boolean;
  readonly or: boolean;
}

export interface Rule {
  readonly placed: Placed;
  readonly conds: readonly Cond[];
  readonly pattern: string;
  readonly negated: boolean;
  readonly substitution: string;
  readonly flags: Flags;
}

/** What the flags of a rule say (manual: "RewriteRule Flags"). */
export interface Flags {
  readonly ignoreCase: boolean;
  /** Refuses or answers with this status and does not rewrite: F, G, and R with a status that is no redirect. */
  readonly status: number | null;
  readonly redirect: number | null;
  readonly last: boolean;
  readonly end: boolean;
  /** After how many rounds the server gives up; null for a rule that begins none. */
  readonly next: number | null;
  readonly chain: boolean;
  readonly skip: number;
  readonly proxy: boolean;
  readonly passThrough: boolean;
  readonly handler: string | null;
  readonly environment: readonly string[];
  readonly query: "replace" | "append" | "discard";
  /** Not for the requests the server makes itself to look for an index file. */
  readonly notInside: boolean;
  /** What follows the name of the file is forgotten. */
  readonly discardsInfo: boolean;
  /** What groups hold is encoded. */
  readonly escapes: boolean;
  /** The result of a redirect is sent as it is. */
  readonly noEscape: boolean;
  /** The query begins behind the last question mark, not behind the first. */
  readonly lastMark: boolean;
  /** A path is taken as it is where its first name lies on the disk, however the rule is written. */
  readonly unsafePrefix: boolean;
  /** A question mark that the rule is filled in with may begin the query. */
  readonly allowsMark: boolean;
}

/** The rules of one section, or why the server refuses to read it. */
export interface Ruleset {
  readonly rules: readonly Rule[];
  /** Conditions that no rule follows. */
  readonly lost: readonly Cond[];
  readonly faults: readonly { readonly at: Span; readonly message: string; readonly placed: Placed }[];
}

/**
 * Splits a line as mod_rewrite does: quotes of either kind hold a word together and end at the next one, a backslash
 * before a blank keeps it, and nothing is unescaped. Words past the third are not read. Template tags count as one word.
 */
export function rewriteWords(line: LogicalText): readonly Piece[] {
  const { text } = line;
  const endOfTag = tagEnds(text);
  const pieces: Piece[] = [];
  let at = skip(text, 0);
  while (at < text.length && pieces.length < 3) {
    const quote = text[at] === '"' || text[at] === "'" ? text[at] : undefined;
    const start = quote === undefined ? at : at + 1;
    const end = wordEnd(text, start, quote, endOfTag);
    pieces.push({ text: text.slice(start, end), span: spanOf(line, start, end) });
    at = skip(text, quote === undefined ? end : end + 1);
  }
  return pieces;
}

function wordEnd(text: string, start: number, quote: string | undefined, endOfTag: ReturnType<typeof tagEnds>): number {
  let at = start;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (quote === undefined ? /\s/.test(char) : char === quote) return at;
    at = endOfTag(at) ?? at + (char === "\\" && /\s/.test(text[at + 1] ?? "") ? 2 : 1);
  }
  return Math.min(at, text.length);
}

function skip(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at] ?? "")) at += 1;
  return at;
}

/** Joins conditions to the rules they stand before, in order; conditions without a rule are dropped, as by the server. */
export function rulesetOf(placed: readonly Placed[]): Ruleset {
  const rules: Rule[] = [];
  const faults: Ruleset["faults"][number][] = [];
  let conds: Cond[] = [];
  for (const one of placed) {
    const words = rewriteWords(one.node.argsText);
    const [first, second, third] = words;
    if (first === undefined || second === undefined) {
      faults.push({ at: one.node.span, message: `${one.node.name}: bad argument line`, placed: one });
      continue;
    }
    if (one.node.key === "rewritecond") {
      const cond = condOf(one, first, second, third);
      if (typeof cond === "string") faults.push({ at: third?.span ?? one.node.span, message: `RewriteCond: ${cond}`, placed: one });
      else conds.push(cond);
    } else {
      const flags = flagsOf(third?.text ?? "");
      if (typeof flags === "string") faults.push({ at: third?.span ?? one.node.span, message: `RewriteRule: ${flags}`, placed: one });
      else rules.push({ placed: one, conds, flags, substitution: second.text, ...negatable(first.text) });
      conds = [];
    }
  }
  return { rules, faults, lost: conds };
}

function negatable(written: string): { pattern: string; negated: boolean } {
  return written.startsWith("!") ? { pattern: written.slice(1), negated: true } : { pattern: written, negated: false };
}

function condOf(placed: Placed, input: Piece, pattern: Piece, flags: Piece | undefined): Cond | string {
  const names = flags === undefined ? [] : splitFlags(flags.text);
  if (typeof names === "string") return names;
  const keys = names.map(([key]) => key.toLowerCase());
  const strange = keys.find((key) => !["nc", "nocase", "or", "ornext", "nv", "novary"].includes(key));
  if (strange !== undefined) return `unknown flag '${strange}'`;
  const ignoreCase = keys.includes("nc") || keys.includes("nocase");
  return { placed, input: input.text, ...negatable(pattern.text), ignoreCase, or: keys.includes("or") || keys.includes("ornext") };
}

function splitFlags(written: string): readonly (readonly [key: string, value: string])[] | string {
  if (!written.startsWith("[") || !written.endsWith("]") || written.length < 2) return "bad flag delimiters";
  return written
    .slice(1, -1)
    .split(",")
    .map((flag) => flag.trim())
    .map((flag) => {
      const at = flag.indexOf("=");
      return at < 0 ? ([flag, ""] as const) : ([flag.slice(0, at), flag.slice(at + 1)] as const);
    });
}

/** Long and short names of the flags, in lower case. */
const longNames: Readonly<Record<string, string>> = {
  backrefescaping: "b", chain: "c", cookie: "co", discardpath: "dpi", discardpathinfo: "dpi", env: "e", forbidden: "f", gone: "g", handler: "h", last: "l",
  next: "n", nocase: "nc", noescape: "ne", nosubreq: "ns", proxy: "p", passthrough: "pt", qsappend: "qsa", qsdiscard: "qsd",
  qslast: "qsl", redirect: "r", skip: "s", type: "t", backrefnoplus: "bnp", backrefernoplus: "bnp",
};

const shortNames: ReadonlySet<string> = new Set([
  ...Object.values(longNames), "bne", "bctls", "end", "unsafeallow3f", "unsafeprefixstat", "unc",
]);

const redirectNames: Readonly<Record<string, number>> = { "": 302, permanent: 301, temp: 302, seeother: 303 };

/** The server's own limit is 10000, but whatever comes to an end does so long before. */
const mostRounds = 300;

function flagsOf(written: string): Flags | string {
  const given = written === "" ? [] : splitFlags(written.replace(/,\s*\]$/, "]"));
  if (typeof given === "string") return given;
  const values = new Map<string, string>();
  const environment: string[] = [];
  for (const [name, value] of given) {
    const key = longNames[name.toLowerCase()] ?? name.toLowerCase();
    if (!shortNames.has(key)) return `unknown flag '${name}'`;
    if (key === "e") environment.push(value);
    values.set(key, value);
  }
  const redirect = redirectStatus(values.get("r"));
  if (typeof redirect === "string") return redirect;
  const has = (key: string): boolean => values.has(key);
  return {
    ignoreCase: has("nc"),
    status: has("f") ? 403 : has("g") ? 410 : redirect !== null && (redirect < 300 || redirect > 399) ? redirect : null,
    redirect,
    last: has("l"),
    end: has("end"),
    next: has("n") ? Number.parseInt(values.get("n") ?? "", 10) || mostRounds : null,
    chain: has("c"),
    skip: Math.max(Number.parseInt(values.get("s") ?? "0", 10) || 0, 0),
    proxy: has("p"),
    passThrough: has("pt"),
    handler: values.get("h") ?? null,
    environment,
    notInside: has("ns") || redirect !== null,
    discardsInfo: has("dpi"),
    escapes: has("b") || has("bctls"),
    noEscape: has("ne"),
    lastMark: has("qsl"),
    unsafePrefix: has("unsafeprefixstat"),
    allowsMark: has("unsafeallow3f"),
    query: has("qsa") ? "append" : has("qsd") ? "discard" : "replace",
  };
}

/** Statuses the server has a line for; another number is refused. */
const statuses = new Set(
  "100 101 102 103 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 421 422 423 424 426 428 429 431 451 500 501 502 503 504 505 506 507 508 510 511"
    .split(" ")
    .map(Number),
);

/** Whether a number is a status the server knows. */
export function isStatus(status: number): boolean {
  return statuses.has(status);
}

function redirectStatus(written: string | undefined): number | string | null {
  if (written === undefined) return null;
  const named = redirectNames[written.toLowerCase()];
  if (named !== undefined) return named;
  const status = Number.parseInt(written, 10);
  if (!/^\d/.test(written)) return 302;
  return isStatus(status) ? status : `invalid HTTP response code '${written}' for flag 'R'`;
}
