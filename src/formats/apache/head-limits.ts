import type { Condition, Subject } from "../../model/condition.ts";
import { all } from "../../model/condition.ts";
import type { Chain, Fix, Gate } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import { because, deny, fixable, variableIs } from "./gates.ts";
import type { Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";
import type { Host } from "./server.ts";

/** A limit for a request's head: what it measures, what it refuses with, and what the server takes by itself. */
interface Limit {
  readonly key: string;
  readonly status: number;
  readonly subject: Subject;
  /** How much more than the written number is still taken: the end of a line counts as one. */
  readonly spare: number;
  readonly otherwise: number;
  readonly note: string;
}

const limits: readonly Limit[] = [
  { key: "limitrequestline", status: 414, subject: { kind: "text", of: [...fieldValue("sentMethod"), ...text(" "), ...fieldValue("requestUri"), ...text(" HTTP/1.1")] }, spare: 1, otherwise: 8190, note: "the longest request line" },
  { key: "limitrequestfieldsize", status: 400, subject: { kind: "entries", from: ["headers"], part: "lines" }, spare: 1, otherwise: 8190, note: "the longest header line" },
  { key: "limitrequestfields", status: 400, subject: { kind: "entries", from: ["headers"], part: "count" }, spare: 0, otherwise: 100, note: "the most headers" },
];

/** What is refused while a request is read, before it is known which host it is for: by the directives of the address's first host. */
export function headLimits({ reading }: Host): readonly Chain[] {
  const gates = limits.flatMap((limit) => gatesOf(limit, reading));
  return gates.length === 0 ? [] : [{ name: "head", gates }];
}

/** A zero lifts the limit for the number of headers only (ap_get_mime_headers_core). */
function gatesOf({ key, status, subject, spare, otherwise, note }: Limit, reading: readonly Placed[]): readonly Gate[] {
  const line = reading.findLast(({ node }) => node.key === key);
  const [word] = line?.node.args ?? [];
  if (line === undefined || word === undefined || word.template) return [];
  const most = bytesOf(line);
  if (most === 0 && key === "limitrequestfields") return [];
  const { span } = line.node;
  const transforms = subject.kind === "entries" && subject.part === "count" ? {} : ({ transforms: ["length"] } as const);
  const above: Condition = { kind: "test", subject, ...transforms, operator: { kind: "number", is: ">", value: text(String(most + spare)) }, at: span };
  // An error page is asked for with the same head.
  const when = all(line.guard, variableIs("first", "yes", span), above);
  const fix: Fix | null = most < otherwise && line.node.argsText.standsAt === undefined ? { title: `allow ${otherwise}, as the server does by itself`, safe: false, edits: [{ at: word.span, text: String(otherwise) }] } : null;
  return [fixable(deny(when, status, because(span, note), "head-size"), fix)];
}

function bytesOf(placed: Placed): number {
  return Number.parseInt(valuesOf(placed)[0] ?? "0", 10) || 0;
}
