import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import type { LintResult } from "../src/lint/finding.ts";
import { lint } from "../src/lint/lint.ts";
import { loadWorkspace, type Workspace } from "../src/lint/load.ts";
import type { SourceFile } from "../src/source.ts";
import { replay, treeOf } from "./rule-tester.ts";

/** Real configuration files from public repositories, kept beside the project and not in it. */
const corpus = resolve(dirname(fileURLToPath(import.meta.url)), "../../shared/corpus");
const families = ["nginx", "apache", "gateway/kong", "waf/seclang"];

function filesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(join(corpus, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== "MANIFEST.tsv")
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      const text = bytes.toString("utf8");
      return { path: path.slice(corpus.length + 1), text: text.includes("\uFFFD") ? bytes.toString("latin1") : text };
    });
}

describe.skipIf(!existsSync(corpus))("real configurations (skipped where the corpus is absent)", () => {
  let files: readonly SourceFile[] = [];
  let workspace: Workspace;
  let result: LintResult;

  beforeAll(() => {
    files = families.flatMap(filesUnder);
    workspace = loadWorkspace(files, treeOf(files));
    result = lint(workspace, { rules, severities: {}, posts: [], environmentOf: () => unknownEnvironment });
  }, 120_000);

  it.each(families)("%s: more than 95 in 100 files are recognised", (family) => {
    const inFamily = (path: string): boolean => path.startsWith(`${family}/`);
    const all = files.filter((file) => inFamily(file.path));
    const known = workspace.files.filter((file) => inFamily(file.path));
    expect(known.length / all.length).toBeGreaterThan(0.95);
  });

  it("every finding has a witness that the interpreter stops at the directive that is underlined", () => {
    expect(result.findings.length).toBeGreaterThan(0);
    const wrong = result.findings.flatMap((finding) => {
      try {
        replay(workspace, finding);
        return [];
      } catch (error) {
        return [`${finding.at.file.path}: ${String(error)}`];
      }
    });
    expect(wrong).toEqual([]);
  });

  it("no place lies outside its file", () => {
    const places = [...result.findings.map((finding) => finding.at), ...result.problems.map((problem) => problem.at)];
    expect(places.filter((at) => at.start < 0 || at.start > at.end || at.end > at.file.text.length)).toEqual([]);
  });
});
