import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { iis } from "../src/formats/iis/index.ts";
import { parseXml, type Element } from "../src/formats/iis/xml.ts";
import { positionAt, textOf, type Span } from "../src/source.ts";

const fixtures = path.resolve(import.meta.dirname, "../fixtures/iis/syntax");
const fixture = (name: string): string => readFileSync(path.join(fixtures, name), "utf8");
const parse = (text: string): ReturnType<typeof parseXml> => parseXml({ path: "web.config", text });
const nothing = { read: () => null, list: () => [] };

function all(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((element) => [element, ...all(element.children)]);
}

function spansOf(elements: readonly Element[]): readonly Span[] {
  return all(elements).flatMap(({ at, whole, attributes }) => [at, whole, ...attributes.map((one) => one.at)]);
}

function expectSound(text: string): void {
  const { tree, problems } = parse(text);
  for (const { start, end } of [...spansOf(tree), ...problems.map(({ at }) => at)]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  expect(problems.length).toBeLessThanOrEqual(1);
  iis.load([{ path: "web.config", text }], nothing);
}

describe("places", () => {
  const { tree, problems } = parse(fixture("site.config"));

  it("every value stands where it says, as it is written", () => {
    expect(problems).toEqual([]);
    const written = all(tree).flatMap(({ attributes }) => attributes.map(({ value, at }) => [value, textOf(at)] as const));
    expect(written.length).toBe(40);
    expect(written.filter(([value, text]) => value !== text)).toEqual([["<script", "&lt;script"]]);
  });

  it("every element begins with its name and ends with its tag", () => {
    for (const { name, at, whole } of all(tree)) {
      expect(textOf(at)).toMatch(new RegExp(`^<${name}[\\s/>]`));
      expect(textOf(whole).endsWith(`</${name}>`) || textOf(whole) === textOf(at)).toBe(true);
      expect(textOf(at).endsWith(">")).toBe(true);
    }
  });

  it("comments belong to the element behind them", () => {
    expect(tree[0]?.comments).toEqual(["A shop, with everything in one file."]);
    expect(parse("<a><!-- one --><b/><!-- two --></a>").tree[0]?.children[0]?.comments).toEqual(["one"]);
  });

  it("an element whose name begins another one's is told from it", () => {
    expect(all(parse('<a><ab x="1"/><a y="2"></a></a>').tree).map(({ at }) => textOf(at))).toEqual(["<a>", '<ab x="1"/>', '<a y="2">']);
  });
});

describe("what is wrong", () => {
  it("is said once, with its place, and the rest is read", () => {
    const text = fixture("broken.config");
    const { tree, problems } = parse(text);
    const [problem] = problems;
    expect(problems).toHaveLength(1);
    expect(problem?.code).toBe("xml-syntax");
    expect(positionAt(problem!.at.file, problem!.at.start).line).toBe(4);
    expect(all(tree).map(({ name }) => name)).toContain("security");
    expect(all(tree).flatMap(({ attributes }) => attributes.map(({ value }) => value))).toEqual(["a", "^a&b", "Redirect", "/x?a=1&b=2"]);
  });

  it("an ampersand in a comment is nothing wrong", () => {
    expect(parse("<a><!-- b & c --></a>").problems).toEqual([]);
  });

  it.each([
    ["<a><b></a>", "unexpected close tag"],
    ["<a b='1' b='2'/>", "duplicate attribute: b"],
    ["<a><!-- x -- y --></a>", "two hyphens inside a comment"],
    ["<a>", "unclosed tag: a"],
    ['<a b="?c=1&d=2"/>', "an `&` that begins no entity: it is written `&amp;`"],
    ["<a>b & c</a>", "an `&` that begins no entity: it is written `&amp;`"],
    ["", "document must contain a root element"],
  ])("%s: %s", (text, message) => {
    expect(parse(text).problems[0]?.message).toBe(`IIS cannot read this file and answers every request with 500: ${message}`);
  });
});

describe("what others would like to be read", () => {
  it("no entity of a DOCTYPE is resolved, here or elsewhere", () => {
    const { tree, problems } = parse(fixture("entities.config"));
    expect(problems[0]?.message).toMatch(/undefined entity/);
    expect(all(tree).flatMap(({ attributes }) => attributes.map(({ value }) => value))).toContain("&b;");
  });

  it("entities that stand for each other a billion times take no time", () => {
    const entities = Array.from({ length: 20 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`).join("");
    const text = `<!DOCTYPE a [<!ENTITY e0 "ha">${entities}]><a b="&e20;">&e20;</a>`;
    expect(parse(text).tree[0]?.attributes[0]?.value).toBe("&e20;");
  });

  it.each(["<a>", "<a b='", "&x;", "</x>", "<!--", "<![CDATA[", "<a b=", "]]>"])("%s a hundred thousand times does no harm", (piece) => {
    const text = `<r>${piece.repeat(100_000)}`;
    expect(all(parse(text).tree).length).toBeLessThan(100);
    expect(parse(text).problems).toHaveLength(1);
  });
});

describe("anything", () => {
  it.each(readdirSync(fixtures))("every prefix of %s is read", (name) => {
    const text = fixture(name);
    for (let end = 0; end <= text.length; end += 3) expectSound(text.slice(0, end));
  });

  it("no text throws", () => {
    const piece = fc.constantFrom("<configuration>", "</configuration>", "<system.webServer>", "<rewrite>", "<rules>", '<rule name="a">', "</rule>", '<match url="^(a|', '" />', "<action", ' type="Redirect"', ' url="{R:1}{C:', "<!--", "-->", "<", "&", "]]>", "\uFEFF", "\0", "😀", '"', "'", "=", "\r\n", "<?x", "?>");
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => expectSound(pieces.join(""))), { numRuns: 300 });
  });
});
