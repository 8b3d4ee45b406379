import { BlockList, isIPv4, isIPv6 } from "node:net";

type Family = "ipv4" | "ipv6";

const lists = new WeakMap<readonly string[], Readonly<Record<Family, BlockList>>>();

function listsOf(blocks: readonly string[]): Readonly<Record<Family, BlockList>> {
  const known = lists.get(blocks);
  if (known !== undefined) return known;
  const made = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const block of blocks) {
    const range = parseNetwork(block);
    if (range !== null) made[range.family].addSubnet(range.address, range.prefix, range.family);
  }
  lists.set(blocks, made);
  return made;
}

/** An address with a prefix length. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: Family;
}

/** An address without a zone, which no list of networks can hold. */
function familyOf(address: string): Family | null {
  if (isIPv4(address)) return "ipv4";
  return isIPv6(address) && !address.includes("%") ? "ipv6" : null;
}

/** Reads `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `192.0.2.1` or the IPv6 forms; null when it is none. */
export function parseNetwork(block: string): Network | null {
  const [address = "", suffix, ...more] = block.split("/");
  const family = familyOf(address);
  if (family === null || more.length > 0) return null;
  const widest = family === "ipv4" ? 32 : 128;
  const prefix = suffix === undefined ? widest : prefixOf(suffix, family);
  return prefix !== null && prefix <= widest ? { address, prefix, family } : null;
}

function prefixOf(suffix: string, family: Family): number | null {
  if (/^\d{1,3}$/.test(suffix)) return Number(suffix);
  if (family === "ipv6" || !isIPv4(suffix)) return null;
  const bits = suffix.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : null;
}

/**
 * Whether an address lies in one of the blocks; text that is no address lies in none. An IPv4 address lies in no IPv6
 * block, not even in `::/0`; one that is mapped into IPv6 lies in the IPv4 blocks too, as it does for nginx.
 */
export function inNetworks(address: string, blocks: readonly string[]): boolean {
  const family = familyOf(address);
  if (family === null) return false;
  const { ipv4, ipv6 } = listsOf(blocks);
  return ipv4.check(address, family) || (family === "ipv6" && ipv6.check(address, family));
}

/** First and last address of a block and the neighbours outside; none when it is no block. */
export function edgesOfNetwork(block: string): readonly string[] {
  const network = parseNetwork(block);
  if (network === null) return [];
  const bits = network.family === "ipv4" ? 32 : 128;
  const size = 1n << BigInt(bits - network.prefix);
  const number = network.family === "ipv4" ? numberOfV4(network.address) : numberOfV6(network.address);
  const first = (number / size) * size;
  const edges = [first, first + size - 1n, first - 1n, first + size];
  return edges.filter((edge) => edge >= 0n && edge < 1n << BigInt(bits)).map(network.family === "ipv4" ? addressOfV4 : addressOfV6);
}

function numberOfV4(address: string): bigint {
  return address.split(".").reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function addressOfV4(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
}

function numberOfV6(address: string): bigint {
  const [left = "", right] = address.split("::");
  const groups = (text: string): bigint[] => (text === "" ? [] : text.split(":").flatMap(groupsOf));
  const before = groups(left);
  const after = right === undefined ? [] : groups(right);
  const zeros: bigint[] = Array.from({ length: 8 - before.length - after.length }, () => 0n);
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65_536n + group, 0n);
}

function groupsOf(text: string): bigint[] {
  if (!text.includes(".")) return [BigInt(`0x${text}`)];
  const number = numberOfV4(text);
  return [number >> 16n, number & 65_535n];
}

function addressOfV6(number: bigint): string {
  return [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((group) => ((number >> (group * 16n)) & 65_535n).toString(16)).join(":");
}
