import type { Condition } from "../../model/condition.ts";
import { all, methodIn, not, testText } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { evidence, inherited, setting, settingValue } from "./context.ts";
import type { Site } from "./lowering.ts";
import { gate, isQuestion, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";
import { valueOf } from "./values.ts";

/** Variables that are the same for two POSTs of one client to one address, whatever they send. */
const ABOUT_ADDRESS =
  /\$\{?(?:scheme|https|(?:proxy_|http_)?host|proxy_port|server_(?:name|port|addr|protocol)|request_(?:uri|method)|uri|document_uri|args|query_string|is_args|arg_\w+|cookie_\w+|http_(?:cookie|authorization|origin|accept(?:_\w+)?|user_agent|x_forwarded_\w+)|remote_(?:addr|user)|binary_remote_addr)\b\}?/g;

/**
 * A POST that nginx may answer with what another one was answered (ngx_http_upstream_cache): POST is among the methods
 * whose answers are kept, and the key under which they are says nothing of the body.
 */
export function cacheGates(site: Site, pass: Directive): readonly Gate[] {
  const protocol = pass.name.value.replace(/_pass$/, "");
  const cache = setting(site.context, `${protocol}_cache`);
  const methods = setting(site.context, `${protocol}_cache_methods`);
  if (cache === undefined || cache.args[0]?.value === "off" || methods === undefined || !methods.args.some(({ value }) => value.toUpperCase() === "POST")) return [];
  const key = setting(site.context, `${protocol}_cache_key`);
  const valid = inherited(site.context, `${protocol}_cache_valid`).find(keepsAnswers);
  if (valid === undefined || !(key === undefined ? protocol === "proxy" : isAboutAddress(key)) || settingValue(site.context, `${protocol}_buffering`, "on") === "off") return [];
  use(site, cache, methods, key, valid);
  const kept: Condition = { kind: "unknown", key: `cached ${cache.at.file.path}:${cache.at.start}`, why: "what the cache holds", usually: false, reads: "anything", at: methods.head };
  const because: [Evidence, ...Evidence[]] = [evidence(methods, "keeps answers to POSTs"), ...(key === undefined ? [] : [evidence(key, "by this alone")])];
  const when = all(written(cache), written(methods), methodIn(["POST"], methods.head), not(isQuestion(pass.head)), ...passedBy(site, protocol), kept);
  return [gate(when, { kind: "answer", status: 200 }, because, { reason: "cached" })];
}

/** The default, the address, is only `proxy_cache_key`'s. */
function isAboutAddress({ args }: Directive): boolean {
  return args.every(({ value, template }) => !template && !value.replace(ABOUT_ADDRESS, "").includes("$"));
}

/** Whether successes are kept: statuses and a time; without statuses, 200 is among them. */
function keepsAnswers({ args }: Directive): boolean {
  const statuses = args.slice(0, -1).map(({ value }) => value);
  return !/^0+[a-z]*$/.test(args.at(-1)?.value ?? "0") && (statuses.length === 0 || statuses.some((status) => status === "any" || /^20[01]$/.test(status)));
}

/** The cache is left alone where a value is neither empty nor `0`. */
function passedBy(site: Site, protocol: string): readonly Condition[] {
  return [...inherited(site.context, `${protocol}_cache_bypass`), ...inherited(site.context, `${protocol}_no_cache`)].flatMap((directive) => {
    use(site, directive);
    return directive.args.map((word) => testText(valueOf(site, word), { kind: "matches", pattern: "^0?$" }, directive.head));
  });
}
