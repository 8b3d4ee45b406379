import type { Condition } from "../../model/condition.ts";
import { all, always } from "../../model/condition.ts";
import type { Problem, Span } from "../../source.ts";
import { network } from "./addresses.ts";
import { isMistake, mayBeForeign, rulesOf } from "./directives.ts";
import type { Statement } from "./expand.ts";
import { expression } from "./expression.ts";
import type { Methods, Placed } from "./layer.ts";
import { rulesetOf } from "./rewrite-parse.ts";
import type { Names } from "./variables.ts";

/** Why the server refuses to read something, and under which condition it comes to that. */
export interface Fault {
  readonly at: Span;
  readonly message: string;
  readonly when: Condition;
}

/** What is allowed where the directives stand. */
export interface Allowance {
  readonly htaccess: boolean;
  /** Groups granted by AllowOverride; null for all. */
  readonly overrides: ReadonlySet<string> | null;
  /** `Nonfatal=`: what is not granted is passed over. */
  readonly nonfatal: boolean;
  readonly names: Names;
}

/** What makes the server refuse these directives: a syntax error, or a place where they may not stand. */
export function faultsOf(statements: readonly Statement[], allowance: Allowance): readonly Fault[] {
  const rewriting = statements.filter(({ node }) => node.key === "rewritecond" || node.key === "rewriterule");
  const rules = rulesetOf(rewriting.map((one): Placed => ({ node: one.node, guard: one.guard, methods: [], children: [] })));
  const badRules = rules.faults
    .filter(({ placed }) => !isTemplate(placed.node))
    .map(({ at, message, placed }): Fault => ({ at, message, when: placed.guard }));
  return [...badRules, ...negativeFaults(statements), ...statements.flatMap((statement) => statementFaults(statement, allowance, []))];
}

/** A problem of reading a `.htaccess`, as a fault; a true `<IfModule>` may end with the file. */
export function faultOfProblem(problem: Problem): Fault | null {
  const transparent = problem.code === "unclosed-section" && /^<(ifmodule|ifversion|ifdefine)/i.test(problem.at.file.text.slice(problem.at.start));
  return transparent ? null : { at: problem.at, message: problem.message, when: always };
}

function isTemplate(node: Statement["node"]): boolean {
  return node.template || node.args.some((arg) => arg.template);
}

function statementFaults(statement: Statement, allowance: Allowance, outer: readonly Methods[]): readonly Fault[] {
  const { node, guard } = statement;
  if (node.template) return [];
  const fault = placeFault(statement, allowance) ?? syntaxFault(statement, allowance, outer);
  const own = fault === null ? [] : [{ at: node.span, message: fault.message, when: all(guard, fault.when ?? always) }];
  const limits = node.key === "limit" || node.key === "limitexcept" ? [...outer, methodsOf(statement)] : outer;
  if (own.length > 0) return own;
  const rest = statement.children.filter(({ node: child }) => child.key !== "rewritecond" && child.key !== "rewriterule");
  const rules = statement.children.length === rest.length ? [] : faultsOf(statement.children.filter((child) => !rest.includes(child)), allowance);
  const negative = node.key === "requireall" ? [] : negativeFaults(rest);
  return [...rules, ...negative, ...rest.flatMap((child) => statementFaults(child, allowance, limits))];
}

/** The methods a Limit section names. */
export function methodsOf({ node }: Statement): Methods {
  return { kind: node.key === "limit" ? "only" : "except", names: node.args.map((arg) => arg.value), at: node.span, words: node.argsText.standsAt === undefined ? node.args.map((arg) => arg.span) : [] };
}

interface Found {
  readonly message: string;
  /** Where only the server can tell whether it is a fault. */
  readonly when?: Condition;
}

/** A server's own files may be included anywhere, and may speak to any module. */
function placeFault({ node }: Statement, allowance: Allowance): Found | null {
  if (!allowance.htaccess) return null;
  const rules = rulesOf(node.key);
  if (rules === undefined) {
    return mayBeForeign(node.key) ? null : unknownFault(node);
  }
  if (rules.overrides === null) return { message: `${node.name} not allowed here` };
  const granted = allowance.overrides === null || rules.overrides.includes("Any") || rules.overrides.some((one) => allowance.overrides?.has(one));
  return granted || allowance.nonfatal ? null : { message: `${node.name} not allowed here` };
}

/** Modules that nobody knows here may bring directives of their own. */
function unknownFault({ name, key, span }: Statement["node"]): Found {
  if (name.startsWith("\uFEFF")) return { message: "the file begins with a byte order mark, which is taken for a part of the first word" };
  const message = `Invalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`;
  const when: Condition = { kind: "unknown", key: `directive ${key}`, why: `whether a module with the directive ${name} is loaded`, reads: [], at: span };
  return isMistake(key) ? { message } : { message, when };
}

/** Directives with exactly one argument; anything after it is an error. */
const oneArgument: ReadonlySet<string> = new Set([
  "order", "satisfy", "authtype", "authname", "authuserfile", "authgroupfile", "authmerging", "rewritebase", "sethandler", "forcetype",
  "fallbackresource", "limitrequestbody", "limitxmlrequestbody", "acceptpathinfo", "adddefaultcharset", "defaultlanguage", "directoryindexredirect",
]);

/** Directives that are `On` or `Off`. */
const flags: ReadonlySet<string> = new Set(["rewriteengine", "expiresactive", "cgipassauth"]);

const knownMethods: ReadonlySet<string> = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE".split(" "),
);

function syntaxFault(statement: Statement, allowance: Allowance, outer: readonly Methods[]): Found | null {
  const { node } = statement;
  if (isTemplate(node) && node.args.every((arg) => !arg.value.includes("${"))) return null;
  const words = node.args.map((arg) => arg.value);
  const first = (words[0] ?? "").toLowerCase();
  if (oneArgument.has(node.key) && words.length !== 1) return { message: `${node.name} takes one argument` };
  if (flags.has(node.key) && first !== "on" && first !== "off") return { message: `${node.name} must be On or Off` };
  switch (node.key) {
    case "limit":
    case "limitexcept":
      return limitFault(statement, allowance.htaccess, outer);
    case "order":
      return /^(allow,deny|deny,allow|mutual-failure)$/.test(first) ? null : { message: "unknown order" };
    case "allow":
    case "deny":
      return listFault(words);
    case "satisfy":
      return first === "any" || first === "all" ? null : { message: "Satisfy either 'any' or 'all'." };
    case "require":
      return requireFault(words);
    case "redirect":
    case "redirectmatch":
      return redirectFault(words);
    case "files":
    case "filesmatch":
      return words.length === 0 ? { message: `<${node.name}> directive requires additional arguments` } : insideLimit(outer, node.name);
    case "if":
    case "elseif":
      return node.kind === "directive" ? null : ifFault(statement, allowance.names);
    case "options":
      return optionsFault(words);
    case "limitrequestbody":
      return /^\d+$/.test(first) ? null : { message: "LimitRequestBody requires a non-negative integer." };
    case "setenvif":
    case "setenvifnocase":
      return words.length < 3 ? { message: `Missing envariable expression for ${node.name}` } : null;
    default:
      return null;
  }
}

function insideLimit(outer: readonly Methods[], name: string): Found | null {
  return outer.length > 0 ? { message: `<${name}> cannot occur within <Limit> section` } : null;
}

function limitFault(statement: Statement, htaccess: boolean, outer: readonly Methods[]): Found | null {
  const { names, kind } = methodsOf(statement);
  const name = statement.node.name;
  if (names.length === 0) return { message: `<${name}> directive requires additional arguments` };
  if (kind === "only" && names.includes("TRACE")) return { message: "TRACE cannot be controlled by <Limit>, see TraceEnable" };
  const strange = names.find((one) => !knownMethods.has(one));
  if (strange !== undefined && htaccess) return { message: `Could not register method '${strange}' for <${name} from .htaccess configuration` };
  const enclosing = outer.at(-1);
  if (enclosing?.kind === "only" && kind === "only" && !names.some((one) => enclosing.names.includes(one))) {
    return { message: `<${name}> directive excludes all methods` };
  }
  return null;
}

function listFault(words: readonly string[]): Found | null {
  if ((words[0] ?? "").toLowerCase() !== "from") return { message: "allow and deny must be followed by 'from'" };
  if (words.length < 2) return { message: "takes at least two arguments" };
  for (const word of words.slice(1)) {
    if (/^(env=|all$)/i.test(word)) continue;
    if (word.includes("/") && network(word) === null) return { message: "An IP address was expected" };
    if (word.includes("#")) return { message: "No comments are allowed here" };
  }
  return null;
}

function requireFault(words: readonly string[]): Found | null {
  const [provider = "", ...args] = (words[0] ?? "").toLowerCase() === "not" ? words.slice(1) : words;
  switch (provider.toLowerCase()) {
    case "":
      return { message: "Require takes arguments" };
    case "all":
      return args.length === 1 && /^(granted|denied)$/i.test(args[0] ?? "") ? null : { message: "Argument for 'Require all' must be 'granted' or 'denied'" };
    case "ip":
      return args.some((one) => network(one) === null) ? { message: "ip address appears to be invalid" } : null;
    default:
      return null;
  }
}

/** A line that can only deny has no effect among lines of which one must grant, and is refused. */
function negativeFaults(children: readonly Statement[]): readonly Fault[] {
  return children
    .filter(({ node }) => node.key === "requirenone" || (node.key === "require" && (node.args[0]?.value ?? "").toLowerCase() === "not"))
    .map(({ node, guard }) => ({ at: node.span, message: `negative ${node.name} directive has no effect in <RequireAny> directive`, when: guard }));
}

function redirectFault(words: readonly string[]): Found | null {
  if (words.length < 1 || words.length > 3) return { message: "Redirect takes one, two or three arguments, an optional status, then document to be redirected and destination URL" };
  const [first = ""] = words;
  const known = /^\d/.test(first) || /^(permanent|temp|seeother|gone)$/i.test(first);
  return words.length === 3 && !known ? { message: "Redirect: invalid first argument (of three)" } : null;
}

function ifFault({ node }: Statement, names: Names): Found | null {
  const { error } = expression(node.args[0]?.value ?? "", node.span, names);
  return error === null ? null : { message: `Cannot parse condition clause: ${error}` };
}

const optionNames = /^[+-]?(indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|multiviews|runscripts|none|all)$/i;

function optionsFault(words: readonly string[]): Found | null {
  const strange = words.find((word) => !optionNames.test(word));
  if (strange !== undefined) return { message: `Illegal option ${strange}` };
  const later = words.slice(1).find((word) => /^(all|none)$/i.test(word));
  if (later !== undefined) return { message: `'Options ${later}' must be the first option given.` };
  // After All or None others may be added and taken away.
  const rest = /^(all|none)$/i.test(words[0] ?? "") ? words.slice(1) : words;
  const signed = rest.filter((word) => /^[+-]/.test(word)).length;
  return signed > 0 && signed < rest.length ? { message: "Either all Options must start with + or -, or no Option may." } : null;
}
