import type { Fix } from "../../../model/program.ts";
import { items, type Maybe, type TreeNode } from "../../tree.ts";

/** Adds POST to a list of methods, in the way the list is written; null for what is no list with items. */
export function postAdded(methods: Maybe): Fix | null {
  const last = items(methods).at(-1);
  if (last === undefined || methods === undefined) return null;
  const { file, start, end } = last.at;
  const quote = /^["']/.exec(file.text.slice(start, end))?.[0] ?? "";
  const isFlow = file.text[methods.at.start] === "[";
  const lineStart = Math.max(file.text.lastIndexOf("\n", start - 1), file.text.lastIndexOf("\r", start - 1)) + 1;
  const lead = file.text.slice(lineStart, start);
  if (!isFlow && !/^\s*-\s+$/.test(lead)) return null;
  const text = isFlow ? `, ${quote}POST${quote}` : `\n${lead}${quote}POST${quote}`;
  return { title: "let POST through", safe: false, edits: [{ at: { file, start: end, end }, text }] };
}

const keepsBody: ReadonlyMap<number, number> = new Map([
  [301, 308],
  [302, 307],
]);

/** The redirect status that keeps method and body; null when the one that is there does, or is there by default. */
export function statusKept(status: number, node: Maybe): Fix | null {
  const better = keepsBody.get(status);
  if (better === undefined || node === undefined) return null;
  return { title: `answer ${better}, which keeps method and body`, safe: false, edits: [{ at: node.at, text: String(better) }] };
}

/** Writes another group in place of one that nobody has. */
export function groupReplaced(node: TreeNode, group: string): Fix {
  const plain = /^[A-Za-z][\w-]*$/.test(group) && !/^["']/.test(node.at.file.text.slice(node.at.start, node.at.end));
  return { title: `allow the group \`${group}\``, safe: false, edits: [{ at: node.at, text: plain ? group : JSON.stringify(group) }] };
}
