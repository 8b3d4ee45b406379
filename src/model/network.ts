import { BlockList, isIPv4, isIPv6 } from "node:net";

const lists = new WeakMap<readonly string[], BlockList>();

function listOf(blocks: readonly string[]): BlockList {
  const known = lists.get(blocks);
  if (known !== undefined) return known;
  const list = new BlockList();
  for (const block of blocks) {
    const range = parseNetwork(block);
    if (range !== null) list.addSubnet(range.address, range.prefix, range.family);
  }
  lists.set(blocks, list);
  return list;
}

/** An address with a prefix length. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** Reads `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `192.0.2.1` or the IPv6 forms; null when it is none. */
export function parseNetwork(block: string): Network | null {
  const [address = "", suffix] = block.split("/");
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : null;
  if (family === null) return null;
  const widest = family === "ipv4" ? 32 : 128;
  const prefix = suffix === undefined ? widest : isIPv4(suffix) ? ones(suffix) : Number(suffix);
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= widest ? { address, prefix, family } : null;
}

function ones(mask: string): number {
  const bits = mask.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : Number.NaN;
}

/** Whether an address lies in one of the blocks; text that is no address lies in none. */
export function inNetworks(address: string, blocks: readonly string[]): boolean {
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : null;
  return family !== null && listOf(blocks).check(address, family);
}
