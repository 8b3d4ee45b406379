import { all, always, any, not, test, type Condition } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import { collection, count, flag, sections, setting, words, type Entry, type Place, type Section } from "./config.ts";
import { deny, gate } from "./gates.ts";
import { meantBy } from "./intent.ts";
import { valueOf } from "./xml.ts";

const statuses: Readonly<Record<string, number | "reset">> = { abortrequest: "reset", unauthorized: 401, forbidden: 403, notfound: 404 };

function statusOf(of: readonly Section[]): number | "reset" {
  return statuses[setting(of, "denyAction")?.value.toLowerCase() ?? ""] ?? 403;
}

/** Lists of addresses: entries in order, what is not listed last (IP Security). */
export function addressGates(place: Place): readonly Gate[] {
  const of = sections(place, "system.webServer/security/ipSecurity");
  const status = statusOf(of);
  const gates = collection(of, ["ipAddress", "subnetMask", "domainName"]).map((entry) => {
    const { at } = entry.element;
    const when = isClient(entry);
    if (flag([entry], "allowed", false)) return gate(when, { kind: "jump", to: "past the address list" }, { at, note: "lets this address through", reason: "address-list" });
    return deny(when, status, { at, note: "refuses this address", reason: "address-list" });
  });
  const unlisted = setting(of, "allowUnlisted");
  if (unlisted === null || flag(of, "allowUnlisted", true)) return gates;
  const { by } = unlisted;
  return [...gates, deny(always, status, { at: by.at, note: "refuses addresses that are not listed", reason: "address-list", intended: meantBy(by) })];
}

function isClient({ element }: Entry): Condition {
  const { at } = element;
  const name = valueOf(element, "domainName") ?? "";
  const block = networkOf(valueOf(element, "ipAddress") ?? "", valueOf(element, "subnetMask"));
  if (block !== null) return test("clientAddress", { kind: "inNetwork", blocks: [block] }, at);
  return { kind: "unknown", key: `client ${name}`, why: "the name that the client's address has", reads: ["clientAddress"], at };
}

/** `10.0.0.0` with `255.0.0.0`, or with a number of bits; null for what is no address. */
function networkOf(address: string, mask: string | undefined): string | null {
  if (!/^[\d.]+$/.test(address) && !/^[\da-f:.]+$/i.test(address)) return null;
  if (mask === undefined || mask === "") return address;
  if (/^\d{1,3}$/.test(mask)) return `${address}/${mask}`;
  const bits = mask.split(".").map((octet) => Number(octet).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? `${address}/${bits.lastIndexOf("1") + 1}` : null;
}

/** How often one address may ask (Dynamic IP Security). */
export function rateGates(place: Place): readonly Gate[] {
  const base = "system.webServer/security/dynamicIpSecurity";
  const of = sections(place, base);
  const rate = sections(place, `${base}/denyByRequestRate`);
  if (!flag(rate, "enabled", false) || flag(of, "enableLoggingOnlyMode", false)) return [];
  const most = count(rate, "maxRequests")?.value ?? 20;
  const within = count(rate, "requestIntervalInMilliseconds")?.value ?? 200;
  const status = statusOf(of);
  const at = rate.at(-1)?.element.at ?? place.at;
  const perMinute = Math.floor((most * 60_000) / Math.max(1, within));
  return [gate(always, { kind: "limit", perMinute: Math.max(perMinute, most), status: status === "reset" ? 403 : status }, { at, note: "refuses what comes more often", reason: "rate" })];
}

/** Places that want TLS answer 403 without (403.4); those that want a certificate of the client, without one (403.7). */
export function tlsGates(place: Place): readonly Gate[] {
  const flags = setting(sections(place, "system.webServer/security/access"), "sslFlags");
  if (flags === null) return [];
  const { at } = flags.by;
  const wanted = words(flags.value).map((word) => word.toLowerCase());
  const gates: Gate[] = [];
  if (wanted.includes("ssl") || wanted.includes("ssl128")) gates.push(deny(isPlain(at), 403, { at, note: "asks for TLS", reason: "protocol" }));
  if (wanted.includes("sslrequirecert")) {
    const without: Condition = { kind: "unknown", key: "client certificate", why: "whether the client has a certificate", reads: ["identity"], at };
    gates.push(deny(all(not(isPlain(at)), any(not(isKnown(at)), without)), 403, { at, note: "asks for a certificate of the client", reason: "authorization" }));
  }
  return gates;
}

function isPlain(at: Span): Condition {
  return test("scheme", { kind: "in", values: ["http"] }, at);
}

/** The client has proved who it is. */
export function isKnown(at: Span): Condition {
  return test("identity", { kind: "in", values: ["valid"] }, at);
}
