import type { Condition } from "../../model/condition.ts";
import { all, always, never, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Gate, Reason } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import { authRequestAmong, authRequestGates, authRequestRefused } from "./auth-request.ts";
import { evidence, inherited, inheritedOf, own, setting, settingValue } from "./context.ts";
import { refuse } from "./errors.ts";
import { methodFix } from "./location.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, isQuestion, use, written } from "./lowering.ts";
import { naxsiGates } from "./naxsi.ts";
import type { Directive } from "./parse.ts";
import { addressIn } from "./real-ip.ts";
import { scriptGates } from "./scripts.ts";
import { valueOf } from "./values.ts";

/** How refusals of this block are reported: those of a `limit_except` are about the method. */
interface Blame {
  readonly reason: Reason;
  readonly because: (directive: Directive, note: string) => [Evidence, ...Evidence[]];
  /** What else the gates carry. */
  readonly more: Pick<Gate, "fix" | "intended">;
}

function blameOf(site: Site, directive: Directive, reason: Reason): Blame {
  const { kind, opener } = site.context;
  if (kind !== "limit_except" || opener === null || !own(site.context, directive.name.value).includes(directive)) {
    return { reason, because: (one, note) => [evidence(one, note)], more: {} };
  }
  const because: Blame["because"] = (one, note) => [evidence(opener, "applies to every method not listed"), evidence(one, note)];
  const allowed = own(site.context, "allow").length > 0;
  return { reason: "method-limit", because, more: { fix: methodFix(opener), ...(allowed ? { intended: "some addresses are allowed to write, so the others are not meant to" } : {}) } };
}

/** The access phase: addresses, scripts, passwords, tokens and `auth_request`, joined by `satisfy`. */
export function accessGates(site: Site): readonly Gate[] {
  const anyOf = settingValue(site.context, "satisfy", "all") === "any";
  const rules = inheritedOf(site.context, ["allow", "deny"]);
  const passwords = passwordsOf(site);
  const request = setting(site.context, "auth_request");
  const asks = request !== undefined && request.args[0]?.value !== "off" ? request : null;
  use(site, ...rules, ...inherited(site.context, "satisfy"), request);
  const scripts = [...naxsiGates(site), ...scriptGates(site)];
  const ways = Number(rules.length > 0) + Number(passwords !== null) + Number(asks !== null);
  const gates = anyOf && ways > 1 ? [...anyGates(site, rules, passwords, asks), ...scripts] : allGates(site, rules, passwords, asks, scripts);
  return asksNothing(site, gates);
}

/** What `auth_request` asks passes the access phase (ngx_http_core_access_phase). */
function asksNothing(site: Site, gates: readonly Gate[]): readonly Gate[] {
  const [first] = gates;
  if (!site.low.asks || first === undefined) return gates;
  const [{ at }] = first.because;
  return [gate(isQuestion(at), { kind: "continue" }, [{ at: { ...at, end: at.start }, note: "a question of nginx itself is not checked" }]), ...gates];
}

/** `satisfy all`: addresses first, then passwords, then the other location. */
function allGates(site: Site, rules: readonly Directive[], passwords: Passwords | null, asks: Directive | null, scripts: readonly Gate[]): readonly Gate[] {
  const end = fresh(site.low, "addresses passed");
  const lists = listGates(site, rules, end);
  const rest = [...(passwords === null ? [] : challengeGates(site, passwords)), ...(asks === null ? [] : authRequestGates(site, asks)), ...scripts];
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
function addressed(site: Site, rule: Directive): Condition {
  const word = rule.args[0];
  const there = written(rule);
  if (word === undefined || word.value === "all") return there;
  if (word.value === "unix:") return all(there, { kind: "any", of: [] });
  if (word.template) return all(there, { kind: "unknown", key: `address ${word.value}`, why: `the addresses \`${word.value}\` stands for`, reads: ["clientAddress"], at: word.at });
  return all(there, addressIn(site, [word.value], rule.head));
}

/** `satisfy all`: the first rule that matches decides. */
function listGates(site: Site, rules: readonly Directive[], end: string): readonly Gate[] {
  return rules.flatMap((rule) => {
    const when = addressed(site, rule);
    if (rule.name.value === "allow") return [gate(when, { kind: "jump", to: end }, [evidence(rule, "lets these addresses through")])];
    const { reason, because, more } = blameOf(site, rule, "address-list");
    return refuse(site, { when, status: 403, because: because(rule, "refuses these addresses"), more: { reason, ...more } });
  });
}

interface Passwords {
  readonly directive: Directive;
  /** The client is asked at all. */
  readonly asked: Condition;
  /** The client does not prove who it is, though it is asked. */
  readonly fails: Condition;
}

/** `auth_basic` needs a file of users, and the realm `off` ends it (ngx_http_auth_basic_module). */
function passwordsOf(site: Site): Passwords | null {
  const jwt = setting(site.context, "auth_jwt");
  const basic = setting(site.context, "auth_basic");
  const users = setting(site.context, "auth_basic_user_file");
  const directive = basic !== undefined && users !== undefined ? basic : jwt;
  const realm = directive?.args[0];
  if (directive === undefined || realm === undefined || realm.value === "off") return null;
  use(site, directive);
  const isNobody = directive === basic && users?.args[0]?.value === nobody;
  const valid = isNobody ? never : test("identity", { kind: "equals", value: text("valid") }, directive.head);
  const value = valueOf(site, realm);
  const fixed = value.every((part) => part.kind === "text");
  const asked = fixed ? always : not(testText(value, { kind: "equals", value: text("off") }, directive.head));
  return { directive, asked: all(written(directive), asked), fails: all(written(directive), asked, not(valid)) };
}

/** A file without a line: no credentials are valid. */
const nobody = "/dev/null";

function challengeGates(site: Site, passwords: Passwords): readonly Gate[] {
  const { reason, because, more } = blameOf(site, passwords.directive, "authorization");
  return refuse(site, {
    when: passwords.fails,
    status: 401,
    because: because(passwords.directive, "asks who the client is"),
    more: { reason, ...more },
  });
}

/**
 * `satisfy any`: the first that lets the request through is enough. When none does, a password that was asked for is
 * what the client hears of, else an address that is denied; what nobody checks lets through.
 */
function anyGates(site: Site, rules: readonly Directive[], passwords: Passwords | null, asks: Directive | null): readonly Gate[] {
  const end = fresh(site.low, "not allowed");
  const access = `var:${bookkeeping.access}` as const;
  const lists = rules.flatMap((rule): Gate[] => {
    const when = addressed(site, rule);
    if (rule.name.value === "allow") return [gate(when, { kind: "continue" }, [evidence(rule, "lets these addresses through")])];
    const because: [Evidence] = [evidence(rule, "these addresses need something else")];
    const denied = fresh(site.low, "denied");
    return [gate(when, { kind: "set", variable: bookkeeping.access, value: text(denied) }, because), gate(test(access, { kind: "equals", value: text(denied) }, rule.head), { kind: "jump", to: end }, because)];
  });
  const start = rules[0] ?? passwords?.directive ?? asks;
  if (start === null) return [];
  const before = gate(always, { kind: "set", variable: bookkeeping.access, value: [] }, [evidence(start, "one of several ways in")]);
  const refused = test(access, { kind: "equals", value: text("password") }, start.head);
  return [
    before,
    ...lists,
    ...(rules.length > 0 ? [landing(site, rules, end)] : []),
    ...(passwords === null ? [] : passwordGates(passwords)),
    ...(asks === null ? [] : authRequestAmong(site, asks)),
    ...(passwords === null ? [] : refusedBy(site, passwords, refused)),
    ...(asks === null ? [] : authRequestRefused(site, asks)),
    ...deniedGates(site, rules, not(test(access, { kind: "equals", value: [] }, start.head))),
  ];
}

/** Who proves who they are is through; anybody else is remembered. */
function passwordGates({ directive, fails, asked }: Passwords): readonly Gate[] {
  const because: [Evidence] = [evidence(directive, "asks who the client is")];
  return [gate(all(asked, not(fails)), { kind: "continue" }, because), gate(fails, { kind: "set", variable: bookkeeping.access, value: text("password") }, because)];
}

function refusedBy(site: Site, passwords: Passwords, refused: Condition): readonly Gate[] {
  return challengeGates(site, { ...passwords, fails: refused });
}

function deniedGates(site: Site, rules: readonly Directive[], refused: Condition): readonly Gate[] {
  const rule = rules.find(({ name }) => name.value === "deny");
  if (rule === undefined) return [];
  const { reason, because, more } = blameOf(site, rule, "address-list");
  return refuse(site, { when: refused, status: 403, because: because(rule, "refuses these addresses"), more: { reason, ...more } });
}
