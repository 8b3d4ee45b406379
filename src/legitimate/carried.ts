import type { Request } from "../model/request.ts";

/** Headers with which a client proves who it is. */
const credentials: Readonly<Record<string, string>> = {
  authorization: "Bearer 6f2d9c41",
  cookie: "session=6f2d9c41",
  "x-api-key": "6f2d9c41",
  "x-auth-token": "6f2d9c41",
};

/** Headers by which applications tell their own pages from foreign ones. */
const ofPages: Readonly<Record<string, (site: string) => string>> = {
  origin: (site) => site,
  referer: (site) => `${site}/form`,
};

const csrfToken = /^(?:x-)?(?:[a-z]+-)?(?:csrf|xsrf)(?:-?token)?$|^x-wp-nonce$/;

/**
 * The value that an ordinary signed-in client sends in a header with a POST; null for headers that nothing depends on.
 */
export function carriedHeader(name: string, { scheme, host }: Pick<Request, "scheme" | "host">): string | null {
  if (csrfToken.test(name)) return "b81e07";
  return credentials[name] ?? ofPages[name]?.(`${scheme}://${host}`) ?? null;
}
