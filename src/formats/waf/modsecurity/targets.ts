import { all, any, never, not, test, type Condition, type Exception, type Subject } from "../../../model/condition.ts";
import type { Collection, Selector } from "../../../model/field.ts";
import { selects } from "../../../model/read.ts";
import type { Span } from "../../../source.ts";
import { FORCE_BODY, PROCESSOR, scalarValue, txName } from "./macros.ts";
import type { Variable } from "./tree.ts";

/** What lowering the targets of one rule needs to know of its surroundings. */
export interface TargetContext {
  readonly phase: number;
  /** Holds where request bodies are read. */
  readonly body: Condition;
  /** Entries that `ctl:ruleRemoveTarget...` leaves out at run time, for a variable of this name. */
  readonly exceptions: (variable: string) => readonly Exception[];
  /** All TX variables that some rule sets, as kept names. */
  readonly knownTx: ReadonlySet<string>;
  /** Variables that count requests across time, like `ip.hits`, in lower case. */
  readonly counters: ReadonlySet<string>;
}

/** One thing to test, and the condition under which the engine has it. */
export type Target =
  | { readonly kind: "subject"; readonly subject: Subject; readonly when: Condition | null; readonly at: Span }
  /** A count that is 1 when the variable is set, else 0. */
  | { readonly kind: "counted"; readonly present: Condition; readonly at: Span }
  | { readonly kind: "unknown"; readonly name: string; readonly when: Condition | null; readonly at: Span };

type Processor = "URLENCODED" | "JSON" | "MULTIPART" | "XML";

interface Family {
  readonly part: "values" | "names";
  readonly plain: readonly Collection[];
  readonly body: Readonly<Partial<Record<Processor, Collection>>>;
}

const BODY_ARGUMENTS: Family["body"] = { URLENCODED: "formArguments", JSON: "jsonArguments", MULTIPART: "multipartArguments" };

/** Reference manual, "Variables". */
const FAMILIES: Readonly<Record<string, Family>> = {
  ARGS: { part: "values", plain: ["queryArguments"], body: BODY_ARGUMENTS },
  ARGS_NAMES: { part: "names", plain: ["queryArguments"], body: BODY_ARGUMENTS },
  ARGS_GET: { part: "values", plain: ["queryArguments"], body: {} },
  ARGS_GET_NAMES: { part: "names", plain: ["queryArguments"], body: {} },
  ARGS_POST: { part: "values", plain: [], body: BODY_ARGUMENTS },
  ARGS_POST_NAMES: { part: "names", plain: [], body: BODY_ARGUMENTS },
  REQUEST_HEADERS: { part: "values", plain: ["headers"], body: {} },
  REQUEST_HEADERS_NAMES: { part: "names", plain: ["headers"], body: {} },
  REQUEST_COOKIES: { part: "values", plain: ["cookies"], body: {} },
  REQUEST_COOKIES_NAMES: { part: "names", plain: ["cookies"], body: {} },
  FILES: { part: "values", plain: [], body: { MULTIPART: "multipartFiles" } },
  MULTIPART_FILENAME: { part: "values", plain: [], body: { MULTIPART: "multipartFiles" } },
  FILES_NAMES: { part: "names", plain: [], body: { MULTIPART: "multipartFiles" } },
  MULTIPART_PART_HEADERS: { part: "values", plain: [], body: { MULTIPART: "multipartHeaders" } },
};

/** Collections that outlive a request. A client that has done nothing wrong is not in them, but its requests are counted. */
const PERSISTENT: ReadonlySet<string> = new Set(["IP", "SESSION", "USER", "GLOBAL", "RESOURCE"]);

const NEEDS_FILES: ReadonlySet<string> = new Set(["FILES_SIZES", "FILES_COMBINED_SIZE", "FILES_TMPNAMES", "FILES_TMP_CONTENT", "MULTIPART_NAME"]);

/** The variables of a rule as things to test. `!` variables leave entries out of those of the same name. */
export function targetsOf(variables: readonly Variable[], context: TargetContext): readonly Target[] {
  const removed = variables.filter((variable) => variable.mode === "remove");
  return variables.filter((variable) => variable.mode !== "remove").flatMap((variable) => {
    const same = removed.filter((other) => other.name === variable.name);
    if (same.some((other) => other.selector === null || sameSelector(other, variable))) return [];
    const except: Exception[] = same.flatMap((other) => selectorOf(other) ?? []);
    return targetOf(variable, [...except, ...context.exceptions(variable.name)], context);
  });
}

function sameSelector(a: Variable, b: Variable): boolean {
  return a.selector !== null && !a.selector.regex && a.selector.text.toLowerCase() === b.selector?.text.toLowerCase();
}

function selectorOf(variable: Variable): Selector | null {
  const { selector } = variable;
  if (selector === null) return null;
  return selector.regex ? { kind: "pattern", pattern: selector.text, ignoreCase: true } : { kind: "name", name: selector.text };
}

function targetOf(variable: Variable, except: readonly Exception[], context: TargetContext): readonly Target[] {
  const { name, span: at } = variable;
  if (name === "TX") return txTargets(variable, context);
  if (PERSISTENT.has(name) && !context.counters.has(`${name}.${variable.selector?.text ?? ""}`.toLowerCase())) {
    return variable.mode === "count" ? [{ kind: "counted", present: never, at }] : [];
  }
  if (name === "XML") return xmlTargets(variable, except, context);
  const family = FAMILIES[name];
  if (family !== undefined) return familyTargets(variable, family, except, context);
  const whole = except.map((exception) => exception.when).filter((when) => when !== undefined);
  const when = whole.length === 0 ? null : not(any(...whole));
  if (name === "REQUEST_BODY") return bodyText(variable, when, context);
  const value = scalarValue(name, context.phase);
  if (value !== null && variable.mode === "count") return [{ kind: "counted", present: all(), at }];
  if (value !== null) return [{ kind: "subject", subject: { kind: "text", of: value }, when, at }];
  return [{ kind: "unknown", name, when: NEEDS_FILES.has(name) ? bodyIs("MULTIPART", context, at) : when, at }];
}

/** The body was handed to this parser. */
function bodyIs(processor: Processor, context: TargetContext, at: Span): Condition {
  if (context.phase === 1) return never;
  return all(context.body, test(`var:${PROCESSOR}`, { kind: "in", values: [processor] }, at));
}

function familyTargets(variable: Variable, family: Family, except: readonly Exception[], context: TargetContext): readonly Target[] {
  const only = selectorOf(variable);
  const at = variable.span;
  const subject = (from: readonly Collection[]): Subject => ({
    kind: "entries",
    from,
    part: variable.mode === "count" ? "count" : family.part,
    ...(only === null ? {} : { only: [only] }),
    ...(except.length === 0 ? {} : { except }),
  });
  const bodies = Object.entries(family.body).map(([processor, collection]) => ({ when: bodyIs(processor as Processor, context, at), collection }));
  const target = (from: readonly Collection[], when: Condition | null): Target => ({ kind: "subject", subject: subject(from), when, at });
  if (variable.mode === "count") {
    // A count is one number, so each parser's arguments are counted together with those of the query.
    const counted = bodies.map(({ when, collection }) => target([...family.plain, collection], when));
    return [...counted, target(family.plain, bodies.length === 0 ? null : not(any(...bodies.map(({ when }) => when))))];
  }
  if (variable.name === "REQUEST_HEADERS" && only?.kind === "name" && except.length === 0) {
    return [{ kind: "subject", subject: { kind: "field", field: `header:${only.name.toLowerCase()}` }, when: null, at }];
  }
  const inBody = bodies.map(({ when, collection }) => target([collection], when));
  return family.plain.length === 0 ? inBody : [target(family.plain, null), ...inBody];
}

/** `XML:/*` is the text of the document, `XML://@*` its attributes; other paths are not followed. */
function xmlTargets(variable: Variable, except: readonly Exception[], context: TargetContext): readonly Target[] {
  const at = variable.span;
  const path = variable.selector?.text ?? "";
  const when = bodyIs("XML", context, at);
  const from: Collection | null = path === "/*" ? "xmlText" : path === "//@*" ? "xmlAttributes" : null;
  if (from === null) return [{ kind: "unknown", name: `XML:${path}`, when, at }];
  const excepted = except.length === 0 ? {} : { except };
  return [{ kind: "subject", subject: { kind: "entries", from: [from], part: variable.mode === "count" ? "count" : "values", ...excepted }, when, at }];
}

/** REQUEST_BODY is there for forms, and for bodies no parser takes when a `ctl` action forces it; else it is absent. */
function bodyText(variable: Variable, when: Condition | null, context: TargetContext): readonly Target[] {
  const at = variable.span;
  if (context.phase === 1) return [];
  const processorIs = (value: string): Condition => test(`var:${PROCESSOR}`, { kind: "in", values: [value] }, at);
  const forced = all(processorIs(""), test(`var:${FORCE_BODY}`, { kind: "present" }, at));
  const there = all(context.body, any(processorIs("URLENCODED"), forced), ...(when === null ? [] : [when]));
  if (variable.mode === "count") return [{ kind: "counted", present: there, at }];
  return [{ kind: "subject", subject: { kind: "field", field: "body" }, when: there, at }];
}

/** A TX variable, or all that some rule sets under a name the pattern matches. */
function txTargets(variable: Variable, context: TargetContext): readonly Target[] {
  const at = variable.span;
  const selector = selectorOf(variable);
  const names = selector?.kind === "name" ? [txName(selector.name)] : [...context.knownTx].filter((name) => selector === null || selects(selector, name.slice(3)) === true);
  if (variable.mode === "count") {
    const present = any(...names.map((name) => test(`var:${name}`, { kind: "present" }, at)));
    return [{ kind: "counted", present, at }];
  }
  return names.map((name): Target => ({ kind: "subject", subject: { kind: "field", field: `var:${name}` }, when: null, at }));
}
