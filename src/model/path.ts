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
  return resolveDots(percentDecode(path).replace(/\/{2,}/g, "/")).path;
}

/**
 * The same path, or undefined where some servers refuse it: it climbs above the root, holds a `%` that encodes nothing, or
 * a null byte. Slashes are merged on request.
 */
export function strictPath(path: string, mergeSlashes: boolean): string | undefined {
  if (!/%|\/[./]/.test(path)) return path;
  if (/%(?![0-9a-f]{2})|%00/i.test(path)) return undefined;
  const decoded = percentDecode(path);
  const resolved = resolveDots(mergeSlashes ? decoded.replace(/\/{2,}/g, "/") : decoded);
  return resolved.climbs ? undefined : resolved.path;
}

function resolveDots(decoded: string): { readonly path: string; readonly climbs: boolean } {
  if (!decoded.includes("/.")) return { path: decoded, climbs: false };
  const kept: string[] = [];
  let climbs = false;
  const segments = decoded.split("/").slice(1);
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "..") climbs = kept.pop() === undefined || climbs;
    else if (segment !== ".") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  });
  return { path: `/${kept.join("/")}`, climbs };
}
