import type { Environment } from "./environment.ts";
import { evaluate } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { isSame, type Request } from "./request.ts";
import type { Verdict } from "./verdict.ts";

/** What one program does to a request, on one machine. */
export type Decide = (request: Request) => Verdict;

/** A verdict holds on to every step that led to it: past so many, all are forgotten. */
const mostRemembered = 4096;

/** Like `evaluate`, for those who ask about the same requests again and again, as searches do. */
export function deciding(program: Program, environment: Environment): Decide {
  const known = new Map<string, Verdict[]>();
  let remembered = 0;
  return (request) => {
    const place = request.host + request.path;
    const before = known.get(place)?.find((verdict) => isSame(verdict.request, request));
    if (before !== undefined) return before;
    const verdict = evaluate(program, request, environment);
    if (remembered >= mostRemembered) known.clear();
    remembered = known.size === 0 ? 1 : remembered + 1;
    const others = known.get(place);
    if (others === undefined) known.set(place, [verdict]);
    else others.push(verdict);
    return verdict;
  };
}
