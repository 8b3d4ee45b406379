import type { LayerTrace, TraceResult } from "../lint/trace.ts";
import type { Step } from "../model/verdict.ts";
import { placeOnDisk } from "../source.ts";
import { differenceWords } from "./arrival.ts";
import { urlOf } from "./curl.ts";
import { clean, painter, type Paint } from "./display.ts";
import { frame, placeText } from "./frame.ts";
import { applies, decidingGate, deedWords, directiveText, locationOf, outcomeWords, stepsOf } from "./trace-words.ts";

/** For people: the gates that held or may hold, layer by layer, and the one that decided with its lines. */
export function tracePretty(result: TraceResult, options: { readonly color: boolean; readonly width: number }): string {
  const paint = painter(options.color);
  const { request, outcome, status, layers, assumptions } = result;
  const location = layers.map(({ verdict }) => locationOf(verdict)).at(-1) ?? null;
  const lines = [
    paint("bold", clean(`${request.method} ${urlOf(request)}`)),
    ...layers.flatMap((layer, index) => layerLines(layer, index + 1, options.width, paint)),
    "",
    paint(outcome === "reached" || outcome === "answered" ? "green" : "red", clean(`${outcomeWords(outcome, status)}${location === null ? "" : ` to ${location}`}`)),
    ...(assumptions.length === 0 ? [] : ["taken for granted:", ...assumptions.map((words) => `  - ${clean(words)}`)]),
  ];
  return `${lines.join("\n")}\n`;
}

function layerLines({ unit, verdict }: LayerTrace, number: number, width: number, paint: Paint): readonly string[] {
  const { format, at, layer } = unit.program;
  const by = decidingGate(verdict);
  const arrives = differenceWords(verdict);
  return [
    "",
    paint("cyan", `${number}. ${format} (${layer}) ${placeOnDisk(at).file.path}: ${outcomeWords(verdict.outcome, verdict.status)}`),
    ...stepLines(stepsOf(verdict).filter((step) => step.held !== "no")),
    ...(arrives === null ? [] : [`   ${clean(arrives)}`]),
    ...(by === null ? [] : frame([{ at: by.because[0].at, label: clean(by.because[0].note), primary: true }], { width, paint })),
  ];
}

/** A directive may have become many gates: what it does is told once, and that it applies only where there is nothing else to tell. */
function stepLines(steps: readonly Step[]): readonly string[] {
  const told = steps.flatMap(({ gate, held }) => {
    const { because: [{ at }] } = gate;
    const deed = deedWords(gate);
    const line = `   ${placeText(at)}: ${directiveText(gate)} -> ${held === "maybe" ? "maybe " : ""}${deed ?? ""}`;
    return deed === null ? [] : [{ at, deed, line }];
  });
  const doing = new Set(told.filter(({ deed }) => deed !== applies).map(({ at }) => at));
  return [...new Set(told.filter(({ at, deed }) => deed !== applies || !doing.has(at)).map(({ line }) => line))];
}
