import type { Condition } from "../../model/condition.ts";
import { all, any, methodIn, not, test, testText } from "../../model/condition.ts";
import type { Chain, Gate, Scope, Stage } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, gate, implied, matches, set, variable, variableIs } from "./gates.ts";
import type { Layer } from "./layer.ts";
import { asItCame, inLookup } from "./lookup.ts";
import { named, valuesOf } from "./layer.ts";
import { handlerKind } from "./settings.ts";

/** Names that servers hand to an application without being told so in the file at hand. */
export const scripts = "\\.(php\\d?|phtml|phps?|cgi|fcgi|pl|py)";

/** The chosen file is a directory; where nobody can tell, a path that ends with a slash is one unless something else answers it. */
export function isFolder(at: Span): Condition {
  const directory = (otherwise: boolean): Condition => testText(variable("file"), { kind: "onDisk", as: "directory", otherwise }, at);
  const ends = testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at);
  return all(variableIs("info", "", at), any(directory(false), all(ends, variableIs("forced", "", at), directory(true))));
}

/** Who answers: an application or the server itself. A program that may not run is refused before its body is read. */
export function choosingChain(layers: readonly Layer[], at: Span): Chain {
  const chosen = (name: string): Gate => set("kind", variable(name), at, not(variableIs(name, "", at)));
  // A backend of HTTP answers with a status of its own, which takes the place of the error's.
  const backend = any(matches(variable("proxied"), "^(proxy:)?(https?|ajp|wss?|balancer):", at), matches(variable("late.url"), "^(https?|ajp|wss?|balancer):", at), variableIs("proxied", "ajp:", at));
  return {
    name: "choosing the handler",
    gates: [
      gate(all(backend, not(variableIs("kept", "", at))), { kind: "rewrite", status: null }, because(at, "a backend says its own status"), "none"),
      implied(gate(all(backend, not(variableIs("error", "", at)), variableIs("body.read", "yes", at)), { kind: "alter", what: "body", value: null }, because(at, "the body was read before the error"), "none")),
      gate(any(not(variableIs("proxied", "", at)), variableIs("proxied.late", "yes", at)), { kind: "enter", stage: "application" }, because(at, "a proxy answers"), "none"),
      set("kind", "static", at),
      // Of what is not there, nobody has to answer but the server.
      set("kind", "app", at, all(matches(variable("bare"), `${scripts}$`, at, { ignoreCase: true }), onDisk(at, "any", true))),
      chosen("bytype"),
      chosen("byalias"),
      chosen("byname"),
      chosen("forced"),
      // A handler that a rule has chosen for a directory is the one of its index file.
      set("kind", variable("asked.handler"), at, all(inLookup(at), not(variableIs("asked.handler", "", at)))),
      deny(all(variableIs("kind", "cgi", at), variableIs("options.cgi", "off", at), variableIs("byalias", "", at)), 403, because(saidBy(layers, "options") ?? at, "programs may not run here"), "broken-configuration"),
    ],
  };
}

/** The line of a directive that is read last. */
function saidBy(layers: readonly Layer[], key: string): Span | undefined {
  return layers.findLast((layer) => named(layer, key).length > 0)?.placed.findLast(({ node }) => node.key === key)?.node.span;
}

/** What the chosen handler answers; what the server cannot serve is refused. `methods` are those it knows. */
export function handlerChain(layers: readonly Layer[], methods: readonly string[], at: Span): Chain {
  const kind = (value: string): Condition => variableIs("kind", value, at);
  return {
    name: "handler",
    gates: [
      ...applicationGates(kind, saidBy(layers, "acceptpathinfo"), at),
      ...(layers.some(reports) ? [gate(all(kind("report"), isReading(at)), { kind: "answer", status: 200 }, because(at, "the server tells of itself"), "none")] : []),
      ...fileGates(methods, at),
    ],
  };
}

function noFile(when: Condition, at: Span, note: string): Gate {
  return implied(deny(when, 404, because(at, note), "no-file"));
}

function onDisk(at: Span, as: "any" | "directory", otherwise: boolean): Condition {
  return testText(variable("file"), { kind: "onDisk", as, otherwise }, at);
}

/** A program that is asked for (mod_cgi, and what stands for any other handler). */
function applicationGates(kind: (value: string) => Condition, pathInfo: Span | undefined, at: Span): readonly Gate[] {
  const absent = not(onDisk(at, "any", true));
  const extra = all(kind("app"), not(variableIs("info", "", at)), variableIs("pathinfo", "off", at));
  // Who asks for another address than the client did goes on to give the script its path.
  const led = not(testText(fieldValue("path"), { kind: "equals", value: fieldValue("sentPath") }, at));
  return [
    noFile(all(kind("cgi"), absent), at, "the script is not there"),
    implied(deny(all(kind("cgi"), onDisk(at, "directory", false)), 403, because(at, "a directory is no script"), "no-file")),
    implied(deny(all(kind("cgi"), not(testText(variable("file"), { kind: "onDisk", as: "executable", otherwise: true }, at))), 500, because(at, "the script may not be run"), "no-file")),
    deny(all(kind("cgi"), lost(at)), 500, because(at, "a rule chooses a handler and leads to another file, which cannot be run so"), "broken-configuration"),
    leaveOpen(all(kind("app"), lost(at)), at, "a rule chooses a handler and leads to another file"),
    set("kind", "app", at, any(kind("cgi"), kind("dav"))),
    noFile(all(kind("app"), variableIs("forced", "", at), absent), at, "the script is not there"),
    ...(pathInfo === undefined ? [] : [deny(all(extra, led), 404, because(pathInfo, "the script is given a path behind its name, which AcceptPathInfo refuses"), "contradiction")]),
    noFile(extra, at, "AcceptPathInfo is off"),
    gate(kind("app"), { kind: "enter", stage: "application" }, because(at, "an application answers"), "none"),
  ];
}

/** What is shown for an error is asked for with GET; an index file gets the request as it was sent. */
function isReading(at: Span): Condition {
  return any(not(variableIs("error", "", at)), test("sentMethod", { kind: "in", values: ["GET", "HEAD"] }, at));
}

/** A handler is chosen that tells of the server, and declines all but a GET (mod_status, mod_info, mod_ldap). */
function reports(layer: Layer): boolean {
  return named(layer, "sethandler", "addhandler").some((placed) => handlerKind(valuesOf(placed)[0] ?? "") === "report");
}

/** The server's own handlers: for directories (mod_autoindex), then for anything else (`default_handler` of the core). */
function fileGates(methods: readonly string[], at: Span): readonly Gate[] {
  const asSent = variableIs("error", "", at);
  const sent = (...names: readonly string[]): Condition => test("sentMethod", { kind: "in", values: names }, at);
  const folder = isFolder(at);
  const listed = all(folder, isReading(at), variableIs("forced", "", at));
  // The same questions as `-f` and `-d` ask, so that the answers agree where they can only be supposed.
  const gone = all(...(["file", "directory"] as const).map((as) => not(testText(variable("file"), { kind: "onDisk", as }, at))));
  return [
    // Whatever is answered, the body is read before.
    set("body.read", "yes", at),
    gate(all(listed, variableIs("options.indexes", "on", at)), { kind: "answer", status: 200 }, because(at, "lists the directory"), "none"),
    implied(deny(listed, 403, because(at, "no index file, and no listing is allowed"), "no-file")),
    implied(deny(all(asSent, not(test("sentMethod", { kind: "in", values: methods }, at))), 501, because(at, "a method the server does not know"), "protocol")),
    gate(all(asSent, sent("OPTIONS")), { kind: "answer", status: 200 }, because(at, "the server says what it allows"), "none"),
    implied(deny(all(asSent, not(sent("GET", "HEAD", "POST"))), 405, because(at, "a file answers GET and POST only"), "static-handler")),
    noFile(folder, at, "a directory without an index file answers no POST"),
    noFile(all(not(variableIs("info", "", at)), not(variableIs("pathinfo", "on", at))), at, "a file takes no path after its name"),
    noFile(gone, at, "there is no such file"),
    deny(lost(at), 403, because(at, "a rule chooses a handler and leads to another file, which is not found so"), "broken-configuration"),
    gate(all(), { kind: "enter", stage: "files" }, because(at, "a file answers"), "none"),
  ];
}

/** A handler that a rule has chosen gets the request instead of the redirect that the rule is. */
function lost(at: Span): Condition {
  return variableIs("rw.lost", "yes", at);
}

/** Where it ends when nobody can say who answers. */
const unknownStage = "unknown";

/** Leaves it open who answers. */
export function leaveOpen(when: Condition, at: Span, note: string): Gate {
  return gate(when, { kind: "enter", stage: unknownStage }, because(at, note), "none");
}

/** Extensions of what content negotiation may choose from. */
const variants = [".html", ".htm", ".php", ".txt", ".json", ".xml", ".js", ".css", ".cgi", ".html.en"];

/** Options MultiViews: where nothing has the name that is asked for, a file may be chosen that has more. */
export function variantsChain(layers: readonly Layer[], at: Span): readonly Chain[] {
  if (!layers.some((layer) => named(layer, "options").some(({ node }) => /multiviews/i.test(node.argsText.text)))) return [];
  const others = variants.map((extension) => testText([...variable("file"), { kind: "text", text: extension }], { kind: "onDisk", as: "file", otherwise: false }, at));
  return [{ name: "variants", gates: [leaveOpen(all(variableIs("options.variants", "on", at), not(onDisk(at, "any", true)), any(...others)), at, "content negotiation chooses a file")] }];
}

/** The last stages. Whoever was found by way of an index file gets the request as it was sent. */
export function lastStages(at: Span, undecided: boolean): Readonly<Record<string, Stage>> {
  const found = all(variableIs("index", "yes", at), asItCame(at));
  const restore = gate(found, { kind: "alter", what: "method", value: [{ kind: "field", field: "sentMethod" }] }, because(at, "goes on as it was sent"), "none");
  const scope = (name: string, handler: Scope["handler"]): Stage => [{ name, when: all(), chains: [{ name, gates: [restore] }], handler, at }];
  return { application: scope("application", "app"), files: scope("files", "static"), ...(undecided ? { [unknownStage]: scope(unknownStage, "unknown") } : {}) };
}

/** What the server checks of a request before it looks for anything: the encoding of its path, and a TRACE with a body. */
export function requestChain(encodedSlashes: "off" | "on" | "nodecode", traceBodies: boolean, upwards: boolean, at: Span): Chain {
  const path = fieldValue("rawPath");
  // A page that is shown for it has a path of its own.
  const asSent = variableIs("error", "", at);
  const refuse = (when: Condition, status: number, note: string): Gate => implied(deny(when, status, because(at, note), "protocol"));
  const dots = "(\\.|%2[eE]){2}";
  const body = all(methodIn(["TRACE"], at), variableIs("proxied", "", at), test("bodyBytes", { kind: "number", is: ">", value: text("0") }, at));
  return {
    name: "request",
    gates: [
      refuse(all(asSent, matches(path, `%(?![0-9a-fA-F]{2})|^(/+(\\.|%2[eE]))*/+${dots}(/|$)|^/+[^/]+/+${dots}/+${dots}(/|$)`, at)), 400, "the path is not well encoded, or leads above the root"),
      ...(upwards ? [refuse(matches(fieldValue("path"), "^/+\\.\\.(/|$)", at), 400, "a rule leads above the root")] : []),
      refuse(all(asSent, matches(path, encodedSlashes === "off" ? "%(00|2[fF])" : "%00", at)), 404, "a path may not hold an encoded slash"),
      ...(encodedSlashes === "nodecode" ? [leaveOpen(matches(path, "%2[fF]", at), at, "what becomes of a slash that stays encoded")] : []),
      ...(traceBodies ? [] : [refuse(body, 413, "a TRACE takes no body")]),
    ],
  };
}
