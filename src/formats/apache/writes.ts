import type { Evidence } from "../../model/program.ts";
import type { Layer, Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";

/** Signs that writes are meant on a whole site: limits for bodies, and POST in its CORS methods. */
export function writesOf(layers: readonly Layer[]): readonly Evidence[] {
  const wide = layers.filter(({ kind, prefix }) => kind === "server" || kind === "htaccess" || kind === "directory" || (kind === "location" && prefix === "/"));
  return wide.flatMap((layer) =>
    layer.placed.flatMap((placed) => {
      const note = sign(placed);
      return note === null ? [] : [{ at: placed.node.span, note }];
    }),
  );
}

function sign(placed: Placed): string | null {
  const words = valuesOf(placed);
  const { key } = placed.node;
  if (key === "limitrequestbody") return "a limit for bodies is set here";
  if (/^php_(admin_)?value$/.test(key) && /^(post_max_size|upload_max_filesize)$/i.test(words[0] ?? "")) return "a limit for bodies is set here";
  const cors = key === "header" && words.some((word) => /^access-control-allow-methods:?$/i.test(word)) && words.some((word) => /\bPOST\b/.test(word));
  return cors ? "POST is named in the CORS methods" : null;
}
