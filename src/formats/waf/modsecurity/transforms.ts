import { isTransform, type Transform } from "../../../model/transform.ts";
import { actionValues } from "./configuration.ts";
import type { Action } from "./tree.ts";

const SPELLINGS: Readonly<Record<string, Transform>> = Object.fromEntries(
  (
    [
      "lowercase", "uppercase", "trim", "trimLeft", "trimRight", "length", "urlDecode", "urlDecodeUni", "htmlEntityDecode",
      "jsDecode", "cssDecode", "cmdLine", "removeNulls", "replaceNulls", "removeWhitespace", "compressWhitespace",
      "removeComments", "replaceComments", "removeCommentsChar", "normalizePath", "normalizePathWin", "utf8toUnicode",
      "escapeSeqDecode", "base64Decode", "base64Encode", "hexDecode", "hexEncode", "sha1", "md5",
    ] as const
  ).map((name) => [name.toLowerCase(), name]),
);

const ALIASES: Readonly<Record<string, Transform>> = {
  normalisepath: "normalizePath",
  normalisepathwin: "normalizePathWin",
  base64decodeext: "base64Decode",
  urldecodeunicode: "urlDecodeUni",
};

/** The transformations in force (`t:none` drops those before it), and the first that is not modelled. */
export function transformsOf(actions: readonly Action[]): { readonly transforms: readonly Transform[]; readonly unknown: string | null } {
  let transforms: Transform[] = [];
  let unknown: string | null = null;
  for (const name of actionValues(actions, "t").map((value) => value.toLowerCase())) {
    const known = SPELLINGS[name] ?? ALIASES[name];
    if (name === "none") {
      transforms = [];
      unknown = null;
    } else if (known !== undefined && isTransform(known)) transforms.push(known);
    else unknown ??= name;
  }
  return { transforms, unknown };
}
