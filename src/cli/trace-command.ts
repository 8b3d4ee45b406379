import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { Command, InvalidArgumentError, Option } from "commander";
import { traceRequest } from "../lint/trace.ts";
import { traceJson } from "../report/trace-json.ts";
import { tracePretty } from "../report/trace-pretty.ts";
import { decode } from "./disk.ts";
import { count, list, listOption, requestOf, withReadOptions, type ReadOptions } from "./options.ts";
import { outputTo, say } from "./output.ts";
import { openProject } from "./project.ts";
import { requestFrom, type RequestWords } from "./request.ts";
import { messageOf, UsageError } from "./usage.ts";

interface TraceCommandOptions extends ReadOptions, Omit<RequestWords, "method" | "url"> {
  readonly format: "pretty" | "json";
}

/** `postlint trace`. */
export function traceCommand(exit: (code: number) => void): Command {
  const command = new Command("trace").description("Follow one request through every layer and show what decides.");
  return withReadOptions(
    command
      .argument("<method>", "GET, POST, ...")
      .argument("<url>", "absolute, or a path")
      .argument("[paths...]", "files and folders (default: the working directory)")
      .addOption(new Option("--format <name>", "how to report").choices(["pretty", "json"]).default("pretty"))
      .addOption(listOption("-H, --header <line>", "'Name: value'; 'Name:' takes a default header out, 'Authorization:' the credentials").argParser((line, before: readonly string[]) => [...before, line]))
      .option("--data <text>", "the body; @file reads it from a file", body)
      .option("--data-size <bytes>", "how large the body is", count)
      .option("--client-ip <address>", "where the client is (default: 203.0.113.7)", address)
      .option("--groups <a,b>", "groups the client belongs to", list)
      .option("--scopes <a,b>", "scopes the client was given", list),
  )
    .addHelpText("after", traceHelp)
    .action(async (method: string, url: string, paths: string[], options: TraceCommandOptions) => exit(await runTrace(method, url, paths, options)));
}

const traceHelp = `
Examples:
  postlint trace POST https://shop.example/api/orders deploy
  postlint trace POST /upload nginx.conf --data-size 5000000
  postlint trace POST /api -H 'Content-Type: application/json' --data '{"a":1}' --client-ip 10.0.0.8

Exit codes:
  0  the request reaches an application, or the configuration answers 2xx itself
  1  it is refused or redirected, or that depends on what the configuration does not say
  2  wrong usage, something that cannot be read, a broken configuration, nothing recognised`;

async function runTrace(method: string, url: string, paths: readonly string[], options: TraceCommandOptions): Promise<number> {
  const request = requestFrom({ ...options, method, url });
  const { workspace, notes, environmentOf } = await openProject(requestOf(paths, options));
  if (workspace.units.length === 0) throw new UsageError("no configuration was recognised, so there is nothing to follow the request through; give other paths");
  for (const note of notes) say(note);
  const result = traceRequest(workspace.units, request, environmentOf);
  const { color, width, write } = outputTo(options);
  write(options.format === "json" ? traceJson(result) : tracePretty(result, { color, width }));
  return result.outcome === "reached" || result.outcome === "answered" ? 0 : 1;
}

function body(text: string): string {
  if (!text.startsWith("@")) return text;
  try {
    return decode(readFileSync(text.slice(1)));
  } catch (error) {
    throw new UsageError(`cannot read the body: ${messageOf(error)}; give a file that is there, or the text itself`);
  }
}

function address(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError("Write an IPv4 or IPv6 address.");
  return text;
}
