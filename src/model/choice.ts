import type { Condition } from "./condition.ts";
import type { Scope, Stage } from "./program.ts";
import { literal } from "./template.ts";
import type { World } from "./world.ts";

/** Stages with fewer scopes are asked one by one: looking up would cost more. */
const fewest = 16;

/** Where each scope of a stage stands in it, by what it asks for; `others` ask for nothing that could be looked up. */
interface Index {
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
}

/**
 * The scopes of a stage that a request may be meant for, in order. Those that ask for another host or another path by
 * its full name are left out without being asked: thousands of servers or addresses cost what a few cost.
 */
export function* scopesFor(stage: Stage, { request, path }: World): Iterable<Scope> {
  if (stage.length < fewest || typeof path !== "string") return yield* stage;
  const { byKey, others } = indexOf(stage);
  const candidates = [byKey.get(keyOf("host", request.host)) ?? [], byKey.get(keyOf("path", path)) ?? [], others];
  for (const index of merged(candidates)) {
    const scope = stage[index];
    if (scope !== undefined) yield scope;
  }
}

/** How many scopes of a stage one request may have to ask. */
export function mostAskedIn(stage: Stage): number {
  if (stage.length < fewest) return stage.length;
  const { byKey, others } = indexOf(stage);
  return [...byKey.values()].reduce((most, { length }) => Math.max(most, length), 0) + others.length;
}

/** Ascending lists that share nothing, as one. */
function* merged(lists: readonly (readonly number[])[]): Iterable<number> {
  const heads = lists.map(() => 0);
  for (;;) {
    let first = -1;
    for (const [list, numbers] of lists.entries()) {
      const own = numbers[heads[list] ?? 0];
      const best = lists[first]?.[heads[first] ?? 0];
      if (own !== undefined && (best === undefined || own < best)) first = list;
    }
    const next = lists[first]?.[heads[first] ?? 0];
    if (next === undefined) return;
    heads[first] = (heads[first] ?? 0) + 1;
    yield next;
  }
}

const indices = new WeakMap<Stage, Index>();

/** Says that the scopes of a copy are entered as those of the original are. */
export function chosenAlike(copy: Stage, original: Stage): void {
  if (original.length >= fewest) indices.set(copy, indexOf(original));
}

function indexOf(stage: Stage): Index {
  const known = indices.get(stage);
  if (known !== undefined) return known;
  const byKey = new Map<string, number[]>();
  const others: number[] = [];
  for (const [index, { when }] of stage.entries()) {
    const keys = keysOf(when);
    if (keys === null) others.push(index);
    for (const key of keys ?? []) {
      const standing = byKey.get(key);
      if (standing === undefined) byKey.set(key, [index]);
      else standing.push(index);
    }
  }
  const made = { byKey, others };
  indices.set(stage, made);
  return made;
}

type Asked = "host" | "path";

/** Without a difference between upper and lower case: whoever asks for one is asked in the end. */
function keyOf(field: Asked, value: string): string {
  return `${field} ${value.toLowerCase()}`;
}

/** A condition that holds only for requests with one of these keys; null where no such keys are known. Host names come before paths. */
function keysOf(when: Condition): ReadonlySet<string> | null {
  return valuesAsked(when, "host") ?? valuesAsked(when, "path");
}

function valuesAsked(when: Condition, field: Asked): ReadonlySet<string> | null {
  if (when.kind === "all") return when.of.map((one) => valuesAsked(one, field)).find((values) => values !== null) ?? null;
  if (when.kind === "any") {
    const each = when.of.map((one) => valuesAsked(one, field));
    return each.every((values) => values !== null) ? new Set(each.flatMap((values) => [...values])) : null;
  }
  if (when.kind !== "test" || when.negated === true || when.subject.kind !== "field" || when.subject.field !== field || (when.transforms ?? []).length > 0) return null;
  const { operator } = when;
  if (operator.kind === "in") return new Set(operator.values.map((value) => keyOf(field, value)));
  const value = operator.kind === "equals" ? literal(operator.value) : null;
  return value === null ? null : new Set([keyOf(field, value)]);
}
