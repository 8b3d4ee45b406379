import { all, always, any, isAlways, not, type Condition } from "../../model/condition.ts";
import type { Effect, Fix, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { isKnown } from "./addresses.ts";
import { collection, sections, setting, takesAway, words, type Entry, type Place } from "./config.ts";
import { withoutPost, withPost } from "./fixes.ts";
import { deny, evidence, gate, verbIn } from "./gates.ts";
import { meantBy } from "./intent.ts";
import { attribute, valueOf, type Element } from "./xml.ts";

const section = "system.webServer/security/authorization";

/**
 * IIS's own URL authorization: rules that deny first, then those that allow, parents' before children's; who is named by
 * none gets 401 (Understanding IIS URL Authorization). The server's own rule lets everybody in unless it is taken away.
 */
export function iisAuthorization(place: Place): readonly Gate[] {
  const of = sections(place, section);
  const entries = collection(of, ["users", "roles", "verbs"]);
  const isDeny = ({ element }: Entry): boolean => valueOf(element, "accessType")?.toLowerCase() === "deny";
  const gates = entries.filter(isDeny).map(({ element }) => deny(applies(element), 401, whyDenied(element)));
  if (!takesAway(of, { users: "*", roles: "", verbs: "" })) return gates;
  const allows = entries.filter((entry) => !isDeny(entry)).map(({ element }) => element);
  const last = of.at(-1)?.element;
  if (last === undefined) return gates;
  return [...gates, deny(not(any(...allows.map(applies))), 401, whyNotAllowed(last, allows))];
}

/**
 * ASP.NET's URL authorization: the first rule that fits decides, children's before parents'; without one everybody may
 * come in (authorization Element, ASP.NET Settings Schema). With forms authentication 401 leads to the login page.
 */
export function aspNetAuthorization(place: Place): readonly Gate[] {
  const rules = sections(place, "system.web/authorization").toReversed().flatMap(({ element }) => element.children);
  const effect = refusal(place);
  return rules.flatMap((rule, index): readonly Gate[] => {
    const { at } = rule;
    if (rule.name === "allow") return [gate(applies(rule), { kind: "continue" }, { at, note: "lets these in", reason: "none" })];
    if (rule.name !== "deny") return [];
    const before = rules.slice(0, index).filter(({ name, attributes }) => name === "allow" && attributes.some((one) => one.name === "verbs"));
    const why = attribute(rule, "verbs") === undefined && isAlways(applies(rule)) && before.length > 0 ? whyNotAllowed(rule, before) : whyDenied(rule);
    return [gate(applies(rule), effect, why)];
  });
}

function refusal(place: Place): Effect {
  const authentication = sections(place, "system.web/authentication");
  if (setting(authentication, "mode")?.value.toLowerCase() !== "forms") return { kind: "deny", status: 401 };
  const login = setting(sections(place, "system.web/authentication/forms"), "loginUrl")?.value ?? "login.aspx";
  return { kind: "redirect", status: 302, to: text(/^(?:https?:)?\//.test(login) ? login : `/${login.replace(/^~\//, "")}`) };
}

/** The rule is about this client and this method. */
function applies(rule: Element): Condition {
  const { at } = rule;
  const verbs = words(valueOf(rule, "verbs"));
  const clients = [...words(valueOf(rule, "users")).map((user) => isUser(user, at)), ...words(valueOf(rule, "roles")).map((role) => hasRole(role, at))];
  return all(verbs.length === 0 ? always : verbIn(verbs, at), any(...clients));
}

function isUser(user: string, at: Span): Condition {
  if (user === "*") return always;
  if (user === "?") return not(isKnown(at));
  return all(isKnown(at), { kind: "unknown", key: `user ${user}`, why: "who sends the request", reads: ["identity"], at });
}

/** Nobody knows what roles a client has, unless the request says so. */
function hasRole(role: string, at: Span): Condition {
  if (role === "*") return always;
  const named: Condition = { kind: "test", subject: { kind: "entries", from: ["groups"], part: "values" }, operator: { kind: "in", values: [role], ignoreCase: true }, at };
  return all(isKnown(at), any(named, { kind: "unknown", key: `role ${role}`, why: "what roles the client has", reads: ["identity"], at }));
}

interface Refusal {
  readonly at: Span;
  readonly note: string;
  readonly reason: "method-limit" | "authorization";
  readonly fix?: Fix | null;
  readonly intended?: string | null;
  readonly more?: readonly ReturnType<typeof evidence>[];
}

function whyDenied(rule: Element): Refusal {
  const named = attribute(rule, "verbs") !== undefined;
  const everybody = isAlways(any(...words(valueOf(rule, "users")).map((user) => isUser(user, rule.at))));
  if (!named || !everybody) return { at: rule.at, note: "refuses these clients", reason: "authorization" };
  return { at: rule.at, note: "refuses these methods", reason: "method-limit", fix: withoutPost(rule, "verbs"), intended: meantBy(rule) };
}

/** Points at the rule whose list of methods leaves POST out, where there is one. */
function whyNotAllowed(refusing: Element, allows: readonly Element[]): Refusal {
  const limited = allows.find((rule) => attribute(rule, "verbs") !== undefined && isAlways(any(...words(valueOf(rule, "users")).map((user) => isUser(user, rule.at)))));
  if (limited === undefined) return { at: refusing.at, note: "lets in only who is named", reason: "authorization" };
  return { at: limited.at, note: "lets in these methods only", reason: "method-limit", fix: withPost(limited, "verbs"), intended: meantBy(limited), more: [evidence(refusing, "refuses everybody else")] };
}

/** Where nobody may stay unknown, who does gets 401 (Anonymous Authentication). */
export function anonymousGates(place: Place): readonly Gate[] {
  const of = sections(place, "system.webServer/security/authentication/anonymousAuthentication");
  const enabled = setting(of, "enabled");
  if (enabled === null || enabled.value.toLowerCase() !== "false") return [];
  const { at } = enabled.by;
  return [deny(not(isKnown(at)), 401, { at, note: "asks who is there", reason: "authorization" })];
}
