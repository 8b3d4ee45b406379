import { Command, Option } from "commander";
import { rules } from "../../rules/index.ts";
import { checkRule } from "./options.ts";
import { pageOf } from "./pages.ts";

/** `postlint rules`. */
export function rulesCommand(): Command {
  return new Command("rules")
    .description("List every rule.")
    .addOption(new Option("--format <name>", "how to list").choices(["pretty", "json"]).default("pretty"))
    .action(({ format }: { readonly format: "pretty" | "json" }) => {
      process.stdout.write(format === "json" ? jsonList() : prettyList());
    });
}

function jsonList(): string {
  const list = rules.map(({ id, summary }) => ({ id, summary, severities: { declared: "error", otherwise: "warning" }, docs: `rules/${id}.md` }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

function prettyList(): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const lines = rules.map(({ id, summary }) => `${id.padEnd(width)}  error|warning  ${summary}`);
  return `${lines.join("\n")}

error    the POST is declared (\`posts\` of the configuration)
warning  the configuration itself shows that writes are meant; without such a sign the finding is only possible
--rule ID=error|warning|note|off and \`rules\` of the configuration set another severity; \`postlint explain ID\` says more
`;
}

/** `postlint explain`. */
export function explainCommand(): Command {
  return new Command("explain")
    .description("Print the page of a rule.")
    .argument("<rule>", "its id")
    .action((id: string) => {
      checkRule(id);
      process.stdout.write(pageOf(id));
    });
}
