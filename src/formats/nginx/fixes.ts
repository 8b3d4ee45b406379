import type { Evidence, Fix } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import { textOf } from "../../source.ts";
import { setting } from "./context.ts";
import type { Site } from "./lowering.ts";
import type { Directive } from "./parse.ts";

const KEEPS_BODY = { 301: 308, 302: 307 } as const;

/** Patterns that match every path, and the capture that is all of it, with the slash it begins with or without. */
const EVERYTHING: Readonly<Record<string, readonly string[]>> = {
  "": ["^", ".*", "^.*", "^.*$", "/", "^/"],
  $1: ["(.*)", "^(.*)", "^(.*)$", "^(/.*)$"],
  "/$1": ["^/(.*)", "^/(.*)$", "/(.*)", "/(.*)$"],
};

/**
 * The `return` that says the same as a `rewrite` of every path to another address, and keeps the body. What is decoded
 * and encoded again by the one is handed on as it came by the other.
 */
export function rewriteFix({ head, args: [regex, replacement] }: Directive, status: 301 | 302): Fix | null {
  if (regex === undefined || replacement === undefined || replacement.quoted || regex.template) return null;
  const found = /^(.*?)(\$request_uri\??|\/?\$1)$/.exec(replacement.raw);
  const [, address = "", rest = ""] = found ?? [];
  if (found === null || !/^(?:https?:\/\/|\$scheme:\/\/)[^\s?]+$/.test(address)) return null;
  const captured = rest.startsWith("$request_uri") ? Object.values(EVERYTHING).flat() : (EVERYTHING[rest] ?? []);
  if (!captured.includes(regex.value)) return null;
  const better = KEEPS_BODY[status];
  return { title: `answer ${better}, which keeps method and body`, safe: false, edits: [{ at: head, text: `return ${better} ${address}$request_uri` }] };
}

/** A redirect that keeps method and body, in front of the location that makes nginx add the slash with a 301. */
export function slashFix({ at, args }: Directive): Fix | null {
  const name = args.at(-1);
  if (name === undefined || name.template || !/^\/[\w./-]+\/$/.test(name.value)) return null;
  const before = /(?<=^|\n)[ \t]*$/.exec(at.file.text.slice(0, at.start))?.[0];
  const text = `location = ${name.value.slice(0, -1)} { return 307 ${name.value}$is_args$args; }${before === undefined ? " " : `\n${before}`}`;
  return { title: "answer 307, which keeps method and body", safe: true, edits: [{ at: { file: at.file, start: at.start, end: at.start }, text }] };
}

/** The edit of a condition that lets an ordinary POST past the refusal under it, where one is plain to see. */
export function conditionFix(site: Site, conditions: readonly Evidence[]): Fix | null {
  for (const { at } of conditions) {
    const head = textOf(at);
    if (/\$invalid_referer\b/.test(head)) return refererFix(site);
    const origin = originFix(at);
    if (origin !== null) return origin;
    const methods = /\$request_method\s*!~\*?\s*["']?\^?\((?:\?:)?(?:[A-Z]+\|)*[A-Z]+(?=\))/.exec(head);
    if (methods !== null && !/\bPOST\b/.test(methods[0])) return inserted(at, methods[0].length, "|POST", "let POST through");
    const anchored = /\$(?:content_type|http_content_type)\s*!~\*?\s*["']?\^?[\w/+.\\-]+(?=\$["']?\))/.exec(head);
    if (anchored !== null) {
      const end = at.start + anchored.index + anchored[0].length;
      return { title: "let the type be followed by its parameters", safe: false, edits: [{ at: { file: at.file, start: end, end: end + 1 }, text: "" }] };
    }
  }
  return null;
}

/** Programs send no Referer, and neither do browsers that are told not to. */
function refererFix(site: Site): Fix | null {
  const list = setting(site.context, "valid_referers");
  if (list === undefined || list.args.some(({ value }) => value === "none")) return null;
  const { file, end } = list.name.at;
  return { title: "let requests without a Referer through", safe: false, edits: [{ at: { file, start: end, end }, text: " none" }] };
}

/** Programs that are no page of a browser send no Origin. */
function originFix(at: Span): Fix | null {
  const title = "let requests without an Origin through";
  const head = textOf(at);
  const pattern = /\$http_origin\s*!~\*?\s*["']?(?=\^)/.exec(head);
  if (pattern !== null) {
    const start = at.start + pattern.index + pattern[0].length;
    return { title, safe: false, edits: [{ at: { file: at.file, start, end: start }, text: "^$|" }] };
  }
  const one = /\$http_origin\s*(!=\s*(["']?)([\w.:/-]+)\2)(?=\s*\))/.exec(head);
  if (one === null) return null;
  const [whole, tested = "", , value = ""] = one;
  const end = at.start + one.index + whole.length;
  return { title, safe: false, edits: [{ at: { file: at.file, start: end - tested.length, end }, text: `!~ "^(${value.replaceAll(".", "\\.")})?$"` }] };
}

function inserted(at: Span, length: number, text: string, title: string): Fix {
  const start = at.start + textOf(at).search(/\$request_method\s*!~/) + length;
  return { title, safe: false, edits: [{ at: { file: at.file, start, end: start }, text }] };
}
