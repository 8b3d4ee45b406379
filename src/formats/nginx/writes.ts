import type { Sign } from "../../model/program.ts";
import { handlerOf } from "./content.ts";
import { evidence, inherited, own, setting } from "./context.ts";
import type { Site } from "./lowering.ts";
import { isMeantToHandOn, scriptInVain } from "./meant.ts";
import type { Directive } from "./parse.ts";

/** Settings that only matter to requests with a body. */
const BODY = /^(?:client_max_body_size|client_body_.*|(?:proxy|fastcgi|uwsgi|scgi)_request_buffering|upload_.*|track_uploads)$/;

function signOf(directive: Directive): Sign | null {
  const [first] = directive.args;
  const name = directive.name.value;
  if (BODY.test(name)) return first?.value === "0" || /^[1-9]/.test(first?.value ?? "") ? sign(directive, "bodies", "a limit for bodies is set here") : null;
  if (/^access-control-allow-headers\b.*\bcontent-type\b/i.test(header(directive))) return sign(directive, "other-sites", "the type of a body is named in the CORS headers");
  return POSTS.test(header(directive)) ? sign(directive, "other-sites", "POST is named in the CORS methods") : null;
}

function sign(directive: Directive, of: Sign["of"], note: string): Sign {
  return { ...evidence(directive, note), of };
}

const POSTS = /^access-control-allow-methods\b.*\bPOST\b/i;

/** A header that is added, with its value; empty for any other directive. */
function header({ name, args: [first, second] }: Directive): string {
  return /^(?:add_header|more_set_headers)$/.test(name.value) ? `${first?.value ?? ""} ${second?.value ?? ""}` : "";
}

/** Whether pages of other sites may read what is answered (Fetch standard, 3.2.3), which is all that is said to them. */
export function answersOthers(site: Site): boolean {
  return inherited(site.context, "add_header").some(({ args: [name, value] }) => name?.value.toLowerCase() === "access-control-allow-origin" && value !== undefined && value.value !== "");
}

/** Signs in a block itself that writes are meant there. Where other sites are told which methods they may use, those count. */
export function writesOf(site: Site): readonly Sign[] {
  const methods = site.context.items.map(({ directive }) => header(directive)).filter((one) => /^access-control-allow-methods\b/i.test(one));
  const onlyReads = methods.length > 0 && !methods.some((one) => POSTS.test(one) || /[*$]/.test(one));
  const signs = site.context.items.flatMap(({ directive }) => {
    const found = signOf(directive);
    return found === null || (onlyReads && header(directive) !== "") ? [] : [found];
  });
  return [...signs, ...settingsInVain(site)];
}

/** Settings of what is handed on, where nothing is and no files are: the place was meant for an application. */
function settingsInVain(site: Site): readonly Sign[] {
  const { context } = site;
  const script = handlerOf(site) === undefined ? scriptInVain(context) : undefined;
  if (script !== undefined) return [sign(script, "script", "a script is looked for that requests are to be handed on to")];
  const served = ["root", "alias"].some((name) => setting(context, name) !== undefined) || ["try_files", "return", "rewrite"].some((name) => own(context, name).length > 0);
  if (served || site.server.implied || handlerOf(site) !== undefined || !isMeantToHandOn(context)) return [];
  return own(context, "limit_req").concat(own(context, "proxy_set_header")).slice(0, 1).map((directive) => sign(directive, "handing-on", "settings of what is handed on are given here"));
}
