import { addressIn, type Address } from "./text.ts";

/** A place in a text that posts to an address. */
export interface Posting {
  readonly to: Address;
  readonly start: number;
  readonly end: number;
  /** What is done there, in words that end with the address: "posts a form". */
  readonly does: string;
}

/** A tag is no longer than this. */
const longestTag = 2000;
/** A page has no more forms, nor a script more calls. */
export const mostInPage = 300;

/** The forms of a page that are sent by POST to an address of their own; tags may have pieces of templates in them. */
export function* formsIn(text: string): Iterable<Posting> {
  let left = mostInPage;
  for (const { index: start } of text.matchAll(/<form(?=[\s>])/gi)) {
    if (--left < 0) return;
    const { attributes, end } = tagAt(text.slice(start, start + longestTag));
    const to = attributes.get("method")?.toLowerCase() === "post" ? addressIn(attributes.get("action") ?? "") : null;
    if (to !== null) yield { to, start, end: start + end, does: "posts a form" };
  }
}

/** A piece of a template, a word, an equals sign or a value; a quote may be escaped, in a string that has the tag in it. */
const tokens = /<\?[^]*?\?>|<%[^]*?%>|\{\{[^]*?\}\}|=|\\?"|\\?'|>|[^\s=>"'\\<{]+|\\|<|\{/g;

function tagAt(text: string): { readonly attributes: ReadonlyMap<string, string>; readonly end: number } {
  const attributes = new Map<string, string>();
  const reading = new RegExp(tokens);
  reading.lastIndex = "<form".length;
  let name = "";
  let assigns = false;
  for (let token = reading.exec(text); token !== null && token[0] !== ">"; token = reading.exec(text)) {
    const [word] = token;
    const isQuote = word.endsWith('"') || word.endsWith("'");
    if (word === "=") assigns = true;
    else if (assigns || isQuote) {
      const value = isQuote ? quoted(text, reading.lastIndex, word) : word;
      if (assigns && !attributes.has(name)) attributes.set(name, value);
      if (isQuote) reading.lastIndex += value.length + word.length;
      assigns = false;
      name = "";
    } else name = word.toLowerCase();
  }
  return { attributes, end: reading.lastIndex === 0 ? text.length : reading.lastIndex };
}

/** What stands before the next such quote that is in no piece of a template. */
function quoted(text: string, from: number, quote: string): string {
  for (let at = from; at < text.length; at += 1) {
    const piece = text.startsWith("<?", at) ? text.indexOf("?>", at) : text.startsWith("{{", at) ? text.indexOf("}}", at) : -1;
    if (piece >= 0) at = piece + 1;
    else if (text.startsWith(quote, at)) return text.slice(from, at);
  }
  return text.slice(from);
}
