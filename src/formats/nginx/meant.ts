import { textOf } from "../../source.ts";
import type { Context } from "./context.ts";
import { nearest, own } from "./context.ts";
import type { Directive } from "./parse.ts";

/** Settings that say something of what is handed on, or that nobody gives to files. */
const FOR_APPLICATIONS = /^(?:limit_req|limit_conn|client_max_body_size|client_body_.*|proxy_.*|fastcgi_.*|uwsgi_.*|scgi_.*|grpc_.*)$/;

/** Headers that tell pages of other sites what they may send. */
const FOR_SENDERS = /^access-control-allow-(?:methods|headers)$/i;

/** Settings of files, and code that may answer by itself. */
const FOR_FILES = /^(?:expires|index|autoindex.*|random_index|types|default_type|gzip_static|brotli_static|etag|open_file_cache.*|mp4.*|flv|internal|.*_by_lua.*|js_.*|perl.*|passenger.*)$/;

/** Names of files and of folders of files. */
const NAMES_FILES = /(?:^|\/)(?:static|assets?|media|images?|img|css|js|fonts?|icons?|uploads|downloads?|public|dist|build|_next|favicon[^/]*|robots[^/]*|\.[a-z][^/]*)(?:\/|$)|\.[a-z0-9]{2,5}$|\\\./i;

/** What an author writes where something is left out of an example. */
const LEFT_OUT = /#.*(?:\.\.\.|\u2026|_pass\b|\bphp\b)/;

/**
 * Whether a location of a snippet, which says nothing of where its files would be, is meant for an application and
 * hands nothing on: a handler is inherited from nowhere, so whatever stands around the snippet leaves it with files.
 */
export function isMeantToHandOn(context: Context): boolean {
  const location = nearest(context, "location");
  if (location === null || location.opener === null || location.unread.length > 0) return false;
  const path = location.opener.args.at(-1)?.value ?? "/";
  if (path === "/" || NAMES_FILES.test(path) || LEFT_OUT.test(textOf(location.opener.at)) || namesScripts(rootOf(location))) return false;
  const directives = location.items.map(({ directive }) => directive);
  return directives.some(isForApplications) && !directives.some(({ name }) => FOR_FILES.test(name.value));
}

function isForApplications({ name, args: [first] }: Directive): boolean {
  return FOR_APPLICATIONS.test(name.value) || (name.value === "add_header" && first !== undefined && FOR_SENDERS.test(first.value));
}

/** Whether a location names the folder of its files itself, and neither an application nor anything that is given to one. */
export function isMeantForFiles(context: Context): boolean {
  const location = nearest(context, "location");
  if (location === null || location.unread.length > 0) return false;
  const names = (name: string): readonly Directive[] => own(location, name);
  const asksOthers = names("try_files").some(({ args }) => args.some(({ value }) => /^@|\.php\b/.test(value)));
  return [...names("root"), ...names("alias")].length > 0 && !asksOthers && !location.items.some(({ directive }) => isForApplications(directive));
}

function rootOf(context: Context): Context {
  return context.parent === null ? context : rootOf(context.parent);
}

/** Whether anything speaks of scripts: those in the place may be run by another one, and take the POSTs. */
function namesScripts({ items }: Context): boolean {
  return items.some(({ directive, block }) => directive.args.some(({ value }) => /php|\.cgi\b/i.test(value)) || (block !== null && namesScripts(block)));
}

/** The path of a script that is written out. */
export const SCRIPT_NAME = /^\/(?:[^$]*\/)?\w+\.php$/;

/**
 * The `try_files` of a block that hands nothing on, where a script is one of the files: only the last argument is asked
 * for anew, so that the script is answered like any file. Undefined where there is none.
 */
export function scriptInVain(context: Context): Directive | undefined {
  const directive = context.kind === "if" ? undefined : own(context, "try_files").at(-1);
  const [fallback, ...tried] = directive?.args.toReversed() ?? [];
  const isLooked = tried.some(({ value }) => SCRIPT_NAME.test(value.replace(/(?:\$is_args)?\$(?:args|query_string)$/, "")));
  return fallback?.value.startsWith("=") === true && isLooked ? directive : undefined;
}
