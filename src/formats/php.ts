/** Whether a text is a program in PHP: a template ends its PHP soon, where the text it makes begins. */
export function isPhp(text: string): boolean {
  const end = text.indexOf("?>");
  return /^\s*<\?php\b/.test(text) && (end < 0 || end > longestHead);
}

const longestHead = 2000;
