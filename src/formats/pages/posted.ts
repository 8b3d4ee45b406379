import { posix } from "node:path";
import type { Evidence } from "../../model/program.ts";
import type { SourceFile } from "../../source.ts";
import type { Tree } from "../format.ts";
import { callsIn } from "./calls.ts";
import { formsIn, type Posting } from "./forms.ts";
import { answersItself, includedIn } from "./programs.ts";
import { withoutComments, type Address } from "./text.ts";
import { pagesAround } from "./walk.ts";

/** A program, or a folder with one, that takes POSTs, and the place that shows it. */
export interface Posted {
  /** Its path in the tree; that of a folder ends with a slash. */
  readonly path: string;
  readonly shownBy: Evidence;
  /** The page that posts there; null where the program itself shows it. */
  readonly page: string | null;
  /** A folder that lies in what the server shows: the address begins there or below. */
  readonly base: string;
}

const mentions = /\bpost\b|\bsendBeacon\b|\$_POST\b/i;

/**
 * What pages in and around these folders post to, as far as it lies in or below one of them and is there. What the
 * pages make of addresses while they run is not known; what includes a page is not, either, so that its relative
 * addresses may begin in any folder above.
 */
export function postedIn(tree: Tree, folders: readonly string[]): readonly Posted[] {
  const found = new Map<string, Posted>();
  const programs: Posted[] = [];
  const included = new Set<string>();
  const isWanted = (path: string): boolean => folders.some((folder) => isIn(path, folder));
  for (const file of pagesAround(tree, folders)) {
    for (const name of includedIn(file.text)) included.add(name);
    if (!mentions.test(file.text)) continue;
    const text = withoutComments(file.text);
    for (const posting of postingsIn(text, file)) {
      const target = resolved(posting.to, file.path, tree, isWanted);
      if (target !== null && !found.has(target.path)) found.set(target.path, { ...target, page: file.path, shownBy: shown(file, posting, `${posting.does} there`) });
    }
    const own = isWanted(file.path) && file.path.endsWith(".php") ? answersItself(text) : null;
    if (own !== null) programs.push({ path: file.path, page: null, base: foldersAbove(file.path)[1] ?? "", shownBy: shown(file, own, "answers POSTs with an address that is relative to its own") });
  }
  return [...found.values(), ...programs.filter(({ path }) => !found.has(path) && !included.has(posix.basename(path)))];
}

function* postingsIn(text: string, { path }: SourceFile): Iterable<Posting> {
  if (!path.endsWith(".js")) yield* formsIn(text);
  yield* callsIn(text);
}

function shown(file: SourceFile, { start, end }: { readonly start: number; readonly end: number }, does: string): Posted["shownBy"] {
  return { at: { file, start, end }, note: does };
}

function isIn(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

const programName = /\.(?:php\d?|cgi|pl|py|aspx?|jsp)$/i;

/** The first file that an address may mean: seen from the page, or from a folder above. */
function resolved({ path, open }: Address, page: string, tree: Tree, isWanted: (path: string) => boolean): Pick<Posted, "path" | "base"> | null {
  const above = foldersAbove(page);
  const wholePage = /\.html?$/i.test(page);
  const bases = open || path.startsWith("/") ? above.toReversed() : wholePage ? above.slice(0, 1) : above;
  for (const base of bases) {
    const target = posix.join(base === "" ? "." : base, decoded(path).replace(/^\/+/, "./"));
    if (target.startsWith("..") || !(isWanted(target))) continue;
    const there = thereIs(target, tree);
    if (there !== null) return { path: there, base: commonFolder(base, there) };
  }
  return null;
}

/** The folder itself where the path lies in it, or the nearest above in which it does. */
function commonFolder(folder: string, path: string): string {
  return [folder, ...foldersAbove(folder)].find((one) => isIn(path, one)) ?? "";
}

/** The folder of a path and those above it, the nearest first. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = path; folder !== ""; ) {
    const slash = folder.lastIndexOf("/");
    folder = slash < 0 ? "" : folder.slice(0, slash);
    folders.push(folder);
  }
  return folders;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The program at a path, or the folder whose index is one; of a folder that holds its `.htaccess` and nothing else, the rest is elsewhere. */
function thereIs(path: string, tree: Tree): string | null {
  const folder = path.replace(/\/$/, "");
  if (!programName.test(folder)) return tree.read(`${folder}/index.php`) === null ? null : `${folder}/`;
  const around = posix.dirname(folder);
  const isBare = (): boolean => around !== "." && tree.read(`${around}/.htaccess`) !== null && tree.list(`${around}/*`).length === 0;
  return tree.read(folder) !== null || isBare() ? folder : null;
}
