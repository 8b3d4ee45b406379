import type { Condition } from "../../model/condition.ts";
import { all, always, any, not, test } from "../../model/condition.ts";
import type { Scope } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { blocksOf } from "./context.ts";
import type { LocationName } from "./location-name.ts";
import { locationMatches, locationName } from "./location-name.ts";
import type { Variant } from "./location.ts";
import { locationVariants, passesOn, serverVariant, slashRedirect } from "./location.ts";
import type { Site } from "./lowering.ts";
import { inside, use, written } from "./lowering.ts";

interface Location {
  readonly context: Context;
  readonly name: LocationName;
  readonly matches: Condition;
}

/** A location, or the redirect to it, and when nginx chooses it, given that nothing before it was chosen. */
interface Choice {
  readonly when: Condition;
  readonly context: Context;
  readonly slash: boolean;
}

/**
 * The scopes of a server in the order that makes "the first that holds" what ngx_http_core_find_location does: exact
 * names, slash redirects, locations nested in the longest prefix, `^~` prefixes, regular expressions in the order of
 * the file, then the other prefixes from long to short, and the server itself.
 */
export function locationStage(site: Site, from: "outside" | "inside"): readonly Scope[] {
  const level = levelOf(site, site.context);
  const firm = level.prefixes.filter(({ name }) => name.kind === "firm-prefix");
  const others = level.prefixes.filter(({ name }) => name.kind !== "firm-prefix");
  const choices = [
    ...exactAndNested(site, level),
    ...firm.flatMap((location) => leaves(site, location, chosen(level, location))),
    ...level.regexes.flatMap((location) => regexChoices(site, location, always)),
    ...others.flatMap((location) => leaves(site, location, location.matches)),
  ];
  const scopes = choices.flatMap((choice) => scopesOf(site, choice, from));
  const rest = serverVariant(site);
  return (site.low.losesSlashes ? null : endsAlways(scopes)) ?? [...scopes, { ...rest, when: always }];
}

/** `location /` takes what is left, so nothing falls to the server itself. */
function endsAlways(scopes: readonly Scope[]): readonly Scope[] | null {
  const last = scopes.at(-1);
  if (last === undefined || last.when.kind !== "test") return null;
  const { operator, subject } = last.when;
  const all = operator.kind === "startsWith" && subject.kind === "field" && subject.field === "path";
  const [part] = all ? operator.value : [];
  const everything = part?.kind === "text" && part.text === "/" && all && operator.value.length === 1;
  return everything ? [...scopes.slice(0, -1), { ...last, when: always }] : null;
}

function scopesOf(site: Site, choice: Choice, from: "outside" | "inside"): readonly Scope[] {
  const place = inside(site, choice.context);
  const variants: readonly Variant[] = choice.slash ? [slashRedirect(place, from)] : locationVariants(place, from);
  return variants.map(({ extra, ...scope }) => ({ ...scope, when: all(choice.when, extra) }));
}

interface Level {
  readonly exact: readonly Location[];
  /** From long to short. */
  readonly prefixes: readonly Location[];
  readonly regexes: readonly Location[];
}

function levelOf(site: Site, context: Context): Level {
  const locations = blocksOf(context, "location").flatMap((block): Location[] => {
    const name = locationName(block);
    if (name === null || block.opener === null) return [];
    use(site, block.opener);
    return [{ context: block, name, matches: all(written(block.opener), locationMatches(inside(site, block), name)) }];
  });
  const of = (...kinds: readonly string[]): readonly Location[] => locations.filter(({ name }) => kinds.includes(name.kind));
  const byLength = of("prefix", "firm-prefix").toSorted((one, other) => other.name.word.value.length - one.name.word.value.length);
  return { exact: of("exact"), prefixes: byLength, regexes: of("regex") };
}

/** The prefix matches and no longer one of the same level does. */
function chosen(level: Level, location: Location): Condition {
  const longer = level.prefixes.slice(0, level.prefixes.indexOf(location)).filter(({ name }) => name.word.value.startsWith(location.name.word.value));
  return all(location.matches, not(any(...longer.map(({ matches }) => matches))));
}

/** What is chosen before any regular expression of this level: exact names, slash redirects, and inside the prefix. */
function exactAndNested(site: Site, level: Level): readonly Choice[] {
  return [
    ...level.exact.map(({ matches, context }): Choice => ({ when: matches, context, slash: false })),
    ...slashRedirects(level),
    ...level.prefixes.flatMap((location) => decisive(site, location.context, chosen(level, location))),
  ];
}

/** Choices inside a location that end the search there (NGX_OK in ngx_http_core_find_location). */
function decisive(site: Site, context: Context, guard: Condition): readonly Choice[] {
  const level = levelOf(site, context);
  if (level.exact.length + level.prefixes.length + level.regexes.length === 0) return [];
  const firm = level.prefixes.filter(({ name }) => name.kind === "firm-prefix");
  const regexes = all(guard, not(any(...firm.map((location) => chosen(level, location)))));
  return [
    ...exactAndNested(site, level).map((choice) => ({ ...choice, when: all(guard, choice.when) })),
    ...level.regexes.flatMap((location) => regexChoices(site, location, regexes)),
  ];
}

function regexChoices(site: Site, location: Location, guard: Condition): readonly Choice[] {
  const when = all(guard, location.matches);
  return [...decisive(site, location.context, when), ...leaves(site, location, when)];
}

/** A location and the prefixes nested in it, when no regular expression was chosen. */
function leaves(site: Site, location: Location, when: Condition): readonly Choice[] {
  const level = levelOf(site, location.context);
  const nested = level.prefixes.flatMap((inner) => leaves(site, inner, all(when, inner.matches)));
  return [...nested, { when, context: location.context, slash: false }];
}

/** `/x` goes to `/x/` when that location hands requests on and nothing is named `/x` (ngx_http_core_find_static_location). */
function slashRedirects(level: Level): readonly Choice[] {
  const names = new Set([...level.exact, ...level.prefixes].map(({ name }) => name.word.value));
  return [...level.exact, ...level.prefixes].flatMap(({ name, context: own }) => {
    const path = name.word.value;
    // The settings are those of the exact name where both have it.
    const context = level.exact.find((exact) => exact.name.word.value === path)?.context ?? own;
    const bare = path.slice(0, -1);
    if (!path.endsWith("/") || bare === "" || name.word.template || names.has(bare) || !passesOn(own)) return [];
    const when = all(written(context.opener), test("path", { kind: "equals", value: text(bare) }, name.word.at));
    return [{ when, context, slash: true }];
  });
}
