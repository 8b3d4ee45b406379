import type { Edit, Fix } from "../model/program.ts";
import { originAt, placeOutside, type Spelling } from "../source.ts";

/** A fix as edits of the files that were read; null where an edit has no place there, or cannot be written at it. */
export function fixOnDisk(fix: Fix): Fix | null {
  const edits: Edit[] = [];
  for (const edit of fix.edits) {
    const onDisk = editOnDisk(edit);
    if (onDisk === null) return null;
    edits.push(onDisk);
  }
  return { ...fix, edits };
}

function editOnDisk({ at, text }: Edit): Edit | null {
  const outside = placeOutside(at);
  if (outside === null) return { at, text };
  const origin = originAt(at.file, at.start);
  const whole = origin === originAt(at.file, Math.max(at.start, at.end - 1));
  const spelled = whole && origin !== null && origin.spelling !== null ? spell(text, origin.spelling) : null;
  return spelled === null ? null : editOnDisk({ at: outside, text: spelled });
}

/** A text as it has to be written; null where this way of writing has no form for it. */
function spell(text: string, { style, indentation }: Spelling): string | null {
  switch (style) {
    case "verbatim":
      return text;
    case "block":
      return text.replaceAll("\n", `\n${indentation}`);
    case "double":
      return text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
    case "single":
      return text.includes("\n") ? null : text.replaceAll("'", "''");
    case "word":
      return /["'\\]/.test(text) ? null : text;
    case "folded":
      return text.includes("\n") ? null : text;
    case "plain":
      return /\n|: | #/.test(text) ? null : text;
    default:
      return style satisfies never;
  }
}
