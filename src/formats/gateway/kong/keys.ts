import type { Evidence } from "../../../model/program.ts";
import { entries, type TreeNode } from "../../tree.ts";

/** Notes every key of a mapping that has a reason for not being lowered. */
export function noteKeys(node: TreeNode, reasonOf: (key: string) => string | null, ignored: Evidence[]): void {
  for (const one of entries(node)) {
    const reason = reasonOf(one.key);
    if (reason !== null) ignored.push({ at: one.keyAt, note: reason });
  }
}

/** What is read by the lowering itself and so needs no reason for being left out. */
function reasons(read: readonly string[], harmless: Readonly<Record<string, string>>, otherwise: string): (key: string) => string | null {
  return (key) => (read.includes(key) ? null : Object.hasOwn(harmless, key) ? (harmless[key] ?? otherwise) : otherwise);
}

function same(keys: string, reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.split(" ").map((key) => [key, reason]));
}

/** Why a top-level key cannot stop a request; null for the ones that are lowered. */
export const topLevelReason = reasons(
  ["_format_version", "services", "routes", "plugins", "consumers", "consumer_groups", "acls", "_info", "_plugin_configs", ...credentialKeys()],
  {
    ...same("_transform _workspace _konnect _comment _ignore", "says how the file is loaded"),
    ...same("upstreams targets", "says where an accepted request goes"),
    ...same("certificates ca_certificates snis", "TLS comes before routing"),
    ...same("vaults keys key_sets", "holds secrets"),
    ...same("rbac_roles rbac_role_endpoints admins workspaces licenses files", "rules the admin interface"),
    ...same("custom_entities degraphql_routes graphql_ratelimiting_cost_decorations partials filter_chains custom_plugins cloned_plugins", "belongs to plugins whose effect is not analysed"),
  },
  "Kong knows no such key",
);

/** Why a service's key cannot stop a request. */
export const serviceKeyReason = reasons(
  ["name", "id", "routes", "plugins", "enabled"],
  {
    ...same("url protocol host port path retries connect_timeout write_timeout read_timeout client_certificate tls_verify tls_verify_depth tls_sans ca_certificates", "says where an accepted request goes"),
    ...same("tags created_at updated_at ws_id", "is for bookkeeping"),
  },
  "Kong knows no such key of a service",
);

/** Why a route's key cannot stop a request. */
export const routeKeyReason = reasons(
  ["name", "id", "service", "plugins", "hosts", "paths", "methods", "headers", "snis", "sources", "destinations", "protocols", "https_redirect_status_code", "regex_priority", "expression", "priority"],
  {
    ...same("strip_path preserve_host path_handling request_buffering response_buffering", "changes how an accepted request is passed on"),
    ...same("tags created_at updated_at ws_id", "is for bookkeeping"),
  },
  "Kong knows no such key of a route",
);

/** Why a plugin's key cannot stop a request. */
export const pluginKeyReason = reasons(
  ["name", "config", "enabled", "service", "route", "consumer", "consumer_group", "_config", "condition"],
  {
    ...same("id instance_name tags created_at updated_at ws_id", "is for bookkeeping"),
    ...same("protocols run_on", "is checked when the file is loaded"),
    ordering: "the plugins are taken to run by their priority",
    partials: "connections the plugin shares with others",
  },
  "Kong knows no such key of a plugin",
);

/** Why a consumer's key cannot stop a request. */
export const consumerKeyReason = reasons(
  ["username", "custom_id", "id", "acls", "groups", "plugins", ...credentialKeys()],
  same("tags created_at updated_at ws_id type", "is for bookkeeping"),
  "does not decide what a consumer may do",
);

/** Keys of a consumer, or of the file, under which credentials stand. */
export function credentialKeys(): readonly string[] {
  return ["keyauth_credentials", "keyauth_enc_credentials", "jwt_secrets", "basicauth_credentials", "oauth2_credentials", "hmacauth_credentials", "mtls_auth_credentials"];
}
