/** One character as it is shown: the offset it stands at in its line, and the columns it takes. */
export interface Shown {
  readonly offset: number;
  readonly text: string;
  readonly columns: number;
}

const tabStop = 4;

/** A line as a terminal shows it: tabs become blanks; what would move the cursor or turn the writing becomes U+FFFD. */
export function shownLine(line: string): readonly Shown[] {
  const shown: Shown[] = [];
  let column = 0;
  let offset = 0;
  for (const char of line) {
    const text = char === "\t" ? " ".repeat(tabStop - (column % tabStop)) : clean(char);
    const columns = char === "\t" ? text.length : columnsOf(text);
    shown.push({ offset, text, columns });
    column += columns;
    offset += char.length;
  }
  return shown;
}

/** Text that is safe to print: control characters and those that turn the writing direction become U+FFFD. */
export function clean(text: string): string {
  return text.replace(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

/** The columns a line takes on a terminal. */
export function width(line: string): number {
  return shownLine(line).reduce((sum, one) => sum + one.columns, 0);
}

const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

function columnsOf(char: string): number {
  if (/\p{M}|\p{Cf}/u.test(char)) return 0;
  return wide.test(char) ? 2 : 1;
}

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
};

/** Colours a text, or leaves it. */
export type Paint = (style: Style, text: string) => string;

/** The painter for a terminal that shows colours, or for one that does not. */
export function painter(color: boolean): Paint {
  return (style, text) => {
    const [on, off] = codes[style];
    return color && text !== "" ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  };
}
