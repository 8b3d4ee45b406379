import { all, any, not, testText, type Condition } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { fieldValue, text, type Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { collection, flag, inside, sections, setting, under, type Entry, type Place, type Section } from "./config.ts";
import { keepBody } from "./fixes.ts";
import { gate, quoted } from "./gates.ts";
import { meantBy } from "./intent.ts";
import { valueOf, type Element } from "./xml.ts";

const statuses: Readonly<Record<string, number>> = { permanent: 301, found: 302, temporary: 307, permredirect: 308 };

/** The redirects of the HTTP Redirection module (HTTP Redirects): wildcards first, then the place itself. */
export function redirectGates(place: Place, id: string): readonly Gate[] {
  const of = sections(place, "system.webServer/httpRedirect");
  if (!flag(of, "enabled", false)) return [];
  const status = statuses[setting(of, "httpResponseStatus")?.value.toLowerCase() ?? "found"] ?? 302;
  const wildcards = collection(of, ["wildcard"]).map((entry) => wildcardGate(entry, status, id));
  const destination = setting(of, "destination");
  if (destination === null || destination.value === "") return wildcards;
  const { by } = destination;
  const owner = of.find(({ element }) => element === by)?.layer.folder ?? place.folder;
  return [...wildcards, redirectTo(destination.value, { of, by, status, folder: owner, id: `${id}.rest` })];
}

interface Redirection {
  readonly of: readonly Section[];
  readonly by: Element;
  readonly status: number;
  readonly folder: string;
  readonly id: string;
}

function redirectTo(destination: string, { of, by, status, folder, id }: Redirection): Gate {
  const exact = flag(of, "exactDestination", false);
  const directly = flag(of, "childOnly", false) ? [not(deeper(folder, by.at))] : [];
  const behind: Condition = testText(fieldValue("path"), { kind: "matches", pattern: `^${"/[^/]*".repeat(folder.split("/").length - 1)}(.*)$`, captures: `${id}.` }, by.at);
  const variables = /\$[SVQP*]|\$\d/i.test(destination);
  const base = text(exact ? destination : destination.replace(/\/$/, ""));
  const to: Template = variables ? [{ kind: "unknown", key: destination }] : exact ? base : [...base, ...fieldValue(`var:${id}.1`), ...fieldValue("var:iis.question")];
  return redirect(all(any(under(folder, by.at)), ...directly, behind), to, status, by);
}

function deeper(folder: string, at: Span): Condition {
  return all(inside(folder, at), testText(fieldValue("path"), { kind: "matches", pattern: `^${quoted(folder)}/[^/]*/`, ignoreCase: true }, at));
}

function redirect(when: Condition, to: Template, status: number, by: Element): Gate {
  const fix = status === 301 ? keepBody(by, "httpResponseStatus", "PermRedirect", 308) : status === 302 ? keepBody(by, "httpResponseStatus", "Temporary", 307) : null;
  return gate(when, { kind: "redirect", status, to }, { at: by.at, note: `answers ${status}`, reason: "redirect", fix, intended: meantBy(by) });
}

/** `*.php` and its like; what the stars stand for can be put into the destination, which is then not known. */
function wildcardGate({ element }: Entry, status: number, id: string): Gate {
  const body = (valueOf(element, "wildcard") ?? "").split(/(\*)/).map((piece) => (piece === "*" ? ".*" : quoted(piece))).join("");
  const when = testText(fieldValue("path"), { kind: "matches", pattern: `${body.startsWith("\\/") ? "^" : "(?:^|/)"}${body}$`, ignoreCase: true, dollarEndOnly: true }, element.at);
  const destination = valueOf(element, "destination") ?? "";
  const to: Template = destination.includes("$") ? [{ kind: "unknown", key: `${id} ${destination}` }] : text(destination);
  return gate(when, { kind: "redirect", status, to }, { at: element.at, note: `answers ${status}`, reason: "redirect", intended: meantBy(element) });
}

/** Refusals whose error page is another URL become redirects to it (HTTP Errors, `responseMode`). */
export function withErrorRedirects(chains: readonly Chain[], place: Place): readonly Chain[] {
  const of = sections(place, "system.webServer/httpErrors");
  if (setting(of, "errorMode")?.value.toLowerCase() === "detailed" || setting(of, "existingResponse")?.value.toLowerCase() === "passthrough") return chains;
  const pages = new Map<number, { readonly to: string; readonly by: Element }>();
  for (const { element } of collection(of, ["statusCode", "subStatusCode"], "error")) {
    const whole = (valueOf(element, "subStatusCode") ?? "-1") === "-1";
    if (whole && valueOf(element, "responseMode")?.toLowerCase() === "redirect") pages.set(Number(valueOf(element, "statusCode")), { to: valueOf(element, "path") ?? "/", by: element });
  }
  if (pages.size === 0) return chains;
  return chains.map((chain) => ({ ...chain, gates: chain.gates.map((one) => leadingTo(one, pages)) }));
}

function leadingTo(one: Gate, pages: ReadonlyMap<number, { readonly to: string; readonly by: Element }>): Gate {
  const page = one.effect.kind === "deny" && one.effect.status !== "reset" ? pages.get(one.effect.status) : undefined;
  if (page === undefined) return one;
  const [first, ...more] = one.because;
  return { ...one, effect: { kind: "redirect", status: 302, to: text(page.to) }, because: [first, ...more, { at: page.by.at, note: "leads elsewhere instead" }] };
}
