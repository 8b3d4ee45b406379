import { always, any, not, testText, type Condition } from "../../model/condition.ts";
import type { Case, Chain, Evidence, Gate, Program, Scope } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { addressGates, rateGates, tlsGates } from "./addresses.ts";
import { anonymousGates, aspNetAuthorization, iisAuthorization } from "./authorization.ts";
import { placesOf, sections, under, type Layer, type Place } from "./config.ts";
import { filterGates } from "./filtering.ts";
import { deny, gate } from "./gates.ts";
import { handlerScopes } from "./handlers.ts";
import { ignoredIn } from "./ignored.ts";
import { redirectGates, withErrorRedirects } from "./redirect.ts";
import { serverVariables } from "./rewrite-text.ts";
import { restOf, rewriteGates } from "./rewrite.ts";
import { aspNetLimit, signsOf, writesOf, type Signs } from "./signs.ts";

/** One site: the layers of its configuration. */
export interface Site {
  /** Where it starts. */
  readonly at: Span;
  readonly layers: readonly Layer[];
  /** Only changes to a configuration that is somewhere else: nobody can say whether it is applied. */
  readonly transform: boolean;
  readonly missing: readonly Evidence[];
}

const handlers = "handlers";
const rewriting = "rewriting";

/**
 * What a site does to a request: the settings of the folder that is asked for decide who may come in and how the URL is
 * rewritten; those of the folder it leads to, who answers. No other file is read, so the server's own settings are
 * taken to be the ones that IIS is installed with.
 */
export function lower(site: Site): Program {
  const { at, layers, missing } = site;
  const places = placesOf(layers, at.file);
  const signs = signsOf(layers);
  const definitions: Record<string, readonly Case[]> = { ...serverVariables(at), ...rests(layers, at) };
  const ruled = places.filter((place) => place.folder === "" || hasOwn(place, "system.webServer/rewrite") || hasOwn(place, "system.webServer/httpErrors"));
  const hasRules = ruled.some((place) => hasOwn(place, "system.webServer/rewrite"));
  const entry = places.map((place, index) => requestScope(place, `p${index}.`, site, hasRules ? rewriting : handlers));
  const rules = ruled.map((place, index) => rewriteScope(place, `r${index}.`, definitions));
  return {
    format: "iis",
    layer: "server",
    at,
    stages: { request: siteFirst(entry, places), ...(hasRules ? { [rewriting]: siteFirst(rules, ruled) } : {}), [handlers]: places.flatMap((place) => answeringScopes(place, signs)) },
    entry: "request",
    definitions,
    volatile: Object.keys(definitions),
    reroutes: { limit: 10, status: 500 },
    ignored: ignoredIn(layers),
    missing,
  };
}

/** The part of the path behind each folder that has rules. */
function rests(layers: readonly Layer[], at: Span): Record<string, readonly Case[]> {
  const folders = [...new Set(layers.map(({ folder }) => folder))];
  return Object.fromEntries(
    folders.map((folder) => {
      const name = restOf(folder);
      const pattern = `^${"/[^/]*".repeat(folder.split("/").length - 1)}/(.*)$`;
      const when = testText(fieldValue("path"), { kind: "matches", pattern, captures: `${name}.` }, at);
      return [name, [{ when, value: fieldValue(`var:${name}.1`) }]];
    }),
  );
}

function hasOwn(place: Place, section: string): boolean {
  return sections(place, section).some(({ layer }) => layer.folder === place.folder);
}

/** The site's own scope before those of its folders: what is found by the first way that leads to it is found by the site's. */
function siteFirst(scopes: readonly Scope[], places: readonly Place[]): readonly Scope[] {
  const own = scopes.at(-1);
  const others = scopes.slice(0, -1);
  if (own === undefined || others.length === 0) return scopes;
  const outside = not(any(...places.slice(0, -1).map((place) => under(place.folder, place.at))));
  return [{ ...own, when: outside }, ...others, own];
}

/** Folders without rules of their own have those of the site. */
function rewriteScope(place: Place, id: string, definitions: Record<string, readonly Case[]>): Scope {
  const { at } = place;
  const chains: readonly Chain[] = [{ name: "rewrite", gates: rewriteGates(place, id, definitions) }, entering(handlers, at)];
  return { name: nameOf(place), when: under(place.folder, at), chains: withErrorRedirects(chains, place), handler: "app", at };
}

function entering(stage: string, at: Span): Chain {
  return { name: stage, gates: [gate(always, { kind: "enter", stage }, { at, note: `goes on to ${stage}`, reason: "none" })] };
}

function requestScope(place: Place, id: string, site: Site, next: string): Scope {
  const { at } = place;
  const applied: Condition = { kind: "unknown", key: "transform", why: "whether and to what these changes are applied", reads: "anything", at };
  const chains: readonly Chain[] = [
    { name: "transform", gates: site.transform ? [gate(applied, { kind: "accept" }, { at, note: "holds only changes", reason: "none" })] : [] },
    { name: "addresses", gates: [...addressGates(place), ...rateGates(place)] },
    { name: "transport", gates: tlsGates(place) },
    { name: "filter", gates: filterGates(place) },
    { name: "redirect", gates: redirectGates(place, `${id}to`) },
    entering(next, at),
  ];
  const used = chains.filter(({ gates }) => gates.length > 0);
  return { name: nameOf(place), when: under(place.folder, at), chains: withErrorRedirects(used, place), handler: "app", at, writes: writesOf(place) };
}

function nameOf({ folder }: Place): string {
  return folder === "" ? "/" : folder;
}

function answeringScopes(place: Place, signs: Signs): readonly Scope[] {
  const chain = (name: string, gates: readonly Gate[]): readonly Chain[] => (gates.length === 0 ? [] : withErrorRedirects([{ name, gates }], place));
  const every = chain("authorization", [...anonymousGates(place), ...iisAuthorization(place)]);
  const managed = [...chain("authorization of ASP.NET", aspNetAuthorization(place)), ...(signs.framework ? chain("limits of ASP.NET", limitGates(place)) : [])];
  const scopes = handlerScopes(place, signs, { every, managed, writes: writesOf(place) });
  return scopes.map((scope) => ({ ...scope, chains: withErrorRedirects(scope.chains, place) }));
}

/** ASP.NET throws while it reads a body that is too large, and 500 is what comes of it (httpRuntime Element). */
function limitGates(place: Place): readonly Gate[] {
  const limit = aspNetLimit(place);
  const at = limit?.by.at ?? place.at;
  const most = String(limit?.bytes ?? defaultBytes);
  const large = testText(fieldValue("contentLength"), { kind: "number", is: ">", value: text(most) }, at);
  return [deny(large, 500, { at, note: `reads no more than ${most} bytes`, reason: "body-size", implied: limit === null })];
}

/** What ASP.NET reads of a body when nothing is said: 4096 KiB. */
const defaultBytes = 4096 * 1024;
