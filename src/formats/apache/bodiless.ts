import type { Condition, Operator } from "../../model/condition.ts";
import { all, any, not } from "../../model/condition.ts";
import type { Field } from "../../model/field.ts";
import type { Part, Template } from "../../model/template.ts";
import { fieldsOf } from "../../model/tests-of.ts";
import type { Span } from "../../source.ts";
import { inLookup } from "./lookup.ts";

/** Headers that speak of a body: a request that the server makes to itself has none. */
const ofBodies = /^header:(content-(length|encoding|language|location|md5|range)|last-modified|transfer-encoding)$/;

/** The condition as it is answered while a lookup is under way, too. */
export function bodiless(condition: Condition): Condition {
  return withTests(condition, (test) => readOtherwise(test, (field) => (ofBodies.test(field) ? { kind: "text", text: "" } : null), inLookup(test.at)));
}

/** The condition where the path is not decoded yet: the one that was sent, until the server turns to another. */
export function asSent(condition: Condition, sent: (at: Span) => Condition): Condition {
  return withTests(condition, (test) => readOtherwise(test, (field) => (field === "path" ? { kind: "field", field: "rawPath" } : null), sent(test.at)));
}

type Test = Extract<Condition, { kind: "test" }>;

function withTests(condition: Condition, change: (test: Test) => Condition): Condition {
  switch (condition.kind) {
    case "all":
      return all(...condition.of.map((one) => withTests(one, change)));
    case "any":
      return any(...condition.of.map((one) => withTests(one, change)));
    case "not":
      return not(withTests(condition.of, change));
    case "test":
      return change(condition);
    default:
      return condition;
  }
}

/** The same test where some fields say something else under a condition. */
function readOtherwise(test: Test, instead: (field: Field) => Part | null, when: Condition): Condition {
  const { subject, operator } = test;
  if (subject.kind !== "text" || !fieldsOf(subject).some((field) => instead(field) !== null)) return test;
  const changed = (template: Template): Template => template.map((part) => (part.kind === "field" ? (instead(part.field) ?? part) : part));
  const value: Operator = "value" in operator ? { ...operator, value: changed(operator.value) } : operator;
  return any(all(not(when), test), all(when, { ...test, subject: { ...subject, of: changed(subject.of) }, operator: value }));
}
