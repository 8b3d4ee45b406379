import type { SourceFile } from "../../source.ts";
import type { Context, Item } from "./context.ts";
import { blocksOf, own } from "./context.ts";
import type { EnabledSite } from "./enabled.ts";
import type { Assembled } from "./include.ts";

/**
 * Files of which nginx ignores every server, because others of the same include have taken all of their names on the same
 * sockets ("conflicting server name"): variants that are kept beside each other, of which one is used at a time.
 */
export function shadowedIn({ main, globs, tree }: Assembled, known: ReadonlyMap<string, SourceFile>): readonly EnabledSite[] {
  if (globs.length === 0) return [];
  const [http = main] = blocksOf(main, "http");
  const chosen = new Set<SourceFile>();
  const ignored = new Set<SourceFile>();
  const taken = new Map<string, SourceFile>();
  for (const server of http.items.filter(isServer)) {
    const { file } = server.directive.at;
    const claims = claimsOf(server.block);
    (claims.length > 0 && claims.every((claim) => (taken.get(claim) ?? file) !== file) ? ignored : chosen).add(file);
    for (const claim of claims) if (!taken.has(claim)) taken.set(claim, file);
  }
  return [...ignored].filter((file) => !chosen.has(file)).flatMap((file) => {
    const glob = globs.find(({ paths }) => paths.some((path) => tree.read(path)?.path === file.path));
    const site = known.get(file.path);
    return glob === undefined || site === undefined ? [] : [{ site, at: glob.directive.at, value: glob.value, beside: false, instead: true as const }];
  });
}

function isServer(item: Item): item is Item & { readonly block: Context } {
  return item.directive.name.value === "server" && item.block !== null;
}

/** The names of a server on each of its sockets; none where a template writes one, or where it is the default. */
function claimsOf(server: Context): readonly string[] {
  const listens = own(server, "listen");
  const names = own(server, "server_name").flatMap(({ args }) => args);
  if ([...listens.flatMap(({ args }) => args), ...names].some(({ template, value }) => template || value.includes("$") || /^default(?:_server)?$/.test(value))) return [];
  const sockets = listens.length === 0 ? ["80"] : listens.map(({ args: [address] }) => (address?.value ?? "").replace(/^(?:\*|0\.0\.0\.0):/, ""));
  const known = names.length === 0 ? [""] : names.map(({ value }) => value.toLowerCase());
  return sockets.flatMap((socket) => known.map((name) => `${socket} ${name}`));
}
