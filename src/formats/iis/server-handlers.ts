import { all, always, any, not, testText, type Condition } from "../../model/condition.ts";
import { fieldValue } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { flag, sections, takesAway, type Place, type Section } from "./config.ts";
import { pathFits, type Mapping } from "./mappings.ts";
import type { Signs } from "./signs.ts";

const forms = ["GET", "HEAD", "POST", "DEBUG"];

interface Known {
  /** What a `<remove>` calls it; null for what other products install. */
  readonly name: string | null;
  readonly ending: string;
  readonly verbs: readonly string[];
  readonly kind: "managed" | "app";
}

/** What applicationHost.config maps where ASP.NET is installed, and what PHP and its like add. */
const programs: readonly Known[] = [
  { name: "PageHandlerFactory-Integrated-4.0", ending: "aspx", verbs: forms, kind: "managed" },
  { name: "SimpleHandlerFactory-Integrated-4.0", ending: "ashx", verbs: forms, kind: "managed" },
  { name: "WebServiceHandlerFactory-Integrated-4.0", ending: "asmx", verbs: forms, kind: "managed" },
  { name: "svc-Integrated-4.0", ending: "svc", verbs: ["*"], kind: "managed" },
  { name: "TraceHandler-Integrated-4.0", ending: "axd", verbs: forms, kind: "managed" },
  { name: "ASPClassic", ending: "asp", verbs: forms, kind: "app" },
  { name: null, ending: "php", verbs: forms, kind: "app" },
  { name: null, ending: "cgi", verbs: ["*"], kind: "app" },
  { name: null, ending: "pl", verbs: ["*"], kind: "app" },
  { name: null, ending: "cfm", verbs: ["*"], kind: "app" },
  { name: null, ending: "jsp", verbs: ["*"], kind: "app" },
  { name: "ISAPI-dll", ending: "dll", verbs: ["*"], kind: "app" },
];

/** The mappings that the server has without being told, as far as they are not taken away. No file of the site says so. */
export function serverMappings(place: Place, of: readonly Section[], signs: Signs): readonly Mapping[] {
  const { at } = place;
  if (of.some(({ element }) => element.children.some(({ name }) => name === "clear"))) return [];
  const gone = (name: string | null): boolean => name !== null && takesAway(of, { name });
  const server = (path: Condition, verbs: readonly string[], kind: Mapping["kind"]): Mapping => ({ path, verbs, kind, at, element: null });
  const present = programs.filter(({ name }) => !gone(name));
  const scripts = [true, false].flatMap((isInstalled) =>
    groupsOf(present.filter((one) => isInstalled === shows(one, signs))).map(({ endings, verbs, kind }) => server(all(endsIn(endings, at), isInstalled ? always : runs(endings, at)), verbs, kind)),
  );
  const index = signs.programs.size > 0 ? [server(testText(fieldValue("path"), { kind: "endsWith", value: [{ kind: "text", text: "/" }] }, at), ["*"], "app")] : [];
  const application: Condition = { kind: "unknown", key: "application", why: "whether an application answers for paths without an ending", reads: ["path"], at };
  const routed = gone("ExtensionlessUrlHandler-Integrated-4.0") ? [] : [server(all(pathFits("*.", at), signs.framework ? always : application), forms, "managed")];
  const files = gone("StaticFile") ? [] : [server(always, ["*"], "static")];
  return [...scripts, ...index, ...routed, ...everyPath(place, signs), ...files];
}

/** Whether the configuration shows that these programs are run. */
function shows({ ending, kind }: Known, { programs: named, framework }: Signs): boolean {
  return named.has(ending) || (kind === "managed" && framework);
}

interface Group extends Pick<Known, "verbs" | "kind"> {
  readonly endings: readonly string[];
}

/** Programs that take the same methods are one mapping: every place has them all. */
function groupsOf(known: readonly Known[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { ending, verbs, kind } of known) {
    const key = `${kind} ${verbs.join()}`;
    groups.set(key, { verbs, kind, endings: [...(groups.get(key)?.endings ?? []), ending] });
  }
  return [...groups.values()];
}

/** More path may follow the name of a program. */
function endsIn(endings: readonly string[], at: Span): Condition {
  return testText(fieldValue("path"), { kind: "matches", pattern: `\\.(?:${endings.join("|")})(?:/|$)`, ignoreCase: true, dollarEndOnly: true }, at);
}

function runs(endings: readonly string[], at: Span): Condition {
  return { kind: "unknown", key: `programs ${endings.join(" ")}`, why: `whether programs with endings such as .${endings[0] ?? "php"} are run`, reads: ["path"], at };
}

/** With every managed module asked about every request, routes may take paths that have an ending. */
function everyPath(place: Place, signs: Signs): readonly Mapping[] {
  const { at } = place;
  if (!signs.framework || !flag(sections(place, "system.webServer/modules"), "runAllManagedModulesForAllRequests", false)) return [];
  const route: Condition = { kind: "unknown", key: "route", why: "whether a route of the application takes paths with an ending", reads: ["path"], at };
  return [{ path: all(not(any(pathFits("*.", at))), route), verbs: ["*"], kind: "managed", at, element: null }];
}
