import { all, any, test, testText } from "../../model/condition.ts";
import { compilePattern } from "../../model/regex.ts";
import type { Gate } from "../../model/program.ts";
import { fieldValue, type Template } from "../../model/template.ts";
import { matches, set, variable, variableIs } from "./gates.ts";
import type { Condition } from "../../model/condition.ts";
import { fileOf, type RewriteContext, type Step } from "./rewrite-step.ts";

/** Whether a URL may be one of the server itself, as far as it is written out. */
export function mayBeOwn(path: Template, { ownNames }: RewriteContext): boolean {
  if (ownNames === null) return false;
  const [first] = path;
  const host = first?.kind === "text" ? /^[a-z]+:\/\/([^/:]+)(?=[/:])/i.exec(first.text)?.[1] : undefined;
  if (host === undefined) return first?.kind !== "text" || /^https?:\/\/[^/:]*$/i.test(first.text);
  const compiled = compilePattern(`^(?:${ownNames})$`, { ignoreCase: true });
  return !compiled.ok || compiled.test(host) !== false;
}

/** A URL of the server itself, in a rule that does not say that it redirects, is the path in it (`reduce_uri`). */
export function reduced({ rule, name, target, context }: Step, fired: Condition): readonly Gate[] {
  const { ownNames } = context;
  if (ownNames === null || rule.flags.redirect !== null || target?.kind !== "either") return [];
  const at = rule.placed.node.span;
  const file = variable(fileOf(context));
  const captures = `${name}.own.`;
  const port = variable(`${captures}1`);
  const sameScheme = testText(file, { kind: "startsWith", value: [{ kind: "field", field: "scheme" }, { kind: "text", text: "://" }], ignoreCase: true }, at);
  const usual = any(...([["http", "80"], ["https", "443"]] as const).map(([scheme, number]) => all(test("scheme", { kind: "equals", value: [{ kind: "text", text: scheme }] }, at), test("port", { kind: "in", values: [number] }, at))));
  const samePort = any(testText(port, { kind: "equals", value: fieldValue("port") }, at), all(variableIs(`${captures}1`, "", at), usual));
  const mark = `${captures}mark`;
  const own = variableIs(mark, "yes", at);
  return [
    set(mark, "", at, fired),
    set(mark, "yes", at, all(fired, sameScheme, matches(file, `^[a-z]+://(?:${ownNames})(?::([0-9]+))?(/.*)?$`, at, { ignoreCase: true, captures }), samePort)),
    set(fileOf(context), variable(`${captures}2`), at, all(fired, own)),
    set(fileOf(context), "/", at, all(fired, own, variableIs(fileOf(context), "", at))),
  ];
}
