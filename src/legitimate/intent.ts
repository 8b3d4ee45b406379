import { startsOfLines, positionAt, type Span } from "../source.ts";

/** Words with which authors say that they mean to refuse. */
const refusing =
  /\b(read[- ]?only|mirror|block(?:s|ed|ing)?|disable[sd]?|deny|denied|denies|maintenance|prevents?(?! cach)|protect[s]?|forbid(?:s|den)?|restrict(?:s|ed)?|reject(?:s|ed)?|ban(?:s|ned)?|disallow(?:s|ed)?|not allowed|only (?:allow )?(?:get|head)|(?:get|head) only|allow only|only allow|no (?:post|write)s?|attack|exploit|hack|spam|(?:bad|evil|malicious|unwanted) bots?)\b/i;

const linesAbove = 3;

/**
 * The comment in which the author says that a refusal is meant: on the directive's own line, or on the comment lines
 * directly above it. Null when there is none.
 */
export function meantByComment(at: Span): string | null {
  const { file, start } = at;
  const starts = startsOfLines(file);
  const { line } = positionAt(file, start);
  const lineText = (number: number): string => file.text.slice(starts[number - 1] ?? 0, starts[number] ?? file.text.length).trim();
  const own = /\s#(.*)$/.exec(lineText(line))?.[1];
  const comments = own === undefined ? [] : [own];
  for (let above = line - 1; above >= Math.max(1, line - linesAbove); above -= 1) {
    const text = lineText(above);
    if (!text.startsWith("#")) break;
    comments.push(text.replace(/^#+\s*/, ""));
  }
  return comments.find((comment) => refusing.test(comment)) ?? null;
}
