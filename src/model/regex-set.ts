/**
 * A set of UTF-16 units (or of bytes, when the text is a string of bytes): sorted, disjoint,
 * inclusive ranges, flat: `[from, to, from, to, ...]`.
 */
export type CharacterSet = readonly number[];

export const LAST_UNIT = 0xffff;

/** The set of these inclusive ranges, which may overlap and stand in any order. */
export function setOf(ranges: readonly (readonly [number, number])[]): CharacterSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const flat: number[] = [];
  for (const [from, to] of sorted) {
    const last = flat.at(-1);
    if (last !== undefined && from <= last + 1) flat[flat.length - 1] = Math.max(last, to);
    else flat.push(from, to);
  }
  return flat;
}

/** The ranges of a set as pairs. */
export function pairsOf(set: CharacterSet): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < set.length; i += 2) pairs.push([set[i] ?? 0, set[i + 1] ?? 0]);
  return pairs;
}

export function union(...sets: readonly CharacterSet[]): CharacterSet {
  return setOf(sets.flatMap(pairsOf));
}

export function complement(set: CharacterSet): CharacterSet {
  const flat: number[] = [];
  let next = 0;
  for (const [from, to] of pairsOf(set)) {
    if (from > next) flat.push(next, from - 1);
    next = to + 1;
  }
  if (next <= LAST_UNIT) flat.push(next, LAST_UNIT);
  return flat;
}

export function contains(set: CharacterSet, unit: number): boolean {
  for (let i = 0; i + 1 < set.length; i += 2) {
    if (unit < (set[i] ?? 0)) return false;
    if (unit <= (set[i + 1] ?? 0)) return true;
  }
  return false;
}

/** Adds the other case of each ASCII letter, as PCRE does outside its UTF mode. */
export function foldCase(set: CharacterSet): CharacterSet {
  const extra: [number, number][] = [];
  for (const [from, to] of pairsOf(set)) {
    const upper: [number, number] = [Math.max(from, 0x41), Math.min(to, 0x5a)];
    const lower: [number, number] = [Math.max(from, 0x61), Math.min(to, 0x7a)];
    if (upper[0] <= upper[1]) extra.push([upper[0] + 32, upper[1] + 32]);
    if (lower[0] <= lower[1]) extra.push([lower[0] - 32, lower[1] - 32]);
  }
  return extra.length === 0 ? set : setOf([...pairsOf(set), ...extra]);
}

function fromText(ranges: string): CharacterSet {
  return setOf(ranges.split(" ").map((range) => [range.charCodeAt(0), range.charCodeAt(range.length - 1)] as const));
}

export const ANY: CharacterSet = [0, LAST_UNIT];
export const NEWLINE: CharacterSet = [10, 10];
export const NOT_NEWLINE = complement(NEWLINE);
export const DIGIT = fromText("0-9");
export const WORD = fromText("0-9 A-Z a-z _");
export const SPACE: CharacterSet = [9, 13, 32, 32];
export const HORIZONTAL_SPACE: CharacterSet = [9, 9, 32, 32, 0xa0, 0xa0];
export const VERTICAL_SPACE: CharacterSet = [10, 13, 0x85, 0x85];

/** The POSIX classes of a bracket expression, in the C locale. */
export const POSIX: ReadonlyMap<string, CharacterSet> = new Map([
  ["alpha", fromText("A-Z a-z")],
  ["digit", DIGIT],
  ["alnum", fromText("0-9 A-Z a-z")],
  ["upper", fromText("A-Z")],
  ["lower", fromText("a-z")],
  ["space", SPACE],
  ["blank", [9, 9, 32, 32]],
  ["punct", fromText("!-/ :-@ [-` {-~")],
  ["xdigit", fromText("0-9 A-F a-f")],
  ["word", WORD],
  ["cntrl", [0, 31, 127, 127]],
  ["print", [32, 126]],
  ["graph", [33, 126]],
  ["ascii", [0, 127]],
]);
