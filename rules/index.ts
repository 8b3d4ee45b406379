import type { Rule } from "../src/rule-api.ts";
import aclGroupUnassigned from "./acl-group-unassigned.ts";
import bodyLimitTooSmall from "./body-limit-too-small.ts";
import limitExcludesPost from "./limit-excludes-post.ts";
import methodDenied from "./method-denied.ts";
import redirectDropsBody from "./redirect-drops-body.ts";
import routeExcludesPost from "./route-excludes-post.ts";
import staticHandlerRefusesPost from "./static-handler-refuses-post.ts";
import wafBlocksMethod from "./waf-blocks-method.ts";
import wafMatchTooBroad from "./waf-match-too-broad.ts";

/** Every rule, in order of id. */
export const rules: readonly Rule[] = [
  aclGroupUnassigned,
  bodyLimitTooSmall,
  limitExcludesPost,
  methodDenied,
  redirectDropsBody,
  routeExcludesPost,
  staticHandlerRefusesPost,
  wafBlocksMethod,
  wafMatchTooBroad,
];
