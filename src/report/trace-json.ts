import type { LayerTrace, TraceResult } from "../lint/trace.ts";
import type { Step } from "../model/verdict.ts";
import { placeOnDisk } from "../source.ts";
import { arrivalOf } from "./arrival.ts";
import { urlOf } from "./curl.ts";
import { jsonPlace, jsonStatus } from "./json.ts";
import { decidingGate, directiveText, effectWords, locationOf, stepsOf } from "./trace-words.ts";

/** For programs: the request, what became of it, and every gate of every layer that was asked. */
export function traceJson(result: TraceResult): string {
  const { request, outcome, status, layers, assumptions } = result;
  const report = {
    request: { ...request, url: urlOf(request) },
    outcome,
    status: jsonStatus(status),
    location: layers.map(({ verdict }) => locationOf(verdict)).at(-1) ?? null,
    layers: layers.map(jsonLayer),
    assumptions,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function jsonLayer({ unit, verdict }: LayerTrace): object {
  const by = decidingGate(verdict);
  return {
    format: unit.program.format,
    file: placeOnDisk(unit.program.at).file.path,
    outcome: verdict.outcome,
    status: jsonStatus(verdict.status),
    arrives: arrivalOf(verdict),
    decidedBy: by === null ? null : { ...jsonPlace(by.because[0].at), text: directiveText(by) },
    steps: stepsOf(verdict).map(jsonStep),
  };
}

function jsonStep({ gate, held }: Step): object {
  return { ...jsonPlace(gate.because[0].at), text: directiveText(gate), held, effect: effectWords(gate.effect) };
}
