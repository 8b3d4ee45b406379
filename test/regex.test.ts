import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { antiSamples, compilePattern, samplesOf, type PatternOptions } from "../src/model/regex.ts";

function test(pattern: string, text: string, options: PatternOptions = {}): boolean | undefined {
  const compiled = compilePattern(pattern, options);
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.why}`);
  return compiled.test(text);
}

function exec(pattern: string, text: string, options: PatternOptions = {}): readonly (string | undefined)[] | null | undefined {
  const compiled = compilePattern(pattern, options);
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.why}`);
  return compiled.exec(text);
}

/** Patterns of a dialect that JavaScript and PCRE share; groups are repeated by one of `groupQuantifiers`. */
function anyPattern(groupQuantifiers: readonly string[]): fc.Arbitrary<string> {
  const atom = fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "\\d", "-");
  const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{1,2}", "*?", "+?");
  const piece = fc.tuple(atom, quantifier).map(([a, q]) => (/^(?:\\b|\^)$/.test(a) ? a : a + q));
  return fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 3 },
      piece,
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => a + b),
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(?:${a}|${b})`),
      fc.tuple(tie("pattern"), fc.constantFrom(...groupQuantifiers)).map(([a, q]) => `(${a})${q}`),
    ),
  })).pattern;
}

const anyText = fc.array(fc.constantFrom("a", "b", "c", "-", "1", "\n"), { maxLength: 12 }).map((units) => units.join(""));

type Row = readonly [pattern: string, text: string, matches: boolean, options?: PatternOptions];

// Answers that perl 5 gives too, except where an option has no counterpart there.
const ROWS: readonly Row[] = [
  ["union", "reunion", true],
  ["union", "Union", false],
  ["(?i)union", "reUNION", true],
  ["a(?i)b|c", "C", true],
  ["a(?i:b)c", "aBc", true],
  ["a(?i:b)c", "aBC", false],
  ["(?i)a(?-i)b", "Ab", true],
  ["(?i)a(?-i)b", "AB", false],
  ["(?i)[^a]", "A", false],
  ["^[a-z]+$", "abc\n", true],
  ["^[a-z]+$", "abc\n", false, { dollarEndOnly: true }],
  ["^[a-z]+\\Z", "abc\n", true, { dollarEndOnly: true }],
  ["^[a-z]+\\z", "abc\n", false],
  ["^abc$", "1\nabc", false],
  ["^abc$", "1\nabc", true, { multiline: true }],
  ["\\Aabc", "1\nabc", false, { multiline: true }],
  ["b$", "b\na", true, { multiline: true }],
  ["^", "a\n", true, { multiline: true }],
  ["\\n^", "a\n", false, { multiline: true }],
  ["^/o[a-c]x", "/obx", true],
  ["^/ol*d", "/od", true],
  ["^/a|b", "xb", true],
  ["^(?i)/old", "/OLD", true],
  ["^(/a|/b)c", "/bc", true],
  ["(?m)^b", "a\nb", true],
  ["a.b", "a\nb", false],
  ["a.b", "a\nb", true, { dotAll: true }],
  ["(?s)a.b", "a\nb", true],
  ["a\\Nb", "a\nb", false, { dotAll: true }],
  ["[[:space:]]", "a b", true],
  ["[[:space:]]", "space]", false],
  ["[[:^digit:]]", "12", false],
  ["[^[:alnum:]_]", "abc_9", false],
  ["\\x{62}", "abc", true],
  ["\\x{ff}", "xf{}", false],
  ["[\\x{e4}-\\x{fc}]", "\u00f6", true],
  ["\\x41\\101\\o{102}", "AAB", true],
  ["\\cA", "\u0001", true],
  ["\\h\\H", "\tx", true],
  ["\\R", "a\r\nb", true],
  ["^\\R$", "\r\n", true],
  ["\\v", "a\u000bb", true],
  ["\\s", "\u000b", true],
  ["\\bfoo\\b", "a foo!", true],
  ["\\bfoo\\b", "afoo", false],
  ["\\Bfoo", "afoo", true],
  ["foo\\b", "foo\n", true],
  ["[\\b]", "\b", true],
  ["a{2}", "aba", false],
  ["a{2,}", "baa", true],
  ["^a{1,2}$", "aaa", false],
  ["a{,2}", "a{,2}", true],
  ["a{x", "a{x", true],
  ["]a}", "]a}", true],
  ["[]a]", "]", true],
  ["[^]a]", "]", false],
  ["[a-]", "-", true],
  ["[\\w-.]", "-", true],
  ["\\/\\'\\-\\_", "/'-_", true],
  ["(a)\\1", "aa", true],
  ["(a)\\1", "ab", false],
  ["(?i)(a)\\1", "aA", true],
  ["(?<x>a|b)-\\k<x>", "b-b", true],
  ["(?P<x>a|b)-(?P=x)", "b-a", false],
  ["(a)(b)\\g{-1}", "abb", true],
  ["\\12", "\n", true],
  ["foo(?=bar)", "foobar", true],
  ["foo(?!bar)", "foobar", false],
  ["(?<=foo|ab)bar", "abbar", true],
  ["(?<!foo)bar", "foobar", false],
  ["^(?:a++)a", "aaa", false],
  ["^(?>a|ab)c", "abc", false],
  ["^(?:a|ab)c", "abc", true],
  ["\\Qa.b\\E+", "a.bb", true],
  ["\\Qa.b\\E", "axb", false],
  ["(?x) a b # c\n d", "abd", true],
  ["a b", "ab", true, { extended: true }],
  ["(?#comment)a", "a", true],
  ["x*", "", true],
  ["(a*)*b", "aab", true],
  ["(?:a?)+$", "b", true],
  ["^(?:a?)+$", "b", false],
  ["a|", "z", true],
  ["bar", "foobar", false, { anchored: "start" }],
  ["a|ab", "ab", true, { anchored: "full" }],
  ["a", "ab", false, { anchored: "full" }],
  ["a", "a\n", false, { anchored: "full" }],
  ["(*UTF8)a", "a", true],
];

describe("compilePattern", () => {
  it.each(ROWS.map((row) => ({ row })))("$row", ({ row: [pattern, text, expected, options] }) => {
    expect(test(pattern, text, options)).toBe(expected);
    expect(exec(pattern, text, options) !== null).toBe(expected);
  });

  it.each(["(", ")", "a)", "[a", "*a", "a**", "[b-a]", "\\", "(?<n>a", "\\2(a)", "a{3,2}", "(?R)", "(?(1)a|b)", "\\p{L}", "[[:nope:]]", "(?<=a+)b", "(?z)a", "\\k<no>"])(
    "gives a reason for %s",
    (pattern) => {
      expect(compilePattern(pattern)).toMatchObject({ ok: false, why: expect.stringMatching(/./) });
    },
  );

  it("prefers branches in PCRE's order and reports groups", () => {
    expect(exec("(a|ab)(c|bcd)?", "xabcd")).toEqual(["abcd", "a", "bcd"]);
    expect(exec("(a+?)(a*)", "aaa")).toEqual(["aaa", "a", "aa"]);
    expect(exec("(a)|(b)", "b")).toEqual(["b", undefined, "b"]);
    expect(exec("foo\\Kbar", "foobar")).toEqual(["bar"]);
    expect(exec("(?=(a+))a", "aaa")).toEqual(["a", "aaa"]);
    expect(exec("^/(\\w+)/(.*)$", "/v1/x/y")).toEqual(["/v1/x/y", "v1", "x/y"]);
  });

  it("names groups", () => {
    const pattern = compilePattern("(?<year>\\d+)-(?P<month>\\d+)-(?'day'\\d+)");
    expect(pattern.ok && [...pattern.names]).toEqual([
      ["year", 1],
      ["month", 2],
      ["day", 3],
    ]);
  });

  it("answers in bounded time where backtracking explodes", () => {
    const started = performance.now();
    const text = "a".repeat(5000) + "!";
    expect(test("^(a+)+$", text)).toBe(false);
    expect(test("(a|aa|a*)*b", text)).toBe(false);
    expect(test(".*.*.*=.*x", text)).toBe(false);
    expect(test("(?:a{0,40}){0,40}b", text)).toBe(false);
    expect(exec("^(a+)+!$", text)).toEqual([text, "a".repeat(5000)]);
    expect(test("^(?=(a|a)*b)", text.slice(0, 60))).toBe(undefined);
    expect(test("(a*)*\\1b", text)).toBe(undefined);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("refuses what would compile to something huge", () => {
    expect(compilePattern("((a{1,1000}){1,1000}){1,1000}")).toMatchObject({ ok: false });
    expect(compilePattern("(".repeat(5000) + ")".repeat(5000))).toMatchObject({ ok: false });
  });

  it("finds nothing to throw on in any text", () => {
    const alphabet = fc.constantFrom(..."()[]{}|*+?\\^$.-,:=!<>PQEdwsbxkg0123aAi#' \n");
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 30 }), fc.string({ maxLength: 10 }), (letters, text) => {
        const pattern = compilePattern(letters.join(""));
        if (pattern.ok) expect([true, false, undefined]).toContain(pattern.test(text));
        else expect(pattern.why).not.toBe("");
      }),
      { numRuns: 3000 },
    );
  });

  it("agrees with JavaScript where the dialects are the same", () => {
    fc.assert(
      fc.property(anyPattern(["", "", "*", "+", "?", "{1,2}"]), anyText, (pattern, text) => {
        expect(test(pattern, text)).toBe(new RegExp(pattern).test(text));
        expect(exec(pattern, text) !== null).toBe(new RegExp(pattern).test(text));
      }),
      { numRuns: 4000 },
    );
  });

  it("captures what JavaScript captures when no group is repeated", () => {
    fc.assert(
      fc.property(anyPattern([""]), anyText, (pattern, text) => {
        const expected = new RegExp(pattern).exec(text);
        expect(exec(pattern, text)).toEqual(expected && [...expected]);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("samplesOf and antiSamples", () => {
  it.each(["^/api/(?:v1|v2)/\\d+$", "(?i)select.{1,3}from", "[[:space:]]", "^(?!a)\\w", "\\.(?:php|cgi)$", "^$"])("%s", (pattern) => {
    const samples = samplesOf(pattern);
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) expect(test(pattern, sample)).toBe(true);
    const others = antiSamples(pattern);
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(test(pattern, other)).toBe(false);
  });

  it("are empty for a pattern that cannot be compiled", () => {
    expect(samplesOf("(")).toEqual([]);
    expect(antiSamples("(")).toEqual([]);
  });

  it("show several branches", () => {
    expect(new Set(samplesOf("^(?:get|put|post)$"))).toEqual(new Set(["get", "put", "post"]));
  });
});
