import { derive, type Script } from "../legitimate/derived.ts";
import { ledTo } from "../legitimate/led.ts";
import { ordinaryPaths } from "../legitimate/ordinary.ts";
import { scopeBehind, withoutDirective } from "../model/counterfactual.ts";
import type { Environment, OnDisk } from "../model/environment.ts";
import { evaluate } from "../model/evaluate.ts";
import type { Evidence, Gate, Program, Reason } from "../model/program.ts";
import { ordinaryPost, ordinaryUserAgent, withMethod, type Request } from "../model/request.ts";
import type { Ending, Verdict } from "../model/verdict.ts";
import type { Post } from "../rule-api.ts";
import type { Place } from "./places.ts";
import type { Witness } from "./witness.ts";

/** A witness with what the files say about its legitimacy. `place` is where its gate stands, when that is known. */
export function postOf(program: Program, witness: Witness, place: Place | undefined): Post {
  const before = place?.way ?? [witness.verdict.ending.scope];
  // What stands before everything says nothing of the places behind it.
  const way = before.length > 1 ? before : [...before, scopeBehind(program, witness.gate, witness)];
  const shown = shownAt(program, witness);
  const script = scriptAt(program, witness);
  const otherWrites = before.length === 1 || before.at(-1)?.name === "location /" ? otherWritesAt(program, witness) : [];
  const application = applicationAt(program, witness);
  const isOrdinarily = script === null && isHandedOnOtherwise(program, witness);
  const legitimacy = derive({ ...witness, way, application, shown, script, otherWrites, isOrdinarily });
  const isThere = application !== null || (script !== null && script.shownBy !== "get");
  const certain = witness.certain || (isThere && stopsRoutes(program, witness));
  return { program, ...witness, legitimacy, certain: certain && !isOdd(program, witness), ...(shown === null ? {} : { shown }) };
}

/** Where something else than the configuration shows that the request is sent, by a page that the directive does not shut as well. */
function shownAt(program: Program, { verdict: { request }, gate: { because: [{ at }] } }: Witness): Evidence | null {
  const found = program.endpoints?.find(({ path, query }) => path === request.path && query === request.query)?.shownBy;
  if (found === undefined || found.page === null) return found?.evidence ?? null;
  const { scheme, host, port } = request;
  const { endings } = evaluate(program, withMethod(ordinaryPost({ scheme, host, port, path: found.page }), "GET"));
  return endings.every(({ by }) => by?.because[0].at.file === at.file && by.because[0].at.start === at.start) ? null : found.evidence;
}

/** What is about the method or the address alone is refused to an ordinary browser, too, that comes from the page itself. */
function isOdd(program: Program, { verdict: { request }, gate }: Witness): boolean {
  if (!plain.has(gate.reason)) return false;
  const referer = `${request.scheme}://${request.host}${request.path}`;
  // Another address is often for what a query asks; a refusal seldom is.
  const query = gate.effect.kind === "redirect" ? request.query : "";
  const ordinary = { ...request, query, headers: { ...request.headers, "user-agent": ordinaryUserAgent, referer } };
  return evaluate(program, ordinary).endings.every(({ by }) => by !== gate);
}

const plain: ReadonlySet<Reason> = new Set(["method", "redirect", "fixed-answer"]);

/** Methods that write and pass where POST does not, because they are listed: a method that nobody knows does not pass. */
function otherWritesAt(program: Program, { verdict: { request }, gate }: Witness): readonly string[] {
  if (gate.reason !== "method" && gate.reason !== "method-limit") return [];
  const passes = (method: string): boolean => evaluate(program, withMethod(request, method)).outcome === "reached";
  return passes("UNHEARD") ? [] : ["PUT", "PATCH", "DELETE"].filter(passes);
}

/** What is asked of a front controller lies nowhere on disk, or it would not be asked; scripts that are asked are there. */
function offDisk({ path }: Request): Environment {
  const bare = path.replace(/\/+$/, "");
  const stat = (file: string): OnDisk => {
    if (bare !== "" && file.includes(`${bare}.`)) return "absent";
    if (isScript(file)) return "file";
    return bare !== "" && file.replace(/\/+$/, "").endsWith(bare) ? "absent" : undefined;
  };
  return { stat };
}

function stopsRoutes(program: Program, { verdict: { request }, gate }: Witness): boolean {
  const { blocked, endings } = evaluate(program, request, offDisk(request));
  return blocked === "yes" && endings.every(({ by }) => by === gate) && !isHandedOn(program, request);
}

/** Whether another server gets what is asked of a script that is not there: then nothing shows that scripts lie here. */
function isHandedOn(program: Program, request: Request): boolean {
  const environment: Environment = { stat: (file) => (file.endsWith(request.path) ? "absent" : undefined) };
  return isScript(request.path) && evaluate(program, request, environment).endings.some(({ by, scope }) => by === null && scope.handler !== "static");
}

/** The application that is known to take POSTs at this address; null where none shows, or where the gate closes the whole site. */
function applicationAt(program: Program, { verdict: { request }, gate }: Witness): string | null {
  const application = program.endpoints?.find((one) => one.path === request.path && one.application !== null)?.application ?? null;
  return application === null || closesSite(program, request, gate) ? null : application;
}

/** Whether whoever visits the site is stopped by the gate as well, or sent away from the folder that a script would lie in. */
function closesSite(program: Program, { scheme, host, port, path: asked }: Request, gate: Gate): boolean {
  const folder = asked.slice(0, asked.lastIndexOf("/") + 1);
  const path = isScript(asked) ? folder : "/";
  const key = `${scheme} ${host} ${port} ${path}`;
  const known = closed.get(gate) ?? new Map<string, boolean>();
  closed.set(gate, known);
  const isShut = (ending: Ending): boolean => ending.by === gate || (ending.outcome === "redirected" && (path !== "/" || leadsAbroad(ending, host)));
  const closes = known.get(key) ?? evaluate(program, withMethod(ordinaryPost({ scheme, host, port, path }), "GET")).endings.every(isShut);
  known.set(key, closes);
  return closes;
}

const closed = new WeakMap<Gate, Map<string, boolean>>();

/** Whether visitors are sent to another site. */
function leadsAbroad({ location }: Ending, host: string): boolean {
  const [, name] = (typeof location === "string" ? /^https?:\/\/([^/:?#]+)/i.exec(location) : null) ?? [];
  return name !== undefined && name.replace(/^www\./, "") !== host.replace(/^www\./, "");
}

/** What is refused for what a request carries, or for who sends it: the same place takes others. */
const choosy: ReadonlySet<Reason> = new Set(["waf-match", "client-software", "cross-site", "content-type"]);

/** The script that would take such a request; null where none shows. */
function scriptAt(program: Program, { verdict: { request }, get, gate, ending }: Witness): Script | null {
  const led = gate.reason === "authorization" ? ledTo({ request, ending }) : null;
  if (led !== null) return { path: led.to, shownBy: "led" };
  if (!knowsScripts(program, request)) return null;
  const own = scriptOf(get);
  if (own !== null) return { path: own, shownBy: "get" };
  // Old addresses that are sent elsewhere would reach a front controller too, which proves nothing about them.
  const telling = choosy.has(gate.reason) || (gate.effect.kind === "redirect" && isOrdinary(program, request));
  if (!telling || closesSite(program, request, gate)) return null;
  const disk = offDisk(request);
  const behind = scriptOf(evaluate(withoutDirective(program, gate), request, disk));
  // What spares the files that are there spares the script.
  const isStopped = behind !== null && evaluate(program, request, disk).endings.some(({ by }) => by === gate);
  return behind === null || !isStopped ? null : { path: behind, shownBy: "otherwise" };
}

/** Whether a redirect of ordinary addresses with a slash at their end, though not of the whole site, stands before an application that otherwise gets them. */
function isHandedOnOtherwise(program: Program, { verdict: { request }, gate }: Witness): boolean {
  if (gate.effect.kind !== "redirect" || !request.path.endsWith("/") || !isOrdinary(program, request) || closesSite(program, request, gate)) return false;
  const { outcome, ending } = evaluate(withoutDirective(program, gate), request, offDisk(request));
  return outcome === "reached" && ending.delivered.path === request.path;
}

/** What anybody may send, rather than what was made up for this gate: to an ordinary address, or to the script that gets those. */
function isOrdinary(program: Program, { path, headers, ...rest }: Request): boolean {
  const expected = ordinaryPost().headers;
  const names = Object.keys(headers);
  if (names.length !== Object.keys(expected).length || names.some((name) => headers[name] !== expected[name])) return false;
  if (ordinaryPaths.some((one) => (one === "/" ? path === one : path.endsWith(one)))) return true;
  const other = { ...rest, headers, path: `${path.slice(0, path.lastIndexOf("/"))}/api/orders` };
  return isScript(path) && scriptOf(evaluate(program, other, offDisk(other))) === path;
}

/** The script that a request ends at, without what follows its name; null when it ends elsewhere. */
function scriptOf({ outcome, ending: { delivered } }: Verdict): string | null {
  const { path } = delivered;
  return outcome === "reached" && typeof path === "string" ? (/^.*?\.(?:php|cgi|jsp|aspx?)(?=$|\/)/.exec(path)?.[0] ?? null) : null;
}

function isScript(path: string): boolean {
  return /\.(?:php|cgi|jsp|aspx?)$/.test(path);
}

/** Whether a server tells scripts from files: a plain file ends elsewhere, or is asked of a script. */
function knowsScripts(program: Program, request: Request): boolean {
  const { scheme, host, port, path } = request;
  const plain = withMethod(ordinaryPost({ scheme, host, port, path: `${path.slice(0, path.lastIndexOf("/"))}/plain.txt` }), "GET");
  const key = `${plain.scheme} ${plain.host} ${plain.port} ${plain.path}`;
  const known = scripts.get(program) ?? new Map<string, boolean>();
  scripts.set(program, known);
  const knows = known.get(key) ?? tellsApart(evaluate(program, plain));
  known.set(key, knows);
  return knows;
}

function tellsApart(verdict: Verdict): boolean {
  return verdict.outcome !== "reached" || scriptOf(verdict) !== null;
}

const scripts = new WeakMap<Program, Map<string, boolean>>();
