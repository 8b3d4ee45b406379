import { all, any } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import { fieldValue } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, gate, matches, set, variable, variableIs } from "./gates.ts";
import type { Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";

/** Whether `MergeSlashes Off` says that patterns see the slashes as they were sent. */
export function keepsSlashes(placed: readonly Placed[]): boolean {
  const line = placed.findLast(({ node }) => node.key === "mergeslashes");
  return line !== undefined && (valuesOf(line)[0] ?? "").toLowerCase() === "off";
}

/** Puts the slashes back that were sent, once; those that the path begins with are one all the same. */
export function slashedGates(at: Span): readonly Gate[] {
  const first = all(variableIs("slashed", "", at), matches(fieldValue("slashedPath"), "^/*(/(?:[^/].*)?)$", at, { captures: "slashed." }));
  return [gate(first, { kind: "rewrite", path: variable("slashed.1") }, because(at, "keeps the slashes"), "none"), set("slashed", "yes", at)];
}

/** Where rules have led is read as an address that is sent would be. */
export function addressGates(keeping: boolean, at: Span): readonly Gate[] {
  const unread = variableIs("unread", "yes", at);
  const path = fieldValue("path");
  return [
    deny(all(unread, matches(path, "^[^?#]*%(?![0-9a-fA-F]{2})", at)), 400, because(at, "a rule leads to what is not well encoded"), "none"),
    gate(all(unread, any(matches(path, "[%?#]|/[./]", at), matches(fieldValue("query"), "#", at))), { kind: "rewrite", address: keeping ? "keeping" : "merging" }, because(at, "is read as an address"), "none"),
    set("unread", "", at),
  ];
}

/** More doubled slashes than this are not looked for. */
const mostDoubled = 5;

/** A file has a name without doubled slashes, and is not found by the path alone. */
export function mergedGates(at: Span): readonly Gate[] {
  const doubled = matches(variable("file"), "^(.*?/)/+(.*)$", at, { captures: "doubled." });
  const merge = set("file", [...variable("doubled.1"), ...variable("doubled.2")], at, doubled);
  return [set("elsewhere", "yes", at, matches(variable("file"), "//", at)), ...Array.from({ length: mostDoubled }, () => merge)];
}
