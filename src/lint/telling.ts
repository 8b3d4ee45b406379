import { writeWord } from "../legitimate/words.ts";
import type { Gate, Program, Reason } from "../model/program.ts";
import type { Post } from "../rule-api.ts";
import type { Place } from "./places.ts";
import { postOf } from "./post.ts";
import type { Witness } from "./witness.ts";

/** For each gate the most telling one. */
export function telling<Kind extends Post>(posts: readonly Kind[]): readonly Kind[] {
  const best = new Map<Gate, Kind>();
  for (const post of posts) {
    const known = best.get(post.gate);
    if (known === undefined || better(post, known)) best.set(post.gate, post);
  }
  return [...best.values()];
}

const strength = { declared: 3, derived: 1, assumed: 0 } as const;

/** What somebody is seen to send tells more than what the configuration says of itself. */
function strengthOf({ legitimacy, shown }: Post): number {
  return legitimacy.kind === "derived" && shown !== undefined ? strength.derived + 1 : strength[legitimacy.kind];
}

function better(one: Post, other: Post): boolean {
  const byKind = strengthOf(one) - strengthOf(other);
  return byKind !== 0 ? byKind > 0 : rankOf(one) > rankOf(other);
}

/**
 * What `telling` chooses of the posts that one gate stops. What the files say of a witness is costly to find out: those
 * that promise most are looked at first, and the others only while they could still win.
 */
export function* mostTelling(program: Program, witnesses: readonly Witness[], place: Place | undefined): Iterable<Post> {
  const promises = witnesses.map((witness) => ({ witness, most: rankOf({ ...witness, certain: true }) })).toSorted((a, b) => Number(isShown(program, b.witness)) - Number(isShown(program, a.witness)) || b.most - a.most);
  let best: Post | null = null;
  for (const { witness, most } of promises) {
    if (best !== null && best.legitimacy.kind !== "assumed" && rankOf(best) >= most) break;
    const post = postOf(program, witness, place);
    if (best === null || better(post, best)) best = post;
  }
  if (best !== null) yield best;
}

/** Whether something outside the configuration shows that such requests are sent. */
function isShown({ endpoints = [] }: Program, { verdict: { request } }: Witness): boolean {
  return endpoints.some(({ path, query, shownBy }) => shownBy !== undefined && shownBy.itself !== true && path === request.path && query === request.query);
}

/** Refusals that a GET meets as well. */
const neutral: ReadonlySet<Reason> = new Set(["redirect", "slash-redirect", "authorization", "mixed-access", "unreadable-configuration", "contradiction", "loop", "cross-site", "content-type", "address-list", "rate", "head-size"]);
const certainty = 2;
const contrast = 4;

/** How telling a witness is: certain, the GET passes, and the path speaks of writes. */
export function rankOf(witness: Witness): number {
  const certain = witness.certain ? certainty : 0;
  const getPasses = witness.get.outcome === "reached" || witness.get.outcome === "answered" ? contrast : 0;
  return certain + getPasses + (writeWord(witness.verdict.request.path) === null ? 0 : 1);
}

/** The rank that no witness of a gate exceeds by much: a search may end there. */
export function mostFor({ reason }: Gate): number {
  return neutral.has(reason) ? certainty : certainty + contrast;
}
