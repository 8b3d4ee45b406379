import type { Condition } from "../../model/condition.ts";
import { all, isNever } from "../../model/condition.ts";
import type { Effect, Gate, Program, Scope } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { constantsOf, decided } from "./constants.ts";
import { set, variable, variableIs } from "./gates.ts";

/** The variables a condition reads. */
function readsOfCondition(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(readsOfCondition);
    case "not":
      return readsOfCondition(condition.of);
    case "test": {
      const { subject, operator } = condition;
      const inSubject = subject.kind === "text" ? readsOfTemplate(subject.of) : subject.kind === "field" && subject.field.startsWith("var:") ? [subject.field.slice(4)] : [];
      return "value" in operator ? [...inSubject, ...readsOfTemplate(operator.value)] : inSubject;
    }
    default:
      return [];
  }
}

function readsOfTemplate(template: Template): readonly string[] {
  return template.flatMap((part) => (part.kind === "field" && part.field.startsWith("var:") ? [part.field.slice(4)] : []));
}

function templatesOf(effect: Effect): readonly (Template | null | undefined)[] {
  switch (effect.kind) {
    case "redirect":
      return [effect.to];
    case "set":
    case "alter":
      return [effect.value];
    case "reroute":
    case "rewrite":
      return [effect.path, effect.query];
    default:
      return [];
  }
}

function readsOfGate(gate: Gate): readonly string[] {
  const inEffect = templatesOf(gate.effect).flatMap((template) => (template === null || template === undefined ? [] : readsOfTemplate(template)));
  return [...readsOfCondition(gate.when), ...inEffect];
}

function gatesOf(program: Program): readonly Gate[] {
  return Object.values(program.stages).flatMap((stage) => stage.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates)));
}

function mapGates(program: Program, change: (gates: readonly Gate[], chain: string, scope: Scope) => readonly Gate[]): Program {
  const stages = Object.entries(program.stages).map(([name, stage]) => {
    const scopes = stage.map((scope) => ({
      ...scope,
      chains: scope.chains.map((chain) => ({ ...chain, gates: change(chain.gates, chain.name, scope) })).filter((chain) => chain.gates.length > 0),
    }));
    return [name, scopes] as const;
  });
  return { ...program, stages: Object.fromEntries(stages) };
}

/** Takes out what has no effect: comparisons that always come out the same, variables nobody reads, labels nobody jumps to, gates that never hold. */
export function tidy(program: Program): Program {
  return prune(decide(prune(decide(withEnvironment(program)))));
}

function decide(program: Program): Program {
  const constant = constantsOf(program, gatesOf(program));
  return mapGates(program, (gates) => gates.map((gate) => ({ ...gate, when: decided(gate.when, constant) })));
}

/** Keeps what does something, and what gives a value to a variable that such a gate reads. */
function prune(program: Program): Program {
  const live = liveGates(gatesOf(program), readsOfDefinitions(program));
  return mapGates(program, (chain) => {
    const targets = new Set(chain.flatMap((gate) => (gate.effect.kind === "jump" && live.has(gate) ? [gate.effect.to] : [])));
    return chain.filter((gate) => live.has(gate) || (gate.label !== undefined && targets.has(gate.label)));
  });
}

function readsOfDefinitions({ definitions }: Program): readonly string[] {
  return Object.values(definitions).flatMap((cases) => cases.flatMap(({ when, value }) => [...readsOfCondition(when), ...readsOfTemplate(value)]));
}

function liveGates(gates: readonly Gate[], alsoRead: readonly string[]): ReadonlySet<Gate> {
  const setting = new Map<string, Gate[]>();
  const waiting: Gate[] = [];
  for (const gate of gates) {
    if (isNever(gate.when)) continue;
    const known = gate.effect.kind === "set" ? setting.get(gate.effect.variable) : waiting;
    if (known !== undefined) known.push(gate);
    else if (gate.effect.kind === "set") setting.set(gate.effect.variable, [gate]);
  }
  waiting.push(...alsoRead.flatMap((name) => setting.get(name) ?? []));
  const live = new Set<Gate>();
  for (let gate = waiting.pop(); gate !== undefined; gate = waiting.pop()) {
    live.add(gate);
    for (const variable of readsOfGate(gate)) {
      waiting.push(...(setting.get(variable) ?? []));
      setting.delete(variable);
    }
  }
  return live;
}

/**
 * Environment variables begin empty in every pass, but not when the server looks for an index file; after an internal
 * redirect those of the pass before are there under `REDIRECT_` and their name. What a lookup sets that finds nothing
 * is lost with it, and so is who has logged in for it.
 */
function withEnvironment(program: Program): Program {
  const names = new Set(gatesOf(program).flatMap(({ effect }) => (effect.kind === "set" && effect.variable.startsWith("env.") ? [effect.variable] : [])));
  const own = [...names].filter((name) => !name.startsWith("env.REDIRECT_"));
  const ofRequest = [...own, "login", "login.type"];
  return mapGates(program, (gates, chain, { at }) => {
    if (chain === "start") {
      const afresh = all(variableIs("index", "", at), variableIs("returned", "", at));
      const resets = own.flatMap((name) => [set(`env.REDIRECT_${name.slice("env.".length)}`, variable(name), at, afresh), set(name, "", at, afresh)]);
      const looking = all(variableIs("index", "yes", at), variableIs("nested", "0", at));
      return [...resets, ...ofRequest.map((name) => set(`back.${name}`, variable(name), at, looking)), ...gates];
    }
    if (chain !== "back") return gates;
    const [first, ...more] = gates;
    return first === undefined ? [] : [first, ...ofRequest.map((name) => set(name, variable(`back.${name}`), at)), ...more];
  });
}
