import type { SourceFile, Span } from "../../source.ts";
import type { Assembled } from "./include.ts";
import type { Directive } from "./parse.ts";

/** An include of enabled sites of which none is here, and the available ones beside the folder it names. */
export interface SitesInclude {
  readonly directive: Directive;
  readonly value: string;
  readonly paths: readonly string[];
}

/** An available site that counts as enabled. */
export interface EnabledSite {
  readonly site: SourceFile;
  /** The include that would read it. */
  readonly at: Span;
  readonly value: string;
}

/** Folders into which sites are linked: such links are often not kept with the files. */
const ENABLED = /(^|\/)(?:sites[-_]enabled(?=\/[^/]+$)|(?:sites|vhosts?(?:[-_]enabled|\.d)?|conf\.d|servers)(?=\/[^/]*[*?[][^/]*$))/;

/** Each site is a configuration of its own; of very many the first ones are. */
const MOST_SITES = 100;

/** Where the sites may lie that an include of enabled ones would read, likely places first; empty for other includes. */
export function enabledPatterns(value: string): readonly string[] {
  if (!ENABLED.test(value)) return [];
  const available = value.replace(ENABLED, "$1sites-available");
  return /[*?[]/.test(value) ? [available, available.replace(/[^/]*$/, "*")] : [available];
}

/**
 * The available sites that a configuration would read if they were enabled, each on its own: files for the same names
 * are often kept beside each other to choose from. Only those that are `known` to be configurations.
 */
export function enabledBy({ sites, tree }: Assembled, known: ReadonlyMap<string, SourceFile>): readonly EnabledSite[] {
  const named = sites.filter(({ value }) => /sites[-_]enabled/.test(value));
  const includes = named.length > 0 ? named : sites.slice(-1);
  const found = includes.flatMap(({ directive, value, paths }) =>
    paths.flatMap((path) => known.get(tree.read(path)?.path ?? path) ?? []).map((site): EnabledSite => ({ site, at: directive.at, value })),
  );
  return found.slice(0, MOST_SITES);
}
