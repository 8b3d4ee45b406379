import type { Finding, LintResult } from "../lint/finding.ts";
import type { Edit } from "../model/program.ts";
import { placeOnDisk, positionAt, type Problem, type Span } from "../source.ts";
import { curlCommand, urlOf } from "./curl.ts";
import { tally } from "./tally.ts";

/** For programs: every finding, possible ones too. Offsets and columns count UTF-16 units; lines and columns start at 1. */
export function json(result: LintResult): string {
  const report = {
    version: 1,
    files: result.files.map(({ path, format }) => ({ path, format })),
    findings: result.findings.map(jsonFinding),
    problems: result.problems.map(jsonProblem),
    summary: { files: result.files.length, ...tally(result) },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Where a span begins. */
export function jsonPlace(at: Span): { readonly file: string; readonly line: number; readonly column: number } {
  const { file, start } = placeOnDisk(at);
  return { file: file.path, ...positionAt(file, start) };
}

/** A status a client can read; null where the connection is closed instead. */
export function jsonStatus(status: number | "reset" | null): number | null {
  return status === "reset" ? null : status;
}

function jsonFinding(finding: Finding): object {
  const { rule, severity, certainty, message, at, related, witness, status, fix } = finding;
  const end = positionAt(at.file, at.end);
  return {
    rule,
    severity,
    certainty,
    message,
    ...jsonPlace(at),
    endLine: end.line,
    endColumn: end.column,
    related: related.map((one) => ({ ...jsonPlace(one.at), message: one.note })),
    witness: {
      method: witness.method,
      url: urlOf(witness),
      headers: witness.headers,
      body: witness.body,
      status: jsonStatus(status),
      curl: curlCommand(witness),
    },
    ...(fix === undefined ? {} : { fix: { title: fix.title, safe: fix.safe, edits: fix.edits.map(jsonEdit) } }),
    docs: `rules/${rule}.md`,
  };
}

function jsonEdit({ at, text }: Edit): object {
  return { file: at.file.path, start: at.start, end: at.end, text };
}

function jsonProblem({ code, message, at }: Problem): object {
  return { ...jsonPlace(at), code, message };
}
