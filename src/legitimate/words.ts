/** Whole path segments that say a place takes writes: `/api/` is one, `/postal` and `/auth-page` are none. */
const writes =
  /(?:^|[/^(|\s])((?:api|graphql|rpc|jsonrpc|xmlrpc|rpc2|soap|hooks?|webhooks?|callback|login|logout|signin|signup|register|auth|token|oauth2?|upload|submit|contact|forms?|checkout|cart|payments?|orders?|inbox|ingest|collect|events?|ajax|csp-report|push|import|comments?|subscribe|admin-ajax|admin-post|async-upload|wp-comments-post|wp-login|wp-json|git-(?:upload|receive)-pack|v[1-9])|[a-z0-9]+[-_](?:api|login|upload|submit|forms?|webhooks?|hooks?|callback))(?![a-z0-9_-])/i;

/** Path words of what only other people's servers call: they are no browsers and come from addresses nobody knows before. */
const hooks = /(?:^|[^a-z0-9])(web-?hooks?|hooks?|callbacks?|ipn|postbacks?)(?![a-z0-9])/i;

/** Last path segments that are endpoints in themselves: what is sent to them goes to this very path. */
const endpoints = /\/(graphql|webhook|callback|ipn|rpc|jsonrpc|xmlrpc|soap)$/i;

/** Collections of an API, in which a POST to the very path makes something new. */
const collections = /\/api\/(?:v\d+\/)?[a-z][a-z-]*[^sj\W]s$/i;

/** Path words that say a place takes files, which are larger than forms. */
const files = /(?:^|[\s^])\/(v2)(?:\/|$)|(?:^|[^a-z])(uploads?|import|media|attachments?|files?|blobs?|images?|photos?|videos?|documents?|backup|git|registry|webdav|dav)(?:[^a-z]|$)/i;

/** Paths that ought to refuse writes, or everything: version control, dot files, upload folders, status pages. */
const refused =
  /\/\.(?!well-known)|\/xmlrpc\.php$|\/wp-content\/uploads\/|\/(wp-includes|vendor|node_modules|cache|tmp|logs?|backups?|includes?|templates?|nginx_status|stub_status|server-status|server-info|fpm-status|status|metrics|health[a-z]*|ping|robots\.txt|favicon\.ico|sitemap[^/]*|\.well-known|swagger(?:-ui)?|openapi|redoc|api-docs|docs|schemas?)(?:\/|$|\.)|\.(?:css|js|map|png|jpe?g|gif|svg|ico|webp|avif|wasm|webmanifest|woff2?|ttf|eot|mp4|txt|bak|sql|sh|ini|log|conf|env|lock|md)$/i;

/** The word of a path that says it takes writes; null when there is none. */
export function writeWord(path: string): string | null {
  return writes.exec(path)?.[1] ?? null;
}

/** The word with which the name of a host begins that is there for programs; null when there is none. */
export function hostWord(host: string): string | null {
  return /^(api|graphql|hooks?|webhooks?|uploads?)[-.](?=.*[a-z])/i.exec(host)?.[1] ?? null;
}

/** The word of a path that says other servers call it; null when there is none. */
export function hookWord(path: string): string | null {
  return hooks.exec(path)?.[1] ?? null;
}

/** Whether a text speaks of a path that is an endpoint in itself. */
export function namesEndpoint(text: string): boolean {
  return text.split(/[\s"'{}()|^$]+/).map((word) => word.replace(/\/+$/, "")).some((word) => endpointWord(word) !== null || isCollection(word));
}

/** Whether a path is that of a collection of an API. */
export function isCollection(path: string): boolean {
  return collections.test(path);
}

/** The last segment of a path, where it is an endpoint; null when it is not. */
export function endpointWord(path: string): string | null {
  return endpoints.exec(path)?.[1] ?? null;
}

/** The word of a path that says it takes files; null when there is none. */
export function fileWord(path: string): string | null {
  const found = files.exec(path);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Whether a path is one that configurations rightly close to writes. */
export function rightlyClosed(path: string): boolean {
  return refused.test(path);
}
