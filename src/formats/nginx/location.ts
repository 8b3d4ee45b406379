import type { Condition } from "../../model/condition.ts";
import { all, always, methodIn, not, test } from "../../model/condition.ts";
import { speaksOfTaking, type Chain, type Evidence, type Fix, type Gate, type Handler, type Scope } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import { accessGates } from "./access.ts";
import { bodyGates, mirrorGates } from "./body.ts";
import { contentOf } from "./content.ts";
import type { Context } from "./context.ts";
import { blocksOf, evidence, nearest, own, setting } from "./context.ts";
import { refuse } from "./errors.ts";
import { slashFix } from "./fixes.ts";
import { locationName } from "./location-name.ts";
import { isMeantForFiles } from "./meant.ts";
import { realIpGates } from "./real-ip.ts";
import { rateGates } from "./rate.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, fresh, gate, inside, isEntered, isQuestion, use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";
import type { Rewriting } from "./rewrite.ts";
import { placeOf, rewriteGates } from "./rewrite.ts";
import { tryFilesGates } from "./try-files.ts";
import { isUpstream } from "./upstream.ts";
import { answersOthers, writesOf } from "./writes.ts";

/** A scope of a location: `extra` is what must hold besides the choice of the location. */
export type Variant = Omit<Scope, "when"> & { readonly extra: Condition };

const known = new WeakMap<Context, Map<string, readonly Variant[]>>();

/**
 * A location as scopes: one for the methods that `limit_except` takes out, whose settings then replace the
 * location's, and one for the rest. Gates are made once, however many ways lead here.
 */
export function locationVariants(site: Site, from: "outside" | "inside" | "named"): readonly Variant[] {
  const made = known.get(site.context) ?? new Map<string, readonly Variant[]>();
  known.set(site.context, made);
  const cached = made.get(from) ?? build(site, from, made);
  made.set(from, cached);
  return cached;
}

function build(site: Site, from: "outside" | "inside" | "named", made: ReadonlyMap<string, readonly Variant[]>): readonly Variant[] {
  const internal = setting(site.context, "internal");
  if (from === "outside" && internal !== undefined) return [internalOnly(site, internal)];
  const shared = made.get("outside") ?? made.get("inside");
  if (from !== "named" && internal === undefined && shared !== undefined) return shared;
  const body = from === "named" ? [chain("redirect", redirectMarks(site, "name"))] : [chain("body", bodyGates(site))];
  return [...limitExcept(site, body), mainVariant(site, body)];
}

function internalOnly(site: Site, internal: Directive): Variant {
  use(site, internal);
  const because: [Evidence, ...Evidence[]] = [evidence(internal, "only internal redirects come here")];
  const gates = refuse(site, { when: always, status: 404, because, more: { reason: "internal-only" } });
  return { ...frame(site), chains: [chain("location", gates)], handler: "static", extra: always };
}

/** What an internal redirect leaves behind: the request is internal, and an error page was already asked for. */
export function redirectMarks(site: Site, by: "path" | "name"): readonly Gate[] {
  const here: [Evidence, ...Evidence[]] = [placeOf(site)];
  const asked = test(`var:${bookkeeping.errorPage}`, { kind: "present" }, here[0].at);
  return [
    gate(always, { kind: "set", variable: bookkeeping.redirected, value: text("1") }, here),
    gate(asked, { kind: "set", variable: bookkeeping.errorPage, value: text("asked") }, here),
    gate(always, { kind: "set", variable: bookkeeping.changed, value: [] }, here),
    ...(by === "path" && site.low.findsUnderAlias ? [gate(always, { kind: "set", variable: bookkeeping.addsUri, value: [] }, here)] : []),
    ...(by === "path" && site.low.findsOtherFiles ? [gate(always, { kind: "set", variable: bookkeeping.reparsed, value: text("1") }, here)] : []),
  ];
}

type Frame = Pick<Scope, "name" | "at" | "writes" | "meantForFiles" | "answersOthers" | "askedByServer">;

function frame(site: Site): Frame {
  const writes = writesOf(site);
  const location = nearest(site.context, "location")?.opener ?? null;
  const words = location === null ? `server ${site.server.name}`.trim() : ["location", ...location.args.map((word) => word.raw)].join(" ");
  const asked = isAskedByServer(site) ? { askedByServer: true as const } : {};
  const files = isMeantForFiles(site.context) && !writes.some(speaksOfTaking) ? { meantForFiles: true as const } : {};
  return { name: words, at: placeOf(site).at, ...(writes.length > 0 ? { writes } : {}), ...files, ...(answersOthers(site) ? { answersOthers: true as const } : {}), ...asked };
}

/** Whether `auth_request` or `mirror` names the location, and it is for nothing else: clients may want to go below a prefix. */
function isAskedByServer(site: Site): boolean {
  const context = nearest(site.context, "location");
  const name = context === null ? null : locationName(context);
  if (context === null || name === null || !site.low.subrequests.has(name.word.value)) return false;
  return name.kind === "exact" || setting(context, "internal") !== undefined || own(context, "proxy_pass_request_body").length > 0;
}

function chain(name: string, gates: readonly Gate[]): Chain {
  return { name, gates };
}

/** Chains of the phases behind the rewrite phase, and who answers. */
function phases(site: Site): { readonly chains: readonly Chain[]; readonly handler: Handler } {
  const { gates, handler } = contentOf(site);
  const chains = [chain("address", realIpGates(site)), chain("limit", rateGates(site)), chain("access", accessGates(site)), chain("files", tryFilesGates(site)), chain("mirror", mirrorGates(site)), chain("content", gates)];
  return { chains: chains.filter((one) => one.gates.length > 0), handler };
}

function mainVariant(site: Site, before: readonly Chain[]): Variant {
  const end = fresh(site.low, "rewritten");
  const rewriting = rewriteGates(site, end);
  const { chains, handler } = phases(site);
  const rewrite = rewriteChain(site, rewriting, end);
  const all = [...before, ...rewrite, ...chains].filter((one) => one.gates.length > 0);
  return { ...frame(site), chains: all, handler, extra: always };
}

/** The rewrite phase, its leftovers cleared before it, and what nginx does about a changed path after it. */
function rewriteChain(site: Site, rewriting: Rewriting, end: string): readonly Chain[] {
  if (rewriting.gates.length === 0) return [];
  const here: [Evidence, ...Evidence[]] = [placeOf(site)];
  const gates: Gate[] = [];
  if (rewriting.mayChange) gates.push(gate(always, { kind: "set", variable: bookkeeping.changed, value: [] }, here));
  if (rewriting.swaps.length > 0) {
    gates.push(gate(always, { kind: "set", variable: bookkeeping.ifBlock, value: [] }, here));
    gates.push(gate(always, { kind: "set", variable: bookkeeping.ifHandler, value: [] }, here));
  }
  gates.push(...rewriting.gates);
  const changed = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("1") }, here[0].at);
  const reroute: Gate = gate(changed, { kind: "reroute", stage: site.server.inside }, here);
  const around = rewriting.swaps.length > 0 ? frame(site) : null;
  const swapGates = around === null ? [] : rewriting.swaps.map((swap) => swapGate(site, swap, around));
  const [first, ...others] = [...(rewriting.mayChange ? [reroute] : []), ...swapGates];
  // Without a gate that carries it, a jump to `end` leaves the chain, which is the same.
  if (first !== undefined) gates.push({ ...first, label: end }, ...others);
  return [chain("rewrite", gates)];
}

/** Behind an `if` that swapped the settings, the rest of the phases are those of its block. */
function swapGate(site: Site, swap: Rewriting["swaps"][number], around: Frame): Gate {
  const place = inside(site, swap.context);
  const stage = fresh(site.low, `${around.name} if`);
  const { chains, handler } = phases(place);
  const { opener } = swap.context;
  const at = opener?.head ?? around.at;
  site.low.stages[stage] = [{ ...around, chains, handler, when: always }];
  const when = isEntered(swap, at);
  return gate(when, { kind: "enter", stage }, [{ at, note: "its settings replace the location's" }]);
}

function limitExcept(site: Site, before: readonly Chain[]): readonly Variant[] {
  const [block] = blocksOf(site.context, "limit_except");
  const opener = block?.opener;
  if (block === undefined || opener === null || opener === undefined) return [];
  use(site, opener);
  const place = inside(site, block);
  const { chains, handler } = phases(place);
  return [{ ...frame(site), chains: [...before, ...chains], handler, extra: all(written(opener), exceptOf(site, opener)) }];
}

function exceptOf(site: Site, opener: Directive): Condition {
  const methods = opener.args.map((word) => word.value.toUpperCase());
  // What `auth_request` asks for is always a GET.
  if (methods.includes("GET") && site.low.asks) return all(not(isQuestion(opener.head)), not(methodIn([...methods, "HEAD"], opener.head)));
  const listed = opener.args.some((word) => word.template)
    ? ({ kind: "unknown", key: `methods ${methods.join(" ")}`, why: `the methods \`${methods.join(" ")}\` stands for`, reads: ["method"], at: opener.head } as const)
    : methodIn(methods.includes("GET") ? [...methods, "HEAD"] : methods, opener.head);
  return not(listed);
}

/** The edit that lets POST through a `limit_except`. */
export function methodFix(opener: Directive): Fix {
  const end = opener.args.at(-1)?.at.end ?? opener.head.end;
  return { title: "let POST through", safe: false, edits: [{ at: { file: opener.head.file, start: end, end }, text: " POST" }] };
}

/** The server's own settings, for a path that no location takes. */
export function serverVariant(site: Site): Omit<Scope, "when"> {
  const { chains, handler } = phases(site);
  return { ...frame(site), chains: [chain("body", bodyGates(site)), ...chains].filter((one) => one.gates.length > 0), handler };
}

/** Whether a location hands requests on, which makes nginx add a missing slash by a redirect. */
export function passesOn(context: Context): boolean {
  return context.items.some(({ directive }) => isUpstream(directive.name.value));
}

/** The redirect from `/x` to `/x/`. */
export function slashRedirect(site: Site, from: "outside" | "inside"): Variant {
  const internal = setting(site.context, "internal");
  if (from === "outside" && internal !== undefined) return internalOnly(site, internal);
  const { opener } = site.context;
  const handsOn = site.context.items.find(({ directive }) => isUpstream(directive.name.value))?.directive;
  const at: Evidence = placeOf(site);
  const because: [Evidence, ...Evidence[]] = [at, ...(handsOn === undefined ? [] : [evidence(handsOn, "makes nginx add the slash")])];
  const name = opener?.args.at(-1)?.value.replace(/^(?:=|\^~)/, "") ?? "/";
  const to = [...text(name), ...fieldValue("var:is_args"), ...fieldValue("query")];
  const fix = opener === null ? null : slashFix(opener);
  const redirect = gate(always, { kind: "redirect", status: 301, to }, because, { reason: "slash-redirect", ...(fix === null ? {} : { fix }) });
  return { ...frame(site), chains: [chain("body", bodyGates(site)), chain("location", [redirect])], handler: "static", extra: always };
}

