import type { SourceFile } from "../../source.ts";
import type { Claim } from "../format.ts";

/** `Web.config`, `Web.Release.config`, `applicationHost.config`. */
const names = /(?:^|\/)(?:web(?:\.[\w-]+)*|applicationhost)\.config$/i;
const beginning = /^\uFEFF?\s*<(?:\?xml|!--|configuration\b)/;
const sections = /<configuration\b[^]*<(?:system\.webServer|system\.web)\b/;

/** Whether a file is configuration of IIS: by its name, or because it is XML and has a section that only such files have. */
export function claims(file: SourceFile): Claim | null {
  if (names.test(file.path)) return "name";
  return beginning.test(file.text) && sections.test(file.text) ? "content" : null;
}

/** The configuration of a folder, which those of folders below it inherit. */
export function isWebConfig(file: SourceFile): boolean {
  return /(?:^|\/)web\.config$/i.test(file.path);
}
