import type { SourceFile } from "../../source.ts";
import { embed } from "../compose.ts";
import type { Tree } from "../format.ts";
import { globSegment } from "../glob.ts";

/** What `nginx -T` writes above each file it has read. */
const marker = /^# configuration file (\/[^\n]{1,400}):\r?$/gm;
/** What nginx says about the whole, which often lands in the same file. */
const message = /^nginx: (?:the configuration file|configuration file|\[\w+\])[^\n]*$/gm;
/** Pages that may quote a dump among other things. */
const pages = /\.(?:md|markdown|rst|adoc|html?|ya?ml|json|sh|py|js|ts|go|php|rb|log)$/i;

/** The files of one dump, the one that starts it all first, and the tree they make. */
export interface Dump {
  readonly files: readonly SourceFile[];
  readonly tree: Tree;
}

/** Whether a file is what `nginx -T` writes. */
export function isDump({ path, text }: SourceFile): boolean {
  return !pages.test(path) && !text.startsWith("#!") && text.search(marker) >= 0 && /^[^#\n]{0,400}[;{]/m.test(text);
}

/** Takes a dump apart; null when a file is none. Includes mean the files of the dump, which holds all there are. */
export function dumpOf(file: SourceFile): Dump | null {
  if (!isDump(file)) return null;
  const marks = [...file.text.matchAll(marker)];
  const files = new Map<string, SourceFile>();
  marks.forEach(({ index, 0: line, 1: path = "" }, number) => {
    const ranges = withoutMessages(file.text, index + line.length, marks[number + 1]?.index ?? file.text.length);
    if (!files.has(path)) files.set(path, embed(`${file.path}:${path}`, file, ranges));
  });
  return { files: [...files.values()], tree: treeOf(`${file.path}:`, files) };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function withoutMessages(text: string, start: number, end: number): readonly Range[] {
  const ranges: Range[] = [];
  let at = start;
  for (const found of text.slice(start, end).matchAll(message)) {
    ranges.push({ start: at, end: start + found.index });
    at = start + found.index + found[0].length;
  }
  return [...ranges, { start: at, end }];
}

/** Files are called after the dump and their path on the server; either way of asking for them is answered. */
function treeOf(prefix: string, files: ReadonlyMap<string, SourceFile>): Tree {
  const onServer = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  return {
    complete: true,
    read: (path) => files.get(onServer(path)) ?? null,
    list: (pattern) => {
      const segments = onServer(pattern).split("/").map(globSegment);
      const matches = (path: string): boolean => {
        const names = path.split("/");
        return names.length === segments.length && segments.every((fits, index) => fits(names[index] ?? ""));
      };
      return [...files.keys()].filter(matches).sort().map((path) => prefix + path);
    },
  };
}
