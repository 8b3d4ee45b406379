import type { Condition } from "../../model/condition.ts";
import { all, any, not, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { ruleFix } from "./fixes.ts";
import { because, deny, fixable, gate, jump, label, matches, quoted, set, variable, variableIs } from "./gates.ts";
import type { Captures } from "./rewrite-conditions.ts";
import { capturesOf, condsHold, expandText } from "./rewrite-conditions.ts";
import { leaveOpen } from "./handler.ts";
import { takenByProxy } from "./proxy.ts";
import type { Rule } from "./rewrite-parse.ts";
import { afterwards } from "./rewrite-outcome.ts";
import { environmentGates, readEarly } from "./rewrite-environment.ts";
import { encodedGroups, readsMemory } from "./rewrite-groups.ts";
import { mayBeOwn, reduced } from "./rewrite-own.ts";
import { foreignMark, splitQuery } from "./rewrite-question-mark.ts";
import { reasonOfRule } from "./rewrite-reason.ts";
import { handlerKind } from "./settings.ts";
import { badQuery, fileOf, isRedirect, isUrl, ofProxy, pathOf, urlOf, whyOf, type RewriteContext, type Step, type Target } from "./rewrite-step.ts";
import type { Names } from "./variables.ts";

/** The gates that run a list of rules, and what happens when one of them has rewritten the request. */
export interface Rewriting {
  readonly gates: readonly Gate[];
  /** Come into force when the phase is over: a Redirect of the same phase wins. */
  readonly afterwards: readonly Gate[];
}

/** Lowers the rules of one place. The first gate to be entered is the first of `gates`; the last one is a label. */
export function rewriting(rules: readonly Rule[], context: RewriteContext, stage: string): Rewriting {
  const redirected = rules.some(({ flags }) => flags.redirect !== null && !flags.last);
  const names: Names = { ...context.names, file: variable(fileOf(context)), query: variable("rw.args") };
  const targets = rules.map((rule, index): Omit<Step, "fillsQuery"> => {
    const name = `${context.id}.${index}`;
    const captures = capturesOf(rule, `${name}.`);
    return { rule, name, captures, names, target: readEarly(targetOf(rule, captures, names, context, redirected), rule, name), context };
  });
  const fillsQuery = targets.some(({ target }) => target?.query?.some((part) => part.kind !== "text") === true) && !rules.some(({ flags }) => flags.escapes);
  const steps = targets.map((one): Step => ({ ...one, fillsQuery }));
  const done = `${context.id}.done`;
  const gates = steps.flatMap((step, index) => {
    const own = stepGates(step, `${context.id}.${endOfChain(rules, index)}`, `${context.id}.${Math.min(index + 1 + step.rule.flags.skip, steps.length)}`, done);
    return [label(step.name, step.rule.placed.node.span), ...own];
  });
  const last = [label(`${context.id}.${steps.length}`, context.at), label(done, context.at)];
  const start = [...beginning(context), set("rw.done", "", context.at), set("rw.status", "", context.at), ...(rules.some(({ flags }) => flags.next !== null) ? [set(`${context.id}.rounds`, "0", context.at)] : []), label(`${context.id}.again`, context.at), set("rw.matched", "", context.at)];
  return { gates: [...start, ...gates, ...last, ...newUrl(context, Math.max(0, ...rules.map(climbs))), ...steps.flatMap(blankQuery), ...steps.flatMap(badPath), ...steps.flatMap(sentAtEnd)], afterwards: steps.flatMap((step) => afterwards(step, stage, statusesOf(steps))) };
}

/** The rule after the last one of the chain a rule belongs to. */
function endOfChain(rules: readonly Rule[], index: number): number {
  let last = index;
  while (rules[last]?.flags.chain === true && last < rules.length) last += 1;
  return Math.min(last + 1, rules.length);
}

function beginning(context: RewriteContext): readonly Gate[] {
  const { at, section } = context;
  const args = set("rw.args", [{ kind: "field", field: "query" }], at);
  if (section === null) return [args, set(fileOf(context), [{ kind: "field", field: "path" }], at), set(pathOf(context), [{ kind: "field", field: "path" }], at)];
  // A file that a proxy stands for is the URL it is fetched from.
  const handed = context.proxies ? [set("rw.handed", "", at), set("rw.handed", "yes", at, takenByProxy(at))] : [];
  return [args, set("rw.ran", "yes", at), set("rw.from", variable("file"), at), ...handed, set(fileOf(context), variable("rw.from"), at), ...relative(context, [...variable("rw.from"), ...variable("info")])];
}

/** What patterns are matched against, which is the path below the directory, or what another section is called, when it lies there. */
function relative(context: RewriteContext, whole: Template): readonly Gate[] {
  const { at, section, id } = context;
  const plain = set(pathOf(context), whole, at);
  if (section === null) return [plain];
  const below = matches(whole, `^${quoted(section.directory ?? section.prefix)}(.*)$`, at, { captures: `${id}.below` });
  return [plain, set(pathOf(context), variable(`${id}.below1`), at, below)];
}

function targetOf(rule: Rule, captures: Captures, names: Names, context: RewriteContext, redirected: boolean): Target | null {
  const { substitution, flags } = rule;
  if (substitution === "-" || flags.status !== null) return null;
  const mark = questionMark(substitution);
  const path = expandText(mark < 0 ? substitution : substitution.slice(0, mark), captures, names);
  const query = mark < 0 ? (flags.query === "discard" ? [] : null) : expandText(substitution.slice(mark + 1), captures, names);
  const kind = kindOf(substitution);
  const open = (kind === "url" && flags.redirect === null && mayBeOwn(path, context)) || (redirected && /^%\{(REQUEST|SCRIPT)_FILENAME\}/i.test(substitution));
  return { kind: open ? "either" : kind, path, query };
}

/** The first `?` that is not part of a variable such as `%{HTTP:...}`. */
function questionMark(substitution: string): number {
  let depth = 0;
  for (let at = 0; at < substitution.length; at += 1) {
    const char = substitution[at];
    if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    else if (char === "?" && depth <= 0) return at;
  }
  return -1;
}

function kindOf(substitution: string): Target["kind"] {
  if (/^([a-z][a-z0-9+.-]*|%\{[^}]*\}|[$%]\d):\/\//i.test(substitution)) return "url";
  if (/^https?%\{/i.test(substitution) || /^http%\d?:\/\//i.test(substitution)) return "url";
  if (substitution.startsWith("/") || /^%\{(REQUEST_URI|DOCUMENT_ROOT|REQUEST_FILENAME|ENV:BASE)\}/i.test(substitution)) return "path";
  return /^[$%]/.test(substitution) ? "either" : "relative";
}

/** When a rule fires: its pattern, then its conditions. */
function fires({ rule, captures, names, context }: Step): Condition {
  const { node, guard } = rule.placed;
  const capture = captures.rule === null ? {} : { captures: captures.rule };
  const match = matches(variable(pathOf(context)), rule.pattern, node.span, { ignoreCase: rule.flags.ignoreCase, ...capture });
  const outside = rule.flags.notInside ? [not(variableIs("index", "yes", node.span))] : [];
  return all(guard, ...outside, rule.negated ? not(match) : match, condsHold(rule, captures, names));
}

function stepGates(step: Step, afterChain: string, afterSkip: string, done: string): readonly Gate[] {
  const { flags } = step.rule;
  const at = step.rule.placed.node.span;
  const when = fires(step);
  if (readsMemory(step.rule)) return [leaveOpen(when, at, "takes a group of an expression")];
  if (flags.status !== null && flags.environment.length === 0 && !flags.chain) return statusGates(step, when, flags.status);
  const fired = variableIs("rw.matched", step.name, at);
  if (step.context.section?.prefix.includes("?") === true && (step.target?.kind === "relative" || step.target?.kind === "either") && !isRedirect(step) && !flags.proxy) return [leaveOpen(when, at, "puts a pattern with a question mark before a path")];
  const gates: Gate[] = [set("rw.matched", step.name, at, when), ...foreignMark(step, fired), ...environmentGates(step, fired)];
  if (flags.chain) gates.push(jump(afterChain, at, not(fired)));
  if (flags.status !== null) gates.push(...statusGates(step, fired, flags.status));
  if (flags.handler !== null) gates.push(set("forced", handlerKind(flags.handler), at, fired), set("forced.name", flags.handler.toLowerCase(), at, fired), set("rw.handler", handlerKind(flags.handler), at, fired));
  gates.push(...encodedGroups(step, fired), ...substitute(step, fired));
  if (flags.end) gates.push(set("end", "yes", at, all(fired, variableIs("index", "", at))));
  if (flags.last || flags.end || flags.proxy || flags.passThrough) gates.push(jump(done, at, fired));
  else if (flags.next !== null) gates.push(...nextRound(step, flags.next, fired));
  else if (flags.skip > 0) gates.push(jump(afterSkip, at, fired));
  return gates;
}

/** The flag N: from the top, but not for ever. */
function nextRound(step: Step, most: number, fired: Condition): readonly Gate[] {
  const { context, rule } = step;
  const at = rule.placed.node.span;
  const rounds = `${context.id}.rounds`;
  const tooMany = testText(variable(rounds), { kind: "number", is: ">=", value: text(String(most - 1)) }, at);
  return [
    gate(fired, { kind: "score", variable: rounds, add: text("1") }, because(at, "is counted"), "none"),
    ...blankBefore(step, all(fired, tooMany)),
    deny(all(fired, tooMany), 500, because(at, "begins again and again"), "loop"),
    jump(`${context.id}.again`, at, fired),
  ];
}

/** Before a status is answered, the query is looked at that the rules have made. */
function blankBefore(step: Step, when: Condition): readonly Gate[] {
  return step.fillsQuery ? [badQuery(step, all(when, not(isUrl(variable(fileOf(step.context)), step.rule.placed.node.span))))] : [];
}

function statusGates(step: Step, when: Condition, status: number): readonly Gate[] {
  const blank = blankBefore(step, when);
  if (status >= 200 && status < 300) return [...blank, gate(when, { kind: "answer", status }, whyOf(step, `answers ${status}`), "fixed-answer")];
  return [...blank, deny(when, status, whyOf(step, "refuses"), reasonOfRule(step.rule))];
}

/** Gates that put the substitution in place, for rules that have one. */
function substitute(step: Step, fired: Condition): readonly Gate[] {
  const { target, context, rule } = step;
  if (target === null) return [];
  const at = rule.placed.node.span;
  const gates: Gate[] = [...queryGates(step, target, fired)];
  const handed = context.section === null ? [set("proxied", [{ kind: "text", text: "proxy:" }, ...target.path], at, fired)] : [set("proxied.late", "yes", at, fired), set("late.url", target.path, at, fired)];
  if (rule.flags.proxy) return [...gates, badQuery(step, fired), ...handed, set("rw.done", "", at, fired)];
  if (isRedirect(step) && rule.flags.last) return [...gates, ...redirectGates(step, target, fired)];
  const inside = prefixed(step, context.section === null ? "/" : context.section.prefix, "", fired);
  const beneath: Template = [...inside.prefix, ...target.path];
  gates.push(...inside.gates, set(fileOf(context), target.kind === "relative" ? beneath : target.path, at, fired));
  if (target.kind === "either") {
    const rooted = testText(target.path, { kind: "startsWith", value: text("/") }, at);
    const absolute = isUrl(target.path, at);
    gates.push(set(fileOf(context), beneath, at, all(fired, not(any(rooted, absolute)))));
  }
  if (context.proxies) gates.push(set("rw.handed", "", at, target.kind === "either" ? all(fired, not(ofProxy(context, at))) : fired));
  gates.push(...splitQuery(step, fired), ...reduced(step, fired), ...oneSlash(step, fired), ...qualify(step, fired), set("rw.done", step.name, at, fired));
  if (rule.flags.discardsInfo) gates.push(set("info", "", at, fired));
  if (rule.flags.last || rule.flags.end) return gates;
  const next = context.section === null ? variable(fileOf(context)) : [...variable(fileOf(context)), ...variable("info")];
  return [...gates, ...relative(context, next).map((one) => ({ ...one, when: all(fired, one.when) }))];
}

/** What is put before a relative substitution: the section's own prefix, but not while a proxy stands for the file. */
function prefixed({ context, rule }: Step, prefix: string, ofProxy: string, fired: Condition): { readonly prefix: Template; readonly gates: readonly Gate[] } {
  const at = rule.placed.node.span;
  if (!context.proxies) return { prefix: [{ kind: "text", text: prefix }], gates: [] };
  return { prefix: variable("rw.beneath"), gates: [set("rw.beneath", prefix, at, fired), set("rw.beneath", ofProxy, at, all(fired, variableIs("rw.handed", "yes", at)))] };
}

/** Slashes that a path begins with are one, unless the rule is written with more. */
function oneSlash({ rule, name, target, context }: Step, fired: Condition): readonly Gate[] {
  if (rule.flags.redirect !== null || target?.kind === "relative" || rule.substitution.startsWith("//") || !/^\/?[$%]/.test(rule.substitution)) return [];
  const at = rule.placed.node.span;
  const several = matches(variable(fileOf(context)), "^//+(.*)$", at, { captures: `${name}.slash` });
  return [set(fileOf(context), [{ kind: "text", text: "/" }, ...variable(`${name}.slash1`)], at, all(fired, several))];
}

/** A redirect that is not the last rule: the rules after it see the whole URL. */
function qualify({ rule, target, context }: Step, fired: Condition): readonly Gate[] {
  const at = rule.placed.node.span;
  const file = variable(fileOf(context));
  const redirects = (status: string, when: Condition): readonly Gate[] => [set("rw.status", status, at, when), set("status", status, at, when)];
  if (rule.flags.redirect === null) return target?.kind === "url" || target?.kind === "either" ? redirects("302", target.kind === "url" ? fired : all(fired, isUrl(file, at))) : [];
  const origin: Template = [{ kind: "field", field: "scheme" }, { kind: "text", text: "://" }, { kind: "field", field: "header:host" }];
  const rooted = testText(file, { kind: "startsWith", value: text("/") }, at);
  const absolute = isUrl(file, at);
  return [
    ...redirects(String(rule.flags.redirect), fired),
    set(fileOf(context), [{ kind: "text", text: "/" }, ...file], at, all(fired, not(any(rooted, absolute)))),
    set(fileOf(context), [...origin, ...file], at, all(fired, not(absolute))),
  ];
}

function queryGates(step: Step, target: Target, fired: Condition): readonly Gate[] {
  const at = step.rule.placed.node.span;
  if (target.query === null) return [];
  if (step.rule.flags.query !== "append" || target.query.length === 0) {
    return step.rule.flags.query === "append" ? [] : [set("rw.args", target.query, at, fired)];
  }
  const joined: Template = [...target.query, { kind: "text", text: "&" }, ...variable("rw.args")];
  const trailing = matches(variable("rw.args"), "^(.*)&$", at, { captures: `${step.name}.args` });
  const given = target.query.some((part) => part.kind === "text") ? fired : all(fired, not(testText(target.query, { kind: "equals", value: text("") }, at)));
  return [set("rw.args", joined, at, given), set("rw.args", variable(`${step.name}.args1`), at, all(fired, trailing))];
}

function redirectGates(step: Step, target: Target, when: Condition): readonly Gate[] {
  const status = step.rule.flags.redirect ?? 302;
  const prefix = step.context.section === null ? "/" : ((step.context.section.directory === "/" ? null : step.context.section.base) ?? step.context.section.sentPrefix);
  // What a condition captured comes from a URL, and has its slash.
  const bare = target.kind === "relative" || (target.kind === "either" && step.context.section !== null && step.rule.substitution.startsWith("$"));
  // A pattern that stands for the directory may hold a question mark, behind which the query begins.
  const cut = bare && prefix.includes("?") && target.query === null ? [set("rw.args", "", step.rule.placed.node.span, when)] : [];
  const before = prefixed(step, prefix, "/", when);
  const path: Template = bare ? [...before.prefix, ...target.path] : target.path;
  return [...cut, ...(bare ? before.gates : []), ...sentTo(step, status, path, when)];
}

/** A redirect, with the query the rules have left. */
function sentTo(step: Step, status: number, path: Template, when: Condition): readonly Gate[] {
  const at = step.rule.placed.node.span;
  const none = testText(variable("rw.args"), { kind: "equals", value: text("") }, at);
  const to: Template = [...path, ...variable("rw.tail")];
  return [
    set("rw.tail", "", at, when),
    set("rw.tail", [{ kind: "text", text: "?" }, ...variable("rw.args")], at, all(when, not(none))),
    ...(step.rule.flags.noEscape ? [badQuery(step, when)] : [set("rw.tail", [{ kind: "text", text: "?" }, { kind: "unknown", key: "the query, encoded again" }], at, all(when, encodedAgain(at)))]),
    redirecting(step, gate(when, { kind: "redirect", status, to }, whyOf(step, "redirects"), "redirect")),
  ];
}

/** Whoever is sent away for not saying where a request comes from is refused, and a redirect that keeps the body is no help. */
function redirecting({ rule }: Step, one: Gate): Gate {
  if (one.effect.kind !== "redirect" || reasonOfRule(rule) === "cross-site") return { ...one, reason: "cross-site" };
  return fixable(one, ruleFix(rule, one.effect.status));
}

/** A query that rules have changed is encoded once more, and with it what was encoded in it. */
function encodedAgain(at: Span): Condition {
  return all(matches(variable("rw.args"), "%", at), not(testText(variable("rw.args"), { kind: "equals", value: [{ kind: "field", field: "query" }] }, at)));
}

/** How often a substitution leads to the folder above, as far as anybody would write it. */
export function climbs({ substitution }: Pick<Rule, "substitution">): number {
  return Math.min(substitution.split("../").length - 1, 10);
}

/** The URL a rewritten file stands for: the base, if there is one, in place of the directory; else without the document root. */
function newUrl(list: RewriteContext, upwards: number): readonly Gate[] {
  const { id, section, documentRoot, rooted, context, at } = list;
  const [file, url] = [variable(fileOf(list)), urlOf(list)];
  if (section === null) return [];
  const gates = [set(url, file, at)];
  if (section.base !== null) {
    const inside = matches(file, `^${quoted(section.directory ?? section.prefix)}(.*)$`, at, { captures: `${id}.base` });
    gates.push(set(url, [{ kind: "text", text: section.base }, ...variable(`${id}.base1`)], at, inside));
    const outside = documentRoot === null || !rooted || context ? [] : [matches(file, `^${quoted(documentRoot)}/(.*)$`, at, { captures: `${id}.out` })];
    gates.push(...outside.map((one) => set(url, variable(`${id}.out1`), at, all(not(inside), variableIs("context.prefix", "", at), one))));
  } else if (documentRoot !== null) {
    const inside = matches(file, `^${quoted(documentRoot)}(/.*)$`, at, { captures: `${id}.base` });
    gates.push(set(url, variable(`${id}.base1`), at, inside));
  }
  const folder = matches(variable(url), "^(.*/)(?:[^/.]|\\.[^/.])[^/]*/\\.\\./(.*)$", at, { captures: `${id}.up` });
  const up = set(url, [...variable(`${id}.up1`), ...variable(`${id}.up2`)], at, folder);
  return [...gates, ...Array.from({ length: upwards }, () => up)];
}

/** A query is looked at before the path is, unless both are encoded anew for a redirect. */
function blankQuery(step: Step): readonly Gate[] {
  const { target, rule, context } = step;
  if (target === null || rule.flags.proxy || isRedirect(step)) return [];
  const at = rule.placed.node.span;
  const last = variableIs("rw.done", step.name, at);
  return [badQuery(step, target.kind === "either" ? all(last, not(isUrl(variable(fileOf(context)), at))) : last)];
}

/** In a section that is no directory, a relative substitution gives no path, and the server refuses it. */
function badPath(step: Step): readonly Gate[] {
  const { section, proxies } = step.context;
  const file = variable(fileOf(step.context));
  if (section === null || (section.prefix.startsWith("/") && !proxies) || step.target === null || step.rule.flags.proxy || isRedirect(step)) return [];
  const at = step.rule.placed.node.span;
  const rooted = testText(file, { kind: "startsWith", value: text("/") }, at);
  return [deny(all(variableIs("rw.done", step.name, at), not(rooted), not(isUrl(file, at)), ...(proxies ? [not(ofProxy(step.context, at))] : [])), 400, whyOf(step, "gives no path"), "broken-configuration")];
}

/** The statuses of redirects after which further rules are asked. */
function statusesOf(steps: readonly Step[]): readonly number[] {
  const goingOn = steps.filter(({ rule }) => !rule.flags.last);
  const said = goingOn.flatMap((step) => (isRedirect(step) ? [step.rule.flags.redirect ?? 302] : []));
  const unsaid = goingOn.some(({ target, rule }) => target?.kind === "either" && (said.length > 0 || !rule.substitution.startsWith("$")));
  return [...new Set([...said, ...(unsaid ? [302] : [])])];
}

/** A redirect that other rules came after is sent when all have been asked. */
function sentAtEnd(step: Step): readonly Gate[] {
  const { target, rule, context } = step;
  const file = variable(fileOf(context));
  if (target === null || rule.flags.proxy || (isRedirect(step) ? rule.flags.last : target.kind !== "either")) return [];
  const at = rule.placed.node.span;
  const when = all(variableIs("rw.done", step.name, at), isUrl(file, at));
  return [...withBase(step, when), ...sentTo(step, rule.flags.redirect ?? 302, file, when)];
}

/** A URL on this server whose path is the directory's gets the base in its place. */
function withBase({ context, name, rule }: Step, when: Condition): readonly Gate[] {
  const { section } = context;
  if (section === null || section.base === null || section.directory === "/") return [];
  const at = rule.placed.node.span;
  const inside = matches(variable(fileOf(context)), `^([a-z][a-z0-9+.-]*://[^/]*)${quoted((section.directory ?? section.prefix).replace(/^(?!\/)/, "/"))}(.*)$`, at, { ignoreCase: true, captures: `${name}.sent` });
  return [set(fileOf(context), [...variable(`${name}.sent1`), { kind: "text", text: section.base }, ...variable(`${name}.sent2`)], at, all(when, inside))];
}
