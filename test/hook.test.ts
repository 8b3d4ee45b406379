import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle, files, temporary } from "./bundle.ts";

const root = resolve(import.meta.dirname, "..");
const manifest = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"));
const bad = "server {\n    location /api {\n        limit_except GET {\n            deny all;\n        }\n        proxy_pass http://127.0.0.1:8080;\n    }\n}\n";

describe("the file pattern", () => {
  // pre-commit searches it as a Python regex in the path from the root of the repository; (?i) at its head is the flag.
  const pattern = new RegExp(String(manifest[0].files).replace("(?i)", ""), "i");

  test.each([".htaccess", "public/.htaccess", "nginx.conf", "nginx.prod.conf.template", "deploy/nginx/conf.d/site.conf", "sites-enabled/shop", "kong/kong.yml", "k8s/gateway-routes/shop.yaml", "apache2.conf", "waf/rules.json", "Web.config", "src/Shop/web.Release.config", "applicationHost.config"])("takes %s", (path) => {
    expect(pattern.test(path)).toBe(true);
  });

  test.each(["README.md", "src/index.ts", "docs/nginx.md", "package.json", ".github/workflows/ci.yml", "conf.d.ts", "app.config", "cobweb.config"])("leaves %s", (path) => {
    expect(pattern.test(path)).toBe(false);
  });

  test("both hooks take the same files and run once for all of them", () => {
    expect(manifest.map((hook: { id: string }) => hook.id)).toEqual(["postlint", "postlint-system"]);
    expect(manifest[1].files).toBe(manifest[0].files);
    expect(manifest.every((hook: { require_serial: boolean }) => hook.require_serial)).toBe(true);
  });
});

const preCommit = spawnSync("pre-commit", ["--version"]).status === 0;

describe.skipIf(!preCommit)("with pre-commit", () => {
  let hooks = "";
  let revision = "";

  function git(folder: string, ...args: readonly string[]): string {
    const settings = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    const { status, stdout, stderr } = spawnSync("git", [...settings, ...args], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  // What a user clones, less the devDependencies that old versions of pre-commit would fetch from the network.
  beforeAll(() => {
    hooks = temporary();
    cpSync(bundle(), join(hooks, "dist"), { recursive: true });
    cpSync(join(root, ".pre-commit-hooks.yaml"), join(hooks, ".pre-commit-hooks.yaml"));
    const { devDependencies: _, ...published } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(published.scripts).not.toHaveProperty("prepare");
    expect(published).not.toHaveProperty("dependencies");
    writeFileSync(join(hooks, "package.json"), JSON.stringify(published));
    git(hooks, "init", "-q");
    git(hooks, "add", "-A");
    git(hooks, "commit", "-q", "-m", "hooks");
    revision = git(hooks, "rev-parse", "HEAD");
  });

  function commit(contents: Readonly<Record<string, string>>): { readonly code: number | null; readonly out: string } {
    const config = `repos:\n  - repo: file://${hooks}\n    rev: ${revision}\n    hooks:\n      - id: postlint\n`;
    const folder = files({ ...contents, ".pre-commit-config.yaml": config });
    git(folder, "init", "-q");
    git(folder, "add", "-A");
    const home = join(hooks, ".git/pre-commit-home");
    mkdirSync(home, { recursive: true });
    const { status, stdout, stderr } = spawnSync("pre-commit", ["run", "--color", "never"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PRE_COMMIT_HOME: home, npm_config_offline: "true", GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" },
    });
    return { code: status, out: stdout + stderr };
  }

  test("stops a commit with a finding, once, whatever else is staged", { timeout: 120_000 }, () => {
    const ran = commit({ "nginx.conf": bad, "README.md": "# x\n", "notes.txt": "x\n" });
    expect(ran.out).toContain("warning[limit-excludes-post]");
    expect(ran.out.match(/ files? read: 1 nginx/g)).toHaveLength(1);
    expect(ran.code).toBe(1);
  });

  test("lets other commits pass", { timeout: 120_000 }, () => {
    const good = commit({ "nginx.conf": bad.replace("GET", "GET POST") });
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining("Passed") });
    expect(commit({ "README.md": "# x\n" })).toMatchObject({ code: 0, out: expect.stringContaining("Skipped") });
  });
});
