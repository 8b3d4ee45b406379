import type { SourceFile } from "../../source.ts";
import type { Embedded, Format, Loaded, Tree, Unit } from "../format.ts";
import { claims } from "./claims.ts";
import { dumpOf } from "./dump.ts";
import { firewallRules } from "./firewall.ts";
import type { EnabledSite } from "./enabled.ts";
import { enabledBy } from "./enabled.ts";
import type { Assembled } from "./include.ts";
import { assemble } from "./include.ts";
import { lower } from "./lower.ts";
import { shadowedIn } from "./shadowed.ts";
import { adoptedBy, onlyDefines } from "./siblings.ts";

function load(files: readonly SourceFile[], tree: Tree): Loaded {
  const assembled = files.flatMap((file) => {
    const dump = dumpOf(file);
    return dump === null ? [assemble(file, tree)] : dump.files.map((part) => assemble(part, dump.tree));
  });
  const known = new Map(assembled.flatMap(({ files: [start] }) => (start === undefined ? [] : [[start.path, start] as const])));
  const starts = startsOf(assembled.flatMap((one) => withSites(one, known)));
  const read = withSiblings(starts);
  const units = unitsOf(read);
  const told = new Set([...starts.flatMap(({ files: [start] }) => start ?? []), ...toldBy(read, units, assembled)].map((file) => file.path));
  // Parts of what holds no server are read as they would be without it.
  const parts = [...startsOf(assembled.filter((one) => !told.has(pathOf(one)))), ...misplacedIn(starts, assembled)];
  return { units: [...units, ...unitsOf(parts)], problems: assembled.flatMap(({ problems }) => problems), embedded: distinctTexts(read.flatMap(firewallRules)) };
}

/** The files of which units tell; where a site lies beside its configuration, those that the site itself includes. */
function toldBy(read: readonly Assembled[], units: readonly Unit[], assembled: readonly Assembled[]): readonly SourceFile[] {
  const beside = read.flatMap(({ enabled, files }) => (enabled?.beside === true ? [{ files, site: enabled.site }] : []));
  const sites = new Set(beside.map(({ site }) => site.path));
  const own = assembled.filter((one) => sites.has(pathOf(one))).flatMap(({ files }) => files);
  return [...own, ...units.flatMap(({ files }) => (beside.some((one) => one.files === files) ? [] : files))];
}

function unitsOf(starts: readonly Assembled[]): readonly Unit[] {
  return starts.flatMap((one) => {
    const program = lower(one);
    return program === null ? [] : [{ program, files: one.files, roots: [] }];
  });
}

/**
 * A configuration whose enabled sites are not here, with each of the available ones in their stead; and one with each of
 * the sites alone that it ignores for the sake of others.
 */
function withSites(one: Assembled, known: ReadonlyMap<string, SourceFile>): readonly Assembled[] {
  const [file] = one.files;
  if (file === undefined) return [one];
  const sites = enabledBy(one, known);
  const read = (enabled: EnabledSite): Assembled => assemble(file, one.tree, { enabled });
  return [...(sites.length === 0 ? [one] : sites.map(read)), ...shadowedIn(one, known).map(read)];
}

/** Configurations with what they use and files beside them define. */
function withSiblings(starts: readonly Assembled[]): readonly Assembled[] {
  const definitions = starts.filter(onlyDefines);
  return starts.map((one) => {
    const [file] = one.files;
    const adopted = one.tree.complete === true || definitions.includes(one) ? [] : adoptedBy(one, definitions);
    return adopted.length === 0 || file === undefined ? one : assemble(file, one.tree, { adopted, enabled: one.enabled });
  });
}

/** Parts of servers that are included outside of any, on their own. */
function misplacedIn(starts: readonly Assembled[], assembled: readonly Assembled[]): readonly Assembled[] {
  const paths = new Set(starts.flatMap(({ misplaced }) => misplaced));
  return assembled.filter((one) => paths.has(pathOf(one)));
}

function pathOf({ files: [start] }: Assembled): string {
  return start?.path ?? "";
}

/** Files that no other includes; of files that include each other in a circle, the first. */
function startsOf(assembled: readonly Assembled[]): readonly Assembled[] {
  const included = new Set(assembled.flatMap(({ files }) => files.slice(1).map((part) => part.path)));
  const starts = assembled.filter((one) => !included.has(pathOf(one)));
  const covered = new Set(starts.flatMap(({ files }) => files.map((file) => file.path)));
  for (const one of assembled) {
    if (covered.has(pathOf(one))) continue;
    starts.push(one);
    for (const file of one.files) covered.add(file.path);
  }
  return starts;
}

function distinctTexts(embedded: readonly Embedded[]): readonly Embedded[] {
  return [...new Map(embedded.map((one) => [`${one.file.path} ${one.file.text}`, one])).values()];
}

/** nginx configuration: whole ones, included parts and snippets, also as templates. */
export const nginx: Format = { id: "nginx", name: "nginx", claims, load };
