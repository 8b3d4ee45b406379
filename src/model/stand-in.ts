/** What template engines and the environment fill in. */
const tags = /\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{[^}]*\}|@[A-Za-z][\w.-]*@|%[A-Za-z]\w+%|\{[A-Z][A-Z0-9_]*\}/g;

/**
 * A host name that stands for one which a template has yet to fill in: the same for the same text, and told apart from
 * others by the words in it. A name without placeholders is itself.
 */
export function standIn(name: string): string {
  const written = name.toLowerCase();
  const filled = name.replace(tags, (tag) => wordsOf(tag)).toLowerCase();
  if (filled === written) return written;
  return /[\w-]\.[a-z]{2,}$/.test(name) ? filled : `${filled}.example`;
}

function wordsOf(tag: string): string {
  const words = tag.match(/[A-Za-z0-9]+/g) ?? [];
  return words.length === 0 ? "name" : words.join("-").slice(0, longest);
}

/** So long may a part of a host name be. */
const longest = 40;
