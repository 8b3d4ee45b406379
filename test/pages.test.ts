import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { findingsIn, loadText } from "./rule-tester.ts";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../rules");
const page = (id: string): string => readFileSync(join(folder, `${id}.md`), "utf8");
const sections = ["What happens", "Example", "When it is right", "Fix"];

/** `possible`: what is shown is a fault only together with something no configuration says. */
interface Block {
  readonly format: string;
  readonly kind: string;
  readonly text: string;
}

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/```(\w+) (good|bad|possible)\n([^]*?)```/g)].map(([, format = "", kind = "", text = ""]) => ({ format, kind, text }));
}

describe("rule pages", () => {
  it("there is one page for each rule, one rule for each page, and the index is sorted", () => {
    const named = (ending: string): string[] => readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)).sort();
    const ids = rules.map((rule) => rule.id);
    expect(named(".md")).toEqual(ids);
    expect(named(".ts").filter((name) => name !== "index")).toEqual(ids);
    expect(ids).toEqual([...ids].sort());
  });

  describe.each(rules.map((rule) => rule.id))("%s", (id) => {
    const markdown = page(id);

    it("begins with its id and its summary and has every section", () => {
      const summary = rules.find((rule) => rule.id === id)?.summary;
      expect(markdown.split("\n").slice(0, 3)).toEqual([`# ${id}`, "", summary]);
      expect([...markdown.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(sections);
    });

    it("shows at least one bad and one good example", () => {
      const kinds = blocksOf(markdown).map((block) => (block.kind === "possible" ? "bad" : block.kind));
      expect(kinds).toEqual(expect.arrayContaining(["bad", "good"]));
    });

    it.each(blocksOf(markdown).map((block, index) => [index, block] as const))("example %i is what it says", (_, block) => {
      const all = findingsIn(loadText(block.format, block.text));
      const found = all.filter((finding) => finding.certainty === "certain");
      if (block.kind === "possible") expect(all.filter((finding) => finding.certainty === "possible").map((finding) => finding.rule)).toContain(id);
      else if (block.kind === "bad") expect(found.map((finding) => finding.rule)).toContain(id);
      else expect(found.filter((finding) => finding.severity !== "note")).toEqual([]);
    });
  });
});
