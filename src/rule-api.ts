import type { Severity } from "./lint/finding.ts";
import type { Legitimacy } from "./legitimate/derived.ts";
import { browserNames } from "./legitimate/browsers.ts";
import { formerByComment } from "./legitimate/intent.ts";
import { fileWord, hookWord, hostWord, rightlyClosed, writeWord } from "./legitimate/words.ts";
import { isAlways } from "./model/condition.ts";
import { scopeBehind, withoutDirective, withoutGate, withoutReason, withoutScope } from "./model/counterfactual.ts";
import { evaluate } from "./model/evaluate.ts";
import type { Field } from "./model/field.ts";
import type { Endpoint, Evidence, Fix, Gate, Program, Reason } from "./model/program.ts";
import { standIn } from "./model/stand-in.ts";
import { testsBehind } from "./model/reads.ts";
import { defaultPort } from "./model/request.ts";
import { fieldsOfTest, testsIn } from "./model/tests-of.ts";
import type { Ending, Verdict } from "./model/verdict.ts";
import { textOf } from "./source.ts";

export type { Legitimacy } from "./legitimate/derived.ts";
export type { Severity } from "./lint/finding.ts";
export { ledTo } from "./legitimate/led.ts";
export { endpointWord, hookWord, isCollection, rightlyClosed } from "./legitimate/words.ts";
export { ordinaryHead } from "./legitimate/long-heads.ts";
export { evaluate as ask } from "./model/evaluate.ts";
export { edgesOfNetwork } from "./model/network.ts";
export type { Edit, Effect, Evidence, Fix, Gate, Program, Reason } from "./model/program.ts";
export { ordinaryPost, ordinaryUserAgent, type Request } from "./model/request.ts";
export type { Verdict } from "./model/verdict.ts";
export { textOf } from "./source.ts";

/** One request that a program stops, with what the same request does as a GET. */
export interface Post {
  readonly program: Program;
  readonly legitimacy: Legitimacy;
  /** What happens to it; its `request` is the witness. */
  readonly verdict: Verdict;
  /** What happens to the same request with GET. */
  readonly get: Verdict;
  /** The gate that stops it. */
  readonly gate: Gate;
  /** The course of events in which this gate stops it. */
  readonly ending: Ending;
  /** Whether it does so in every course of events. */
  readonly certain: boolean;
  /** Where something outside the configuration, such as a page, shows that such requests are sent. */
  readonly shown?: Evidence;
}

/** What a request can lose on the way to an application. */
export type Loss = "method" | "body" | `header:${string}`;

/** A POST that reaches an application, though not as it was sent: `gate` takes something from it. */
export interface Damaged extends Post {
  readonly loss: Loss;
}

/** A POST that is refused by a place which takes it from an application for a word in its path. */
export interface Taken extends Post {
  /** The name of the place that would hand it on; null where nobody knows who answers. */
  readonly owner: string | null;
}

/** A rule about methods that can tell none from another; `verdict` is what becomes of an ordinary POST in its place. */
export interface DeadRule extends Post {
  /** Why, in words. */
  readonly dead: string;
  /** Whether it refuses the POST, along with everything else. */
  readonly stopsPost: boolean;
}

/** What a rule looks at: what one program does to POSTs, one for each gate that does it. */
export interface Model {
  /** POSTs that are stopped for the reasons the rule is about. */
  readonly posts: readonly Post[];
  /** POSTs that arrive damaged. */
  readonly damaged: readonly Damaged[];
  /** POSTs that a refusal takes from an application for a word in their path. */
  readonly taken: readonly Taken[];
  /** POSTs that may be answered with what another one was answered. */
  readonly kept: readonly Post[];
  /** Preflight requests that are refused, though the POST they ask for passes and other sites are meant to send it. */
  readonly preflights: readonly Post[];
  /** Rules about methods that do nothing, or the same to every method. */
  readonly dead: readonly DeadRule[];
}

/** What a rule has to say about a POST. Place, severity, certainty and witness are the engine's. */
export interface Report {
  readonly post: Post | Damaged | DeadRule;
  /** One sentence, lower case, no full stop, with the request and the status. */
  readonly message: string;
  /** At most this severe, whatever the legitimacy. */
  readonly atMost?: Severity;
  /** Why it is at most a possible finding, in words like those of the message; null where nothing speaks against it. */
  readonly doubt?: string | null;
  /** Why the request is meant to work, when the rule itself knows: it replaces what the files say. */
  readonly meant?: string;
  /** Replaces the fix that the gate itself offers. */
  readonly fix?: Fix;
}

/** The doubt that remains where a part of the configuration is not here; null where all of it is. */
export function missingPart({ missing }: Program): string | null {
  return missing.length === 0 ? null : "a part of the configuration is not here";
}

/** One kind of fault. Ids are for ever. */
export interface Rule {
  readonly id: string;
  /** One sentence; the first line of the rule's page. */
  readonly summary: string;
  /** The reasons of the gates it looks at; it is given no other stopped POSTs. */
  readonly about: readonly Reason[];
  check(model: Model): Iterable<Report>;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** The very address of a request as one at which an application takes POSTs; none where no application shows. */
export function endpointAt({ program, verdict: { request } }: Post): Endpoint | undefined {
  return program.endpoints?.find(({ path, query, application }) => path === request.path && query === request.query && application !== null);
}

/** Whether the request is sent by somebody who has not logged in. */
export function isOfVisitor({ verdict: { request } }: Post): boolean {
  return request.identity.state === "none";
}

/** Where a redirect leads, as far as it is known; empty for anything else. */
export function redirectTarget({ ending: { location } }: Pick<Post, "ending">): string {
  return typeof location === "string" ? location : (location?.text ?? "");
}

/** Whether a redirect only adds a slash to the path. */
export function addsSlash(post: Post): boolean {
  const { path } = post.verdict.request;
  return path.length > 1 && redirectTarget(post).split("?", 1)[0]?.endsWith(`${path}/`) === true && !leadsToOtherServer(post);
}

/** Whether a redirect changes scheme or host, where the configuration says which ones are its own. */
function leadsToOtherServer(post: Post): boolean {
  const { scheme, host } = post.verdict.request;
  const [, to, name] = /^(https?):\/\/([^/:?#\uFFFD]+)/i.exec(redirectTarget(post)) ?? [];
  return to !== undefined && name !== undefined && host !== "localhost" && (to.toLowerCase() !== scheme || name.toLowerCase() !== host);
}

/**
 * Whether a redirect leads to the same path under another scheme or host, with or without a slash at its end: nearly every
 * site has one. Where the file lies in a folder, that may be the root of the site, and its name no part of the path.
 */
export function keepsPath(post: Post): boolean {
  const { path: whole, query } = post.verdict.request;
  const [{ at: { file } }] = post.gate.because;
  const folder = `/${file.path.slice(0, file.path.lastIndexOf("/") + 1)}`;
  return isKept(post, whole, query) || (folder !== "/" && whole.startsWith(folder) && isKept(post, whole.slice(folder.length - 1), query));
}

function isKept(post: Post, path: string, query: string): boolean {
  const to = /^https?:\/\/[^/?#]*(.*)$/.exec(redirectTarget(post))?.[1];
  const asked = query === "" ? "" : `?${query}`;
  return to === path + asked || to === `${path}/${asked}`;
}

/** Whether a redirect puts the path right behind the name of the host, for want of a slash between them. */
export function gluesPath(post: Post): boolean {
  const path = post.verdict.request.path.slice(1);
  const [, host = ""] = /^https?:\/\/([^/?#]+)/i.exec(redirectTarget(post)) ?? [];
  const first = path.split("/", 1)[0] ?? "";
  return first !== "" && host.length > first.length && host.endsWith(first) && redirectTarget(post).endsWith(`${host}${path.slice(first.length)}`);
}

/** Whether a redirect leads to another site: it turns visitors away, and nobody expects an answer there. */
export function leadsAway(post: Post): boolean {
  const { host: asked } = post.verdict.request;
  const [, scheme, host] = /^(https?):\/\/([^/:?#\uFFFD]+)/i.exec(redirectTarget(post)) ?? [];
  const bare = (name: string): string => name.replace(/^www\./, "");
  if (host === undefined || scheme === undefined) return false;
  const asksForName = dependsOn(post, "host") || dependsOn(post, "header:host");
  const own = asked === "localhost" ? namesOfServer(post) : [asked];
  if (own.length === 0) return !asksForName && comesBack(post);
  // Who asks for the name before leading to the same path tells names of one site apart.
  return !(asksForName && keepsPath(post)) && own.every((name) => bare(standIn(host)) !== bare(name));
}

/** What a server is called that takes a request under another name. */
function namesOfServer({ program, ending: { trace } }: Post): readonly string[] {
  const at = trace[0]?.scope.at;
  const same = (program.stages[program.entry] ?? []).filter((scope) => scope.at === at);
  return same.flatMap((scope) => testsIn(scope.when)).flatMap((one) => (fieldsOfTest(one).includes("host") && one.operator.kind === "in" ? one.operator.values : []));
}

/** Whether a redirect would come back for ever if it led to the server itself: where nobody knows its name, that tells it does not. */
function comesBack({ program, gate, verdict: { request }, ending }: Post): boolean {
  const [, to = "", path = "", query = ""] = /^(https?):\/\/[^/?#]+([^?#\uFFFD]*)\??([^#\uFFFD]*)$/i.exec(redirectTarget({ ending })) ?? [];
  if (to === "") return false;
  const scheme = to.toLowerCase() === "https" ? "https" : "http";
  const port = request.port === defaultPort[request.scheme] ? defaultPort[scheme] : request.port;
  const next = { ...request, scheme, port, path: path === "" ? "/" : path, query } as const;
  return evaluate(program, next).endings.every(({ by }) => by === gate);
}

/** "POST /api/orders". */
export function requestLine(post: Post): string {
  return `${post.verdict.request.method} ${post.verdict.request.path}`;
}

/** What the client gets, in words: "is answered 403", "is cut off". */
export function answerWords(post: Post): string {
  const { status } = post.ending;
  return status === "reset" ? "is cut off without an answer" : status === null ? "is not answered" : `is answered ${status}`;
}

/** What an application gets, in words: "arrives without its body". */
export function arrivalWords({ loss, ending }: Damaged): string {
  const { method } = ending.delivered;
  if (loss === "method") return `arrives as ${typeof method === "string" ? method : "another method"}`;
  return loss === "body" ? "arrives without its body" : `arrives without \`${headerName(loss)}\``;
}

/** "Content-Type", "X-CSRF-Token". */
function headerName(loss: Exclude<Loss, "method" | "body">): string {
  const words = loss.slice("header:".length).split("-");
  return words.map((word) => (/^(?:csrf|xsrf|api)$/.test(word) ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1))).join("-");
}

const alsoMissed = ["authorization", "cookie", "content-type"] as const;

/** Whether the application gets less than that as well: somebody hands on what another request is made of, and means it. */
export function losesMore({ loss, verdict, ending: { delivered } }: Damaged): boolean {
  const lost: readonly Loss[] = [
    ...(delivered.method === verdict.request.method ? [] : (["method"] as const)),
    ...(delivered.bodyKept ? [] : (["body"] as const)),
    ...alsoMissed.filter((name) => delivered.headers[name] === null || delivered.headers[name] === "").map((name) => `header:${name}` as const),
  ];
  return lost.some((one) => one !== loss);
}

const widest = 60;

/** The deciding directive as it is written, on one line, shortened. */
export function directiveText(post: Post): string {
  return shortened(post.gate.because[0]);
}

/** A directive as it is written, on one line, shortened. */
export function shortened({ at }: Evidence): string {
  const line = textOf(at).replace(/\s+/g, " ").trim();
  return line.length > widest ? `${line.slice(0, widest - 3)}...` : line;
}

/** Whether nothing that is known keeps the same request from passing as a GET: the refusal is about the method, or about the body. */
export function getPasses(post: Post): boolean {
  // A server that cannot read its configuration refuses whatever is asked.
  const read = post.get.endings.filter(({ by }) => by?.reason !== "unreadable-configuration");
  return read.length > 0 && read.every(({ outcome }) => outcome !== "refused" && outcome !== "redirected");
}

/** Whether a POST that is stopped for certain may pass as a GET, and the gate itself does not stop that. */
export function getMayPass({ verdict, get, gate }: Post): boolean {
  return verdict.blocked === "yes" && get.endings.some(({ outcome }) => outcome !== "refused" && outcome !== "redirected") && get.endings.every(({ by }) => by !== gate);
}

const longestHead = 200;

/** The word of the path that says other people's servers call it, where the configuration itself has the word; null when there is none. */
export function hookNamed(post: Post): string | null {
  const word = hookWord(post.verdict.request.path)?.toLowerCase();
  if (word === undefined) return null;
  const scopes = [...new Set([...post.ending.trace.map((step) => step.scope), post.ending.scope, scopeBehind(post.program, post.gate, post)])];
  const texts = [...scopes.map((scope) => scope.name), ...post.gate.because.map(({ at }) => textOf(at).slice(0, longestHead))];
  return texts.some((text) => text.toLowerCase().includes(word)) ? word : null;
}

/** Whether the path is one for writes, and the directives of the gate themselves say its name. */
export function writesNamed({ gate, verdict: { request } }: Post): boolean {
  const word = writeWord(request.path);
  return word !== null && !rightlyClosed(request.path) && gate.because.some(({ at }) => textOf(at).slice(0, longestHead).includes(word));
}

/** Whether a path speaks of writes or files. */
export function takesBodies(path: string): boolean {
  return writeWord(path) !== null || fileWord(path) !== null;
}

/** What speaks for files in the place where a POST ends; null where something else does than the configuration, or nothing speaks for them. */
export function sayingFiles(post: Post): string | null {
  const { legitimacy, shown, ending: { scope }, verdict: { request } } = post;
  if (legitimacy.kind === "declared" || shown !== undefined || endpointAt(post) !== undefined) return null;
  if (scope.meantForFiles === true) return "the place has a folder of files of its own";
  const isSilent = !takesBodies(scope.name) && (scope.writes ?? []).length === 0;
  return isSilent && scope.name === "location /" && hostWord(request.host) !== null ? "only the name of the host speaks of writes" : null;
}

/** Whether the gate's answer depends on this part of the request, through whatever variables. */
export function dependsOn(post: Post, field: Field): boolean {
  return testsBehind(post.program, post.gate).some((test) => fieldsOfTest(test).includes(field));
}

/** Whether it is a search engine that the gate is for: those send no forms. */
export function isForRobots(post: Post): boolean {
  return /bot\b|crawl|spider|slurp/i.test(post.verdict.request.headers["user-agent"] ?? "") && dependsOn(post, "header:user-agent");
}

/** Whether the gate, or one asked before it in its chain, looks at the client's address. */
export function asksForAddress(post: Post): boolean {
  return chainTests(post).some((test) => fieldsOfTest(test).includes("clientAddress") || test.operator.kind === "inNetwork");
}

/** The networks with which the gate, and those asked before it in its chain, compare the client's address. */
export function networksNamed(post: Post): readonly string[] {
  return [...new Set(chainTests(post).flatMap(({ operator }) => (operator.kind === "inNetwork" ? operator.blocks : [])))];
}

function chainTests(post: Post): ReturnType<typeof testsBehind> {
  const chain = post.ending.trace.find((step) => step.gate === post.gate)?.chain;
  const gates = post.ending.trace.filter((step) => step.chain === chain).map((step) => step.gate);
  return [post.gate, ...gates].flatMap((gate) => testsBehind(post.program, gate));
}

/** Whether the request may pass when no gate of this reason stops it. */
export function passesOtherwise(post: Post): boolean {
  return evaluate(withoutReason(post.program, post.gate.reason), post.verdict.request).blocked !== "yes";
}

/** Whether the same request may pass as a GET when no gate of this reason stops it. */
export function getPassesOtherwise(post: Post): boolean {
  return evaluate(withoutReason(post.program, post.gate.reason), post.get.request).blocked !== "yes";
}

/** Whether the request may pass when the gate's own directive says nothing. */
export function passesWithout(post: Post): boolean {
  return evaluate(withoutDirective(post.program, post.gate), post.verdict.request).blocked !== "yes";
}

/** The condition that put other settings in the stead of a place's own, and without which an application gets the POST; null when there is none. */
export function swappedBy(post: Post): Gate | null {
  const { trace, scope } = post.ending;
  const swap = trace.findLast((step) => step.held !== "no" && step.gate.effect.kind === "enter" && step.scope.name === scope.name)?.gate;
  if (swap === undefined || isAlways(swap.when)) return null;
  return evaluate(withoutGate(post.program, swap), post.verdict.request).outcome === "reached" ? swap : null;
}

/** The name of the place for writes whose application gets the POST unless the place that stops it takes it first; null when there is none. */
export function takenFrom(post: Post): string | null {
  if (writeWord(post.ending.scope.name) !== null) return null;
  const { outcome, scope } = evaluate(withoutScope(post.program, post.ending.scope), post.verdict.request).ending;
  return outcome === "reached" && writeWord(scope.name) !== null ? scope.name : null;
}

/** Whether the gate stops requests in the place it is for, and none of these. */
export function isForOnePlace({ program, gate, verdict: { request } }: Post, others: readonly string[] = ["/api/orders", "/orders/new", "/orders.php", "/new/"]): boolean {
  return !others.some((path) => evaluate(program, { ...request, path }).endings.some(({ by }) => by === gate));
}

/** Whether a redirect leads from TLS to plain HTTP on the same server, which hands other requests on: what its pages post is lost on the way down. */
export function isSplit({ program, verdict: { request }, ending }: Post): boolean {
  const [, host] = /^http:\/\/(?:www\.)?([^/:?#]+)/i.exec(redirectTarget({ ending })) ?? [];
  if (request.scheme !== "https" || host?.toLowerCase() !== request.host.replace(/^www\./, "")) return false;
  return ["/", "/index.php", "/login", "/orders/new"].some((path) => ["", "do=login"].some((query) => evaluate(program, { ...request, path, query }).blocked !== "yes"));
}

/** Whether a gate is for one place of which nothing but what is said of the whole site tells that it takes anything. */
export function isUnnamed(post: Post): boolean {
  const { legitimacy, shown, verdict: { request: { path } } } = post;
  const isKnown = legitimacy.kind === "declared" || shown !== undefined || endpointAt(post) !== undefined;
  return !isKnown && !takesBodies(path) && !isScript(path) && isForOnePlace(post);
}

/** Whether a path is that of a script, by its name. */
export function isScript(path: string): boolean {
  return /\.(?:php|cgi|jsp|aspx?)\b/.test(path);
}

/** Whether no browser gets past a filter, for a sign that stands between the words of all their names: without it they would. */
export function refusesBrowsers({ program, gate, verdict: { request } }: Post): boolean {
  const refused = (name: string): boolean => evaluate(program, { ...request, headers: { ...request.headers, "user-agent": name } }).endings.every(({ by }) => by === gate);
  return browserNames.every(refused) && browserNames.some((name) => !refused(name.replaceAll(/[^\w. ]/g, "")));
}

/** Whether the author says that the addresses a gate is for are those of former times, and its directives name no place for writes. */
export function isFormer(post: Post): boolean {
  return post.legitimacy.kind !== "declared" && post.shown === undefined && !writesNamed(post) && post.gate.because.some(({ at }) => formerByComment(at));
}

/** Whether a redirect is for one page alone: one that is no more or lies elsewhere now, or what an API's version is called, where people read about it. */
export function isMovedPage(post: Post): boolean {
  const { path } = post.verdict.request;
  if (/\/v\d+$/.test(path)) return isForOnePlace(post, [`${path}/orders`]);
  const [, to = ""] = /^(?:https?:\/\/[^/?#]+)?([^?#]*)/i.exec(redirectTarget(post)) ?? [];
  const isStart = to.replace(/\/$/, "") === "" && path !== "/" && !isScript(path);
  return (isStart || /\.html?$/.test(path) || (isPageElsewhere(post) && !isScript(path))) && !keepsPath(post) && isForOnePlace(post);
}

/** Whether a path that speaks of no writes is sent to one page of another server, whatever else was asked. */
function isPageElsewhere({ gate: { effect }, verdict: { request }, legitimacy, program }: Post): boolean {
  const [first, ...more] = effect.kind === "redirect" ? effect.to : [];
  // The query of the request is added to most.
  const isOne = first?.kind === "text" && more.every((part) => part.kind === "field" && /\bquery$|args$/.test(part.field));
  const host = isOne ? /^https?:\/\/([^/?#:]+)/i.exec(first.text)?.[1]?.toLowerCase() : undefined;
  const isKnown = legitimacy.kind === "declared" || program.endpoints?.some(({ path }) => path === request.path) === true;
  return host !== undefined && host !== request.host && !isKnown && !takesBodies(request.path);
}

/** Whether an application gets the POST, as a POST, when the gate does not stop it. */
export function arrivesWithout(post: Post): boolean {
  const { request } = post.verdict;
  return evaluate(withoutGate(post.program, post.gate), request).endings.some(({ outcome, delivered }) => outcome === "reached" && delivered.method === request.method);
}

/** The larger limit to which a POST that is too large would come, as it is written; null when there is none. */
export function laterLimit(post: Post): string | null {
  const { ending } = evaluate(withoutGate(post.program, post.gate), post.verdict.request);
  if (ending.outcome !== "reached") return null;
  const [at] = post.gate.because;
  const limits = ending.trace.filter(({ gate }) => gate.reason === "body-size" && gate.implied !== true && gate.because[0].at.start !== at.at.start);
  const last = limits.at(-1)?.gate.because[0];
  return last === undefined ? null : shortened(last);
}

/** Whether a section around the gate's own directive, not the directive itself, chooses the paths it is for. */
export function isPlaced({ when, because: [{ at }] }: Gate): boolean {
  const around = testsIn(when).filter((test) => test.at.file !== at.file || (test.at.start < at.start && test.at.end > at.end));
  return around.some((test) => fieldsOfTest(test).some((field) => field === "path" || field === "sentPath"));
}
