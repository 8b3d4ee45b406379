import { all, not, test, testText, type Condition } from "../../../model/condition.ts";
import type { Span } from "../../../source.ts";
import { textValue } from "./configuration.ts";
import type { Section } from "./tree.ts";

const TRANSPARENT: ReadonlySet<string> = new Set(["ifmodule", "ifdefine", "ifversion"]);

/** What a section does to the directives inside: nothing, drop them, or let them apply where `when` holds. */
export type Around =
  | { readonly kind: "transparent" }
  | { readonly kind: "dropped" }
  /** `early`: known before phase 1, as nginx knows its locations; Apache chooses its sections after that. */
  | { readonly kind: "place"; readonly when: Condition; readonly early: boolean };

/** Reads a section's opening line. Locations are tested against the decoded path; others are decided by the server around. */
export function aroundOf(section: Section): Around {
  const [first, second] = section.arguments.map(textValue);
  if (TRANSPARENT.has(section.name)) {
    return { kind: first?.startsWith("!") === true && section.name === "ifmodule" ? "dropped" : "transparent" };
  }
  if (section.name === "place") return { kind: "place", when: all(...section.arguments.map((word) => wordHolds(textValue(word), section.span))), early: true };
  if (section.name === "locationmatch" && first !== undefined) return place(first, section.span);
  if (section.name === "location" && first === "~" && second !== undefined) return place(second, section.span);
  if (section.name === "location" && first !== undefined) return place(locationPattern(first), section.span);
  const why = `whether the request is in <${section.name} ${first ?? ""}>`;
  return { kind: "place", when: { kind: "unknown", key: `${why} ${second ?? ""}`, why, reads: ["path", "host"], at: section.span }, early: false };
}

/** One word of a `<Place>`, the section that nginx configuration is handed on with: a pattern for host or path. */
function wordHolds(word: string, at: Span): Condition {
  const [, key = "", pattern = ""] = /^([a-z-]+)=([^]*)$/.exec(word) ?? [];
  if (key === "unknown") return { kind: "unknown", key: `${pattern} ${at.file.path}:${at.start}`, why: pattern, reads: ["path", "host"], at };
  const holds = test(key.endsWith("host") ? "host" : "path", { kind: "matches", pattern }, at);
  return key.startsWith("not-") ? not(holds) : holds;
}

function place(pattern: string, at: Span): Around {
  return { kind: "place", when: testText([{ kind: "field", field: "sentPath" }], { kind: "matches", pattern }, at), early: false };
}

/** `<Location /admin>` also takes `/admin/x`, but not `/administrator`; `*`, `?` and `[...]` are a shell's. */
function locationPattern(path: string): string {
  const pattern = path.replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
  return path.endsWith("/") ? `^${pattern}` : `^${pattern}(?:/|$)`;
}
