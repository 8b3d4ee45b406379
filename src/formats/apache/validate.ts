import type { Condition } from "../../model/condition.ts";
import { all, always } from "../../model/condition.ts";
import type { Problem, Span } from "../../source.ts";
import { isMistake, mayBeForeign, rulesOf } from "./directives.ts";
import type { Statement } from "./expand.ts";
import { expression, required } from "./expression.ts";
import type { Methods, Placed } from "./layer.ts";
import { knownMethods, methodsOf, nestingFault } from "./methods.ts";
import { typeOf } from "./rewrite-conditions.ts";
import type { Cond, Rule } from "./rewrite-parse.ts";
import { rulesetOf } from "./rewrite-parse.ts";
import { argumentsFault, patternFault } from "./syntax.ts";
import type { Names } from "./variables.ts";

/** Why the server refuses to read something, and under which condition it comes to that. */
export interface Fault {
  readonly at: Span;
  readonly message: string;
  readonly when: Condition;
  /** Why requests are refused on purpose, where the line is meant to refuse them. */
  readonly intended?: string;
  /** What only the server can tell, for all lines that depend on it alike. */
  readonly unknown?: string;
}

/** What is allowed where the directives stand. */
export interface Allowance {
  readonly htaccess: boolean;
  /** Whether AllowOverride and AllowOverrideList let a directive stand in a `.htaccess`. */
  grants(node: Statement["node"]): boolean;
  /** Whether the server is known to have no module with a directive. */
  lacks(key: string): boolean;
  readonly names: Names;
}

/** What makes the server refuse these directives: a syntax error, or a place where they may not stand. */
export function faultsOf(statements: readonly Statement[], allowance: Allowance): readonly Fault[] {
  const rewriting = statements.filter(({ node }) => node.key === "rewritecond" || node.key === "rewriterule");
  const rules = rulesetOf(rewriting.map((one): Placed => ({ node: one.node, guard: one.guard, methods: [], children: [] })));
  const badRules = rules.faults
    .filter(({ placed }) => !isTemplate(placed.node))
    .map(({ at, message, placed }): Fault => ({ at, message, when: placed.guard }));
  const lost = rules.lost.flatMap((cond) => condFaults(cond, allowance.names));
  const badPatterns = [...lost, ...rules.rules.flatMap((rule) => patternFaults(rule, allowance.names))];
  const own = statements.flatMap((statement) => statementFaults(statement, allowance, []).map((fault) => (fault.at === statement.node.span ? meant(statement, fault) : fault)));
  return [...badRules, ...badPatterns, ...elseFaults(statements), ...negativeFaults(statements), ...withoutRepetition(own)];
}

/** Of lines that depend on the same unknown, the first tells of all. */
function withoutRepetition(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ unknown }, index) => unknown === undefined || faults.findIndex((one) => one.unknown === unknown) === index);
}

/** Who means to let nobody in loses nothing when nobody comes in. */
function meant({ node }: Statement, fault: Fault): Fault {
  const shuts = /^(deny\s+from\s+all|require\s+(all\s+denied|none|denied|deny|nobody))\b/i.test(`${node.name} ${node.argsText.text}`);
  return shuts ? { ...fault, intended: "the line is meant to let nobody in" } : fault;
}

/** Patterns and expressions of a rule and its conditions that do not compile. */
function patternFaults({ placed, pattern, conds }: Rule, names: Names): readonly Fault[] {
  return [...faultsAt(placed, patternFault(pattern)), ...conds.flatMap((cond) => condFaults(cond, names))];
}

function faultsAt({ node, guard }: Placed, message: string | null): readonly Fault[] {
  return message === null || isTemplate(node) ? [] : [{ at: node.span, message: `${node.name}: ${message}`, when: guard }];
}

function condFaults(cond: Cond, names: Names): readonly Fault[] {
  const type = typeOf(cond);
  if (type === "expression") return faultsAt(cond.placed, expressionFault(cond.pattern, cond.placed.node.span, names, "cannot compile expression"));
  return type === "regex" ? faultsAt(cond.placed, patternFault(cond.pattern)) : [];
}

/** An Else belongs to an If before it, with nothing in between but other branches. */
function elseFaults(statements: readonly Statement[]): readonly Fault[] {
  let open = false;
  return statements.flatMap(({ node, guard }): readonly Fault[] => {
    const lost = (node.key === "else" || node.key === "elseif") && node.kind === "section" && !open;
    open = node.key === "if" || (open && node.key !== "else");
    return lost ? [{ at: node.span, message: "<Else> or <ElseIf> section without previous <If> or <ElseIf> section in same scope", when: guard }] : [];
  });
}

/** A problem of reading a `.htaccess`, as a fault. */
export function faultOfProblem({ at, message }: Problem): Fault {
  return { at, message, when: always };
}

function isTemplate(node: Statement["node"]): boolean {
  // Quotes inside of a tag tear it apart, so that no argument holds it as a whole.
  return node.template || node.args.some((arg) => arg.template) || /<%|\{[{%]/.test(node.argsText.text);
}

function statementFaults(statement: Statement, allowance: Allowance, outer: readonly Methods[]): readonly Fault[] {
  const { node, guard } = statement;
  if (node.template) return [];
  const fault = placeFault(statement, allowance) ?? syntaxFault(statement, allowance, outer);
  const own = fault === null ? [] : [faultOf(statement, fault)];
  const limits = node.key === "limit" || node.key === "limitexcept" ? [...outer, methodsOf(statement)] : outer;
  if (own.length > 0) return own;
  const rest = statement.children.filter(({ node: child }) => child.key !== "rewritecond" && child.key !== "rewriterule");
  const rules = statement.children.length === rest.length ? [] : faultsOf(statement.children.filter((child) => !rest.includes(child)), allowance);
  const negative = node.key === "requireall" ? [] : negativeFaults(rest);
  const inside = [...rules, ...negative, ...rest.flatMap((child) => statementFaults(child, allowance, limits))];
  return inside.map((one) => ({ ...one, when: all(guard, one.when) }));
}

interface Found {
  readonly message: string;
  /** Where only the server can tell whether it is a fault. */
  readonly when?: Extract<Condition, { kind: "unknown" }>;
}

function faultOf({ node, guard }: Statement, { message, when }: Found): Fault {
  return when === undefined ? { at: node.span, message, when: guard } : { at: node.span, message, when: all(guard, when), unknown: when.key };
}

/** A server's own files may be included anywhere, and may speak to any module. */
function placeFault({ node, guard }: Statement, allowance: Allowance): Found | null {
  if (/^[\u00A0\u200B]/.test(node.name)) return { message: `Invalid command '${node.name}': it begins with a blank that only looks like one` };
  if (!allowance.htaccess) return null;
  if (allowance.lacks(node.key)) return { message: invalid(node) };
  const rules = rulesOf(node.key);
  if (rules === undefined) {
    if (/^php_admin_(?:value|flag)$/.test(node.key)) return { message: `${node.name} not allowed here` };
    if (/^php_(?:value|flag)$/.test(node.key)) return asksForModule(guard) ? null : ofPhp(node);
    return mayBeForeign(node.key) || asksForModule(guard) ? null : unknownFault(node);
  }
  return rules.overrides !== null && allowance.grants(node) ? null : { message: `${node.name} not allowed here` };
}

/** Whether something is read only where a module is loaded that nobody knows here, and which may bring the directive. */
function asksForModule(guard: Condition): boolean {
  return guard.kind === "unknown" ? guard.key.startsWith("ifmodule ") : guard.kind === "all" && guard.of.some(asksForModule);
}

/** Settings of PHP are for PHP inside of the server; beside it, as a server of its own, it has no such directives. */
function ofPhp({ name, span }: Statement["node"]): Found {
  const when = { kind: "unknown", key: "module php", why: "whether PHP runs inside of the server, as mod_php", usually: false, reads: [], at: span } as const;
  return { message: `Invalid command '${name}', for PHP that does not run inside of the server`, when };
}

function invalid({ name }: Pick<Statement["node"], "name">): string {
  return `Invalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`;
}

/** Modules that nobody knows here may bring directives of their own. */
function unknownFault({ name, key, span }: Statement["node"]): Found {
  if (name.startsWith("\uFEFF")) return { message: "the file begins with a byte order mark, which is taken for a part of the first word" };
  const message = invalid({ name });
  const when = { kind: "unknown", key: `directive ${key}`, why: `whether a module with the directive ${name} is loaded`, usually: true, reads: [], at: span } as const;
  return isMistake(key) ? { message } : { message, when };
}

function syntaxFault(statement: Statement, allowance: Allowance, outer: readonly Methods[]): Found | null {
  const { node } = statement;
  // The environment may fill in what a server reads at its start, but hardly methods.
  if (isTemplate(node) && !(/^limit/.test(node.key) && node.kind === "section" && node.args.some((arg) => arg.value.includes("${")))) return null;
  const words = node.args.map((arg) => arg.value);
  const message = node.kind === "section" ? sectionFault(statement, words, allowance, outer) : directiveFault(statement, words, allowance);
  if (message === null) return null;
  // Between quotes it is a part of a word.
  const commented = node.args.some((arg, index) => index > 0 && !arg.quoted && arg.value.startsWith("#"));
  return { message: commented ? `${message}: a comment needs a line of its own` : message };
}

function directiveFault({ node }: Statement, words: readonly string[], { names }: Allowance): string | null {
  const fault = argumentsFault(node.key, node.name, words);
  if (fault !== null) return fault;
  if (node.key === "error") return words.join(" ");
  if (node.key === "require" && words.some((word, index) => word.toLowerCase() === "expr" && index < 2)) {
    const written = required(node.argsText.text);
    return expressionFault(written, node.span, names, "Cannot parse expression in require line");
  }
  if (node.key !== "setenvifexpr") return null;
  if (words.length < 2) return "Missing envariable expression for SetEnvIfExpr";
  return expressionFault(words[0] ?? "", node.span, names, "Could not parse expression");
}

function expressionFault(written: string, at: Span, names: Names, what: string): string | null {
  const { error } = expression(written, at, names);
  return error === null ? null : `${what}: ${error}`;
}

function sectionFault(statement: Statement, words: readonly string[], { htaccess, names }: Allowance, outer: readonly Methods[]): string | null {
  const { node, children } = statement;
  switch (node.key) {
    case "limit":
    case "limitexcept":
      return limitFault(statement, htaccess, outer);
    case "files":
    case "filesmatch":
      return insideLimit(outer, node.name) ?? filesFault(node.name, node.key, words);
    case "if":
    case "elseif":
      return insideLimit(outer, node.name) ?? expressionFault(words[0] ?? "", node.span, names, "Cannot parse condition clause");
    case "requireall":
    case "requireany":
    case "requirenone":
      return containerFault(node.name, words, children);
    default:
      return null;
  }
}

/** A container of access control takes nothing but that, and something of it. */
function containerFault(name: string, words: readonly string[], children: readonly Statement[]): string | null {
  if (words.length > 0) return `<${name}> directive doesn't take additional arguments`;
  const strange = children.find(({ node }) => isName(node) && !/^(require(all|any|none)?|limit(except)?|files(match)?)$/.test(node.key));
  if (strange !== undefined) return `${strange.node.name} not allowed in <${name}> context`;
  if (children.some(({ node }) => /^files/.test(node.key))) return "<Files> cannot occur within <Limit> or <LimitExcept> section";
  return children.length === 0 ? `<${name}> directive contains no authorization directives` : null;
}

/** Not a line of a template, nor one that is still to be replaced. */
function isName({ key, template }: Statement["node"]): boolean {
  return !template && /^[a-z][a-z0-9_]*$/.test(key);
}

function filesFault(name: string, key: string, words: readonly string[]): string | null {
  const regex = key === "filesmatch" || words[0] === "~";
  const patterns = words[0] === "~" ? words.slice(1) : words;
  if (words.length === 0) return `<${name}> directive requires additional arguments`;
  if (patterns.length > 1) return `Multiple <${name}> arguments not (yet) supported.`;
  return regex ? patternFault(patterns[0] ?? "") : null;
}

function insideLimit(outer: readonly Methods[], name: string): string | null {
  return outer.length > 0 ? `<${name}> cannot occur within <Limit> section` : null;
}

function limitFault(statement: Statement, htaccess: boolean, outer: readonly Methods[]): string | null {
  const own = methodsOf(statement);
  const { names, kind } = own;
  const { name } = statement.node;
  if (names.length === 0) return `<${name}> directive requires additional arguments`;
  if (kind === "only" && names.includes("TRACE")) return "TRACE cannot be controlled by <Limit>, see TraceEnable";
  const strange = names.find((one) => !knownMethods.has(one));
  if (strange !== undefined && htaccess) return `Could not register method '${strange}' for <${name} from .htaccess configuration`;
  return nestingFault(name, own, outer);
}

/** A line that can only deny has no effect among lines of which one must grant, and is refused. */
function negativeFaults(children: readonly Statement[]): readonly Fault[] {
  return children
    .filter(({ node }) => node.key === "requirenone" || (node.key === "require" && (node.args[0]?.value ?? "").toLowerCase() === "not"))
    .map(({ node, guard }) => ({ at: node.span, message: `negative ${node.name} directive has no effect in <RequireAny> directive`, when: guard }));
}
