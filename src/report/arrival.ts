import { pathSent } from "../lint/handed-on.ts";
import { gap, type Value } from "../model/template.ts";
import type { Verdict } from "../model/verdict.ts";

/** The request as an application, or the next layer, gets it. Pieces that only the running server knows are `...`. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  /** Without `?`; empty when there is none. */
  readonly query: string;
  readonly body: boolean;
  /** Only headers that were changed, or taken out (null). Names in lower case. */
  readonly headers: Readonly<Record<string, string | null>>;
}

/** What arrives; null when nothing does, or when nobody can say. */
export function arrivalOf({ request, outcome, ending: { delivered } }: Verdict): Arrival | null {
  if (outcome !== "reached") return null;
  return {
    method: valueText(delivered.method),
    path: pathSent(request, valueText(delivered.path), delivered.pathAsWritten === true),
    query: valueText(delivered.query),
    body: delivered.bodyKept && request.bodyBytes > 0,
    headers: Object.fromEntries(Object.entries(delivered.headers).map(([name, value]) => [name, value === null ? null : valueText(value)])),
  };
}

/** A value with `...` for what nobody knows. */
export function valueText(value: Value): string {
  return typeof value === "string" ? value : value.text.replaceAll(gap, "...");
}

/** How what arrives differs from what was sent: "arrives as PUT, without its body"; null when it does not. */
export function differenceWords(verdict: Verdict): string | null {
  const { request } = verdict;
  const arrival = arrivalOf(verdict);
  if (arrival === null) return null;
  const { method, path, query, body, headers } = arrival;
  const lost = Object.keys(request.headers).filter((name) => headers[name] === null || headers[name] === "");
  const differences = [
    ...(method === request.method ? [] : [`as ${method}`]),
    ...(path === request.path && query === request.query ? [] : [`at ${path}${query === "" ? "" : `?${query}`}`]),
    ...(body || request.bodyBytes === 0 ? [] : ["without its body"]),
    ...(lost.length === 0 ? [] : [`without ${lost.join(", ")}`]),
  ];
  return differences.length === 0 ? null : `arrives ${differences.join(", ")}`;
}
