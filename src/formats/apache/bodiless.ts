import type { Condition, Operator } from "../../model/condition.ts";
import { all, any, not } from "../../model/condition.ts";
import type { Template } from "../../model/template.ts";
import { fieldsOf } from "../../model/tests-of.ts";
import { inLookup } from "./lookup.ts";

/** Headers that speak of a body: a request that the server makes to itself has none. */
const ofBodies = /^header:(content-(length|encoding|language|location|md5|range)|last-modified|transfer-encoding)$/;

/** The condition as it is answered while a lookup is under way, too. */
export function bodiless(condition: Condition): Condition {
  switch (condition.kind) {
    case "all":
      return all(...condition.of.map(bodiless));
    case "any":
      return any(...condition.of.map(bodiless));
    case "not":
      return not(bodiless(condition.of));
    case "test":
      return bodilessTest(condition);
    default:
      return condition;
  }
}

function bodilessTest(test: Extract<Condition, { kind: "test" }>): Condition {
  const { subject, operator, at } = test;
  if (subject.kind !== "text" || !fieldsOf(subject).some((field) => ofBodies.test(field))) return test;
  const value: Operator = "value" in operator ? { ...operator, value: without(operator.value) } : operator;
  const inside: Condition = { ...test, subject: { ...subject, of: without(subject.of) }, operator: value };
  return any(all(not(inLookup(at)), test), all(inLookup(at), inside));
}

function without(template: Template): Template {
  return template.map((part) => (part.kind === "field" && ofBodies.test(part.field) ? { kind: "text", text: "" } : part));
}
