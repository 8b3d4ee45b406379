import { answerWords, asksForAddress, defineRule, directiveText, hookNamed, networksNamed, requestLine, shortened, type Post } from "../src/rule-api.ts";

/** Loopback, private, link-local and carrier-grade networks: nobody sends from there through the internet. */
const inside = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1|f[cde])/i;

/** Whoever lists public addresses keeps a list of those who call. */
function knowsSenders(post: Post): boolean {
  return networksNamed(post).some((network) => !inside.test(network));
}

/** An address that pages of an application send their visitors' POSTs to, which lies in a folder that is shut to strangers. */
function isVisited({ program, gate, verdict: { request } }: Post): boolean {
  const name = request.path.slice(request.path.lastIndexOf("/") + 1);
  const known = program.endpoints?.some(({ path, application }) => path === request.path && application !== null) === true;
  return known && /^admin-(?:ajax|post)\./.test(name) && !gate.because.some((one) => shortened(one).includes(name));
}

/** Nobody is let in at an address that an application takes POSTs at, whatever the client's: `endpoint-closed` says so. */
function isClosed(post: Post): boolean {
  const { path } = post.verdict.request;
  return !asksForAddress(post) && post.program.endpoints?.some((one) => one.path === path && one.application !== null) === true;
}

export default defineRule({
  id: "address-list-refuses-clients",
  summary: "A list of addresses refuses those who call a webhook or an API.",
  about: ["address-list"],
  *check({ posts }) {
    for (const post of posts) {
      const declared = post.legitimacy.kind === "declared";
      const visited = isVisited(post);
      if (!declared && isClosed(post)) continue;
      if (!declared && !visited && (post.legitimacy.kind === "assumed" || knowsSenders(post))) continue;
      const from = post.verdict.request.clientAddress;
      const mayHoldAll = declared ? knowsSenders(post) : hookNamed(post) === null || networksNamed(post).length === 0;
      const message = `${requestLine(post)} from ${from} ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, doubt: mayHoldAll ? "the list may hold the addresses of everybody who calls" : null, ...(visited && !declared ? { atMost: "note" } : {}) };
    }
  },
});
