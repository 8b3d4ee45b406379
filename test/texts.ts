import fc from "fast-check";

/** Configuration text. */
export type Text = fc.Arbitrary<string>;

/** One of these texts. */
export const one = (...from: readonly string[]): Text => fc.constantFrom(...from);

/** Mostly nothing: `weight` times as often as something. */
export function maybe(weight: number, of: Text): Text {
  return fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant("") }, { weight: 1, arbitrary: of });
}

/** All of them, one after the other. */
export function joined(...parts: readonly Text[]): Text {
  return fc.tuple(...parts).map((texts) => texts.filter((text) => text !== "").join(" "));
}

/** All of them, each on a line of its own. */
export function lines(...parts: readonly Text[]): Text {
  return fc.tuple(...parts).map((texts) => texts.filter((text) => text !== "").join("\n"));
}

/** So many of them. */
export function several(most: number, of: Text, least = 0, between = " "): Text {
  return fc.array(of, { minLength: least, maxLength: most }).map((texts) => texts.filter((text) => text !== "").join(between));
}

/** So many lines. */
export function severalLines(most: number, of: Text, least = 0): Text {
  return several(most, of, least, "\n");
}
