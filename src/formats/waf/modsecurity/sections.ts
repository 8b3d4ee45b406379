import { testText, type Condition } from "../../../model/condition.ts";
import type { Span } from "../../../source.ts";
import { textValue } from "./configuration.ts";
import type { Section } from "./tree.ts";

const TRANSPARENT: ReadonlySet<string> = new Set(["ifmodule", "ifdefine", "ifversion"]);

/** What a section does to the directives inside: nothing, drop them, or let them apply where `when` holds. */
export type Around = { readonly kind: "transparent" } | { readonly kind: "dropped" } | { readonly kind: "place"; readonly when: Condition };

/** Reads a section's opening line. Locations are tested against the decoded path; others are decided by the server around. */
export function aroundOf(section: Section): Around {
  const [first, second] = section.arguments.map(textValue);
  if (TRANSPARENT.has(section.name)) {
    return { kind: first?.startsWith("!") === true && section.name === "ifmodule" ? "dropped" : "transparent" };
  }
  if (section.name === "locationmatch" && first !== undefined) return place(first, section.span);
  if (section.name === "location" && first === "~" && second !== undefined) return place(second, section.span);
  if (section.name === "location" && first !== undefined) return place(locationPattern(first), section.span);
  const why = `whether the request is in <${section.name} ${first ?? ""}>`;
  return { kind: "place", when: { kind: "unknown", key: `${why} ${second ?? ""}`, why, reads: ["path", "host"], at: section.span } };
}

function place(pattern: string, at: Span): Around {
  return { kind: "place", when: testText([{ kind: "field", field: "sentPath" }], { kind: "matches", pattern }, at) };
}

/** `<Location /admin>` also takes `/admin/x`, but not `/administrator`; `*`, `?` and `[...]` are a shell's. */
function locationPattern(path: string): string {
  const pattern = path.replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
  return path.endsWith("/") ? `^${pattern}` : `^${pattern}(?:/|$)`;
}
