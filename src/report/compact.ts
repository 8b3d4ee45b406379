import type { Finding, LintResult } from "../lint/finding.ts";
import type { Evidence } from "../model/program.ts";
import { positionAt, type Problem } from "../source.ts";
import { curlCommand } from "./curl.ts";
import { clean } from "./display.ts";
import { placeText } from "./frame.ts";
import { shown, type ReportOptions } from "./tally.ts";

/** One line for each finding and problem, for `grep`, editors and logs. */
export function compact(result: LintResult, options: ReportOptions): string {
  const lines = [...shown(result, options).map(findingLine), ...result.problems.map(problemLine)];
  return lines.map((line) => `${clean(line)}\n`).join("");
}

function findingLine(finding: Finding): string {
  const { at, severity, rule, message, certainty, related, fix, witness } = finding;
  const parts = [
    `${placeText(at)}: ${severity} ${rule}: ${message}${certainty === "possible" ? " (possible)" : ""}`,
    ...(related.length === 0 ? [] : [`via ${related.map((one) => via(one, finding)).join(",")}`]),
    ...(fix === undefined ? [] : [`fix: ${fix.title}`]),
    curlCommand(witness),
  ];
  return parts.join(" | ");
}

/** A line number, with its file when that is another one. */
function via({ at }: Evidence, finding: Finding): string {
  const { line } = positionAt(at.file, at.start);
  return at.file.path === finding.at.file.path ? String(line) : `${at.file.path}:${line}`;
}

function problemLine({ at, code, message }: Problem): string {
  return `${placeText(at)}: problem ${code}: ${message}`;
}
