import type { Problem, SourceFile } from "../../source.ts";
import type { Claim, Embedded, Format, Loaded, Tree, Unit } from "../format.ts";
import { embed } from "../compose.ts";
import type { Context } from "./context.ts";
import type { Word } from "./parse.ts";
import type { Assembled } from "./include.ts";
import { assemble } from "./include.ts";
import { lower } from "./lower.ts";

const NAME = /(?:^|\/)(?:nginx[^/]*\.conf(?:\.[\w.-]+)?|[^/]+\.nginx(?:\.conf)?(?:\.[\w.-]+)?|nginx\/(?:.*\/)?[^/]+\.conf(?:\.[\w.-]+)?|sites-(?:available|enabled)\/[^/]+)$/;
const TEXT = /(?:^|\/)[^/.]+$|\.(?:conf|nginx|vhost|inc|tmpl|template|tpl|j2|jinja2?|erb|epp|mustache|gotmpl|in|dist|sample|example|default|include|com|org|net|local)$/i;
// Every repetition is bounded or ends with its line, so that no text takes long.
const SIGNS = [
  /^[ \t]*location[ \t]+(?:[=~^*@/"'{<$_]|\S{1,60}[ \t]+\S)[^\n{]{0,400}\{/m,
  /^[ \t]*server[ \t]*\{/m,
  /^[ \t]*(?:listen|server_name)[ \t]+[^\n;]{1,400};/m,
  /^[ \t]*(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|proxy_set_header|fastcgi_param|try_files|client_max_body_size|limit_except|add_header|rewrite|return|limit_req|error_page)[ \t]+[^\n;{]{1,400}[;{]/m,
];
/** Blocks and settings that no other syntax has; settings count when there are several. */
const BLOCK = /^[ \t]*(?:upstream[ \t]+\S{1,80}|map[ \t]+\S{1,80}[ \t]+\$\S{1,80}|geo[ \t]+(?:\S{1,80}[ \t]+)?\$\S{1,80}|limit_except[ \t][^{\n]{1,80})[ \t]*\{/m;
const SETTING =
  /(?:^|[\s>}])(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|gzip|ssl|client|keepalive|worker|limit|open_file_cache|server_names)_[a-z_]{1,40}|add_header|access_log|error_log|auth_basic|satisfy|more_set_headers)[ \t][^\n;]{0,200};/g;
const SEVERAL = 3;
const FOREIGN = /^[ \t]*<(?:VirtualHost|Directory|IfModule|Location|Files)\b|^[ \t]*(?:RewriteEngine|RewriteRule|SecRule|frontend|backend)\s/m;

/** Scripts, build files and manifests may hold a configuration among other text. */
const AMONG_OTHERS = /(?:^|\/)(?:(?:[A-Z][a-z]*file|GNUmakefile|README|LICENSE|CHANGELOG|NEWS|TODO|INSTALL)(?:\.[\w.-]+)?|[^/]*\.(?:ya?ml|json)\.\w+)$/;

function claims(file: SourceFile): Claim | null {
  if (!TEXT.test(file.path) || AMONG_OTHERS.test(file.path) || file.text.startsWith("#!")) return null;
  if (FOREIGN.test(file.text) && !/\bmodsecurity_rules\s/.test(file.text)) return null;
  const several = BLOCK.test(file.text) || hasSeveral(file.text);
  const signs = SIGNS.filter((sign) => sign.test(file.text)).length + (several ? 2 : 0);
  if (NAME.test(file.path) && (signs > 0 || /^[ \t]*[a-z_]{2,40}[ \t][^\n]{0,400}[;{}][ \t]*(?:#.*)?$/m.test(file.text))) return "name";
  return signs >= 2 || (signs === 1 && /\.(?:conf|nginx|vhost|inc)(?:\.[\w.-]+)?$/.test(file.path)) ? "content" : null;
}

function hasSeveral(text: string): boolean {
  const settings = text.matchAll(SETTING);
  for (let found = 0; found < SEVERAL; found += 1) if (settings.next().done === true) return false;
  return true;
}

function load(files: readonly SourceFile[], tree: Tree): Loaded {
  const assembled = files.map((file) => assemble(file, tree));
  const starts = startsOf(assembled);
  const units = starts.flatMap((one): Unit[] => {
    const program = lower(one);
    return program === null ? [] : [{ program, files: one.files, roots: [] }];
  });
  return { units, problems: distinct(assembled.flatMap(({ problems }) => problems)), embedded: starts.flatMap(firewallRules) };
}

/** Files that no other includes; of files that include each other in a circle, the first. */
function startsOf(assembled: readonly Assembled[]): readonly Assembled[] {
  const pathOf = ({ files: [start] }: Assembled): string => start?.path ?? "";
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

function distinct(problems: readonly Problem[]): readonly Problem[] {
  const byPlace = new Map(problems.map((problem) => [`${problem.at.file.path} ${problem.at.start} ${problem.code}`, problem]));
  return [...byPlace.values()];
}

/** ModSecurity rules written for the whole server, one file of them for each file they stand in. */
function firewallRules({ main }: Assembled): readonly Embedded[] {
  const words = rulesIn(main);
  const files = [...new Set(words.map((word) => word.at.file))];
  return files.map((file): Embedded => {
    const ranges = words.filter((word) => word.at.file === file).map((word) => ({ start: word.at.start + Number(word.quoted), end: word.at.end - Number(word.quoted) }));
    return { format: "modsecurity", file: embed(file.path, file, ranges.sort((a, b) => a.start - b.start)) };
  });
}

/** Rules of a single location hold nowhere else, and rule files have no word for that: they are left out. */
function rulesIn(context: Context): readonly Word[] {
  return context.items.flatMap(({ directive, block }) => {
    const word = directive.name.value === "modsecurity_rules" ? directive.args[0] : undefined;
    if (word !== undefined) return [word];
    return block === null || directive.name.value === "location" ? [] : rulesIn(block);
  });
}

/** nginx configuration: whole ones, included parts and snippets, also as templates. */
export const nginx: Format = { id: "nginx", name: "nginx", claims, load };
