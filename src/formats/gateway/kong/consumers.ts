import type { Evidence } from "../../../model/program.ts";
import type { Identity } from "../../../model/request.ts";
import type { Problem } from "../../../source.ts";
import { field, items, type TreeNode } from "../../tree.ts";
import type { Configuration, Consumer, Group } from "./entities.ts";
import { consumerKeyReason, credentialKeys, noteKeys } from "./keys.ts";
import { listOf, named, reference, writtenName } from "./names.ts";

/** The claims under which an identity carries its consumer's name and kinds of credentials. */
export const consumerClaim = "consumer";
export const credentialsClaim = "credentials";

/**
 * The consumers of a configuration, with groups and credentials written inside or beside them. `listed` is false when
 * the files have none or say that they live elsewhere.
 */
export function readConsumers(roots: readonly TreeNode[], notes: { readonly ignored: Evidence[]; readonly problems: Problem[] }): { readonly consumers: readonly Consumer[]; readonly listed: boolean } {
  const beside = indexBeside(roots);
  const consumers = roots.flatMap((root) => listOf(root, "consumers", notes.problems).map((node) => readConsumer(node, beside)));
  for (const consumer of consumers) noteKeys(consumer.node, consumerKeyReason, notes.ignored);
  const elsewhere = roots.some((root) => field(field(field(root, "_info"), "default_lookup_tags"), "consumers") !== undefined);
  return { consumers, listed: consumers.length > 0 && !elsewhere };
}

function readConsumer(node: TreeNode, beside: Beside): Consumer {
  const identified = named(node, "username");
  const name = identified.name ?? writtenName(field(node, "custom_id"));
  const called = new Set([name, identified.id].filter((one) => one !== undefined));
  const listed = (key: string): readonly TreeNode[] => [...items(field(node, key)), ...[...called].flatMap((one) => beside(key, one))];
  const credentials = credentialKeys().filter((key) => listed(key).length > 0);
  const memberships = listed(groupMembers).flatMap((group) => named(group, "name").name ?? []);
  return { ...identified, name, groups: listed("acls").flatMap(groupOf), consumerGroups: [...ownGroups(node), ...memberships], credentials };
}

/** What stands beside the consumers under a key, for the consumer called so. */
type Beside = (key: string, consumer: string) => readonly TreeNode[];

/** Consumer groups that list their members themselves. */
const groupMembers = "consumer_groups";

function indexBeside(roots: readonly TreeNode[]): Beside {
  const found = new Map<string, TreeNode[]>();
  const add = (key: string, consumer: string | undefined, node: TreeNode): void => {
    const known = found.get(`${key} ${consumer}`);
    if (known === undefined) found.set(`${key} ${consumer}`, [node]);
    else known.push(node);
  };
  for (const root of roots) {
    for (const key of ["acls", ...credentialKeys()]) {
      for (const node of items(field(root, key))) add(key, reference(field(node, "consumer")), node);
    }
    for (const group of items(field(root, groupMembers))) {
      for (const member of items(field(group, "consumers"))) add(groupMembers, reference(member), group);
    }
  }
  return (key, consumer) => found.get(`${key} ${consumer}`) ?? [];
}

function groupOf(acl: TreeNode): readonly Group[] {
  const group = field(acl, "group");
  const name = writtenName(group);
  return group === undefined || name === undefined ? [] : [{ name, at: group.at }];
}

function ownGroups(node: TreeNode): readonly string[] {
  return items(field(node, "groups")).flatMap((group) => reference(group) ?? []);
}

/** Everybody who can authenticate. When no consumer has a credential in the files, credentials are kept elsewhere. */
export function clientsOf({ consumers, credentials, listsConsumers }: Configuration): readonly Identity[] | undefined {
  if (!listsConsumers) return undefined;
  const known = credentials.size > 0;
  const calling = known ? consumers.filter((consumer) => consumer.credentials.length > 0) : consumers;
  return calling.map((consumer) => ({
    state: "valid",
    groups: consumer.groups.map((group) => group.name),
    scopes: [],
    claims: {
      ...(consumer.name !== undefined && { [consumerClaim]: consumer.name }),
      ...(known && { [credentialsClaim]: consumer.credentials.join(" ") }),
    },
  }));
}

/** What to say about a group that no consumer has: with the group somebody probably meant. */
export function missingGroup(group: string, configuration: Configuration): string {
  const where = configuration.files.length === 1 ? "in this file" : "in these files";
  const meant = probablyMeant(group, configuration);
  const hint = meant === null ? "" : `; \`${meant.group}\` differs only ${meant.how}`;
  const inConsumerGroups = configuration.consumers.some((consumer) => consumer.consumerGroups.includes(group));
  const other = inConsumerGroups && hint === "" ? "; it is a consumer group, which `acl` does not look at" : "";
  return `no consumer ${where} has the group \`${group}\`${hint}${other}`;
}

/** The group of some consumer whose name is a slip away from one that nobody has. */
export function probablyMeant(group: string, { groups }: Configuration): { readonly group: string; readonly how: string } | null {
  for (const one of groups) {
    const how = difference(group, one);
    if (how !== null) return { group: one, how };
  }
  return null;
}

/** In what two names differ when it is a slip; null when they are different names. */
function difference(one: string, other: string): string | null {
  if (one.toLowerCase() === other.toLowerCase()) return "in case";
  const bare = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, "");
  if (bare(one) === bare(other)) return "by blanks or dashes";
  return oneEdit(one.toLowerCase(), other.toLowerCase()) ? "by one letter" : null;
}

/** One letter changed, added or dropped. Short names differ too easily for that to mean anything, and numbers on purpose. */
function oneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || short.length < 3) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (/\d/.test(`${short[at] ?? ""}${long[at] ?? ""}`)) return false;
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1);
}
