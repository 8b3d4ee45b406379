import type { Template } from "../../model/template.ts";
import type { Item } from "./context.ts";
import type { Site } from "./lowering.ts";
import type { Word } from "./parse.ts";
import { valueOf } from "./values.ts";

/** A line of a `map` or of its like. */
export interface Row {
  readonly key: Word;
  readonly value: Template;
}

/** The lines of a block that give a value; `flags` are names that say something else. */
export function rowsOf(site: Site, items: readonly Item[], flags: ReadonlySet<string>): readonly Row[] {
  return items.flatMap(({ directive }) => {
    const [value] = directive.args;
    if (value === undefined || flags.has(directive.name.value)) return [];
    return [{ key: directive.name, value: valueOf(site, value) }];
  });
}
