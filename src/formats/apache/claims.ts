import type { SourceFile } from "../../source.ts";
import type { Claim } from "../format.ts";
import { rulesOf } from "./directives.ts";
import { isHtaccess } from "./parse.ts";

const serverNames = /^(?:httpd|apache2?|vhosts?|httpd-vhosts|default-ssl|000-default)(?:[-.].*)?\.conf(?:\.\w+)?$/i;
/** A `.htaccess` under the names it has in examples and installers. */
const htaccessNames = /htaccess[\w.-]*$/i;
const likelyNames = /\.(?:conf|vhost|htaccess|tpl|tmpl|j2|erb|template|dist|inc|example|sample|txt|load)$|^[^.]+$/i;
/** Folders whose files belong to the server, whatever they are called. */
const serverFolders = /(?:^|\/)(?:apache2?|httpd)\/(?:.*\/)?(?:sites|conf|mods)-(?:available|enabled)\/[^/]+$/i;
const foreignNames = /\.(?:md|html?|xml|json|ya?ml|php|js|ts|py|rb|go|java|sh|css|svg)$/i;
/** The first line of a section; elements of XML with these names end on the line, or say nothing of where they hold. */
const sectionLine = /^[ \t]*<(?:(?:VirtualHost|Directory(?:Match)?|Location(?:Match)?|Files(?:Match)?|IfModule|Limit(?:Except)?)[ \t]+(?:(?!<\/)[^\n])+|RequireA(?:ll|ny))>[ \t\r]*$/im;
const xmlBegins = /^\uFEFF?\s*<(?:\?xml|!doctype)\b/i;
/** What no other server has. */
const serverSection = /^[ \t]*<VirtualHost[ \t]+[^<>\n]+>[ \t]*\r?$/im;
const sampleLines = 80;
const enough = 0.6;

/** Whether a file is a `.htaccess`, a virtual host, a server configuration or a part of one. */
export function claims(file: SourceFile): Claim | null {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  if (foreignNames.test(name)) return null;
  if (/\.htaccess$/i.test(name)) return "name";
  if (htaccessNames.test(name) && likelyNames.test(name) && (isOnlyComments(file.text) || sectionLine.test(file.text) || isMostlyDirectives(file.text))) return "name";
  if (xmlBegins.test(file.text)) return null;
  if (serverFolders.test(file.path) && holdsOnlyPath(file)) return "name";
  if (!likelyNames.test(name) && !serverFolders.test(file.path) && !serverSection.test(file.text)) return null;
  if (!sectionLine.test(file.text) && !isMostlyDirectives(file.text)) return null;
  return serverNames.test(name) || isHtaccess(file) ? "name" : "content";
}

/** A symbolic link that was checked out as a file holds nothing but a path. */
export function holdsOnlyPath(file: SourceFile): boolean {
  return /^[^\s#<]*\/[^\s]*\s*$/.test(file.text);
}

/** The first lines that are not blank. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/, sampleLines * 4).map((line) => line.trim()).filter(Boolean);
}

function isOnlyComments(text: string): boolean {
  return linesOf(text).every((line) => line.startsWith("#"));
}

/** Whether most lines are directives of Apache, or, where every line is a comment, would be. */
function isMostlyDirectives(text: string): boolean {
  const lines = linesOf(text);
  const live = lines.filter((line) => !line.startsWith("#")).slice(0, sampleLines);
  if (live.length > 0) return live.filter(isDirective).length / live.length >= enough;
  return lines.filter((line) => isDirective(line.replace(/^#+\s*/, ""))).length >= 2;
}

/** A known directive with an argument, and none of the punctuation that ends one in nginx; rules of a firewall are not Apache's own. */
function isDirective(line: string): boolean {
  const [, name = "", rest = ""] = /^<?\/?([A-Za-z][A-Za-z0-9]*)\b\s*(.*)$/.exec(line) ?? [];
  // The first ModSecurity was part of Apache's configuration; the second has rule files of its own.
  if (/^SecFilter/.test(name)) return true;
  return !/[;{]$/.test(line) && (line.startsWith("<") || rest !== "") && !/^sec[a-z]/i.test(name) && rulesOf(name.toLowerCase()) !== undefined && !isProse(rest);
}

/** Directives such as `Options` and `Files` are words as well; a sentence has many of them and ends in a full stop. */
function isProse(rest: string): boolean {
  return rest.split(/\s+/).length > 6 && /[.!?]$/.test(rest);
}
