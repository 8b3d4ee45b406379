import type { Sign } from "../../model/program.ts";
import type { Layer, Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";

/** Signs that writes are meant on a whole site: limits for bodies, and POST in its CORS methods. */
export function writesOf(layers: readonly Layer[]): readonly Sign[] {
  const wide = layers.filter(({ kind, prefix }) => kind === "server" || kind === "htaccess" || kind === "directory" || (kind === "location" && prefix === "/"));
  return wide.flatMap((layer) => layer.placed.flatMap((placed) => signOf(placed) ?? []));
}

function signOf(placed: Placed): Sign | null {
  const words = valuesOf(placed);
  const { key, span: at } = placed.node;
  const isLimit = key === "limitrequestbody" || (/^php_(admin_)?value$/.test(key) && /^(post_max_size|upload_max_filesize)$/i.test(words[0] ?? ""));
  if (isLimit) return { of: "bodies", at, note: "a limit for bodies is set here" };
  const cors = key === "header" && words.some((word) => /^access-control-allow-methods:?$/i.test(word)) && words.some((word) => /\bPOST\b/.test(word));
  return cors ? { of: "other-sites", at, note: "POST is named in the CORS methods" } : null;
}
