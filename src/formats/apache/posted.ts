import type { Endpoint } from "../../model/program.ts";
import type { SourceFile } from "../../source.ts";
import type { Tree } from "../format.ts";
import * as pages from "../pages/posted.ts";
import { assumedRoot, folderOf, type Group } from "./groups.ts";

/** Words with which a `.htaccess` refuses something. */
const refuses = /^[ \t]*(?:deny|require|redirect(?:match)?[ \t]+(?:4\d\d|gone))\b|\[[^\]\n]{0,200}\b(?:F|G|forbidden|gone|R=4\d\d)\b/im;

/** An address that is posted to, or that of a program in a folder of which only the name says so. */
export type Posted = pages.Posted & { readonly inFolderCalled?: string };

/** What pages of the tree post to below the folders that refuse something; nothing is read where none does. */
export function postedBelow(files: readonly SourceFile[], tree: Tree): readonly Posted[] {
  const refusing = files.filter(({ path, text }) => /(?:^|\/)\.htaccess$/i.test(path) && refuses.test(text));
  if (refusing.length === 0) return [];
  const posted = pages.postedIn(tree, refusing.map(folderOf));
  const expected = refusing.flatMap((file) => expectedIn(file, tree));
  const known = [...posted, ...expected.filter(({ path }) => !posted.some((one) => one.path === path))];
  return [...known, ...refusing.flatMap((file) => guessedIn(file, tree)).filter(({ path }) => !known.some((one) => folderOf(one.shownBy.at.file) === folderOf({ path, text: "" }) || one.path.startsWith(path.slice(0, path.lastIndexOf("/") + 1))))];
}

/** Names of folders that hold what takes forms, and nothing that is only included. */
const forForms = /^(?:(?:forms?|ajax|post)?[-_]?(?:handlers?|actions?|process(?:ors?|ing)?|forms?)|ajax|api|auth|webhooks?|endpoints?)$/i;

/** A section for programs of some names: whoever writes one knows what is there. */
const namesProgram = /^[ \t]*<Files(?:Match)?[ \t][^>\n]{0,80}[\w-]{2,}\\?\.php/im;

const opens = /^[ \t]*<(\w+)[ \t]*([^>]*)>/;
const closes = /^[ \t]*<\//;
const refusesAll = /^[ \t]*(?:deny[ \t]+from[ \t]+all|require[ \t]+all[ \t]+denied)\b/i;

/** Whether a file refuses everything in its folder, or every program there. */
function shutsPrograms(text: string): boolean {
  const inside: boolean[] = [];
  for (const line of text.split("\n")) {
    const [, key = "", args = ""] = opens.exec(line) ?? [];
    if (key !== "") inside.push(/^ifmodule$/i.test(key) || (/^files(?:match)?$/i.test(key) && /^(?:php)?$/.test(args.replace(/[\s"'~^$\\().*]/g, ""))));
    else if (closes.test(line)) inside.pop();
    else if (refusesAll.test(line) && inside.every((all) => all)) return true;
  }
  return false;
}

/** What a folder that is shut would be asked for, where only its name says what is in it. */
function guessedIn(file: SourceFile, tree: Tree): readonly Posted[] {
  const folder = folderOf(file);
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  if (!forForms.test(name) || !shutsPrograms(file.text) || namesProgram.test(file.text) || tree.list(`${folder}/*.php`).length > 0) return [];
  const at = { file, start: 0, end: 0 };
  return [{ path: `${folder}/submit.php`, base: folder.slice(0, Math.max(0, folder.lastIndexOf("/"))), page: null, shownBy: { at, note: "has the name of a folder for forms" }, inFolderCalled: name }];
}

/** A group below a folder from which pages post into it, under the address that it has there. */
export function mounted(group: Group, posted: readonly Posted[]): Group {
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
export function postedIn({ folder, server, files }: Group, posted: readonly Posted[]): readonly Endpoint[] {
  const base = folder === "" ? "" : `${folder}/`;
  const above = files.map(({ file }) => folderOf(file)).filter((one) => one !== folder);
  const addressOf = (path: string): string => encodeURI(`${server.slice(assumedRoot.length)}/${path.slice(base.length)}`);
  const nearest = ({ path }: Posted): string => above.filter((one) => path.startsWith(`${one}/`)).reduce((longest, one) => (one.length > longest.length ? one : longest), folder);
  const inFolders = new Map<string, Posted[]>();
  for (const one of posted.filter(({ path }) => path.startsWith(base))) inFolders.set(nearest(one), [...(inFolders.get(nearest(one)) ?? []), one]);
  // Every folder has its turn before one of them comes again.
  const own = [...inFolders.values()].flatMap((some) => some.map((one, turn) => ({ one, turn }))).toSorted((a, b) => a.turn - b.turn).map(({ one }) => one);
  return own.slice(0, most).map(({ path, page, shownBy, inFolderCalled }): Endpoint => {
    const address = { path: addressOf(path), query: "" };
    if (inFolderCalled !== undefined) return { ...address, application: `a folder called \`${inFolderCalled}\``, guessed: true };
    return { ...address, application: null, shownBy: { evidence: shownBy, page: page?.startsWith(base) === true ? addressOf(page) : null } };
  });
}
