import { readFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import { rules } from "../../rules/index.ts";
import { rootOf, severityPair } from "../config/config.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Root } from "../formats/format.ts";
import type { Severity } from "../lint/finding.ts";
import { decode } from "./disk.ts";
import type { ProjectRequest } from "./project.ts";
import { messageOf, UsageError } from "./usage.ts";

/** Options of every command that reads configurations. */
export interface ReadOptions {
  readonly config?: string | false;
  readonly docroot: readonly Root[];
  readonly includeRoot: readonly Root[];
  readonly ignore: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly outputFile?: string;
  readonly color?: boolean;
}

/** Adds them to a command. */
export function withReadOptions(command: Command): Command {
  return command
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours (NO_COLOR and FORCE_COLOR are honoured too)")
    .option("--config <file>", "configuration to use (default: the nearest postlint.config.yaml or .json)")
    .option("--no-config", "use no configuration")
    .addOption(listOption("--docroot <server=local>", "a folder of the server and where it lies here: /var/www/html=public; what is not there is absent").argParser(root))
    .addOption(listOption("--include-root <server=local>", "where included files with absolute paths lie here: /etc/nginx=deploy/nginx").argParser(root))
    .option("--no-ignore", "read what .gitignore names, too (never .git and node_modules)")
    .option("--stdin", "read one file from standard input")
    .option("--stdin-filename <file>", "the name that file would have");
}

/** An option that may be given many times. */
export function listOption(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`).default([], "none");
}

function root(text: string, before: readonly Root[]): readonly Root[] {
  const [, server, local] = /^(\/[^=]*)=(.+)$/.exec(text) ?? [];
  if (server === undefined || local === undefined) throw new InvalidArgumentError("Write an absolute path of the server, `=`, and a local folder.");
  return [...before, rootOf(server, local)];
}

/** What these options ask to read; `.` when no path is given. */
export function requestOf(paths: readonly string[], options: ReadOptions): ProjectRequest {
  const common = {
    workingDirectory: process.cwd(),
    config: options.config,
    docroot: options.docroot,
    includeRoots: options.includeRoot,
    gitignore: options.ignore,
  };
  if (options.stdin !== true) {
    if (options.stdinFilename !== undefined) throw new UsageError("--stdin-filename goes with --stdin; add --stdin");
    return { ...common, paths: paths.length === 0 ? ["."] : paths };
  }
  if (options.stdinFilename === undefined || options.stdinFilename === "") throw new UsageError("--stdin needs a name that tells the format; add --stdin-filename nginx.conf");
  if (paths.length > 0) throw new UsageError("--stdin takes the place of paths; leave one of them out");
  return { ...common, paths: [options.stdinFilename], stdin: readStdin() };
}

function readStdin(): string {
  try {
    return decode(readFileSync(0));
  } catch (error) {
    throw new UsageError(`cannot read standard input: ${messageOf(error)}; pipe a file into it`);
  }
}

/** `--rule`, collected. */
export function severity(text: string, before: Readonly<Record<string, Severity | "off">>): Readonly<Record<string, Severity | "off">> {
  const pair = severityPair(text);
  if (pair === null) throw new InvalidArgumentError("Write RULE=error, RULE=warning, RULE=note or RULE=off.");
  const [rule, level] = pair;
  checkRule(rule);
  return { ...before, [rule]: level };
}

/** Throws a usage error for a rule that does not exist. */
export function checkRule(id: string): void {
  const ids = rules.map((rule) => rule.id);
  if (!ids.includes(id)) throw new UsageError(`there is no rule \`${id}\`${didYouMean(id, ids)}; \`postlint rules\` lists them`);
}

/** A whole number that is not negative. */
export function count(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("Write a whole number.");
  return Number(text);
}

/** A list separated by commas. */
export function list(text: string): readonly string[] {
  return text.split(",").map((item) => item.trim()).filter(Boolean);
}
