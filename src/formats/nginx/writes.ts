import type { Evidence } from "../../model/program.ts";
import { evidence } from "./context.ts";
import type { Site } from "./lowering.ts";
import type { Directive } from "./parse.ts";

/** Settings that only matter to requests with a body. */
const BODY = /^(?:client_max_body_size|client_body_.*|(?:proxy|fastcgi|uwsgi|scgi)_request_buffering|upload_.*|track_uploads)$/;

function sign(directive: Directive): string | null {
  const [first, second] = directive.args;
  const name = directive.name.value;
  if (BODY.test(name)) return first?.value === "0" || /^[1-9]/.test(first?.value ?? "") ? "a limit for bodies is set here" : null;
  const cors = /^(?:add_header|more_set_headers)$/.test(name) && /^access-control-allow-methods/i.test(first?.value ?? "");
  if (cors && /\bPOST\b/.test(`${first?.value ?? ""} ${second?.value ?? ""}`)) return "POST is named in the CORS methods";
  return null;
}

/** Signs in a block itself that writes are meant there. */
export function writesOf(site: Site): readonly Evidence[] {
  return site.context.items.flatMap(({ directive }) => {
    const note = sign(directive);
    return note === null ? [] : [evidence(directive, note)];
  });
}
