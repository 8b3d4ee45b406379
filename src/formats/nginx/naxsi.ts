import type { Condition } from "../../model/condition.ts";
import { all } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { blocksOf, evidence, inherited, own, setting } from "./context.ts";
import { refuse } from "./errors.ts";
import { locationName } from "./location-name.ts";
import type { Site } from "./lowering.ts";
import { use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";

/** What a refused request gets where nothing says it. */
const USUAL_STATUS = 403;

/**
 * The refusal of NAXSI where it is in force. Its rules are scores that are not read here, so whether it refuses is
 * unknown; while it learns, is switched off or has everything on its white list, it refuses nothing.
 */
export function naxsiGates(site: Site): readonly Gate[] {
  const { context } = site;
  const enabled = inherited(context, "SecRulesEnabled").at(-1);
  if (enabled === undefined || ["SecRulesDisabled", "LearningMode"].some((name) => inherited(context, name).length > 0) || allowsAll(site)) return [];
  const denied = setting(context, "DeniedUrl");
  const checks = inherited(context, "CheckRule").filter(blocks);
  use(site, enabled, denied, ...inherited(context, "CheckRule"));
  const key = `naxsi ${enabled.at.file.path}:${enabled.at.start}`;
  const unknown: Condition = { kind: "unknown", key, why: "the rules of naxsi", reads: "anything", at: enabled.head };
  const because: readonly [Evidence, ...Evidence[]] = [
    evidence(enabled, "can refuse a request"),
    ...(denied === undefined ? [] : [evidence(denied, "answers what is refused")]),
    ...checks.map((check) => evidence(check, "refuses from this score on")),
  ];
  return refuse(site, { when: all(written(enabled), unknown), status: statusOf(site, denied), because, more: { reason: "waf-match" } });
}

/** `BasicRule wl:0` without a zone takes every rule away. */
function allowsAll({ context }: Site): boolean {
  return inherited(context, "BasicRule").some(({ args }) => args.some(({ value }) => value === "wl:0") && !args.some(({ value }) => value.startsWith("mz:")));
}

function blocks({ args }: Directive): boolean {
  return args.some(({ value }) => /^(?:BLOCK|DROP)$/.test(value));
}

/** What the place returns that refused requests are sent to. */
function statusOf({ server }: Site, denied: Directive | undefined): number {
  const path = denied?.args[0]?.value;
  const place = blocksOf(server.context, "location").find((block) => path !== undefined && locationName(block)?.word.value === path);
  const status = Number(place === undefined ? "" : own(place, "return")[0]?.args[0]?.value);
  return status >= 400 && status < 600 ? status : USUAL_STATUS;
}
