import { testsIn, fieldsOf } from "../model/tests-of.ts";
import type { Place } from "./places.ts";
import { ordinaryPost, type Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import type { DeclaredPost } from "./declared.ts";

/**
 * The requests a declaration stands for in one program: itself when its host is one the program names, or one for each
 * named host when it gives only a path. A program that names no host takes every request.
 */
export function declaredRequests(post: DeclaredPost, places: readonly Place[]): readonly Request[] {
  const hosts = hostsNamed(places);
  const absolute = URL.canParse(post.url) ? new URL(post.url) : null;
  if (absolute !== null) {
    const host = absolute.hostname.toLowerCase();
    return hosts.length === 0 || hosts.includes(host) ? [requestTo(post, absolute)] : [];
  }
  if (!post.url.startsWith("/")) return [];
  const named = hosts.length === 0 ? ["localhost"] : hosts;
  return named.map((host) => requestTo(post, new URL(post.url, `https://${host}`)));
}

function requestTo(post: DeclaredPost, url: URL): Request {
  const scheme = url.protocol === "http:" ? "http" : "https";
  const base = ordinaryPost({ scheme });
  return {
    ...base,
    method: post.method,
    host: url.hostname.toLowerCase(),
    port: url.port === "" ? base.port : Number(url.port),
    path: url.pathname,
    query: url.search.slice(1),
    headers: { ...base.headers, ...post.headers, "content-type": post.contentType ?? "application/x-www-form-urlencoded" },
    bodyBytes: post.bytes ?? base.bodyBytes,
    identity: { ...base.identity, groups: post.groups ?? [], scopes: post.scopes ?? [] },
  };
}

/** Host names that the ways to the places ask for, in order and once. */
function hostsNamed(places: readonly Place[]): readonly string[] {
  const names = places.flatMap((place) =>
    testsIn(place.way[0]?.when ?? place.scope.when).flatMap((test) => {
      const host = fieldsOf(test.subject).some((field) => field === "host" || field === "header:host");
      if (!host) return [];
      if (test.operator.kind === "in") return test.operator.values;
      return test.operator.kind === "equals" ? [literal(test.operator.value) ?? ""] : [];
    }),
  );
  return [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => /^[\w.-]+$/.test(name));
}
