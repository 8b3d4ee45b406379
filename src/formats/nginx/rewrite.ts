import type { Condition } from "../../model/condition.ts";
import { all, always, test, testText } from "../../model/condition.ts";
import type { Effect, Evidence, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { evidence } from "./context.ts";
import { ifCondition, pattern } from "./conditions.ts";
import { refuseWithoutPath, splitQuery } from "./errors.ts";
import { rewriteFix } from "./fixes.ts";
import type { Entered, Site } from "./lowering.ts";
import { bookkeeping, enteredWithOther, fresh, gate, inside, isEntered, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";
import { reasonOf } from "./reason.ts";
import { returnGates } from "./return.ts";
import { isUpstream } from "./upstream.ts";
import { valueOf } from "./values.ts";

/** The rewrite directives of one block, lowered. */
export interface Rewriting {
  readonly gates: readonly Gate[];
  /** Blocks of `if` whose settings replace the location's, by the value of the variable that says so. */
  readonly swaps: readonly Entered[];
  /** A `rewrite` without `last` changed the path: the location must be chosen again. */
  readonly mayChange: boolean;
}

interface Pass {
  readonly site: Site;
  /** Where the block's rewriting ends. */
  readonly end: string;
  readonly gates: Gate[];
  readonly swaps: Entered[];
  readonly inLocation: boolean;
  mayChange: boolean;
  /** A label that the next gate must carry. */
  label: string | null;
}

/**
 * The directives of ngx_http_rewrite_module in a block, in order: `set`, `if`, `return`, `rewrite` and `break` run one
 * after the other as a small program of their own. The gate after the last must carry the label `end`.
 */
export function rewriteGates(site: Site, end: string): Rewriting {
  const swaps: Entered[] = [];
  const pass: Pass = { site: { ...site, entered: swaps }, end, gates: [], swaps, inLocation: site.context.kind === "location", mayChange: false, label: null };
  run(pass, pass.site, always, []);
  if (pass.label !== null) push(pass, gate(always, { kind: "jump", to: end }, [placeOf(site)]));
  return { gates: pass.gates, swaps: pass.swaps, mayChange: pass.mayChange };
}

/** Where a block stands, when no directive in it is meant. */
export function placeOf(site: Site): Evidence {
  const { opener } = site.context;
  if (opener !== null) return evidence(opener, "the place");
  const first = site.context.items[0]?.directive ?? site.server.context.items[0]?.directive;
  if (first === undefined) throw new Error("a block without an opener holds at least one directive");
  return evidence(first, "the place");
}

function push(pass: Pass, ...gates: readonly Gate[]): void {
  for (const each of gates) {
    if (pass.label !== null && each.label === undefined) {
      pass.gates.push({ ...each, label: pass.label });
      pass.label = null;
    } else pass.gates.push(each);
  }
}

/** Makes the next gate carry a label; one that is still waiting gets a gate of its own. */
function land(pass: Pass, label: string, because: Evidence): void {
  if (pass.label !== null) push(pass, gate(always, { kind: "jump", to: label }, [because]));
  pass.label = label;
}

function run(pass: Pass, site: Site, when: Condition, ifs: readonly Evidence[]): void {
  for (const { directive, block } of site.context.items) {
    if (block?.kind === "if") runIf(pass, inside(pass.site, block), directive);
    else runSimple(pass, site, directive, all(when, written(directive)), ifs);
  }
}

function runSimple(pass: Pass, site: Site, directive: Directive, when: Condition, ifs: readonly Evidence[]): void {
  switch (directive.name.value) {
    case "set":
      use(site, directive);
      return runSet(pass, site, directive, when, ifs);
    case "return":
      use(site, directive);
      return push(pass, ...behindIfs(site, when, directive, (place, there) => returnGates(place, directive, there, ifs)));
    case "rewrite":
      use(site, directive);
      return runRewrite(pass, site, directive, when, ifs);
    case "break":
      use(site, directive);
      if (pass.mayChange) push(pass, broken(directive, when, ifs));
      return push(pass, gate(when, { kind: "jump", to: pass.end }, [evidence(directive, "stops the rewriting"), ...ifs]));
    default:
  }
}

/** What may be refused has the error pages of the `if` that was entered last. */
function behindIfs(site: Site, when: Condition, directive: Directive, gates: (place: Site, when: Condition) => readonly Gate[]): readonly Gate[] {
  const others = enteredWithOther(site, "error_page", "recursive_error_pages");
  return [...others.flatMap((one) => gates(inside(site, one.context), all(when, isEntered(one, directive.head)))), ...gates(site, when)];
}

/** A changed path is then kept: the location is not chosen again, and `proxy_pass` puts no path of its own in. */
function broken(directive: Directive, when: Condition, ifs: readonly Evidence[]): Gate {
  const changed = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("1") }, directive.head);
  return gate(all(when, changed), { kind: "set", variable: bookkeeping.changed, value: text("kept") }, [evidence(directive, "keeps the changed path"), ...ifs]);
}

/** One `return` or `set` alone becomes one gate; anything else is jumped over unless the condition holds. */
function runIf(pass: Pass, site: Site, directive: Directive): void {
  const because: Evidence = evidence(directive, "under this condition");
  const rewriting = site.context.items.filter((item) => ["set", "return", "rewrite", "break"].includes(item.directive.name.value));
  const [only] = rewriting;
  const condition = ifCondition(pass.site, directive, only !== undefined && isRefusal(only.directive));
  const swap = pass.inLocation && swaps(pass.site.context);
  const settles = only?.directive.name.value === "return" || (only?.directive.name.value === "set" && rewriting.length === 1);
  if (only !== undefined && settles && (!swap || only.directive.name.value === "return")) {
    noteTopics(pass, site, condition);
    return runSimple(pass, site, only.directive, all(condition, written(only.directive)), [because]);
  }
  const then = fresh(site.low, "then");
  const after = fresh(site.low, "after");
  noteTopics(pass, site, condition);
  push(pass, gate(condition, { kind: "jump", to: then }, [because]), gate(always, { kind: "jump", to: after }, [because]));
  land(pass, then, because);
  if (swap) {
    const value = fresh(site.low, "if");
    pass.swaps.push({ value, context: site.context });
    push(pass, gate(always, { kind: "set", variable: bookkeeping.ifBlock, value: text(value) }, [because]));
    const handsOn = site.context.items.findLast((item) => isUpstream(item.directive.name.value))?.directive.name.value;
    if (handsOn !== undefined) push(pass, gate(always, { kind: "set", variable: bookkeeping.ifHandler, value: text(handsOn) }, [because]));
  }
  run(pass, site, always, [because]);
  land(pass, after, because);
}

function isRefusal({ name, args: [status] }: Directive): boolean {
  return name.value === "return" && /^4\d\d$/.test(status?.value ?? "");
}

// What `if` sets is about what `if` asks: a later test of the flag is a test of the method, say.
function noteTopics(pass: Pass, site: Site, condition: Condition): void {
  for (const { directive } of site.context.items) {
    const name = directive.name.value === "set" ? directive.args[0]?.value.slice(1).toLowerCase() : undefined;
    if (name === undefined) continue;
    const known = pass.site.low.topics.get(name) ?? new Set();
    const reason = reasonOf(pass.site.low, condition);
    if (reason !== "fixed-answer") known.add(reason);
    pass.site.low.topics.set(name, known);
  }
}

const REWRITING: ReadonlySet<string> = new Set(["set", "return", "rewrite", "break"]);

/**
 * Whether entering an `if` of the location changes more than variables: it drops `try_files`, and brings its own
 * settings or takes back those of another.
 */
function swaps(location: Context): boolean {
  if (location.items.some(({ directive }) => directive.name.value === "try_files")) return true;
  return location.items.some(({ block }) => block?.kind === "if" && block.items.some(({ directive }) => !REWRITING.has(directive.name.value)));
}

/** Variables of nginx's own that `set` can change, and what that changes. */
function runSet(pass: Pass, site: Site, directive: Directive, when: Condition, ifs: readonly Evidence[]): void {
  const [name, value] = directive.args;
  if (name === undefined || value === undefined || !name.value.startsWith("$")) return;
  const variable = name.value.slice(1).toLowerCase();
  const to = valueOf(site, value);
  const effect: Effect = variable === "args" ? { kind: "rewrite", query: to } : { kind: "set", variable, value: to };
  const because: [Evidence, ...Evidence[]] = [evidence(directive, `sets ${name.value}`), ...ifs];
  if (variable === "args") push(pass, ...reparsedGates(site, when, because));
  push(pass, gate(when, effect, because));
}

/** What is sent on is then put together again from the path, instead of being what the client wrote. */
function reparsedGates(site: Site, when: Condition, because: [Evidence, ...Evidence[]]): readonly Gate[] {
  return site.low.findsOtherFiles ? [gate(when, { kind: "set", variable: bookkeeping.reparsed, value: text("1") }, because)] : [];
}

interface Rewrite {
  readonly matches: Condition;
  readonly path: Template;
  readonly query: Template;
  readonly redirect: 301 | 302 | null;
  readonly to: Template;
  readonly flag: string;
}

function readRewrite(site: Site, directive: Directive): Rewrite | null {
  const [regex, replacement, flagWord] = directive.args;
  if (regex === undefined || replacement === undefined) return null;
  const flag = flagWord?.value ?? "";
  const matches: Condition = regex.template
    ? { kind: "unknown", key: `rewrite ${regex.value}`, why: `the pattern \`${regex.value}\``, reads: ["path"], at: regex.at }
    : test("path", pattern(regex.value, false, "emptied"), directive.head);
  // A `?` at the end drops the old query (ngx_http_rewrite: add_args).
  const dropsQuery = replacement.value.endsWith("?");
  const word = dropsQuery ? { ...replacement, value: replacement.value.slice(0, -1) } : replacement;
  const { path, query } = splitQuery(valueOf(site, word), true);
  const old = fieldValue("query");
  const newQuery = dropsQuery ? query : query.length === 0 ? old : [...query, ...fieldValue("var:and_args")];
  const external = /^https?:\/\/|^\$scheme/.test(replacement.value);
  const redirect = flag === "permanent" ? 301 : flag === "redirect" || external ? 302 : null;
  const to = dropsQuery || query.length > 0 ? [...path, ...(newQuery.length === 0 ? [] : [...text("?"), ...newQuery])] : [...path, ...fieldValue("var:is_args"), ...old];
  return { matches, path, query: newQuery, redirect, to, flag };
}

/** "The rewritten URI has a zero length" (ngx_http_script_regex_end_code). */
function nothingLeft(site: Site, when: Condition, because: readonly [Evidence, ...Evidence[]]): readonly Gate[] {
  return refuseWithoutPath(site, { when, status: 500, because, more: { reason: "broken-configuration" } });
}

function runRewrite(pass: Pass, site: Site, directive: Directive, when: Condition, ifs: readonly Evidence[]): void {
  const found = readRewrite(site, directive);
  if (found === null) return;
  const { path, query, redirect, to, flag } = found;
  const matches = all(when, found.matches);
  const because: [Evidence, ...Evidence[]] = [evidence(directive, redirect === null ? "changes the path" : `redirects with ${redirect}`), ...ifs];
  if (redirect !== null) {
    const fix = rewriteFix(directive, redirect);
    return push(pass, gate(matches, { kind: "redirect", status: redirect, to }, because, { reason: "redirect", ...(fix === null ? {} : { fix }) }));
  }
  if (path[0]?.kind !== "text") {
    const nothing = all(matches, testText(path, { kind: "equals", value: [] }, directive.head));
    push(pass, ...behindIfs(site, nothing, directive, (place, there) => nothingLeft(place, there, because)));
  }
  if (flag === "last" && pass.inLocation) {
    return push(pass, ...reparsedGates(site, matches, because), gate(matches, { kind: "reroute", stage: site.server.inside, path, query }, because));
  }
  const then = fresh(site.low, "then");
  const after = fresh(site.low, "after");
  push(pass, gate(matches, { kind: "jump", to: then }, because), gate(always, { kind: "jump", to: after }, because));
  push(pass, gate(always, { kind: "rewrite", path, query }, because, { label: then }), ...reparsedGates(site, always, because));
  pass.mayChange = true;
  if (!pass.inLocation) push(pass, gate(always, { kind: "set", variable: bookkeeping.redirected, value: text("1") }, because));
  const state = flag === "break" ? "kept" : pass.inLocation ? "1" : null;
  if (state !== null) push(pass, gate(always, { kind: "set", variable: bookkeeping.changed, value: text(state) }, because));
  if (flag === "last" || flag === "break") push(pass, gate(always, { kind: "jump", to: pass.end }, because));
  land(pass, after, because[0]);
}
