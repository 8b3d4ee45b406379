import type { Rule } from "../src/rule-api.ts";
import aclGroupUnassigned from "./acl-group-unassigned.ts";
import addressListRefusesClients from "./address-list-refuses-clients.ts";
import authSubrequestNeedsBody from "./auth-subrequest-needs-body.ts";
import bodyDropped from "./body-dropped.ts";
import bodyLimitOnWrongLocation from "./body-limit-on-wrong-location.ts";
import bodyLimitTooSmall from "./body-limit-too-small.ts";
import brokenHtaccess from "./broken-htaccess.ts";
import conditionAlwaysHolds from "./condition-always-holds.ts";
import contentTypeRefused from "./content-type-refused.ts";
import credentialsDropped from "./credentials-dropped.ts";
import csrfHeaderDropped from "./csrf-header-dropped.ts";
import deadMethodRule from "./dead-method-rule.ts";
import denyShadowsAllow from "./deny-shadows-allow.ts";
import endpointClosed from "./endpoint-closed.ts";
import headerLimitTooSmall from "./header-limit-too-small.ts";
import limitExcludesPost from "./limit-excludes-post.ts";
import methodDenied from "./method-denied.ts";
import methodRewritten from "./method-rewritten.ts";
import mixedAccessSyntax from "./mixed-access-syntax.ts";
import originRefused from "./origin-refused.ts";
import postAnsweredFromCache from "./post-answered-from-cache.ts";
import postLostByErrorPage from "./post-lost-by-error-page.ts";
import preflightRefused from "./preflight-refused.ts";
import rateLimitTooTight from "./rate-limit-too-tight.ts";
import redirectDropsBody from "./redirect-drops-body.ts";
import refererRequired from "./referer-required.ts";
import refererWordsTooBroad from "./referer-words-too-broad.ts";
import requestedWithRequired from "./requested-with-required.ts";
import rewriteLoop from "./rewrite-loop.ts";
import routeExcludesPost from "./route-excludes-post.ts";
import settingsContradict from "./settings-contradict.ts";
import slashRedirectDropsBody from "./slash-redirect-drops-body.ts";
import staticHandlerRefusesPost from "./static-handler-refuses-post.ts";
import tryFilesLostByIf from "./try-files-lost-by-if.ts";
import unreachableRoute from "./unreachable-route.ts";
import wafBlocksMethod from "./waf-blocks-method.ts";
import wafMatchTooBroad from "./waf-match-too-broad.ts";

/** Every rule, in order of id. */
export const rules: readonly Rule[] = [
  aclGroupUnassigned,
  addressListRefusesClients,
  authSubrequestNeedsBody,
  bodyDropped,
  bodyLimitOnWrongLocation,
  bodyLimitTooSmall,
  brokenHtaccess,
  conditionAlwaysHolds,
  contentTypeRefused,
  credentialsDropped,
  csrfHeaderDropped,
  deadMethodRule,
  denyShadowsAllow,
  endpointClosed,
  headerLimitTooSmall,
  limitExcludesPost,
  methodDenied,
  methodRewritten,
  mixedAccessSyntax,
  originRefused,
  postAnsweredFromCache,
  postLostByErrorPage,
  preflightRefused,
  rateLimitTooTight,
  redirectDropsBody,
  refererRequired,
  refererWordsTooBroad,
  requestedWithRequired,
  rewriteLoop,
  routeExcludesPost,
  settingsContradict,
  slashRedirectDropsBody,
  staticHandlerRefusesPost,
  tryFilesLostByIf,
  unreachableRoute,
  wafBlocksMethod,
  wafMatchTooBroad,
];
