import type { Condition } from "../../model/condition.ts";
import { all, any, not, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import { text, type Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, gate, implied, matches, quoted, set, variable, variableIs } from "./gates.ts";
import { asItCame, mostRedirects } from "./lookup.ts";
import type { Rule } from "./rewrite-parse.ts";
import { fileOf, isRedirect, ofProxy, urlOf, whyOf, type RewriteContext, type Step } from "./rewrite-step.ts";

/** What a rewritten request does next: a new URL starts over in a section, and chooses the file in the server itself. */
export function afterwards(step: Step, stage: string, statuses: readonly number[]): readonly Gate[] {
  const { target, rule, context } = step;
  if (target === null || rule.flags.proxy || (isRedirect(step) && rule.flags.last)) return [];
  const at = rule.placed.node.span;
  const last = variableIs("rw.done", step.name, at);
  if (isRedirect(step)) return [];
  if (context.section === null) {
    const path = variable(fileOf(context));
    const rewrite = rule.flags.passThrough ? { path, query: variable("rw.args") } : { query: variable("rw.args") };
    const chosen = [...(rule.flags.passThrough ? [set("target", path, at, last)] : chooseFile(step, last, at)), ...withoutDots(step, last, at)];
    // Where a later rule leads to a file after all, the status of the redirect stays with what is answered well.
    const stays = statuses.flatMap((status) => {
      const redirected = all(last, variableIs("rw.status", String(status), at));
      return [set("stays", String(status), at, redirected), set("stays.here", String(status), at, redirected), set("status", String(status), at, redirected), gate(redirected, { kind: "rewrite", status }, whyOf(step, "rewrites what was redirected"), "redirect")];
    });
    return [gate(last, { kind: "rewrite", ...rewrite }, whyOf(step, "rewrites"), "none"), ...stays, ...chosen];
  }
  // The same file again is no rewrite, or the server would never come to an end.
  const same = testText(variable(fileOf(context)), { kind: "equals", value: variable("rw.from") }, at);
  const lost = variableIs("rw.lost", "yes", at);
  const again = all(last, not(same), not(lost), ...(context.proxies ? [not(ofProxy(context, at))] : []));
  const there = { kind: "reroute", stage, path: variable(urlOf(context)), query: variable("rw.args") } as const;
  // What the server asked itself for, to find an index file, is now asked for with the method of the client.
  const inside = all(again, variableIs("inside", "yes", at), asItCame(at));
  return [
    // A handler that a rule has chosen takes the place of the one that would redirect.
    set("rw.lost", "yes", at, all(last, not(same), not(variableIs("rw.handler", "", at)))),
    ...noPath(step, again),
    gate(again, { kind: "score", variable: "redirects", add: text("1") }, because(at, "is counted"), "none"),
    set("env.REDIRECT_STATUS", "200", at, again),
    set("unread", "yes", at, again),
    set("inside", variable("index"), at, again),
    set("index", "", at, again),
    set("first.toolong", variable("toolong"), at, all(again, variableIs("kept", "", at))),
    set("kept", variable("stays"), at, all(again, variableIs("kept", "", at))),
    implied(deny(all(again, testText(variable("redirects"), { kind: "number", is: ">", value: mostRedirects }, at)), 500, whyOf(step, "goes on and on"), "loop")),
    // Where a later rule leads to a file after all, the status of the redirect stays.
    ...statuses.flatMap((status) => {
      const redirected = all(again, variableIs("rw.status", String(status), at));
      const why = whyOf(step, "rewrites what was redirected");
      const stays = gate(all(last, same, variableIs("rw.status", String(status), at)), { kind: "rewrite", status }, why, "redirect");
      return [set("kept", String(status), at, redirected), gate(redirected, { ...there, status }, why, "redirect"), stays];
    }),
    gate(inside, { ...there, method: null }, whyOf(step, "rewrites"), "none"),
    gate(again, there, whyOf(step, "rewrites"), "none"),
    gate(last, { kind: "rewrite", query: variable("rw.args") }, whyOf(step, "changes the query"), "none"),
  ];
}

/** Outside of its directory, a base leaves a file of the document root without the slash that a path begins with. */
function noPath(step: Step, again: Condition): readonly Gate[] {
  const { section } = step.context;
  if (section === null || section.base === null) return [];
  const at = step.rule.placed.node.span;
  const rooted = testText(variable(urlOf(step.context)), { kind: "startsWith", value: text("/") }, at);
  return [deny(all(again, not(rooted)), 400, whyOf(step, "leads out of the directory that has a base"), "broken-configuration")];
}

function chooseFile({ context, rule }: Step, last: Condition, at: Span): readonly Gate[] {
  const { documentRoot, id } = context;
  const file = variable(fileOf(context));
  const gates = [set("target", file, at, last), set("translated", "yes", at, last)];
  if (documentRoot === null) return gates;
  const inside = matches(file, `^${quoted(documentRoot)}(/.*)$`, at, { captures: `${id}.root` });
  const asItIs = all(last, not(inside), verbatim(rule, context, file, documentRoot, at));
  return [...gates, set("target", variable(`${id}.root1`), at, all(last, inside)), set("elsewhere", "yes", at, asItIs)];
}

/** How many names that are dots a substitution holds, as far as anybody would write them. */
export function dotsIn({ substitution }: Pick<Rule, "substitution">): number {
  const names = substitution.replace(/\?.*$/s, "").split("/");
  return Math.min(names.filter((name) => name === "." || name === "..").length, 10);
}

/** The file that a path with dots leads to; what lies above the root is not for the server to map (`ap_core_translate`). */
function withoutDots(step: Step, last: Condition, at: Span): readonly Gate[] {
  const { rule, name } = step;
  const target = variable("target");
  const shortened = (pattern: string, id: string): Gate => set("target", [...variable(`${name}.${id}1`), ...variable(`${name}.${id}2`)], at, all(last, matches(target, pattern, at, { captures: `${name}.${id}` })));
  const round = [shortened("^(.*?/)\\.(?:/+|$)(.*)$", "dot"), shortened("^(/(?:.*?/)?)(?!\\.\\.?/)[^/]+/\\.\\.(?:/+|$)(.*)$", "dots")];
  const rounds = dotsIn(rule);
  if (rounds === 0) return [];
  const above = all(last, variableIs("elsewhere", "", at), matches(target, "^/+\\.\\.(/|$)", at));
  // Redirects come before a path that is passed on is mapped.
  const refused = rule.flags.passThrough ? set("above", "yes", at, above) : deny(above, 403, whyOf(step, "leads above the root"), "broken-configuration");
  return [...Array.from({ length: rounds }, () => round).flat(), refused];
}

/** A path that lies on the disk as it is written, judged by its first name (`prefix_stat`). */
function verbatim({ substitution, flags }: Rule, { unsafePrefix }: RewriteContext, file: Template, documentRoot: string, at: Span): Condition {
  const unsafe = unsafePrefix || flags.unsafePrefix;
  // Without a look at how the rule is written, where that is wanted.
  if (/^\/\.(\/|$)/.test(substitution) || (unsafe && /^\.(\/|$)/.test(substitution))) return all();
  const top = all(testText(file, { kind: "equals", value: text("/") }, at), substitution.startsWith("/") ? all() : any());
  const [first] = /^\/[^/$%\\?]+(?=\/|\?|$)/.exec(substitution) ?? [];
  if (first === undefined) return top;
  return any(top, documentRoot.startsWith(`${first}/`) ? all() : testText(text(first), { kind: "onDisk", as: "any", otherwise: false }, at));
}
