import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { fails, lintProject, type FailOn, type Linted } from "../cli/lint-project.ts";
import { messageOf, UsageError } from "../cli/usage.ts";
import { pretty } from "../report/pretty.ts";
import { shown, tally } from "../report/tally.ts";
import { annotationCommands, annotationsOf, escapeData } from "./annotate.ts";
import { summaryOf, type LinkTo } from "./summary.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const levels = ["error", "warning", "note", "never"] as const;

/** Runs as a step of a workflow: inputs and places come from the environment. Gives the exit code. */
export async function runAction(environment: Environment, write: (line: string) => void): Promise<number> {
  try {
    return await lintStep(environment, write);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    write(`::error title=postlint::${escapeData(messageOf(error))}`);
    setOutputs(environment, { "exit-code": 2 });
    return 2;
  }
}

async function lintStep(environment: Environment, write: (line: string) => void): Promise<number> {
  const started = Date.now();
  const workspace = environment["GITHUB_WORKSPACE"] ?? process.cwd();
  const workingDirectory = resolve(workspace, input(environment, "working-directory", "."));
  const prefix = prefixOf(workspace, workingDirectory);
  const config = input(environment, "config", "");
  const failOn = failOnOf(input(environment, "fail-on", "warning"));
  const most = Number.parseInt(input(environment, "max-annotations", "10"), 10) || 0;
  const linted = await lintProject({
    paths: input(environment, "paths", ".").split(/\s+/),
    workingDirectory,
    config: config === "" ? undefined : config,
    severities: {},
  });
  const { result, filesRead } = linted;
  report(linted, Date.now() - started, write);
  if (isOn(environment, "annotations")) annotate(linted, most, prefix, write);
  const summaryFile = environment["GITHUB_STEP_SUMMARY"];
  if (isOn(environment, "summary") && summaryFile !== undefined) appendFileSync(summaryFile, summaryOf(result, filesRead, linkerOf(environment, prefix)));
  const code = fails(result, { failOn, possible: false }) ? 1 : 0;
  const { errors, warnings, notes } = tally(result);
  setOutputs(environment, { findings: errors + warnings + notes, errors, warnings, "exit-code": code });
  return code;
}

/** The whole report, folded. Configuration text is not ours: nothing in it may be taken for a workflow command. */
function report({ result, filesRead, notes }: Linted, milliseconds: number, write: (line: string) => void): void {
  const token = randomUUID();
  write("::group::postlint report");
  write(`::stop-commands::${token}`);
  for (const note of notes) write(note);
  write(pretty(result, { possible: false, quiet: false, color: true, width: 120, filesRead, milliseconds }));
  write(`::${token}::`);
  write("::endgroup::");
}

function annotate({ result }: Linted, most: number, prefix: string, write: (line: string) => void): void {
  const { commands, leftOut } = annotationCommands(annotationsOf(shown(result, { possible: false, quiet: false }), result.problems), most, prefix);
  for (const command of commands) write(command);
  if (leftOut > 0) write(`${leftOut} more in the report above and in the job summary`);
}

function input(environment: Environment, name: string, otherwise: string): string {
  const value = environment[`INPUT_${name.toUpperCase()}`]?.trim();
  return value === undefined || value === "" ? otherwise : value;
}

function isOn(environment: Environment, name: string): boolean {
  return input(environment, name, "true").toLowerCase() !== "false";
}

function failOnOf(text: string): FailOn {
  const level = levels.find((one) => one === text);
  if (level === undefined) throw new UsageError(`fail-on is \`${text}\`; it takes ${levels.join(", ")}`);
  return level;
}

/** From the root of the repository to the working directory, with a slash at its end; empty when they are the same. */
function prefixOf(workspace: string, workingDirectory: string): string {
  const way = relative(resolve(workspace), workingDirectory).split(sep).join("/");
  return way === "" ? "" : `${way}/`;
}

function linkerOf(environment: Environment, prefix: string): LinkTo {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = environment;
  if (server === undefined || repository === undefined || commit === undefined) return () => null;
  return (path, line) => `${server}/${repository}/blob/${commit}/${encodeURI(`${prefix}${path}`)}#L${line}`;
}

function setOutputs(environment: Environment, outputs: Readonly<Record<string, number>>): void {
  const file = environment["GITHUB_OUTPUT"];
  if (file === undefined) return;
  appendFileSync(file, Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`).join(""));
}
