import { statSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { rules } from "../../rules/index.ts";
import { emptyConfig, type Config } from "../config/config.ts";
import { detect } from "../formats/detect.ts";
import type { Root, Unit } from "../formats/format.ts";
import { loadWorkspace, type Workspace } from "../lint/load.ts";
import type { Environment } from "../model/environment.ts";
import { loadConfig, type ConfigFile } from "./config-file.ts";
import { realPath, type KnownFiles, type Typing } from "./disk.ts";
import { environmentFor } from "./environment.ts";
import { findFiles, type Found, type LeftOut, type Search } from "./files.ts";
import { ignoreLayer } from "./ignored.ts";
import { treeOf } from "./tree.ts";
import { UsageError } from "./usage.ts";

/** What the user asked to look at. */
export interface ProjectRequest {
  readonly paths: readonly string[];
  readonly workingDirectory: string;
  /** A path; `false` for no configuration; undefined for the nearest one. */
  readonly config?: string | false | undefined;
  readonly docroot?: readonly Root[];
  readonly includeRoots?: readonly Root[];
  readonly gitignore?: boolean;
  /** A text to take for the only path. */
  readonly stdin?: string;
  /** Read the whole working directory too, so that what refers to the given files is understood; nothing given need be there. */
  readonly hook?: boolean;
}

/** Everything that was read. */
export interface Project {
  readonly config: Config;
  readonly workspace: Workspace;
  /** How many files were read, recognised or not. */
  readonly filesRead: number;
  /** Paths, as they are shown, of files the user named one by one. */
  readonly given: ReadonlySet<string>;
  /** Whether files were named, and nothing else was. */
  readonly onlyFiles: boolean;
  /** What was left out, in words. */
  readonly notes: readonly string[];
  environmentOf(unit: Unit): Environment;
}

/** Reads the configuration and all files of a request. Throws a usage error when something is not there or not readable. */
export async function openProject(asked: ProjectRequest): Promise<Project> {
  const request = { ...asked, workingDirectory: realPath(asked.workingDirectory) ?? asked.workingDirectory };
  const { workingDirectory } = request;
  const typing: Typing = { workingDirectory, absolute: request.paths.some(isAbsolute) };
  const { config, folder } = await configOf(request);
  const search = { ...typing, gitignore: request.gitignore !== false, ignore: config.ignore.length === 0 ? null : ignoreLayer(folder, config.ignore) };
  const { known, ...read } = readAll(request, search);
  const includeRoots = [...rootsAt(workingDirectory, request.includeRoots), ...rootsAt(folder, config.includeRoots)];
  const docroots = [...rootsAt(workingDirectory, request.docroot), ...rootsAt(folder, config.docroot)];
  const folders = [...request.paths.map((path) => folderAt(resolve(workingDirectory, path))), ...[...includeRoots, ...docroots].map((root) => root.local)];
  const recognised = [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    config,
    workspace: loadWorkspace(recognised, treeOf({ ...typing, folders, includeRoots: [...includeRoots, ...docroots], known })),
    ...read,
    environmentOf: environmentFor(docroots, workingDirectory),
  };
}

async function configOf({ config, paths, workingDirectory, stdin }: ProjectRequest): Promise<ConfigFile> {
  if (config === false) return { config: emptyConfig, folder: workingDirectory };
  const ids = rules.map((rule) => rule.id);
  return loadConfig(config, stdin === undefined ? paths : [workingDirectory], workingDirectory, ids);
}

interface AllRead extends Pick<Project, "filesRead" | "given" | "onlyFiles" | "notes"> {
  readonly known: KnownFiles;
}

/** Keeps only what some format claims: the rest of a big tree need not stay in memory. */
function readAll({ paths, workingDirectory, stdin, hook = false }: ProjectRequest, search: Search): AllRead {
  const known: KnownFiles = new Map();
  const given = new Set<string>();
  const leftOut: LeftOut[] = [];
  let filesRead = 0;
  let named = 0;
  const searched = [...(stdin === undefined ? paths : []), ...(hook ? ["."] : [])];
  const found = findFiles(searched, search, (one) => leftOut.push(one));
  for (const one of stdin === undefined ? found : [stdinFile(stdin, paths[0] ?? "", workingDirectory), ...found]) {
    if (one.given || !hook) filesRead += 1;
    if (one.given) {
      named += 1;
      given.add(one.file.path);
    }
    if (detect(one.file) !== null) known.set(one.path, one.file);
  }
  if (filesRead === 0 && leftOut.length === 0 && !hook) throw new UsageError(`no file to read in ${paths.join(", ")}; give other paths, or --no-ignore to read what .gitignore names`);
  const somethingNamed = named > 0 || leftOut.some(({ why }) => why === "binary");
  return { known, filesRead, given, onlyFiles: somethingNamed && named === filesRead, notes: hook ? [] : notesOf(leftOut) };
}

function stdinFile(text: string, path: string, workingDirectory: string): Found {
  return { file: { path, text }, path: resolve(workingDirectory, path), given: true };
}

function notesOf(leftOut: readonly LeftOut[]): readonly string[] {
  return [...new Set(leftOut.map((one) => one.why))].map((why) => {
    const paths = leftOut.filter((one) => one.why === why).map((one) => one.path);
    return `${paths[0] ?? ""}${paths.length > 1 ? ` and ${paths.length - 1} more` : ""}: left out, ${why}`;
  });
}

/** Roots with real local folders. Throws a usage error for one that is not there. */
function rootsAt(folder: string, roots: readonly Root[] = []): readonly Root[] {
  return roots.map(({ server, local }) => {
    const real = realPath(resolve(folder, local));
    if (real === null) throw new UsageError(`there is no folder ${local} to stand for ${server}; paths are relative to ${folder}`);
    return { server, local: real };
  });
}

function folderAt(path: string): string {
  const real = realPath(path);
  return real !== null && statSync(real).isDirectory() ? real : dirname(real ?? path);
}
