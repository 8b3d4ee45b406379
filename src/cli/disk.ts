import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import type { SourceFile } from "../source.ts";

/** Nobody writes a larger configuration by hand. */
export const largestFile = 2 * 1024 * 1024;

/** What came of reading a file. */
export type Content =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary" | "large" }
  | { readonly kind: "unreadable"; readonly why: string };

/** Reads a file as UTF-8, or as Latin-1 when it is not UTF-8. A file with a NUL byte near its beginning is binary. */
export function readContent(path: string): Content {
  try {
    const status = statSync(path);
    if (!status.isFile()) return { kind: "unreadable", why: "not a regular file" };
    if (status.size > largestFile) return { kind: "large" };
    const bytes = readFileSync(path);
    return bytes.subarray(0, 8192).includes(0) ? { kind: "binary" } : { kind: "text", text: decode(bytes) };
  } catch (error) {
    return { kind: "unreadable", why: error instanceof Error && "code" in error ? String(error.code) : String(error) };
  }
}

/** The text of bytes in UTF-8, with a byte order mark if there is one, else in Latin-1. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

/** The real path of something, or null when it is not there. */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Whether a path is a folder or lies below it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** How paths are shown. */
export interface Typing {
  readonly workingDirectory: string;
  /** Whether the user gave absolute paths. */
  readonly absolute: boolean;
}

/** A path as the user would type it, with `/`: from the working directory, unless it lies outside and was given whole. */
export function typedPath(path: string, { workingDirectory, absolute }: Typing): string {
  const typed = absolute && !isInside(path, workingDirectory) ? path : relative(workingDirectory, path);
  return typed.split(sep).join("/");
}

/** Files already read, by real path, so that one file is one object however it is reached. */
export type KnownFiles = Map<string, SourceFile>;
