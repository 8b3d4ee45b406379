import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { bundle, files, runNode } from "./bundle.ts";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```(\w+)\n([^]*?)^```/gm)].map(([, language = "", text = ""]) => ({ language, text }));
const block = (language: string): string => blocks.find((one) => one.language === language)?.text ?? "";

describe("README", () => {
  let cli = "";
  beforeAll(() => {
    cli = join(bundle(), "cli.cjs");
  });
  const printed = (contents: Readonly<Record<string, string>>): string =>
    runNode(cli, ["lint", "shop.conf"], { cwd: files(contents) }).out.replace(/\(\d+ ms\)/, "(58 ms)");

  it("its first example prints what it says", () => {
    expect(printed({ "shop.conf": block("nginx") })).toBe(block("text"));
  });

  it("its configuration is accepted, and makes the finding an error", () => {
    const config = blocks.find(({ language, text }) => language === "yaml" && text.startsWith("posts:"))?.text ?? "";
    expect(printed({ "shop.conf": block("nginx"), "postlint.config.yaml": config, "public/index.html": "", "deploy/nginx/mime.types": "" })).toContain("error[limit-excludes-post]");
  });

  it("names no rule that there is not", () => {
    const known = new Set(rules.map((rule) => rule.id));
    const named = [...readme.matchAll(/postlint-ignore-next ([a-z-]+)|^ {2}([a-z-]+): off$/gm)].map((match) => match[1] ?? match[2] ?? "");
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it("its two commands are there", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
    expect(block("sh")).toBe("node dist/cli.cjs lint path/to/configuration\nnpm ci && npm test\n");
    expect(scripts["test"]).toBe("vitest run");
  });
});
