import type { Finding, LintResult } from "../lint/finding.ts";
import { suppressionFor } from "../lint/suppress.ts";
import type { Problem } from "../source.ts";
import { curlPieces } from "./curl.ts";
import { diff } from "./diff.ts";
import { clean, painter, type Paint } from "./display.ts";
import { frame, placeText, type Mark } from "./frame.ts";
import { countWords, filesLine, plural, shown, tally, type ReportOptions } from "./tally.ts";

/** At most this many places that had a part in a finding are shown. */
const mostSteps = 5;

/** For people: every finding with its lines, the request that proves it and the way out. */
export function pretty(result: LintResult, options: ReportOptions): string {
  const paint = painter(options.color);
  const blocks = [
    ...shown(result, options).map((finding) => prettyFinding(finding, options.width, paint)),
    ...result.problems.map((problem) => prettyProblem(problem, options.width, paint)),
  ];
  return [...blocks.map((lines) => `${lines.join("\n")}\n`), summary(result, options, paint)].join("\n");
}

const colors = { error: "red", warning: "yellow", note: "cyan" } as const;

/** One finding as a block of lines. */
export function prettyFinding(finding: Finding, width: number, paint: Paint): readonly string[] {
  const { rule, severity, certainty, message } = finding;
  const steps = finding.related.slice(0, mostSteps).map((one, index): Mark => ({ at: one.at, label: `${index + 1}: ${clean(one.note)}`, primary: false }));
  const more = finding.related.length - steps.length;
  const marks: readonly Mark[] = [{ at: finding.at, label: finding.idle ?? finding.arrives ?? statusWords(finding.status), primary: true }, ...steps];
  return [
    `${paint(colors[severity], `${severity}[${rule}]`)}${paint("bold", `: ${clean(message)}`)}`,
    `  ${paint("cyan", "-->")} ${placeText(finding.at)} (${certainty})`,
    ...frame(marks, { width, paint }),
    ...(more > 0 ? [`   ${paint("cyan", "...")} and ${more} more, see --format json`] : []),
    `   ${paint("cyan", "|")}`,
    ...notes(finding).flatMap(([name, first = "", ...rest]) => [`   ${paint("cyan", "=")} ${paint("bold", `${name}:`)} ${first}`, ...rest.map((line) => `       ${line}`)]),
  ];
}

function statusWords(status: Finding["status"]): string {
  if (status === null) return "";
  return status === "reset" ? "closes the connection" : `answers ${status}`;
}

type Note = readonly [name: string, ...lines: readonly string[]];

function notes(finding: Finding): readonly Note[] {
  const { fix, legitimacy, doubt, assumptions } = finding;
  const pieces = curlPieces(finding.witness);
  const ignore = suppressionFor(finding);
  const optional: readonly (Note | null)[] = [
    [finding.idle !== undefined ? "request it says nothing about" : finding.arrives === undefined ? "blocked request" : "damaged request", ...pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece} \\` : piece))],
    legitimacy === "" ? null : ["why legitimate", clean(legitimacy)],
    doubt === null || doubt === "" ? null : ["why only possible", clean(doubt)],
    assumptions.length === 0 ? null : ["depends on", assumptions.map(clean).join("; ")],
    fix === undefined ? null : [fix.safe ? "fix" : "fix (unsafe)", clean(fix.title), ...diff(fix).map(clean)],
    ignore === null ? null : ["ignore", ignore],
    ["docs", `rules/${finding.rule}.md (postlint explain ${finding.rule})`],
  ];
  return optional.filter((note) => note !== null);
}

function prettyProblem({ code, message, at }: Problem, width: number, paint: Paint): readonly string[] {
  return [
    `${paint("red", `problem[${code}]`)}${paint("bold", `: ${clean(message)}`)}`,
    `  ${paint("cyan", "-->")} ${placeText(at)}`,
    ...frame([{ at, label: "", primary: true }], { width, paint }),
  ];
}

function summary(result: LintResult, options: ReportOptions, paint: Paint): string {
  const counts = tally(result);
  const words = countWords(counts);
  const found = words === "" ? paint("green", "no stopped POST found") : paint(counts.errors + counts.problems > 0 ? "red" : "yellow", words);
  const possible = counts.possible > 0 ? `; ${plural(counts.possible, "possible finding")}${options.possible ? "" : " (--possible shows them)"}` : "";
  const suppressed = result.suppressed > 0 ? `; ${result.suppressed} suppressed` : "";
  return `${found}${possible}${suppressed}\n${filesLine(result, options.filesRead)} (${options.milliseconds} ms)\n`;
}
