import { test, type Condition, type Exception } from "../../../model/condition.ts";
import type { Span } from "../../../source.ts";
import { controlsOf, type Control } from "./actions.ts";
import { parseVariables } from "./arguments.ts";
import type { RuleEntry } from "./configuration.ts";
import { chooser } from "./selection.ts";
import type { Variable } from "./tree.ts";

/** A `ctl:ruleRemove...` action. Once it has run, `flag` is set, and the rules it means change. */
interface Exclusion {
  readonly flag: string;
  readonly means: (entry: RuleEntry) => boolean;
  /** The target that is left out; null when the whole rule is. */
  readonly target: Variable | null;
  readonly at: Span;
}

/** All exclusions that may happen at run time, by the flag they set. */
export type Exclusions = ReadonlyMap<string, Exclusion>;

const NAME = /^ruleremove(target)?by(id|tag|msg)$/;

/** The variable a `ctl:ruleRemove...` action sets; null for other controls. */
export function exclusionFlag({ name, value }: Control): string | null {
  return NAME.test(name) ? `ctl.${name}=${value.toLowerCase()}` : null;
}

/** Collects the exclusions of all rules and of the rules chained to them. */
export function exclusionsOf(entries: readonly RuleEntry[]): Exclusions {
  const exclusions = new Map<string, Exclusion>();
  for (const { rule } of entries) {
    for (const { actions, span } of [rule, ...rule.links]) {
      for (const control of controlsOf(actions)) {
        const flag = exclusionFlag(control);
        if (flag === null || exclusions.has(flag)) continue;
        const exclusion = exclusionOf(control, flag, span);
        if (exclusion !== null) exclusions.set(flag, exclusion);
      }
    }
  }
  return exclusions;
}

function exclusionOf({ name, value }: Control, flag: string, at: Span): Exclusion | null {
  const [, target, by] = NAME.exec(name) ?? [];
  const [chosen = "", ...rest] = value.split(";");
  const means = chooser({ by: by === "tag" ? "tag" : by === "msg" ? "msg" : "id", text: chosen.trim() });
  if (target === undefined) return { flag, means, target: null, at };
  const text = rest.join(";").trim();
  const [variable] = parseVariables({ file: at.file, value: text, offsets: Array.from({ length: text.length + 1 }, () => at.start) }, []);
  return variable === undefined ? null : { flag, means, target: variable, at };
}

/** The exclusions that mean this rule. */
export function exclusionsFor(entry: RuleEntry, exclusions: Exclusions): readonly Exclusion[] {
  return [...exclusions.values()].filter((exclusion) => exclusion.means(entry));
}

function happened(exclusion: Exclusion): Condition {
  return test(`var:${exclusion.flag}`, { kind: "present" }, exclusion.at);
}

/** Holds where one of these exclusions has taken the whole rule away. */
export function wholeRemovals(exclusions: readonly Exclusion[]): readonly Condition[] {
  return exclusions.filter((exclusion) => exclusion.target === null).map(happened);
}

/** The entries of a variable that these exclusions leave out, each where it has happened. */
export function targetExceptions(exclusions: readonly Exclusion[], variable: string): readonly Exception[] {
  return exclusions.flatMap((exclusion): Exception[] => {
    const { target } = exclusion;
    if (target === null || target.name !== variable) return [];
    const when = happened(exclusion);
    if (target.selector === null) return [{ kind: "pattern", pattern: "", when }];
    if (target.selector.regex) return [{ kind: "pattern", pattern: target.selector.text, ignoreCase: true, when }];
    return [{ kind: "name", name: target.selector.text, when }];
  });
}
