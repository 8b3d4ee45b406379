import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { annotationCommands, annotationsOf, type Annotation } from "../src/action/annotate.ts";
import { summaryOf } from "../src/action/summary.ts";
import type { Finding } from "../src/lint/finding.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { bundle, files, runNode, temporary } from "./bundle.ts";

const bad = `server {
    location /api {
        limit_except GET {
            deny all;
        }
        proxy_pass http://127.0.0.1:8080;
    }
}
`;
const good = bad.replace("GET", "GET POST");

let action = "";
beforeAll(() => {
  action = join(bundle(), "action.cjs");
});

/** Runs the action as a runner would, with inputs by name. */
function step(workspace: string, inputs: Readonly<Record<string, string>> = {}) {
  const runner = temporary();
  const [output, summary] = [join(runner, "output"), join(runner, "summary")];
  for (const path of [output, summary]) writeFileSync(path, "");
  const env = {
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_REPOSITORY: "shop/config",
    GITHUB_SHA: "0123abc",
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  const ran = runNode(action, [], { cwd: workspace, env });
  return { ...ran, outputs: readFileSync(output, "utf8"), summary: readFileSync(summary, "utf8") };
}

describe("the action", () => {
  test("annotates, reports, summarises, sets outputs and fails", () => {
    const { code, out, outputs, summary } = step(files({ "nginx.conf": bad }));
    expect(code).toBe(1);
    expect(out).toMatch(/^::warning file=nginx\.conf,line=3,endLine=3,col=9,endColumn=25,title=limit-excludes-post::POST [^\n]*%0Acurl [^\n]*%0AFix: [^\n]*%0ADocs: rules\/limit-excludes-post\.md$/m);
    expect(outputs).toBe("findings=1\nerrors=0\nwarnings=1\nexit-code=1\n");
    expect(summary).toContain("| 0 | 1 | 0 | 0 |");
    expect(summary).toContain('<a href="https://github.example/shop/config/blob/0123abc/nginx.conf#L3"><code>nginx.conf:3:9</code></a>');
  });

  test("the report is folded and cannot give commands", () => {
    const { out } = step(files({ "nginx.conf": bad.replace("deny all;", "deny all;\n::error::from the configuration") }));
    const lines = out.split("\n");
    const token = /^::stop-commands::(.+)$/.exec(lines[1] ?? "")?.[1];
    expect(lines[0]).toBe("::group::postlint report");
    expect(lines.slice(lines.indexOf(`::${token}::`), lines.indexOf(`::${token}::`) + 2)).toEqual([`::${token}::`, "::endgroup::"]);
  });

  test("a working directory is part of the paths GitHub sees", () => {
    const workspace = files({ "deploy/site/nginx.conf": bad, "other/nginx.conf": bad });
    const { out, summary } = step(workspace, { "working-directory": "deploy", paths: "site" });
    expect(out).toContain("::warning file=deploy/site/nginx.conf,line=3");
    expect(summary).toContain("/deploy/site/nginx.conf#L3");
    expect(out).not.toContain("other/");
  });

  test("inputs are obeyed", () => {
    const workspace = files({ "nginx.conf": bad, "a/nginx.conf": good, "c.yaml": "rules: { limit-excludes-post: off }" });
    expect(step(workspace, { "fail-on": "error" }).code).toBe(0);
    expect(step(workspace, { config: "c.yaml" })).toMatchObject({ code: 0, outputs: expect.stringContaining("findings=0\n") });
    expect(step(workspace, { annotations: "false" }).out).not.toContain("::warning file");
    expect(step(workspace, { "max-annotations": "0" }).out).toContain("1 more in the report above");
    expect(step(workspace, { summary: "false" }).summary).toBe("");
    expect(step(workspace, { paths: "a\n  a/nginx.conf" }).code).toBe(0);
  });

  test("what cannot be run is an error in one line and exit code 2", () => {
    const ran = step(files({ "nginx.conf": bad }), { paths: "missing" });
    expect(ran).toMatchObject({ code: 2, outputs: "exit-code=2\n" });
    expect(ran.out).toMatch(/^::error title=postlint::there is no file or folder missing;[^\n]*\n$/);
    expect(step(files({ "nginx.conf": bad }), { "fail-on": "sometimes" })).toMatchObject({ code: 2 });
  });

  test("action.yml has an input for each that is read, and runs the bundle on a runtime that runners have", () => {
    const manifest = parse(readFileSync(join(import.meta.dirname, "../action.yml"), "utf8"));
    const source = readFileSync(join(import.meta.dirname, "../src/action/run.ts"), "utf8");
    const read = [...source.matchAll(/(?:input|isOn)\(environment, "([^"]+)"/g)].map(([, name]) => name);
    expect(Object.keys(manifest.inputs).sort()).toEqual([...new Set(read)].sort());
    expect(manifest.runs).toEqual({ using: "node24", main: "dist/action.cjs" });
    expect(Object.keys(manifest.outputs)).toEqual(["findings", "errors", "warnings", "exit-code"]);
  });
});

const file = { path: "a,b:c.conf", text: "one\ntwo\n" };
const annotation = (level: Annotation["level"], end = 3): Annotation => ({ level, at: { file, start: 0, end }, title: "t", message: "50%\nx" });

describe("annotationCommands", () => {
  test("escapes, and names only the line when several are meant", () => {
    expect(annotationCommands([annotation("error"), annotation("warning", 7)], 10, "").commands).toEqual([
      "::error file=a%2Cb%3Ac.conf,line=1,endLine=1,col=1,endColumn=4,title=t::50%25%0Ax",
      "::warning file=a%2Cb%3Ac.conf,line=1,title=t::50%25%0Ax",
    ]);
  });

  test("keeps the first of each level and counts the rest", () => {
    const many = [...Array.from({ length: 12 }, () => annotation("error")), ...Array.from({ length: 3 }, () => annotation("notice"))];
    const { commands, leftOut } = annotationCommands(many, 10, "");
    expect([commands.length, leftOut, commands.at(-1)?.slice(0, 9)]).toEqual([13, 2, "::notice "]);
  });

  test("the gravest come first, problems before findings", () => {
    const finding = (severity: Finding["severity"]): Finding => ({ rule: severity, severity, certainty: "certain", message: "m", at: { file, start: 0, end: 1 }, related: [], witness: ordinaryPost(), status: 403, legitimacy: "", doubt: null, assumptions: [] });
    const all = annotationsOf([finding("note"), finding("warning"), finding("error")], [{ code: "p", message: "m", at: { file, start: 0, end: 1 } }]);
    expect(all.map((one) => [one.level, one.title])).toEqual([["error", "p"], ["error", "error"], ["warning", "warning"], ["notice", "note"]]);
  });
});

test("a summary stays below GitHub's limit and says what did not fit", () => {
  const finding: Finding = { rule: "r", severity: "error", certainty: "certain", message: "`</details>`", at: { file: { path: "x", text: "`````" }, start: 0, end: 1 }, related: [], witness: ordinaryPost(), status: 403, legitimacy: "", doubt: null, assumptions: [] };
  const summary = summaryOf({ findings: Array.from({ length: 4000 }, () => finding), problems: [], files: [], suppressed: 0 }, 1, () => null);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toMatch(/\n\d+ more did not fit\.\n$/);
  expect(summary).toContain("``````text\n");
  expect(summary).not.toContain("`</details>`</summary>");
});
