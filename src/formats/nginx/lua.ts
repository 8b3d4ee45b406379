const LONG_BRACKET = /\[(=*)\[/y;

/**
 * The offset of the `}` that ends a Lua block whose text starts at `start`, or -1. Strings, long brackets and
 * comments are read as Lua reads them, as OpenResty does for every `*_by_lua_block`.
 */
export function endOfLuaBlock(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    switch (text[at]) {
      case "{":
        depth += 1;
        at += 1;
        break;
      case "}":
        if (depth === 0) return at;
        depth -= 1;
        at += 1;
        break;
      case '"':
      case "'":
        at = afterString(text, at);
        break;
      case "-":
        at = text[at + 1] === "-" ? afterComment(text, at + 2) : at + 1;
        break;
      case "[":
        at = afterLongBracket(text, at) ?? at + 1;
        break;
      default:
        at += 1;
    }
  }
  return -1;
}

// A raw line end cannot stand in a short string: reading stops there, so a lone quote costs one line.
function afterString(text: string, start: number): number {
  const quote = text[start];
  let at = start + 1;
  while (at < text.length) {
    const character = text[at];
    if (character === "\\") at += 2;
    else if (character === quote) return at + 1;
    else if (character === "\n") return at;
    else at += 1;
  }
  return text.length;
}

function afterComment(text: string, start: number): number {
  const long = afterLongBracket(text, start);
  if (long !== null) return long;
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}

function afterLongBracket(text: string, start: number): number | null {
  LONG_BRACKET.lastIndex = start;
  const found = LONG_BRACKET.exec(text);
  if (found === null) return null;
  const closer = `]${found[1] ?? ""}]`;
  const end = text.indexOf(closer, start + found[0].length);
  return end === -1 ? text.length : end + closer.length;
}
