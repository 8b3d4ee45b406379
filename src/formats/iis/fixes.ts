import type { Edit, Fix } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import { words } from "./config.ts";
import { attribute, valueOf, type Element } from "./xml.ts";

function letThrough(edits: readonly Edit[]): Fix {
  return { title: "let POST through", safe: false, edits };
}

/** Sets an attribute: in its place, or behind the element's name. */
function withAttribute(element: Element, name: string, value: string): Edit {
  const known = attribute(element, name);
  if (known !== undefined) return { at: known.at, text: value };
  const behind = element.at.start + 1 + element.name.length;
  return { at: { file: element.at.file, start: behind, end: behind }, text: ` ${name}="${value}"` };
}

/** Adds POST to the list of methods in an attribute. */
export function withPost(element: Element, name: string): Fix | null {
  const list = attribute(element, name);
  if (list === undefined || list.value.trim() === "" || hasPost(list.value)) return null;
  const end = list.at.end;
  return letThrough([{ at: { file: list.at.file, start: end, end }, text: ",POST" }]);
}

/** Takes POST out of the list of methods in an attribute; the whole element where it is the only one. */
export function withoutPost(element: Element, name: string): Fix | null {
  const list = attribute(element, name);
  if (list === undefined || !hasPost(list.value)) return null;
  const left = words(list.value).filter((word) => word.toUpperCase() !== "POST");
  return letThrough([left.length === 0 ? { at: element.whole, text: "" } : { at: list.at, text: left.join(",") }]);
}

function hasPost(list: string): boolean {
  return words(list).some((word) => word.toUpperCase() === "POST");
}

/** Allows POST where it is listed as refused; null for another verb. */
export function allowVerb(element: Element): Fix | null {
  return valueOf(element, "verb") !== "POST" ? null : letThrough([withAttribute(element, "allowed", "true")]);
}

/** Lists POST among the verbs that are let through, in the line and the style of the last one. */
export function addVerb(last: Element): Fix {
  const { file, end } = last.whole;
  return letThrough([{ at: { file, start: end, end }, text: `${indentOf(last.whole)}<add verb="POST" allowed="true" />` }]);
}

/** The line break and the blanks before an element; empty where something else stands before it on its line. */
function indentOf({ file, start }: Span): string {
  return /(?:\r\n|\n|\r)[ \t]*$/.exec(file.text.slice(0, start))?.[0] ?? "";
}

/** Redirects with a status that keeps method and body. */
export function keepBody(element: Element, name: string, value: string, status: number): Fix {
  return { title: `redirect with ${status}, which keeps method and body`, safe: false, edits: [withAttribute(element, name, value)] };
}

/** Adds POST to a pattern such as `^(GET|HEAD)$`; null where the pattern is another one. */
export function withPostInPattern(condition: Element): Fix | null {
  const pattern = attribute(condition, "pattern");
  const list = pattern === undefined ? null : /^\^?\(?(?:\?:)?([A-Z]+(?:\|[A-Z]+)*)\)?\$?$/.exec(pattern.value);
  const written = pattern?.at.file.text.slice(pattern.at.start, pattern.at.end) ?? "";
  if (pattern === undefined || list?.[1] === undefined || written !== pattern.value || list[1].split("|").includes("POST")) return null;
  const end = pattern.at.start + written.indexOf(list[1]) + list[1].length;
  const bare = /^\^[^(]/.test(written) && !list[1].includes("|");
  if (bare) return letThrough([{ at: pattern.at, text: `^(${list[1]}|POST)$` }]);
  return letThrough([{ at: { file: pattern.at.file, start: end, end }, text: "|POST" }]);
}
