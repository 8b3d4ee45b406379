import { describe, expect, test } from "vitest";
import { rootOf, severityPair } from "../src/config/config.ts";
import { parseConfig } from "../src/config/parse.ts";
import { positionAt, textOf } from "../src/source.ts";

const ids = ["method-denied", "redirect-drops-body"];

function parse(text: string) {
  const { tree, problems } = parseConfig({ path: "postlint.config.yaml", text }, ids);
  const said = problems.map(({ message, at }) => `${positionAt(at.file, at.start).line}:${positionAt(at.file, at.start).column} ${message} [${textOf(at)}]`);
  return { tree, said };
}

describe("parseConfig", () => {
  test("every field, in YAML", () => {
    const { tree, said } = parse(`
rules: { method-denied: note }
ignore: ["legacy/**"]
posts:
  - url: https://shop.example/api/orders
    contentType: application/json
    bytes: 2000
    scopes: [write]
  - { url: /login, method: PUT }
docroot: { /var/www/: public }
includeRoots: { /etc/nginx: deploy/nginx }
`);
    expect(said).toEqual([]);
    expect(tree).toMatchObject({
      rules: { "method-denied": "note" },
      ignore: ["legacy/**"],
      posts: [
        { method: "POST", url: "https://shop.example/api/orders", contentType: "application/json", bytes: 2000, scopes: ["write"] },
        { method: "PUT", url: "/login" },
      ],
      docroot: [{ server: "/var/www", local: "public" }],
      includeRoots: [{ server: "/etc/nginx", local: "deploy/nginx" }],
    });
    expect(tree.posts[1]?.at?.note).toBe("postlint.config.yaml declares PUT /login");
    expect(textOf(tree.posts[1]!.at!.at)).toContain("url: /login");
  });

  test("JSON, and nothing at all", () => {
    expect(parse('{\n\t"rules": { "method-denied": "off" }\n}').tree.rules).toEqual({ "method-denied": "off" });
    expect(parse("\uFEFFrules: { method-denied: off }").tree.rules).toEqual({ "method-denied": "off" });
    expect(parse("# later\n")).toMatchObject({ tree: { rules: {}, posts: [] }, said: [] });
  });

  test.each([
    ["ignroe: []", ["1:1 unknown key `ignroe` (did you mean `ignore`?) [ignroe]"]],
    ["posts:\n  - url: /a\n    byte: 1", ["3:5 unknown key `byte` (did you mean `bytes`?) [byte]"]],
    ["rules:\n  metod-denied: off", ["2:3 there is no rule `metod-denied` (did you mean `method-denied`?) [metod-denied]"]],
    ["rules:\n  method-denied: fatal", ["2:18 `rules.method-denied` must be equal to one of the allowed values: error, warning, note, off [fatal]"]],
    ["posts:\n  - bytes: -1\n    url: x", ["2:12 `posts.0.bytes` must be >= 0 [-1]", "3:10 `posts.0.url` must begin with http://, https:// or / [x]"]],
    ["posts: [{}]", ["1:9 `posts.0` must have required property 'url' [{}]"]],
    ["docroot: { www: public }", ["1:12 `www` is not an absolute path of the server [www]"]],
    ["[]", ["1:1 the configuration must be object [[]]"]],
  ])("says what is wrong with %j, and where", (text, said) => {
    expect(parse(text)).toEqual({ tree: { rules: {}, ignore: [], posts: [], docroot: [], includeRoots: [] }, said });
  });

  test("broken YAML, a key given twice and an endless alias are problems with a place", () => {
    expect(parse("rules: {").said).toEqual([expect.stringMatching(/^1:9 /)]);
    expect(parse("ignore: []\nignore: []").said).toEqual([expect.stringMatching(/^2:1 Map keys must be unique/)]);
    expect(parse("ignore: *none").said).toEqual([expect.stringContaining("none")]);
  });
});

test("severityPair", () => {
  expect(severityPair("method-denied=off")).toEqual(["method-denied", "off"]);
  expect(severityPair("method-denied=fatal")).toBeNull();
  expect(severityPair("method-denied")).toBeNull();
});

test("rootOf drops the slash at the end", () => {
  expect(rootOf("/var/www/", "x")).toEqual({ server: "/var/www", local: "x" });
  expect(rootOf("/", "x")).toEqual({ server: "/", local: "x" });
});
