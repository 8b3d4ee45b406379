import type { SourceFile } from "../../source.ts";
import type { Context, Item } from "./context.ts";
import type { Assembled } from "./include.ts";

/** Something that a configuration uses and another file defines, which nothing here ties to it. */
export interface Adopted {
  readonly item: Item;
  readonly file: SourceFile;
  /** The variable or the zone that is defined. */
  readonly name: string;
  readonly kind: "variable" | "zone";
}

/** Folders whose files an `http` block usually reads. */
const folders = /^(?:(?:conf|http|maps?|vhosts?|sites?|servers?|snippets|includes?|upstreams|limits|common|global|shared)(?:\.d|[-_.](?:enabled|available|config|conf))?)$/;

/**
 * What a configuration uses without defining it, found in files beside it that hold nothing but definitions: in its
 * folder, the folder above, or a neighbour of the kind that `http` blocks read. A name that several of them define is
 * left alone.
 */
export function adoptedBy(start: Assembled, definitions: readonly Assembled[]): readonly Adopted[] {
  const near = definitions.filter((other) => other !== start && liesNear(folderOf(start), folderOf(other)));
  if (near.length === 0) return [];
  const offered = near.flatMap(definedIn);
  const defined = new Set(namesIn(start.main.items).defined);
  const adopted: Adopted[] = [];
  let wanted = namesIn(start.main.items).used;
  while (wanted.length > 0) {
    const found = [...new Set(wanted)].filter((name) => !defined.has(name)).flatMap((name) => {
      const same = offered.filter((one) => keyOf(one) === name);
      return same.length === 1 ? same : [];
    });
    adopted.push(...found);
    for (const one of found) defined.add(keyOf(one));
    wanted = found.flatMap(({ item }) => namesIn([item]).used);
  }
  return adopted;
}

function folderOf({ files: [start] }: Assembled): string {
  return start === undefined ? "" : start.path.slice(0, Math.max(0, start.path.lastIndexOf("/")));
}

function liesNear(own: string, other: string): boolean {
  if (own === other) return true;
  const [above, otherAbove] = [parentOf(own), parentOf(other)];
  if (other === above) return folders.test(nameOf(own));
  return (own === otherAbove || (above === otherAbove && folders.test(nameOf(own)))) && folders.test(nameOf(other));
}

function parentOf(folder: string): string | null {
  return folder === "" ? null : folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}

function keyOf({ kind, name }: Pick<Adopted, "kind" | "name">): string {
  return kind === "zone" ? `zone ${name}` : `$${name}`;
}

function definedIn({ main, files: [file] }: Assembled): readonly Adopted[] {
  if (file === undefined) return [];
  return main.items.flatMap((item) => definitionOf(item).map((one) => ({ ...one, item, file })));
}

function definitionOf({ directive }: Item): readonly Pick<Adopted, "name" | "kind">[] {
  const name = directive.name.value;
  if (directive.conditional) return [];
  if (/^limit_(?:req|conn)_zone$/.test(name)) return directive.args.flatMap(({ value }) => /^zone=([^:]+)/.exec(value)?.slice(1) ?? []).map((zone) => ({ name: zone, kind: "zone" as const }));
  const word = /^(?:map|geo|split_clients)$/.test(name) ? directive.args.at(-1)?.value : undefined;
  return word?.startsWith("$") === true ? [{ name: word.slice(1).toLowerCase(), kind: "variable" }] : [];
}

/** The names of variables and zones that directives use, and those they define. */
function namesIn(items: readonly Item[]): { readonly used: readonly string[]; readonly defined: readonly string[] } {
  const used: string[] = [];
  const defined: string[] = [];
  const walk = ({ directive, block }: Item): void => {
    defined.push(...definitionOf({ directive, block }).map(keyOf));
    const [first] = directive.args;
    if (directive.name.value === "set" && first !== undefined) defined.push(first.value.toLowerCase());
    for (const { value } of directive.args) {
      for (const [, braced, plain] of value.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) used.push(`$${(braced ?? plain ?? "").toLowerCase()}`);
      const zone = directive.name.value === "limit_req" ? /^zone=(.+)$/.exec(value)?.[1] : undefined;
      if (zone !== undefined) used.push(`zone ${zone}`);
    }
    if (directive.name.value === "limit_conn" && first !== undefined) used.push(`zone ${first.value}`);
    for (const item of block?.items ?? []) walk(item);
  };
  for (const item of items) walk(item);
  return { used, defined };
}

/** Whether a configuration is nothing but definitions, so that another one must be reading it. */
export function onlyDefines({ main }: Assembled): boolean {
  return main.items.some((item) => definitionOf(item).length > 0) && !holdsServers(main);
}

function holdsServers({ items }: Context): boolean {
  return items.some(({ directive }) => ["http", "server", "location", "events", "if", "return", "rewrite"].includes(directive.name.value));
}
