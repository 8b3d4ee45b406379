import { readFileSync } from "node:fs";

/** The page of a rule, as Markdown. The build replaces this by the texts themselves. */
export function pageOf(rule: string): string {
  return readFileSync(new URL(`../../rules/${rule}.md`, import.meta.url), "utf8");
}
