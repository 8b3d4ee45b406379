/** Offsets of the place where a program shows that clients ask for it by its own address. */
export interface Shown {
  readonly start: number;
  readonly end: number;
}

const asksForPost = /\$_SERVER\s?\[\s?["']REQUEST_METHOD["']\s?\]\s{0,3}={2,3}\s{0,3}["']POST["']|\bisset\s?\(\s?\$_POST\s?\[/i;

const goesBack = /\bheader\s?\(\s?["']Location:\s?\.\.\/[^"']{0,200}["']/i;

/**
 * Where a PHP program that looks at what was posted sends its client to a folder above by a relative address: that leads
 * somewhere only when its own address was asked for. Null where nothing shows that, or other files are to use it.
 */
export function answersItself(text: string): Shown | null {
  if (!/^\s*<\?php\b/i.test(text) || !asksForPost.test(text) || /^[ \t]*(?:namespace|(?:abstract |final )?class|function)\s/im.test(text)) return null;
  const found = goesBack.exec(text);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}

/** The names, without folders, of the programs that a text includes. */
export function includedIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:include|require)(?:_once)?\b([^;\r\n]{0,300})/g)].flatMap(([, what = ""]) => /([\w.-]+)["']\s?\)?\s?$/.exec(what)?.[1] ?? []);
}
