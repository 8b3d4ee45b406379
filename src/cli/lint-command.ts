import { Command, Option } from "commander";
import type { Severity } from "../lint/finding.ts";
import { compact } from "../report/compact.ts";
import { json } from "../report/json.ts";
import { pretty } from "../report/pretty.ts";
import { filesLine, type Reporter } from "../report/tally.ts";
import { fails, lintProject, type FailOn, type Linted } from "./lint-project.ts";
import { count, requestOf, severity, withReadOptions, type ReadOptions } from "./options.ts";
import { outputTo, say } from "./output.ts";
import { UsageError } from "./usage.ts";

interface LintCommandOptions extends ReadOptions {
  readonly format: keyof typeof reporters;
  readonly rule: Readonly<Record<string, Severity | "off">>;
  readonly maxWarnings?: number;
  readonly failOn: FailOn;
  readonly quiet?: boolean;
  readonly possible?: boolean;
  readonly hook?: boolean;
}

const reporters = { pretty, compact, json } satisfies Readonly<Record<string, Reporter>>;

/** `postlint lint`. */
export function lintCommand(exit: (code: number) => void): Command {
  const command = new Command("lint").summary("find directives that stop legitimate POST requests (the default)").description(
    "Find directives that stop legitimate POST requests. Without a path it reads the working directory, and it recognises the files itself.",
  );
  return withReadOptions(
    command
      .argument("[paths...]", "files and folders")
      .addOption(new Option("--format <name>", "how to report").choices(Object.keys(reporters)).default("pretty"))
      .addOption(new Option("--rule <id=severity>", "error, warning, note or off for one rule (repeatable)").default({}, "none").argParser(severity))
      .addOption(new Option("--fail-on <severity>", "exit 1 from this severity on").choices(["error", "warning", "note", "never"]).default("warning"))
      .option("--max-warnings <number>", "let warnings pass up to this number", count)
      .option("--quiet", "show errors only")
      .option("--possible", "show possible findings too, and let them count")
      .option("--hook", "for pre-commit: other files are passed over in silence, and only findings that touch the given files are shown"),
  )
    .addHelpText("after", lintHelp)
    .action(async (paths: string[], options: LintCommandOptions) => exit(await runLint(paths, options)));
}

const lintHelp = `
Examples:
  postlint                                     everything below the working directory
  postlint lint deploy/nginx --format compact
  postlint lint --include-root /etc/nginx=deploy/nginx --docroot /var/www/html=public
  postlint lint --rule redirect-drops-body=note --fail-on error
  git show :nginx.conf | postlint lint --stdin --stdin-filename nginx.conf

Exit codes:
  0  nothing at or above --fail-on; also when no file of a folder is recognised
  1  findings, or a recognised file that cannot be parsed
  2  wrong usage, something that cannot be read, a broken configuration, nothing to read,
     or files were named and none of them is recognised (not with --hook)

A possible finding depends on what the configuration does not say. It is only counted, unless --possible is given;
JSON always holds it, marked. .gitignore is honoured, but not for paths given on the command line; \`ignore\` of the
configuration is.`;

async function runLint(paths: readonly string[], options: LintCommandOptions): Promise<number> {
  const started = Date.now();
  const { possible = false, quiet = false, hook = false, format, failOn, maxWarnings } = options;
  const request = requestOf(paths, options);
  const linted = await lintProject({ ...request, hook, severities: options.rule });
  if (!hook) refuseStrangers(linted, request.paths);
  for (const note of linted.notes) say(note);
  const { color, width, write } = outputTo(options);
  const milliseconds = Date.now() - started;
  const { files, findings, problems } = linted.result;
  const silent = hook && files.length + findings.length + problems.length === 0;
  if (!silent) write(reporters[format](linted.result, { possible, quiet, color, width, milliseconds, filesRead: linted.filesRead }));
  if (format === "compact" && !hook) say(filesLine(linted.result, linted.filesRead));
  return fails(linted.result, { failOn, maxWarnings, possible }) ? 1 : 0;
}

/** Whoever names a file expects it to be checked; a folder may hold anything. */
function refuseStrangers({ result, onlyFiles, notes }: Linted, paths: readonly string[]): void {
  if (result.files.length > 0 || !onlyFiles) return;
  const why = notes.map((note) => ` (${note})`).join("");
  throw new UsageError(`${paths.join(", ")}: not recognised as a configuration; give the folder it belongs to, or a name that tells the format${why}`);
}
