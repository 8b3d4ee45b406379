import type { Condition } from "../../model/condition.ts";
import { isNever } from "../../model/condition.ts";
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

/** What is taken out may have been the only one to read something else, so this goes on until nothing changes. */
function prune(program: Program): Program {
  let now = program;
  const known = new Map<Gate, readonly string[]>();
  const readsOf = (gate: Gate): readonly string[] => {
    const found = known.get(gate) ?? readsOfGate(gate);
    known.set(gate, found);
    return found;
  };
  for (let before = Infinity, gates = gatesOf(now); gates.length < before; gates = gatesOf(now)) {
    before = gates.length;
    const reads = new Set(gates.flatMap(readsOf));
    now = mapGates(now, (chain) => {
      const targets = new Set(chain.flatMap((gate) => (gate.effect.kind === "jump" ? [gate.effect.to] : [])));
      return chain.filter((gate) => {
        if (gate.label !== undefined && targets.has(gate.label)) return true;
        return !isNever(gate.when) && (gate.effect.kind !== "set" || reads.has(gate.effect.variable));
      });
    });
  }
  return now;
}

/**
 * Environment variables begin empty in every pass, but not when the server looks for an index file; after an internal
 * redirect those of the pass before are there under `REDIRECT_` and their name.
 */
function withEnvironment(program: Program): Program {
  const names = new Set(gatesOf(program).flatMap(({ effect }) => (effect.kind === "set" && effect.variable.startsWith("env.") ? [effect.variable.slice(4)] : [])));
  const own = [...names].filter((name) => !name.startsWith("REDIRECT_"));
  return mapGates(program, (gates, chain, scope) => {
    if (chain !== "start") return gates;
    const afresh = variableIs("index", "", scope.at);
    const resets = own.flatMap((name) => [set(`env.REDIRECT_${name}`, variable(`env.${name}`), scope.at, afresh), set(`env.${name}`, "", scope.at, afresh)]);
    return [...resets, ...gates];
  });
}
