import type { Condition } from "../../model/condition.ts";
import { all, always, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Fix, Gate, Reason } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import { authRequestGates } from "./auth-request.ts";
import { evidence, inherited, inheritedOf, own, setting, settingValue } from "./context.ts";
import { refuse } from "./errors.ts";
import { methodFix } from "./location.ts";
import type { Site } from "./lowering.ts";
import { fresh, gate, use, written } from "./lowering.ts";
import { naxsiGates } from "./naxsi.ts";
import type { Directive } from "./parse.ts";
import { scriptGates } from "./scripts.ts";
import { valueOf } from "./values.ts";

/** How refusals of this block are reported: those of a `limit_except` are about the method. */
interface Blame {
  readonly reason: Reason;
  readonly because: (directive: Directive, note: string) => [Evidence, ...Evidence[]];
  readonly fix?: Fix;
}

function blameOf(site: Site, directive: Directive, reason: Reason): Blame {
  const { kind, opener } = site.context;
  if (kind !== "limit_except" || opener === null || !own(site.context, directive.name.value).includes(directive)) {
    return { reason, because: (one, note) => [evidence(one, note)] };
  }
  const because: Blame["because"] = (one, note) => [evidence(opener, "applies to every method not listed"), evidence(one, note)];
  return { reason: "method-limit", because, fix: methodFix(opener) };
}

/** The access phase: addresses, scripts, passwords, tokens and `auth_request`, joined by `satisfy`. */
export function accessGates(site: Site): readonly Gate[] {
  const anyOf = settingValue(site.context, "satisfy", "all") === "any";
  const rules = inheritedOf(site.context, ["allow", "deny"]);
  const passwords = passwordsOf(site);
  const request = setting(site.context, "auth_request");
  const asks = request !== undefined && request.args[0]?.value !== "off";
  use(site, ...rules, ...inherited(site.context, "satisfy"), request);
  const scripts = [...naxsiGates(site), ...scriptGates(site)];
  if (anyOf && rules.length > 0 && (passwords !== null || asks)) {
    return [...anyGates(site, rules, passwords), ...(asks && request !== undefined ? authRequestGates(site, request) : []), ...scripts];
  }
  const end = fresh(site.low, "addresses passed");
  const lists = listGates(site, rules, end);
  const rest = [
    ...(passwords === null ? [] : challengeGates(site, passwords)),
    ...(asks && request !== undefined ? authRequestGates(site, request) : []),
    ...scripts,
  ];
  const [first, ...others] = rest;
  const jumps = lists.some(({ effect }) => effect.kind === "jump");
  return first === undefined || !jumps ? [...lists, ...rest] : [...lists, landing(site, rules, end), first, ...others];
}

/** Carries the label that `allow` and `deny` jump to. */
function landing(site: Site, rules: readonly Directive[], label: string): Gate {
  const at = rules[0]?.head ?? site.context.opener?.head;
  if (at === undefined) throw new Error("a list of addresses has a first rule");
  return gate(always, { kind: "set", variable: "addresses passed", value: [] }, [{ at, note: "the list of addresses ends" }], { label });
}

/** The condition of one `allow` or `deny`. */
function addressed(rule: Directive): Condition {
  const word = rule.args[0];
  const there = written(rule);
  if (word === undefined || word.value === "all") return there;
  if (word.value === "unix:") return all(there, { kind: "any", of: [] });
  if (word.template) return all(there, { kind: "unknown", key: `address ${word.value}`, why: `the addresses \`${word.value}\` stands for`, reads: ["clientAddress"], at: word.at });
  return all(there, test("clientAddress", { kind: "inNetwork", blocks: [word.value] }, rule.head));
}

/** `satisfy all`: the first rule that matches decides. */
function listGates(site: Site, rules: readonly Directive[], end: string): readonly Gate[] {
  return rules.flatMap((rule) => {
    const when = addressed(rule);
    if (rule.name.value === "allow") return [gate(when, { kind: "jump", to: end }, [evidence(rule, "lets these addresses through")])];
    const { reason, because, fix } = blameOf(site, rule, "address-list");
    return refuse(site, { when, status: 403, because: because(rule, "refuses these addresses"), more: { reason, ...(fix === undefined ? {} : { fix }) } });
  });
}

interface Passwords {
  readonly directive: Directive;
  /** The client does not prove who it is, though it is asked. */
  readonly fails: Condition;
}

/** `auth_basic` needs a file of users, and the realm `off` ends it (ngx_http_auth_basic_module). */
function passwordsOf(site: Site): Passwords | null {
  const jwt = setting(site.context, "auth_jwt");
  const basic = setting(site.context, "auth_basic");
  const directive = basic !== undefined && setting(site.context, "auth_basic_user_file") !== undefined ? basic : jwt;
  const realm = directive?.args[0];
  if (directive === undefined || realm === undefined || realm.value === "off") return null;
  use(site, directive);
  const valid = test("identity", { kind: "equals", value: text("valid") }, directive.head);
  const value = valueOf(site, realm);
  const fixed = value.every((part) => part.kind === "text");
  const asked = fixed ? always : not(testText(value, { kind: "equals", value: text("off") }, directive.head));
  return { directive, fails: all(written(directive), asked, not(valid)) };
}

function challengeGates(site: Site, passwords: Passwords): readonly Gate[] {
  const { reason, because, fix } = blameOf(site, passwords.directive, "authorization");
  return refuse(site, {
    when: passwords.fails,
    status: 401,
    because: because(passwords.directive, "asks who the client is"),
    more: { reason, ...(fix === undefined ? {} : { fix }) },
  });
}

/** `satisfy any`: an allowed address is enough, else the password decides; only without one a `deny` does. */
function anyGates(site: Site, rules: readonly Directive[], passwords: Passwords | null): readonly Gate[] {
  const end = fresh(site.low, "not allowed");
  const lists = rules.map((rule): Gate => {
    const effect = rule.name.value === "allow" ? ({ kind: "continue" } as const) : ({ kind: "jump", to: end } as const);
    const note = rule.name.value === "allow" ? "lets these addresses through" : "these addresses need a password";
    return gate(addressed(rule), effect, [evidence(rule, note)]);
  });
  const challenge = passwords === null ? [] : challengeGates(site, passwords);
  return [...lists, landing(site, rules, end), ...challenge];
}
