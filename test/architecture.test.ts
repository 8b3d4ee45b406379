import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

interface Arrow {
  /** Files this is about: a path, or a folder ending in `/`. The longest that fits counts. */
  readonly from: string;
  /** What they may import, besides their own folder. */
  readonly to: readonly string[];
}

/** Who may import whom. A format never imports another; a rule sees nothing but the rule API. */
const arrows: readonly Arrow[] = [
  { from: "src/source.ts", to: [] },
  { from: "src/did-you-mean.ts", to: [] },
  { from: "src/refusing-words.ts", to: [] },
  { from: "src/model/", to: ["src/source.ts"] },
  { from: "src/formats/format.ts", to: ["src/source.ts", "src/model/"] },
  { from: "src/formats/compose.ts", to: ["src/source.ts"] },
  { from: "src/formats/applications.ts", to: ["src/model/"] },
  { from: "src/formats/glob.ts", to: [] },
  { from: "src/formats/php.ts", to: [] },
  { from: "src/formats/pages/", to: ["src/source.ts", "src/model/", "src/formats/format.ts"] },
  { from: "src/formats/tree.ts", to: ["src/source.ts", "src/formats/compose.ts", "src/formats/tree/", "yaml"] },
  { from: "src/formats/tree/", to: ["src/source.ts", "src/formats/tree.ts", "src/formats/compose.ts", "yaml"] },
  { from: "src/formats/nginx/", to: ["src/source.ts", "src/model/", "src/formats/format.ts", "src/formats/applications.ts", "src/formats/compose.ts", "src/formats/glob.ts", "src/formats/php.ts"] },
  { from: "src/formats/apache/", to: ["src/source.ts", "src/model/", "src/formats/format.ts", "src/formats/applications.ts", "src/formats/compose.ts", "src/formats/php.ts", "src/formats/pages/"] },
  { from: "src/formats/iis/", to: ["src/source.ts", "src/refusing-words.ts", "src/model/", "src/formats/format.ts", "saxes"] },
  { from: "src/formats/waf/", to: ["src/source.ts", "src/model/", "src/formats/format.ts"] },
  { from: "src/formats/gateway/", to: ["src/source.ts", "src/model/", "src/formats/format.ts", "src/formats/compose.ts", "src/formats/tree.ts"] },
  { from: "src/formats/detect.ts", to: ["src/source.ts", "src/formats/"] },
  { from: "src/legitimate/", to: ["src/source.ts", "src/refusing-words.ts", "src/model/"] },
  { from: "src/rule-api.ts", to: ["src/source.ts", "src/model/", "src/legitimate/", "src/lint/finding.ts"] },
  { from: "src/lint/", to: ["src/source.ts", "src/did-you-mean.ts", "src/model/", "src/legitimate/", "src/formats/format.ts", "src/formats/glob.ts", "src/formats/detect.ts", "src/rule-api.ts"] },
  { from: "src/report/", to: ["src/source.ts", "src/model/", "src/lint/", "src/rule-api.ts"] },
  { from: "src/config/", to: ["src/source.ts", "src/did-you-mean.ts", "src/lint/", "src/formats/format.ts", "yaml", "ajv"] },
  { from: "src/cli/", to: ["src/", "rules/", "commander", "ignore", "node:"] },
  { from: "src/action/", to: ["src/", "rules/", "node:"] },
  { from: "rules/", to: ["src/rule-api.ts"] },
];

/** Node's own modules that touch nothing outside the process. */
const pureModules: ReadonlySet<string> = new Set(["node:crypto", "node:net", "node:path", "node:path/posix"]);

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|require\(\s*"([^"]+)"\s*\)/g)];
  return found.map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? "";
    return target.startsWith(".") ? posix.normalize(posix.join(posix.dirname(file), target)) : target;
  });
}

function arrowOf(file: string): Arrow | undefined {
  const fits = arrows.filter((arrow) => (arrow.from.endsWith("/") ? file.startsWith(arrow.from) : file === arrow.from));
  return fits.sort((a, b) => b.from.length - a.from.length)[0];
}

function allowed(arrow: Arrow, target: string): boolean {
  if (pureModules.has(target) || target.endsWith("package.json")) return true;
  const own = arrow.from.endsWith("/") && target.startsWith(arrow.from);
  return own || arrow.to.some((to) => target === to || target.startsWith(to.endsWith("/") || to.endsWith(":") ? to : `${to}/`));
}

const files = [...sourceFiles("src"), ...sourceFiles("rules")];

describe("architecture", () => {
  it("every import follows the arrows", () => {
    const wrong = files.flatMap((file) => {
      const arrow = arrowOf(file);
      if (arrow === undefined) return [`${file}: no arrow`];
      return importsOf(file).filter((target) => !allowed(arrow, target)).map((target) => `${file} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("only the command line and the action touch the process and the disk", () => {
    const touching = files.filter((file) => /\bprocess\.(?!emitWarning)|\bconsole\./.test(readFileSync(join(root, file), "utf8")));
    expect(touching.filter((file) => !file.startsWith("src/cli/") && !file.startsWith("src/action/"))).toEqual([]);
  });

  it("no file is longer than 500 lines, no rule longer than 60", () => {
    const long = files.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > (file.startsWith("rules/") && file !== "rules/index.ts" ? 61 : 501));
    expect(long).toEqual([]);
  });

  it("reads imports at all", () => {
    expect(importsOf("rules/index.ts")).toContain("rules/method-denied.ts");
    expect(allowed({ from: "rules/", to: ["src/rule-api.ts"] }, "src/model/program.ts")).toBe(false);
  });
});
