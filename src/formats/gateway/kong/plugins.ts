import { all, always, any, isAlways, isNever, not, test, type Condition } from "../../../model/condition.ts";
import type { Evidence, Gate } from "../../../model/program.ts";
import { isConsumer } from "./access.ts";
import { consumerClaim } from "./consumers.ts";
import type { Configuration, Plugin, Route, Service } from "./entities.ts";
import { lowerPlugin, ownCondition, priorityOf } from "./plugin-table.ts";
import type { Draft, Use } from "./use.ts";

/**
 * Of several instances of a plugin the most specific one runs (Kong, "Precedence order of plugins"): consumers count
 * more than consumer groups, these more than route and service together, and so on.
 */
function specificity({ target }: Plugin): number {
  const place = (target.route === undefined ? 0 : 2) + (target.service === undefined ? 0 : 1);
  if (target.consumer !== undefined) return place === 3 ? 12 : place > 0 ? 8 + place : 5;
  if (target.consumerGroup !== undefined) return place === 3 ? 11 : place > 0 ? 6 + place : 4;
  return place === 3 ? 6 : place;
}

/** The plugins that can run on each route, in the order in which they run, the most specific of each name first. */
export function activePlugins(configuration: Configuration, routes: readonly Route[]): ReadonlyMap<Route, readonly Plugin[]> {
  const attached = new Map<Route | Service | null, Plugin[]>();
  for (const plugin of configuration.plugins) {
    const to = plugin.target.route ?? plugin.target.service ?? null;
    const known = attached.get(to);
    if (known === undefined) attached.set(to, [plugin]);
    else known.push(plugin);
  }
  const at = (to: Route | Service | null): readonly Plugin[] => attached.get(to) ?? [];
  return new Map(
    routes.map((route) => {
      const ofRoute = at(route).filter(({ target }) => target.service === undefined || target.service === route.service);
      const ofService = typeof route.service === "object" ? at(route.service) : [];
      return [route, [...ofRoute, ...ofService, ...at(null)].sort(inOrder)];
    }),
  );
}

function inOrder(a: Plugin, b: Plugin): number {
  return priorityOf(b.name) - priorityOf(a.name) || compareNames(a.name, b.name) || specificity(b) - specificity(a);
}

/** Plugins of equal priority run by name, the later letters first (kong/runloop/plugins_iterator.lua). */
function compareNames(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

/** What came of a route's plugins. */
export interface Plugged {
  readonly gates: readonly Gate[];
  /** Plugins that do nothing a request would notice, with the reason; and those that others replace here. */
  readonly ignored: ReadonlyMap<Plugin, string>;
}

/** The gates of a route's plugins, in the order in which Kong runs them. */
export function pluginGates(configuration: Configuration, route: Route, active: readonly Plugin[], where: string): Plugged {
  const ignored = new Map<Plugin, string>();
  const gates: Gate[] = [];
  for (const name of new Set(active.map((plugin) => plugin.name))) {
    const instances = active.filter((plugin) => plugin.name === name);
    let left: Condition = always;
    for (const plugin of instances) {
      const use: Use = { plugin, route, configuration, active, where };
      const own = all(consumerCondition(use), ownCondition(use));
      if (isNever(left)) ignored.set(plugin, `a more specific \`${name}\` takes its place`);
      else if (isNever(own)) ignored.set(plugin, "no consumer in these files belongs to its group");
      else gates.push(...gatesOf(use, all(left, own), replaced(plugin, instances), ignored));
      left = all(left, not(own));
    }
  }
  return { gates, ignored };
}

/** The less specific instances that this one keeps from running for everybody. */
function replaced(plugin: Plugin, instances: readonly Plugin[]): readonly Evidence[] {
  if (plugin.target.consumer !== undefined || plugin.target.consumerGroup !== undefined) return [];
  const after = instances.slice(instances.indexOf(plugin) + 1).filter((one) => one.target.consumer === undefined && one.target.consumerGroup === undefined);
  return after.slice(0, 1).map((one) => ({ at: one.at, note: `the \`${one.name}\` ${placeWords(one)} does not run here: the more specific one replaces it` }));
}

function gatesOf(use: Use, runs: Condition, others: readonly Evidence[], ignored: Map<Plugin, string>): readonly Gate[] {
  const lowered = lowerPlugin(use);
  if ("ignored" in lowered) {
    ignored.set(use.plugin, lowered.ignored);
    return [];
  }
  return lowered.map((draft): Gate => ({ ...draft, when: isAlways(runs) ? draft.when : all(runs, draft.when), because: becauseOf(use, draft, others) }));
}

function becauseOf({ plugin }: Use, draft: Draft, others: readonly Evidence[]): readonly [Evidence, ...Evidence[]] {
  const [first, ...rest] = draft.because;
  const stands: readonly Evidence[] = first.at === plugin.at ? [] : [{ at: plugin.at, note: `\`${plugin.name}\` ${placeWords(plugin)}` }];
  return [first, ...rest, ...stands, ...others];
}

/** Where a plugin is attached, in words. */
export function placeWords({ target }: Plugin): string {
  const words = [
    target.consumer === undefined ? [] : [`of the consumer \`${target.consumer}\``],
    target.consumerGroup === undefined ? [] : [`of the consumer group \`${target.consumerGroup}\``],
    target.route === undefined ? [] : [target.route.name === undefined ? "of this route" : `of the route \`${target.route.name}\``],
    target.service === undefined ? [] : [target.service.name === undefined ? "of this service" : `of the service \`${target.service.name}\``],
  ].flat();
  return words.length === 0 ? "for every request" : words.join(" ");
}

/** For whom a plugin runs. */
function consumerCondition(use: Use): Condition {
  const { target, at } = use.plugin;
  const { consumers } = use.configuration;
  const conditions: Condition[] = [];
  if (target.consumer !== undefined) {
    const wanted = target.consumer;
    conditions.push(isConsumer(use, [use.configuration.consumerNamed.get(wanted)?.name ?? wanted], at));
  }
  if (target.consumerGroup !== undefined) {
    const wanted = target.consumerGroup;
    const members = consumers.flatMap((one) => (one.consumerGroups.includes(wanted) && one.name !== undefined ? [one.name] : []));
    conditions.push(members.length === 0 ? unlistedGroup(use, wanted) : isConsumer(use, members, at));
  }
  return all(...conditions);
}

/** A group without members in the files: nobody has it when the consumers are listed. */
function unlistedGroup({ configuration, plugin }: Use, group: string): Condition {
  if (configuration.listsConsumers) return any();
  const claimed = test(`claim:${consumerClaim}`, { kind: "present" }, plugin.at);
  const why = `whether the client's consumer belongs to the group \`${group}\``;
  return all(claimed, { kind: "unknown", key: why, why, reads: "anything", at: plugin.at });
}
