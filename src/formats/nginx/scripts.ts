import { all } from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";
import type { Gate, Reason } from "../../model/program.ts";
import { evidence, inherited } from "./context.ts";
import { refuse } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";

interface Script {
  readonly names: readonly string[];
  readonly reason: Reason;
  readonly why: string;
  /** Whether this directive can refuse at all. */
  readonly refuses: (directive: Directive) => boolean;
}

const SWITCHED_ON = (directive: Directive): boolean => directive.args[0]?.value === "on";
const LUA_ENDS = /\bngx\s*\.\s*(?:exit|redirect|exec|status|say|print|send_headers|eof)\b|\berror\s*\(|\brequire\b|\bdofile\b/;

const SCRIPTS: readonly Script[] = [
  ...["server_rewrite", "rewrite", "access"].map((phase): Script => ({
    names: [`${phase}_by_lua_block`, `${phase}_by_lua`, `${phase}_by_lua_file`],
    reason: "authorization",
    why: "what the Lua code does",
    refuses: luaRefuses,
  })),
  { names: ["js_access"], reason: "authorization", why: "what the JavaScript code does", refuses: () => true },
  { names: ["app_protect_enable"], reason: "waf-match", why: "the policy of App Protect", refuses: SWITCHED_ON },
];

/** Code from a file may do anything; code at hand can refuse only by a call that ends the request. */
function luaRefuses(directive: Directive): boolean {
  const code = directive.lua?.text ?? (directive.name.value.endsWith("_file") ? null : directive.args[0]?.value);
  return code === null || code === undefined || LUA_ENDS.test(code);
}

const NAMED_STATUS: Readonly<Record<string, number>> = {
  HTTP_BAD_REQUEST: 400,
  HTTP_UNAUTHORIZED: 401,
  HTTP_FORBIDDEN: 403,
  HTTP_NOT_FOUND: 404,
  HTTP_NOT_ALLOWED: 405,
  HTTP_TOO_MANY_REQUESTS: 429,
  HTTP_SERVICE_UNAVAILABLE: 503,
};

function statusOf(directive: Directive): number {
  const code = directive.lua?.text ?? directive.args[0]?.value ?? "";
  const found = /ngx\s*\.\s*exit\s*\(\s*(?:ngx\s*\.\s*)?(\w+)\s*\)/.exec(code)?.[1] ?? "";
  const status = NAMED_STATUS[found] ?? Number(found);
  return status >= 400 && status < 600 ? status : 403;
}

/** Refusals that only running code or rules can tell about: Lua, JavaScript, App Protect. */
export function scriptGates(site: Site): readonly Gate[] {
  return SCRIPTS.flatMap(({ names, reason, why, refuses }) => {
    const [directive] = names.flatMap((name) => inherited(site.context, name));
    if (directive === undefined || !refuses(directive)) return [];
    use(site, directive);
    const key = `${directive.name.value} ${directive.at.file.path}:${directive.at.start}`;
    const unknown: Condition = { kind: "unknown", key, why, reads: "anything", at: directive.head };
    const because = [evidence(directive, "can refuse a request")] as const;
    return refuse(site, { when: all(written(directive), unknown), status: statusOf(directive), because, more: { reason } });
  });
}
