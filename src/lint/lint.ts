import type { Unit } from "../formats/format.ts";
import type { Environment } from "../model/environment.ts";
import { sourcesOf } from "../model/reads.ts";
import { arrivalWords, type Evidence, type Post, type Report, type Rule } from "../rule-api.ts";
import { placeOnDisk, startKey, type Problem } from "../source.ts";
import type { DeclaredPost } from "./declared.ts";
import { fixOnDisk } from "./edits.ts";
import type { Finding, LintResult, Severity } from "./finding.ts";
import type { Workspace } from "./load.ts";
import { suppress } from "./suppress.ts";
import { survey, type Surveyed } from "./survey.ts";
import { supposedIn } from "./taken-for-granted.ts";

/** What a run looks for. */
export interface LintOptions {
  readonly rules: readonly Rule[];
  /** Severities that replace a rule's own, by rule id. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
  readonly posts: readonly DeclaredPost[];
  /** What is known of the disk of the server a unit is for. */
  environmentOf(unit: Unit): Environment;
}

/** Checks every unit by every rule that is on. Never throws on any configuration. */
export function lint(workspace: Workspace, options: LintOptions): LintResult {
  const running = options.rules.filter((rule) => options.severities[rule.id] !== "off");
  const reasons = new Set(running.flatMap((rule) => rule.about));
  const problems = [...workspace.problems];
  const findings = workspace.units.flatMap((unit) => {
    const { model, unsearched } = survey(unit, options.environmentOf(unit), options.posts, reasons);
    if (unsearched.places + unsearched.gates > 0) problems.push(searchedInPart(unit, unsearched));
    const about = (rule: Rule): readonly Post[] => model.posts.filter((post) => rule.about.includes(post.gate.reason));
    return running.flatMap((rule) => [...rule.check({ ...model, posts: about(rule) })].map((report) => findingOf(rule, report, options.severities[rule.id])));
  });
  const kept = suppress(distinct(findings), { ...workspace, problems }, running, options.rules);
  return { ...kept, problems: untold(kept.problems, kept.findings), findings: kept.findings.toSorted(byPlace), files: workspace.files };
}

/** The problems of which no certain finding tells at the same place: there can be as many as characters. */
function untold(problems: readonly Problem[], findings: readonly Finding[]): readonly Problem[] {
  const told = new Map<string, string[]>();
  for (const finding of findings) if (finding.certainty === "certain") told.set(startKey(finding.at), [...(told.get(startKey(finding.at)) ?? []), finding.message]);
  return problems.filter((problem) => told.get(startKey(problem.at))?.some((message) => message.includes(problem.message)) !== true);
}

function searchedInPart({ program }: Unit, { places, gates }: Surveyed["unsearched"]): Problem {
  const left = places > 0 ? `${places} of its servers and locations` : `${gates} of its refusals and redirects`;
  return { code: "searched-in-part", message: `this configuration is too large to be searched whole: ${left} were left out; lint it in parts`, at: placeOnDisk(program.at) };
}

const bySeverity = { note: 0, warning: 1, error: 2 } as const;

function severityOf(report: Report): Severity {
  const own = report.post.legitimacy.kind === "declared" ? "error" : "warning";
  const { atMost = "error" } = report;
  return bySeverity[own] > bySeverity[atMost] ? atMost : own;
}

function findingOf(rule: Rule, report: Report, severity: Severity | "off" | undefined): Finding {
  const { post } = report;
  const { verdict, gate, legitimacy } = post;
  const meant = report.meant !== undefined || legitimacy.kind !== "assumed";
  const supposed = supposedIn(post.program, verdict);
  const certain = post.certain && meant && (report.doubt ?? null) === null && supposed.every(({ doubtful }) => doubtful !== true);
  const doubts = [...(meant ? [] : [legitimacy.words]), report.doubt ?? ""].filter((words) => words !== "");
  const [first, ...related] = gate.because;
  const written = report.fix ?? gate.fix;
  const fix = written === undefined ? null : fixOnDisk(written);
  return {
    rule: rule.id,
    severity: severity === undefined || severity === "off" ? severityOf(report) : severity,
    certainty: certain ? "certain" : "possible",
    message: report.message,
    at: placeOnDisk(first.at),
    related: [...related, ...culprits(post), ...sources(post), ...(post.shown === undefined ? [] : [post.shown])].map((one) => ({ ...one, at: placeOnDisk(one.at) })),
    witness: verdict.request,
    status: post.ending.status,
    ...("loss" in post ? { arrives: arrivalWords(post) } : {}),
    ...("dead" in post && !post.stopsPost ? { idle: post.dead } : {}),
    legitimacy: legitimacy.kind === "declared" ? legitimacy.words : (report.meant ?? (meant ? legitimacy.words : "")),
    doubt: doubts.length === 0 ? null : doubts.join("; "),
    assumptions: [...verdict.depends, ...supposed.map(({ words }) => words)],
    ...(fix === null ? {} : { fix }),
  };
}

const mostCulprits = 5;

/** Where a sum of scores refuses, the rules that added to it are what has to be looked at. */
function culprits(post: Post): readonly Evidence[] {
  if (post.gate.reason !== "waf-match") return [];
  const adding = post.ending.trace.filter((step) => step.held !== "no" && step.gate.effect.kind === "score");
  const byPlace = new Map(adding.map(({ gate: { because: [first] } }) => [`${first.at.file.path} ${first.at.start}`, first]));
  return [...byPlace.values()].slice(0, mostCulprits).map(({ at }) => ({ at, note: "matches, and adds to the score" }));
}

const mostSources = 5;

/** The lines that decide what a condition is about, when it only names a variable. */
function sources({ program, gate, ending }: Post): readonly Evidence[] {
  const told = new Set(gate.because.map(({ at }) => startKey(at)));
  return sourcesOf(program, gate, ending.trace).filter(({ at }) => !told.has(startKey(at))).slice(0, mostSources);
}

/** One finding for each rule and place: a directive that many servers inherit is one fault. The strongest is kept. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const byKey = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${startKey(finding.at)} ${finding.at.end}`;
    const known = byKey.get(key);
    if (known === undefined || weight(finding) > weight(known)) byKey.set(key, finding);
  }
  return [...byKey.values()];
}

function weight(finding: Finding): number {
  return bySeverity[finding.severity] + (finding.certainty === "certain" ? 4 : 0);
}

function byPlace(a: Finding, b: Finding): number {
  if (a.at.file.path !== b.at.file.path) return a.at.file.path < b.at.file.path ? -1 : 1;
  return a.at.start - b.at.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
