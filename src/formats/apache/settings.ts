import { all } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import { matches, quoted, set, variable } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";
import { silent } from "./override.ts";

/**
 * What layers set that decides nothing by itself: options, handlers, the rewrite engine, the kind of authentication. Later
 * layers win, so the values are set in the order of the layers and read in the phases that follow.
 */
export function settingsGates(layers: readonly Layer[]): readonly Gate[] {
  return layers.flatMap((layer) => layer.placed.flatMap((placed) => settingGates(placed).map((one) => ({ ...one, when: all(layer.when, placed.guard, one.when) }))));
}

function settingGates(placed: Placed): readonly Gate[] {
  const { node } = placed;
  const at = node.span;
  const words = valuesOf(placed);
  const first = (words[0] ?? "").toLowerCase();
  switch (node.key) {
    case "options":
      return optionGates(placed);
    case "rewriteengine":
      return [set("engine", first === "on" ? "on" : "off", at)];
    case "authtype":
      return [set("authtype", first === "none" ? "" : first, at)];
    // Other places than files may know users and groups as well.
    case "authuserfile":
    case "authbasicprovider":
      return [set("authfile", "yes", at)];
    case "authgroupfile":
      return [set("groupfile", "yes", at)];
    case silent("authuserfile"):
      return [set("authfile", "", at)];
    case silent("authgroupfile"):
      return [set("groupfile", "", at)];
    case "authzsendforbiddenonfailure":
      return [set("authforbids", first, at)];
    case "authname":
      return [set("authname", "yes", at)];
    case "sethandler":
      return first.startsWith("none") ? [set("forced", "", at)] : [set("forced", handlerKind(first), at), set("forced.name", first, at)];
    case "addhandler":
    case "addtype":
    case "removehandler":
    case "removetype":
      return extensionGates(placed);
    case "acceptpathinfo":
      return [set("pathinfo", first, at)];
    case "directorycheckhandler":
      return [set("checkhandler", first, at)];
    case "directoryslash":
      return [set("slash", first, at)];
    case "directoryindexredirect":
      return [set("indexredirect", redirectOf(first), at)];
    case "dav":
      return [set("forced", first === "off" ? "" : "dav", at)];
    default:
      return [];
  }
}

function redirectOf(word: string): string {
  const named: Readonly<Record<string, string>> = { on: "302", permanent: "301", temp: "302", seeother: "303" };
  return named[word] ?? (/^3\d\d$/.test(word) ? word : "");
}

/** Options that decide something here, by the variable that holds each. */
const options: Readonly<Record<string, string>> = {
  followsymlinks: "options.links",
  symlinksifownermatch: "options.owner",
  execcgi: "options.cgi",
  indexes: "options.indexes",
  multiviews: "options.variants",
};

function optionGates(placed: Placed): readonly Gate[] {
  const words = valuesOf(placed).map((word) => word.toLowerCase());
  const at = placed.node.span;
  const relative = /^[+-]/.test(words[0] ?? "");
  const gates = relative ? [] : Object.values(options).map((name) => set(name, "off", at));
  for (const word of words) {
    const name = word.replace(/^[+-]/, "");
    const value = word.startsWith("-") ? "off" : "on";
    const chosen = name === "all" ? Object.keys(options).filter((key) => key !== "symlinksifownermatch" && key !== "multiviews") : [name];
    for (const key of chosen) {
      const known = options[key];
      if (known !== undefined) gates.push(set(known, value, at));
    }
  }
  return gates;
}

/** Who answers under a handler's name: `cgi` needs Options ExecCGI, `static` serves the file as it is, `report` tells a GET about the server. */
export function handlerKind(name: string): "cgi" | "static" | "report" | "app" {
  const lower = name.toLowerCase();
  if (["server-status", "server-info", "ldap-status"].includes(lower)) return "report";
  if (lower === "cgi-script") return "cgi";
  return ["default-handler", "send-as-is", "type-map", "server-parsed", "httpd/unix-directory"].includes(lower) ? "static" : "app";
}

function extensionGates(placed: Placed): readonly Gate[] {
  const { key, span } = placed.node;
  const words = valuesOf(placed);
  const removes = key.startsWith("remove");
  const [named = "", ...others] = words;
  const extensions = removes ? words : others;
  if (key.endsWith("type") && !(removes || /^application\/x-httpd-/i.test(named))) return [];
  if (key === "removetype") return [];
  const value = removes ? "static" : key === "addtype" ? "app" : handlerKind(named);
  return extensions.flatMap((extension) => {
    const suffix = matches(variable("bare"), `\\.${quoted(extension.replace(/^\./, ""))}(\\.|$)`, span, { ignoreCase: true });
    const by = key === "addtype" ? "bytype" : "byname";
    return [set(by, value, span, suffix), set(`${by}.name`, removes ? "" : named.toLowerCase(), span, suffix)];
  });
}
