import type { Parsed, Problem, SourceFile, Span } from "../../../source.ts";
import { parseActions, parseOperator, parseVariables } from "./arguments.ts";
import { lex, spanOf, type LogicalLine, type Text } from "./lex.ts";
import type { Directive, Rule, Section } from "./tree.ts";

interface OpenSection {
  readonly line: LogicalLine;
  readonly directives: Directive[];
  /** Rules read since a rule with `chain`, as long as the chain goes on. */
  chain: Rule[];
}

/**
 * Parses SecLang: the ModSecurity directives, and the Apache sections that may stand around them. Other
 * directives are kept as settings. Never throws; a line that cannot be read becomes a problem.
 */
export function parse(file: SourceFile): Parsed<readonly Directive[]> {
  const { lines, problems: lexical } = lex(file);
  const problems: Problem[] = [...lexical];
  const open: OpenSection[] = [];
  let current: OpenSection = { line: emptyLine(file), directives: [], chain: [] };
  for (const line of lines) {
    const name = line.name.value;
    if (name.startsWith("</")) {
      const outer = open.pop();
      if (outer === undefined) problems.push(problem("unopened-section", `\`${name}\` closes no section`, line.span));
      else current = closeSection(outer, current, line.span.end, problems);
    } else if (name.startsWith("<")) {
      open.push(current);
      current = { line, directives: [], chain: [] };
    } else readDirective(current, line, problems);
  }
  for (let outer = open.pop(); outer !== undefined; outer = open.pop()) {
    problems.push(problem("unclosed-section", `\`${current.line.name.value}\` is never closed`, current.line.span));
    current = closeSection(outer, current, file.text.length, problems);
  }
  endChain(current, problems);
  return { tree: current.directives, problems };
}

function emptyLine(file: SourceFile): LogicalLine {
  const name: Text = { file, value: "", offsets: [0] };
  return { span: { file, start: 0, end: 0 }, name, arguments: [] };
}

function problem(code: string, message: string, at: Span): Problem {
  return { code, message, at };
}

function closeSection(outer: OpenSection, inner: OpenSection, end: number, problems: Problem[]): OpenSection {
  endChain(inner, problems);
  const { line, directives } = inner;
  const section: Section = {
    kind: "section",
    span: { ...line.span, end },
    name: line.name.value.slice(1).replace(/>$/, "").toLowerCase(),
    arguments: line.arguments.map(withoutBracket).filter((argument) => argument.value !== ""),
    directives,
  };
  outer.directives.push(section);
  return outer;
}

function withoutBracket(argument: Text): Text {
  if (!argument.value.endsWith(">")) return argument;
  const end = argument.value.length - 1;
  return { ...argument, value: argument.value.slice(0, end), offsets: argument.offsets.slice(0, end + 1) };
}

function readDirective(current: OpenSection, line: LogicalLine, problems: Problem[]): void {
  const name = line.name.value.toLowerCase();
  if (name === "secrule" || name === "secaction") return addRule(current, readRule(line, name, problems), problems);
  endChain(current, problems);
  // A tag of a template language is whatever it is filled in with.
  if (!/^(?:[a-z_][\w.-]*$|\{[{%])/.test(name)) {
    problems.push(problem("not-a-directive", `\`${line.name.value.slice(0, 40)}\` is not a directive`, spanOf(line.name)));
    return;
  }
  current.directives.push({ kind: "setting", span: line.span, name, arguments: line.arguments });
}

/** A `chain` action makes the next rule a link of this one; the chain's first rule holds them all. */
function addRule(current: OpenSection, rule: Rule | null, problems: Problem[]): void {
  if (rule === null) return endChain(current, problems);
  current.chain.push(rule);
  if (rule.actions.some((action) => action.name === "chain")) return;
  const [first, ...links] = current.chain;
  current.chain = [];
  if (first !== undefined) current.directives.push({ ...first, links });
}

function endChain(current: OpenSection, problems: Problem[]): void {
  const [first] = current.chain;
  if (first === undefined) return;
  problems.push(problem("broken-chain", "this rule has `chain`, but no rule follows", first.span));
  current.chain = [];
}

function readRule(line: LogicalLine, name: string, problems: Problem[]): Rule | null {
  const isAction = name === "secaction";
  const { arguments: given, span } = line;
  const most = isAction ? 1 : 3;
  if (given.length > most) {
    const extra = given[most];
    if (extra !== undefined) problems.push(problem("too-many-arguments", `more than ${most} arguments: is a quote missing?`, spanOf(extra)));
    return null;
  }
  const [variables, operator] = isAction ? [] : given;
  const actions = isAction ? given[0] : given[2];
  if (isAction ? actions === undefined : variables === undefined || operator === undefined) {
    problems.push(problem("missing-argument", isAction ? "SecAction needs actions" : "SecRule needs variables and an operator", span));
    return null;
  }
  return {
    kind: "rule",
    span,
    variables: variables === undefined ? [] : parseVariables(variables, problems),
    operator: operator === undefined ? null : parseOperator(operator),
    actions: actions === undefined ? [] : parseActions(actions, problems),
    links: [],
  };
}
