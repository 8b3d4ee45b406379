import type { Condition } from "../../model/condition.ts";
import { all, always } from "../../model/condition.ts";
import type { Chain, Evidence, Gate } from "../../model/program.ts";
import { because, gate, matches, quoted, set, variable, variableIs } from "./gates.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";

/** Handlers that run a program by CGI or hand on what CGI would. */
const handlers = /^(cgi-script|fcgid?-script|fastcgi-script|proxy:(unix:[^|]*\|)?(fcgi|scgi|uwsgi):)/i;

/**
 * Programs behind CGI and its kin do not get `Authorization` unless a directive says so (CGIPassAuth, WSGIPassAuthorization).
 * Looked at only where other sites are told that they may send it, so that the application expects it.
 */
export function credentialChains(layers: readonly Layer[], directives: readonly Placed[]): readonly Chain[] {
  const told = layers.flatMap((layer) => layer.placed.filter(expects));
  const [first] = told;
  if (first === undefined || [...layers.flatMap(({ placed }) => placed), ...directives].some(passes)) return [];
  const expected = { at: first.node.span, note: "tells other sites to send it" };
  const gates = [...handlerGates(layers, expected), ...proxyGates(directives, expected)];
  return gates.length === 0 ? [] : [{ name: "credentials", gates }];
}

function expects({ node }: Placed): boolean {
  return node.key === "header" && /access-control-allow-headers/i.test(node.argsText.text) && /authorization/i.test(node.argsText.text);
}

/** Whether a directive gives the header to programs, under whatever name. */
function passes({ node }: Placed): boolean {
  if (node.key === "cgipassauth" || node.key === "wsgipassauthorization") return /^on$/i.test(node.args[0]?.value ?? "");
  return /^(setenvif|rewrite|proxyfcgisetenvif|requestheader|fcgidpassheader|passenv)/.test(node.key) && /authorization/i.test(node.argsText.text);
}

/** `SetHandler` counts before `AddHandler`, and a later section before an earlier one. */
function handlerGates(layers: readonly Layer[], expected: Evidence): readonly Gate[] {
  const lines = ["addhandler", "sethandler"].flatMap((key) => layers.flatMap((layer) => named(layer, key).map((placed) => ({ placed, layer }))));
  const sets = lines.map(({ placed, layer }, index) => set("cgi", isCgi(placed) ? String(index) : "", placed.node.span, all(layer.when, placed.guard, ofName(placed))));
  const alone = variableIs("proxied", "", expected.at);
  const drops = lines.flatMap(({ placed }, index) => (isCgi(placed) ? [dropped(placed, all(alone, variableIs("cgi", String(index), placed.node.span)), expected)] : []));
  return drops.length === 0 ? [] : [set("cgi", "", expected.at), ...sets, ...drops];
}

function isCgi(placed: Placed): boolean {
  return handlers.test(valuesOf(placed)[0] ?? "");
}

function ofName(placed: Placed): Condition {
  if (placed.node.key === "sethandler") return always;
  const endings = valuesOf(placed).slice(1).map((one) => quoted(one.replace(/^\./, "")));
  return matches(variable("name"), `\\.(${endings.join("|")})(\\.|$)`, placed.node.span, { ignoreCase: true });
}

function proxyGates(directives: readonly Placed[], expected: Evidence): readonly Gate[] {
  return directives.flatMap((placed) => {
    const target = placed.node.key === "wsgiscriptalias" ? "wsgi:" : (valuesOf(placed)[1] ?? "");
    const known = /^(proxypass|proxypassmatch|wsgiscriptalias)$/.test(placed.node.key) && (target === "wsgi:" || handlers.test(`proxy:${target}`));
    return known ? [dropped(placed, matches(variable("proxied"), `^${quoted(target)}`, placed.node.span), expected)] : [];
  });
}

function dropped({ node, guard }: Placed, when: Condition, expected: Evidence): Gate {
  const why = because(node.span, "hands on everything but `Authorization`", expected);
  return gate(all(guard, when), { kind: "alter", what: "header:authorization", value: null }, why, "none");
}
