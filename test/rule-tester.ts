import { formats } from "../src/formats/detect.ts";
import type { Format, Tree, Unit } from "../src/formats/format.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Effect, Program } from "../src/model/program.ts";
import type { Request } from "../src/model/request.ts";
import type { Delivered, Verdict } from "../src/model/verdict.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import type { Finding } from "../src/lint/finding.ts";
import { lint } from "../src/lint/lint.ts";
import type { Workspace } from "../src/lint/load.ts";
import type { DeclaredPost } from "../src/lint/declared.ts";
import { readable, unreadableIn } from "../src/lint/unreadable.ts";
import { placeOnDisk, type SourceFile, type Span } from "../src/source.ts";
import { rules } from "../rules/index.ts";

/** A tree of files that exist only in a test. */
export function treeOf(files: readonly SourceFile[]): Tree {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return { read: (path) => byPath.get(path) ?? null, list: (pattern) => [...byPath.keys()].filter((path) => path === pattern) };
}

/** The format with this id. */
export function formatOf(id: string): Format {
  const format = formats.find((one) => one.id === id);
  if (format === undefined) throw new Error(`no format ${id}`);
  return format;
}

/** Loads one text as one format, whatever it says; `htaccess` is Apache's file of that name. */
export function loadText(syntax: string, text: string): Workspace {
  const htaccess = syntax === "htaccess";
  const format = htaccess ? "apache" : syntax;
  const file = { path: htaccess ? ".htaccess" : `example.${format}`, text };
  const loaded = formatOf(format).load([file], treeOf([file]));
  return { ...loaded, files: [{ path: file.path, format }] };
}

/** All findings of all rules, and a check that every certain one is borne out by the interpreter. */
export function findingsIn(workspace: Workspace, posts: readonly DeclaredPost[] = []): readonly Finding[] {
  const result = lint(workspace, { rules, severities: {}, posts, environmentOf: () => unknownEnvironment });
  for (const finding of result.findings) replay(workspace, finding);
  return result.findings;
}

/**
 * Puts a witness through the interpreter again: some program must do to it what is reported, at the very directive that
 * is reported.
 */
export function replay(workspace: Workspace, finding: Finding): void {
  if (finding.idle !== undefined) return leavesAlone(workspace, finding);
  const does = finding.arrives === undefined ? stopsThere : damagesThere;
  const about = workspace.units.filter((unit) => unit.files.some((file) => file.path === finding.at.file.path));
  const done = about.flatMap((unit) => programsOf(unit, finding)).some((program) => does(evaluate(program, finding.witness, unknownEnvironment), finding));
  const what = finding.arrives === undefined ? "stopped" : "damaged";
  if (!done) throw new Error(`${finding.rule}: the witness ${finding.witness.method} ${finding.witness.path} is not ${what} where the finding points`);
}

/** Each line that cannot be read refuses for itself; what such lines hide is only possible. */
function programsOf({ program }: Unit, { certainty }: Finding): readonly Program[] {
  return [program, ...unreadableIn(program).map((one) => one.program), ...(certainty === "possible" ? [readable(program)] : [])];
}

/** A directive that is said to do nothing must not stop the witness. */
function leavesAlone(workspace: Workspace, finding: Finding): void {
  const stopping = workspace.units.find((unit) => stopsThere(evaluate(unit.program, finding.witness, unknownEnvironment), finding));
  if (stopping !== undefined) throw new Error(`${finding.rule}: the witness is stopped by a directive that is said to do nothing`);
}

function stopsThere({ blocked, endings }: Verdict, finding: Finding): boolean {
  return endings.some(({ by }) => samePlace(by?.because[0].at, finding) && (blocked !== "no" || by?.reason === "cached"));
}

/** An application must get the witness, in every course of events when the finding is certain, and a gate at this place must have taken something that it misses. */
function damagesThere({ request, blocked, endings }: Verdict, finding: Finding): boolean {
  const damaged = endings.filter(({ outcome, delivered, trace }) => {
    const here = trace.filter(({ gate, held }) => held !== "no" && samePlace(gate.because[0].at, finding));
    return (outcome === "reached" || outcome === "answered") && here.some(({ gate }) => isMissed(gate.effect, delivered, request));
  });
  return finding.certainty === "certain" ? blocked === "no" && damaged.length === endings.length : damaged.length > 0;
}

function isMissed(effect: Effect, delivered: Delivered, request: Request): boolean {
  const what = effect.kind === "alter" ? effect.what : effect.kind === "reroute" ? "method" : "none";
  if (what === "method") return delivered.method !== request.method;
  if (what === "body") return request.bodyBytes > 0 && !delivered.bodyKept;
  const name = what.replace(/^header:/, "");
  return (request.headers[name] ?? "").length > 0 && name in delivered.headers && (delivered.headers[name] ?? "") === "";
}

function samePlace(at: Span | undefined, finding: Finding): boolean {
  const place = at === undefined ? undefined : placeOnDisk(at);
  return place?.start === finding.at.start && place.end === finding.at.end;
}

/**
 * Takes marked text apart. A line `# ~~~ rule-id` under a line says that a finding of this rule covers exactly the text
 * above the tildes. The marks are blanked out of the text.
 */
export function marked(text: string): { readonly text: string; readonly expected: readonly string[] } {
  const lines = text.split("\n");
  const expected: string[] = [];
  let offset = 0;
  let above = 0;
  const kept = lines.map((line) => {
    const mark = /^(\s*#\s*)(~+)\s+([a-z-]+)\s*$/.exec(line);
    const start = offset;
    offset += line.length + 1;
    if (mark === null) {
      above = start;
      return line;
    }
    const column = (mark[1] ?? "").length;
    const from = above + column;
    expected.push(`${mark[3]} ${from}-${from + (mark[2] ?? "").length}`);
    return " ".repeat(line.length);
  });
  return { text: kept.join("\n"), expected };
}

/** A finding as `marked` writes it. */
export function mark(finding: Finding): string {
  return `${finding.rule} ${finding.at.start}-${finding.at.end}`;
}
