import type { Operator } from "./condition.ts";
import {
  assign,
  compareDimensions,
  dimensionOfEntry,
  dimensionsOf,
  encoded,
  encodedPath,
  fixedValues,
  valueIn,
  type Dimension,
} from "./dimension.ts";
import { unknownEnvironment } from "./environment.ts";
import { initialWorld } from "./evaluate.ts";
import type { Collection, Field } from "./field.ts";
import { askingIn, valueOf } from "./holds.ts";
import type { Program } from "./program.ts";
import { samplesOf } from "./regex.ts";
import type { Request } from "./request.ts";
import { freshText, joinPieces, mapPieces, noPieces, piecesOfOperator, piecesOfPart, samplesOfPieces, subsets, type Pieces, type Samples } from "./samples.ts";
import { signatureOf } from "./signature.ts";
import { fieldValue, gap, literal, type Template } from "./template.ts";
import type { Test } from "./tests-of.ts";

/** One part of the request, and a value for each region that is not the base's own. */
export interface Axis {
  readonly dimension: Dimension;
  readonly values: readonly (string | null)[];
}

/** What a test says about one part of the request. `shared` says that other parts have a say in it. */
interface Claim {
  readonly dimension: Dimension;
  readonly pieces: Pieces;
  readonly shared: boolean;
}

/** What all tests say about one part. */
interface Known {
  readonly tests: Test[];
  readonly pieces: Pieces[];
  readonly shared: Pieces[];
}

/** At most so many answers are compared for each sample that is asked for, so that long lists of tests cost no more than their length. */
const answersPerSample = 100;
/** However many tests there are, one sample in so many is compared. */
const atLeastOneIn = 20;

/** For every part of the request that is tested: a value for each further region. */
export function axesOf(program: Program, tests: readonly Test[], base: Request, fixed: readonly Dimension[], mostSamples: number): { readonly axes: readonly Axis[]; readonly capped: boolean } {
  const world = initialWorld(program, base, unknownEnvironment);
  const known = (template: Template): string => {
    const value = literal(template) ?? valueOf(askingIn(world), template);
    // Any text stands for a gap, where there is more than a gap.
    return typeof value === "string" ? value : value.text === gap ? "" : value.text.replaceAll(gap, "x");
  };
  const all = tests.map((test) => ({ test, pieces: piecesOfTest(test, known) }));
  const fresh = freshText([...all.flatMap(({ test, pieces }) => [...Object.values(pieces).flat(), ...textsOf(test)])]);
  const parts = new Map<Dimension, Known>();
  for (const { test, pieces } of all) {
    for (const claim of claimsOf(test, pieces, fresh)) {
      if (fixed.includes(claim.dimension)) continue;
      const part = parts.get(claim.dimension) ?? { tests: [], pieces: [], shared: [] };
      parts.set(claim.dimension, part);
      part.tests.push(test);
      part.pieces.push(claim.pieces);
      if (claim.shared) part.shared.push(claim.pieces);
    }
  }
  let capped = false;
  const axes = [...parts].map(([dimension, part]) => {
    const most = Math.min(mostSamples, Math.ceil(Math.max(mostSamples / atLeastOneIn, (mostSamples * answersPerSample) / part.tests.length)));
    const samples = samplesIn(dimension, joinPieces(...part.pieces), fresh, most);
    capped ||= samples.capped;
    const kept = part.shared.length === 0 ? new Set<string | null>() : new Set([null, ...samplesIn(dimension, joinPieces(...part.shared), fresh, most).values]);
    return { dimension, values: distinct(program, part, dimension, samples.values, kept, base) };
  });
  return { axes: axes.sort((left, right) => compareDimensions(left.dimension, right.dimension)), capped };
}

function textsOf(test: Test): readonly string[] {
  return test.subject.kind === "text" ? test.subject.of.flatMap((part) => (part.kind === "text" ? [part.text] : [])) : [];
}

function piecesOfTest(test: Test, known: (template: Template) => string): Pieces {
  const operators: readonly Operator[] = [test.operator, ...(test.also ?? []).map(({ operator }) => operator)];
  return joinPieces(...operators.map((operator) => piecesOfOperator(operator, known)));
}

function claimsOf(test: Test, pieces: Pieces, fresh: string): readonly Claim[] {
  if (test.subject.kind === "entries") return claimsOfEntries(test, pieces, fresh);
  const template = test.subject.kind === "field" ? fieldValue(test.subject.field) : test.subject.of;
  const fields = template.flatMap((part, index) => (part.kind === "field" ? [{ field: part.field, index }] : []));
  const dimensions = new Set(fields.flatMap(({ field }) => dimensionsOf(field)));
  return fields.flatMap(({ field, index }) => claimsOfField(field, piecesOfPart(pieces, template, index), dimensions.size > 1));
}

function claimsOfField(field: Field, pieces: Pieces, shared: boolean): readonly Claim[] {
  if (field === "requestUri") return claimsOfTarget(pieces);
  const sent = field === "path" || field === "sentPath" || field === "strictPath" || field === "slashedPath" ? mapPieces(pieces, (text) => [encodedPath(text)]) : pieces;
  return dimensionsOf(field).map((dimension, index) => ({ dimension, pieces: index === 0 ? sent : noPieces, shared }));
}

/** The request target holds a path and, after the first `?`, a query. */
function claimsOfTarget(pieces: Pieces): readonly Claim[] {
  const before = (text: string): string => text.split("?", 1)[0] ?? "";
  const after = (text: string): readonly string[] => (text.includes("?") ? [text.slice(text.indexOf("?") + 1)] : []);
  const open = (texts: readonly string[]): readonly string[] => texts.filter((text) => !text.includes("?"));
  const cut = (texts: readonly string[]): readonly string[] => texts.filter((text) => text.includes("?")).map(before);
  return [
    {
      dimension: "path",
      pieces: { wholes: [...pieces.wholes.map(before), ...cut(pieces.heads)], heads: open(pieces.heads), parts: open(pieces.parts), tails: [...open(pieces.tails), ...cut([...pieces.parts, ...pieces.tails])] },
      shared: true,
    },
    {
      dimension: "query",
      pieces: { wholes: [...pieces.wholes.flatMap(after), ...pieces.tails.flatMap(after)], heads: [...pieces.heads, ...pieces.parts].flatMap(after), parts: open(pieces.parts), tails: open(pieces.tails) },
      shared: true,
    },
  ];
}

function claimsOfEntries(test: Test, pieces: Pieces, fresh: string): readonly Claim[] {
  if (test.subject.kind !== "entries") return [];
  const { from, only, except, part } = test.subject;
  const chosen = only?.flatMap((selector) => (selector.kind === "name" ? [selector.name] : samplesOf(selector.pattern, selector).slice(0, 2))) ?? [];
  const left = except?.flatMap((selector) => (selector.kind === "name" ? [selector.name] : [])) ?? [];
  const names = only === undefined && part === "names" ? samplesOfPieces(pieces, fresh, 8).values : only === undefined ? ["name", ...left] : chosen;
  const presence: Pieces = { ...noPieces, wholes: [fresh] };
  return from.flatMap((collection) =>
    names.flatMap((name): readonly Claim[] => {
      const dimension = dimensionOfEntry(collection, name);
      if (dimension === null || (collection === "headers" && only === undefined && part !== "names")) return [];
      const ofEntry = part === "values" ? mapPieces(pieces, (text) => [sentIn(collection, text)]) : presence;
      const claim = { dimension, pieces: ofEntry, shared: collection === "groups" || collection === "scopes" };
      return claim.shared ? [claim, { dimension: "identity", pieces: noPieces, shared: true }] : [claim];
    }),
  );
}

function sentIn(collection: Collection, text: string): string {
  return collection === "queryArguments" || collection === "formArguments" ? encoded(text) : text;
}

const numbers: ReadonlySet<Dimension> = new Set(["port", "bodyBytes", "perMinute", "atOnce"]);
const mostMembers = 5;

function samplesIn(dimension: Dimension, pieces: Pieces, fresh: string, most: number): Samples {
  const samples = samplesOfPieces(pieces, fresh, most);
  if (dimension === "groups" || dimension === "scopes") return memberships(samples, most);
  if (dimension === "path") return { ...samples, values: samples.values.flatMap((value) => (value.startsWith("/") ? [value] : [`/${value}`, `/${fresh}${value}`])) };
  if (numbers.has(dimension)) return { ...samples, values: samples.values.flatMap((value) => (/^\d+$/.test(value) ? [value, String(Number(value) - 1), String(Number(value) + 1)] : [])) };
  if (dimension === "clientAddress") return { ...samples, values: [...samples.values, ...samples.values.flatMap(addressesWith)] };
  return { ...samples, values: [...fixedValues(dimension), ...samples.values] };
}

/** Addresses that begin or end with a text that is no whole address. */
function addressesWith(text: string): readonly string[] {
  return /^[\d.]+$/.test(text) ? ["1", "0.1", "0.0.1", ".1", ".0.1", ".0.0.1"].map((rest) => text + rest).concat(`203.0.113.${text}`, `203.0.113${text}`, `203.0${text}`, `203${text}`) : [];
}

/** A client may be in any set of groups. */
function memberships({ values, capped }: Samples, most: number): Samples {
  const few = values.length <= mostMembers;
  const sets = few ? [...subsets(values)] : [...values.map((value) => [value]), ...values.flatMap((value, index) => values.slice(index + 1).map((other) => [value, other])), values];
  return { values: sets.slice(0, most).map((members) => members.join("\n")), capped: capped || !few };
}

function distinct(program: Program, part: Known, dimension: Dimension, values: readonly string[], kept: ReadonlySet<string | null>, base: Request): readonly (string | null)[] {
  const own = valueIn(base, dimension);
  const seen = new Set([signatureOf(program, part.tests, base)]);
  const further: (string | null)[] = [];
  for (const value of new Set([null, ...values])) {
    const request = value === own ? null : assign(base, dimension, value);
    if (request === null) continue;
    const answers = signatureOf(program, part.tests, request);
    if (seen.has(answers) && !kept.has(value)) continue;
    seen.add(answers);
    further.push(value);
  }
  return further;
}
