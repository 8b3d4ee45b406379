import type { Operator } from "./condition.ts";
import { edgesOfNetwork } from "./network.ts";
import { antiSamples, samplesOf } from "./regex.ts";
import type { Template } from "./template.ts";

/** What an operator says about a text: whole values on both sides of its edges, and pieces it looks for. */
export interface Pieces {
  readonly wholes: readonly string[];
  readonly heads: readonly string[];
  readonly parts: readonly string[];
  readonly tails: readonly string[];
}

/** No piece at all. */
export const noPieces: Pieces = { wholes: [], heads: [], parts: [], tails: [] };

/** Applies a function to every piece. */
export function mapPieces(pieces: Pieces, change: (text: string) => readonly string[]): Pieces {
  return {
    wholes: pieces.wholes.flatMap(change),
    heads: pieces.heads.flatMap(change),
    parts: pieces.parts.flatMap(change),
    tails: pieces.tails.flatMap(change),
  };
}

/** All pieces of several. */
export function joinPieces(...all: readonly Pieces[]): Pieces {
  const unique = (of: (pieces: Pieces) => readonly string[]): readonly string[] => [...new Set(all.flatMap(of))];
  return { wholes: unique((one) => one.wholes), heads: unique((one) => one.heads), parts: unique((one) => one.parts), tails: unique((one) => one.tails) };
}

/** The pieces of an operator; `known` gives the text that a template comes to. */
export function piecesOfOperator(operator: Operator, known: (template: Template) => string): Pieces {
  switch (operator.kind) {
    case "in":
      return { ...noPieces, wholes: operator.values.flatMap((value) => cases(value, operator.ignoreCase)) };
    case "equals":
      return { ...noPieces, wholes: cases(known(operator.value), operator.ignoreCase) };
    case "startsWith":
      return { ...noPieces, heads: cases(known(operator.value), operator.ignoreCase) };
    case "endsWith":
      return { ...noPieces, tails: cases(known(operator.value), operator.ignoreCase) };
    case "contains":
      return { ...noPieces, parts: cases(known(operator.value), operator.ignoreCase) };
    case "containsAny":
      return { ...noPieces, parts: operator.values.flatMap((value) => cases(value, operator.ignoreCase)) };
    case "within":
      return { ...noPieces, wholes: substrings(known(operator.value)).flatMap((value) => cases(value, operator.ignoreCase)) };
    case "number":
      return { ...noPieces, wholes: aroundNumber(known(operator.value)) };
    case "inNetwork":
      return { ...noPieces, wholes: operator.blocks.flatMap(edgesOfNetwork) };
    case "matches":
      return piecesOfPattern(operator);
    case "present":
    case "onDisk":
      return noPieces;
    default:
      return operator satisfies never;
  }
}

/** A pattern says nothing of where its samples may stand, so they are tried whole, in front and at the end. */
function piecesOfPattern(operator: Extract<Operator, { kind: "matches" }>): Pieces {
  const samples = samplesOf(operator.pattern, operator);
  const some = samples.slice(0, 2);
  return { wholes: [...samples, ...antiSamples(operator.pattern, operator)], heads: some, parts: [], tails: some };
}

/** Where case is ignored, another test may still see it. */
function cases(text: string, ignoreCase: boolean | undefined): readonly string[] {
  return ignoreCase === true ? [...new Set([text, text.toLowerCase(), text.toUpperCase()])] : [text];
}

const longestWithin = 24;

function substrings(text: string): readonly string[] {
  if (text.length > longestWithin) return ["", text, ...text.split(/\s+/).filter(Boolean).flatMap((word) => [word, word.slice(0, -1)])];
  const found = new Set([text, ...text.split(/\s+/), ""]);
  for (let start = 0; start < text.length; start += 1) for (let end = start + 1; end <= text.length; end += 1) found.add(text.slice(start, end));
  return [...found];
}

function aroundNumber(text: string): readonly string[] {
  const edge = Number.parseInt(text, 10) || 0;
  return [edge - 1, edge, edge + 1].map(String);
}

/** The pieces of what one field of a template must be for the whole to be what an operator speaks of. */
export function piecesOfPart(pieces: Pieces, template: Template, index: number): Pieces {
  if (template.length === 1) return pieces;
  const fields = template.flatMap((part, at) => (part.kind === "text" ? [] : [at]));
  const place = fields.indexOf(index);
  const before = place === 0 ? textOf(template.slice(0, index)) : null;
  const after = place === fields.length - 1 ? textOf(template.slice(index + 1)) : null;
  const all = [...pieces.wholes, ...pieces.heads, ...pieces.tails];
  return {
    wholes: [...all.flatMap((whole) => splits(template, whole).flatMap((groups) => groups[place] ?? [])), ...all.flatMap((whole) => betweenTexts(template, index, whole))],
    heads: before === null ? [] : pieces.heads.flatMap((head) => (head.startsWith(before) ? [head.slice(before.length)] : [])),
    parts: pieces.parts,
    tails: after === null ? [] : pieces.tails.flatMap((tail) => (tail.endsWith(after) ? [tail.slice(0, tail.length - after.length)] : [])),
  };
}

/** What a field must be where a piece of the whole begins with the text right before it. */
function betweenTexts(template: Template, index: number, piece: string): readonly string[] {
  const [before, after] = [template[index - 1], template[index + 1]];
  if (before?.kind !== "text" || before.text === "" || !piece.startsWith(before.text)) return [];
  const rest = piece.slice(before.text.length);
  return [after?.kind === "text" && after.text !== "" ? (rest.split(after.text, 1)[0] ?? "") : rest];
}

function textOf(template: Template): string {
  return template.map((part) => (part.kind === "text" ? part.text : "")).join("");
}

/** Ways to cut a text into the values that the fields of a template had: each as short, or as long, as can be. */
function splits(template: Template, text: string): readonly (readonly string[])[] {
  if (text.length > 200 || template.length > 9) return [];
  return ["*?", "*"].flatMap((repeat) => {
    const source = template.map((part) => (part.kind === "text" ? part.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : `([^]${repeat})`)).join("");
    const found = new RegExp(`^${source}$`).exec(text);
    return found === null ? [] : [found.slice(1)];
  });
}

/** Texts, and whether there would have been more. */
export interface Samples {
  readonly values: readonly string[];
  readonly capped: boolean;
}

/**
 * Texts for every way to hold and not to hold the pieces. `fresh` occurs in none of them, not even in part, so what is
 * put together with it in between holds exactly what it is made of.
 */
export function samplesOfPieces(pieces: Pieces, fresh: string, most: number): Samples {
  const values = new Set<string>(pieces.wholes);
  for (const text of combined(pieces, fresh)) {
    if (values.size >= most) return { values: [...values], capped: true };
    values.add(text);
  }
  return { values: [...values], capped: false };
}

/** The plain ones first: a head, a tail, both, then with parts in between. */
function* combined({ heads, parts, tails }: Pieces, fresh: string): Iterable<string> {
  for (const tail of ["", ...tails]) {
    for (const head of ["", ...heads]) {
      yield head + tail;
      yield head + fresh + tail;
    }
  }
  for (const some of subsets(parts)) {
    const middle = fresh + some.join(fresh) + fresh;
    for (const tail of ["", ...tails]) for (const head of ["", ...heads]) yield head + middle + tail;
  }
}

/** Every choice of one item or more, small ones first. */
export function* subsets<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let size = 1; size <= items.length; size += 1) yield* choices(items, size, 0);
}

function* choices<T>(items: readonly T[], size: number, from: number): Iterable<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= items.length - size; index += 1) {
    for (const rest of choices(items, size - 1, index + 1)) yield [...items.slice(index, index + 1), ...rest];
  }
}

const freshCandidates = ["other", "more", ..."xzqjkwvyghbdfulcmpnorstiae", ..."_-", ..."7395182460"];

/** A text of which no beginning ends a literal, no end begins one, and which occurs in none, whatever the case. */
export function freshText(literals: readonly string[]): string {
  const known = [...new Set(literals.map((value) => value.toLowerCase()))].filter((value) => value !== "");
  const apart = freshCandidates.find((candidate) => known.every((value) => isApart(candidate, value)));
  if (apart !== undefined) return apart;
  for (let number = 0; ; number += 1) {
    const candidate = `zq${number}x`;
    if (!known.some((value) => value.includes(candidate))) return candidate;
  }
}

function isApart(fresh: string, value: string): boolean {
  if (value.includes(fresh) || fresh.includes(value)) return false;
  for (let length = 1; length < fresh.length; length += 1) {
    if (value.endsWith(fresh.slice(0, length)) || value.startsWith(fresh.slice(-length))) return false;
  }
  return true;
}
