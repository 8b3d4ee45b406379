/** Percent-decodes what can be decoded; a stray `%` stays as it is. Bytes that are not UTF-8 become U+FFFD. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"),
  );
}

/**
 * The path a server matches locations against: decoded, slashes merged, dot segments resolved (RFC 3986, 5.2.4).
 * A path that climbs above the root stays at the root.
 */
export function normalisePath(path: string): string {
  const decoded = percentDecode(path).replace(/\/{2,}/g, "/");
  if (!decoded.includes("/.")) return decoded;
  const kept: string[] = [];
  const segments = decoded.split("/").slice(1);
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  });
  return `/${kept.join("/")}`;
}
