import type { Condition } from "../../model/condition.ts";
import { test } from "../../model/condition.ts";
import type { Span } from "../../source.ts";

/**
 * An address, the beginning of one (`10.1`), or a network (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`) as a
 * block in prefix notation; null when it is no address, as for host names.
 */
export function network(written: string): string | null {
  const [address = "", mask] = written.split("/");
  if (address.includes(":")) return /^[0-9a-fA-F:.]+$/.test(address) ? `${address}/${mask ?? "128"}` : null;
  if (!/^\d{1,3}(\.\d{1,3}){0,3}\.?$/.test(address)) return null;
  const bytes = address.split(".").filter((part) => part !== "");
  if (bytes.some((byte) => Number(byte) > 255)) return null;
  const whole = [...bytes, "0", "0", "0"].slice(0, 4).join(".");
  if (mask === undefined) return `${whole}/${8 * bytes.length}`;
  if (/^\d{1,2}$/.test(mask)) return Number(mask) <= 32 ? `${whole}/${mask}` : null;
  const prefix = prefixOf(mask);
  return prefix === null ? null : `${whole}/${prefix}`;
}

function prefixOf(mask: string): number | null {
  const bits = mask
    .split(".")
    .map((byte) => Number(byte).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.indexOf("0") < 0 ? 32 : bits.indexOf("0") : null;
}

/** Loopback addresses: the server's `local` also holds when both ends are the same address. */
export const loopback = ["127.0.0.0/8", "::1/128"] as const;

/** Whether the client comes from one of these addresses, networks or host names. */
export function clientFrom(written: readonly string[], at: Span): Condition {
  const blocks = written.flatMap((one) => (one === "localhost" ? loopback : (network(one) ?? [])));
  const hosts = written.filter((one) => one !== "localhost" && network(one) === null);
  const inBlocks = test("clientAddress", { kind: "inNetwork", blocks }, at);
  if (hosts.length === 0) return inBlocks;
  const named: Condition = {
    kind: "unknown",
    key: `client host ${hosts.join(" ")}`,
    why: `whether the client's host name is in ${hosts.join(", ")}`,
    reads: ["clientAddress"],
    at,
  };
  return blocks.length === 0 ? named : { kind: "any", of: [inBlocks, named] };
}
