import fs from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { parse as parseWithNginxConf } from "nginx-conf";
import { describe, expect, it } from "vitest";
import type { SourceFile } from "../src/source.ts";
import { textOf } from "../src/source.ts";
import { lex } from "../src/formats/nginx/lex.ts";
import type { Control, Directive, Node } from "../src/formats/nginx/parse.ts";
import { parse } from "../src/formats/nginx/parse.ts";

const root = path.resolve(import.meta.dirname, "..");
const fixtures = filesUnder(path.join(root, "fixtures/nginx/syntax"));
const scenarios = filesUnder(path.join(root, "fixtures/scenarios")).filter((file) => file.path.endsWith("nginx.conf"));
const corpus = filesUnder(path.resolve(root, "../shared/corpus/nginx")).filter((file) => !file.path.endsWith("MANIFEST.tsv"));

function filesUnder(folder: string): SourceFile[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((name) => ({ path: path.relative(folder, name), text: fs.readFileSync(name, "utf8") }));
}

function read(text: string): ReturnType<typeof parse> {
  return parse({ path: "nginx.conf", text });
}

function directives(nodes: readonly Node[]): Directive[] {
  return nodes.filter((node) => node.kind === "directive");
}

function controls(nodes: readonly Node[]): Control[] {
  return nodes.filter((node) => node.kind === "control");
}

/** The words of every directive, blocks as nested lists. */
type Shape = (string | Shape)[];
function shape(nodes: readonly Node[]): Shape {
  return directives(nodes).map((directive) => {
    const words: Shape = [directive.name.value, ...directive.args.map((word) => word.value)];
    if (directive.block !== null) words.push(shape(directive.block));
    if (directive.lua !== null) words.push(`lua:${directive.lua.text}`);
    return words;
  });
}

function shapeOf(text: string): Shape {
  const { tree, problems } = read(text);
  expect(problems).toEqual([]);
  return shape(tree.nodes);
}

function problemsOf(text: string): string[] {
  return read(text).problems.map((problem) => `${problem.code} ${textOf(problem.at)}`);
}

function everyNode(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => (node.kind === "directive" ? [node, ...everyNode(node.block ?? [])] : [node]));
}

/** Everything that must hold for any text whatever. */
function expectSound(file: SourceFile): void {
  const { tokens } = lex(file);
  expect(tokens.map((token) => file.text.slice(token.start, token.end)).join("")).toBe(file.text);
  const { tree, problems } = parse(file);
  const spans = [...tree.comments, ...problems.map((problem) => problem.at)];
  for (const node of everyNode(tree.nodes)) {
    spans.push(node.at);
    if (node.kind === "control") continue;
    spans.push(node.head, ...[node.name, ...node.args].map((word) => word.at));
    if (node.lua !== null) spans.push(node.lua.at);
    expect(node.at.start).toBeLessThanOrEqual(node.head.start);
    expect(node.at.end).toBeGreaterThanOrEqual(node.head.end);
  }
  for (const span of spans) {
    expect(span.file).toBe(file);
    expect(span.start >= 0 && span.start <= span.end && span.end <= file.text.length).toBe(true);
  }
}

describe("words", () => {
  it("are separated by space, tab, CR and LF only", () => {
    expect(shapeOf("a b\tc\r\nd;")).toEqual([["a", "b", "c", "d"]]);
    expect(shapeOf("a b\u00a0c\fd;")).toEqual([["a", "b\u00a0c\fd"]]);
  });
  it("in quotes keep everything up to the same unescaped quote", () => {
    expect(shapeOf(`a "b; { } # 'c'\n" 'd "e"';`)).toEqual([["a", "b; { } # 'c'\n", 'd "e"']]);
    expect(shapeOf(`a 'it\\'s' "";`)).toEqual([["a", "it's", ""]]);
  });
  it("may hold # and quotes when they do not start with them", () => {
    expect(shapeOf('set x#y x"y z;')).toEqual([["set", "x#y", 'x"y', "z"]]);
    expect(shapeOf('set $a x"y z";')).toEqual([["set", "$a", 'x"y', 'z"']]);
  });
  it("comment only where a word could start", () => {
    const { tree } = read("a b; # one\n#two\nc;");
    expect(tree.comments.map(textOf)).toEqual(["# one", "#two"]);
    expect(shape(tree.nodes)).toEqual([["a", "b"], ["c"]]);
  });
  it("may start with an escaped character", () => {
    expect(shapeOf("a \\;b \\#c \\\"d;")).toEqual([["a", "\\;b", "\\#c", '"d']]);
  });
  it("translate five escapes and keep every other backslash", () => {
    expect(shapeOf(`a "\\"\\'\\\\\\t\\r\\n\\.\\;" \\\\.;`)).toEqual([["a", `"'\\\t\r\n\\.\\;`, "\\."]]);
  });
  it("end at an opening brace unless it follows $", () => {
    expect(shapeOf("location /x{ a; }")).toEqual([["location", "/x", [["a"]]]]);
    expect(shapeOf("map $a $b{ c 1; }")).toEqual([["map", "$a", "$b", [["c", "1"]]]]);
    expect(shapeOf("set $a ${host}x;")).toEqual([["set", "$a", "${host}x"]]);
    expect(shapeOf('location ~ "^/[0-9]{2}$" { }')).toEqual([["location", "~", "^/[0-9]{2}$", []]]);
    expect(shapeOf("location ~ [0-9]{2}$ { } }")).toEqual([["location", "~", "[0-9]", [["2}$", []]]]]);
  });
  it("do not end at a closing brace or a parenthesis", () => {
    expect(shapeOf("set $a b};")).toEqual([["set", "$a", "b}"]]);
    expect(shapeOf('if ($a){ x; } if ("$a" = "b") { y; }')).toEqual([
      ["if", "($a)", [["x"]]],
      ["if", '("$a"', "=", "b", ")", [["y"]]],
    ]);
  });
  it("may be glued to a modifier, and a quoted name is a name", () => {
    expect(shapeOf('location=/x { } "set" $a 1; location ~\\.php$ { }')).toEqual([
      ["location=/x", []],
      ["set", "$a", "1"],
      ["location", "~\\.php$", []],
    ]);
  });
  it("say whether they were quoted, and keep their text", () => {
    const [first] = directives(read(`a "b\\n" c;`).tree.nodes);
    expect(first?.args.map(({ raw, quoted, at }) => [raw, quoted, textOf(at)])).toEqual([
      ['"b\\n"', true, '"b\\n"'],
      ["c", false, "c"],
    ]);
  });
});

describe("directives", () => {
  it("cover their words with head, and the closing token with at", () => {
    const text = "  location /a { deny all; }\nreturn 200;";
    const [location, answer] = directives(read(text).tree.nodes);
    expect(location && [textOf(location.head), textOf(location.at)]).toEqual(["location /a", "location /a { deny all; }"]);
    expect(answer && [textOf(answer.head), textOf(answer.at)]).toEqual(["return 200", "return 200;"]);
  });
  it("of snippets need no context", () => {
    expect(shapeOf("proxy_set_header Host $host;\nlocation / { }")).toEqual([
      ["proxy_set_header", "Host", "$host"],
      ["location", "/", []],
    ]);
  });
  it("keep rows of map, geo and types as directives", () => {
    expect(shapeOf('geo $a { ranges; 10.0.0.0-10.0.0.9 1; } types { text/html html htm; } map a $b { "~^x y" 1; \'\' 2; }')).toEqual([
      ["geo", "$a", [["ranges"], ["10.0.0.0-10.0.0.9", "1"]]],
      ["types", [["text/html", "html", "htm"]]],
      ["map", "a", "$b", [["~^x y", "1"], ["", "2"]]],
    ]);
  });
  it("read a Lua block as Lua", () => {
    const lua = ` ngx.say("}", '\\'}') -- }\n --[[ }\n ]] local t = {1;{2}} s = [==[ }]] ]==] n = #t `;
    expect(shapeOf(`content_by_lua_block {${lua}} a;`)).toEqual([["content_by_lua_block", `lua:${lua}`], ["a"]]);
    expect(shapeOf("set_by_lua_block $a{ return 1 }")).toEqual([["set_by_lua_block", "$a", "lua: return 1 "]]);
    expect(shapeOf("content_by_lua 'if x then } end';")).toEqual([["content_by_lua", "if x then } end"]]);
  });
});

describe("what nginx would refuse", () => {
  it.each([
    ["byte order mark", "\uFEFFa;", ["byte-order-mark \uFEFF"]],
    ["stray closing brace", "} a;", ["unexpected-brace }"]],
    ["closing brace after words", "x { a b }", ["unterminated-directive a b"]],
    ["lone semicolon", "a;; x { };", ["unexpected-semicolon ;", "unexpected-semicolon ;"]],
    ["block without a name", "{ a; }", ["unexpected-brace {"]],
    ["text after a quote", 'a "x"y;', ["text-after-quote y"]],
    ["comment after a quote", 'a "x"#y\n;', ["text-after-quote #"]],
    ["end in a directive", "a b", ["unterminated-directive a b"]],
    ["end in a block", "a { b;", ["unterminated-block a"]],
    ["end in a quote", 'a "b;\nc;', ['unterminated-string "']],
    ["end in Lua", "content_by_lua_block { '}' ", ["unterminated-lua {"]],
    ["a word over the reader's buffer", `a ${"b".repeat(4097)};`, [`word-too-long ${"b".repeat(4097)}`]],
  ])("%s", (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
  it("does not stop the reading", () => {
    const { tree } = read('} a { b "c"d; e };\nset $x "open;\ndeny all;');
    expect(shape(tree.nodes)).toEqual([["a", [["b", "c", "d"], ["e"]]], ["set", "$x", "open"], ["deny", "all"]]);
  });
  it("is bounded: deep nesting is one problem and no stack overflow", () => {
    const { tree, problems } = read("a{".repeat(50_000) + "}".repeat(50_000));
    expect(problems.map((problem) => problem.code)).toEqual(["nested-too-deep"]);
    expect(everyNode(tree.nodes).length).toBe(101);
  });
});

describe("templates", () => {
  const templated = (text: string) =>
    everyNode(read(text).tree.nodes).flatMap((node) => (node.kind === "directive" ? [node.name, ...node.args] : [])).filter((word) => word.template).map((word) => word.raw);

  it.each([
    ["Jinja", "a {{ v }}:{{ w|default('}') }} c;", ["{{ v }}:{{ w|default('}') }}"]],
    ["Jinja that makes Jinja", "a {{ '{%' }}.html;", ["{{ '{%' }}.html"]],
    ["quoted", 'a "x {{ v }}" b;', ['"x {{ v }}"']],
    ["ERB", "a <%= @x['y;'] %>/z;", ["<%= @x['y;'] %>/z"]],
    ["mustache", "a {{{x}}} {{#b}}c{{/b}}d;", ["{{{x}}}", "c{{/b}}d"]],
    ["Go", 'a {{ getenv "X" "d}}" }} b{{ if .C }} c{{ end }};', ['{{ getenv "X" "d}}" }}', "b{{ if .C }}", "c{{ end }}"]],
    ["expression as a name", "{{ $p }}_pass http://u;", ["{{ $p }}_pass"]],
    ["workflow expression", "a ${{ v }}b;", ["${{ v }}b"]],
    ["environment", "listen ${PORT} $HOST_NAME ${host};", ["${PORT}", "$HOST_NAME"]],
    ["autoconf", "root @prefix@/x; location @app { }", ["@prefix@/x"]],
    ["underscores", "location __PATH__/ { a __x__; }", ["__PATH__/"]],
    ["percent", "root %%TESTDIR%%/x;", ["%%TESTDIR%%/x"]],
    ["angle brackets", "server <HOST-IP>:80 a<b;", ["<HOST-IP>:80"]],
    ["a per cent sign and braces", "server_name %{domain};\n%{enabled}  a b;", ["%{domain}"]],
    ["single braces", "server_name {$DOMAIN} www.{HOST_NAME} {domain}.example;", ["{$DOMAIN}", "www.{HOST_NAME}", "{domain}.example"]],
  ])("%s: a value nobody knows", (_, text, words) => {
    expect(problemsOf(text)).toEqual([]);
    expect(templated(text)).toEqual(words);
  });
  it.each([
    ["method list in a block head", "limit_except ${METHODS} { deny all; }", [["limit_except", "${METHODS}", [["deny", "all"]]]]],
    ["variables the file sets", "set $MODE 1; map $a $KIND { } if ($MODE) { return 200 $KIND; }", null],
    ["captures of a regex", "location ~ ^/(?<NAME>a)$ { return 200 $NAME; }", null],
    ["named locations and e-mail", "error_page 404 @app; server_admin a@b.example;", null],
    ["a long assignment over many lines", `a;\n{{- $data = merge $data (dict\n${'  "some-name" $some_value\n'.repeat(80)}) }}\nb;`, [["a"], ["b"]]],
    ["a placeholder for whole directives, with a comment", "${ALL_HEADERS}  # or nothing\nb;", [["b"]]],
    ["comments after a brace", "server {# one\n a; #}\n}", [["server", [["a"]]]]],
  ])("leaves alone or keeps apart: %s", (_, text, wanted) => {
    expect(problemsOf(text)).toEqual([]);
    if (wanted === null) expect(templated(text)).toEqual([]);
    else expect(shape(read(text).tree.nodes)).toEqual(wanted);
  });
  it("make directives conditional between their branches, but not what stands inside of those", () => {
    const text = "a; {% if x %} b { c; } {% else %} d; {% endif %} e; {{if y}}f g;{{end}} h;\n<% if z -%>\ni;\n<% end -%>\nj;";
    const found = everyNode(read(text).tree.nodes).flatMap((node) => (node.kind === "directive" && node.conditional ? [node.name.value] : []));
    expect(found).toEqual(["b", "d", "f", "i"]);
  });
  it("may open a block in each branch and close it after them", () => {
    const text = "{% if t %}server { listen 443;{% else %}server { listen 80;{% endif %} root /x; }\nuser y;";
    const { tree, problems } = read(text);
    expect(problems).toEqual([]);
    expect(shape(tree.nodes)).toEqual([
      ["server", [["listen", "443"]]],
      ["server", [["listen", "80"], ["root", "/x"]]],
      ["user", "y"],
    ]);
  });
  it("on a line of their own stand for unknown directives", () => {
    const { tree, problems } = read("a;\n  {{ extra }}\n${MORE}\nTLS_CONFIG\n%%GLOBALS%% {{- end }}\nb c;\n{{ $x := 1 }}\n");
    expect(problems).toEqual([]);
    expect(controls(tree.nodes).map((node) => `${node.role} ${textOf(node.at)}`)).toEqual([
      "value {{ extra }}",
      "value ${MORE}",
      "value TLS_CONFIG",
      "value %%GLOBALS%%",
      "close {{- end }}",
      "other {{ $x := 1 }}",
    ]);
    expect(shape(tree.nodes)).toEqual([["a"], ["b", "c"]]);
  });
  it("may hold one end of a block only", () => {
    expect(problemsOf("<%= @header %>\nserver {\n")).toEqual([]);
    expect(problemsOf("<%= @footer %>\n}\n")).toEqual([]);
  });
});

describe("fixtures", () => {
  const broken = /broken/;
  it.each(fixtures.map((file) => [file.path, file] as const))("%s: lossless, and every prefix has a tree", (_, file) => {
    for (let end = 0; end <= file.text.length; end += 1) expectSound({ path: file.path, text: file.text.slice(0, end) });
  });
  it.each(fixtures.filter((file) => !broken.test(file.path)).map((file) => [file.path, file] as const))("%s: no problems", (_, file) => {
    expect(parse(file).problems).toEqual([]);
  });
  it("are read as the package nginx-conf reads them", () => {
    const whole = [...fixtures.filter((file) => !broken.test(file.path)), ...scenarios].filter(withoutTemplates);
    // It fails at braces in texts of Lua, and at words that are quoted and escaped in ways nginx takes.
    expect(whole.filter((file) => asOthersRead(file) !== "the same").map((file) => file.path)).toEqual(["lua.conf", "words.conf"]);
    expect(whole.length).toBeGreaterThanOrEqual(8);
  });
});

interface Other {
  readonly name: string;
  readonly value: string;
  readonly children?: readonly Other[] | null;
}

// nginx-conf joins the arguments into one string and keeps no positions.
const squeeze = (text: string): string => text.replace(/\s+/g, "");
const flatOther = (nodes: readonly Other[], depth = 0): string[] =>
  nodes.flatMap((node) => [`${depth} ${squeeze(node.name)} ${squeeze(node.value)}`, ...flatOther(node.children ?? [], depth + 1)]);
const flat = (nodes: readonly Node[], depth = 0): string[] =>
  directives(nodes).flatMap((node) => [
    `${depth} ${squeeze(node.name.raw)} ${squeeze(node.lua?.text ?? node.args.map((word) => word.raw).join(" "))}`,
    ...flat(node.block ?? [], depth + 1),
  ]);

const withoutTemplates = (file: SourceFile): boolean => lex(file).tokens.every((token) => token.tags.length === 0);

/** Whether both parsers see the same directives with the same words at the same depth. */
function asOthersRead(file: SourceFile): "the same" | "something else" | "nothing" {
  let read: "the same" | "something else" | "nothing" = "nothing";
  parseWithNginxConf(file.text, (error, other) => {
    if (error || !other) return;
    read = isDeepStrictEqual(flat(parse(file).tree.nodes), flatOther(other.children ?? [])) ? "the same" : "something else";
  });
  return read;
}

describe("any text", () => {
  const pieces = ["{", "}", ";", " ", "\n", "\r", "\t", '"', "'", "\\", "#", "$", "(", ")", "a", "location", "/x", "~", "content_by_lua_block ", "--", "[[", "]]",
    "{{", "}}", "{%", "%}", "{% if a %}", "{% else %}", "{% endif %}", "<%", "%>", "{#", "#}", "${A}", "@A@", "__A__", "%%A%%", "<ABC>", "\u00e9", "\ud83d\ude00", "\uFEFF"];
  it("has a lossless token list, a tree, and spans inside it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join("")), fc.string({ maxLength: 60 })), (text) => {
        expectSound({ path: "any", text });
      }),
      { numRuns: 2000 },
    );
  });
  it.each(['"', "'", "{{", "{{'", "{%", "{#", "<%", "<% ", "{", "}", "a{", "{% if a %}", "{% else %}", "{{a}} ", "\\", "@a", "content_by_lua_block{", "content_by_lua_block{[["])(
    "takes linear time on a long run of %j",
    (piece) => {
      const time = (count: number): number => {
        const started = performance.now();
        read(piece.repeat(count));
        return performance.now() - started;
      };
      time(2_000);
      expect(time(40_000)).toBeLessThan(1_500);
    },
  );
});

/** What nginx-conf reads otherwise, or not at all, and why. */
const misread: Readonly<Record<string, string>> = {
  "comments-between-args/nginx.conf": "it takes comments between words for words",
  "conf.d/opencpu.conf": "it takes a comment before the end of a block for a directive",
  "etc_nginx/broken.conf": "the file is broken on purpose, and it makes nothing of what is left",
  "examples/lua.conf": "it ends a block of Lua at a brace in a Lua comment",
  "lua-block-simple/nginx.conf": "it counts braces in the texts of Lua",
  "lua-block-tricky/nginx.conf": "it counts braces in the texts and comments of Lua",
  "messy/nginx.conf": "it does not know that a backslash takes the meaning of a brace",
  "templates/nginx-core.mustache": "it takes a comment without words for a directive",
  "test_generated/0041_regex_capture_groups.conf": "nginx refuses a brace that is not quoted, and both make of the rest what they can",
};

describe.skipIf(corpus.length === 0)("real configurations (skipped where the collection is not beside the repository)", () => {
  it("parse without a throw, losslessly", () => {
    expect(corpus.length).toBeGreaterThan(200);
    for (const file of corpus) expectSound(file);
  });
  it("are read as the package nginx-conf reads them, but for what it gets wrong", () => {
    const compared = corpus.filter(withoutTemplates);
    expect(compared.length).toBeGreaterThan(150);
    const different = compared.filter((file) => asOthersRead(file) !== "the same").map((file) => path.basename(path.dirname(file.path)) + "/" + path.basename(file.path));
    expect(different.toSorted()).toEqual(Object.keys(misread).toSorted());
  });
  it("have no problems unless nginx would refuse them", () => {
    const refused = corpus.filter((file) => parse(file).problems.length > 0).map((file) => path.basename(file.path));
    // A PHP template, a file that is broken on purpose, and a regular expression with unquoted braces.
    expect(refused).toEqual(["anemometer.mustache", "broken.conf", "0041_regex_capture_groups.conf"]);
  });
});
