import type { Decide } from "../model/decide.ts";
import type { Gate } from "../model/program.ts";
import { samplesOf } from "../model/regex.ts";
import { defaultPort, type Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import type { Step } from "../model/verdict.ts";

/** At most so many headers are tried that a redirect may ask for. */
const mostAsked = 12;

/**
 * The request at the address that every request of its kind is sent to. What is sent to where it already is comes, in
 * truth, through a proxy that adds what the redirect asks for. Null where it is not sent on.
 */
export function sentOn(decide: Decide, request: Request): Request | null {
  const { outcome, by, ending: { location, trace } } = decide(request);
  if (outcome !== "redirected" || typeof location !== "string" || !URL.canParse(location)) return null;
  const { protocol, hostname, port, pathname } = new URL(location);
  const scheme = protocol === "https:" ? "https" : "http";
  if (pathname !== request.path) return null;
  if (scheme === request.scheme && hostname === request.host) return by === null ? null : throughProxy(decide, request, by, trace);
  return { ...request, scheme, host: hostname, port: port === "" ? defaultPort[scheme] : Number(port) };
}

/** The request with a header that was asked for last before a gate, and with which the gate is content; null where there is none. */
function throughProxy(decide: Decide, request: Request, gate: Gate, trace: readonly Step[]): Request | null {
  const asked = trace.flatMap((step) => testsIn(step.gate.when)).reverse().flatMap(({ subject, operator }) => {
    const [field, ...others] = fieldsOf(subject);
    const name = field?.startsWith("header:") === true && others.length === 0 ? field.slice("header:".length) : null;
    // What a client says itself is not for a proxy to add.
    if (name === null || name === "host" || request.headers[name] !== undefined) return [];
    const values = operator.kind === "matches" ? samplesOf(operator.pattern, operator).slice(0, 1) : operator.kind === "equals" ? [literal(operator.value) ?? ""] : [];
    return values.map((value) => ({ ...request, headers: { ...request.headers, [name]: value } }));
  });
  return asked.slice(0, mostAsked).find((one) => decide(one).by !== gate) ?? null;
}
