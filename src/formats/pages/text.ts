/** An address in a page, without its query. `open`: something that nobody knows stands in front of it. */
export interface Address {
  readonly path: string;
  readonly open: boolean;
}

/** Stands for what is only known when the page is made. */
const unknown = "\uFFFD";

/** An address is no longer than this; what is longer is text. */
const longestAddress = 1000;

/** Pieces that a template puts other text in for: PHP, ERB, Jinja, and variables in strings. */
const templates = /<\?[^]*?\?>|<%[^]*?%>|\{\{[^]*?\}\}|\$?\{[^{}]*\}/g;

/**
 * The address that a value comes to: what stands behind the last piece that is unknown, where that still is a path with a
 * folder. Null for another site, for a page that posts to itself, and for what cannot be told.
 */
export function addressIn(value: string): Address | null {
  if (value.length > longestAddress) return null;
  const known = value.replace(templates, unknown).trim();
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(known)) return null;
  const path = known.replace(/[?#][^]*$/, "");
  const rest = /[\w./~%@:,-]*$/.exec(path)?.[0] ?? "";
  const open = rest.length < path.length;
  if (rest === "" || rest.includes("://") || (open && !rest.includes("/"))) return null;
  return { path: rest, open };
}

/** The text with everything in comments of HTML, JavaScript and PHP made blank, so that offsets stay as they are. */
export function withoutComments(text: string): string {
  const parts: string[] = [];
  let done = 0;
  const open = new Set<string>();
  for (const { index, 0: opening } of text.matchAll(/<!--|\/\*|\/\//g)) {
    if (index < done || open.has(opening) || !begins(text, index, opening)) continue;
    const end = endOf(text, index, opening);
    if (end === index) open.add(opening);
    parts.push(text.slice(done, index), text.slice(index, end).replace(/[^\r\n]/g, " "));
    done = end;
  }
  return parts.join("") + text.slice(done);
}

/** Addresses and types of files have the same characters as the beginnings of comments. */
function begins(text: string, index: number, opening: string): boolean {
  const before = index === 0 ? "\n" : (text[index - 1] ?? "\n");
  return opening === "<!--" || (opening === "/*" ? !/[\w'"]/.test(before) : /[\s;{}(),]/.test(before));
}

/** Where a comment ends; one that is never closed is none. */
function endOf(text: string, index: number, opening: string): number {
  if (opening === "//") {
    const line = /^[^\r\n]{0,2000}/.exec(text.slice(index, index + longestLine))?.[0] ?? "";
    const closing = line.indexOf("?>");
    return index + Math.max(opening.length, closing < 0 ? line.length : closing);
  }
  const closing = opening === "/*" ? "*/" : "-->";
  const end = text.indexOf(closing, index + opening.length);
  return end < 0 ? index : end + closing.length;
}

const longestLine = 2000;
