import fc from "fast-check";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { textOf, type SourceFile, type Span } from "../src/source.ts";
import { parse } from "../src/formats/waf/modsecurity/parse.ts";
import type { Directive, Rule } from "../src/formats/waf/modsecurity/tree.ts";

const root = path.resolve(import.meta.dirname, "..");
const syntax: SourceFile = { path: "syntax.conf", text: readFileSync(path.join(root, "fixtures/modsecurity/syntax.conf"), "utf8") };

function fileOf(text: string): SourceFile {
  return { path: "test.conf", text };
}

function ruleOf(text: string): Rule {
  const { tree, problems } = parse(fileOf(text));
  expect(problems).toEqual([]);
  const [first] = tree;
  if (first?.kind !== "rule") throw new Error("not a rule");
  return first;
}

function actionsOf(rule: Rule): [string, string | null][] {
  return rule.actions.map((action) => [action.name, action.value?.value ?? null]);
}

function spansOf(directives: readonly Directive[]): Span[] {
  return directives.flatMap((directive) => {
    if (directive.kind === "section") return [directive.span, ...spansOf(directive.directives)];
    if (directive.kind === "setting") return [directive.span];
    const { variables, operator, actions, links } = directive;
    const parts = [...variables, ...actions, ...(operator === null ? [] : [operator])].map((part) => part.span);
    return [directive.span, ...parts, ...spansOf(links)];
  });
}

function checkSpans(file: SourceFile): void {
  const { tree, problems } = parse(file);
  for (const span of [...spansOf(tree), ...problems.map((problem) => problem.at)]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(file.text.length);
  }
}

describe("parse", () => {
  it("reads variables, operator and actions of a chain", () => {
    const { tree, problems } = parse(syntax);
    expect(problems).toEqual([]);
    const rule = tree[3];
    if (rule?.kind !== "rule") throw new Error("not a rule");
    expect(rule.variables.map(({ name, mode, selector }) => [name, mode, selector])).toEqual([
      ["REQUEST_METHOD", "add", null],
      ["ARGS", "remove", { text: "password", regex: false }],
      ["REQUEST_HEADERS", "count", { text: "Host", regex: false }],
      ["REQUEST_COOKIES", "add", { text: "^(?:a|b)$", regex: true }],
      ["ARGS", "add", { text: "odd|name", regex: false }],
    ]);
    expect(rule.operator).toMatchObject({ name: "rx", negated: true, argument: { value: '^(?:GET|"POST")$' } });
    expect(actionsOf(rule)).toEqual([
      ["id", "11"],
      ["phase", "2"],
      ["deny", null],
      ["status", "405"],
      ["msg", "it's, not allowed"],
      ["chain", null],
    ]);
    expect(rule.links.map((link) => [link.variables[0]?.name, link.operator?.name, link.operator?.argument.value])).toEqual([
      ["ARGS", "rx", "^\\d+\\$"],
      ["TX", "gt", "%{tx.limit}"],
    ]);
  });

  it("reads settings and nested sections", () => {
    const { tree } = parse(syntax);
    expect(tree.map((directive) => (directive.kind === "rule" ? "rule" : directive.name))).toEqual([
      "secruleengine",
      "secrequestbodylimit",
      "rule",
      "rule",
      "ifmodule",
      "secmarker",
      "secruleremovebyid",
    ]);
    const outer = tree[4];
    const inner = outer?.kind === "section" ? outer.directives[0] : undefined;
    expect(inner?.kind === "section" && [inner.name, inner.arguments[0]?.value, inner.directives.length]).toEqual(["locationmatch", "^/admin/", 1]);
    expect(textOf(inner?.span ?? syntaxStart())).toMatch(/^<LocationMatch[^]*<\/LocationMatch>$/);
  });

  it("keeps the commas in a quoted value, and joins continued lines", () => {
    const { tree } = parse(syntax);
    expect(tree[2]?.kind === "rule" && actionsOf(tree[2]).at(-1)).toEqual(["setvar", "tx.allowed_methods=GET, HEAD, POST"]);
  });

  it("points at what it read", () => {
    const rule = parse(syntax).tree[3];
    if (rule?.kind !== "rule") throw new Error("not a rule");
    expect(rule.variables.map((variable) => textOf(variable.span))).toEqual([
      "REQUEST_METHOD",
      "!ARGS:password",
      "&REQUEST_HEADERS:Host",
      "REQUEST_COOKIES:/^(?:a|b)$/",
      "ARGS:'odd|name'",
    ]);
    expect(textOf(rule.operator?.span ?? syntaxStart())).toBe('!@rx ^(?:GET|\\"POST\\")$');
    expect(rule.actions.map((action) => textOf(action.span))).toEqual([
      "id:11",
      "phase:2",
      "deny",
      "status:405",
      "msg:'it\\'s, not allowed'",
      "chain",
    ]);
  });

  it.each([
    ["an implicit pattern", 'SecRule ARGS "union select" "id:1"', "rx", false, "union select"],
    ["a negated implicit pattern", 'SecRule ARGS "!^x" "id:1"', "rx", true, "^x"],
    ["a bare operator", "SecRule ARGS @unconditionalMatch id:1", "unconditionalmatch", false, ""],
    ["a doubled backslash, which Apache halves", 'SecRule ARGS "@rx a\\\\b" "id:1"', "rx", false, "a\\b"],
    ["a single backslash, which it keeps", 'SecRule ARGS "@rx a\\b" "id:1"', "rx", false, "a\\b"],
    ["a continuation, which keeps the next line's white space", 'SecRule ARGS "@rx a\\\n  b" "id:1"', "rx", false, "a  b"],
    ["no actions", "SecRule ARGS x", "rx", false, "x"],
    ["a `#` inside a line", 'SecRule ARGS "#" "id:1"', "rx", false, "#"],
  ])("reads %s", (_, text, name, negated, argument) => {
    expect(ruleOf(text).operator).toMatchObject({ name, negated, argument: { value: argument } });
  });

  it("reads CRLF and a byte order mark", () => {
    expect(ruleOf('\uFEFFSecRule ARGS \\\r\n "x" \\\r\n "id:1,deny"\r\n').actions.map((action) => action.name)).toEqual(["id", "deny"]);
  });

  it.each([
    ['SecRule ARGS "x', "unterminated-quote"],
    ["SecRule ARGS", "missing-argument"],
    ["SecAction", "missing-argument"],
    ['SecRule ARGS "a" b" "id:1"', "too-many-arguments"],
    ['SecRule ARGS x "id:1,chain"', "broken-chain"],
    ['SecRule ARGS x "id:1,chain"\nSecMarker A', "broken-chain"],
    ['SecRule ":x" x "id:1"', "bad-variable"],
    ['SecRule ARGS x "id:1,;;"', "bad-action"],
    ["</Location>", "unopened-section"],
    ["<Location />\nSecRuleEngine On", "unclosed-section"],
    ["{ }", "not-a-directive"],
  ])("reports %s", (text, code) => {
    expect(parse(fileOf(text)).problems.map((problem) => problem.code)).toContain(code);
  });

  it("keeps a tag of a template language as it stands", () => {
    const { tree, problems } = parse(fileOf("{{ .Rules }}\n{% include 'more' %}\nSecRuleEngine On\n"));
    expect(problems).toEqual([]);
    expect(tree.map((one) => one.kind)).toEqual(["setting", "setting", "setting"]);
  });

  it("parses every prefix, with spans inside it", () => {
    for (let end = 0; end <= syntax.text.length; end++) checkSpans(fileOf(syntax.text.slice(0, end)));
  });

  it("parses any text, with spans inside it", () => {
    const piece = fc.constantFrom("SecRule ", "SecAction ", "ARGS", "|", "!", "&", ":", "/", "'", '"', "\\", "\n", "\r\n", " ", "#", "<Location ", "</Location>", ">", "@rx ", "chain", ",", "id:1");
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => checkSpans(fileOf(pieces.join("")))), { numRuns: 2000 });
  });
});

function syntaxStart(): Span {
  return { file: syntax, start: 0, end: 0 };
}

const corpus = path.resolve(root, "../shared/corpus/waf/seclang");

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const full = path.join(folder, name);
    return statSync(full).isDirectory() ? filesUnder(full) : [full];
  });
}

describe("published rule files", () => {
  const present = existsSync(corpus);
  if (!present) console.warn(`skipped: no rule files at ${corpus}`);
  it.skipIf(!present)("parse without a problem, but for files of nginx itself", () => {
    let rules = 0;
    for (const full of filesUnder(corpus)) {
      const file = { path: full, text: readFileSync(full, "utf8") };
      // A nginx configuration that only names its rule files is not SecLang.
      if (/^\s*(?:server|http|upstream|location)\b[^;\n]*\{/m.test(file.text)) continue;
      const { tree, problems } = parse(file);
      expect(problems.map((problem) => `${full}: ${problem.message}`)).toEqual([]);
      rules += tree.filter((directive) => directive.kind === "rule").length;
    }
    expect(rules).toBeGreaterThan(1000);
  });
});
