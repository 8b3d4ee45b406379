import { textOf } from "../../source.ts";
import type { Context } from "./context.ts";
import { nearest } from "./context.ts";
import type { Directive } from "./parse.ts";

/** Settings that say something of what is handed on, or that nobody gives to files. */
const FOR_APPLICATIONS = /^(?:limit_req|limit_conn|client_max_body_size|client_body_.*|proxy_.*|fastcgi_.*|uwsgi_.*|scgi_.*|grpc_.*)$/;

/** Headers that tell pages of other sites what they may send. */
const FOR_SENDERS = /^access-control-allow-(?:methods|headers)$/i;

/** Settings of files, and code that may answer by itself. */
const FOR_FILES = /^(?:expires|index|autoindex.*|random_index|types|default_type|gzip_static|brotli_static|etag|open_file_cache.*|mp4.*|flv|internal|.*_by_lua.*|js_.*|perl.*|passenger.*)$/;

/** What an author writes where something is left out of an example. */
const LEFT_OUT = /#.*(?:\.\.\.|\u2026|_pass\b|\bphp\b)/;

/**
 * Whether a location of a snippet, which says nothing of where its files would be, is meant for an application and
 * hands nothing on: a handler is inherited from nowhere, so whatever stands around the snippet leaves it with files.
 */
export function isMeantToHandOn(context: Context): boolean {
  const location = nearest(context, "location");
  if (location === null || location.opener === null || location.unread.length > 0) return false;
  if (location.opener.args.at(-1)?.value === "/" || LEFT_OUT.test(textOf(location.opener.at)) || namesScripts(rootOf(location))) return false;
  const own = location.items.map(({ directive }) => directive);
  return own.some(isForApplications) && !own.some(({ name }) => FOR_FILES.test(name.value));
}

function isForApplications({ name, args: [first] }: Directive): boolean {
  return FOR_APPLICATIONS.test(name.value) || (name.value === "add_header" && first !== undefined && FOR_SENDERS.test(first.value));
}

function rootOf(context: Context): Context {
  return context.parent === null ? context : rootOf(context.parent);
}

/** Whether anything speaks of scripts: those in the place may be run by another one, and take the POSTs. */
function namesScripts({ items }: Context): boolean {
  return items.some(({ directive, block }) => directive.args.some(({ value }) => /php|\.cgi\b/i.test(value)) || (block !== null && namesScripts(block)));
}
