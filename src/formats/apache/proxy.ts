import type { Condition } from "../../model/condition.ts";
import { all, not } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import { fieldValue, type Template } from "../../model/template.ts";
import { jump, label, matches, quoted, set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import { wildcard } from "./sections.ts";
import { unknownValue } from "./variables.ts";
import type { Span } from "../../source.ts";

/** ProxyPass and its like, of the server itself and of Location sections: they hand the request to a backend. */
export function proxyGates(placed: readonly Placed[], layers: readonly Layer[], at: Span): readonly Gate[] {
  const sections = layers.filter((layer) => layer.kind !== "server");
  const inSections = sections.flatMap((layer) =>
    named(layer, "proxypass", "proxypassmatch").map((one) => {
      const target = valuesOf(one)[0] ?? "";
      return set("proxied", target === "!" ? "" : target, one.node.span, all(layer.when, one.guard));
    }),
  );
  const lines = placed.filter(({ node }) => ["proxypass", "proxypassmatch", "jkmount", "wsgiscriptalias"].includes(node.key));
  if (lines.length === 0 && inSections.length === 0) return [];
  const decided = label("proxy.done", at);
  const skip = jump("proxy.done", at, variableIs("translated", "yes", at));
  const open = set("proxied.file", unknownValue("the URL that a proxy fetches"), at);
  return [open, ...inSections, skip, ...lines.flatMap((line) => lineGates(line)), decided];
}

/** ProxyPass is asked before the redirects of the server itself, and other modules that hand on after them. */
export function takenByProxy(at: Span): Condition {
  return all(...["", "wsgi:", "ajp:"].map((other) => not(variableIs("proxied", other, at))));
}

/** What a proxy fetches takes the place of the file; where only its beginning is known, sections for proxies go by that. */
export function fetchedGates(at: Span): readonly Gate[] {
  const taken = takenByProxy(at);
  return [
    set("file", variable("proxied.file"), at, all(taken, not(matches(variable("proxied"), "^proxy:", at)))),
    set("file", variable("proxied"), at, all(taken, matches(variable("proxied"), "^proxy:", at))),
    set("info", "", at, taken),
    set("fetched", variable("proxied"), at, all(taken, variableIs("fetched", "", at))),
    set("fetched", variable("fetched.1"), at, matches(variable("fetched"), "^proxy:(.*)$", at, { captures: "fetched." })),
  ];
}

function lineGates(placed: Placed): readonly Gate[] {
  const [path = "", target = ""] = valuesOf(placed);
  const { node, guard } = placed;
  const when = all(guard, covers(placed, path));
  const to = node.key === "wsgiscriptalias" ? "wsgi:" : node.key === "jkmount" ? "ajp:" : target;
  const value = to === "!" ? "" : to;
  return [set("proxied", value, node.span, when), ...urlGates(placed, path, value, when), jump("proxy.done", node.span, when)];
}

/** The URL that a path leads to, as rules of sections see it: known where it is the target and the rest of the path. */
function urlGates({ node }: Placed, path: string, target: string, when: Condition): readonly Gate[] {
  if (node.key !== "proxypass" || target === "" || /[$|]/.test(target)) return [];
  const rest = matches(fieldValue("path"), `^${quoted(path)}(.*)$`, node.span, { captures: "proxy.rest" });
  const url: Template = [{ kind: "text", text: target }, ...variable("proxy.rest1")];
  return [set("fetched", url, node.span, all(when, rest)), set("proxied.file", [{ kind: "text", text: "proxy:" }, ...variable("fetched")], node.span, all(when, rest))];
}

function covers({ node }: Placed, path: string): Condition {
  const whole = fieldValue("path");
  if (node.key === "proxypassmatch") return matches(whole, path, node.span);
  if (node.key === "jkmount") return matches(whole, `^${wildcard(path.replace(/\|/g, ""), true)}$`, node.span);
  const pattern = path.endsWith("/") ? `^${quoted(path)}` : `^${quoted(path)}($|/)`;
  return matches(whole, pattern, node.span);
}
