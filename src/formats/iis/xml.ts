import { SaxesParser } from "saxes";
import type { Parsed, Problem, SourceFile, Span } from "../../source.ts";

/** One attribute; `at` covers the text between its quotes. */
export interface Attribute {
  readonly name: string;
  /** With entities resolved, as far as XML itself knows them. */
  readonly value: string;
  readonly at: Span;
}

/** One element. Names compare with case, as in IIS. */
export interface Element {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Element[];
  /** The comments between this element and the one before it. */
  readonly comments: readonly string[];
  /** The start tag. */
  readonly at: Span;
  /** From the start tag to the end tag; the start tag alone where there is no other. */
  readonly whole: Span;
}

/** The children of the document: one element, where the document is well formed. */
export type Document = readonly Element[];

interface Open {
  readonly name: string;
  readonly start: number;
  readonly attributes: Attribute[];
  readonly children: Element[];
  readonly comments: readonly string[];
  tagEnd: number;
}

/** Deeper elements are no configuration. */
const deepest = 60;
/** The parser would take everything up to the next semicolon for the name of an entity. */
const bareAmpersand = /&(?!(?:#\d+|#x[\da-f]+|[a-z_][\w.-]*);)/gi;
const mask = "\uFFFD";
const ampersand = "an `&` that begins no entity: it is written `&amp;`";

/** What follows so many errors is not worth reading. */
const mostErrors = 20;

/**
 * The elements of an XML document with their places. Never throws: what is open at an error stays open. Nothing outside
 * the file is read, and the entities that a DOCTYPE declares are not resolved (XML 1.0, 4.4), so that none can grow.
 */
export function parseXml(file: SourceFile): Parsed<Document> {
  const parser = new SaxesParser({ xmlns: false });
  const top: Element[] = [];
  const open: Open[] = [];
  const problems: Problem[] = [];
  let comments: string[] = [];
  let attributes: Attribute[] = [];
  let unread = 0;
  let errors = 0;
  const { text } = file;
  const masked = text.replace(bareAmpersand, mask);
  const fail = (message: string, at = pointAt(file, parser.position)): void => {
    errors += 1;
    if (errors > mostErrors) throw new TooManyErrors();
    if (problems.length === 0) problems.push({ code: "xml-syntax", message: `IIS cannot read this file and answers every request with 500: ${message}`, at });
  };
  const close = (end: number): void => {
    const one = open.pop();
    if (one !== undefined) (open.at(-1)?.children ?? top).push(elementOf(one, end, file));
  };
  parser.on("error", ({ message }) => fail(inWords(message)));
  parser.on("attribute", ({ name, value }) => {
    const at = valueBefore(file, parser.position);
    const bare = masked !== text && value.includes(mask);
    if (bare) fail(ampersand, at);
    attributes.push({ name, value: bare ? value.replaceAll(mask, "&") : value, at });
  });
  parser.on("text", (content) => {
    if (masked !== text && content.includes(mask)) fail(ampersand);
  });
  parser.on("opentagstart", () => (attributes = []));
  parser.on("comment", (comment) => comments.push(comment.trim()));
  parser.on("opentag", ({ name }) => {
    if (open.length >= deepest) {
      fail("elements lie too deep in each other");
      unread += 1;
      return;
    }
    const end = parser.position;
    const start = Math.max(0, startOf(text, name, attributes, end));
    open.push({ name, start, attributes, children: [], comments, tagEnd: end });
    comments = [];
  });
  parser.on("closetag", () => {
    if (unread > 0) unread -= 1;
    else close(parser.position);
    comments = [];
  });
  try {
    parser.write(masked).close();
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
  }
  while (open.length > 0) close(text.length);
  return { tree: top, problems };
}

/** The parser's message, without its line and its full stop. */
function inWords(message: string): string {
  const words = message.replace(/^\d+:\d+: /, "").replace(/\.$/, "");
  return words === "malformed comment" ? "two hyphens inside a comment" : words;
}

class TooManyErrors extends Error {}

/** Where the tag begins that ends here: before its first attribute, or before its end. */
function startOf(text: string, name: string, attributes: readonly Attribute[], end: number): number {
  return text.lastIndexOf(`<${name}`, attributes[0]?.at.start ?? end - 1);
}

function elementOf({ name, start, attributes, children, comments, tagEnd }: Open, end: number, file: SourceFile): Element {
  return { name, attributes, children, comments, at: { file, start, end: tagEnd }, whole: { file, start, end: Math.max(end, tagEnd) } };
}

/** The value whose closing quote was read last. */
function valueBefore(file: SourceFile, position: number): Span {
  const end = Math.max(0, position - 1);
  const quote = file.text[end];
  const start = quote === '"' || quote === "'" ? file.text.lastIndexOf(quote, end - 1) + 1 : end;
  return { file, start: Math.min(start, end), end };
}

function pointAt(file: SourceFile, position: number): Span {
  const start = Math.max(0, Math.min(position, file.text.length) - 1);
  return { file, start, end: Math.min(start + 1, file.text.length) };
}

/** The attribute with this name; of several the first, as there may be one only. */
export function attribute(element: Element, name: string): Attribute | undefined {
  return element.attributes.find((one) => one.name === name);
}

/** The value of an attribute; undefined where there is none. */
export function valueOf(element: Element, name: string): string | undefined {
  return attribute(element, name)?.value;
}

/** Children with this name. */
export function named(element: Element, name: string): readonly Element[] {
  return element.children.filter((child) => child.name === name);
}
