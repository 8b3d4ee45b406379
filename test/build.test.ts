import { readFileSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "./bundle.ts";

const root = resolve(import.meta.dirname, "..");
const bundles = ["cli.cjs", "action.cjs"];

let folder = "";
beforeAll(() => {
  folder = bundle();
});

const text = (name: string): string => readFileSync(join(folder, name), "utf8");

describe("the bundles", () => {
  test("need nothing but Node itself", () => {
    for (const name of bundles) {
      const needed = [...text(name).matchAll(/(?<!')\brequire\("([^"]+)"\)/g)].map(([, module = ""]) => module.replace(/^node:/, ""));
      expect(needed.filter((module) => !builtinModules.includes(module))).toEqual([]);
    }
  });

  test("are the same wherever they are built, and hold no path of the machine", () => {
    const again = bundle();
    expect(readdirSync(again).sort()).toEqual(["action.cjs", "cli.cjs", "config-schema.json"]);
    for (const name of bundles) {
      expect(readFileSync(join(again, name), "utf8")).toBe(text(name));
      expect(text(name).includes(root)).toBe(false);
    }
  });

  test("hold the validator as code, not its compiler", () => {
    expect(text("cli.cjs")).not.toContain("node_modules/ajv/dist/compile");
    expect(text("cli.cjs")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

test("the package runs no script when it is installed, and depends on nothing", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const lifecycle = ["preinstall", "install", "postinstall", "prepare", "prepack", "postpack", "prepublish", "prepublishOnly"];
  expect(Object.keys(manifest.scripts).filter((name) => lifecycle.includes(name))).toEqual([]);
  expect(manifest.dependencies ?? {}).toEqual({});
  const versions: readonly string[] = Object.values(manifest.devDependencies);
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
