import { describe, expect, test } from "vitest";
import { didYouMean, nearest } from "../src/did-you-mean.ts";
import type { Unit } from "../src/formats/format.ts";
import type { Finding } from "../src/lint/finding.ts";
import { suppress, suppressionFor } from "../src/lint/suppress.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { textOf, type SourceFile } from "../src/source.ts";

const known = [{ id: "method-denied" }, { id: "redirect-drops-body" }];

function unitOf(...files: SourceFile[]): Unit {
  const at = { file: files[0]!, start: 0, end: 0 };
  const program = { format: "nginx", layer: "server", at, stages: {}, entry: "", definitions: {}, reroutes: { limit: 1, status: 500 }, ignored: [], missing: [] } as const;
  return { program, files, roots: [] };
}

function findingAt(file: SourceFile, text: string, rule = "method-denied"): Finding {
  const start = file.text.indexOf(text);
  return { rule, severity: "warning", certainty: "certain", message: "m", at: { file, start, end: start + text.length }, related: [], witness: ordinaryPost(), status: 403, legitimacy: "", doubt: null, assumptions: [] };
}

function run(text: string, findings: readonly (readonly [text: string, rule: string])[], running = known) {
  const file = { path: "a.conf", text };
  const workspace = { units: [unitOf(file)], problems: [], files: [] };
  const kept = suppress(findings.map(([at, rule]) => findingAt(file, at, rule)), workspace, running, known);
  return { rules: kept.findings.map((one) => one.rule), problems: kept.problems.map((one) => [one.code, textOf(one.at)]), suppressed: kept.suppressed, kept };
}

describe("suppress", () => {
  test("silences the rule it names on the next line, and only there", () => {
    const text = "a;\n  # postlint-ignore-next method-denied -- read-only mirror\n  deny all;\ndeny 1;\n";
    expect(run(text, [["deny all", "method-denied"], ["deny 1", "method-denied"]])).toMatchObject({ rules: ["method-denied"], problems: [], suppressed: 1 });
    expect(run(text, [["deny all", "redirect-drops-body"], ["deny all", "method-denied"]])).toMatchObject({ rules: ["redirect-drops-body"], suppressed: 1 });
  });

  test("in XML, where no comment may hold two hyphens, a colon stands before the reason", () => {
    const xml = (comment: string): string => `<?xml version="1.0"?>\n<a>\n  ${comment}\n  <b />\n</a>\n`;
    expect(run(xml("<!-- postlint-ignore-next method-denied: the archive: read-only -->"), [["<b", "method-denied"]])).toMatchObject({ rules: [], problems: [], suppressed: 1 });
    const without = run(xml("<!-- postlint-ignore-next method-denied -->"), [["<b", "method-denied"]]);
    expect(without).toMatchObject({ rules: ["method-denied"], problems: [["suppression-without-reason", "<!-- postlint-ignore-next method-denied -->"]] });
    expect(without.kept.problems[0]?.message).toContain("<!-- postlint-ignore-next method-denied: reason -->");
  });

  test("CRLF files and several rules in one comment", () => {
    const text = "# postlint-ignore-next method-denied, redirect-drops-body -- both meant\r\ndeny all;\r\n";
    expect(run(text, [["deny", "method-denied"], ["deny", "redirect-drops-body"]])).toMatchObject({ rules: [], problems: [], suppressed: 2 });
  });

  test("comments may be stacked above one line", () => {
    const text = "# postlint-ignore-next method-denied -- one\n# postlint-ignore-next redirect-drops-body -- two\ndeny all;";
    expect(run(text, [["deny", "method-denied"], ["deny", "redirect-drops-body"]])).toMatchObject({ rules: [], problems: [], suppressed: 2 });
  });

  test("without a reason it silences nothing and is a problem", () => {
    for (const comment of ["# postlint-ignore-next method-denied", "# postlint-ignore-next method-denied --", "# postlint-ignore-next method-denied -- "]) {
      expect(run(`${comment}\ndeny all;`, [["deny", "method-denied"]])).toMatchObject({
        rules: ["method-denied"],
        problems: [["suppression-without-reason", comment.trim()]],
        suppressed: 0,
      });
    }
  });

  test("a rule that does not exist is a problem with the nearest name; the others of the comment hold", () => {
    const { kept, rules } = run("# postlint-ignore-next methd-denied, redirect-drops-body -- why\ndeny all;", [["deny", "redirect-drops-body"]]);
    expect(rules).toEqual([]);
    expect(kept.problems.map((one) => one.message)).toEqual(["there is no rule `methd-denied` (did you mean `method-denied`?)"]);
    expect(run("# postlint-ignore-next\n", []).problems).toEqual([["suppression-without-rule", "# postlint-ignore-next"]]);
  });

  test("unused is a problem only when the rule ran", () => {
    const text = "# postlint-ignore-next method-denied -- stale\nallow all;";
    expect(run(text, []).problems).toEqual([["suppression-unused", "# postlint-ignore-next method-denied -- stale"]]);
    expect(run(text, [], [{ id: "redirect-drops-body" }]).problems).toEqual([]);
  });

  test("a comment that a file and its embedded piece share counts once", () => {
    const text = "# postlint-ignore-next method-denied -- why\ndeny all;";
    const outer = { path: "a.yaml", text };
    const inner = { path: "a.yaml", text };
    const workspace = { units: [unitOf(outer), unitOf(inner)], problems: [], files: [] };
    expect(suppress([findingAt(inner, "deny")], workspace, known, known)).toMatchObject({ findings: [], problems: [], suppressed: 1 });
  });

  test("the keyword inside a line is no comment", () => {
    expect(run("return 200 '# postlint-ignore-next method-denied -- x';\ndeny all;", [["deny", "method-denied"]])).toMatchObject({ rules: ["method-denied"], problems: [] });
  });

  test("JSON has no comments to offer", () => {
    expect(suppressionFor(findingAt({ path: "waf.json", text: "{}" }, "{"))).toBeNull();
    expect(suppressionFor(findingAt({ path: ".htaccess", text: "x" }, "x"))).toBe("# postlint-ignore-next method-denied -- <reason>");
  });
});

describe("nearest", () => {
  test("one slip is near, another word is not", () => {
    expect(nearest("metohd-denied", ["method-denied", "redirect-drops-body"])).toBe("method-denied");
    expect(nearest("quite-other", ["method-denied"])).toBeNull();
    expect(didYouMean("ignroe", ["ignore", "rules"])).toBe(" (did you mean `ignore`?)");
    expect(didYouMean("zzz", ["ignore", "rules"])).toBe("");
  });
});
