import { Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { didYouMean } from "../did-you-mean.ts";
import { lintCommand } from "./lint-command.ts";
import { say } from "./output.ts";
import { explainCommand, rulesCommand } from "./rule-commands.ts";
import { traceCommand } from "./trace-command.ts";
import { UsageError } from "./usage.ts";

/** Runs one command line and gives its exit code. Never throws. */
export async function run(words: readonly string[]): Promise<number> {
  let code = 0;
  const exit = (wanted: number): void => {
    code = wanted;
  };
  try {
    await program(exit).parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError)) throw error;
    say(oneLine(`${error.message}${slipOfCommand(words)}`));
    return 2;
  }
  return code;
}

function program(exit: (code: number) => void): Command {
  const commands = [traceCommand(exit), rulesCommand(), explainCommand()];
  const root = new Command("postlint")
    .description("Finds configuration that would stop legitimate POST requests, before it is deployed: nginx, Apache, ModSecurity, API gateways.")
    .version(manifest.version, "-v, --version")
    .addCommand(lintCommand(exit), { isDefault: true });
  for (const command of commands) root.addCommand(command);
  root.addHelpText("after", help);
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({ outputError: (text, write) => write(`postlint: ${oneLine(text.replace(/^error: /, ""))}; see \`postlint ${command === root ? "" : `${command.name()} `}--help\`\n`) });
  }
  return root;
}

const help = `
Examples:
  postlint                                             lint the working directory
  postlint lint nginx.conf .htaccess --format json
  postlint trace POST https://shop.example/api/orders  which directive decides, and with which status
  postlint explain redirect-drops-body

\`postlint\` with paths and no command lints them; \`postlint lint --help\` lists the options and exit codes.
It needs no network and sends nothing anywhere.`;

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ").replace(/\.$/, "");
}

/** A command that was mistyped is taken for a path by the default command. */
function slipOfCommand(words: readonly string[]): string {
  const [first = ""] = words;
  const commands = ["lint", "trace", "rules", "explain"];
  return first.startsWith("-") || commands.includes(first) || first.includes("/") ? "" : didYouMean(first, commands);
}
