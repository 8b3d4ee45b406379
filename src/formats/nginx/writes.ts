import type { Evidence } from "../../model/program.ts";
import { evidence, inherited } from "./context.ts";
import type { Site } from "./lowering.ts";
import type { Directive } from "./parse.ts";

/** Settings that only matter to requests with a body. */
const BODY = /^(?:client_max_body_size|client_body_.*|(?:proxy|fastcgi|uwsgi|scgi)_request_buffering|upload_.*|track_uploads)$/;

function sign(directive: Directive): string | null {
  const [first, second] = directive.args;
  const name = directive.name.value;
  if (BODY.test(name)) return first?.value === "0" || /^[1-9]/.test(first?.value ?? "") ? "a limit for bodies is set here" : null;
  const header = /^(?:add_header|more_set_headers)$/.test(name) ? `${first?.value ?? ""} ${second?.value ?? ""}` : "";
  if (/^access-control-allow-headers\b.*\bcontent-type\b/i.test(header)) return "the type of a body is named in the CORS headers";
  return /^access-control-allow-methods\b.*\bPOST\b/i.test(header) ? "POST is named in the CORS methods" : null;
}

/** Whether pages of other sites may read what is answered (Fetch standard, 3.2.3), which is all that is said to them. */
export function answersOthers(site: Site): boolean {
  return inherited(site.context, "add_header").some(({ args: [name, value] }) => name?.value.toLowerCase() === "access-control-allow-origin" && value !== undefined && value.value !== "");
}

/** Signs in a block itself that writes are meant there. */
export function writesOf(site: Site): readonly Evidence[] {
  return site.context.items.flatMap(({ directive }) => {
    const note = sign(directive);
    return note === null ? [] : [evidence(directive, note)];
  });
}
