import type { SourceFile } from "../source.ts";
import { apache } from "./apache/index.ts";
import type { Format } from "./format.ts";
import { gatewayFormats } from "./gateway/index.ts";
import { iis } from "./iis/index.ts";
import { nginx } from "./nginx/index.ts";
import { modsecurity } from "./waf/modsecurity/index.ts";

/** Every format, in the order in which they are asked. */
export const formats: readonly Format[] = [nginx, modsecurity, apache, iis, ...gatewayFormats];

/** The format a file belongs to: one that knows its name, else one that knows its content; null when it is nobody's. */
export function detect(file: SourceFile): Format | null {
  let byContent: Format | null = null;
  for (const format of formats) {
    const claim = format.claims(file);
    if (claim === "name") return format;
    if (claim === "content") byContent ??= format;
  }
  return byContent;
}
