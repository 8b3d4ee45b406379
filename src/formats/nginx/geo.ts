import type { Condition } from "../../model/condition.ts";
import { all, always, any, not, test, testText } from "../../model/condition.ts";
import { inNetworks, parseNetwork } from "../../model/network.ts";
import type { Case } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue } from "../../model/template.ts";
import type { Context } from "./context.ts";
import { own } from "./context.ts";
import type { Site } from "./lowering.ts";
import { fresh } from "./lowering.ts";
import { rangeBlocks } from "./networks.ts";
import type { Directive } from "./parse.ts";
import { forwardedBy, mostProxies } from "./real-ip.ts";
import type { Row } from "./rows.ts";
import { rowsOf } from "./rows.ts";
import { variable } from "./values.ts";

const GEO_FLAGS: ReadonlySet<string> = new Set(["ranges", "proxy", "proxy_recursive", "delete", "include"]);

/** What a value that is no address counts as (ngx_http_geo_cidr_variable). */
const NO_ADDRESS = "255.255.255.255";

/** The narrowest block that holds the address decides, among equal ones the last; of ranges, which lie in each other, the last. */
export function geoCases(site: Site, directive: Directive, block: Context): readonly Case[] {
  const subject = directive.args.length > 1 ? directive.args[0] : undefined;
  const value = behindProxies(site, subject === undefined ? variable(site, "remote_addr") : variable(site, subject.value.replace(/^\$/, "")), block);
  const rows = withoutDeleted(rowsOf(site, block.items, GEO_FLAGS), block);
  const width = ({ key }: Row): number => parseNetwork(key.value)?.prefix ?? 0;
  const last = rows.filter(({ key }) => key.value !== "default").toReversed();
  const blocks = own(block, "ranges").length > 0 ? last : last.toSorted((one, other) => width(other) - width(one));
  return [
    ...blocks.map((row): Case => ({ when: holdsAddress(value, row, subject !== undefined), value: row.value })),
    { when: always, value: rows.findLast(({ key }) => key.value === "default")?.value ?? [] },
  ];
}

function holdsAddress(value: Template, { key }: Row, maybeNone: boolean): Condition {
  const blocks = rangeBlocks(key.value);
  const inside = testText(value, { kind: "inNetwork", blocks }, key.at);
  if (!maybeNone || !inNetworks(NO_ADDRESS, blocks)) return inside;
  return any(inside, not(testText(value, { kind: "inNetwork", blocks: ["0.0.0.0/0", "::/0"] }, key.at)));
}

/** `delete` takes away the same network where it was given before. */
function withoutDeleted(rows: readonly Row[], block: Context): readonly Row[] {
  const deleted = own(block, "delete").flatMap(({ args: [word] }) => (word === undefined ? [] : [word]));
  return rows.filter(({ key }) => !deleted.some((word) => word.value === key.value && word.at.start > key.at.start));
}

/** Behind proxies that are trusted the address is the one they name, as with `real_ip_header` (ngx_http_get_forwarded_addr). */
function behindProxies({ low }: Site, value: Template, block: Context): Template {
  const trusted = own(block, "proxy").flatMap(({ args }) => args.map((word) => word.value));
  const at = own(block, "proxy")[0]?.head;
  if (at === undefined) return value;
  const name = fresh(low, "address for geo");
  const isTrusted = (address: Template): Condition => testText(address, { kind: "inNetwork", blocks: trusted }, at);
  const named = Array.from({ length: own(block, "proxy_recursive").length > 0 ? mostProxies : 1 }, (_, behind) => {
    const captures = `${name}, ${behind} behind, group `;
    const address = [1, 2, 3].flatMap((group) => fieldValue(`var:${captures}${group}`));
    return { found: test("header:x-forwarded-for", { kind: "matches", pattern: forwardedBy(behind), captures, otherwise: false }, at), address };
  });
  const cases = named.map(({ address }, index): Case => {
    const way = named.slice(0, index + 1).flatMap(({ found }, before) => [isTrusted(named[before - 1]?.address ?? value), found]);
    return { when: all(...way), value: address };
  });
  low.definitions[name] = [...cases.toReversed(), { when: always, value }];
  return fieldValue(`var:${name}`);
}
