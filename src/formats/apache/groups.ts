import type { SourceFile } from "../../source.ts";

/** Where the folder of a `.htaccess` is taken to be on a server nothing is known of. */
export const assumedRoot = "/htdocs";

/** A `.htaccess` with those below its folder: together they are what one document root holds. */
export interface Group {
  readonly folder: string;
  readonly server: string;
  readonly files: readonly { readonly file: SourceFile; readonly directory: string }[];
}

/** The folder of a file; "" for the one that everything is relative to. */
export function folderOf(file: SourceFile): string {
  const slash = file.path.lastIndexOf("/");
  return slash < 0 ? "" : file.path.slice(0, slash);
}

/** Every `.htaccess` with what a request meets on the way to it; those with other names stand alone. */
export function groups(files: readonly SourceFile[]): readonly Group[] {
  const exact = files.filter((file) => /(^|\/)\.htaccess$/i.test(file.path));
  const others = files.filter((file) => !exact.includes(file));
  const folders = new Set(exact.map(folderOf));
  const roots = [...folders].filter((folder) => ![...folders].some((other) => other !== folder && isBelow(folder, other)));
  const joined = roots.map((folder): Group => {
    const own = exact.filter((file) => folderOf(file) === folder || isBelow(folderOf(file), folder));
    const server = assumedRoot + mountOf(folder, own);
    return { folder, server, files: own.map((file) => ({ file, directory: server + folderOf(file).slice(folder.length).replace(/^(?=[^/])/, "/") })) };
  });
  const alone = others.map((file): Group => {
    const server = assumedRoot + mountOf(folderOf(file), [file]);
    return { folder: folderOf(file), server, files: [{ file, directory: server }] };
  });
  return [...joined.flatMap(inParts), ...alone];
}

/** A request asks all files of a group whether it lies in their folders, so the work grows with their square. */
const mostTogether = 24;

/** A large group as several: each with some of the folders, and with the files in the folders above those. */
function inParts(group: Group): readonly Group[] {
  return group.files.length <= mostTogether ? [group] : branchesOf(group, group.files, [], group.folder);
}

type Member = Group["files"][number];

function branchesOf(group: Group, files: readonly Member[], above: readonly Member[], folder: string): readonly Group[] {
  const leading = [...above, ...files.filter(({ file }) => folderOf(file) === folder)];
  const branches = new Map<string, Member[]>();
  for (const member of files) {
    const [name = ""] = folderOf(member.file).slice(folder.length).replace(/^\//, "").split("/");
    if (name !== "") branches.set(name, [...(branches.get(name) ?? []), member]);
  }
  const parts: Group[] = [];
  let together: readonly Member[] = [];
  const close = (): void => {
    if (together.length > 0) parts.push({ ...group, files: [...leading, ...together] });
    together = [];
  };
  for (const [name, branch] of branches) {
    if (together.length + branch.length > mostTogether) close();
    if (branch.length > mostTogether) parts.push(...branchesOf(group, branch, leading, folder === "" ? name : `${folder}/${name}`));
    else together = [...together, ...branch];
  }
  close();
  return parts;
}

/** A folder whose rules speak of URLs that begin with its own name lies in a document root instead of being one. */
function mountOf(folder: string, files: readonly SourceFile[]): string {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  if (name === "") return "";
  if (inRoot.has(name)) return `/${name}`;
  const own = files.find((file) => folderOf(file) === folder);
  const lines = own === undefined ? [] : (own.text.match(/^[ \t]*Rewrite(Base[ \t].*|Rule[ \t]+\S+[ \t]+\/.*)$/gim) ?? []);
  const patterns = own?.text.match(/^[ \t]*RewriteRule[ \t]+"?\^\S*/gim) ?? [];
  return patterns.some((pattern) => pattern.includes(`^${name}/`)) || lines.some((line) => line.includes(` /${name}/`) || line.trimEnd().endsWith(` /${name}`)) ? `/${name}` : "";
}

/** Folders that applications have in the root of a site. */
const inRoot: ReadonlySet<string> = new Set(["wp-admin", "wp-includes", "wp-content", "administrator"]);

function isBelow(folder: string, other: string): boolean {
  return other === "" ? folder !== "" : folder.startsWith(`${other}/`);
}
