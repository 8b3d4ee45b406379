import type { Finding, LintResult } from "../lint/finding.ts";
import { painter } from "../report/display.ts";
import { placeText } from "../report/frame.ts";
import { prettyFinding } from "../report/pretty.ts";
import { filesLine, shown, tally } from "../report/tally.ts";
import { positionAt, type Problem, type Span } from "../source.ts";

/** GitHub drops a step's summary altogether when it is larger than 1 MiB. */
const largest = 900 * 1024;

/** Gives the address of a line of a file, or null when there is none. */
export type LinkTo = (path: string, line: number) => string | null;

/** The job summary, in Markdown. What does not fit is counted. */
export function summaryOf(result: LintResult, filesRead: number, linkTo: LinkTo): string {
  const { errors, warnings, notes, problems, possible } = tally(result);
  const head = `## postlint\n\n| errors | warnings | notes | problems | possible | suppressed |\n|---|---|---|---|---|---|\n| ${[errors, warnings, notes, problems, possible, result.suppressed].join(" | ")} |\n\n${filesLine(result, filesRead)}.\n\n`;
  const sections = [
    ...result.problems.map((problem) => problemSection(problem, linkTo)),
    ...shown(result, { possible: false, quiet: false }).map((finding) => findingSection(finding, linkTo)),
  ];
  let text = head;
  for (const [index, section] of sections.entries()) {
    if (Buffer.byteLength(text) + Buffer.byteLength(section) > largest) return `${text}${sections.length - index} more did not fit.\n`;
    text += section;
  }
  return text;
}

function findingSection(finding: Finding, linkTo: LinkTo): string {
  const lines = prettyFinding(finding, 120, painter(false));
  const title = `${finding.severity} <code>${escapeHtml(finding.rule)}</code>: ${escapeHtml(finding.message)}`;
  return `<details><summary>${title}</summary>\n\n${link(finding.at, linkTo)}\n\n${fenced(lines)}\n\n</details>\n\n`;
}

function problemSection({ code, message, at }: Problem, linkTo: LinkTo): string {
  return `- problem <code>${escapeHtml(code)}</code>: ${escapeHtml(message)} (${link(at, linkTo)})\n\n`;
}

function link(at: Span, linkTo: LinkTo): string {
  const address = linkTo(at.file.path, positionAt(at.file, at.start).line);
  const text = `<code>${escapeHtml(placeText(at))}</code>`;
  return address === null ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
}

/** A block of code whose fence is longer than any run of backticks inside. */
function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"\r\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}
