import type { Evidence, Gate, Program } from "../../model/program.ts";
import type { Statement } from "./expand.ts";
import { placeOf } from "./ignored.ts";

/** Sections that say where what stands in them applies. */
const places: ReadonlySet<string> = new Set(["location", "locationmatch", "files", "filesmatch", "directory", "directorymatch", "proxy", "proxymatch", "if", "elseif", "else"]);

const stopping: ReadonlySet<string> = new Set(["deny", "redirect", "reroute"]);

/** The same program whose refusals and redirects also point at the sections they stand in, the innermost first. */
export function withOpeners(program: Program, statements: readonly Statement[]): Program {
  const openers = new Map<string, readonly Evidence[]>();
  collect(statements, [], openers);
  if (openers.size === 0) return program;
  const told = (gate: Gate): Gate => {
    const [first] = gate.because;
    const missing = stopping.has(gate.effect.kind) ? (openers.get(placeOf(first.at)) ?? []).filter(({ at }) => !gate.because.some((one) => placeOf(one.at) === placeOf(at))) : [];
    return missing.length === 0 ? gate : { ...gate, because: [...gate.because, ...missing] };
  };
  const stages = Object.entries(program.stages).map(
    ([name, stage]) => [name, stage.map((scope) => ({ ...scope, chains: scope.chains.map((chain) => ({ ...chain, gates: chain.gates.map(told) })) }))] as const,
  );
  return { ...program, stages: Object.fromEntries(stages) };
}

function collect(statements: readonly Statement[], around: readonly Evidence[], into: Map<string, readonly Evidence[]>): void {
  for (const { node, children } of statements) {
    if (around.length > 0) into.set(placeOf(node.span), around);
    if (children.length > 0) collect(children, places.has(node.key) ? [{ at: node.span, note: "says where" }, ...around] : around, into);
  }
}
