import { chmodSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environmentFor } from "../src/cli/environment.ts";
import { globSegment } from "../src/formats/glob.ts";
import { treeOf } from "../src/cli/tree.ts";
import type { Unit } from "../src/formats/format.ts";
import { files } from "./bundle.ts";

describe("globSegment", () => {
  test.each([
    ["*.conf", ["a.conf", ".conf.conf", "b.confx"], ["a.conf"]],
    ["?.conf", ["a.conf", "ab.conf", "漢.conf"], ["a.conf", "漢.conf"]],
    ["[a-c]x", ["ax", "dx", "-x"], ["ax"]],
    ["[!a-c]x", ["ax", "dx"], ["dx"]],
    ["[]]x", ["]x", "ax"], ["]x"]],
    ["[ax", ["[ax", "ax"], ["[ax"]],
    [".*", [".a", "a"], [".a"]],
    ["*", [".a", "a", ""], ["a", ""]],
    ["a**b*", ["ab", "axxbyy", "ba"], ["ab", "axxbyy"]],
    ["(.+)", ["(.+)", "xx"], ["(.+)"]],
  ])("%s", (glob, names, wanted) => {
    expect(names.filter(globSegment(glob))).toEqual(wanted);
  });

  test("takes what a regular expression of the same meaning takes", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    const names = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
    fc.assert(
      fc.property(letters, names, (glob, name) => {
        const pattern = new RegExp(`^${glob.replaceAll("?", ".").replaceAll("*", ".*")}$`);
        expect(globSegment(glob)(name)).toBe(pattern.test(name));
      }),
    );
  });

  test("never throws, and many runs take no time", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string(), (glob, name) => void globSegment(glob)(name)));
    expect(globSegment(`${"*a".repeat(100)}b`)("a".repeat(5000))).toBe(false);
  });
});

describe("treeOf", () => {
  const folder = realpathSync(files({ "site/b.conf": "b", "site/a.conf": "a", "site/.c.conf": "c", "shared/x.conf": "x", "binary.conf": "a\0b" }));
  const outside = realpathSync(files({ "y.conf": "y" }));
  symlinkSync("a.conf", join(folder, "site/link.conf"));
  const tree = treeOf({ workingDirectory: folder, absolute: false, folders: [], includeRoots: [{ server: "/etc/nginx", local: join(folder, "site") }, { server: "/etc/nginx/shared", local: join(folder, "shared") }], known: new Map() });

  test("lists in order, as the paths are read", () => {
    expect(tree.list("site/*.conf")).toEqual(["site/a.conf", "site/b.conf", "site/link.conf"]);
    expect(tree.list("s*/[ax].conf")).toEqual(["shared/x.conf", "site/a.conf"]);
    expect(tree.list("site/none/*")).toEqual([]);
  });

  test("a file is one object however it is reached", () => {
    expect(tree.read("site/a.conf")).toEqual({ path: "site/a.conf", text: "a" });
    expect(tree.read("./site/../site/a.conf")).toBe(tree.read("site/a.conf"));
    expect(tree.read(join(folder, "site/link.conf"))).toBe(tree.read("site/a.conf"));
  });

  test("the longest include root counts", () => {
    expect(tree.read("/etc/nginx/b.conf")?.text).toBe("b");
    expect(tree.read("/etc/nginx/shared/x.conf")?.text).toBe("x");
    const listed = tree.list("/etc/nginx/*.conf");
    expect(listed).toEqual(["/etc/nginx/a.conf", "/etc/nginx/b.conf", "/etc/nginx/link.conf"]);
    expect(tree.read(listed[0] ?? "")?.path).toBe("site/a.conf");
    expect(tree.read("/etc/nginxx/b.conf")).toBeNull();
  });

  test("reads nothing out of reach, no folder and nothing binary", () => {
    expect([tree.read(join(outside, "y.conf")), tree.list(join(outside, "*")), tree.read("../y.conf"), tree.read("/etc/passwd")]).toEqual([null, [], null, null]);
    expect([tree.read("site"), tree.read("binary.conf"), tree.read("missing")]).toEqual([null, null, null]);
  });
});

test("what is missing is absent under a mapped folder, and unknown beside a configuration", () => {
  const folder = files({ "public/a.html": "x", "app/index.php": "x" });
  const unit = { roots: [{ server: "/srv/app", local: join(folder, "app") }] } as unknown as Unit;
  const { stat } = environmentFor([{ server: "/srv/www", local: join(folder, "public") }], folder)(unit);
  expect(["/srv/www/a.html", "/srv/www", "/srv/www/b.html", "/srv/app/index.php", "/srv/app/x.php", "/srv/other"].map((path) => stat(path))).toEqual(["file", "directory", "absent", "file", undefined, undefined]);
});

test("files that hold nothing, links and programs are told from others", () => {
  const folder = files({ "empty.html": "", "run.sh": "x" });
  chmodSync(join(folder, "run.sh"), 0o755);
  symlinkSync(join(folder, "run.sh"), join(folder, "link.sh"));
  const { details } = environmentFor([{ server: "/srv", local: folder }], folder)({ roots: [] } as unknown as Unit);
  expect(["/srv/empty.html", "/srv/run.sh", "/srv/link.sh", "/srv/nope", "/other"].map((path) => details?.(path))).toEqual([
    { empty: true, link: false, executable: false },
    { empty: false, link: false, executable: true },
    { empty: false, link: true, executable: true },
    undefined,
    undefined,
  ]);
});

test("what lies beside a configuration may yet become a program", () => {
  const folder = files({ "plain.cgi": "x", "run.cgi": "x" });
  chmodSync(join(folder, "run.cgi"), 0o755);
  const unit = { roots: [{ server: "/srv", local: folder }] } as unknown as Unit;
  const { details } = environmentFor([], folder)(unit);
  expect(["/srv/plain.cgi", "/srv/run.cgi"].map((path) => details?.(path)?.executable)).toEqual([undefined, true]);
});
