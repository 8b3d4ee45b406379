import type { Endpoint } from "../../model/program.ts";
import type { SourceFile } from "../../source.ts";
import type { Tree } from "../format.ts";
import * as pages from "../pages/posted.ts";
import { assumedRoot, folderOf, type Group } from "./groups.ts";

/** Words with which a `.htaccess` refuses something. */
const refuses = /^[ \t]*(?:deny|require|redirect(?:match)?[ \t]+(?:4\d\d|gone))\b|\[[^\]\n]{0,200}\b(?:F|G|forbidden|gone|R=4\d\d)\b/im;

/** What pages of the tree post to below the folders that refuse something; nothing is read where none does. */
export function postedBelow(files: readonly SourceFile[], tree: Tree): readonly pages.Posted[] {
  const refusing = files.filter(({ path, text }) => /(?:^|\/)\.htaccess$/i.test(path) && refuses.test(text));
  if (refusing.length === 0) return [];
  const posted = pages.postedIn(tree, refusing.map(folderOf));
  const expected = refusing.flatMap((file) => expectedIn(file, tree));
  return [...posted, ...expected.filter(({ path }) => !posted.some((one) => one.path === path))];
}

/** A group below a folder from which pages post into it, under the address that it has there. */
export function mounted(group: Group, posted: readonly pages.Posted[]): Group {
  const { folder, server, files } = group;
  if (server !== assumedRoot || folder === "") return group;
  const bases = posted.filter(({ path, base }) => path.startsWith(`${folder}/`) && `${folder}/`.startsWith(base === "" ? "" : `${base}/`)).map(({ base }) => base);
  const [base] = bases.toSorted((a, b) => a.length - b.length);
  if (base === undefined || base === folder) return group;
  const moved = `${assumedRoot}/${folder.slice(base === "" ? 0 : base.length + 1)}`;
  return { folder, server: moved, files: files.map((one) => ({ ...one, directory: moved + one.directory.slice(server.length) })) };
}

/** A comment that says how requests come to what is shut: "only reachable via POST". */
const comesByPost = /^[ \t]*#[^\n]{0,200}\b(?:via|by|with|through|using|accepts?|allows?|called)\b[^\n.]{0,30}\bPOST\b/m;
const shutsPost = /\b(?:block|den[iy]|refus|reject|prevent|disallow|forbid|no|not|never|except|without|unless)\w*\b[^\n.]{0,40}\bPOST\b/i;

/** Behind the rest of the comment, what shuts the folder as a whole and not in a section. */
const shutsAll = /^[^\n]*\n(?:[ \t]*(?:#[^\n]*|order[ \t][^\n]*|<IfModule\b[^\n]*)?\r?\n){0,12}[ \t]*(?:deny[ \t]+from[ \t]+all|require[ \t]+all[ \t]+denied)\b/i;

/** What the author of a file that shuts a whole folder expects, in words of a comment. */
function expectedIn(file: SourceFile, tree: Tree): readonly pages.Posted[] {
  const folder = folderOf(file);
  const found = comesByPost.exec(file.text);
  if (found === null || folder === "" || shutsPost.test(found[0]) || !shutsAll.test(file.text.slice(found.index + found[0].length))) return [];
  const [program = `${folder}/index.php`] = tree.list(`${folder}/*.php`);
  const start = found.index + found[0].indexOf("#");
  return [{ path: program, base: folder.slice(0, Math.max(0, folder.lastIndexOf("/"))), page: null, shownBy: { at: { file, start, end: found.index + found[0].length }, note: "says that POSTs come here" } }];
}

/** So many addresses are tried in each group. */
const most = 16;

/** Those of them that lie in the folder of a group, by the address that the server knows them under. */
export function postedIn({ folder, server, files }: Group, posted: readonly pages.Posted[]): readonly Endpoint[] {
  const base = folder === "" ? "" : `${folder}/`;
  const above = files.map(({ file }) => folderOf(file)).filter((one) => one !== folder);
  const addressOf = (path: string): string => encodeURI(`${server.slice(assumedRoot.length)}/${path.slice(base.length)}`);
  const nearest = ({ path }: pages.Posted): string => above.filter((one) => path.startsWith(`${one}/`)).reduce((longest, one) => (one.length > longest.length ? one : longest), folder);
  const inFolders = new Map<string, pages.Posted[]>();
  for (const one of posted.filter(({ path }) => path.startsWith(base))) inFolders.set(nearest(one), [...(inFolders.get(nearest(one)) ?? []), one]);
  // Every folder has its turn before one of them comes again.
  const own = [...inFolders.values()].flatMap((some) => some.map((one, turn) => ({ one, turn }))).toSorted((a, b) => a.turn - b.turn).map(({ one }) => one);
  return own.slice(0, most).map(({ path, page, shownBy }) => ({
    path: addressOf(path),
    query: "",
    application: null,
    shownBy: { evidence: shownBy, page: page?.startsWith(base) === true ? addressOf(page) : null },
  }));
}
