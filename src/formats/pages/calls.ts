import { mostInPage, type Posting } from "./forms.ts";
import { addressIn, type Address } from "./text.ts";

/** Calls that may post, by the name they end with. */
const heads = /\b(?:fetch|sendBeacon|axios|post|ajax|open)\s?\(/g;

/** The arguments of a call are no longer than this. */
const longestCall = 4000;

/** The calls of a script that post to an address which is written in them. */
export function* callsIn(text: string): Iterable<Posting> {
  let left = mostInPage;
  for (const { index, 0: head } of text.matchAll(heads)) {
    const from = index + head.length;
    const name = head.slice(0, -1).trim();
    const isMember = text[index - 1] === ".";
    if (isMember === (name === "fetch" || name === "axios") && !/\bwindow\.$/.test(text.slice(Math.max(0, index - 10), index))) continue;
    if (--left < 0) return;
    const parts = partsOf(text.slice(from, from + longestCall));
    const written = targetOf(name, parts);
    const to = written === null ? null : addressOf(written);
    if (to !== null) yield { to, start: index, end: from + (parts[0]?.length ?? 0), does: `posts with \`${name}\`` };
  }
}

/** The expression for the address that a call posts to; null when it posts nothing. */
function targetOf(name: string, [first = "", second = "", third = ""]: readonly string[]): string | null {
  if (name === "open") return isPost(first) ? second : null;
  if (name === "post" || name === "sendBeacon") return first;
  const own = /^\s*\{/.test(first);
  const settings = membersOf(own ? first : second === "" ? third : second);
  const method = settings.get("method") ?? settings.get("type") ?? "";
  return isPost(method) ? (own ? (settings.get("url") ?? null) : first) : null;
}

function isPost(expression: string): boolean {
  return /^\s*["'`]post["'`]\s*$/i.test(expression);
}

/** The members of an object as they are written. */
function membersOf(object: string): ReadonlyMap<string, string> {
  const open = object.indexOf("{");
  if (open < 0 || object.slice(0, open).trim() !== "") return new Map();
  return new Map(partsOf(object.slice(open + 1)).flatMap((part) => {
    const [whole, name = ""] = /^\s*["']?(\w{1,40})["']?\s?:/.exec(part) ?? [];
    return whole === undefined ? [] : [[name, part.slice(whole.length)] as const];
  }));
}

/** What commas divide before the bracket closes that these stand in. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'" || char === "`") at = endOfString(text, at);
    else if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char) && --depth < 0) return [...parts, text.slice(from, at)];
    else if (char === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [];
}

/** The offset of the quote that closes a string; pieces of templates in it may have quotes of their own. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const piece = text.startsWith("<?", at) ? text.indexOf("?>", at) : -1;
    if (piece >= 0) at = piece + 1;
    else if (text[at] === "\\") at += 1;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}

/** The address of strings and other things put together. */
function addressOf(expression: string): Address | null {
  const pieces: string[] = [];
  for (let at = 0; at < expression.length; at += 1) {
    const char = expression[at] ?? "";
    if (char === '"' || char === "'" || char === "`") {
      const end = endOfString(expression, at);
      pieces.push(expression.slice(at + 1, end));
      at = end;
    } else if (!/[\s+]/.test(char)) pieces.push("\uFFFD");
  }
  return addressIn(pieces.join(""));
}
