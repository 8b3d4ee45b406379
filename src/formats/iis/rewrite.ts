import { all, always, any, not, testText, type Condition } from "../../model/condition.ts";
import type { Effect, Evidence, Fix, Gate } from "../../model/program.ts";
import { fieldValue, text, type Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { collection, flag, sections, type Entry, type Place } from "./config.ts";
import { deny, evidence, gate, leave, set, variableIs, type Why } from "./gates.ts";
import { keepBody, withPostInPattern } from "./fixes.ts";
import { meantBy } from "./intent.ts";
import { compared, comparedUrl, groupsIn, syntaxOf, type Comparison } from "./rewrite-pattern.ts";
import { reasonOfRule } from "./rewrite-reason.ts";
import { siteRoot, textOfRule, type RewriteMap, type Texts } from "./rewrite-text.ts";
import { attribute, named, valueOf, type Element } from "./xml.ts";

/** One rule, and what its gates need. */
interface Rule {
  readonly element: Element;
  readonly action: Element;
  /** The folder whose rules these are. */
  readonly folder: string;
  /** Unique in the program; variables begin with it. */
  readonly id: string;
  readonly when: Condition;
  readonly texts: Texts;
}

const section = "system.webServer/rewrite";

/** Where the part of the path behind a folder can be read. */
export function restOf(folder: string): string {
  return `iis.rest.${folder}`;
}

/**
 * The rules of a place in order, parents' first (URL Rewrite Module Configuration Reference). A rule that redirects or
 * answers ends the matter; one that rewrites goes on, with the new URL, unless it says `stopProcessing`.
 */
export function rewriteGates(place: Place, id: string, definitions: Texts["definitions"]): readonly Gate[] {
  const maps = collection(sections(place, `${section}/rewriteMaps`), ["name"], "rewriteMap").map(mapOf);
  const entries = collection(sections(place, `${section}/rules`), ["name"], "rule").filter((entry) => flag([entry], "enabled", true));
  return [...collection(sections(place, `${section}/globalRules`), ["name"], "rule"), ...entries].flatMap((entry, index) => {
    const rule = ruleOf(entry, `${id}.${index}.`, maps, definitions);
    return rule === null ? [] : gatesOf(rule);
  });
}

function mapOf({ element }: Entry): RewriteMap {
  const entries = named(element, "add").map((one) => [valueOf(one, "key") ?? "", valueOf(one, "value") ?? ""] as const);
  return { name: valueOf(element, "name") ?? "", entries, otherwise: valueOf(element, "defaultValue") ?? "", at: element.at };
}

/** A rule without a pattern is for every URL. */
function ruleOf({ element, layer: { folder } }: Entry, id: string, maps: readonly RewriteMap[], definitions: Texts["definitions"]): Rule | null {
  const match = named(element, "match")[0] ?? element;
  const [action] = named(element, "action");
  if (action === undefined) return null;
  const syntax = syntaxOf(valueOf(element, "patternSyntax"));
  const negated = isTrue(match, "negate", false);
  const comparison: Comparison = { pattern: valueOf(match, "url") ?? "", syntax, ignoreCase: isTrue(match, "ignoreCase", true), ...(negated ? {} : { captures: `${id}r` }) };
  const url = comparedUrl(comparison, folder, restOf(folder), match.at);
  const conditions = conditionsOf(element);
  const ofCondition = (limit: number) => (group: number): Template => conditionReference(conditions.slice(0, limit), conditionsAll(element), id, group, syntax);
  const ofRule = (group: number): Template => (negated ? text("") : syntax === "exactmatch" ? text(comparison.pattern) : fieldValue(`var:${id}r${group + url.shift}`));
  const textsAt = (limit: number): Texts => ({ references: { rule: ofRule, condition: ofCondition(limit) }, maps, definitions });
  const tests = conditions.map((one, index) => conditionHolds(one, { syntax, captures: captureOf(id, index, conditionsAll(element)), texts: textsAt(index) }));
  const anyOf = named(element, "conditions").some((one) => valueOf(one, "logicalGrouping")?.toLowerCase() === "matchany");
  const fits = comparison.pattern === "" ? always : negated ? not(url.when) : url.when;
  const when = all(fits, tests.length === 0 ? always : anyOf ? any(...tests) : all(...tests));
  return { element, action, folder, id, when, texts: textsAt(conditions.length) };
}

function isTrue(element: Element, name: string, otherwise: boolean): boolean {
  const value = valueOf(element, name);
  return value === undefined ? otherwise : value.toLowerCase() === "true";
}

function conditionsOf(rule: Element): readonly Element[] {
  return named(rule, "conditions").flatMap((one) => named(one, "add"));
}

/** Whether groups of all conditions are numbered through. */
function conditionsAll(rule: Element): boolean {
  return named(rule, "conditions").some((one) => isTrue(one, "trackAllCaptures", false));
}

/** Without numbering through, each condition that matches takes the place of the one before. */
function captureOf(id: string, index: number, tracked: boolean): string {
  return tracked ? `${id}c${index}.` : `${id}c`;
}

function conditionReference(conditions: readonly Element[], tracked: boolean, id: string, group: number, syntax: Comparison["syntax"]): Template {
  if (!tracked) return fieldValue(`var:${id}c${group}`);
  let left = group;
  for (const [index, one] of conditions.entries()) {
    const groups = groupsIn(valueOf(one, "pattern") ?? "", syntax);
    if (left <= groups) return fieldValue(`var:${captureOf(id, index, true)}${left}`);
    left -= groups;
  }
  return text("");
}

interface Asked {
  readonly syntax: Comparison["syntax"];
  readonly captures: string;
  readonly texts: Texts;
}

function conditionHolds(element: Element, { syntax, captures, texts }: Asked): Condition {
  const { at } = element;
  const negated = isTrue(element, "negate", false);
  const type = valueOf(element, "matchType")?.toLowerCase() ?? "pattern";
  const input = textOfRule(valueOf(element, "input") ?? (type === "pattern" ? "" : "{REQUEST_FILENAME}"), texts, at);
  const comparison: Comparison = { pattern: valueOf(element, "pattern") ?? "", syntax, ignoreCase: isTrue(element, "ignoreCase", true), ...(negated ? {} : { captures }) };
  const held = type === "isfile" ? isFile(input, at) : type === "isdirectory" ? isDirectory(input, at) : compared(input, comparison, at);
  return negated ? not(held) : held;
}

const program = "\\.(?:php\\d?|phtml|aspx?|ashx|asmx|svc|cgi|pl|jsp|exe|dll)$";
const plain = "(?:^|/)[^./]*$";

function looksLike(input: Template, pattern: string, at: Span): Condition {
  return testText(input, { kind: "matches", pattern, ignoreCase: true, dollarEndOnly: true }, at);
}

/** Where nobody can tell: what is asked for as a program is there, and files have endings. What ends in a slash is none. */
function isFile(input: Template, at: Span): Condition {
  const there = (otherwise: boolean): Condition => testText(input, { kind: "onDisk", as: "file", otherwise }, at);
  const unknown = testText(input, { kind: "onDisk", as: "file" }, at);
  return any(all(looksLike(input, program, at), there(true)), all(looksLike(input, plain, at), there(false)), all(not(looksLike(input, program, at)), not(looksLike(input, plain, at)), unknown));
}

/** Where nobody can tell: the site itself is one, and no POST is meant for a folder without its slash. */
function isDirectory(input: Template, at: Span): Condition {
  const site = looksLike(input, `^${siteRoot}/?$`, at);
  const open = looksLike(input, "/$", at);
  return any(site, all(open, testText(input, { kind: "onDisk", as: "directory" }, at)), all(not(open), testText(input, { kind: "onDisk", as: "directory", otherwise: false }, at)));
}

function gatesOf(rule: Rule): readonly Gate[] {
  const { action, element, when } = rule;
  switch (valueOf(action, "type")?.toLowerCase() ?? "none") {
    case "redirect":
      return [redirect(rule)];
    case "customresponse":
      return [answer(rule)];
    case "abortrequest":
      return [deny(when, "reset", { ...refusal(rule), note: "cuts the connection" })];
    case "rewrite":
      return rewrite(rule);
    default:
      return [...headerGates(rule, when), ...(isTrue(element, "stopProcessing", false) ? [leave(action.at, when)] : [])];
  }
}

function around({ element }: Rule): readonly Evidence[] {
  return [evidence(element, "the rule"), ...named(element, "match").map((one) => evidence(one, "the paths it is for")), ...conditionsOf(element).slice(0, 6).map((one) => evidence(one, "a condition"))];
}

function redirect(rule: Rule): Gate {
  const { action, when } = rule;
  const status = { permanent: 301, found: 302, seeother: 303, temporary: 307 }[valueOf(action, "redirectType")?.toLowerCase() ?? "permanent"] ?? 301;
  const { path, query } = target(rule);
  const fix = status === 301 || status === 302 ? keepBody(action, "redirectType", "Temporary", 307) : null;
  return gate(when, { kind: "redirect", status, to: [...path, ...query] }, { at: action.at, note: `answers ${status}`, reason: "redirect", more: around(rule), fix, intended: meantBy(rule.element) });
}

function answer(rule: Rule): Gate {
  const { action, when } = rule;
  const status = Number(valueOf(action, "statusCode") ?? "");
  if (status >= 200 && status < 300) return gate(when, { kind: "answer", status }, { at: action.at, note: `answers ${status}`, reason: "fixed-answer", more: around(rule) });
  return deny(when, Number.isInteger(status) && status >= 400 && status <= 999 ? status : 500, refusal(rule));
}

function refusal(rule: Rule): Why {
  const reason = reasonOfRule(conditionsOf(rule.element), named(rule.element, "conditions"), syntaxOf(valueOf(rule.element, "patternSyntax")));
  return { at: rule.action.at, note: "refuses", reason, more: around(rule), fix: reason === "method" ? methodFix(rule) : null, intended: meantBy(rule.element) };
}

/** A list of methods that everything else is refused by. */
function methodFix({ element }: Rule): Fix | null {
  const own = conditionsOf(element).filter((one) => /^\{REQUEST_METHOD\}$/i.test(valueOf(one, "input") ?? "") && isTrue(one, "negate", false));
  const [only] = own;
  return own.length === 1 && only !== undefined && syntaxOf(valueOf(element, "patternSyntax")) === "ecmascript" ? withPostInPattern(only) : null;
}

/** Rewriting keeps what follows from being a test of the new URL: whether the rule holds is remembered first. */
function rewrite(rule: Rule): readonly Gate[] {
  const { action, element, id, when } = rule;
  const { at } = action;
  const url = valueOf(action, "url") ?? "";
  const held = variableIs(`${id}held`, "1", at);
  if (/^https?:\/\//i.test(url)) {
    return [set(`${id}held`, text("1"), at, when), ...headerGates(rule, held), gate(held, { kind: "accept" }, { at, note: "hands on to another server", reason: "none", more: around(rule) })];
  }
  const { path, query, keepsQuery } = target(rule);
  const change: Effect = keepsQuery ? { kind: "rewrite", path } : { kind: "rewrite", path, query: query.slice(1) };
  const headers = headerGates(rule, held);
  const stop = isTrue(element, "stopProcessing", false) ? [leave(at, held)] : [];
  return [set(`${id}held`, text("1"), at, when), gate(held, change, { at, note: "rewrites the URL", reason: "none", more: around(rule) }), ...headers, ...stop];
}

interface Target {
  readonly path: Template;
  /** With its `?`; empty where there is none. */
  readonly query: Template;
  /** The query stays what it is. */
  readonly keepsQuery: boolean;
}

/** Where an action leads: relative URLs begin at the folder of the rules. */
function target({ action, folder, texts }: Rule): Target {
  const written = valueOf(action, "url") ?? "";
  const appends = isTrue(action, "appendQueryString", true);
  const question = written.indexOf("?");
  const before = question < 0 ? written : written.slice(0, question);
  const path = textOfRule(absolute(before, folder), texts, action.at);
  if (question < 0) return { path, query: appends ? fieldValue("var:iis.question") : text(""), keepsQuery: appends };
  const query = [...text("?"), ...textOfRule(written.slice(question + 1), texts, action.at)];
  return { path, query: appends ? [...query, ...fieldValue("var:iis.further")] : query, keepsQuery: false };
}

/** A URL that begins with a variable or a value of a map says itself where it begins; a part of the old URL does not. */
function absolute(url: string, folder: string): string {
  if (/^(?:https?:|\/|\{(?!R:|\w+:\{R:))/i.test(url)) return url;
  return `${folder}/${url.replace(/^~\//, "")}`;
}

/** Headers that a rule sets before the application gets the request; those of the answer matter to nobody here. */
function headerGates({ element, texts }: Rule, when: Condition): readonly Gate[] {
  const sets = named(element, "serverVariables").flatMap((one) => named(one, "set"));
  return sets.flatMap((one): readonly Gate[] => {
    const header = /^HTTP_(\w+)$/i.exec(valueOf(one, "name") ?? "")?.[1];
    if (header === undefined || !isTrue(one, "replace", true)) return [];
    const written = attribute(one, "value")?.value ?? "";
    const what = `header:${header.toLowerCase().replaceAll("_", "-")}` as const;
    return [gate(when, { kind: "alter", what, value: written === "" ? null : textOfRule(written, texts, one.at) }, { at: one.at, note: "changes a header", reason: "none" })];
  });
}
