import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { emptyConfig, type Config } from "../config/config.ts";
import { placeText } from "../report/frame.ts";
import { isInside, readContent, realPath, typedPath } from "./disk.ts";
import { gitRoot } from "./ignored.ts";
import { UsageError } from "./usage.ts";

/** The names a configuration may have, in the order they are looked for. */
export const configNames = ["postlint.config.yaml", "postlint.config.yml", "postlint.config.json"] as const;

/** A configuration, and the folder its paths are relative to. */
export interface ConfigFile {
  readonly config: Config;
  readonly folder: string;
}

/**
 * The nearest configuration at or above the folder that all paths share, within its git repository (outside of one,
 * within the working directory). Throws a usage error for one that is not there or not valid.
 */
export async function loadConfig(given: string | undefined, paths: readonly string[], workingDirectory: string, ruleIds: readonly string[]): Promise<ConfigFile> {
  const path = given === undefined ? nearestConfig(paths, workingDirectory) : resolve(workingDirectory, given);
  if (path === null) return { config: emptyConfig, folder: workingDirectory };
  const content = readContent(path);
  const typed = typedPath(path, { workingDirectory, absolute: true });
  if (content.kind !== "text") {
    throw new UsageError(`cannot read the configuration ${typed}${content.kind === "unreadable" ? `: ${content.why}` : ""}; give another with --config, or none with --no-config`);
  }
  // Most runs have no configuration and need neither the YAML parser for it nor the validator.
  const { parseConfig } = await import("../config/parse.ts");
  const { tree, problems } = parseConfig({ path: typed, text: content.text }, ruleIds);
  const [first, ...more] = problems;
  if (first !== undefined) throw new UsageError(`${placeText(first.at)}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ""}; correct it, or run with --no-config`);
  return { config: tree, folder: dirname(path) };
}

function nearestConfig(paths: readonly string[], workingDirectory: string): string | null {
  const start = sharedFolder(paths.map((path) => realPath(resolve(workingDirectory, path)) ?? workingDirectory));
  const root = gitRoot(start) ?? (isInside(start, workingDirectory) ? workingDirectory : start);
  for (let folder = start; isInside(folder, root); folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).find((path) => realPath(path) !== null);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return null;
  }
  return null;
}

function sharedFolder(paths: readonly string[]): string {
  const [first = "/", ...others] = paths.map(folderOf);
  let shared = first;
  while (!others.every((path) => isInside(path, shared))) shared = dirname(shared);
  return shared;
}

/** A path itself when it is a folder, else the folder it is in. */
function folderOf(path: string): string {
  return statSync(path).isDirectory() ? path : dirname(path);
}
