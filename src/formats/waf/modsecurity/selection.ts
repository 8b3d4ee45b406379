import { compilePattern } from "../../../model/regex.ts";
import type { RuleEntry } from "./configuration.ts";

/** Which rules a directive or a `ctl` action means: ids and ranges of ids, or a pattern for tags or the message. */
export interface Choice {
  readonly by: "id" | "tag" | "msg";
  readonly text: string;
}

/** A test for the rules a choice means. */
export function chooser(choice: Choice): (entry: RuleEntry) => boolean {
  if (choice.by === "id") {
    const ranges = rangesOf(choice.text);
    return ({ id }) => id !== null && ranges.some(([first, last]) => id >= first && id <= last);
  }
  const pattern = compilePattern(choice.text);
  if (!pattern.ok) return () => false;
  if (choice.by === "msg") return (entry) => pattern.test(entry.message) === true;
  return (entry) => entry.tags.some((tag) => pattern.test(tag) === true);
}

function rangesOf(text: string): [first: number, last: number][] {
  return text.split(/[\s,]+/).flatMap((range): [number, number][] => {
    const found = /^"?(\d+)(?:-(\d+))?"?$/.exec(range);
    return found === null ? [] : [[Number(found[1]), Number(found[2] ?? found[1])]];
  });
}
