import type { Condition } from "../../../model/condition.ts";
import type { Evidence } from "../../../model/program.ts";
import type { Span } from "../../../source.ts";
import type { Text } from "./lex.ts";
import type { Action, Rule, Variable } from "./tree.ts";

/** A rule as it stands after the directives that changed it. */
export interface RuleEntry {
  readonly kind: "rule";
  readonly rule: Rule;
  readonly id: number | null;
  readonly phase: number;
  readonly tags: readonly string[];
  readonly message: string;
  /** What SecDefaultAction says, then the rule's own actions, then those of SecRuleUpdateActionById: later ones win. */
  actions: readonly Action[];
  /** Targets that SecRuleUpdateTargetBy... added. */
  readonly extra: Variable[];
  /** The SecRuleRemoveBy... directive that took the rule away. */
  removed: Evidence | null;
  /** The sections around it, and not those in which it was removed. */
  when: Condition;
}

export interface MarkerEntry {
  readonly kind: "marker";
  readonly name: string;
  readonly at: Span;
}

export type Entry = RuleEntry | MarkerEntry;

/** A setting and where it stands. */
export interface Said<Value> {
  readonly value: Value;
  readonly at: Span;
}

/** An engine setting inside a section, which holds for the requests the section is for: `early` in phase 1 too. */
export interface EnginePlace {
  readonly when: Condition;
  readonly early: boolean;
  readonly engine: string;
  readonly at: Span;
}

/** Everything the files say; null where they say nothing. */
export interface Configuration {
  readonly entries: Entry[];
  engine: Said<string> | null;
  bodyAccess: Said<string> | null;
  bodyLimit: Said<number> | null;
  noFilesLimit: Said<number> | null;
  argumentsLimit: Said<number> | null;
  limitAction: Said<string> | null;
  /** The rules are run by the connector of a server that embeds libmodsecurity 3. */
  embedded: boolean;
  readonly enginePlaces: EnginePlace[];
  readonly ignored: Evidence[];
  readonly missing: Evidence[];
}

/** The text of an argument or a value, trimmed; empty when there is none. */
export function textValue(text: Text | null | undefined): string {
  return text?.value.trim() ?? "";
}

/** The value of the last action of this name; null when there is none. */
export function actionValue(actions: readonly Action[], name: string): string | null {
  const found = actions.findLast((action) => action.name === name);
  return found === undefined ? null : textValue(found.value);
}

/** The values of all actions of this name, in order. */
export function actionValues(actions: readonly Action[], name: string): readonly string[] {
  return actions.filter((action) => action.name === name).map((action) => textValue(action.value));
}
