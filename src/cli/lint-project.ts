import { rules } from "../../rules/index.ts";
import type { LintResult, Severity } from "../lint/finding.ts";
import { lint } from "../lint/lint.ts";
import type { Span } from "../source.ts";
import { tally } from "../report/tally.ts";
import { openProject, type ProjectRequest } from "./project.ts";

/** What to look for, beyond what the configuration says. */
export interface LintRequest extends ProjectRequest {
  readonly severities: Readonly<Record<string, Severity | "off">>;
}

/** What came of it. */
export interface Linted {
  readonly result: LintResult;
  readonly filesRead: number;
  readonly notes: readonly string[];
  /** Whether something was read, and every path was that of a file. */
  readonly onlyFiles: boolean;
}

/** Reads and checks. As a hook, it keeps only what has to do with the given files. */
export async function lintProject(request: LintRequest): Promise<Linted> {
  const { config, workspace, filesRead, given, notes, onlyFiles, environmentOf } = await openProject(request);
  const concerns = (path: string): boolean => request.hook !== true || given.has(path);
  const units = workspace.units.filter((unit) => unit.files.some((file) => concerns(file.path)));
  const severities = { ...config.rules, ...request.severities };
  const result = lint({ ...workspace, units }, { rules, severities, posts: config.posts, environmentOf });
  const touched = (spans: readonly Span[]): boolean => spans.some((span) => concerns(span.file.path));
  return {
    result: {
      findings: result.findings.filter((finding) => touched([finding.at, ...finding.related.map((one) => one.at)])),
      problems: result.problems.filter((problem) => touched([problem.at])),
      files: result.files.filter((file) => concerns(file.path)),
      suppressed: result.suppressed,
    },
    filesRead,
    notes,
    onlyFiles,
  };
}

/** From which severity on a finding makes a run fail. */
export type FailOn = Severity | "never";

/** What decides the exit code. */
export interface Threshold {
  readonly failOn: FailOn;
  /** With a number, warnings fail only when there are more. */
  readonly maxWarnings?: number | undefined;
  /** Possible findings count like certain ones. */
  readonly possible: boolean;
}

/** Whether a run fails: a finding at or above the level, too many warnings, or a problem. */
export function fails(result: Pick<LintResult, "findings" | "problems">, { failOn, maxWarnings, possible }: Threshold): boolean {
  if (failOn === "never") return false;
  const findings = possible ? result.findings.map((finding) => ({ ...finding, certainty: "certain" as const })) : result.findings;
  const { errors, warnings, notes, problems } = tally({ findings, problems: result.problems });
  const tooMany = maxWarnings === undefined ? failOn !== "error" && warnings > 0 : warnings > maxWarnings;
  return errors > 0 || problems > 0 || tooMany || (failOn === "note" && notes > 0);
}
