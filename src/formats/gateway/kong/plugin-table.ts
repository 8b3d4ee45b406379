import { all, type Condition } from "../../../model/condition.ts";
import type { Reason } from "../../../model/program.ts";
import { field, textOf, type TreeNode } from "../../tree.ts";
import type { Plugin } from "./entities.ts";
import { aclGates, authenticates, authenticationGates } from "./access.ts";
import { addressGates, advancedRateGates, botGates, preflightGates, rateGates, redirectGates, sizeGates, terminationGates, transformerGates } from "./limits.ts";
import { unknown, type Draft, type Use } from "./use.ts";

/** `PRIORITY` of the plugins that come with Kong; higher runs first. */
const priorities: Readonly<Record<string, number>> = {
  "pre-function": 1_000_000,
  "bot-detection": 2500,
  cors: 2000,
  session: 1900,
  "oauth2-introspection": 1700,
  "mtls-auth": 1600,
  degraphql: 1500,
  jwt: 1450,
  oauth2: 1400,
  "vault-auth": 1350,
  "key-auth": 1250,
  "key-auth-enc": 1250,
  "ldap-auth": 1200,
  "ldap-auth-advanced": 1200,
  "basic-auth": 1100,
  "openid-connect": 1050,
  "hmac-auth": 1030,
  "jwt-signer": 1020,
  saml: 1010,
  "header-cert-auth": 1009,
  "request-validator": 999,
  "ip-restriction": 990,
  "request-size-limiting": 951,
  acl: 950,
  opa: 920,
  "rate-limiting": 910,
  "rate-limiting-advanced": 910,
  "graphql-rate-limiting-advanced": 902,
  "oas-validation": 840,
  "request-transformer-advanced": 802,
  "request-transformer": 801,
  redirect: 779,
  "request-termination": 2,
  "post-function": -1000,
};

/** Where custom plugins usually run: the priority of Kong's plugin template. */
const usualPriority = 1000;

/** When a plugin runs: higher first. */
export function priorityOf(name: string): number {
  return Object.hasOwn(priorities, name) ? (priorities[name] ?? usualPriority) : usualPriority;
}

type Lowering = (use: Use) => readonly Draft[];

const lowerings: Readonly<Record<string, Lowering>> = {
  acl: aclGates,
  "bot-detection": botGates,
  cors: preflightGates,
  "ip-restriction": addressGates,
  "request-size-limiting": sizeGates,
  "rate-limiting": rateGates,
  "rate-limiting-advanced": advancedRateGates,
  "request-termination": terminationGates,
  redirect: redirectGates,
  "request-transformer": transformerGates,
  "request-transformer-advanced": transformerGates,
  "pre-function": codeGates,
  "post-function": codeGates,
  "serverless-functions": codeGates,
  "request-validator": (use) => [opaque(use, 400, "content-type", "whether the request fits the schema that `request-validator` asks for")],
  "oas-validation": (use) => [opaque(use, 400, "content-type", "whether the request fits the OpenAPI document that `oas-validation` has")],
  opa: (use) => [opaque(use, 403, "authorization", "what the Open Policy Agent answers")],
};

/** Plugins that cannot refuse, with what they do instead. */
const harmless: readonly (readonly [names: RegExp, reason: string])[] = [
  [/-log$|^(?:loggly|syslog|datadog|prometheus|statsd(?:-advanced)?|zipkin|opentelemetry|app-dynamics|moesif|correlation-id|request-id|tracing)$/, "it only observes"],
  [/^(?:response-|exit-)transformer|^response-ratelimiting$|^(?:grpc-web|grpc-gateway|websocket-transformer|jq|upstream-timeout|forward-proxy|route-by-header|route-transformer.*|canary|tls-.*|session|upstream-.*)$/, "it changes how requests and answers are passed on"],
  [/^(?:proxy-cache(?:-advanced)?|graphql-proxy-cache-advanced|ai-semantic-cache)$/, "it keeps answers, and none for POST"],
  [/^(?:aws-lambda|azure-functions|openwhisk|kafka-.*|confluent.*|mocking|degraphql|ai-proxy(?:-advanced)?|ai-.*-transformer|ai-prompt-(?:template|decorator)|acme|application-registration)$/, "it hands the request to something that answers it"],
];

/** By its name, a plugin nobody here knows might refuse. */
const mayRefuse = /auth|acl|guard|limit|valid|block|waf|deny|restrict|protect|filter|secur|firewall|bot|captcha|jwt|oidc|saml|throttl|shield|policy|verif|check|allow|ip-|size|sanit|webhook|threat|detect/i;

/** Plugins after which a route needs no service: they answer themselves, or may. */
const answering = /^(?:request-termination|redirect|aws-lambda|azure-functions|openwhisk|kafka-.*|confluent.*|mocking|ai-.*|pre-function|post-function|serverless-functions|forward-proxy|acme|degraphql|oas-.*)$/;

/** Whether a plugin answers in place of a service; of plugins nobody here knows this is `perhaps`. */
export function answersItself(name: string): "yes" | "no" | "perhaps" {
  if (answering.test(name)) return "yes";
  return Object.hasOwn(lowerings, name) || authenticates(name) || harmlessReason(name) !== null ? "no" : "perhaps";
}

function harmlessReason(name: string): string | null {
  return harmless.find(([names]) => names.test(name))?.[1] ?? null;
}

/** What a plugin does to requests, or why nothing of it matters. */
export function lowerPlugin(use: Use): readonly Draft[] | { readonly ignored: string } {
  const { name } = use.plugin;
  const lowering = Object.hasOwn(lowerings, name) ? lowerings[name] : undefined;
  const drafts = lowering?.(use) ?? (authenticates(name) ? authenticationGates(use) : null);
  if (drafts !== null) return drafts.length > 0 ? drafts : { ignored: `\`${name}\` as configured refuses nobody` };
  const reason = harmlessReason(name);
  if (reason !== null) return { ignored: `\`${name}\`: ${reason}` };
  if (!mayRefuse.test(name)) return { ignored: `\`${name}\`: nothing in its name says that it refuses requests` };
  return [opaque(use, 403, /auth|acl|jwt|oidc|saml|policy/i.test(name) ? "authorization" : /limit|throttl/i.test(name) ? "rate" : "waf-match", `what the plugin \`${name}\` does`)];
}

function opaque(use: Use, status: number, reason: Reason, why: string): Draft {
  return { when: unknown(use, why), effect: { kind: "deny", status }, reason, because: [{ at: use.plugin.at, note: `depends on ${why}` }] };
}

/** Lua code can refuse in the phases before the upstream is called, and only by one of these calls. */
function codeGates(use: Use): readonly Draft[] {
  const phases = ["access", "rewrite", "certificate", "functions"].flatMap((phase) => field(use.plugin.config, phase) ?? []);
  const refusing = phases.find((node) => /\bexit\b|\berror\b|redirect|kong\.response|ngx\.(?:say|print|status)|assert|dofile|require/.test(sourceOf(node)));
  if (refusing === undefined) return [];
  return [{ ...opaque(use, 403, "fixed-answer", `what the Lua code of \`${use.plugin.name}\` does`), because: [{ at: refusing.at, note: "Lua code that can answer by itself" }] }];
}

function sourceOf(node: TreeNode): string {
  return node.at.file.text.slice(node.at.start, node.at.end);
}

/** The POST in a `cors` list of methods: a sign that writes are meant. */
export function corsPost(plugin: Plugin): TreeNode | undefined {
  const methods = field(plugin.config, "methods");
  return methods?.kind === "list" ? methods.items.find((item) => textOf(item) === "POST") : undefined;
}

/** A condition under which alone a plugin runs (Kong 3.14, `condition`). */
export function ownCondition(use: Use): Condition {
  const written = field(use.plugin.node, "condition");
  const open = use.plugin.enabled === undefined ? [unknown(use, `whether \`${use.plugin.name}\` is enabled, which a template says`)] : [];
  return all(...open, ...(written === undefined ? [] : [unknown(use, `the condition of \`${use.plugin.name}\``, written.at)]));
}
