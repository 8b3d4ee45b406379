import type { Operator } from "./condition.ts";
import { parseNetwork } from "./network.ts";
import { antiSamples, samplesOf } from "./regex.ts";
import { literal, type Template } from "./template.ts";

/**
 * Texts on both sides of every edge of an operator. `fresh` occurs in no literal of the program, so a text with it
 * added differs from every value the program knows.
 */
export function samplesOfOperator(operator: Operator, fresh: string): readonly string[] {
  switch (operator.kind) {
    case "in":
    case "containsAny":
      return [...operator.values, ...operator.values.slice(0, 2).map((value) => value + fresh), fresh];
    case "matches":
      return [...samplesOf(operator.pattern, operator), ...antiSamples(operator.pattern, operator)];
    case "inNetwork":
      return operator.blocks.flatMap(edgesOfNetwork);
    case "present":
    case "onDisk":
      return [fresh];
    case "number":
      return aroundNumber(operator.value);
    default:
      return aroundText(literal(operator.value) ?? fresh, operator.kind, fresh);
  }
}

function aroundNumber(value: Template): readonly string[] {
  const edge = Number.parseInt(literal(value) ?? "0", 10) || 0;
  return [edge - 1, edge, edge + 1].filter((number) => number >= 0).map(String);
}

function aroundText(value: string, kind: "equals" | "contains" | "startsWith" | "endsWith" | "within", fresh: string): readonly string[] {
  switch (kind) {
    case "equals":
    case "startsWith":
      return [value, value + fresh, fresh + value];
    case "endsWith":
      return [value, fresh + value, value + fresh];
    case "contains":
      return [value, fresh + value + fresh, fresh];
    case "within":
      return [...value.split(/\s+/).filter(Boolean), fresh];
    default:
      return kind satisfies never;
  }
}

/** First and last address of a block, and the neighbours outside; IPv4 only, others give the address itself. */
function edgesOfNetwork(block: string): readonly string[] {
  const network = parseNetwork(block);
  if (network === null) return [];
  if (network.family === "ipv6") return [network.address];
  const size = 2 ** (32 - network.prefix);
  const first = Math.floor(numberOf(network.address) / size) * size;
  const edges = [first - 1, first, first + size - 1, first + size];
  return edges.filter((number) => number >= 0 && number < 2 ** 32).map(addressOf);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
