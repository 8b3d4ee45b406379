import { didYouMean } from "../did-you-mean.ts";
import { positionAt, startsOfLines, type Problem, type SourceFile, type Span } from "../source.ts";
import type { Finding } from "./finding.ts";
import type { Workspace } from "./load.ts";

/** What is left of the findings, and every problem of the workspace and of its suppressions. */
export interface Kept {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  /** How many findings a comment silenced. */
  readonly suppressed: number;
}

interface Named {
  readonly id: string;
}

/** One rule that one comment silences, for one line. */
interface Suppression {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly at: Span;
}

/** Where a comment stands, and what follows its keyword. */
interface Comment {
  readonly file: SourceFile;
  readonly start: number;
  readonly line: number;
  readonly words: string;
}

/** What a comment comes to. */
interface Read {
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly Problem[];
}

const keyword = "postlint-ignore-next";
const comment = new RegExp(`^[ \\t]*(?:#[ \\t]*${keyword}\\b(.*)|<!--[ \\t]*${keyword}\\b(.*?)-->)$`);

/**
 * Applies `# postlint-ignore-next RULE, RULE -- reason`, in XML `<!-- postlint-ignore-next RULE, RULE: reason -->`, as
 * no comment there may have two hyphens in it (XML 1.0, 2.5): a comment on a line of its own silences these rules on the
 * next line that is no such comment. One without a reason or with a rule that does not exist silences nothing and is a
 * problem; so is one that silences nothing although its rule ran.
 */
export function suppress(findings: readonly Finding[], workspace: Workspace, running: readonly Named[], known: readonly Named[]): Kept {
  const ids = known.map((rule) => rule.id);
  const read = commentsOf(workspace).map((one) => parse(one, ids));
  const suppressions = read.flatMap((one) => one.suppressions);
  const used = new Set<Suppression>();
  const left = findings.filter((finding) => {
    const by = suppressions.find((one) => silences(one, finding));
    if (by !== undefined) used.add(by);
    return by === undefined;
  });
  const ran = new Set(running.map((rule) => rule.id));
  const unused = suppressions.filter((one) => ran.has(one.rule) && !used.has(one)).map(unusedProblem);
  return {
    findings: left,
    problems: [...workspace.problems, ...read.flatMap((one) => one.problems), ...unused],
    suppressed: findings.length - left.length,
  };
}

/** The comment that would silence a finding, in the syntax of its file; null where the file has no comments. */
export function suppressionFor(finding: Finding): string | null {
  const { file } = finding.at;
  return /\.json$/i.test(file.path) ? null : example(file, finding.rule, "<reason>");
}

function example(file: SourceFile, rules: string, reason: string): string {
  return isXml(file) ? `<!-- ${keyword} ${rules}: ${reason.replace(/[<>]/g, "")} -->` : `# ${keyword} ${rules} -- ${reason}`;
}

function isXml({ text }: SourceFile): boolean {
  return /^\uFEFF?\s*<(?:\?xml|!--|configuration\b)/.test(text);
}

/** Every comment once: a file may take part in several units, whole and as an embedded piece. */
function commentsOf(workspace: Workspace): readonly Comment[] {
  const files = [...new Set(workspace.units.flatMap((unit) => unit.files))].filter((file) => file.text.includes(keyword));
  const byPlace = new Map(files.flatMap(commentsIn).map((one) => [`${one.start} ${one.file.path}`, one]));
  return [...byPlace.values()];
}

function commentsIn(file: SourceFile): readonly Comment[] {
  const starts = startsOfLines(file);
  return starts.flatMap((start, index) => {
    const text = file.text.slice(start, starts[index + 1]).trimEnd();
    const [, hash, xml] = comment.exec(text) ?? [];
    const words = hash ?? xml;
    return words === undefined ? [] : [{ file, start: start + text.search(/\S/), line: index + 1, words }];
  });
}

function parse(one: Comment, known: readonly string[]): Read {
  const [rules = "", ...rest] = one.words.split(isXml(one.file) ? /:|(?:^|\s)--(?:\s|$)/ : /(?:^|\s)--(?:\s|$)/);
  const ids = rules.split(/[\s,]+/).filter(Boolean);
  const at = { file: one.file, start: one.start, end: one.start + one.file.text.slice(one.start).search(/[ \t]*(?:[\r\n]|$)/) };
  if (ids.length === 0) return problem("suppression-without-rule", `\`${keyword}\` names no rule: write \`${example(one.file, "RULE", "reason")}\``, at);
  if (rest.join("").trim() === "") {
    return problem("suppression-without-reason", `a suppression needs a reason: write \`${example(one.file, ids.join(", "), "reason")}\``, at);
  }
  const strangers = ids.filter((id) => !known.includes(id));
  const line = lineAfter(one);
  return {
    suppressions: ids.filter((id) => known.includes(id)).map((rule) => ({ path: one.file.path, line, rule, at })),
    problems: strangers.map((id) => ({ code: "suppression-unknown-rule", message: `there is no rule \`${id}\`${didYouMean(id, known)}`, at })),
  };
}

function problem(code: string, message: string, at: Span): Read {
  return { suppressions: [], problems: [{ code, message, at }] };
}

/** Several comments may stand above one line. */
function lineAfter({ file, line }: Comment): number {
  const starts = startsOfLines(file);
  let next = line + 1;
  while (next <= starts.length && comment.test(file.text.slice(starts[next - 1], starts[next]).trimEnd())) next += 1;
  return next;
}

function silences(suppression: Suppression, finding: Finding): boolean {
  const { file, start } = finding.at;
  return suppression.rule === finding.rule && suppression.path === file.path && suppression.line === positionAt(file, start).line;
}

function unusedProblem({ rule, at }: Suppression): Problem {
  return { code: "suppression-unused", message: `nothing to suppress: \`${rule}\` reports nothing on the next line`, at };
}
