import type { Finding, LintResult } from "../lint/finding.ts";

/** What a report needs to know beyond the result. */
export interface ReportOptions {
  /** Show possible findings too. */
  readonly possible: boolean;
  /** Show errors only. */
  readonly quiet: boolean;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** How many files were read, recognised or not. */
  readonly filesRead: number;
  readonly milliseconds: number;
}

/** Turns a result into text. A reporter decides nothing. */
export type Reporter = (result: LintResult, options: ReportOptions) => string;

/** How many of each; a possible finding counts as nothing else. */
export interface Tally {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly possible: number;
  readonly problems: number;
}

/** Counts findings and problems. */
export function tally({ findings, problems }: Pick<LintResult, "findings" | "problems">): Tally {
  const certain = findings.filter((finding) => finding.certainty === "certain");
  const count = (severity: Finding["severity"]): number => certain.filter((finding) => finding.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    notes: count("note"),
    possible: findings.length - certain.length,
    problems: problems.length,
  };
}

/** The findings a text report shows. */
export function shown({ findings }: Pick<LintResult, "findings">, { possible, quiet }: Pick<ReportOptions, "possible" | "quiet">): readonly Finding[] {
  return findings.filter((finding) => (possible || finding.certainty === "certain") && (!quiet || finding.severity === "error"));
}

/** `3 errors, 1 warning`, or nothing. */
export function countWords({ errors, warnings, notes, problems }: Tally): string {
  const parts = [plural(errors, "error"), plural(warnings, "warning"), plural(notes, "note"), plural(problems, "problem")];
  return parts.filter((part) => !part.startsWith("0 ")).join(", ");
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How many files were read, and how many were recognised as what. */
export function filesLine({ files }: Pick<LintResult, "files">, filesRead: number): string {
  const byFormat = new Map<string, number>();
  for (const { format } of files) byFormat.set(format, (byFormat.get(format) ?? 0) + 1);
  const known = [...byFormat].sort(([a], [b]) => (a < b ? -1 : 1)).map(([format, count]) => `${count} ${format}`);
  const others = filesRead - files.length;
  if (known.length === 0) return `${plural(filesRead, "file")} read, none recognised`;
  return `${plural(filesRead, "file")} read: ${known.join(", ")}${others > 0 ? `, ${others} not recognised` : ""}`;
}
