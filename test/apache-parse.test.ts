import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logicalLines, slice, spanOf } from "../src/formats/apache/lex.ts";
import type { Node } from "../src/formats/apache/parse.ts";
import { parse } from "../src/formats/apache/parse.ts";
import type { Span } from "../src/source.ts";
import { textOf } from "../src/source.ts";

const root = path.resolve(import.meta.dirname, "..");
const fixtures = path.join(root, "fixtures/apache/syntax");
const corpus = path.resolve(root, "../shared/corpus/apache");

function file(text: string, name = ".htaccess") {
  return { path: name, text };
}

function values(text: string): readonly string[] {
  return parse(file(text)).tree.nodes[0]?.args.map((arg) => arg.value) ?? [];
}

/** The tree as an outline: one line a node. */
function outline(nodes: readonly Node[], indent = ""): string {
  return nodes
    .map((node) => {
      const words = [node.key, ...node.args.map((arg) => arg.value)].join(" ");
      return node.kind === "directive"
        ? `${indent}${words}\n`
        : `${indent}<${words}>${node.close === null ? " open" : ""}\n${outline(node.children, `${indent}  `)}`;
    })
    .join("");
}

function spansOf(nodes: readonly Node[]): readonly Span[] {
  return nodes.flatMap((node) => [
    node.span,
    node.nameSpan,
    spanOf(node.argsText),
    ...node.args.map((arg) => arg.span),
    ...(node.kind === "section" ? [...(node.close === null ? [] : [node.close]), ...spansOf(node.children)] : []),
  ]);
}

function expectSound(text: string, name = ".htaccess"): void {
  const { tree, problems } = parse(file(text, name));
  for (const span of [...spansOf(tree.nodes), ...problems.map((problem) => problem.at)]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe("arguments", () => {
  test.each<[string, string, readonly string[]]>([
    ["blanks and tabs", "Order \t deny,allow  ", ["deny,allow"]],
    ["quotes keep blanks", `X "a b" 'c d'`, ["a b", "c d"]],
    ["escapes inside quotes", String.raw`X "a\"b\\c\n" 'd\'e\"f'`, [`a"b\\c\\n`, `d'e\\"f`]],
    ["a double backslash outside quotes", String.raw`X a\\b a\ b`, ["a\\b", "a\\", "b"]],
    ["a quote inside a word is text", `X a"b c"d`, [`a"b`, `c"d`]],
    ["adjacent quotes are two arguments", `X "a""b"`, ["a", "b"]],
    ["an open quote runs to the end", `X "a b`, ["a b"]],
    ["an open quote that ends in an escaped one", String.raw`X "a\"`, [`a"`]],
    ["empty quotes", `X "" ''`, ["", ""]],
    ["a hash is no comment here", "X a # b", ["a", "#", "b"]],
    ["a lone CR is a blank", "X a\rb", ["a", "b"]],
    ["a template tag is one word", "X {{ a b }}/c <%= d %> e", ["{{ a b }}/c", "<%= d %>", "e"]],
  ])("%s", (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test("raw text and span are what is written", () => {
    const { tree } = parse(file(`Deny from "a \\\nb"`));
    const arg = tree.nodes[0]?.args[1];
    expect(arg).toMatchObject({ value: "a b", raw: `"a b"`, quoted: true });
    expect(arg && textOf(arg.span)).toBe(`"a \\\nb"`);
  });

  test.each([
    ["%hostdir%", true],
    ["{PATH}/x", true],
    ["@ROOT@", true],
    ["{{ x }}", true],
    ["<%= x %>", true],
    ["${VAR}", true],
    ["${map:$1|none}", false],
    ["%{HTTP_HOST}%{REQUEST_URI}", false],
    ["a@example.com", false],
    ["^[a-z]{2,3}$", false],
    ["%E3%83%80", false],
    ["%{LA-U:REQUEST_FILENAME}", false],
  ])("%s is a placeholder: %s", (text, expected) => {
    expect(parse(file(`X ${text}`)).tree.nodes[0]?.args[0]?.template).toBe(expected);
  });
});

describe("lines", () => {
  test.each<[string, string, string]>([
    ["continuation before LF", "Require all \\\ndenied", "require all denied\n"],
    ["continuation before CRLF", "Require all \\\r\ndenied\r\n", "require all denied\n"],
    ["continuation joins without a blank", "Requ\\\nire all", "require all\n"],
    ["a blank after the backslash ends the line", "Require all \\ \ndenied", "require all \\\ndenied\n"],
    ["a backslash at the end of the file is text", "Require all \\", "require all \\\n"],
    ["a comment that continues swallows a line", "# x \\\nDeny from all\nAllow x", "allow x\n"],
    ["an indented comment", "  \t# Deny from all", ""],
    ["a hash on a continued line is an argument", "Deny from \\\n# all", "deny from # all\n"],
    ["a file with lone CRs is one line", "# x\rDeny from all\r", ""],
    ["a byte order mark is part of the name", "\uFEFFDeny from all", "\uFEFFdeny from all\n"],
    ["names lose their case and quotes", `"DENY" from all`, "deny from all\n"],
  ])("%s", (_, text, expected) => {
    const { tree, problems } = parse(file(text));
    expect(outline(tree.nodes)).toBe(expected);
    expect(problems).toEqual([]);
  });

  test("a byte order mark before a comment makes it a directive", () => {
    expect(parse(file("\uFEFF# x")).tree.nodes[0]?.key).toBe("\uFEFF#");
  });

  test("long lines are a problem in a .htaccess only", () => {
    const text = `Deny from ${"192.0.2.1 ".repeat(2000)}\n`;
    expect(parse(file(text)).problems.map((problem) => problem.code)).toEqual(["line-too-long"]);
    expect(parse(file(text, "httpd.conf")).problems).toEqual([]);
    expect(parse(file(text)).tree.nodes[0]?.args.length).toBe(2001);
  });

  test("a part of a line over a continuation knows its place", () => {
    const [line] = logicalLines(file("ab\\\ncd\\\nef"));
    if (line === undefined) throw new Error("no line");
    const part = slice(line, 1, 5);
    expect(part.text).toBe("bcde");
    expect(textOf(spanOf(part))).toBe("b\\\ncd\\\ne");
    expect(textOf(spanOf(part, 1, 2))).toBe("c");
  });
});

describe("sections", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["closing tags compare without case", "<Limit GET>\nDeny from all\n</LIMIT>", "<limit GET>\n  deny from all\n", []],
    ["the argument runs to the last >", `<If "1 > 0 -a">x>\n</If>`, `<if 1 > 0 -a >x>\n`, []],
    ["text after the tags", "<Limit POST> # x\n</Limit> # y", "<limit POST>\n", []],
    ["no argument", "<IfModule>\n</IfModule>", "<ifmodule>\n", []],
    ["no closing >", "<Limit GET\n</Limit>", "<limit GET>\n", ["section-not-ended"]],
    ["left open", "<Limit GET>\nDeny x", "<limit GET> open\n  deny x\n", ["unclosed-section"]],
    ["closed by the parent", "<A>\n<B>\nX\n</A>\nY", "<a>\n  <b> open\n    x\ny\n", ["unclosed-section"]],
    ["closes nothing", "X\n</A>\nY", "x\ny\n", ["unexpected-close"]],
    ["lines of a Perl program are none of the server's", "<Perl>\n$Location{'/a'} = {\n  allow => 'from all',\n};\n</perl>\nX", "<perl>\nx\n", []],
    ["a macro may open what another closes", "<Macro a>\n<B>\n</Macro>\n<Macro c>\n</B>\n</Macro>\nX", "<macro a>\n  <b> open\n<macro c>\nx\n", []],
    ["a name from a template", "<<%= @kind %> /a>\nX\n</<%= @kind %>>", "<<%= @kind %> /a>\n  x\n", []],
    ["two closing tags on a line", "<A>\n<B>\n</B> </A>\nX", "<a> open\n  <b>\n  x\n", ["unclosed-section"]],
  ])("%s", (_, text, expected, codes) => {
    const { tree, problems } = parse(file(text));
    expect(outline(tree.nodes)).toBe(expected);
    expect(problems.map((problem) => problem.code)).toEqual(codes);
  });

  test.each([
    ["ERB", "<%- if @a\n  b = 1\nend -%>"],
    ["a comment of Jinja", "{# X\n<Limit GET>\n#} "],
    ["Jinja", "{% set a = [\n  'b',\n] %}"],
  ])("a tag of several lines is one: %s", (_, tag) => {
    const { tree, problems } = parse(file(`A\n  ${tag}\nB\n`));
    expect(problems).toEqual([]);
    expect(tree.nodes.map((node) => node.template || node.key)).toEqual(["a", true, "b"]);
  });

  test("spans of a section", () => {
    const text = "<Limit GET>\nDeny from all\n</Limit>\n";
    const [section] = parse(file(text)).tree.nodes;
    if (section?.kind !== "section") throw new Error("no section");
    expect(textOf(section.span)).toBe("<Limit GET>");
    expect(textOf(section.nameSpan)).toBe("Limit");
    expect(section.close && textOf(section.close)).toBe("</Limit>");
  });

  test("ten thousand open sections nest no deeper than can be walked", () => {
    const { tree, problems } = parse(file("<a>\n".repeat(10_000)));
    expect(problems).toHaveLength(10_000);
    expect(outline(tree.nodes).split("\n")[64]).toBe(`${"  ".repeat(64)}<a> open`);
    expect(outline(tree.nodes).split("\n")[200]).toBe(`${"  ".repeat(64)}<a> open`);
  });
});

describe("fixtures", () => {
  test("every kind of section", () => {
    const { tree, problems } = parse(file(readFileSync(path.join(fixtures, "sections.conf"), "utf8"), "sections.conf"));
    expect(problems).toEqual([]);
    expect(outline(tree.nodes)).toMatchInlineSnapshot(`
      "servername shop.example
      <ifmodule mod_ssl.c>
        <virtualhost 192.0.2.1:443 192.0.2.2:443>
          servername shop.example
          documentroot /srv/shop
          <directory /srv/shop>
            options FollowSymLinks
            allowoverride None
            require all granted
          <locationmatch ^/(?<area>api|admin)/>
            <limitexcept GET HEAD>
              require ip 192.0.2.0/24 2001:db8::/32
          <files ~ \\.(bak|sql)$>
            require all denied
          <if %{REQUEST_METHOD} == 'POST' && %{CONTENT_LENGTH} > 10>
            redirect 307 /gone
          <else>
            setenv quiet 1
      "
    `);
  });

  test("templates", () => {
    const { tree, problems } = parse(file(readFileSync(path.join(fixtures, "templates.conf"), "utf8"), "templates.conf"));
    expect(problems).toEqual([]);
    const marks = (nodes: readonly Node[]): readonly string[] =>
      nodes.flatMap((node) => [
        ...(node.template ? [node.name] : []),
        ...node.args.filter((arg) => arg.template).map((arg) => arg.value),
        ...(node.kind === "section" ? marks(node.children) : []),
      ]);
    expect(marks(tree.nodes)).toEqual([
      "{% if tls %}",
      "<%= @address %>:443",
      "{% endif %}",
      "{{ server name }}",
      "{ALIAS}",
      "www.%hostdir%",
      "@ROOT@/public",
      "${APACHE_LOG_DIR}/error.log",
    ]);
  });

  test.each(readdirSync(fixtures))("every prefix of %s parses", (name) => {
    const text = readFileSync(path.join(fixtures, name), "latin1");
    for (let length = 0; length <= text.length; length++) expectSound(text.slice(0, length), name);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    ..."<>/\\\"'# \t\r\n{}%@$=?".split(""),
    "<Limit",
    "</Limit>",
    "\\\n",
    "\\\r\n",
    "{{",
    "}}",
    "<%",
    "%>",
    "${A}",
    "word",
    "\uFEFF",
    "é",
  );

  test("parses, and no span leaves the file", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        expectSound(parts.join(""));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["stray closing tags", `${"<a>\n".repeat(50_000)}${"</b>\n".repeat(50_000)}`],
    ["half template tags", "X {{".repeat(50_000)],
    ["half placeholders", `X ${"${{@a%b".repeat(50_000)}`],
    ["many template tags", `X ${"{{a}} <%b%> ".repeat(50_000)}`],
    ["continuations", "\\\n".repeat(200_000)],
    ["quotes", `X ${`"a\\`.repeat(100_000)}`],
  ])("comes to an end with %s", (_, text) => {
    expect(() => parse(file(text, "httpd.conf"))).not.toThrow();
  });
});

describe.skipIf(!existsSync(corpus))("files of real projects (skipped: no corpus beside the repository)", () => {
  test("all parse", () => {
    for (const name of filesUnder(corpus)) expectSound(readFileSync(name, "latin1"), name);
  });

  test("the files certbot says are well formed have no problem", () => {
    const passing = filesUnder(corpus).filter((name) => name.includes("apache-conf-files/passing/"));
    expect(passing.length).toBeGreaterThan(15);
    for (const name of passing) {
      const { problems } = parse(file(readFileSync(name, "latin1"), name));
      expect([name, problems.map((problem) => problem.code)]).toEqual([name, []]);
    }
  });
});
