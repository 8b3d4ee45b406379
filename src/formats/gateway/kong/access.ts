import { all, always, any, methodIn, not, test, testText, type Condition } from "../../../model/condition.ts";
import { fieldValue, text } from "../../../model/template.ts";
import type { Evidence, Fix } from "../../../model/program.ts";
import type { Span } from "../../../source.ts";
import { booleanOf, items, textOf, type Maybe, type TreeNode } from "../../tree.ts";
import { consumerClaim, credentialsClaim, missingGroup, probablyMeant } from "./consumers.ts";
import { groupReplaced } from "./fixes.ts";
import { reference } from "./names.ts";
import { config, listed, placeOf, unknown, type Draft, type Use } from "./use.ts";

/** Plugins that find out who the client is; the value is where consumers keep their credentials for it. */
const authentication: Readonly<Record<string, string | null>> = {
  "key-auth": "keyauth_credentials",
  "key-auth-enc": "keyauth_enc_credentials",
  jwt: "jwt_secrets",
  "basic-auth": "basicauth_credentials",
  "hmac-auth": "hmacauth_credentials",
  oauth2: "oauth2_credentials",
  "mtls-auth": null,
  "ldap-auth": null,
  "ldap-auth-advanced": null,
  "oauth2-introspection": null,
  "openid-connect": null,
  "jwt-signer": null,
  "header-cert-auth": null,
  "vault-auth": null,
  saml: null,
};

/** Groups may come from an identity provider: the file does not say who has which. */
const givesGroups: ReadonlySet<string> = new Set(["ldap-auth-advanced", "openid-connect", "oauth2-introspection", "jwt-signer", "mtls-auth", "saml", "header-cert-auth"]);

/** Whether a plugin authenticates. */
export function authenticates(name: string): boolean {
  return Object.hasOwn(authentication, name);
}

/** Whether a plugin nobody here knows might authenticate, by its name or because it runs code. */
export function mayAuthenticate(name: string): boolean {
  return !authenticates(name) && /auth|jwt|oidc|openid|saml|session|^pre-function$|token|identity|login|sso/i.test(name);
}

function signedIn(at: Span): Condition {
  return test("identity", { kind: "in", values: ["valid"] }, at);
}

/** 401 for who has no valid credential of the plugin's kind, unless the plugin lets everybody else in as `anonymous`. */
export function authenticationGates(use: Use): readonly Draft[] {
  const { plugin, configuration } = use;
  if (config(use, "anonymous") !== undefined) return [];
  const kind = authentication[plugin.name] ?? null;
  const listed = kind !== null && configuration.credentials.has(kind);
  const hasKind = listed ? any(not(test(`claim:${credentialsClaim}`, { kind: "present" }, plugin.at)), testText(fieldValue(`claim:${credentialsClaim}`), { kind: "contains", value: text(kind) }, plugin.at)) : always;
  const preflight = booleanOf(config(use, "run_on_preflight")) === false ? not(methodIn(["OPTIONS"], plugin.at)) : always;
  const when = all(preflight, not(all(signedIn(plugin.at), hasKind)));
  return [{ when, effect: { kind: "deny", status: 401 }, reason: "authorization", because: [{ at: plugin.at, note: `\`${plugin.name}\` asks for credentials ${use.where}` }] }];
}

/** The request comes from one of these consumers; clients without credentials are the `anonymous` one where there is one. */
export function isConsumer(use: Use, names: readonly string[], at: Span): Condition {
  const known = all(signedIn(at), test(`claim:${consumerClaim}`, { kind: "in", values: names }, at));
  const anonymous = anonymousConsumers(use);
  return anonymous.some((name) => names.includes(name)) ? any(known, not(signedIn(at))) : known;
}

/** Names of the consumers that clients without credentials count as on this route. */
function anonymousConsumers(use: Use): readonly string[] {
  return use.active.flatMap((plugin) => {
    const named = authenticates(plugin.name) ? reference(config({ ...use, plugin }, "anonymous")) : undefined;
    if (named === undefined) return [];
    return [named, use.configuration.consumerNamed.get(named)?.name ?? named];
  });
}

/** The plugin `acl` (kong/plugins/acl/handler.lua): `allow` or `deny` by group, 401 for clients nobody identified. */
export function aclGates(use: Use): readonly Draft[] {
  const allow = config(use, "allow") ?? config(use, "whitelist");
  const deny = config(use, "deny") ?? config(use, "blacklist");
  const list = deny !== undefined && !isEmptyList(deny) ? deny : allow;
  const at = placeOf(use, list);
  const others = use.active.filter((plugin) => plugin !== use.plugin);
  const identified = others.some((plugin) => authenticates(plugin.name));
  if (!identified) return [unidentified(use, others.some((plugin) => mayAuthenticate(plugin.name)))];
  const { known: groups, open } = listed(list);
  const because: readonly [Evidence, ...Evidence[]] = [{ at, note: list === deny ? `the groups ${quoted(groups)} are denied` : allowNote(use, groups) }];
  const unfilled = open.map((item) => unfilledGroup(use, item));
  const refused = list === deny ? any(inGroups(use, groups, at), ...unfilled) : all(outsideGroups(use, groups, at), ...unfilled);
  const anonymous = anonymousConsumers(use);
  const fix = list === deny ? null : groupFix(use, list);
  if (anonymous.length === 0) return [{ when: refused, effect: { kind: "deny", status: 403 }, reason: "authorization", because, ...(fix && { fix }) }];
  return [
    { when: all(not(signedIn(at)), anonymousRefused(use, anonymous, groups, list === deny, at)), effect: { kind: "deny", status: 401 }, reason: "authorization", because },
    { when: all(signedIn(at), refused), effect: { kind: "deny", status: 403 }, reason: "authorization", because },
  ];
}

function isEmptyList(node: TreeNode): boolean {
  return node.kind === "list" && node.items.length === 0;
}

function unidentified(use: Use, perhaps: boolean): Draft {
  const note = `\`acl\` answers 401 to everybody: no authentication plugin is active ${use.where}`;
  const when = perhaps ? unknown(use, "whether another plugin says who the client is") : always;
  return { when, effect: { kind: "deny", status: 401 }, reason: "authorization", because: [{ at: use.plugin.at, note }] };
}

function quoted(groups: readonly string[]): string {
  return groups.map((group) => `\`${group}\``).join(", ");
}

function allowNote({ configuration }: Use, groups: readonly string[]): string {
  if (groups.length === 0) return "no group is allowed";
  const missing = configuration.listsConsumers ? groups.filter((group) => !configuration.groups.has(group)) : [];
  if (missing.length === 0) return `only the groups ${quoted(groups)} may pass`;
  return missing.map((group) => missingGroup(group, configuration)).join("; ");
}

/** When the only group of the list is a slip away from one that somebody has. */
function groupFix({ configuration }: Use, list: Maybe): Fix | null {
  const [only, ...others] = items(list);
  const group = textOf(only);
  if (only === undefined || group === undefined || others.length > 0 || !configuration.listsConsumers || configuration.groups.has(group)) return null;
  const meant = probablyMeant(group, configuration);
  return meant === null ? null : groupReplaced(only, meant.group);
}

function hasGroup(groups: readonly string[], at: Span): Condition {
  return { kind: "test", subject: { kind: "entries", from: ["groups"], part: "values" }, operator: { kind: "in", values: groups }, at };
}

/** With `include_consumer_groups` the consumer groups count as well (Kong 3.6). */
function inGroups(use: Use, groups: readonly string[], at: Span): Condition {
  if (booleanOf(config(use, "include_consumer_groups")) !== true) return hasGroup(groups, at);
  const members = use.configuration.consumers.filter((consumer) => consumer.consumerGroups.some((group) => groups.includes(group)));
  return any(hasGroup(groups, at), test(`claim:${consumerClaim}`, { kind: "in", values: members.flatMap((consumer) => consumer.name ?? []) }, at));
}

/** When the consumers, or their groups, are kept elsewhere, only a client that says which groups it has can be judged. */
function outsideGroups(use: Use, groups: readonly string[], at: Span): Condition {
  const outside = not(inGroups(use, groups, at));
  const elsewhere = !use.configuration.listsConsumers || use.active.some((plugin) => givesGroups.has(plugin.name));
  if (!elsewhere || groups.length === 0) return outside;
  const says: Condition = { kind: "test", subject: { kind: "entries", from: ["groups"], part: "count" }, operator: { kind: "number", is: ">", value: text("0") }, at };
  return all(outside, any(says, unknown(use, `whether the client has one of the groups ${quoted(groups)}, which these files do not say`, at)));
}

function unfilledGroup(use: Use, item: TreeNode): Condition {
  return unknown(use, `the value of \`${item.kind === "scalar" ? item.text : ""}\``, item.at);
}

/** Whether the `anonymous` consumer is turned away; it is judged by its own groups. */
function anonymousRefused(use: Use, names: readonly string[], groups: readonly string[], denied: boolean, at: Span): Condition {
  const consumer = names.flatMap((name) => use.configuration.consumerNamed.get(name) ?? [])[0];
  if (consumer === undefined) return use.configuration.listsConsumers ? always : unknown(use, "the groups of the anonymous consumer", at);
  const inList = consumer.groups.some((group) => groups.includes(group.name));
  return inList === denied ? always : { kind: "any", of: [] };
}
