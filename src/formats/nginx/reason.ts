import type { Condition } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import type { Reason } from "../../model/program.ts";
import { fieldsOf, testsIn } from "../../model/tests-of.ts";
import type { Lowering } from "./lowering.ts";

const STRONGEST: readonly Reason[] = ["always-holds", "method", "content-type", "cross-site", "client-software", "authorization", "address-list", "body-size", "waf-match"];

const HEADERS: Readonly<Record<string, Reason>> = {
  "content-type": "content-type",
  referer: "cross-site",
  origin: "cross-site",
  "x-requested-with": "cross-site",
  "user-agent": "client-software",
  authorization: "authorization",
};

/** Headers that nobody sends: `$http_version` is taken for a variable of the server, which has other names for all of these. */
const NEVER_SENT: ReadonlySet<string> = new Set(["version", "method", "request-method", "scheme", "protocol", "uri", "request-uri", "remote-addr", "args", "query-string", "body"]);

function topicOf(field: Field): Reason | null {
  if (field === "method" || field === "sentMethod") return "method";
  if (field === "clientAddress") return "address-list";
  if (field === "protocol") return "client-software";
  if (field === "contentLength" || field === "bodyBytes") return "body-size";
  if (field === "query" || field === "requestUri" || field.startsWith("argument:")) return "waf-match";
  if (field.startsWith("cookie:")) return "authorization";
  if (!field.startsWith("header:")) return null;
  const header = field.slice(7);
  return NEVER_SENT.has(header) ? "always-holds" : (HEADERS[header] ?? null);
}

/** What a condition is about, through the variables it reads. */
export function topicsOf(low: Lowering, condition: Condition): ReadonlySet<Reason> {
  const topics = new Set<Reason>();
  const seen = new Set<string>();
  const visit = (part: Condition): void => {
    for (const field of testsIn(part).flatMap((test) => fieldsOf(test.subject))) {
      const topic = topicOf(field);
      if (topic !== null) topics.add(topic);
      if (!field.startsWith("var:") || seen.has(field)) continue;
      seen.add(field);
      for (const each of low.topics.get(field.slice(4)) ?? []) topics.add(each);
      for (const each of low.definitions[field.slice(4)] ?? []) visit(each.when);
    }
  };
  visit(condition);
  return topics;
}

/** The reason of a refusal that depends on a condition; a fixed answer when it depends on nothing known. */
export function reasonOf(low: Lowering, condition: Condition): Reason {
  const topics = topicsOf(low, condition);
  return STRONGEST.find((reason) => topics.has(reason)) ?? "fixed-answer";
}
