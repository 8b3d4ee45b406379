import type { Gate } from "../model/program.ts";
import type { Verdict } from "../model/verdict.ts";

/** A directive of the configuration itself, and the script to which it sends what nobody else answers. */
export interface Led {
  readonly by: Gate;
  readonly to: string;
}

/** Who led a request to the script where it was refused; null where it asked for that itself. */
export function ledTo({ request, ending: { trace, delivered } }: Pick<Verdict, "request" | "ending">): Led | null {
  const to = typeof delivered.path === "string" ? /^.*?\.(?:php|cgi|fcgi|pl|py)(?=$|\/)/.exec(delivered.path)?.[0] : undefined;
  if (to === undefined || request.path.startsWith(to)) return null;
  const by = trace.findLast(({ gate: { effect }, held }) => effect.kind === "reroute" && held !== "no")?.gate;
  // Error pages have a status, and whoever looks for an index file asks with GET.
  return by?.effect.kind === "reroute" && by.effect.status === undefined && typeof by.effect.method !== "string" ? { by, to } : null;
}
