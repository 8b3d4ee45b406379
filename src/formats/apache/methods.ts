import type { Statement } from "./expand.ts";
import type { Methods } from "./layer.ts";

/** The methods every server knows. */
export const knownMethods: ReadonlySet<string> = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE".split(" "),
);

/** The methods a server knows: those of the protocol, and those that its own files name. */
export function methodsKnown(statements: readonly Statement[]): readonly string[] {
  return [...new Set([...knownMethods, ...methodsNamed(statements)])];
}

function methodsNamed(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ node, children }) => {
    const names = ["limit", "limitexcept", "registerhttpmethod"].includes(node.key) ? node.args.map((arg) => arg.value) : [];
    return [...names, ...methodsNamed(children)];
  });
}

/** The methods a Limit section names. */
export function methodsOf({ node }: Statement): Methods {
  return { kind: node.key === "limit" ? "only" : "except", names: node.args.map((arg) => arg.value), at: node.span, words: node.argsText.standsAt === undefined ? node.args.map((arg) => arg.span) : [] };
}

/** Whether one of these Limit sections takes POST and leaves GET out, or the other way about. */
export function tellsPost(methods: readonly Methods[]): boolean {
  const takes = ({ kind, names }: Methods, method: string): boolean => names.includes(method) === (kind === "only");
  return methods.some((one) => takes(one, "POST") !== takes(one, "GET"));
}

/** The server keeps methods as bits: GET and HEAD share one, and all it does not know have some that no name reaches. */
function bitsOf({ kind, names }: Methods): ReadonlySet<string> {
  const named = new Set(names.map((name) => (name === "HEAD" ? "GET" : name)));
  if (kind === "only") return named;
  return new Set(["another", ...knownMethods].filter((name) => name !== "HEAD" && !named.has(name)));
}

/** What the server says of a Limit section inside others; null when it takes it (`ap_limit_section`). */
export function nestingFault(name: string, inner: Methods, outer: readonly Methods[]): string | null {
  if (outer.length === 0) return null;
  const before = outer.map(bitsOf).reduce((left, right) => new Set([...left].filter((bit) => right.has(bit))));
  const own = bitsOf(inner);
  const left = [...before].filter((bit) => own.has(bit)).length;
  if (left === 0) return `<${name}> directive excludes all methods`;
  return left === before.size ? `<${name}> directive specifies methods already excluded` : null;
}
