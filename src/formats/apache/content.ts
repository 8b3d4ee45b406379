import type { Condition } from "../../model/condition.ts";
import { all, any, methodIn, not, test, testText } from "../../model/condition.ts";
import type { Chain, Gate, Scope, Stage } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, deny, gate, implied, jump, label, latestFirst, matches, quoted, set, variable, variableIs } from "./gates.ts";
import type { Layer } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";
import type { Ground } from "./sections.ts";

/** Names that servers hand to an application without being told so in the file at hand. */
const scripts = "\\.(php\\d?|phtml|phps?|cgi|fcgi|pl|py)";

/** Stands for a document root that is not known: a name no environment has anything to say about. */
const unknownRoot = "/(document root)";

/** An alias of the server: URL prefix to directory; `script` ones hold programs. */
export interface Alias {
  readonly url: string;
  readonly directory: string;
  readonly at: Span;
  readonly script: boolean;
}

/** Chooses the file for a URL, and splits off what follows it (`PATH_INFO`). */
export function fileChain(ground: Ground, aliases: readonly Alias[], at: Span): Chain {
  const path = fieldValue(ground.target);
  const root = ground.documentRoot ?? unknownRoot;
  const file = variable("file");
  // A folder above the root may be called like a file.
  const roots = [quoted(root), ...aliases.map((alias) => quoted(alias.directory))];
  const start = `(?:${roots.join("|")})`;
  const script = matches(file, `^(${start}/.*?${scripts})(/.*)$`, at, { captures: "script." });
  const dotted = matches(file, `^(${start}/(?:.*?/)?[^/]+\\.[^/.]+)(/.*)$`, at, { captures: "dotted." });
  const there = (part: string, otherwise: boolean): Condition => testText(variable(part), { kind: "onDisk", as: "file", otherwise }, at);
  return {
    name: "file",
    gates: [
      set("file", [{ kind: "text", text: root }, ...path], at),
      ...aliases.toReversed().flatMap((alias, index) => aliasGates(alias, path, `alias.${index}.`)),
      set("info", variable("script.3"), at, all(script, there("script.1", true))),
      set("file", variable("script.1"), at, not(variableIs("info", "", at))),
      jump("named", at, not(variableIs("info", "", at))),
      set("info", variable("dotted.2"), at, all(dotted, there("dotted.1", false))),
      set("file", variable("dotted.1"), at, not(variableIs("info", "", at))),
      label("named", at),
      set("name", variable("name.1"), at, matches(variable("file"), "([^/]*)$", at, { captures: "name." })),
    ],
  };
}

function aliasGates(alias: Alias, path: Template, captures: string): readonly Gate[] {
  const { at, url, directory, script } = alias;
  const pattern = url.endsWith("/") ? `^${quoted(url)}(.*)$` : `^${quoted(url)}($|/.*$)`;
  const here = all(variableIs("translated", "", at), matches(path, pattern, at, { captures }));
  const slash = url.endsWith("/") ? `${directory}/` : directory;
  return [set("file", [{ kind: "text", text: slash }, ...variable(`${captures}1`)], at, here), set("byalias", script ? "app" : "", at, here)];
}

/** mod_dir, first part: a directory without a slash at its end is redirected there. */
export function slashChain(at: Span): Chain {
  const open = not(testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at));
  const directory = testText(variable("file"), { kind: "onDisk", as: "directory", otherwise: false }, at);
  const when = all(open, directory, variableIs("info", "", at), not(variableIs("slash", "off", at)), variableIs("proxied", "", at));
  const to: Template = [{ kind: "field", field: "path" }, { kind: "text", text: "/" }];
  const why = because(at, "a directory is redirected to its name with a slash");
  return { name: "directory", gates: [implied(gate(when, { kind: "redirect", status: 301, to }, why, "slash-redirect"))] };
}

/** mod_dir, second part: an index file, else a listing for GET, and nothing for other methods. */
export function indexChains(layers: readonly Layer[], defaults: readonly string[], stage: string, at: Span): readonly Chain[] {
  const directory = (otherwise: boolean): Condition => testText(variable("file"), { kind: "onDisk", as: "directory", otherwise }, at);
  const ends = testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at);
  const unforced = variableIs("forced", "", at);
  // Something else may answer a path that only looks like a directory.
  const asked = all(ends, variableIs("info", "", at), variableIs("proxied", "", at), any(all(unforced, directory(true)), directory(false)));
  const having = layers.filter((layer) => named(layer, "directoryindex").length > 0);
  const base: Layer = { kind: "server", when: all(), placed: [], directory: null, path: null, at };
  const index = latestFirst([base, ...having], (layer) => {
    const lines = named(layer, "directoryindex");
    const names = lines.length === 0 ? defaults : lines.flatMap(valuesOf).filter((name) => name.toLowerCase() !== "disabled");
    const where = lines[0]?.node.span ?? at;
    return indexGates(names, all(layer.when, asked), stage, where, layers.some((one) => named(one, "directoryindexredirect").length > 0));
  });
  const reading = methodIn(["GET", "HEAD"], at);
  const listing = [
    gate(all(asked, unforced, reading, variableIs("options.indexes", "on", at)), { kind: "answer", status: 200 }, because(at, "lists the directory"), "none"),
    implied(deny(all(asked, unforced, reading), 403, because(at, "no index file, and no listing is allowed"), "no-file")),
    implied(deny(all(asked, unforced), 404, because(at, "a directory without an index file answers no POST"), "no-file")),
  ];
  return [{ name: "index", gates: index }, ...fallbackChains(layers, asked, stage), { name: "listing", gates: listing }];
}

/** Where nobody can tell what is on disk, the first script is taken to be there, else the first name. */
function indexGates(names: readonly string[], when: Condition, stage: string, at: Span, mayRedirect: boolean): readonly Gate[] {
  const likely = names.find((name) => new RegExp(`${scripts}$`).test(name)) ?? names[0];
  return names.flatMap((name) => {
    const file: Template = name.startsWith("/") ? text(name) : [...variable("file"), { kind: "text", text: name }];
    const path: Template = name.startsWith("/") ? text(name) : [{ kind: "field", field: "path" }, { kind: "text", text: name }];
    const there = name.startsWith("/") ? all() : testText(file, { kind: "onDisk", as: "file", otherwise: name === likely }, at);
    const found = all(when, there);
    return [...(mayRedirect ? indexRedirects(found, path, at) : []), ...internalRequest(found, path, stage, at, `index ${name}`)];
  });
}

/** The server asks itself for another URL, as a GET; if all is well, the first request goes on with what was found. */
function internalRequest(when: Condition, path: Template, stage: string, at: Span, mark: string): readonly Gate[] {
  const why = because(at, "is what the server looks for");
  return [
    set("chosen", mark, at, when),
    set("index", "yes", at, variableIs("chosen", mark, at)),
    gate(variableIs("chosen", mark, at), { kind: "reroute", stage, path, method: "GET" }, why, "none"),
  ];
}

/** DirectoryIndexRedirect: the client is sent to the index file. */
function indexRedirects(when: Condition, path: Template, at: Span): readonly Gate[] {
  return [301, 302, 303, 307, 308].map((status) =>
    gate(all(when, variableIs("indexredirect", String(status), at)), { kind: "redirect", status, to: path }, because(at, "is redirected to"), "redirect"),
  );
}

function fallbackChains(layers: readonly Layer[], emptyDirectory: Condition, stage: string): readonly Chain[] {
  const having = layers.filter((layer) => named(layer, "fallbackresource").length > 0);
  if (having.length === 0) return [];
  const gates = latestFirst(having, (layer) => {
    const placed = named(layer, "fallbackresource").at(-1);
    const [resource = "disabled"] = placed === undefined ? [] : valuesOf(placed);
    if (placed === undefined || resource.toLowerCase() === "disabled") return [];
    const at = placed.node.span;
    const absent = not(testText(variable("file"), { kind: "onDisk", as: "any", otherwise: false }, at));
    const plain = all(variableIs("forced", "", at), variableIs("byname", "", at), variableIs("proxied", "", at), not(matches(variable("name"), `${scripts}$`, at)));
    const first = all(layer.when, placed.guard, any(all(absent, plain), emptyDirectory), variableIs("index", "", at));
    return internalRequest(first, text(resource), stage, at, `fallback ${placed.node.span.start}`);
  });
  return [{ name: "fallback", gates }];
}

/** Who answers: an application or the server itself; what the server cannot serve is refused. */
export function handlerChain(layers: readonly Layer[], at: Span): Chain {
  const options = layers.findLast((layer) => named(layer, "options").length > 0)?.placed.findLast(({ node }) => node.key === "options")?.node.span;
  const file = variable("file");
  const kind = (value: string): Condition => variableIs("kind", value, at);
  const absent = (otherwise: boolean): Condition => not(testText(file, { kind: "onDisk", as: "any", otherwise }, at));
  // The same questions as `-f` and `-d` ask, so that the answers agree where they can only be supposed.
  const gone = all(...(["file", "directory"] as const).map((as) => not(testText(file, { kind: "onDisk", as }, at))));
  const extra = not(variableIs("info", "", at));
  const folder = testText(file, { kind: "onDisk", as: "directory", otherwise: false }, at);
  const chosen = (name: string): Gate => set("kind", variable(name), at, not(variableIs(name, "", at)));
  const noFile = (when: Condition, note: string): Gate => implied(deny(when, 404, because(at, note), "no-file"));
  // What is shown for an error is asked for with GET; an index file gets the request as it was sent.
  const asSent = variableIs("error", "", at);
  const sent = (methods: readonly string[]): Condition => test("sentMethod", { kind: "in", values: methods }, at);
  return {
    name: "handler",
    gates: [
      gate(not(variableIs("proxied", "", at)), { kind: "enter", stage: "application" }, because(at, "a proxy answers"), "none"),
      set("kind", "static", at),
      set("kind", "app", at, matches(variable("name"), `${scripts}$`, at, { ignoreCase: true })),
      chosen("byname"),
      chosen("byalias"),
      chosen("forced"),
      deny(all(kind("cgi"), variableIs("options.cgi", "off", at), any(not(absent(true)), extra)), 403, because(options ?? at, "programs may not run here"), "broken-configuration"),
      noFile(all(kind("cgi"), absent(true)), "the script is not there"),
      deny(all(kind("cgi"), folder), 403, because(at, "a directory is no script"), "no-file"),
      set("kind", "app", at, any(kind("cgi"), kind("dav"))),
      noFile(all(kind("app"), variableIs("forced", "", at), absent(true)), "the script is not there"),
      noFile(all(kind("app"), extra, variableIs("pathinfo", "off", at)), "AcceptPathInfo is off"),
      gate(kind("app"), { kind: "enter", stage: "application" }, because(at, "an application answers"), "none"),
      gate(all(asSent, sent(["OPTIONS"])), { kind: "answer", status: 200 }, because(at, "the server says what it allows"), "none"),
      deny(all(folder, sent(["GET", "HEAD"])), 403, because(at, "a directory is not shown without its slash"), "no-file"),
      noFile(folder, "a directory is no file"),
      implied(deny(all(asSent, not(sent(["GET", "HEAD", "POST"]))), 405, because(at, "a file answers GET and POST only"), "static-handler")),
      noFile(all(extra, not(variableIs("pathinfo", "on", at))), "a file takes no path after its name"),
      noFile(gone, "there is no such file"),
      gate(all(), { kind: "enter", stage: "files" }, because(at, "a file answers"), "none"),
    ],
  };
}

/** The last stages. Whoever was found by way of an index file gets the request as it was sent. */
export function lastStages(at: Span): Readonly<Record<string, Stage>> {
  const found = all(variableIs("index", "yes", at), variableIs("error", "", at));
  const restore = gate(found, { kind: "alter", what: "method", value: [{ kind: "field", field: "sentMethod" }] }, because(at, "goes on as it was sent"), "none");
  const scope = (name: string, handler: Scope["handler"]): Stage => [{ name, when: all(), chains: [{ name, gates: [restore] }], handler, at }];
  return { application: scope("application", "app"), files: scope("files", "static") };
}
