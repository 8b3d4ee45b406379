import type { Reason } from "../../../model/program.ts";
import type { Rule } from "./tree.ts";

const SCALARS: Readonly<Record<string, Reason>> = {
  REQUEST_METHOD: "method",
  REMOTE_ADDR: "address-list",
  REMOTE_HOST: "address-list",
  GEO: "address-list",
  REQUEST_BODY_LENGTH: "body-size",
  FILES_COMBINED_SIZE: "body-size",
  ARGS_COMBINED_SIZE: "body-size",
  REQBODY_ERROR: "protocol",
  MULTIPART_STRICT_ERROR: "protocol",
  MULTIPART_UNMATCHED_BOUNDARY: "protocol",
  REQUEST_PROTOCOL: "protocol",
  IP: "rate",
};

const HEADERS: Readonly<Record<string, Reason>> = {
  "content-type": "content-type",
  "content-length": "body-size",
  origin: "cross-site",
  referer: "cross-site",
  "user-agent": "client-software",
};

/** What a refusal by this rule is about: the first target, of the rule or a link, that is about something special. */
export function reasonOf(rule: Rule): Reason {
  for (const { variables } of [rule, ...rule.links]) {
    for (const { name, selector, mode } of variables) {
      if (mode === "remove") continue;
      const reason = name === "REQUEST_HEADERS" ? HEADERS[selector?.text.toLowerCase() ?? ""] : SCALARS[name];
      if (reason !== undefined) return narrowed(reason, rule);
    }
  }
  return "waf-match";
}

/** A method test that a chain narrows to certain contents is about the contents. */
function narrowed(reason: Reason, rule: Rule): Reason {
  const contents = [rule, ...rule.links].some(({ variables }) => variables.some(({ name }) => /^(?:ARGS|REQUEST_BODY$|XML|FILES)/.test(name)));
  return contents && reason !== "rate" ? "waf-match" : reason;
}
