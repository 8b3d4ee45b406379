import { createHash } from "node:crypto";
import { percentDecode } from "./path.ts";

/** A pure text function; the names and meanings are ModSecurity's (reference manual, "Transformation functions"). */
export type Transform =
  | "lowercase"
  | "uppercase"
  | "trim"
  | "trimLeft"
  | "trimRight"
  | "length"
  | "urlDecode"
  | "urlDecodeUni"
  | "htmlEntityDecode"
  | "jsDecode"
  | "cssDecode"
  | "cmdLine"
  | "removeNulls"
  | "replaceNulls"
  | "removeWhitespace"
  | "compressWhitespace"
  | "removeComments"
  | "replaceComments"
  | "removeCommentsChar"
  | "normalizePath"
  | "normalizePathWin"
  | "utf8toUnicode"
  | "escapeSeqDecode"
  | "base64Decode"
  | "base64Encode"
  | "hexDecode"
  | "hexEncode"
  | "sha1"
  | "md5"
  /** The UTF-8 bytes of a text, one character for each: what an engine without Unicode matches. */
  | "utf8Bytes";

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00A0" };

const escapes: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function fromHex(digits: string): string {
  return fromCode(Number.parseInt(digits, 16));
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));?/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return fromHex(hex);
    if (decimal !== undefined) return fromCode(Number(decimal));
    const entity = String(name).toLowerCase();
    return Object.hasOwn(entities, entity) ? (entities[entity] ?? whole) : whole;
  });
}

function decodeScript(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([0-7]{1,3})|(.))/gis, (_, unicode, hex, octal, other) => {
    if (unicode !== undefined || hex !== undefined) return fromCode(Number.parseInt(unicode ?? hex, 16) & 0xff);
    if (octal !== undefined) return fromCode(Number.parseInt(octal, 8) & 0xff);
    return escapes[other] ?? other;
  });
}

const functions: Readonly<Record<Transform, (text: string) => string>> = {
  lowercase: (text) => text.toLowerCase(),
  uppercase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  trimLeft: (text) => text.trimStart(),
  trimRight: (text) => text.trimEnd(),
  length: (text) => String(Buffer.byteLength(text)),
  urlDecode: (text) => percentDecode(text.replaceAll("+", " ")),
  urlDecodeUni: (text) => percentDecode(text.replaceAll("+", " ").replace(/%u([0-9a-fA-F]{4})/g, (_, hex) => fromHex(hex))),
  htmlEntityDecode: decodeEntities,
  jsDecode: decodeScript,
  cssDecode: (text) => text.replace(/\\(?:([0-9a-f]{1,6})\s?|\n|(.))/gi, (_, hex, other) => (hex === undefined ? (other ?? "") : fromHex(hex))),
  cmdLine: (text) =>
    text
      .replace(/[\\"'^]/g, "")
      .replace(/[\s,;]+/g, " ")
      .replace(/ +(?=[/(])/g, "")
      .toLowerCase(),
  removeNulls: (text) => text.replaceAll("\0", ""),
  replaceNulls: (text) => text.replaceAll("\0", " "),
  removeWhitespace: (text) => text.replace(/[\s\u00A0]+/g, ""),
  compressWhitespace: (text) => text.replace(/[\s\u00A0]+/g, " "),
  removeComments: (text) => text.replace(/\/\*[^]*?(?:\*\/|$)|--.*|#.*/g, ""),
  replaceComments: (text) => text.replace(/\/\*[^]*?(?:\*\/|$)/g, " "),
  removeCommentsChar: (text) => text.replace(/\/\*|\*\/|--|#/g, ""),
  normalizePath: (text) => normaliseFile(text),
  normalizePathWin: (text) => normaliseFile(text.replaceAll("\\", "/")),
  utf8toUnicode: (text) => text.replace(/[^\x00-\x7F]/g, (char) => `%u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
  escapeSeqDecode: decodeScript,
  base64Decode: (text) => Buffer.from(text, "base64").toString("utf8"),
  base64Encode: (text) => Buffer.from(text).toString("base64"),
  hexDecode: (text) => Buffer.from(text, "hex").toString("utf8"),
  hexEncode: (text) => Buffer.from(text).toString("hex"),
  sha1: (text) => createHash("sha1").update(text).digest("hex"),
  md5: (text) => createHash("md5").update(text).digest("hex"),
  utf8Bytes: (text) => (isAscii(text) ? text : Buffer.from(text, "utf8").toString("latin1")),
};

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Unlike a request path, a relative one keeps the back-references it begins with, and nothing is decoded. */
function normaliseFile(text: string): string {
  const absolute = text.startsWith("/");
  const kept: string[] = [];
  const segments = text.split("/").filter((segment) => segment !== "" && segment !== ".");
  for (const segment of segments) {
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push(segment);
  }
  const open = kept.length > 0 && /(?:^|\/)(?:\.{1,2})?$/.test(text);
  return `${absolute ? "/" : ""}${kept.join("/")}${open ? "/" : ""}`;
}

/** Applies one transform. Total: any text gives a text. */
export function transform(text: string, by: Transform): string {
  return functions[by](text);
}

/** Whether a name, in the spelling used here, is a transform that can be applied. */
export function isTransform(name: string): name is Transform {
  return Object.hasOwn(functions, name);
}
