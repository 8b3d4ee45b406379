import type { SourceFile, Span } from "../../source.ts";
import type { Assembled } from "./include.ts";
import type { Directive, NginxFile } from "./parse.ts";

/** An include of enabled sites of which none is here, and the available ones beside the folder it names. */
export interface SitesInclude {
  readonly directive: Directive;
  readonly value: string;
  readonly paths: readonly string[];
  /** They lie beside the configuration, in no folder for available ones. */
  readonly beside: boolean;
}

/** An available site that counts as enabled. */
export interface EnabledSite {
  readonly site: SourceFile;
  /** The include that would read it. */
  readonly at: Span;
  readonly value: string;
  readonly beside: boolean;
  /** It counts in the place of the other sites that the include reads. */
  readonly instead?: true;
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

/** Where sites lie beside a configuration that reads them from elsewhere: an image is often made of both. */
const BESIDE = ["*.conf", "*.conf.template", "templates/*", "sites/*", "conf.d/*", "vhosts/*"];

/** Where the sites of an include of enabled ones may lie beside the file that includes them; empty where it names one. */
export function besidePatterns(value: string, folder: string): readonly string[] {
  return ENABLED.test(value) && /[*?[]/.test(value) ? BESIDE.map((pattern) => `${folder}${pattern}`) : [];
}

/** Whether a file holds servers and no whole configuration. */
export function isSite({ nodes }: NginxFile): boolean {
  const names = nodes.flatMap((node) => (node.kind === "control" || node.block === null ? [] : [node.name.value]));
  return names.includes("server") && !names.some((name) => name === "http" || name === "events");
}

/**
 * The available sites that a configuration would read if they were enabled, each on its own: files for the same names
 * are often kept beside each other to choose from. Only those that are `known` to be configurations.
 */
export function enabledBy({ sites, tree }: Assembled, known: ReadonlyMap<string, SourceFile>): readonly EnabledSite[] {
  const named = sites.filter(({ value }) => /sites[-_]enabled/.test(value));
  const includes = named.length > 0 ? named : sites.slice(-1);
  const found = includes.flatMap(({ directive, value, paths, beside }) =>
    paths.flatMap((path) => known.get(tree.read(path)?.path ?? path) ?? []).map((site): EnabledSite => ({ site, at: directive.at, value, beside })),
  );
  return found.slice(0, MOST_SITES);
}
