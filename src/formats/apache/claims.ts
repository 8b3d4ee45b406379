import type { SourceFile } from "../../source.ts";
import type { Claim } from "../format.ts";
import { isPhp } from "../php.ts";
import { mayBeForeign, rulesOf } from "./directives.ts";
import { isHtaccess } from "./parse.ts";

const serverNames = /^(?:httpd|apache2?|vhosts?|httpd-vhosts|default-ssl|000-default)(?:[-.].*)?\.conf(?:\.\w+)?$/i;
/** A `.htaccess` under the names it has in examples and installers. */
const htaccessNames = /htaccess[\w.-]*$/i;
const likelyNames = /\.(?:conf|vhost|htaccess|tpl|tmpl|j2|erb|template|dist|inc|example|sample|txt|load)$|^[^.]+$/i;
/** What it is called beside the one that is in force: `.htaccess.production`, `.htaccess_new`. */
const htaccessVariants = /^\.htaccess[._-][\w.-]+$/i;
/** Folders whose files belong to the server, whatever they are called. */
const serverFolders = /(?:^|\/)(?:apache2?|httpd)\/(?:.*\/)?(?:sites|conf|mods)-(?:available|enabled)\/[^/]+$/i;
const foreignNames = /\.(?:md|mdx|markdown|rst|adoc|asciidoc|textile|tex|texi|wiki|pod|html?|xml|json|ya?ml|php|js|ts|py|rb|go|java|sh|css|svg)$|^(?:README|INSTALL|ROADMAP|CHANGE|NEWS|TODO|LICENSE)/i;
/** The first line of a section; elements of XML with these names end on the line, or say nothing of where they hold. */
const sectionLine = /^[ \t]*<(?:(?:VirtualHost|Directory(?:Match)?|Location(?:Match)?|Files(?:Match)?|IfModule|Limit(?:Except)?)[ \t]+(?![\w-]+=["'])(?:(?!<\/)[^\n])+|RequireA(?:ll|ny))>[ \t\r]*$/im;
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
  if (((htaccessNames.test(name) && likelyNames.test(name)) || htaccessVariants.test(name)) && (isOnlyComments(file.text) || sectionLine.test(file.text) || isMostlyDirectives(file.text))) return "name";
  if (xmlBegins.test(file.text) || file.text.startsWith("#!") || isPhp(file.text)) return null;
  if (serverFolders.test(file.path) && holdsOnlyPath(file)) return "name";
  if (!likelyNames.test(name) && !serverFolders.test(file.path) && !serverSection.test(file.text)) return null;
  if (!sectionLine.test(file.text) && !(isMostlyDirectives(file.text) && areTypical(file.text))) return null;
  if (serverNames.test(name) || isHtaccess(file)) return "name";
  return isMostlyStrange(file.text) ? null : "content";
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
  if (live.length === 0) return lines.flatMap((line) => directiveOf(line.replace(/^#+\s*/, "")) ?? []).length >= 2;
  return live.flatMap((line) => directiveOf(line) ?? []).length / live.length >= enough;
}

/** Whether the directives are written as Apache's are, or are many: `user`, `group` and `alias` are words of others, too. */
function areTypical(text: string): boolean {
  const lines = linesOf(text);
  const names = lines.flatMap((line) => directiveOf(line) ?? []);
  if (names.length === 0) return lines.some((line) => /[a-z][A-Z]/.test(directiveOf(line.replace(/^#+\s*/, "")) ?? ""));
  return names.some((name) => /^[A-Z]/.test(name)) || new Set(names).size >= fewestNames;
}

const fewestNames = 3;

/** Whether most lines are none of Apache: what it is told beside quotes it, or is for a server with sections like its own, as ProFTPD's. */
function isMostlyStrange(text: string): boolean {
  const lines = text.replace(/\\\r?\n/g, " ").split(/\r\n|\n|\r/).map((line) => line.trim());
  const live = lines.filter((line) => line !== "" && !/^(?:#|<\/|\{[{%#]|<[%?]|\$\{)/.test(line));
  const strange = live.filter((line) => directiveOf(line) === null && !mayBeForeign((/^\w+/.exec(line)?.[0] ?? "").toLowerCase())).length;
  return strange >= fewestStrange && strange > live.length / 2;
}

const fewestStrange = 5;

/** The name of a known directive with an argument, without the punctuation that ends one in nginx; rules of a firewall are not Apache's own. */
function directiveOf(line: string): string | null {
  const [, opens = "", name = "", rest = ""] = /^(<\/?)?([A-Za-z][A-Za-z0-9]*)(?=[\s>]|$)\s*(.*)$/.exec(line) ?? [];
  // The first ModSecurity was part of Apache's configuration; the second has rule files of its own.
  if (/^SecFilter/.test(name)) return name;
  if (sectionName.test(name) !== (opens !== "") || (opens !== "" && !rest.endsWith(">")) || (opens === "" && rest === "")) return null;
  const isOwn = !/[;{]$/.test(line) && !/^sec[a-z]/i.test(name) && rulesOf(name.toLowerCase()) !== undefined && !isProse(rest);
  return isOwn ? name : null;
}

const sectionName =
  /^(?:VirtualHost|(?:Directory|Location|Files|Proxy)(?:Match)?|If(?:Module|Define|Version|File|Directive|Section)?|Else(?:If)?|Limit(?:Except)?|Require(?:All|Any|None)|Macro|Auth[nz]ProviderAlias)$/i;

/** Directives such as `Options` and `Files` are words as well; a sentence has many of them and ends in a full stop. */
function isProse(rest: string): boolean {
  return rest.split(/\s+/).length > 6 && /[.!?]$/.test(rest);
}
