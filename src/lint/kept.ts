import type { Decide } from "../model/decide.ts";
import type { Program } from "../model/program.ts";
import { withMethod, type Request } from "../model/request.ts";
import type { Post } from "../rule-api.ts";
import { gatesOf, type Place } from "./places.ts";
import { postOf } from "./post.ts";
import { requestAt } from "./requests.ts";
import { findWitness, type Witness } from "./witness.ts";

/** For each gate that may answer a POST with what another one was answered, such a POST. */
export function* answeredBefore(program: Program, places: readonly Place[], decide: Decide): Iterable<Post> {
  for (const place of places) {
    for (const gate of gatesOf(place.scope)) {
      if (gate.reason !== "cached" || place.scope.askedByServer === true) continue;
      const judge = (request: Request): Witness | null => {
        const verdict = decide(request);
        const ending = verdict.endings.find(({ by }) => by === gate);
        return ending === undefined ? null : { verdict, get: decide(withMethod(request, "GET")), gate, ending, certain: false };
      };
      const witness = findWitness(program, place, gate, requestAt(program, place), { judge, rank: () => 0, best: 0 });
      if (witness !== null) yield postOf(program, witness, place);
    }
  }
}
