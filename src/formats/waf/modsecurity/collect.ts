import { all, always, isAlways, not, type Condition } from "../../../model/condition.ts";
import type { Evidence } from "../../../model/program.ts";
import type { Problem } from "../../../source.ts";
import { parseActions, parseVariables } from "./arguments.ts";
import { actionValue, actionValues, textValue, type Configuration, type RuleEntry } from "./configuration.ts";
import { aroundOf } from "./sections.ts";
import { chooser, type Choice } from "./selection.ts";
import type { Action, Directive, Rule, Setting } from "./tree.ts";

interface Walk {
  readonly configuration: Configuration;
  readonly problems: Problem[];
  /** What SecDefaultAction said so far, by phase. */
  readonly defaults: Map<number, readonly Action[]>;
  /** Removals written in a section: they take rules away there, also rules read later. */
  readonly placed: { readonly choice: Choice; readonly when: Condition }[];
}

/** Reads the directives of all files of a program, in order, into one configuration. */
export function collect(files: readonly (readonly Directive[])[], problems: Problem[]): Configuration {
  const walk: Walk = {
    configuration: {
      entries: [],
      engine: null,
      bodyAccess: null,
      bodyLimit: null,
      noFilesLimit: null,
      argumentsLimit: null,
      limitAction: null,
      embedded: false,
      enginePlaces: [],
      ignored: [],
      missing: [],
    },
    problems,
    defaults: new Map(),
    placed: [],
  };
  for (const directives of files) readAll(walk, directives, { when: always, early: true });
  for (const { choice, when } of walk.placed) {
    for (const entry of chosenRules(walk, [choice])) entry.when = all(entry.when, not(when));
  }
  return walk.configuration;
}

function chosenRules(walk: Walk, choices: readonly Choice[]): RuleEntry[] {
  const choosers = choices.map(chooser);
  return walk.configuration.entries.filter((entry) => entry.kind === "rule").filter((entry) => choosers.some((isChosen) => isChosen(entry)));
}

/** The sections around a directive. */
interface Inside {
  readonly when: Condition;
  /** They are known before phase 1. */
  readonly early: boolean;
}

function readAll(walk: Walk, directives: readonly Directive[], inside: Inside): void {
  for (const directive of directives) {
    if (directive.kind === "rule") addRule(walk, directive, inside);
    else if (directive.kind === "setting") readSetting(walk, directive, inside);
    else {
      const around = aroundOf(directive);
      if (around.kind === "dropped") ignore(walk, directive, "is for servers without this module");
      else readAll(walk, directive.directives, around.kind === "place" ? { when: all(inside.when, around.when), early: inside.early && around.early } : inside);
    }
  }
}

function ignore(walk: Walk, directive: Directive, note: string): void {
  walk.configuration.ignored.push({ at: directive.span, note });
}

const PHASES: Readonly<Record<string, number>> = { request: 2, response: 4, logging: 5 };

function phaseOf(actions: readonly Action[]): number {
  const said = actionValue(actions, "phase") ?? "2";
  return PHASES[said.toLowerCase()] ?? (Number.parseInt(said, 10) || 2);
}

function addRule(walk: Walk, rule: Rule, { when, early }: Inside): void {
  const phase = phaseOf(rule.actions);
  if (phase === 1 && !early && !isAlways(when)) return ignore(walk, rule, "phase 1 runs before a section is chosen, so the rule never runs (ModSecurity 2.9)");
  const id = Number.parseInt(actionValue(rule.actions, "id") ?? "", 10);
  walk.configuration.entries.push({
    kind: "rule",
    rule,
    id: Number.isNaN(id) ? null : id,
    phase,
    tags: actionValues(rule.actions, "tag"),
    message: actionValue(rule.actions, "msg") ?? "",
    actions: [...(walk.defaults.get(phase) ?? []), ...rule.actions],
    extra: [],
    removed: null,
    when,
  });
}

function readSetting(walk: Walk, setting: Setting, { when, early }: Inside): void {
  const [first, second] = setting.arguments;
  const word = textValue(first).toLowerCase();
  if (setting.name === "secruleengine" && !isAlways(when)) {
    walk.configuration.enginePlaces.push({ when, early, engine: word, at: setting.span });
    return;
  }
  switch (setting.name) {
    case "secmarker":
    case "secmarkerid":
      walk.configuration.entries.push({ kind: "marker", name: textValue(first), at: setting.span });
      return;
    case "secdefaultaction": {
      const actions = first === undefined ? [] : parseActions(first, walk.problems);
      walk.defaults.set(phaseOf(actions), actions);
      return;
    }
    case "secruleupdateactionbyid":
      return updateActions(walk, setting, second === undefined ? [] : parseActions(second, walk.problems));
    default:
      if (/^secruleremoveby(id|tag|msg)$/.test(setting.name)) return removeRules(walk, setting, when);
      if (/^secruleupdatetargetby(id|tag|msg)$/.test(setting.name)) return updateTargets(walk, setting);
      if (!readLimit(walk, setting, word, when)) ignore(walk, setting, "does not decide about a request");
  }
}

function readLimit(walk: Walk, setting: Setting, word: string, when: Condition): boolean {
  const { configuration } = walk;
  const at = setting.span;
  const number = { value: Number.parseInt(word, 10) || 0, at };
  if (!isAlways(when) && /^sec(?:requestbody|arguments)/.test(setting.name)) {
    ignore(walk, setting, "holds only inside its section");
    return true;
  }
  if (setting.name === "secruleengine") configuration.engine = { value: word, at };
  else if (setting.name === "secrequestbodyaccess") configuration.bodyAccess = { value: word, at };
  else if (setting.name === "secrequestbodylimit") configuration.bodyLimit = number;
  else if (setting.name === "secrequestbodynofileslimit") configuration.noFilesLimit = number;
  else if (setting.name === "secargumentslimit") configuration.argumentsLimit = number;
  else if (setting.name === "secrequestbodylimitaction") configuration.limitAction = { value: word, at };
  else if (setting.name === "secconnector") configuration.embedded = true;
  else return false;
  return true;
}

function choicesOf(setting: Setting, words: readonly string[]): Choice[] {
  const by = setting.name.endsWith("id") ? "id" : setting.name.endsWith("tag") ? "tag" : "msg";
  return words.map((text) => ({ by, text }));
}

/** SecRuleRemoveBy... acts on rules already read, but inside a section on all, since sections are merged last. */
function removeRules(walk: Walk, setting: Setting, when: Condition): void {
  const choices = choicesOf(setting, setting.arguments.map(textValue));
  if (!isAlways(when)) {
    walk.placed.push(...choices.map((choice) => ({ choice, when })));
    return;
  }
  const evidence: Evidence = { at: setting.span, note: "removes the rule" };
  const hit = chosenRules(walk, choices);
  for (const entry of hit) entry.removed = evidence;
  if (hit.length === 0) ignore(walk, setting, "names no rule that stands before it, so it does nothing");
}

function updateTargets(walk: Walk, setting: Setting): void {
  const [chosen, targets] = setting.arguments;
  if (targets === undefined) return ignore(walk, setting, "names no targets");
  const variables = parseVariables(targets, walk.problems);
  const choices = choicesOf(setting, [textValue(chosen)]);
  const hit = chosenRules(walk, choices);
  for (const entry of hit) entry.extra.push(...variables);
  if (hit.length === 0) ignore(walk, setting, "names no rule that stands before it, so it does nothing");
}

function updateActions(walk: Walk, setting: Setting, actions: readonly Action[]): void {
  const [ids = "", link] = textValue(setting.arguments[0]).split(":");
  if (link !== undefined && link !== "0") return ignore(walk, setting, "changes a chained rule, which has no disruptive action");
  const hit = chosenRules(walk, [{ by: "id", text: ids }]);
  for (const entry of hit) entry.actions = [...entry.actions, ...actions];
  if (hit.length === 0) ignore(walk, setting, "names no rule that stands before it, so it does nothing");
}
