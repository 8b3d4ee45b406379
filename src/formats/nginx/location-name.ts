import type { Condition } from "../../model/condition.ts";
import { test } from "../../model/condition.ts";
import { pattern } from "./conditions.ts";
import type { Context } from "./context.ts";
import type { Site } from "./lowering.ts";
import type { Word } from "./parse.ts";
import { valueOf } from "./values.ts";

/** How a location is matched; `^~` is a prefix that keeps regular expressions away. */
export type LocationKind = "exact" | "prefix" | "firm-prefix" | "regex" | "named";

/** What stands between `location` and its block. */
export interface LocationName {
  readonly kind: LocationKind;
  /** The path, pattern or `@name`, without its modifier. */
  readonly word: Word;
  readonly ignoreCase: boolean;
}

const MODIFIERS: Readonly<Record<string, { readonly kind: LocationKind; readonly ignoreCase: boolean }>> = {
  "=": { kind: "exact", ignoreCase: false },
  "^~": { kind: "firm-prefix", ignoreCase: false },
  "~": { kind: "regex", ignoreCase: false },
  "~*": { kind: "regex", ignoreCase: true },
};

/** Reads a location's name (ngx_http_core_location): the modifier may be glued to the path. */
export function locationName(context: Pick<Context, "opener">): LocationName | null {
  const [first, second] = context.opener?.args ?? [];
  if (first === undefined) return null;
  if (second !== undefined) {
    const modifier = MODIFIERS[first.value];
    return modifier === undefined ? null : { ...modifier, word: second };
  }
  const glued = /^(=|\^~|~\*|~)([^]*)$/.exec(first.value);
  const modifier = MODIFIERS[glued?.[1] ?? ""];
  if (glued !== null && modifier !== undefined) return { ...modifier, word: { ...first, value: glued[2] ?? "" } };
  return { kind: first.value.startsWith("@") ? "named" : "prefix", word: first, ignoreCase: false };
}

/** Whether a path is the location's, other locations left aside. */
export function locationMatches(site: Site, name: LocationName): Condition {
  const { word, kind } = name;
  if (kind === "regex") {
    if (!word.template) return test("path", pattern(word.value, name.ignoreCase), word.at);
    return { kind: "unknown", key: `location ${word.value}`, why: `the pattern \`${word.value}\``, reads: ["path"], at: word.at };
  }
  // Location names are no values: only a template can leave a gap in them.
  const value = word.template ? valueOf(site, word) : [{ kind: "text" as const, text: word.value }];
  return test("path", { kind: kind === "exact" ? "equals" : "startsWith", value }, word.at);
}
