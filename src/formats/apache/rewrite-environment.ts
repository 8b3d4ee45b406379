import type { Condition } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { variableGates } from "./environment.ts";
import { set, variable } from "./gates.ts";
import { expandText } from "./rewrite-conditions.ts";
import type { Rule } from "./rewrite-parse.ts";
import type { Step, Target } from "./rewrite-step.ts";

/** One flag E: `name`, `name:value` or `!name`, which takes it away. */
interface Assignment {
  readonly name: string;
  readonly value: string | null;
}

function assignmentOf(written: string): Assignment {
  const colon = written.indexOf(":");
  if (written.startsWith("!")) return { name: written.slice(1), value: null };
  return colon < 0 ? { name: written, value: "" } : { name: written.slice(0, colon), value: written.slice(colon + 1) };
}

/** The substitution is put together before the rule sets variables: those that it sets itself are read as they were, and remembered so. */
export function readEarly(target: Target | null, rule: Rule, name: string): Target | null {
  const own = new Set(rule.flags.environment.map((written) => `var:env.${assignmentOf(written).name}`));
  if (target === null || own.size === 0) return target;
  const early = (of: Template): Template => of.map((part) => (part.kind === "field" && own.has(part.field) ? { ...part, field: `var:${earlyName(name, part.field.slice("var:".length))}` as const } : part));
  return { ...target, path: early(target.path), query: target.query === null ? null : early(target.query) };
}

function earlyName(step: string, variable: string): string {
  return `${step}.before.${variable}`;
}

/** Gates that set the variables of the flag E. */
export function environmentGates({ rule, name, captures, names }: Step, fired: Condition): readonly Gate[] {
  const at = rule.placed.node.span;
  const all = rule.flags.environment.map(assignmentOf);
  const kept = all.map((one) => set(earlyName(name, `env.${one.name}`), variable(`env.${one.name}`), at, fired));
  return [...kept, ...all.flatMap((one) => variableGates(one.name, one.value === null ? null : expandText(one.value, captures, names), at, fired))];
}
