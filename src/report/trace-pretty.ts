import type { LayerTrace, TraceResult } from "../lint/trace.ts";
import type { Step } from "../model/verdict.ts";
import { placeOnDisk, type Span } from "../source.ts";
import { urlOf } from "./curl.ts";
import { clean, painter, type Paint } from "./display.ts";
import { frame, placeText } from "./frame.ts";
import { decidingGate, directiveText, effectWords, outcomeWords, stepsOf } from "./trace-words.ts";

/** For people: the gates that held or may hold, layer by layer, and the one that decided with its lines. */
export function tracePretty(result: TraceResult, options: { readonly color: boolean; readonly width: number }): string {
  const paint = painter(options.color);
  const { request, outcome, status, assumptions } = result;
  const lines = [
    paint("bold", clean(`${request.method} ${urlOf(request)}`)),
    ...result.layers.flatMap((layer, index) => layerLines(layer, index + 1, options.width, paint)),
    "",
    paint(outcome === "reached" || outcome === "answered" ? "green" : "red", outcomeWords(outcome, status)),
    ...(assumptions.length === 0 ? [] : ["taken for granted:", ...assumptions.map((words) => `  - ${clean(words)}`)]),
  ];
  return `${lines.join("\n")}\n`;
}

function layerLines({ unit, verdict }: LayerTrace, number: number, width: number, paint: Paint): readonly string[] {
  const { format, at, layer } = unit.program;
  const by = decidingGate(verdict);
  return [
    "",
    paint("cyan", `${number}. ${format} (${layer}) ${placeOnDisk(at).file.path}: ${outcomeWords(verdict.outcome, verdict.status)}`),
    ...oneEach(stepsOf(verdict).filter((step) => step.held !== "no")).map(stepLine),
    ...(by === null ? [] : frame([{ at: by.because[0].at, label: clean(by.because[0].note), primary: true }], { width, paint })),
  ];
}

/** A directive may have become many gates: what they lead to is told each time, what they remember only where nothing else is. */
function oneEach(steps: readonly Step[]): readonly Step[] {
  const place = (step: Step): Span => step.gate.because[0].at;
  const remembers = (step: Step): boolean => step.gate.effect.kind === "set";
  const leading = new Set(steps.filter((step) => !remembers(step)).map(place));
  const told = new Set<Span>();
  return steps.filter((step) => {
    const known = leading.has(place(step)) || told.has(place(step));
    told.add(place(step));
    return !remembers(step) || !known;
  });
}

function stepLine({ gate, held }: Step): string {
  const sure = held === "maybe" ? "maybe " : "";
  return `   ${placeText(gate.because[0].at)}: ${directiveText(gate)} -> ${sure}${effectWords(gate.effect)}`;
}
