import type { SourceFile } from "../../source.ts";
import type { Claim } from "../format.ts";
import { isPhp } from "../php.ts";
import { isDump } from "./dump.ts";

const NAME = /(?:^|\/)(?:nginx[^/]*\.conf(?:\.[\w.-]+)?|[^/]+\.nginx(?:\.conf)?(?:\.[\w.-]+)?|nginx\/(?:.*\/)?[^/]+\.conf(?:\.[\w.-]+)?|sites-(?:available|enabled)\/[^/]+)$/;
const TEXT = /(?:^|\/)[^/.]+$|\.(?:conf|nginx|vhost|inc|tmpl|template|tpl|ejs|hbs|j2|jinja2?|erb|epp|mustache|gotmpl|in|dist|sample|example|default|include|com|org|net|local)$/i;
// Every repetition is bounded or ends with its line, so that no text takes long.
const SIGNS = [
  /^[ \t]*location[ \t]+(?:[=~^*@/"'{<$_]|\S{1,60}[ \t]+\S)[^\n{]{0,400}\{(?!\{)/m,
  /^[ \t]*server[ \t]*\{(?!\{)/m,
  /^[ \t]*(?:listen|server_name)[ \t]+[^\n;]{1,400};/m,
  /^[ \t]*(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|proxy_set_header|fastcgi_param|try_files|client_max_body_size|limit_except|add_header|limit_req|error_page)[ \t]+(?!=)[^\n;{]{1,400}[;{]|^[ \t]*(?:rewrite[ \t]+\S{1,200}[ \t]+[^\n;]{1,200}|return[ \t]+[1-5]\d\d\b[^\n;]{0,300});/m,
  /^[ \t]*if[ \t]*\([ \t]*\$\w{1,60}[ \t]+(?:!?=|!?~\*?)[ \t]+[^\n;()]{1,200}\)[ \t\r]*\n?[ \t]*\{/m,
  /^[ \t]*(?:allow|deny)[ \t]+(?:all|[\da-f.:]{2,39}(?:\/\d{1,3})?);/m,
];
/** Blocks and settings that no other syntax has; settings count when there are several. */
const ZONE = /^[ \t]*limit_(?:req|conn)_zone[ \t]+[^\n;]{1,200}[ \t]zone=/m;
const BLOCK = /^[ \t]*(?:upstream[ \t]+\S{1,80}|map[ \t]+\S{1,80}[ \t]+\$\S{1,80}|geo[ \t]+(?:\S{1,80}[ \t]+)?\$\S{1,80}|limit_except[ \t][^{\n]{1,80})[ \t]*\{/m;
const SETTING =
  /(?:^|[\s>}])(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|gzip|ssl|client|keepalive|worker|limit|open_file_cache|server_names)_[a-z_]{1,40}|add_header|access_log|error_log|auth_basic(?:_user_file)?|satisfy|more_set_headers)[ \t](?![ \t]*=)[^\n;]{0,200};/g;
const SEVERAL = 3;
/** What nginx has no line like: sections and rules of other servers, heads of sections and settings with `=`, a function of a shell. */
const FOREIGN = /^[ \t]*<(?:VirtualHost|Directory|IfModule|Location|Files)\b|^[ \t]*(?:RewriteEngine|RewriteRule|SecRule|frontend|backend)\s|^\[{1,2}[\w .-]+\]{1,2}[ \t\r]*$|^[a-z][\w.-]{0,60}[ \t]*=[ \t]*[^\s;{][^\n;{]{0,400}$|^[ \t]*[\w.-]+[ \t]*\(\)[ \t\r\n]*\{/m;

/** Where the name of a file is that of a site, whatever it ends in. */
const SITE = /(?:^|\/)sites-(?:available|enabled)\/[^/]+$/;
const [LOCATION_BLOCK, SERVER_BLOCK, ADDRESS] = SIGNS;
/** How a line of a configuration, or of a template of one, ends when it is no more than that. */
const LINE = /[;{}'"]$|^[#{}<>@%]|^(?:\.{3}|…)?$/;
/** Pages and programs in which a configuration is quoted. */
const QUOTING = /\.(?:ya?ml|json|xml|html?|php|lua|go|py|rb|[cm]?[jt]sx?|java|cs|rs|sh|md|rst|adoc|asciidoc)$/i;
/** So many lines in a hundred are at least such lines. */
const MOST_LINES = 90;

/** Scripts, build files and manifests may hold a configuration among other text. */
const AMONG_OTHERS = /(?:^|\/)(?:(?:[A-Z][a-z]*file|GNUmakefile|README|LICENSE|CHANGELOG|NEWS|TODO|INSTALL)(?:\.[\w.-]+)?|[^/]*\.(?:ya?ml|json)\.\w+)$/;

/** Whether a file is nginx configuration, whole or in part, or a dump of one. */
export function claims(file: SourceFile): Claim | null {
  if (isDump(file)) return "content";
  if (!(TEXT.test(file.path) || SITE.test(file.path) || (!QUOTING.test(file.path) && isWhole(file.text))) || AMONG_OTHERS.test(file.path) || file.text.startsWith("#!") || isPhp(file.text)) return null;
  if (FOREIGN.test(file.text) && !/\bmodsecurity_rules\s/.test(file.text)) return null;
  const several = BLOCK.test(file.text) || ZONE.test(file.text) || hasSeveral(file.text);
  const signs = SIGNS.filter((sign) => sign.test(file.text)).length + (several ? 2 : 0);
  if (NAME.test(file.path) && (signs > 0 || /^[ \t]*[a-z_]{2,40}[ \t][^\n]{0,400}[;{}][ \t]*(?:#.*)?$/m.test(file.text))) return "name";
  return signs >= 2 || (signs === 1 && /\.(?:conf|nginx|vhost|inc)(?:\.[\w.-]+)?$/.test(file.path)) ? "content" : null;
}

/** Whether a text is servers and hardly anything else, so that it does not matter what its file is called. */
function isWhole(text: string): boolean {
  if (SERVER_BLOCK?.test(text) !== true || (ADDRESS?.test(text) !== true && LOCATION_BLOCK?.test(text) !== true)) return false;
  const lines = text.split("\n");
  return lines.filter((line) => LINE.test(line.replace(/\s+#.*$/, "").trim())).length * 100 >= lines.length * MOST_LINES;
}

function hasSeveral(text: string): boolean {
  const settings = text.matchAll(SETTING);
  for (let found = 0; found < SEVERAL; found += 1) if (settings.next().done === true) return false;
  return true;
}
