import { all, always, any, methodIn, not, test, testText, type Condition, type Operator } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import type { Gate, Reason } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { collection, count, flag, sections, setting, type Entry, type Place, type Section } from "./config.ts";
import { addVerb, allowVerb } from "./fixes.ts";
import { deny, evidence, gate, quoted } from "./gates.ts";
import { meantBy } from "./intent.ts";
import { named, valueOf, type Element } from "./xml.ts";

const section = "system.webServer/security/requestFiltering";

/** What bodies may have by default, in bytes (Request Limits, "maxAllowedContentLength"). */
const defaultBytes = 30_000_000;

/**
 * The gates of the Request Filtering module, which looks at a request before anything else does (IIS Request Filtering
 * and URL Rewriting). All refuse with 404, but for a body that is too large: 413 (Request Limits; 404 before IIS 10).
 */
export function filterGates(place: Place): readonly Gate[] {
  return [...alwaysAllowed(place), ...limits(place), ...verbs(place), ...extensions(place), ...segments(place), ...sequences(place), ...rules(place)];
}

function part(place: Place, name: string): readonly Section[] {
  return sections(place, `${section}/${name}`);
}

function pathIs(operator: Operator, at: Span): Condition {
  return testText(fieldValue("path"), operator, at);
}

/** Addresses that no other filter looks at. */
function alwaysAllowed(place: Place): readonly Gate[] {
  return collection(part(place, "alwaysAllowedUrls"), ["url"]).map(({ element }) => {
    const url = valueOf(element, "url") ?? "";
    const when = pathIs({ kind: "equals", value: text(url), ignoreCase: true }, element.at);
    return gate(when, { kind: "continue" }, { at: element.at, note: "is let through by every filter", reason: "none" });
  });
}

function limits(place: Place): readonly Gate[] {
  const of = part(place, "requestLimits");
  const bytes = count(of, "maxAllowedContentLength");
  const at = bytes?.by.at ?? place.at;
  const most = String(bytes?.value ?? defaultBytes);
  const large = test("contentLength", { kind: "number", is: ">", value: text(most) }, at);
  const body = deny(large, 413, { at, note: `refuses bodies of more than ${most} bytes`, reason: "body-size", implied: bytes === null });
  return [body, ...entityLimit(place), ...longer(of, "maxUrl", "path"), ...longer(of, "maxQueryString", "query"), ...headerLimits(place)];
}

/** The core reads no more of a body than this, whoever answers (Server Runtime). */
function entityLimit(place: Place): readonly Gate[] {
  const bytes = count(sections(place, "system.webServer/serverRuntime"), "maxRequestEntityAllowed");
  if (bytes === null) return [];
  const { at } = bytes.by;
  return [deny(test("bodyBytes", { kind: "number", is: ">", value: text(String(bytes.value)) }, at), 413, { at, note: `reads no more than ${bytes.value} bytes`, reason: "body-size" })];
}

function longer(of: readonly Section[], name: string, field: Field): readonly Gate[] {
  const most = count(of, name);
  return most === null ? [] : [tooLong(field, most.value, most.by, 404)];
}

function tooLong(field: Field, most: number, by: Element, status: number): Gate {
  const operator: Operator = { kind: "number", is: ">", value: text(String(most)) };
  const when: Condition = { kind: "test", subject: { kind: "field", field }, transforms: ["length"], operator, at: by.at };
  return deny(when, status, { at: by.at, note: `refuses what is longer than ${most}`, reason: "protocol" });
}

function headerLimits(place: Place): readonly Gate[] {
  return collection(part(place, "requestLimits/headerLimits"), ["header"]).flatMap((entry) => {
    const most = count([entry], "sizeLimit");
    const header = valueOf(entry.element, "header")?.toLowerCase() ?? "";
    return most === null || header === "" ? [] : [tooLong(`header:${header}`, most.value, entry.element, 431)];
  });
}

/** Verbs are compared with case (Verbs: 404.6). */
function verbs(place: Place): readonly Gate[] {
  const of = part(place, "verbs");
  const entries = collection(of, ["verb"]);
  const refused = entries.filter((entry) => !flag([entry], "allowed", true));
  const gates = refused.map(({ element }) => {
    const why = { at: element.at, note: "refuses this method", reason: "method" as const, fix: allowVerb(element), intended: meantBy(element) };
    return deny(methodIn([valueOf(element, "verb") ?? ""], element.at), 404, why);
  });
  const unlisted = setting(of, "allowUnlisted");
  if (unlisted === null || flag(of, "allowUnlisted", true)) return gates;
  const { by } = unlisted;
  const last = entries.filter(({ element }) => by.children.includes(element)).at(-1)?.element;
  const listed = entries.map(({ element }) => valueOf(element, "verb") ?? "");
  const why = { at: by.at, note: "refuses methods that are not listed", reason: "method" as const, fix: last === undefined || listed.includes("POST") ? null : addVerb(last), intended: meantBy(by) };
  return [...gates, deny(not(methodIn(listed, by.at)), 404, why)];
}

/** The extension of the last segment; `.` stands for none. */
function hasExtension(extension: string, at: Span): Condition {
  const pattern = extension === "." ? "(?:^|/)[^./]*$" : `${quoted(extension.startsWith(".") ? extension : `.${extension}`)}$`;
  return pathIs({ kind: "matches", pattern, ignoreCase: true, dollarEndOnly: true }, at);
}

function extensions(place: Place): readonly Gate[] {
  const of = part(place, "fileExtensions");
  const entries = collection(of, ["fileExtension"]);
  const has = ({ element }: Entry): Condition => hasExtension(valueOf(element, "fileExtension") ?? "", element.at);
  const refused = entries.filter((entry) => !flag([entry], "allowed", true));
  const gates = refused.map((entry) => deny(has(entry), 404, { at: entry.element.at, note: "refuses this file name extension", reason: "waf-match" }));
  const unlisted = setting(of, "allowUnlisted");
  if (unlisted === null || flag(of, "allowUnlisted", true)) return gates;
  const { at } = unlisted.by;
  return [...gates, deny(not(any(...entries.map(has))), 404, { at, note: "refuses file name extensions that are not listed", reason: "waf-match" })];
}

function segments(place: Place): readonly Gate[] {
  return collection(part(place, "hiddenSegments"), ["segment"]).map(({ element }) => {
    const pattern = `(?:^|/)${quoted(valueOf(element, "segment") ?? "")}(?:/|$)`;
    const when = pathIs({ kind: "matches", pattern, ignoreCase: true, dollarEndOnly: true }, element.at);
    return deny(when, 404, { at: element.at, note: "hides paths with this segment", reason: "waf-match" });
  });
}

function sequences(place: Place): readonly Gate[] {
  const denied = (name: string, field: "path" | "query"): readonly Gate[] => {
    const spared = field === "path" ? always : not(any(...allowedQueries(place)));
    return collection(part(place, name), ["sequence"]).flatMap(({ element }) => {
      const sequence = valueOf(element, "sequence") ?? "";
      if (sequence === "") return [];
      const when = testText(fieldValue(field), { kind: "contains", value: text(sequence), ignoreCase: true }, element.at);
      return [deny(all(spared, when), 404, { at: element.at, note: `refuses what has this in its ${field}`, reason: "waf-match" })];
    });
  };
  return [...denied("denyUrlSequences", "path"), ...denied("denyQueryStringSequences", "query")];
}

function allowedQueries(place: Place): readonly Condition[] {
  return collection(part(place, "alwaysAllowedQueryStrings"), ["queryString"]).map(({ element }) =>
    testText(fieldValue("query"), { kind: "equals", value: text(valueOf(element, "queryString") ?? ""), ignoreCase: true }, element.at),
  );
}

/** Filtering rules: any of the strings in any of the parts (404.19). */
function rules(place: Place): readonly Gate[] {
  return collection(part(place, "filteringRules"), ["name"], "filteringRule").flatMap((entry) => {
    const { element } = entry;
    const listed = (name: string, key: string): readonly string[] => listOf(element, name, key);
    const strings = listed("denyStrings", "string").filter(Boolean);
    const headers = listed("scanHeaders", "requestHeader").map((name): Field => `header:${name.toLowerCase()}`);
    const fields: readonly Field[] = [...(flag([entry], "scanUrl", false) ? (["path"] as const) : []), ...(flag([entry], "scanQueryString", false) ? (["query"] as const) : []), ...headers];
    if (strings.length === 0 || fields.length === 0) return [];
    const found = fields.map((field) => test(field, { kind: "containsAny", values: strings, ignoreCase: true }, element.at));
    const kinds = listed("appliesTo", "fileExtension");
    const applies = kinds.length === 0 ? always : any(...kinds.map((kind) => hasExtension(kind, element.at)));
    const why = { at: element.at, note: "refuses what has one of its strings", reason: reasonOf(fields), intended: meantBy(element), more: named(element, "denyStrings").map((one) => evidence(one, "the strings")) };
    return [deny(all(applies, any(...found)), 404, why)];
  });
}

function listOf(element: Element, name: string, key: string): readonly string[] {
  const lists = named(element, name).flatMap((list) => named(list, "add"));
  return lists.flatMap((one) => valueOf(one, key) ?? []);
}

const reasons: Readonly<Partial<Record<Field, Reason>>> = {
  "header:user-agent": "client-software",
  "header:content-type": "content-type",
  "header:referer": "cross-site",
  "header:origin": "cross-site",
};

function reasonOf(fields: readonly Field[]): Reason {
  const [only] = fields;
  return fields.length === 1 && only !== undefined ? (reasons[only] ?? "waf-match") : "waf-match";
}
