import type { Finding } from "../lint/finding.ts";
import { curlCommand } from "../report/curl.ts";
import { positionAt, type Problem, type Span } from "../source.ts";

/** One line that GitHub shows beside the code. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly at: Span;
  readonly title: string;
  readonly message: string;
}

const levels = { error: "error", warning: "warning", note: "notice" } as const;

/** One annotation for each problem and finding, the gravest first. */
export function annotationsOf(findings: readonly Finding[], problems: readonly Problem[]): readonly Annotation[] {
  const all = [
    ...problems.map(({ at, code, message }): Annotation => ({ level: "error", at, title: code, message })),
    ...findings.map((finding): Annotation => ({ level: levels[finding.severity], at: finding.at, title: finding.rule, message: messageOf(finding) })),
  ];
  const order = Object.values(levels);
  return all.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function messageOf({ message, witness, fix, rule }: Finding): string {
  const lines = [message, curlCommand(witness), ...(fix === undefined ? [] : [`Fix: ${fix.title}`]), `Docs: rules/${rule}.md`];
  return lines.join("\n");
}

/**
 * Workflow commands for the first annotations of each level, and how many were left out: GitHub drops what comes after
 * ten of a level in one step without a word. `prefix` leads from the root of the repository to the working directory.
 */
export function annotationCommands(annotations: readonly Annotation[], most: number, prefix: string): { readonly commands: readonly string[]; readonly leftOut: number } {
  const kept = Object.values(levels).flatMap((level) => annotations.filter((one) => one.level === level).slice(0, most));
  return { commands: kept.map((one) => annotationCommand(one, prefix)), leftOut: annotations.length - kept.length };
}

function annotationCommand({ level, at, title, message }: Annotation, prefix: string): string {
  const start = positionAt(at.file, at.start);
  const end = positionAt(at.file, at.end);
  const where = start.line === end.line ? { line: start.line, endLine: end.line, col: start.column, endColumn: end.column } : { line: start.line };
  const properties = Object.entries({ file: `${prefix}${at.file.path}`, ...where, title });
  return `::${level} ${properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",")}::${escapeData(message)}`;
}

/** The message of a workflow command on one line. */
export function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
