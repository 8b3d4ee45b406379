import type { Environment } from "./environment.ts";

/** Where a walk down a path ends: the file or folder that is meant, what is left of the path, and the folder it lies in. */
export interface Walked {
  readonly file: string;
  readonly rest: string;
  /** With a slash at its end. Where nobody can tell, the file is taken to be there. */
  readonly folder: string;
}

/**
 * Walks a path down from the first of the `roots` it lies under, to the first name that is no directory. A name that
 * nobody knows anything of ends the walk, and leaves the path whole.
 */
export function walk(path: string, roots: readonly string[], environment: Environment): Walked {
  const root = roots.find((one) => path === one || path.startsWith(`${one}/`));
  if (root === undefined) return { file: path, rest: "", folder: parent(path) };
  for (let end = root.length; ; end = nextSlash(path, end + 1)) {
    const name = path.slice(0, end);
    const found = environment.stat(name);
    if (found === undefined) return { file: path, rest: "", folder: parent(path) };
    if (found !== "directory") return { file: name, rest: path.slice(end), folder: parent(name) };
    if (end >= path.length - 1) return { file: path, rest: "", folder: `${name}/` };
  }
}

function nextSlash(path: string, from: number): number {
  const slash = path.indexOf("/", from);
  return slash < 0 ? path.length : slash;
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
