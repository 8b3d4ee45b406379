import type { Condition } from "../../model/condition.ts";
import { all, always, not } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import { compilePattern } from "../../model/regex.ts";
import type { Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { familiar } from "./again.ts";
import { variableGates } from "./environment.ts";
import { matches, variable, variableIs } from "./gates.ts";

/** A section whose pattern gives names to groups, which become variables of the environment (`MATCH_` and the name). */
export interface NamedGroups {
  readonly subject: Template;
  readonly pattern: string;
  readonly when: Condition;
  /** Of a directory, which is not asked again in the same one. */
  readonly entered: boolean;
  readonly at: Span;
}

/** Remembers a section where its pattern names groups. */
export function noteGroups(one: NamedGroups, into: NamedGroups[]): void {
  if (/\(\?(?:P?<[a-z_]|')/i.test(one.pattern)) into.push(one);
}

/** The section is for addresses, and known before any file is. */
export function ofAddress({ subject: [first] }: NamedGroups): boolean {
  return first?.kind === "field" && first.field === "path";
}

/** Gates that set the variables; of a group that took no part in the match there is none. */
export function groupGates(groups: readonly NamedGroups[]): readonly Gate[] {
  return groups.flatMap(({ subject, pattern, when, entered, at }, index) => {
    const compiled = compilePattern(pattern, {});
    if (!compiled.ok) return [];
    const captures = `group.${index}.`;
    const matched = all(when, entered ? not(familiar(at)) : always, matches(subject, pattern, at, { captures }));
    return [...compiled.names].flatMap(([name, number]) => (number > 9 ? [] : variableGates(`MATCH_${name.toUpperCase()}`, variable(`${captures}${number}`), at, all(matched, not(variableIs(`${captures}${number}`, "", at))))));
  });
}
