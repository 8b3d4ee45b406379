import type { Endpoint } from "../../model/program.ts";
import { applications, isForVisitors, takenBy, type Application } from "../applications.ts";
import type { Context, Item } from "./context.ts";

/** What a folder of WordPress is called in a configuration, apart from its own names. */
const SHOWN_BY_FOLDER = /\/(?:wordpress|wp)(?:\/|$)/i;

/** How large files may be is for the site to say, whatever its application could take. */
const UPLOADS = /upload/;

/** Its addresses lie below a folder, and none of them at the root. */
const IN_FOLDER = /^\^?\/(?!wp-)[\w-]+\/wp-/;

/** Directives by which a server hands requests on, or looks for what answers them. */
const HANDLERS = /^(?:fastcgi_pass|proxy_pass|uwsgi_pass|scgi_pass|grpc_pass|try_files)$/;

/**
 * The addresses that an application takes POSTs at, where every server that hands anything on speaks of it: an endpoint
 * is that of no server in particular. What is refused speaks of no application, only of attackers.
 */
export function endpointsOf(servers: readonly Context[]): readonly Endpoint[] {
  const serving = servers.filter(hasHandler).map(wordsOf);
  if (serving.length === 0) return [];
  const known = applications.filter((one) => serving.every((words) => shows(one, words)));
  return known.flatMap((one) => one.takes.filter((address) => !UPLOADS.test(address)).map((address) => takenBy(one, `/${address}`)));
}

function shows({ name, shows: sign }: Application, words: readonly string[]): boolean {
  if (name === "WordPress" && words.some((word) => IN_FOLDER.test(word))) return false;
  return words.some((word) => sign.test(word) || (name === "WordPress" && SHOWN_BY_FOLDER.test(word)));
}

function hasHandler({ items }: Context): boolean {
  return items.some(({ directive, block }) => HANDLERS.test(directive.name.value) || (block !== null && hasHandler(block)));
}

/**
 * A part of a server that hands nothing on itself and shuts, among others, what visitors of an application need: the
 * server that includes it is known to nobody.
 */
export function endpointsGuessed(parts: readonly Context[]): readonly Endpoint[] {
  if (parts.some(hasHandler)) return [];
  const words = parts.flatMap(allWords);
  const named = (address: string): boolean => words.some((word) => word.replaceAll("\\", "").includes(address.replace(/^.*\//, "").replace(/\.php$/, "")) && word.includes("|"));
  return applications.flatMap((one) => one.takes.filter((address) => isForVisitors(address) && named(address)).map((address) => ({ ...takenBy(one, `/${address}`), guessed: true as const })));
}

function allWords({ items }: Context): readonly string[] {
  return items.flatMap(({ directive, block }) => [...directive.args.map(({ value }) => value), ...(block === null ? [] : allWords(block))]);
}

/** The arguments of all directives but those of places that refuse. */
function wordsOf({ items }: Context): readonly string[] {
  return items.flatMap(({ directive, block }) => {
    if (block !== null && (block.kind === "location" || block.kind === "if") && refuses(block)) return [];
    return [...directive.args.map(({ value }) => value), ...(block === null ? [] : wordsOf(block))];
  });
}

function refuses({ items }: Context): boolean {
  return items.some(isRefusal);
}

function isRefusal({ directive: { name, args } }: Item): boolean {
  const [first] = args;
  return (name.value === "deny" && first?.value === "all") || name.value === "return";
}
