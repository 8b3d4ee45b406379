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

/** The scalars of a JSON text by dotted name (`o.a`, arrays repeat their own name); none when it is no JSON. */
export function jsonEntries(text: string): Entry[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  const entries: Entry[] = [];
  const pending: [name: string, value: unknown][] = [["", root]];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const [name, value] = next;
    if (Array.isArray(value)) {
      pending.push(...value.map((item): [string, unknown] => [`${name}.${lastName(name)}`.replace(/^\./, ""), item]));
    } else if (typeof value === "object" && value !== null) {
      pending.push(...Object.entries(value).map(([key, item]): [string, unknown] => [name === "" ? key : `${name}.${key}`, item]));
    } else {
      entries.push([name, value === null ? "" : String(value)]);
    }
  }
  return entries;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
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
    const [head = "", ...rest] = piece.replace(/^\r?\n/, "").split(/\r?\n\r?\n/);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) return [];
    const file = /\bfilename="([^"]*)"/i.exec(head)?.[1] ?? null;
    return [{ name, headers: head.split(/\r?\n/), file, value: rest.join("\r\n\r\n").replace(/\r?\n$/, "") }];
  });
}

/** The attributes of an XML text, by name. */
export function xmlAttributes(text: string): Entry[] {
  return [...text.matchAll(/<[^<>!?/][^<>]*>/g)].flatMap(([tag]) =>
    [...tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = "", double, single]): Entry => [name, double ?? single ?? ""]),
  );
}
