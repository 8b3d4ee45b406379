import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type CST, type Document, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { Parsed, Problem, SourceFile, Span } from "../source.ts";
import { readJson } from "./tree/json.ts";
import { mark, maskTemplates } from "./tree/mask.ts";
import { scalar, type Entry, type MapNode, type ScalarNode, type TreeNode } from "./tree/node.ts";

export { booleanOf, entries, entry, field, isNull, isTemplate, items, numberOf, shapeProblem, textOf } from "./tree/node.ts";
export { spelledText } from "./tree/spelled.ts";
export type { Entry, ListNode, MapNode, Maybe, ScalarNode, TreeNode } from "./tree/node.ts";

/** A comment with its `#`. */
export interface Comment {
  readonly at: Span;
  readonly text: string;
}

/** A YAML or JSON file. */
export interface YamlTree {
  /** The value of every document that has one. */
  readonly documents: readonly TreeNode[];
  readonly comments: readonly Comment[];
  /** Places where a template puts in whole lines nobody knows: what is absent may come from there. */
  readonly holes: readonly Span[];
}

const known = new WeakMap<SourceFile, Parsed<YamlTree>>();

/**
 * Reads YAML 1.2 or JSON; any text gives a tree, and problems for what is wrong with it. Aliases and merge keys are
 * resolved. Template expressions (Go, Jinja, decK, ERB, `${VAR}`) are values nobody knows; lines that steer a template
 * (`{{ if }}`) are skipped and both branches kept. Parsed once per file.
 */
export function parseTree(file: SourceFile): Parsed<YamlTree> {
  const before = known.get(file);
  if (before !== undefined) return before;
  const masked = maskTemplates(file.text);
  const holes = masked.holes.map(({ start, end }): Span => ({ file, start, end }));
  const { tree, problems } = isJson(file) ? jsonTree(file, masked.text) : yamlTree(file, masked.text, masked.templated);
  const parsed = { tree: { ...tree, holes }, problems };
  known.set(file, parsed);
  return parsed;
}

function isJson(file: SourceFile): boolean {
  if (/\.ya?ml(?:$|\.)/i.test(file.path)) return false;
  return /\.json(?:$|\.)/i.test(file.path) || /^\uFEFF?\s*[{[]/.test(file.text);
}

function jsonTree(file: SourceFile, text: string): Parsed<YamlTree> {
  const read = readJson(file, text);
  if (read.ok) return { tree: { documents: [read.root], comments: [], holes: [] }, problems: read.problems };
  return { tree: yamlTree(file, text, true).tree, problems: [read.problem] };
}

/** Broken YAML makes errors by the hundred; the first ones tell. */
const mostProblems = 10;
/** How deep a tree may be, and how many nodes it may have with every alias written out. */
const deepest = 200;
const mostNodes = 1_000_000;

interface Conversion {
  readonly file: SourceFile;
  readonly problems: Problem[];
  readonly anchors: Map<string, TreeNode | "open">;
  readonly sizes: Map<TreeNode, number>;
  /** Templates may write a key once in each of their branches. */
  readonly templated: boolean;
  nodes: number;
}

function yamlTree(file: SourceFile, text: string, templated: boolean): Parsed<YamlTree> {
  const comments: Comment[] = [];
  const documents: TreeNode[] = [];
  const conversion: Conversion = { file, problems: [], anchors: new Map(), sizes: new Map(), templated, nodes: 0 };
  try {
    const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
    for (const document of composer.compose(tokens(file, text, comments))) {
      conversion.anchors.clear();
      report(conversion, document);
      if (document.contents !== null) documents.push(convert(conversion, document.contents, 0));
    }
  } catch (error) {
    const message = error instanceof RangeError ? "nested too deeply to be read" : `cannot be read as YAML: ${error instanceof Error ? error.message : "unknown reason"}`;
    problem(conversion, "yaml-syntax", message, { file, start: 0, end: Math.min(1, text.length) });
  }
  return { tree: { documents, comments, holes: [] }, problems: conversion.problems.slice(0, mostProblems) };
}

/** Marks of the lexer that stand for no text: a document or a scalar begins, a flow collection ends early. */
const lexerMarks: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001F"]);

/** The parser's tokens; collects comments with their places on the way. */
function* tokens(file: SourceFile, text: string, comments: Comment[]): Generator<CST.Token> {
  const parser = new Parser();
  let offset = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!inScalar && lexeme.startsWith("#")) {
      const at = { file, start: offset, end: offset + lexeme.length };
      comments.push({ at, text: file.text.slice(at.start, at.end) });
    }
    const isMark: boolean = !inScalar && lexerMarks.has(lexeme);
    inScalar = isMark && lexeme === "\u001F";
    if (!isMark) offset += lexeme.length;
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function problem(conversion: Conversion, code: string, message: string, at: Span): void {
  if (conversion.problems.length < mostProblems) conversion.problems.push({ code, message, at });
}

function report(conversion: Conversion, document: Document.Parsed): void {
  for (const error of document.errors.slice(0, mostProblems)) {
    const [start, end] = error.pos;
    problem(conversion, "yaml-syntax", lowerFirst(error.message), spanOf(conversion.file, start, end));
  }
}

function lowerFirst(message: string): string {
  return message.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

/** A span inside the file, without blanks at its end. */
function spanOf(file: SourceFile, start: number, end: number): Span {
  const from = Math.min(Math.max(start, 0), file.text.length);
  let to = Math.min(Math.max(end, from), file.text.length);
  while (to > from && /\s/.test(file.text[to - 1] ?? "")) to -= 1;
  return { file, start: from, end: to };
}

function rangeOf(conversion: Conversion, node: ParsedNode): Span {
  return spanOf(conversion.file, node.range[0], node.range[1]);
}

function nothing(at: Span): ScalarNode {
  return { kind: "scalar", at, value: null, text: "", plain: true, template: false };
}

function convert(conversion: Conversion, node: ParsedNode, depth: number): TreeNode {
  const at = rangeOf(conversion, node);
  if (depth > deepest) return refuse(conversion, `nested more than ${deepest} deep`, at);
  if (isAlias(node)) return resolve(conversion, node.source, at);
  const before = conversion.nodes;
  conversion.nodes += 1;
  const { anchor } = node;
  if (anchor !== undefined) conversion.anchors.set(anchor, "open");
  const converted = convertNew(conversion, node, depth, at);
  if (anchor !== undefined) conversion.anchors.set(anchor, converted);
  conversion.sizes.set(converted, conversion.nodes - before);
  return converted;
}

function refuse(conversion: Conversion, message: string, at: Span): TreeNode {
  problem(conversion, "yaml-limit", message, at);
  return nothing(at);
}

/** An alias is the node it names; its size counts again, so that aliases of aliases cannot grow without bound. */
function resolve(conversion: Conversion, name: string, at: Span): TreeNode {
  const target = conversion.anchors.get(name);
  if (target === undefined) problem(conversion, "yaml-alias", `no anchor \`&${name}\` stands before this alias`, at);
  if (target === "open") problem(conversion, "yaml-alias", `\`&${name}\` contains itself`, at);
  if (target === undefined || target === "open") return nothing(at);
  conversion.nodes += conversion.sizes.get(target) ?? 1;
  return conversion.nodes > mostNodes ? refuse(conversion, "the aliases stand for too much", at) : target;
}

function convertNew(conversion: Conversion, node: Exclude<ParsedNode, { source: string; resolve: unknown }>, depth: number, at: Span): TreeNode {
  if (isMap(node)) return convertMap(conversion, node, depth, at);
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(conversion, item, depth + 1));
    return { kind: "list", at, items };
  }
  return isScalar(node) ? convertScalar(conversion, node, at) : nothing(at);
}

function convertScalar(conversion: Conversion, node: Scalar.Parsed, at: Span): TreeNode {
  const { file } = conversion;
  const { value } = node;
  const plain = node.type === "PLAIN";
  const source = file.text.slice(at.start, at.end);
  const masked = typeof value === "string" && value.includes(mark);
  const unquoted = /^(["'])([^]*)\1$/.exec(source)?.[2] ?? source;
  const text = typeof value === "string" && !masked ? value : unquoted;
  const simple = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  return scalar(file, at.start, at.end, masked ? text : simple, text, plain, masked);
}

function convertMap(conversion: Conversion, node: YAMLMap.Parsed, depth: number, at: Span): MapNode {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const keyNode = convert(conversion, key, depth + 1);
    const name = keyNode.kind === "scalar" ? keyNode.text : conversion.file.text.slice(keyNode.at.start, keyNode.at.end);
    const converted = value === null ? nothing({ ...keyNode.at, start: keyNode.at.end }) : convert(conversion, value, depth + 1);
    if (name === "<<" && keyNode.kind === "scalar" && keyNode.plain) {
      merged.push(...mergedEntries(conversion, converted));
      continue;
    }
    if (seen.has(name) && !conversion.templated) {
      problem(conversion, "duplicate-key", `the key \`${name}\` is there twice; the last one counts`, keyNode.at);
    }
    seen.add(name);
    own.push({ key: name, keyAt: keyNode.at, value: converted });
  }
  return { kind: "map", at, entries: [...withoutRepeats(merged, seen), ...own] };
}

/** Of several merged mappings the first one that has a key counts (YAML merge key type). */
function mergedEntries(conversion: Conversion, node: TreeNode): readonly Entry[] {
  const sources = node.kind === "list" ? node.items : [node];
  return sources.flatMap((source) => {
    if (source.kind === "map") return source.entries;
    problem(conversion, "yaml-alias", "only mappings can be merged with `<<`", source.at);
    return [];
  });
}

function withoutRepeats(merged: readonly Entry[], own: ReadonlySet<string>): readonly Entry[] {
  const taken = new Set(own);
  return merged.filter((one) => !taken.has(one.key) && taken.add(one.key));
}
