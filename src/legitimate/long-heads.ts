import type { Request } from "../model/request.ts";

/** What a session cookie or a signed token comes to, and what one with a list of groups in it does. */
const tokenBytes = { ordinary: 1200, large: 3000 } as const;
/** An address to come back to, with a state that it brings along. */
const queryBytes = 1000;

/** A text that stands for any other of its length. */
function filler(bytes: number): string {
  return "0".repeat(bytes);
}

/** What a browser sends with a form that a script posts, besides the request's own. */
const ofBrowser: Request["headers"] = {
  connection: "keep-alive",
  "sec-ch-ua": '"Chromium";v="140"',
  "sec-ch-ua-mobile": "?0",
  "sec-ch-ua-platform": '"Linux"',
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "cors",
  "sec-fetch-dest": "empty",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": "en",
  "x-requested-with": "XMLHttpRequest",
  "x-csrf-token": "7f3a",
  priority: "u=1, i",
  cookie: "session=7f3a",
};

/** What a network in front of the server adds. */
const ofNetwork: Request["headers"] = {
  "x-forwarded-for": "203.0.113.7",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "localhost",
  "x-real-ip": "203.0.113.7",
  via: "1.1 cache",
  "cdn-loop": "cache",
  "x-request-id": "7f3a",
  "true-client-ip": "203.0.113.7",
  traceparent: "00-7f3a-7f3a-01",
  authorization: "Bearer 7f3a",
};

/** So many headers come from a browser itself, and so long are the longest that any visitor may send. */
export const ordinaryHead = { headers: 20, bytes: tokenBytes.ordinary + 100 } as const;

/** The same request with heads as ordinary clients send them, the most common first: a token, a browser's headers, a long query, a large cookie, what a network adds. */
export function longHeads(request: Request): readonly Request[] {
  const having = (headers: Request["headers"]): Request => ({ ...request, headers: { ...request.headers, ...headers } });
  const { scheme, host, path } = request;
  const browser = { ...ofBrowser, origin: `${scheme}://${host}`, referer: `${scheme}://${host}${path}` };
  return [
    having({ authorization: `Bearer ${filler(tokenBytes.ordinary)}` }),
    having(browser),
    { ...request, query: `state=${filler(queryBytes)}` },
    having({ cookie: `session=${filler(tokenBytes.large)}` }),
    having({ ...browser, ...ofNetwork }),
  ];
}
