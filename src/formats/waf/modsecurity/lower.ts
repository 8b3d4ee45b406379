import { all, always, any, isNever, never, not, test, testText, type Condition } from "../../../model/condition.ts";
import type { Case, Evidence, Gate, Program } from "../../../model/program.ts";
import { text } from "../../../model/template.ts";
import { selects } from "../../../model/read.ts";
import type { Span } from "../../../source.ts";
import { assignmentsOf, controlsOf, countersOf, disruptiveEffect, readsOf, type Assignment } from "./actions.ts";
import { actionValue, type Configuration, type Entry, type RuleEntry } from "./configuration.ts";
import { exclusionsOf } from "./exclusions.ts";
import { guarded, lowerRule, type Lowering } from "./gates.ts";
import { limitGates } from "./limits.ts";
import { ALLOWED, BASENAME, BODY_OFF, ENGINE, hasMacro, macroVariables, PARSE_ERROR, PROCESSOR, REQUEST_URI, STRICT_ERROR, txName } from "./macros.ts";
import type { ReadData } from "./operators.ts";
import type { Rule } from "./tree.ts";

/** Lowers a configuration to one scope: phase 1, the body limits, phase 2. What comes later cannot stop a request any more. */
export function lower(configuration: Configuration, at: Span, readFor: (entry: RuleEntry) => ReadData): Program {
  const ignored: Evidence[] = [...configuration.ignored];
  const missing: Evidence[] = [...configuration.missing];
  const rules = decidingRules(configuration, ignored);
  const controls = rules.flatMap((entry) => linksOf(entry).flatMap((rule) => controlsOf(rule.actions)));
  const assigned = rules.flatMap((entry) => linksOf(entry).flatMap((rule) => assignmentsOf(rule.actions)));
  const controlled = (name: string, value: string): boolean => controls.some((control) => control.name === name && control.value.toLowerCase() === value);
  const places = configuration.enginePlaces;
  const enforcing = enforcingCondition(configuration, (value) => controlled("ruleengine", value) || places.some((place) => place.engine === value), at);
  const body = bodyCondition(configuration, (value) => controlled("requestbodyaccess", value), at);
  const jumps = jumpsOf(configuration.entries);
  const lowering: Lowering = {
    body,
    enforcing,
    exclusions: exclusionsOf(rules),
    live: liveVariables(rules),
    knownTx: new Set(assigned.map(({ name }) => name)),
    counters: new Set(configuration.entries.flatMap((entry) => (entry.kind === "rule" ? linksOf(entry).flatMap((rule) => countersOf(rule.actions)) : []))),
    literalsOf: (name) => literalsAssigned(assigned, name),
    readFor,
    jumpOf: (entry) => jumps.get(entry) ?? null,
  };
  if (configuration.engine === null && !places.some((place) => place.early)) missing.push({ at, note: "the files do not say whether the rule engine is on; it is taken to be" });
  const setUp = setUpVersion(rules, at, missing);
  const phase = (number: number): readonly Gate[] => phaseGates(configuration.entries, number, lowering, new Set(jumps.values()), ignored);
  const silent = isNever(enforcing);
  if (silent) ignored.push({ at: configuration.engine?.at ?? at, note: "the rule engine is not on, so no rule refuses anything" });
  const chains = silent
    ? []
    : [
        { name: "phase 1", gates: [...placeGates(configuration, true), ...phase(1)] },
        { name: "request body", gates: limitGates(configuration, body) },
        { name: "phase 2", gates: [...allowedGates(rules), ...placeGates(configuration, false), ...phase(2)] },
      ];
  return {
    format: "modsecurity",
    layer: "waf",
    at,
    stages: { main: [{ name: "all requests", when: always, chains, handler: "next", at }] },
    entry: "main",
    definitions: { ...definitionsOf(configuration, body, at), ...setUp },
    reroutes: { limit: 0, status: 500 },
    ignored,
    missing,
  };
}

function linksOf(entry: RuleEntry): readonly Rule[] {
  return [entry.rule, ...entry.rule.links];
}

function literalsAssigned(assigned: readonly Assignment[], name: string): readonly string[] | null {
  const values = assigned.filter((assignment) => assignment.name === name);
  const literal = values.every(({ by, value }) => by === "set" && value !== null && !hasMacro(value));
  return literal && values.length > 0 ? [...new Set(values.map(({ value }) => value ?? ""))] : null;
}

/** Rules of phases 1 and 2 that no directive took away; the others are ignored with the reason. */
function decidingRules(configuration: Configuration, ignored: Evidence[]): readonly RuleEntry[] {
  return configuration.entries.filter((entry) => entry.kind === "rule").filter((entry) => {
    const why = entry.removed !== null ? "is removed later" : entry.phase > 2 ? "acts on the response or only logs" : null;
    if (why !== null) ignored.push({ at: entry.rule.span, note: why });
    return why === null;
  });
}

function enforcingCondition(configuration: Configuration, changes: (to: string) => boolean, at: Span): Condition {
  const on = configuration.engine === null || configuration.engine.value === "on";
  if (on) return changes("detectiononly") ? not(test(`var:${ENGINE}`, { kind: "in", values: ["detectiononly"] }, at)) : always;
  return changes("on") ? test(`var:${ENGINE}`, { kind: "in", values: ["on"] }, at) : never;
}

/** Bodies are read only when SecRequestBodyAccess says so; files that leave out the engine too are taken as part of a set-up that does. */
function bodyCondition(configuration: Configuration, changes: (to: string) => boolean, at: Span): Condition {
  const on = configuration.bodyAccess === null ? configuration.engine === null : configuration.bodyAccess.value === "on";
  if (on) return changes("off") ? not(test(`var:${BODY_OFF}`, { kind: "in", values: ["off"] }, at)) : always;
  return changes("on") ? test(`var:${BODY_OFF}`, { kind: "in", values: ["on"] }, at) : never;
}

/** A section's SecRuleEngine holds from phase 2 on, or from the beginning where the section is known that early. */
function placeGates(configuration: Configuration, early: boolean): readonly Gate[] {
  return configuration.enginePlaces.filter((place) => place.early === early).map(({ when, engine, at }): Gate => ({
    when,
    effect: engine === "off" ? { kind: "accept" } : { kind: "set", variable: ENGINE, value: text(engine) },
    because: [{ at, note: "sets the rule engine for its section" }],
    reason: "none",
  }));
}

/** `allow` in phase 1 skips the rules of phase 2. */
function allowedGates(rules: readonly RuleEntry[]): readonly Gate[] {
  const allowing = rules.find((entry) => entry.phase === 1 && disruptiveEffect(entry.actions, 1)?.kind === "accept");
  if (allowing === undefined) return [];
  const at = allowing.rule.span;
  return [{ when: test(`var:${ALLOWED}`, { kind: "present" }, at), effect: { kind: "accept" }, because: [{ at, note: "an earlier rule allowed the request" }], reason: "none" }];
}

/** TX variables that a condition reads, or that flow into one that does. */
function liveVariables(rules: readonly RuleEntry[]): ReadonlySet<string> {
  const links = rules.flatMap(linksOf);
  const set = links.flatMap((rule) => assignmentsOf(rule.actions));
  const live = new Set<string>();
  for (const { variables, operator } of links) {
    for (const name of macroVariables(operator?.argument.value ?? "")) live.add(name);
    for (const { name, selector } of variables.filter((variable) => variable.name === "TX")) {
      if (selector !== null && !selector.regex) live.add(txName(selector.text));
      const chosen = set.filter((one) => selector === null || (selector.regex && selects({ kind: "pattern", pattern: selector.text }, one.name.slice(3)) === true));
      if (name === "TX") for (const one of chosen) live.add(one.name);
    }
  }
  for (let size = -1; size !== live.size; ) {
    size = live.size;
    for (const one of set) if (live.has(one.name)) for (const name of readsOf(one)) live.add(name);
  }
  return live;
}

/** Where each `skip` and `skipAfter` leads: a label that stands before an entry, or none for the end of the phase. */
function jumpsOf(entries: readonly Entry[]): ReadonlyMap<RuleEntry, string> {
  const jumps = new Map<RuleEntry, string>();
  entries.forEach((entry, index) => {
    if (entry.kind !== "rule") return;
    const after = actionValue(entry.actions, "skipafter");
    const count = Number.parseInt(actionValue(entry.actions, "skip") ?? "", 10);
    if (after !== null) jumps.set(entry, labelAfter(entries, index, after));
    else if (count > 0) jumps.set(entry, labelPast(entries, index, count));
  });
  return jumps;
}

function labelAfter(entries: readonly Entry[], from: number, name: string): string {
  const found = entries.findIndex((entry, index) => index > from && (entry.kind === "marker" ? entry.name === name : String(entry.id) === name));
  return found < 0 ? "end" : labelOf(found + 1);
}

function labelPast(entries: readonly Entry[], from: number, count: number): string {
  const { phase } = entries[from] as RuleEntry;
  let left = count;
  const found = entries.findIndex((entry, index) => index > from && entry.kind === "rule" && entry.phase === phase && left-- === 0);
  return found < 0 ? "end" : labelOf(found);
}

function labelOf(index: number): string {
  return `entry ${index}`;
}

function phaseGates(entries: readonly Entry[], phase: number, lowering: Lowering, labels: ReadonlySet<string>, ignored: Evidence[]): readonly Gate[] {
  const gates: Gate[] = [];
  entries.forEach((entry, index) => {
    const at = entry.kind === "rule" ? entry.rule.span : entry.at;
    const label = labelOf(index);
    if (labels.has(label)) gates.push({ when: never, effect: { kind: "jump", to: label }, because: [{ at, note: "where a skip leads" }], reason: "none", label });
    if (entry.kind !== "rule" || entry.phase !== phase || entry.removed !== null) return;
    const lowered = lowerRule(entry, lowering);
    if ("why" in lowered) ignored.push({ at, note: lowered.why });
    else gates.push(...lowered.gates.map((gate) => guarded(gate, lowering.enforcing)));
  });
  return gates;
}

/** The rule set's own settings file is often outside the tree; without it, every request would be refused. */
function setUpVersion(rules: readonly RuleEntry[], at: Span, missing: Evidence[]): Record<string, readonly Case[]> {
  const name = txName("crs_setup_version");
  const asked = rules.some(({ rule }) => rule.variables.some((variable) => variable.name === "TX" && variable.selector?.text.toLowerCase() === "crs_setup_version"));
  const said = rules.some(({ rule }) => assignmentsOf(rule.actions).some((assignment) => assignment.name === name));
  if (!asked || said) return {};
  missing.push({ at, note: "crs-setup.conf is not among the files; its defaults are taken" });
  return { [name]: [{ when: always, value: text("unknown") }] };
}

/** What the engine computes from a request before any rule asks. */
function definitionsOf(configuration: Configuration, body: Condition, at: Span): Record<string, readonly Case[]> {
  const typeIs = (pattern: string): Condition => test("header:content-type", { kind: "matches", pattern, ignoreCase: true }, at);
  const processorIs = (name: string): Condition => test(`var:${PROCESSOR}`, { kind: "in", values: [name] }, at);
  const limit = configuration.argumentsLimit?.value ?? 1000;
  const tooMany = (collection: "formArguments" | "jsonArguments"): Condition => ({
    kind: "test",
    subject: { kind: "entries", from: ["queryArguments", collection], part: "count" },
    operator: { kind: "number", is: ">", value: text(String(limit)) },
    at: configuration.argumentsLimit?.at ?? at,
  });
  const unreadable = any(
    all(processorIs("URLENCODED"), tooMany("formArguments")),
    all(processorIs("JSON"), tooMany("jsonArguments")),
    all(processorIs("MULTIPART"), not(typeIs("boundary="))),
  );
  const basename = (path: "rawPath" | "sentPath", name: string): readonly Case[] => [
    {
      when: test(path, { kind: "matches", pattern: "([^/]*)$", captures: `${name}.` }, at),
      value: [{ kind: "field", field: `var:${name}.1` }],
    },
  ];
  return {
    [PROCESSOR]: [
      { when: typeIs("^application/x-www-form-urlencoded"), value: text("URLENCODED") },
      { when: typeIs("^multipart/form-data"), value: text("MULTIPART") },
      { when: always, value: text("") },
    ],
    [PARSE_ERROR]: [
      { when: all(body, unreadable), value: text("1") },
      { when: always, value: text("0") },
    ],
    [STRICT_ERROR]: [
      { when: all(body, processorIs("MULTIPART"), test("body", { kind: "matches", pattern: "^[^\\r\\n]*\\n" }, at)), value: text("1") },
      { when: always, value: text("0") },
    ],
    [REQUEST_URI]: [
      { when: testText([{ kind: "field", field: "sentQuery" }], { kind: "equals", value: text("") }, at), value: [{ kind: "field", field: "sentPath" }] },
      { when: always, value: [{ kind: "field", field: "sentPath" }, { kind: "text", text: "?" }, { kind: "field", field: "sentQuery" }] },
    ],
    [`${BASENAME}1`]: basename("rawPath", `${BASENAME}1`),
    [`${BASENAME}2`]: basename("sentPath", `${BASENAME}2`),
  };
}
