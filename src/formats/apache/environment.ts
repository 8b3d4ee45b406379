import type { Condition } from "../../model/condition.ts";
import { all, any, not, test } from "../../model/condition.ts";
import type { Gate, Reason } from "../../model/program.ts";
import type { Part, Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { asSent } from "./bodiless.ts";
import { asksServer, expression } from "./expression.ts";
import { matches, set, variable, variableIs } from "./gates.ts";
import { leaveOpen } from "./handler.ts";
import type { Layer, Placed } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import type { Names } from "./variables.ts";
import { environment, unknownValue } from "./variables.ts";

const keys = ["setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase", "setenvifexpr"] as const;

/** The variables that mod_setenvif sets, in the order of the layers and of the lines in them. `id` keeps captures apart. */
export function environmentGates(layers: readonly Layer[], names: Names, id: string): readonly Gate[] {
  return layers.flatMap((layer, index) =>
    named(layer, ...keys).flatMap((placed, line) => lineGates(layer, placed, names, `${id}.${index}.${line}.`)),
  );
}

function isFirst(at: Span): Condition {
  return variableIs("first", "yes", at);
}

function lineGates(layer: Layer, placed: Placed, names: Names, captures: string): readonly Gate[] {
  const { node, guard } = placed;
  const words = valuesOf(placed);
  const at = node.span;
  const browser = node.key.startsWith("browsermatch");
  const byExpression = node.key === "setenvifexpr";
  const pattern = (browser ? words[0] : words[1]) ?? "";
  const ignoreCase = node.key.endsWith("nocase");
  const matched = byExpression
    ? expression(words[0] ?? "", at, { ...names, early: true }).condition
    : attributeMatches(browser ? "User-Agent" : (words[0] ?? ""), pattern, { ignoreCase, captures }, names, at);
  // A server that asks itself about every request does so about its own questions, too.
  if (byExpression && layer.kind === "server" && asksServer(words[0] ?? "")) return [leaveOpen(all(layer.when, guard), at, "asks the server itself about every request")];
  const assignments = words.slice(browser || byExpression ? 1 : 2);
  // The server's own lines are asked before the path is decoded.
  const asked = layer.kind === "server" ? asSent(matched, isFirst) : matched;
  const when = all(layer.when, guard, asked);
  if (assignments.length < 2) return assignments.flatMap((written) => assign(written, when, captures, at));
  // One of them may change what is asked about.
  const held = variableIs(`held.${captures}`, "yes", at);
  return [set(`held.${captures}`, "", at), set(`held.${captures}`, "yes", at, when), ...assignments.flatMap((written) => assign(written, held, captures, at))];
}

/** The variables of SetEnv, which come so late that only what the server then asks itself for is checked with them. */
export function fixedEnvironment(layers: readonly Layer[]): readonly Gate[] {
  const lines = layers.flatMap((layer) => named(layer, "setenv", "unsetenv").map((placed) => ({ placed, when: all(layer.when, placed.guard) })));
  const given = lines.flatMap(({ placed: { node }, when }): readonly Gate[] => {
    const [name = "", value = ""] = node.args.map((arg) => arg.value);
    const unset = (of: string): readonly Gate[] => [set(`fixed.${of}`, "", node.span, when), set(marked(`fixed.${of}`), "", node.span, when)];
    return node.key === "setenv" ? [set(`fixed.${name}`, value, node.span, when), set(marked(`fixed.${name}`), "yes", node.span, when)] : node.args.flatMap((arg) => unset(arg.value));
  });
  const names = new Map(lines.flatMap(({ placed: { node } }) => (node.key === "setenv" ? [[node.args[0]?.value ?? "", node.span] as const] : [])));
  // What conditions and rules have set counts before it.
  const taken = [...names].flatMap(([name, at]) => {
    const free = not(environmentSet(name, at));
    return [set(`env.${name}`, variable(`fixed.${name}`), at, free), set(marked(`env.${name}`), variable(marked(`fixed.${name}`)), at, free)];
  });
  return [...[...names].flatMap(([name, at]) => [set(`fixed.${name}`, "", at), set(marked(`fixed.${name}`), "", at)]), ...given, ...taken];
}

/** `name`, `name=value` or `!name`. */
function assign(written: string, when: Condition, captures: string, at: Span): readonly Gate[] {
  if (written.startsWith("!")) return variableGates(written.slice(1), null, at, when);
  const equals = written.indexOf("=");
  if (equals < 0) return variableGates(written, text("1"), at, when);
  return variableGates(written.slice(0, equals), withGroups(written.slice(equals + 1), captures), at, when);
}

/** Sets a variable of the environment, or takes it away where the value is null: one that is empty is set all the same. */
export function variableGates(name: string, value: Template | null, at: Span, when: Condition): readonly Gate[] {
  return [set(`env.${name}`, value ?? "", at, when), set(marked(`env.${name}`), value === null ? "" : "yes", at, when)];
}

/** What remembers that a variable is set, if only to nothing. */
function marked(name: string): string {
  return `${name} is set`;
}

/** Whether an environment variable is set, be it to an empty value. */
export function environmentSet(name: string, at: Span): Condition {
  return any(not(variableIs(`env.${name}`, "", at)), not(variableIs(marked(`env.${name}`), "", at)));
}

function withGroups(written: string, captures: string): Template {
  const parts: Part[] = [];
  for (const piece of written.split(/(\$\d)/)) {
    if (/^\$\d$/.test(piece)) parts.push({ kind: "field", field: `var:${captures}${piece[1] ?? "0"}` });
    else if (piece !== "") parts.push({ kind: "text", text: piece });
  }
  return parts.length === 0 ? text("") : parts;
}

interface MatchOptions {
  readonly ignoreCase: boolean;
  readonly captures: string;
}

function attributeMatches(attribute: string, pattern: string, options: MatchOptions, names: Names, at: Span): Condition {
  const known = attributeValue(attribute, names);
  if (known !== null) return matches(known, pattern, at, options);
  // Special characters make the attribute a pattern for header names.
  if (/[\\^$.|?*+()[\]{}]/.test(attribute)) {
    const subject = { kind: "entries", from: ["headers"], only: [{ kind: "pattern", pattern: attribute, ignoreCase: true }], part: "values" } as const;
    return { kind: "test", subject, operator: { kind: "matches", pattern, ...options, dotAll: true, dollarEndOnly: true }, at };
  }
  const name = attribute.toLowerCase();
  const sent = test(`header:${name}`, { kind: "present" }, at);
  const header = matches(fieldValue(`header:${name}`), pattern, at, options);
  return any(all(sent, header), all({ kind: "not", of: sent }, matches(environment(attribute), pattern, at, options)));
}

function attributeValue(attribute: string, { address }: Names): Template | null {
  switch (attribute.toLowerCase()) {
    case "request_method":
      return fieldValue("method");
    case "request_uri":
      return fieldValue("path");
    case "request_protocol":
      return fieldValue("protocol");
    case "remote_addr":
    case "remote_host":
      return fieldValue("clientAddress");
    case "server_addr":
      return address === null ? unknownValue(attribute) : text(address);
    default:
      return null;
  }
}

/** What a refusal is about that depends on an environment variable: judged by the first line that sets it. */
export function reasonOfVariable(layers: readonly Layer[], name: string): Reason {
  const lines = layers.flatMap((layer) => named(layer, ...keys));
  const sets = lines.find((placed) => valuesOf(placed).some((word) => word === name || word.startsWith(`${name}=`)));
  if (sets === undefined || sets.node.key === "setenvifexpr" || sets.node.key.startsWith("browsermatch")) return "client-software";
  return reasons[(valuesOf(sets)[0] ?? "").toLowerCase()] ?? "client-software";
}

const reasons: Readonly<Record<string, Reason>> = {
  request_method: "method",
  request_uri: "waf-match",
  remote_addr: "address-list",
  remote_host: "address-list",
  referer: "cross-site",
  origin: "cross-site",
  "content-type": "content-type",
};
