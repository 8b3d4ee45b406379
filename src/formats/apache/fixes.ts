import type { Fix } from "../../model/program.ts";
import type { Span } from "../../source.ts";
import type { Methods, Placed } from "./layer.ts";
import type { Rule } from "./rewrite-parse.ts";
import { rewriteWords } from "./rewrite-parse.ts";

/** The status that asks the client to keep method and body where this one does not (RFC 9110, 15.4). */
const keepsBody: Readonly<Record<number, number>> = { 301: 308, 302: 307 };

/** Lets POST past a block that names methods: into the list of a LimitExcept, out of that of a Limit. */
export function methodFix(limits: readonly Methods[]): Fix | null {
  const limit = limits.at(-1);
  if (limit === undefined) return null;
  const { kind, names, words } = limit;
  const last = words.at(-1);
  if (kind === "except" && last !== undefined && !names.includes("POST")) return added(last);
  const index = names.indexOf("POST");
  const word = words[index];
  const before = words[index - 1] ?? words[index + 1];
  if (kind !== "only" || word === undefined || before === undefined) return null;
  const at: Span = index > 0 ? { ...word, start: before.end } : { ...word, end: before.start };
  return { title: "let POST through", safe: false, edits: [{ at, text: "" }] };
}

/** Adds POST to a list of allowed methods. */
export function listFix(placed: Placed): Fix | null {
  const last = placed.node.args.at(-1);
  return last === undefined || placed.node.argsText.standsAt !== undefined ? null : added(last.span);
}

function added(last: Span): Fix {
  return { title: "let POST through", safe: false, edits: [{ at: { ...last, start: last.end }, text: " POST" }] };
}

/** A redirect that keeps method and body; null where this one does already, or cannot be told. */
export function redirectFix(placed: Placed, status: number): Fix | null {
  const better = keepsBody[status];
  const { node } = placed;
  const first = node.args[0];
  if (better === undefined || first === undefined || node.argsText.standsAt !== undefined) return null;
  const title = `answer ${better}, which keeps method and body`;
  if (node.key === "redirectpermanent" || node.key === "redirecttemp") return { title, safe: false, edits: [{ at: node.nameSpan, text: `Redirect ${better}` }] };
  const named = /^(\d+|permanent|temp)$/i.test(first.value);
  const edit = named ? { at: first.span, text: String(better) } : { at: { ...first.span, end: first.span.start }, text: `${better} ` };
  return { title, safe: false, edits: [edit] };
}

/** The same for a rule with the flag `R`. */
export function ruleFix(rule: Rule, status: number): Fix | null {
  const better = keepsBody[status];
  const flags = rewriteWords(rule.placed.node.argsText)[2];
  if (better === undefined || flags === undefined || rule.placed.node.argsText.standsAt !== undefined) return null;
  const text = flags.text.replace(/(?<=[[,]\s*)(R|redirect)(=[^,\]]*)?(?=\s*[,\]])/i, `R=${better}`);
  return text === flags.text ? null : { title: `answer ${better}, which keeps method and body`, safe: false, edits: [{ at: flags.span, text }] };
}
