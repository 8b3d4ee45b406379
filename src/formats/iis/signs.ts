import type { Sign } from "../../model/program.ts";
import { attribute, named, valueOf, type Element } from "./xml.ts";
import { collection, count, sections, setting, words, type Layer, type Place } from "./config.ts";

/** What a configuration shows of the applications behind it. */
export interface Signs {
  /** ASP.NET for the .NET Framework, whose routes take paths without an ending. */
  readonly framework: boolean;
  /** The endings of programs that are named, such as `php` of `index.php`. */
  readonly programs: ReadonlySet<string>;
}

/** Sections that only configuration of the .NET Framework has. */
const ofFramework: ReadonlySet<string> = new Set(["system.web", "system.codedom", "system.serviceModel", "system.data", "entityFramework", "connectionStrings", "appSettings", "runtime", "system.net", "system.diagnostics"]);

/** Looks at what the layers of a site name. */
export function signsOf(layers: readonly Layer[]): Signs {
  const framework = layers.some(({ root }) => root.children.some(({ name, children, attributes }) => ofFramework.has(name) && children.length + attributes.length > 0));
  return { framework: framework || layers.some(({ root }) => hasType(root)), programs: new Set(layers.flatMap(({ root }) => programsNamed(root))) };
}

/** A module or a handler that is a class. */
function hasType(root: Element): boolean {
  const lists = named(root, "system.webServer").flatMap((one) => [...named(one, "modules"), ...named(one, "handlers")]);
  return lists.some((list) => list.children.some((one) => (valueOf(one, "type") ?? "") !== "" || /ExtensionlessUrl/i.test(valueOf(one, "name") ?? "")) || attribute(list, "runAllManagedModulesForAllRequests") !== undefined);
}

const program = /\.(php|aspx?|cgi|pl|cfm|jsp)\b/gi;

/** A rule that leads to a program, a handler for one, or one as the document of a folder. */
function programsNamed(root: Element): readonly string[] {
  const own = named(root, "system.webServer");
  const rules = own.flatMap((one) => named(one, "rewrite")).flatMap((one) => named(one, "rules")).flatMap(({ children }) => children);
  const actions = rules.flatMap((rule) => named(rule, "action")).filter((action) => valueOf(action, "type")?.toLowerCase() === "rewrite");
  const documents = own.flatMap((one) => named(one, "defaultDocument")).flatMap((one) => named(one, "files")).flatMap(({ children }) => children);
  const handlers = own.flatMap((one) => named(one, "handlers")).flatMap(({ children }) => children);
  const texts = [...actions.map((one) => valueOf(one, "url")), ...documents.map((one) => valueOf(one, "value")), ...handlers.map((one) => valueOf(one, "path"))];
  return texts.flatMap((text) => [...(text ?? "").matchAll(program)].map(([, ending = ""]) => ending.toLowerCase()));
}

/**
 * Signs that writes are meant in a place: POST in its CORS methods, and limits for bodies. Nearly every site has such a
 * limit: one for the whole of it says something only where methods are refused in the same breath.
 */
export function writesOf(place: Place): readonly Sign[] {
  const limits = [
    count(sections(place, "system.webServer/security/requestFiltering/requestLimits"), "maxAllowedContentLength"),
    count(sections(place, "system.web/httpRuntime"), "maxRequestLength"),
  ];
  const telling = (by: Element): boolean => refusesMethods(place) || place.layers.some(({ folder, root }) => folder !== "" && holds(root, by));
  const bodies = limits.flatMap((one): readonly Sign[] => (one === null || !telling(one.by) ? [] : [{ of: "bodies", at: one.by.at, note: "a limit for bodies is set here" }]));
  const headers = collection(sections(place, "system.webServer/httpProtocol/customHeaders"), ["name"]).filter(
    ({ element }) => /^access-control-allow-methods$/i.test(valueOf(element, "name") ?? "") && words(valueOf(element, "value")).includes("POST"),
  );
  const cors = sections(place, "system.webServer/cors").flatMap(({ element }) => element.children.flatMap((origin) => named(origin, "allowMethods").flatMap((list) => named(list, "add")))).filter((one) => valueOf(one, "method") === "POST");
  return [...bodies, ...[...headers.map(({ element }) => element), ...cors].map((one): Sign => ({ of: "other-sites", at: one.at, note: "POST is named in the CORS methods" }))];
}

function holds(root: Element, element: Element): boolean {
  return root === element || root.children.some((child) => child.name !== "location" && holds(child, element));
}

function refusesMethods(place: Place): boolean {
  const listed = sections(place, "system.webServer/security/requestFiltering/verbs");
  const rules = sections(place, "system.webServer/rewrite/rules").flatMap(({ element }) => element.children);
  const asked = rules.filter((rule) => /^(?:CustomResponse|AbortRequest)$/i.test(valueOf(named(rule, "action")[0] ?? rule, "type") ?? ""));
  return listed.length > 0 || asked.some((rule) => named(rule, "conditions").some(({ children }) => children.some((one) => /\{REQUEST_METHOD\}/i.test(valueOf(one, "input") ?? ""))));
}

/** The limit for bodies of ASP.NET, in bytes, and the element that sets it; null where none is set. */
export function aspNetLimit(place: Place): { readonly bytes: number; readonly by: Element } | null {
  const of = sections(place, "system.web/httpRuntime");
  const kibibytes = count(of, "maxRequestLength");
  return kibibytes === null || setting(of, "maxRequestLength") === null ? null : { bytes: kibibytes.value * 1024, by: kibibytes.by };
}
