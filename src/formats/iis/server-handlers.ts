import { all, always, any, not, testText, type Condition } from "../../model/condition.ts";
import { fieldValue } from "../../model/template.ts";
import { flag, sections, takesAway, type Place, type Section } from "./config.ts";
import { pathFits, type Mapping } from "./mappings.ts";
import type { Signs } from "./signs.ts";

const forms = ["GET", "HEAD", "POST", "DEBUG"];

interface Known {
  /** What a `<remove>` calls it; null for what other products install. */
  readonly name: string | null;
  readonly path: string;
  readonly verbs: readonly string[];
  readonly kind: "managed" | "app";
}

/** What applicationHost.config maps where ASP.NET is installed, and what PHP and its like add. */
const programs: readonly Known[] = [
  { name: "PageHandlerFactory-Integrated-4.0", path: "*.aspx", verbs: forms, kind: "managed" },
  { name: "SimpleHandlerFactory-Integrated-4.0", path: "*.ashx", verbs: forms, kind: "managed" },
  { name: "WebServiceHandlerFactory-Integrated-4.0", path: "*.asmx", verbs: forms, kind: "managed" },
  { name: "svc-Integrated-4.0", path: "*.svc", verbs: ["*"], kind: "managed" },
  { name: "TraceHandler-Integrated-4.0", path: "*.axd", verbs: forms, kind: "managed" },
  { name: "ASPClassic", path: "*.asp", verbs: ["GET", "HEAD", "POST"], kind: "app" },
  { name: null, path: "*.php", verbs: ["GET", "HEAD", "POST"], kind: "app" },
  { name: null, path: "*.cgi", verbs: ["*"], kind: "app" },
  { name: null, path: "*.pl", verbs: ["*"], kind: "app" },
  { name: null, path: "*.cfm", verbs: ["*"], kind: "app" },
  { name: null, path: "*.jsp", verbs: ["*"], kind: "app" },
  { name: "ISAPI-dll", path: "*.dll", verbs: ["*"], kind: "app" },
];

/** The mappings that the server has without being told, as far as they are not taken away. No file of the site says so. */
export function serverMappings(place: Place, of: readonly Section[], signs: Signs): readonly Mapping[] {
  const { at } = place;
  if (of.some(({ element }) => element.children.some(({ name }) => name === "clear"))) return [];
  const gone = (name: string | null): boolean => name !== null && takesAway(of, { name });
  const server = (path: Condition, verbs: readonly string[], kind: Mapping["kind"]): Mapping => ({ path, verbs, kind, at, element: null });
  const scripts = programs.filter(({ name }) => !gone(name)).map(({ path, verbs, kind }) => server(pathFits(path, at), verbs, kind));
  const index = signs.programs ? [server(testText(fieldValue("path"), { kind: "endsWith", value: [{ kind: "text", text: "/" }] }, at), ["*"], "app")] : [];
  const application: Condition = { kind: "unknown", key: "application", why: "whether an application answers for paths without an ending", reads: ["path"], at };
  const routed = gone("ExtensionlessUrlHandler-Integrated-4.0") ? [] : [server(all(pathFits("*.", at), signs.framework ? always : application), forms, "managed")];
  const files = gone("StaticFile") ? [] : [server(always, ["*"], "static")];
  return [...scripts, ...index, ...routed, ...everyPath(place, signs), ...files];
}

/** With every managed module asked about every request, routes may take paths that have an ending. */
function everyPath(place: Place, signs: Signs): readonly Mapping[] {
  const { at } = place;
  if (!signs.framework || !flag(sections(place, "system.webServer/modules"), "runAllManagedModulesForAllRequests", false)) return [];
  const route: Condition = { kind: "unknown", key: "route", why: "whether a route of the application takes paths with an ending", reads: ["path"], at };
  return [{ path: all(not(any(pathFits("*.", at))), route), verbs: ["*"], kind: "managed", at, element: null }];
}
