import { saysRefusal } from "../../refusing-words.ts";
import { valueOf, type Element } from "./xml.ts";

/**
 * Why the author of an element seems to mean to refuse: its name says so, or a comment before it or at the beginning of
 * it. Null when nothing does.
 */
export function meantBy(element: Element): string | null {
  const name = valueOf(element, "name") ?? "";
  if (saysRefusal(name)) return `the rule is called "${name}"`;
  const comments = [...element.comments, ...element.children.flatMap(({ comments: own }) => own)];
  const comment = comments.find((one) => saysRefusal(one));
  return comment === undefined ? null : `a comment says "${comment.replace(/\s+/g, " ").slice(0, 80)}"`;
}
