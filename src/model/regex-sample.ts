import { contains, type CharacterSet } from "./regex-set.ts";
import type { Node } from "./regex-tree.ts";

const LONGEST = 2000;
const PREFERRED = "axe0bst1 -_./Z";

/**
 * A text that the pattern is likely to match, found by walking its tree: `variant` chooses other branches,
 * characters and repeat counts. Look-around is not obeyed, so the text must be tried.
 */
export function sampleOf(tree: Node, variant: number): string {
  const groups = new Map<number, string>();
  let choices = variant;
  const pick = (count: number): number => {
    const chosen = choices % count;
    choices = Math.floor(choices / count) + variant;
    return chosen;
  };
  const walk = (node: Node): string => {
    switch (node.kind) {
      case "set":
        return isDot(node.set) && variant === 0 ? "." : memberOf(node.set, variant);
      case "sequence":
        return node.of.reduce((text, item) => (text.length > LONGEST ? text : text + walk(item)), "");
      case "choice": {
        const branch = node.of[pick(node.of.length)];
        return branch === undefined ? "" : walk(branch);
      }
      case "repeat":
        return repeatText(node.min, node.max, variant, () => (node.of.kind === "set" ? memberOf(node.of.set, variant) : walk(node.of)));
      case "group": {
        const text = walk(node.of);
        groups.set(node.index, text);
        return text;
      }
      case "atomic":
        return walk(node.of);
      case "look":
        return node.negative || node.behind ? "" : walk(node.of);
      case "same":
        return groups.get(node.group) ?? "";
      default:
        return "";
    }
  };
  return walk(tree);
}

function repeatText(min: number, max: number, variant: number, once: () => string): string {
  const count = Math.min(max, min + (variant % 2));
  let text = "";
  for (let i = 0; i < count && text.length <= LONGEST; i++) text += once();
  return text;
}

/** An unescaped dot on its own is most often meant as one. */
function isDot(set: CharacterSet): boolean {
  return [..."az09 ./~"].every((char) => contains(set, char.charCodeAt(0)));
}

function memberOf(set: CharacterSet, variant: number): string {
  for (let i = 0; i < PREFERRED.length; i++) {
    const candidate = PREFERRED.charCodeAt((i + variant) % PREFERRED.length);
    if (contains(set, candidate)) return String.fromCharCode(candidate);
  }
  for (let candidate = 0x61; candidate <= 0x7a; candidate++) {
    if (contains(set, candidate)) return String.fromCharCode(candidate);
  }
  const printable = set.findIndex((edge, index) => index % 2 === 1 && edge > 32);
  return String.fromCharCode(set[printable < 0 ? 0 : printable] ?? 0x61);
}

/** Texts close to `samples` that may not match: cut, with a character replaced, and a few plain ones. */
export function nearMisses(samples: readonly string[]): readonly string[] {
  const close = samples.flatMap((text) => [
    text.slice(1),
    text.slice(0, -1),
    `${text.slice(0, text.length >> 1)}~${text.slice((text.length >> 1) + 1)}`,
    `~${text}~`,
  ]);
  return [...new Set([...close, "", "a", "0", "~"])];
}
