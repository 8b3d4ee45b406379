import { describe, expect, it } from "vitest";
import { booleanOf, entries, entry, field, isTemplate, items, numberOf, parseTree, shapeProblem, textOf, type Maybe, type TreeNode } from "../src/formats/tree.ts";
import { positionAt, textOf as sourceText, type SourceFile } from "../src/source.ts";

const yaml = (text: string): SourceFile => ({ path: "a.yaml", text });
const json = (text: string): SourceFile => ({ path: "a.json", text });
const root = (file: SourceFile): Maybe => parseTree(file).tree.documents[0];
const codes = (file: SourceFile): readonly string[] => parseTree(file).problems.map(({ code }) => code);

/** A tree as plain data; a template is `<<its text>>`. */
function plain(node: Maybe): unknown {
  if (node === undefined) return undefined;
  if (node.kind === "map") return Object.fromEntries(node.entries.map((one) => [one.key, plain(one.value)]));
  if (node.kind === "list") return node.items.map(plain);
  return node.template ? `<<${node.text}>>` : node.value;
}

function nodesOf(node: TreeNode): readonly TreeNode[] {
  const children = node.kind === "map" ? node.entries.map((one) => one.value) : node.kind === "list" ? node.items : [];
  return [node, ...children.flatMap(nodesOf)];
}

describe("yaml", () => {
  it("gives values with the places of keys and values", () => {
    const file = yaml("# head\nroutes:\n  - name: 'a b'   # say\n    paths: [/x, /y]\nn: 3\n");
    const [route] = items(field(root(file), "routes"));
    expect(textOf(field(route, "name"))).toBe("a b");
    const name = entry(route, "name");
    expect(name && [sourceText(name.keyAt), sourceText(name.value.at)]).toEqual(["name", "'a b'"]);
    expect(items(field(route, "paths")).map((path) => sourceText(path.at))).toEqual(["/x", "/y"]);
    expect(route && sourceText(route.at)).toBe("name: 'a b'   # say\n    paths: [/x, /y]");
    expect(parseTree(file).tree.comments.map((one) => [one.at.start, one.text])).toEqual([[0, "# head"], [file.text.indexOf("# say"), "# say"]]);
  });

  it("keeps every comment's place, also around block scalars, documents and CRLF", () => {
    const file = yaml("a: |\r\n  # no comment\r\n# one\r\n---\r\nb: \"# no\" # two\r\nc: [1, # three\r\n 2]\r\n");
    const { comments } = parseTree(file).tree;
    expect(comments.map((one) => one.text)).toEqual(["# one", "# two", "# three"]);
    for (const one of comments) expect(sourceText(one.at)).toBe(one.text);
  });

  it("reads documents, numbers, truth values and null", () => {
    const file = yaml("---\na: 1\nb: '2'\nc: x3\n---\nd: no\ne: 'no'\nf: ~\n");
    const [one, two] = parseTree(file).tree.documents;
    expect(["a", "b", "c"].map((key) => numberOf(field(one, key)))).toEqual([1, 2, undefined]);
    expect(["d", "e", "f"].map((key) => booleanOf(field(two, key)))).toEqual([false, undefined, undefined]);
    expect([field(two, "f"), entry(two, "f")?.value.kind, field(two, "missing")]).toEqual([undefined, "scalar", undefined]);
  });

  it("resolves aliases and merge keys, own keys first", () => {
    const file = yaml("base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\none:\n  <<: [*b, *o]\n  x: 9\ntwo: *b\n");
    expect(plain(field(root(file), "one"))).toEqual({ x: 9, y: 2, z: 4 });
    expect(plain(field(root(file), "two"))).toEqual({ x: 1, y: 2 });
    expect(parseTree(file).problems).toEqual([]);
  });

  it("says what is wrong with aliases instead of throwing", () => {
    expect(codes(yaml("a: *nobody"))).toEqual(["yaml-alias"]);
    expect(parseTree(yaml("a: &a [*a]")).problems.map((one) => one.message)).toEqual(["`&a` contains itself"]);
    expect(codes(yaml("a: &a 1\nb: {<<: *a}"))).toEqual(["yaml-alias"]);
  });

  it("bounds what aliases of aliases stand for", () => {
    const levels = Array.from({ length: 30 }, (_, level) => `a${level}: &a${level} [${level === 0 ? "x" : Array(9).fill(`*a${level - 1}`).join(", ")}]`);
    const parsed = parseTree(yaml(levels.join("\n")));
    expect(parsed.problems[0]).toMatchObject({ code: "yaml-limit", message: "the aliases stand for too much" });
  });

  it("reports repeated keys once each, the last one counting", () => {
    const file = yaml("a: 1\nb: 2\na: 3\n");
    const [problem] = parseTree(file).problems;
    expect([problem?.code, problem?.at.start]).toEqual(["duplicate-key", 10]);
    expect(numberOf(field(root(file), "a"))).toBe(3);
  });

  it("keeps what it can of broken text", () => {
    const file = yaml("a: 1\nb: [1, 2\nc: 3\n");
    expect(codes(file)).toEqual(["yaml-syntax"]);
    expect(plain(root(file))).toMatchObject({ a: 1, c: 3 });
    expect(codes(yaml("\ta: 1"))).toEqual(["yaml-syntax"]);
  });

  it("says when a value has another shape than expected", () => {
    const node = root(yaml("a: {b: 1}\nc: ${X}\n"));
    const problem = shapeProblem(field(node, "a"), "list", "`a`");
    expect([problem?.code, problem?.message]).toEqual(["unexpected-shape", "`a` must be a list, not a mapping"]);
    expect([shapeProblem(field(node, "a"), "map", "a"), shapeProblem(field(node, "c"), "list", "c"), shapeProblem(undefined, "list", "x")]).toEqual([null, null, null]);
    expect([items(node), entries(field(node, "c")), textOf(node), numberOf(node), booleanOf(node)]).toEqual([[], [], undefined, undefined, undefined]);
  });
});

describe("templates", () => {
  it.each([
    ["a: {{ x }}", "{{ x }}"],
    ["a: {{ x }}.example.com", "{{ x }}.example.com"],
    ["a: 'pre {{ x | default(\"y\") }}'", 'pre {{ x | default("y") }}'],
    ["a: ${HOST}", "${HOST}"],
    ["a: $(HOST)-x", "$(HOST)-x"],
    ["a: ${{ env \"DECK_X\" }}", '${{ env "DECK_X" }}'],
    ["a: \"{{{ raw }}}\"", "{{{ raw }}}"],
    ["a: <HOST_NAME>", "<HOST_NAME>"],
    ["a: <your key here>", "<your key here>"],
    ["a: @HOST@", "@HOST@"],
    ["a: <%= host %>", "<%= host %>"],
    ["a: {vault://env/key}", undefined],
    ["a: '{vault://env/key}'", "{vault://env/key}"],
    ["a:\n  {{ x }}", "{{ x }}"],
  ])("%j is a value nobody knows", (text, written) => {
    const file = yaml(text);
    const node = field(root(file), "a");
    if (written === undefined) return expect(node?.kind).toBe("map");
    expect([isTemplate(node), textOf(node), node?.kind === "scalar" && node.text]).toEqual([true, undefined, written]);
    expect(parseTree(file).problems).toEqual([]);
  });

  it.each(["a: ~/x/(?<USER_ID>\\d+)$", "a: /x{2}", "a: <b", "a: user@host.example", "a: $100", "a: \"<USER_ID\""])("%j is a value", (text) => {
    expect(isTemplate(field(root(yaml(text)), "a"))).toBe(false);
  });

  it("skips the lines that steer a template and keeps both branches", () => {
    const file = yaml("a:\n{{- if .Values.x }}\n  b: 1\n{{- else }}\n  b: 2\n{{- end }}\n{% for x in y %}\nc: {{ x }}\n{% endfor %}\n{{/* a\ncomment: here */}}\nd: 4\n");
    expect(parseTree(file).problems).toEqual([]);
    expect(plain(root(file))).toEqual({ a: { b: 2 }, c: "<<{{ x }}>>", d: 4 });
    expect(parseTree(file).tree.holes).toEqual([]);
  });

  it("remembers where a template puts in whole lines", () => {
    const file = yaml("a: 1\n{{ include \"rest\" . | nindent 2 }}\nb: 2\n");
    expect(plain(root(file))).toEqual({ a: 1, b: 2 });
    expect(parseTree(file).tree.holes.map(sourceText)).toEqual(['{{ include "rest" . | nindent 2 }}']);
  });

  it("does not take code for a template that runs over lines", () => {
    const file = yaml("lua: |\n  local t = {{1, 2},\n    {3, 4}}\nb: 2\n");
    expect(plain(root(file))).toEqual({ lua: "local t = {{1, 2},\n  {3, 4}}\n", b: 2 });
  });
});

describe("json", () => {
  it("gives the same nodes as YAML", () => {
    const text = '{"a": [1, -2.5e1, true, null, "x\\u0041\\n"], "b": {"c": "${V}"}, "d": {{ n }}}';
    const file = json(text);
    expect(parseTree(file).problems).toEqual([]);
    expect(plain(root(file))).toEqual({ a: [1, -25, true, null, "xA\n"], b: { c: "<<${V}>>" }, d: "<<{{ n }}>>" });
    const b = entry(root(file), "b");
    expect(b && [sourceText(b.keyAt), sourceText(b.value.at)]).toEqual(['"b"', '{"c": "${V}"}']);
  });

  it.each([
    ['{"a": 1,}', 8, "a comma must not stand before `}`"],
    ['{"a": 1 "b": 2}', 8, "expected `,` or `}` after the value"],
    ["{'a': 1}", 1, "expected a key in double quotes"],
    ['{"a": tru}', 6, "`tru` is no JSON value"],
    ['{"a": "x\n"}', 6, "the string does not end on its line"],
    ['{"a": "\\q"}', 6, "the string has an escape or a character that JSON does not know"],
    ['{"a" 1}', 5, "expected `:` after the key"],
    ['{"a": [1,]}', 9, "a comma must not stand before `]`"],
    ['{"a": 1', 7, "the file ends before `}`"],
    ['{"a":', 5, "the file ends where a value is expected"],
    ['{"a": 1} x', 9, "expected the end of the file after the value"],
    ['{"a": 1, // no\n"b": 2}', 9, "JSON has no comments"],
  ])("%j: place and words of the fault", (text, start, message) => {
    const file = json(text);
    expect(parseTree(file).problems.map((one) => [one.code, one.at.start, one.message])).toEqual([["json-syntax", start, message]]);
  });

  it("keeps what it can of broken JSON, and reports repeated keys", () => {
    expect(plain(root(json('{"a": 1, "b": [1, 2')))).toMatchObject({ a: 1, b: [1, 2] });
    expect(codes(json('{"a": 1, "a": 2}'))).toEqual(["duplicate-key"]);
  });
});

describe("any text", () => {
  const odd = ["", "\uFEFFa: 1", "{".repeat(3000), "[".repeat(3000), "- ".repeat(3000), "a: ".repeat(3000), "{{".repeat(3000), "&a *a ".repeat(500), "? ".repeat(500), "%YAML 9\n---\n", "\u0000\u0001", "a: \u001F# x\n", "'", '"\\', "!!binary x", "? [a, b]\n: c", "---\n---\n...\n"];

  it.each(odd.map((text) => [text.slice(0, 12), text]))("%j is read, and every span lies in the file", (_, text) => {
    for (const file of [yaml(text), json(text)]) {
      const { tree, problems } = parseTree(file);
      const spans = [...problems.map((one) => one.at), ...tree.comments.map((one) => one.at), ...tree.documents.flatMap(nodesOf).map((node) => node.at)];
      for (const { start, end } of spans) expect(0 <= start && start <= end && end <= text.length).toBe(true);
      expect(problems.length).toBeLessThanOrEqual(10);
    }
  });

  it("parses a file once", () => {
    const file = yaml("a: 1");
    expect(parseTree(file)).toBe(parseTree(file));
    expect(positionAt(file, 3)).toEqual({ line: 1, column: 4 });
  });
});
