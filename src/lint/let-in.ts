import type { Decide } from "../model/decide.ts";
import { edgesOfNetwork } from "../model/network.ts";
import type { Program } from "../model/program.ts";
import { testsBehind } from "../model/reads.ts";
import type { Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOfTest, testsIn, type Test } from "../model/tests-of.ts";
import { gatesOf, type Place } from "./places.ts";
import { sentOn } from "./sent-on.ts";

/** At most so many addresses are tried for a place. */
const mostTried = 12;
/** A list that is longer names single clients. */
const mostTests = 300;

/** Types of bodies that places ask for where a form is not let in. */
const types = ["application/json", "multipart/form-data; boundary=boundary7f3a"];

/**
 * The same request from an address that is let in, where a list of addresses refuses it, of a type that is let in, where
 * its own is not, and to the scheme and host that it is sent to with the same path: whoever may come to the place can be
 * stopped there as well. Two such hurdles may stand one behind the other. None where nothing of that refuses it, or
 * nothing is known that is let in.
 */
export function letIn(program: Program, decide: Decide, place: Place, request: Request): readonly Request[] {
  const once = past(program, decide, place, request);
  const twice = once === null ? null : past(program, decide, place, once);
  return [once, twice].filter((one) => one !== null);
}

/** The request that gets past what refuses this one; null where neither does, or nothing that is known gets past it. */
function past(program: Program, decide: Decide, place: Place, request: Request): Request | null {
  const hurdle = hurdleOf(decide, request);
  if (hurdle === null) return sentOn(decide, request);
  const others = hurdle === "address-list" ? addressesOn(program, place).map((clientAddress) => ({ ...request, clientAddress })) : types.map((type) => ({ ...request, headers: { ...request.headers, "content-type": type } }));
  return others.find((one) => hurdleOf(decide, one) !== hurdle) ?? null;
}

const hurdles = ["address-list", "content-type"] as const;

function hurdleOf(decide: Decide, request: Request): (typeof hurdles)[number] | null {
  const reason = decide(request).by?.reason;
  return hurdles.find((one) => one === reason) ?? null;
}

const known = new WeakMap<Place, readonly string[]>();

/** The first address of each network that is named on the way; the server's own machine comes last. */
function addressesOn(program: Program, place: Place): readonly string[] {
  const found = known.get(place) ?? findAddresses(program, place);
  known.set(place, found);
  return found;
}

function findAddresses(program: Program, { way }: Place): readonly string[] {
  const tests = way.flatMap(gatesOf).flatMap((gate) => (gate.reason === "address-list" ? testsBehind(program, gate, mostTests) : testsIn(gate.when)));
  const addresses = [...new Set(tests.flatMap(addressesIn))];
  return [...addresses.filter((address) => !isLoopback(address)), ...addresses.filter(isLoopback)].slice(0, mostTried);
}

function addressesIn(test: Test): readonly string[] {
  const { operator } = test;
  if (operator.kind === "inNetwork") return operator.blocks.flatMap((block) => edgesOfNetwork(block).slice(0, 1));
  if (!fieldsOfTest(test).includes("clientAddress")) return [];
  const single = operator.kind === "in" ? operator.values : operator.kind === "equals" ? [literal(operator.value) ?? ""] : [];
  return single.filter((address) => edgesOfNetwork(address).length > 0);
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "0:0:0:0:0:0:0:1";
}
