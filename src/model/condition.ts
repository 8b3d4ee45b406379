import type { Span } from "../source.ts";
import type { Collection, Field, Selector } from "./field.ts";
import type { Template } from "./template.ts";
import type { Transform } from "./transform.ts";

/** Kleene's three values: `maybe` is what only the running server knows. */
export type Answer = "yes" | "no" | "maybe";

/** What a test looks at. A test holds when SOME value of its subject satisfies the operator. */
export type Subject =
  /** One value, always there; absent fields read as "". */
  | { readonly kind: "text"; readonly of: Template }
  /** One value, or none when the field is absent. */
  | { readonly kind: "field"; readonly field: Field }
  | {
      readonly kind: "entries";
      readonly from: readonly Collection[];
      /** Which entries; all when left out. */
      readonly only?: readonly Selector[];
      readonly except?: readonly Exception[];
      /** A line is `name: value`, as a header is sent. */
      readonly part: "values" | "names" | "lines" | "count";
    };

/** Leaves entries out, always or where a condition over variables holds. */
export type Exception = Selector & { readonly when?: Condition };

export type Operator =
  | { readonly kind: "equals" | "contains" | "startsWith" | "endsWith"; readonly value: Template; readonly ignoreCase?: boolean }
  /** The subject occurs in the value: ModSecurity's `@within`. */
  | { readonly kind: "within"; readonly value: Template; readonly ignoreCase?: boolean }
  | { readonly kind: "in"; readonly values: readonly string[]; readonly ignoreCase?: boolean }
  | { readonly kind: "containsAny"; readonly values: readonly string[]; readonly ignoreCase?: boolean }
  /**
   * An unanchored PCRE. `captures` binds groups 0-9 to the variables `<captures>0` ... `<captures>9`, and named groups
   * to their names, as soon as it matches: conditions further right and the gate's effect may read them. With `lasting`
   * they stay bound when the condition as a whole does not hold; "emptied" also empties the groups without a match.
   * `otherwise` is the answer where the subject is not known; without it that is a maybe.
   */
  | {
      readonly kind: "matches";
      readonly pattern: string;
      readonly ignoreCase?: boolean;
      readonly dotAll?: boolean;
      readonly multiline?: boolean;
      readonly dollarEndOnly?: boolean;
      readonly captures?: string;
      readonly lasting?: "matched" | "emptied";
      readonly otherwise?: boolean;
    }
  /** The subject is an address inside one of the blocks: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.1`. */
  | { readonly kind: "inNetwork"; readonly blocks: readonly string[] }
  /** Compares integers; a subject that is no number reads as 0. */
  | { readonly kind: "number"; readonly is: "=" | "<" | "<=" | ">" | ">="; readonly value: Template }
  | { readonly kind: "present" }
  /**
   * The subject is a path on the server's disk: of a file that is not empty where it is to be `filled`, and of anything
   * that is there for `link` and `executable`. `otherwise` is the answer where nobody can tell; without it that is a maybe.
   */
  | { readonly kind: "onDisk"; readonly as: "file" | "directory" | "any" | "filled" | "link" | "executable"; readonly otherwise?: boolean };

/** One more test of a value that has already satisfied a test. */
export interface Further {
  readonly transforms?: readonly Transform[];
  readonly operator: Operator;
  readonly negated?: boolean;
}

/** A closed boolean algebra over the request and the variables. */
export type Condition =
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "test";
      readonly subject: Subject;
      readonly transforms?: readonly Transform[];
      /** Keep every intermediate value of the transforms and test each: ModSecurity's `multiMatch`. */
      readonly eachTransform?: boolean;
      readonly operator: Operator;
      /** Some value does NOT satisfy the operator (ModSecurity's `!@rx`); `not` around the test says that none does. */
      readonly negated?: boolean;
      /** What the same value, as transformed so far, must satisfy too: chained rules on ModSecurity's MATCHED_VARS. */
      readonly also?: readonly Further[];
      readonly at: Span;
    }
  /** Not decidable from the configuration. Equal keys have equal answers within one request. */
  | {
      readonly kind: "unknown";
      readonly key: string;
      /** What it depends on, in words that end the sentence "depends on ...". */
      readonly why: string;
      /** The answer where one has to be taken. */
      readonly usually?: boolean;
      readonly reads: readonly Field[] | "anything";
      readonly at: Span;
    };

/** Holds for every request. */
export const always: Condition = { kind: "all", of: [] };
/** Holds for none. */
export const never: Condition = { kind: "any", of: [] };

/** All of them hold; flattens and drops what always holds. */
export function all(...of: readonly Condition[]): Condition {
  const flat = of.flatMap((condition) => (condition.kind === "all" ? condition.of : [condition]));
  if (flat.some(isNever)) return never;
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind: "all", of: flat };
}

/** One of them holds; flattens and drops what never holds. */
export function any(...of: readonly Condition[]): Condition {
  const flat = of.flatMap((condition) => (condition.kind === "any" ? condition.of : [condition]));
  if (flat.some(isAlways)) return always;
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind: "any", of: flat };
}

/** The opposite; a double negation cancels. */
export function not(of: Condition): Condition {
  if (isAlways(of)) return never;
  if (isNever(of)) return always;
  return of.kind === "not" ? of.of : { kind: "not", of };
}

/** Whether a condition is the constant `always`. */
export function isAlways(condition: Condition): boolean {
  return condition.kind === "all" && condition.of.length === 0;
}

/** Whether something has a say in a condition that only the running server knows. */
export function asksUnknown(condition: Condition): boolean {
  if (condition.kind === "unknown") return true;
  if (condition.kind === "not") return asksUnknown(condition.of);
  return condition.kind !== "test" && condition.of.some(asksUnknown);
}

/** Whether a condition is the constant `never`. */
export function isNever(condition: Condition): boolean {
  return condition.kind === "any" && condition.of.length === 0;
}

/** A test of one field. */
export function test(field: Field, operator: Operator, at: Span): Condition {
  return { kind: "test", subject: { kind: "field", field }, operator, at };
}

/** A test of a value put together from text and fields. */
export function testText(of: Template, operator: Operator, at: Span): Condition {
  return { kind: "test", subject: { kind: "text", of }, operator, at };
}

/** The method is one of these; HTTP methods are case-sensitive (RFC 9110, 9.1). */
export function methodIn(values: readonly string[], at: Span): Condition {
  return test("method", { kind: "in", values }, at);
}
