import type { Condition } from "../../model/condition.ts";
import { all, always, methodIn, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Gate, Handler } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import { addressGates, resolutionGates } from "./addresses.ts";
import { chunkedGates } from "./body.ts";
import { cacheGates } from "./cache.ts";
import type { Context } from "./context.ts";
import { blocksOf, evidence, own, setting, settingValue } from "./context.ts";
import { davGates } from "./dav.ts";
import type { Refusal } from "./errors.ts";
import { refuse } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { bookkeeping, gate, isQuestion, isReading, use } from "./lowering.ts";
import { isMeantToHandOn, scriptInVain } from "./meant.ts";
import type { Directive } from "./parse.ts";
import { placeOf } from "./rewrite.ts";
import { alterations, isUpstream } from "./upstream.ts";
import { aliasOf, fileOf, valueOf } from "./values.ts";

/** What answers a request when nothing stops it. */
export interface Content {
  readonly gates: readonly Gate[];
  readonly handler: Handler;
}

/** Handlers of modules that answer GET and HEAD only. */
const READERS: ReadonlySet<string> = new Set(["empty_gif", "stub_status", "memcached_pass", "redis_pass", "flv", "mp4", "hls", "f4f", "status"]);
/** Those among them that read files, and leave folders to others. */
const STREAMS: ReadonlySet<string> = new Set(["flv", "mp4", "hls", "f4f"]);
const ANSWERS: ReadonlySet<string> = new Set(["echo", "echo_exec", "vhost_traffic_status_display", "rtmp_stat", "fancyindex"]);
const CODE = /^(?:content_by_lua(?:_block|_file)?|js_content|perl|nchan_(?:publisher|pubsub)|push_stream_publisher|upload_pass|api|rds_json_ret)$/;

function isHandler(name: string): boolean {
  return isUpstream(name) || READERS.has(name) || ANSWERS.has(name) || CODE.test(name) || (/_pass$/.test(name) && name !== "ssl_session_ticket_pass");
}

function handlerIn(context: Context): Directive | undefined {
  return context.items.map(({ directive }) => directive).findLast((directive) => isHandler(directive.name.value));
}

/**
 * The handler of a block. An `if` keeps the location's (ngx_http_update_location_config), a `limit_except` only one
 * that passes requests on; nested locations start from none.
 */
export function handlerOf(site: Site): Directive | undefined {
  const { context } = site;
  const found = handlerIn(context);
  if (found !== undefined || context.parent === null) return found;
  if (context.kind === "if") return handlerIn(context.parent);
  if (context.kind !== "limit_except") return undefined;
  const outer = handlerIn(context.parent);
  return outer !== undefined && isUpstream(outer.name.value) ? outer : undefined;
}

/** The content phase: who answers, and what is changed or refused just before. */
export function contentOf(site: Site): Content {
  const handler = handlerOf(site);
  const earlier = earlierHandlers(site);
  if (handler === undefined) {
    const passenger = setting(site.context, "passenger_enabled");
    if (passenger?.args[0]?.value === "on") return { gates: chunkedGates(site, "passenger"), handler: "app" };
    if (isLeftOpen(site)) return { gates: [], handler: "unknown" };
    return { gates: [...earlier, ...elsewhere(site), ...staticGates(site)], handler: "static" };
  }
  use(site, handler);
  const name = handler.name.value;
  if (READERS.has(name)) return { gates: [...earlier, ...readerGates(site, handler), ...(STREAMS.has(name) ? staticGates(site, true) : [])], handler: "static" };
  if (ANSWERS.has(name)) return { gates: earlier, handler: "static" };
  return { gates: [...earlier, ...addressGates(site, handler), ...chunkedGates(site, name.replace(/_pass$/, "")), ...resolutionGates(site, handler), ...cacheGates(site, handler), ...alterations(site, handler)], handler: "app" };
}

/** A snippet that does not say where files come from may stand where its surroundings decide. */
function isLeftOpen({ context, server }: Site): boolean {
  if (!server.implied || context.kind === "server") return server.implied;
  const says = setting(context, "root") ?? setting(context, "alias") ?? own(context, "try_files")[0];
  return says === undefined && !isMeantToHandOn(context);
}

/** An `if` that matched earlier leaves its handler behind, but not the address it hands requests to, which the location may give it. */
function earlierHandlers({ context, ...site }: Site): readonly Gate[] {
  const { opener, parent } = context;
  if (context.kind !== "if" || opener === null || parent === null || handlerIn(context) !== undefined) return [];
  const among = blocksOf(parent, "if").slice(0, blocksOf(parent, "if").indexOf(context));
  const names = among.flatMap((block) => handlerIn(block)?.name.value ?? []).filter((name) => isUpstream(name) && name !== handlerIn(parent)?.name.value);
  return [...new Set(names)].flatMap((name) => earlierHandler({ ...site, context }, opener, name));
}

function earlierHandler(site: Site, opener: Directive, name: string): readonly Gate[] {
  const left = test(`var:${bookkeeping.ifHandler}`, { kind: "equals", value: text(name) }, opener.head);
  const because: [Evidence, ...Evidence[]] = [evidence(opener, "replaces the settings of an `if` that handed requests on")];
  const tooLarge = chunkedGates(site, name.replace(/_pass$/, "")).map((one) => ({ ...one, when: all(left, one.when) }));
  return [...tooLarge, ...refuse(site, { when: left, status: 500, because, more: { reason: "broken-configuration" } })];
}

/** That nothing hands a request on is no more than likely where a part of the server or of the block is not here. */
function elsewhere(site: Site): readonly Gate[] {
  const unread = [...site.context.unread, ...site.server.context.unread];
  const [first] = unread;
  if (first === undefined) return [];
  const stage = "elsewhere";
  site.low.stages[stage] ??= [{ name: "a part that is not here", when: always, chains: [], handler: "unknown", at: first.at }];
  const { file, start } = first.at;
  const unknown: Condition = { kind: "unknown", key: `part ${file.path}:${start}`, why: "a part of the configuration that is not here", reads: "anything", at: first.at };
  return [gate(unknown, { kind: "enter", stage }, [first])];
}

function readerGates(site: Site, handler: Directive): readonly Gate[] {
  const because: [Evidence, ...Evidence[]] = [evidence(handler, "answers GET and HEAD only")];
  const when = not(isReading(site, handler.head));
  return refuse(site, { when, status: 405, because, more: { reason: "static-handler" } });
}

/** Bytes that the name of a file may have on the file systems of servers. */
const LONGEST_NAME = 255;

const PATH: Template = fieldValue("path");

/** The modules index, autoindex and static, in the order nginx asks them. Methods that only read may be all that come here. */
function staticGates(site: Site, onlyReading = false): readonly Gate[] {
  const place = placeOf(site);
  const root = setting(site.context, "root");
  use(site, root);
  const lost = site.context.kind === "if" && site.context.parent !== null ? own(site.context.parent, "try_files") : [];
  const script = scriptInVain(site.context);
  const standing: [Evidence, ...Evidence[]] = [
    place,
    ...lost.map((directive) => evidence(directive, "does not apply under the condition")),
    ...(root === undefined ? [] : [evidence(root, "files are served from here")]),
  ];
  const because: typeof standing = script === undefined ? standing : [evidence(script, "looks for the script as for any file"), ...standing];
  const folder = test("path", { kind: "endsWith", value: text("/") }, place.at);
  const reading = isReading(site, place.at);
  const posting = site.low.asks ? all(methodIn(["POST"], place.at), not(isQuestion(place.at))) : methodIn(["POST"], place.at);
  const neither = not({ kind: "any", of: [reading, posting] });
  const more: Refusal["more"] = { reason: "static-handler" };
  const refused = (when: Condition, status: number): readonly Gate[] => refuse(site, { when, status, because, more });
  return [
    ...(onlyReading ? [] : [...davGates(site), ...refused(neither, 405)]),
    ...lostAlias(site),
    ...(onlyReading ? [] : randomGates(site, folder, posting, because)),
    ...indexGates(site, folder, because, more),
    ...listingGates(site, all(folder, reading)),
    ...refused(folder, 403),
    ...fileGates(site, because, more),
    ...(onlyReading ? [] : refused(posting, 405)),
  ];
}

/** `alias` has no folder for a path that was rewritten in place (ngx_http_map_uri_to_path). */
export function lostAlias(site: Site): readonly Gate[] {
  const alias = aliasOf(site)?.directive;
  if (alias === undefined) return [];
  const kept = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("kept") }, alias.head);
  return refuse(site, { when: kept, status: 500, because: [evidence(alias, "cannot be used where the path was rewritten")], more: { reason: "broken-configuration" } });
}

function onDisk(site: Site, path: Template, as: "file" | "directory" | "any", at: Evidence["at"], otherwise?: boolean): Condition {
  return testText(fileOf(site, path), { kind: "onDisk", as, ...(otherwise === undefined ? {} : { otherwise }) }, at);
}

/** A folder's index file is asked for by an internal redirect; a folder that is not there is a 404. */
function indexGates(site: Site, folder: Condition, because: [Evidence, ...Evidence[]], more: Refusal["more"]): readonly Gate[] {
  const directive = setting(site.context, "index");
  use(site, directive);
  const words = directive?.args.map((word) => ({ absolute: word.value.startsWith("/"), path: valueOf(site, word), at: word.at })) ?? [
    { absolute: false, path: text("index.html"), at: because[0].at },
  ];
  const note: [Evidence, ...Evidence[]] = directive === undefined ? because : [evidence(directive, "the file that stands for a folder"), ...because];
  const files = words.flatMap(({ absolute, path, at }) => {
    const elsewhere = (when: Condition): Gate => gate(when, { kind: "reroute", stage: site.server.redirected, path }, note);
    if (absolute) return [elsewhere(folder)];
    const whole = [...PATH, ...path];
    const fixed = path.every((part) => part.kind === "text");
    const tooLong = testText(path, { kind: "matches", pattern: `[^/]{${LONGEST_NAME + 1}}`, otherwise: false }, at);
    const unnamed = fixed ? [] : refuse(site, { when: all(folder, tooLong), status: 404, because: note, more });
    const beside = gate(all(folder, onDisk(site, whole, "file", at)), { kind: "reroute", stage: site.server.redirected, path: whole }, note);
    const maybeAbsolute = path[0] !== undefined && path[0].kind !== "text";
    return [...(maybeAbsolute ? [elsewhere(all(folder, testText(path, { kind: "startsWith", value: text("/") }, at)))] : []), ...unnamed, beside];
  });
  const missing = all(folder, not(onDisk(site, PATH, "directory", because[0].at, true)));
  // The name of a folder that is a file: `alias` was given one.
  const file = all(folder, onDisk(site, PATH, "file", because[0].at, false));
  // A name of its own is asked for whatever the folder is.
  if (words[0]?.absolute === true) return files;
  return [...refuse(site, { when: file, status: 500, because, more }), ...refuse(site, { when: missing, status: 404, because, more }), ...files];
}

/** Some file of a folder is asked for by an internal redirect, and so not for a POST (ngx_http_random_index_module). */
function randomGates(site: Site, folder: Condition, posting: Condition, [because]: readonly [Evidence, ...Evidence[]]): readonly Gate[] {
  const directive = setting(site.context, "random_index");
  if (directive === undefined || settingValue(site.context, "random_index", "off") !== "on") return [];
  use(site, directive);
  const files: Condition = { kind: "unknown", key: `files ${directive.at.file.path}:${directive.at.start}`, why: "whether there is a file in the folder", usually: true, reads: ["path"], at: directive.head };
  const chosen = all(folder, onDisk(site, PATH, "directory", directive.head, true), files);
  return [...refuse(site, { when: all(chosen, posting), status: 405, because: [evidence(directive, "leads to a file"), because], more: { reason: "static-handler" } }), gate(chosen, { kind: "answer", status: 200 }, [evidence(directive, "leads to a file")])];
}

function listingGates(site: Site, when: Condition): readonly Gate[] {
  const directive = setting(site.context, "autoindex");
  if (directive === undefined || settingValue(site.context, "autoindex", "off") !== "on") return [];
  use(site, directive);
  return [gate(when, { kind: "answer", status: 200 }, [evidence(directive, "lists the folder")])];
}

// Files that the configuration itself leads to are there, unless the disk is known to lack them.
function fileGates(site: Site, because: [Evidence, ...Evidence[]], more: Refusal["more"]): readonly Gate[] {
  const [{ at }] = because;
  const redirected = test(`var:${bookkeeping.redirected}`, { kind: "equals", value: text("1") }, at);
  // Without its slash, the path would be glued to the root's last folder.
  const glued = site.low.losesSlashes && aliasOf(site) === null ? [not(test("path", { kind: "startsWith", value: text("/") }, at))] : [];
  const missing = { kind: "any", of: [...glued, all(redirected, not(onDisk(site, PATH, "any", at, true))), all(not(redirected), not(onDisk(site, PATH, "any", at)))] } as const;
  const to = [...PATH, ...text("/"), ...fieldValue("var:is_args"), ...fieldValue("query")];
  const isFolder = onDisk(site, PATH, "directory", at, false);
  return [
    gate(isFolder, { kind: "redirect", status: 301, to }, [...because], { reason: "slash-redirect" }),
    ...refuse(site, { when: missing, status: 404, because, more }),
  ];
}
