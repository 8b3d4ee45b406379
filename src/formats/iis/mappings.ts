import { always, any, testText, type Condition } from "../../model/condition.ts";
import { fieldValue } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { words, type Section } from "./config.ts";
import { valueOf, type Element } from "./xml.ts";

/** One handler mapping: which requests it takes, and what it is. */
export interface Mapping {
  readonly path: Condition;
  readonly verbs: readonly string[];
  readonly kind: Kind;
  readonly at: Span;
  /** Null for one that the server has without being told. */
  readonly element: Element | null;
}

/** `managed` handlers run in ASP.NET, which has limits and rules of its own; others refuse whatever comes. */
type Kind = "managed" | "app" | "static" | { readonly refuses: number };

/** Mappings in the order in which they are asked: what a child adds comes first (IIS_schema.xml, `mergeAppend`). */
export function writtenIn(of: readonly Section[]): readonly Element[] {
  let known: readonly Element[] = [];
  for (const { element: section } of of) {
    let added: Element[] = [];
    for (const element of section.children) {
      const stays = (one: Element): boolean => valueOf(one, "name") !== valueOf(element, "name");
      if (element.name === "add") added.push(element);
      if (element.name !== "clear" && element.name !== "remove") continue;
      known = element.name === "clear" ? [] : known.filter(stays);
      added = element.name === "clear" ? [] : added.filter(stays);
    }
    known = [...added, ...known];
  }
  return known.filter((element) => !/classicMode/i.test(valueOf(element, "preCondition") ?? ""));
}

/** What one `<add>` of the section maps. */
export function mappingOf(element: Element): Mapping {
  const verbs = words(valueOf(element, "verb"));
  const paths = words(valueOf(element, "path"));
  return { path: any(...paths.map((path) => pathFits(path, element.at))), verbs: verbs.length === 0 ? ["*"] : verbs, kind: kindOf(element), at: element.at, element };
}

/** A handler's path: `*.aspx`, `*.` for what has no ending, `api/*`. More path may follow the name of a program. */
export function pathFits(path: string, at: Span): Condition {
  if (path === "*") return always;
  const matches = (pattern: string): Condition => testText(fieldValue("path"), { kind: "matches", pattern, ignoreCase: true, dollarEndOnly: true }, at);
  if (path === "*.") return matches("(?:^|/)[^./]*$");
  const body = path.replace(/^\//, "").split(/([*?])/).map((piece) => (piece === "*" ? ".*" : piece === "?" ? "." : piece.replace(/[.+^${}()|[\]\\/]/g, "\\$&"))).join("");
  return path.startsWith("*.") ? matches(`${body.slice(2)}(?:/|$)`) : matches(`${path.startsWith("/") ? "^/" : "(?:^|/)"}${body}(?:/|$)`);
}

const refusing: Readonly<Record<string, number>> = { httpforbiddenhandler: 403, httpnotfoundhandler: 404, httpmethodnotallowedhandler: 405, httpnotimplementedhandler: 501 };

function kindOf(element: Element): Kind {
  const type = (valueOf(element, "type") ?? "").split(",")[0]?.split(".").at(-1)?.trim().toLowerCase() ?? "";
  const refused = Object.hasOwn(refusing, type) ? refusing[type] : undefined;
  if (refused !== undefined) return { refuses: refused };
  const modules = valueOf(element, "modules") ?? "";
  if (type === "staticfilehandler" || type === "defaulthttphandler" || /StaticFileModule|DefaultDocumentModule|DirectoryListingModule|ProtocolSupportModule/i.test(modules)) return "static";
  const processor = valueOf(element, "scriptProcessor") ?? "";
  return type !== "" || /aspnet_isapi/i.test(processor) || /ManagedPipelineHandler/i.test(modules) ? "managed" : "app";
}
