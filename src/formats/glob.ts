/** One piece of a segment: any run of characters, or one character that fits. */
type Piece = "run" | ((char: string) => boolean);

/** Whether a segment has wildcards. */
export function hasWildcard(segment: string): boolean {
  return /[*?[]/.test(segment);
}

/**
 * A test for one segment of a path by glob(7): `*`, `?`, `[a-z]`, `[!a-z]`; a leading dot is matched only by a dot. A
 * bracket that is not closed stands for itself. Takes time in the product of both lengths at most.
 */
export function globSegment(glob: string): (name: string) => boolean {
  const pieces = [...piecesOf(glob)];
  const dotted = glob.startsWith(".");
  return (name) => (dotted || !name.startsWith(".")) && matches(pieces, [...name]);
}

function* piecesOf(glob: string): Iterable<Piece> {
  for (const [whole, negated, set] of glob.matchAll(/\[([!^]?)(\]?[^\]]*)\]|[^]/gu)) {
    if (set !== undefined && set !== "") yield inSet(set, negated !== "");
    else if (whole === "*") yield "run";
    else if (whole === "?") yield () => true;
    else for (const char of whole) yield (other) => other === char;
  }
}

function inSet(set: string, negated: boolean): (char: string) => boolean {
  const ranges = [...set.matchAll(/([^])-([^])|[^]/gu)].map(([single, from = single, to = single]) => [from, to] as const);
  return (char) => ranges.some(([from, to]) => from <= char && char <= to) !== negated;
}

/** Only the last run ever needs to grow: what stands before it has matched as early as it can. */
function matches(pieces: readonly Piece[], name: readonly string[]): boolean {
  let piece = 0;
  let at = 0;
  let run: { readonly piece: number; at: number } | null = null;
  while (at < name.length) {
    const here = pieces[piece];
    if (here === "run") {
      run = { piece, at };
      piece += 1;
    } else if (here !== undefined && here(name[at] ?? "")) {
      piece += 1;
      at += 1;
    } else if (run === null) {
      return false;
    } else {
      run.at += 1;
      at = run.at;
      piece = run.piece + 1;
    }
  }
  return pieces.slice(piece).every((rest) => rest === "run");
}
