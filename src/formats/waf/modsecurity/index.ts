import type { Claim, Format, Loaded, Tree, Unit } from "../../format.ts";
import { placeOnDisk, type Problem, type SourceFile } from "../../../source.ts";
import { collect } from "./collect.ts";
import { expand, folderOf, joined, startOf, type Expanded } from "./files.ts";
import { lower } from "./lower.ts";

const NAME = /(?:^|\/)(?:crs-setup\.conf(?:\.example)?|(?:REQUEST|RESPONSE)-9\d\d[\w.-]*\.conf|(?:modsecurity|coraza)[\w.-]*\.conf(?:-recommended)?)$/i;
const EXTENSION = /\.(?:conf|rules|conf-recommended|example)$/i;
/** Directives, also where they are commented out: rule sets ship files that are only that. */
const CONTENT = /^[ \t]*(?:#[ \t]*)?Sec(?:Rule|Action|Marker|RuleEngine|DefaultAction|(?:Request|Response)Body\w+|RuleRemoveBy\w+|RuleUpdate(?:Target|Action)By\w+)\s/m;
/** Files of a rule set that are there to be copied; a server does not read them under this name. */
const TEMPLATE = /(?:^|\/)(?!crs-setup)[^/]*\.example$/i;
/** A web server's own configuration hands the rules in it on itself. */
const EMBEDDED = /^[ \t]*(?:modsecurity_rules\s|<(?:VirtualHost|Directory)\b|(?:DocumentRoot|RewriteEngine|LoadModule)\s)|;[ \t]*modsecurity_rules\s/im;
/** What stands beside includes when they are those of a web server. */
const OTHERS = /^[ \t]*(?:<|LoadModule|ServerRoot|Listen|server\s*\{|http\s*\{)/im;
/** A file that does nothing but bring rule files together. */
const INCLUDES = /^[ \t]*Include(?:Optional)?[ \t]+\S*(?:modsec|coreruleset|crs-setup|\/REQUEST-9)/im;

/** ModSecurity and Coraza rule files (SecLang), as ModSecurity 2.9 under Apache reads them. */
export const modsecurity: Format = {
  id: "modsecurity",
  name: "ModSecurity",
  claims(file): Claim | null {
    if (!EXTENSION.test(file.path)) return null;
    const own = CONTENT.test(file.text) ? !EMBEDDED.test(file.text) : INCLUDES.test(file.text) && !OTHERS.test(file.text);
    if (!own) return null;
    return NAME.test(file.path) ? "name" : "content";
  },
  load(files, tree): Loaded {
    const problems: Problem[] = [];
    const units = unitsOf(files, tree).map((group) => unitOf(group, tree, problems));
    return { units, problems, embedded: [] };
  },
};

/** A file that others read, or a start: what belongs to one server is one unit. */
interface Group {
  readonly parts: readonly Expanded[];
}

function unitsOf(files: readonly SourceFile[], tree: Tree): readonly Group[] {
  const inUse = files.filter((file) => !TEMPLATE.test(file.path));
  const read = inUse.length > 0 ? inUse : files;
  const expanded = new Map(read.map((file) => [file.path, expand(file, tree)]));
  const starts = read.filter((file) => isStart(file.path, expanded));
  const byFolder = new Map<string, SourceFile[]>();
  for (const file of starts) {
    const folder = unitFolder(file, starts);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  return [...byFolder.values()].flatMap(splitMains).map((group) => ({ parts: group.flatMap((file) => expanded.get(file.path) ?? []) }));
}

/** Nothing includes it, but for files that it includes itself; of such a ring the first name starts. */
function isStart(path: string, expanded: ReadonlyMap<string, Expanded>): boolean {
  const reads = (from: string, to: string): boolean => expanded.get(from)?.files.some((file, index) => index > 0 && file.path === to) === true;
  return [...expanded.keys()].every((other) => other === path || !reads(other, path) || (reads(path, other) && path < other));
}

/** Files of a folder belong together, and the settings of engine and rule set to the `rules` folder beside them. */
function unitFolder(file: SourceFile, all: readonly SourceFile[]): string {
  const folder = folderOf(file.path);
  if (rank(file) === 2) return folder;
  const rules = joined(folder, "rules");
  return all.some((other) => folderOf(other.path) === rules) ? rules : folder;
}

function isSetUp(file: SourceFile): boolean {
  return /(?:^|\/)crs-setup\.conf(?:\.example)?$/i.test(file.path);
}

/** Several files that each turn the engine on are several configurations. */
function splitMains(group: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  const ordered = group.filter((file) => !isCopied(file, group)).sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  const mains = ordered.filter((file) => /^[ \t]*SecRuleEngine\s/m.test(file.text));
  return mains.length > 1 ? ordered.map((file) => [file]) : [ordered];
}

/** `crs-setup.conf.example` counts only where there is no `crs-setup.conf`. */
function isCopied(file: SourceFile, group: readonly SourceFile[]): boolean {
  return isSetUp(file) && file.path.endsWith(".example") && group.some((other) => isSetUp(other) && !other.path.endsWith(".example"));
}

/** The engine's own settings come first, then those of the rule set, then rules in the order of their names. */
function rank(file: SourceFile): number {
  if (/(?:^|\/)(?:modsecurity|coraza)[\w.-]*$/i.test(file.path)) return 0;
  return isSetUp(file) ? 1 : 2;
}

function unitOf(group: Group, tree: Tree, problems: Problem[]): Unit {
  const files = group.parts.flatMap((part) => part.files);
  for (const problem of group.parts.flatMap((part) => part.problems)) problems.push(problem);
  const configuration = collect(group.parts.map((part) => part.directives), problems);
  for (const part of group.parts.flatMap(({ missing }) => missing)) configuration.missing.push(part);
  const [first] = files;
  const at = startOf(first ?? { path: "", text: "" });
  const program = lower(configuration, at, (entry) => {
    const folder = folderOf(placeOnDisk(entry.rule.span).file.path);
    return (name) => tree.read(name.startsWith("/") ? name : joined(folder, name))?.text ?? null;
  });
  return { program, files, roots: [] };
}
