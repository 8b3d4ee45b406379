import { percentDecode } from "./path.ts";

/** A named value taken from a request. */
export type Entry = readonly [name: string, value: string];

/** `a=1&b=2` as a form or a query string carries it (WHATWG URL, 5.1): `+` is a blank, names may repeat. */
export function formEntries(text: string): Entry[] {
  if (text === "") return [];
  return text.split("&").filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    const decode = (piece: string): string => percentDecode(piece.replaceAll("+", " "));
    return at < 0 ? [decode(pair), ""] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
  });
}

/** Cookies of a `Cookie` header (RFC 6265, 4.2.1). */
export function cookieEntries(header: string): Entry[] {
  return header.split(";").map((pair) => pair.trim()).filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [pair, ""] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
}

/** Values nested deeper have no entries: servers refuse such bodies, and names would grow without end. */
const deepest = 512;

interface Pending {
  readonly name: string;
  readonly value: unknown;
  readonly depth: number;
}

/** The scalars of a JSON text by dotted name (`o.a`, arrays repeat their own name), as they stand; none when it is no JSON. */
export function jsonEntries(text: string): Entry[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  const entries: Entry[] = [];
  const pending: Pending[] = [{ name: "", value: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, value, depth } = next;
    if (typeof value !== "object" || value === null) entries.push([name, value === null ? "" : String(value)]);
    else if (depth < deepest) for (const inner of within(name, value).reverse()) pending.push({ ...inner, depth: depth + 1 });
  }
  return entries;
}

function within(name: string, value: object): Omit<Pending, "depth">[] {
  if (Array.isArray(value)) {
    const ofItems = `${name}.${name.slice(name.lastIndexOf(".") + 1)}`.replace(/^\./, "");
    return value.map((item: unknown) => ({ name: ofItems, value: item }));
  }
  return Object.entries(value).map(([key, item]: [string, unknown]) => ({ name: name === "" ? key : `${name}.${key}`, value: item }));
}

/** One part of a multipart body; `file` is set for uploads. */
export interface MultipartPart {
  readonly name: string;
  readonly headers: readonly string[];
  readonly file: string | null;
  readonly value: string;
}

/** The parts of a multipart/form-data body (RFC 7578); none without a usable boundary. */
export function multipartParts(contentType: string, body: string): MultipartPart[] {
  const boundary = /boundary="?([^";\s]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  return body.split(`--${boundary}`).slice(1, -1).flatMap((piece) => {
    const part = piece.replace(/^\r?\n/, "");
    const blank = /\r?\n\r?\n/.exec(part);
    const headers = part.slice(0, blank?.index).split(/\r?\n/);
    const disposition = headers.find((line) => /^content-disposition\s*:/i.test(line)) ?? "";
    const name = /\bname="([^"]*)"/i.exec(disposition)?.[1];
    if (name === undefined) return [];
    const file = /\bfilename="([^"]*)"/i.exec(disposition)?.[1] ?? null;
    const value = blank === null ? "" : part.slice(blank.index + blank[0].length).replace(/\r?\n$/, "");
    return [{ name, headers, file, value }];
  });
}

/** The attributes of an XML text, by name. */
export function xmlAttributes(text: string): Entry[] {
  return [...text.matchAll(/<[^<>!?/][^<>]*>/g)].flatMap(([tag]) =>
    [...tag.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = "", double, single]): Entry => [name, double ?? single ?? ""]),
  );
}
