import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll } from "vitest";

const root = resolve(import.meta.dirname, "..");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is removed at the end of the test file. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "postlint-"));
  folders.push(folder);
  return folder;
}

/** Files of a new folder, by path. */
export function files(contents: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporary();
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Builds the bundles and gives the folder they are in. */
export function bundle(): string {
  const folder = temporary();
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/build.mjs"), folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
  return folder;
}

/** What a finished process left. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a script of this repository's making in a folder, away from the colours and terminals of whoever runs the tests. */
export function runNode(script: string, args: readonly string[], options: { readonly cwd: string; readonly input?: string; readonly env?: Readonly<Record<string, string>> }): Ran {
  const { PATH = "", HOME = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: options.cwd,
    input: options.input ?? "",
    env: { PATH, HOME, ...options.env },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return { code: status, out: stdout, err: stderr };
}
