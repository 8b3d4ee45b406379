import { describe, expect, test } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import { textOf } from "../src/source.ts";

/** What the server says when it is started with a configuration, each with the text it stands at. */
function refusals(text: string): readonly (readonly [string, string])[] {
  const { problems } = apache.load([{ path: "httpd.conf", text }], { read: () => null, list: () => [] });
  return problems.map(({ message, at }) => [textOf(at), message]);
}

describe("a server that does not start", () => {
  test("every broken line is told", () => {
    expect(refusals('Header set X "y" # why we do so\nServerName a.example\nOptions -Indexes # no lists\n')).toEqual([
      ['Header set X "y" # why we do so', "Header has too many arguments: a comment needs a line of its own"],
      ["Options -Indexes # no lists", "Illegal option #: a comment needs a line of its own"],
    ]);
  });

  test("a hash between quotes or within a word is no comment", () => {
    expect(refusals('Header set X "# y"\nRedirect /a /b#c\n')).toEqual([]);
    expect(refusals('Options "#"\n')).toEqual([['Options "#"', "Illegal option #"]]);
  });

  test.each([
    ["Jinja", "{% for one in lists %}\nRequire ip 192.0.2.1\n{% endfor %}"],
    ["ERB", "<% lists.each do |one| %>\nRequire ip <%= one %>\n<% end %>"],
    ["EPP over several lines", "<%- $lists.each |$one| {\n  $two = $one\n-%>\nRequire ip <%= $two %>\n<%- } -%>"],
    ["a name to be replaced", "__AccessRules__"],
    ["a name to be replaced, with signs around it", "%%access%%"],
  ])("lines of a template are blanks in a container of access control: %s", (_, lines) => {
    for (const name of ["RequireAny", "RequireAll", "RequireNone"]) {
      expect(refusals(`<Directory /srv>\n<RequireAll>\nRequire all granted\n<${name}>\n${lines}\n</${name}>\n</RequireAll>\n</Directory>\n`)).toEqual([]);
    }
  });

  test("what is no access control may not stand there", () => {
    expect(refusals("<Directory /srv>\n<RequireAny>\nOptions None\n</RequireAny>\n</Directory>\n")).toEqual([["<RequireAny>", "Options not allowed in <RequireAny> context"]]);
  });
});
