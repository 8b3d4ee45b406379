import { describe, expect, it } from "vitest";
import { textOf } from "../src/source.ts";
import { ask, outcome, programOf } from "../fixtures/kong/ask.ts";

/** Routes of one service, each written as a flow mapping. */
function routes(...written: readonly string[]): string {
  return `_format_version: "3.0"\nservices:\n- name: shop\n  url: http://shop\n  routes:\n${written.map((route) => `  - ${route}\n`).join("")}`;
}

/** The name of the route a request is handed to, or what becomes of it. */
function taken(text: string, line: string, headers: Readonly<Record<string, string>> = {}): string {
  const verdict = ask(text, line, { headers });
  return verdict.outcome === "reached" ? (verdict.ending.scope.name.split(" ")[1] ?? "") : `${verdict.outcome} ${verdict.status}`;
}

describe("which route takes a request", () => {
  it.each<[what: string, routes: readonly string[], line: string, expected: string, headers?: Record<string, string>]>([
    ["a path is a prefix", ["{name: a, paths: [/orders]}"], "POST /orders/7", "a"],
    ["that may end inside a segment", ["{name: a, paths: [/orders]}"], "POST /orders-old", "a"],
    ["and has case", ["{name: a, paths: [/orders]}"], "POST /Orders", "refused 404"],
    ["no paths take every path", ["{name: a, hosts: [shop.test]}"], "POST http://shop.test/x", "a"],
    ["escapes of path and request mean the same", ["{name: a, paths: ['/a%20b']}"], "POST /a%20b", "a"],
    ["the longer path wins", ["{name: a, paths: [/]}", "{name: b, paths: [/orders]}"], "POST /orders", "b"],
    ["each path of a route competes by itself", ["{name: a, paths: [/, /orders/import]}", "{name: b, paths: [/orders]}"], "POST /orders/import", "a"],
    ["with its shorter ones too", ["{name: a, paths: [/, /orders/import]}", "{name: b, paths: [/orders]}"], "POST /orders/7", "b"],
    ["more kinds of matchers win over a longer path", ["{name: a, paths: [/], methods: [POST]}", "{name: b, paths: [/orders/long]}"], "POST /orders/long", "a"],
    ["but only when all fit", ["{name: a, paths: [/], methods: [GET]}", "{name: b, paths: [/orders/long]}"], "POST /orders/long", "b"],
    ["host and path win over path", ["{name: a, paths: [/orders/long]}", "{name: b, hosts: [shop.test], paths: [/]}"], "POST http://shop.test/orders/long", "b"],
    ["two kinds win over one plain host", ["{name: a, hosts: [shop.test]}", "{name: b, paths: [/], methods: [POST]}"], "POST http://shop.test/", "b"],
    ["plain hosts win over wildcards", ["{name: a, hosts: ['*.test'], paths: [/orders]}", "{name: b, hosts: [shop.test], paths: [/]}"], "POST http://shop.test/orders", "b"],
    ["a leading wildcard takes any labels", ["{name: a, hosts: ['*.test']}"], "POST http://a.b.test/", "a"],
    ["but not the bare name", ["{name: a, hosts: ['*.shop.test']}"], "POST http://shop.test/", "refused 404"],
    ["a trailing wildcard takes any ending", ["{name: a, hosts: ['shop.*']}"], "POST http://shop.example.org/", "a"],
    ["a host may have a port", ["{name: a, hosts: ['shop.test:8443']}"], "POST https://shop.test/", "refused 404"],
    ["which must be the request's", ["{name: a, hosts: ['shop.test:8443']}"], "POST https://shop.test:8443/", "a"],
    ["another host takes nothing", ["{name: a, hosts: [shop.test]}"], "POST http://other.test/", "refused 404"],
    ["a pattern wins over a longer prefix", ["{name: a, paths: [/orders/7/items]}", "{name: b, paths: ['~/orders/\\d+']}"], "POST /orders/7/items", "b"],
    ["a pattern is anchored at the start only", ["{name: a, paths: ['~/orders/\\d+$']}"], "POST /v1/orders/7", "refused 404"],
    ["and at the end when it says so", ["{name: a, paths: ['~/orders/\\d+$']}"], "POST /orders/7/items", "refused 404"],
    ["the higher regex_priority wins", ["{name: a, paths: ['~/o.*']}", "{name: b, paths: ['~/orders'], regex_priority: 5}"], "POST /orders", "b"],
    ["regex_priority means nothing for prefixes", ["{name: a, paths: [/orders/long]}", "{name: b, paths: [/orders], regex_priority: 5}"], "POST /orders/long", "a"],
    ["headers must be there", ["{name: a, paths: [/], headers: {x-version: [v1, v2]}}"], "POST /", "refused 404"],
    ["with one of the values, in any case", ["{name: a, paths: [/], headers: {X-Version: [v1, v2]}}"], "POST /", "a", { "x-version": "V2" }],
    ["or a pattern", ["{name: a, paths: [/], headers: {x-version: ['~*^v\\d']}}"], "POST /", "a", { "x-version": "v9" }],
    ["more headers win", ["{name: a, paths: [/orders], headers: {x-a: ['1']}}", "{name: b, paths: [/], headers: {x-a: ['1'], x-b: ['2']}}"], "POST /orders", "b", { "x-a": "1", "x-b": "2" }],
    ["methods are exact", ["{name: a, paths: [/], methods: [post]}"], "POST /", "refused 404"],
    ["a sibling with POST takes the POST", ["{name: a, paths: [/orders], methods: [GET]}", "{name: b, paths: [/orders], methods: [POST]}"], "POST /orders", "b"],
    ["an empty list limits nothing", ["{name: a, paths: [/], methods: []}"], "POST /", "a"],
    ["null limits nothing", ["{name: a, paths: [/], methods: ~, hosts: ~}"], "POST /", "a"],
    ["names of the TLS handshake are for https", ["{name: a, paths: [/], snis: [shop.test]}"], "POST https://other.test/", "refused 404"],
    ["and not asked for http", ["{name: a, paths: [/], snis: [shop.test]}"], "POST http://other.test/", "a"],
    ["a source address must fit", ["{name: a, paths: [/], sources: [{ip: 10.0.0.0/8}]}"], "POST /", "refused 404"],
    ["routes of connections take no request", ["{name: a, protocols: [tcp], sources: [{ip: 203.0.113.7}]}"], "POST /", "refused 404"],
    ["ties keep the order of the file", ["{name: a, paths: [/x]}", "{name: b, paths: [/x]}"], "POST /x", "a"],
  ])("%s", (_, written, line, expected, headers = {}) => {
    expect(taken(routes(...written), line, headers)).toBe(expected);
  });
});

describe("before 3.0", () => {
  const old = (path: string): string => routes(`{name: a, paths: ['${path}']}`).replace("3.0", "2.1");

  it.each([
    ["/orders/\\d+$", "POST /orders/7", "a"],
    ["/orders/\\d+$", "POST /orders/x", "refused 404"],
    ["/v1.0/orders", "POST /v1.0/orders", "a"],
    ["/v1.0/orders", "POST /v1x0/orders", "refused 404"],
    ["/~me", "POST /~me", "a"],
  ])("%s is a pattern only when it cannot be a plain path: %s", (path, line, expected) => {
    expect(taken(old(path), line)).toBe(expected);
  });

  it("since 3.0 only a path with ~ is a pattern", () => {
    expect(taken(routes("{name: a, paths: ['/orders/\\d+$']}"), "POST /orders/7")).toBe("refused 404");
  });
});

describe("expressions", () => {
  const expression = (...written: readonly string[]): string => routes(...written.map((one, index) => `{name: r${index}, expression: '${one.replaceAll("'", "''")}', priority: ${index}}`));

  it.each([
    ['http.method == "POST" && http.path ^= "/x"', "POST /x/y", "r0"],
    ['http.method == "GET" && http.path ^= "/x"', "POST /x/y", "refused 404"],
    ['http.path == "/x" || (http.path =^ ".php" && !(http.method == "PUT"))', "POST /a.php", "r0"],
    ['http.path ~ r#"^/x/\\d+$"#', "POST /x/12", "r0"],
    ['lower(http.path) ^= "/api"', "POST /API/x", "r0"],
    ['http.host == "shop.test" && net.protocol == "https"', "POST http://shop.test/", "refused 404"],
    ['any(http.headers.x_version) == "v1"', "POST /", "refused 404"],
    ['http.queries.q != "1"', "POST /?q=2", "r0"],
    ["net.src.ip in 203.0.113.0/24", "POST /", "r0"],
    ["net.src.ip not in 203.0.113.0/24", "POST /", "refused 404"],
    ["not_a_field == 1", "POST /", "unknown null"],
    ['http.path ^= "/x" &&', "POST /x", "unknown null"],
  ])("%s", (written, line, expected) => {
    expect(taken(expression(written), line)).toBe(expected);
  });

  it("the higher priority wins", () => {
    expect(taken(expression('http.path ^= "/"', 'http.path ^= "/"'), "POST /")).toBe("r1");
  });

  it("says which expression leaves POST out", () => {
    const verdict = ask(expression('http.path ^= "/x" && http.method == "GET"'), "POST /x");
    expect(verdict.by && [verdict.by.reason, textOf(verdict.by.because[0].at)]).toEqual(["no-route", '\'http.path ^= "/x" && http.method == "GET"\'']);
  });
});

describe("what is not taken", () => {
  it("points at the methods that leave POST out", () => {
    const verdict = ask(routes("{name: list, paths: [/orders], methods: [GET, HEAD]}"), "POST /orders/7");
    expect(verdict.status).toBe(404);
    expect(verdict.by && [verdict.by.reason, textOf(verdict.by.because[0].at)]).toEqual(["no-route", "[GET, HEAD]"]);
    expect(ask(routes("{name: list, paths: [/orders], methods: [GET, HEAD]}"), "GET /orders/7").outcome).toBe("reached");
  });

  it("points at the format version when no route is near", () => {
    const verdict = ask(routes("{name: list, paths: [/orders], methods: [GET]}"), "POST /basket");
    expect(verdict.by && textOf(verdict.by.because[0].at)).toBe('"3.0"');
  });

  it("is uncertain when the file holds no routes, or only those with some tags", () => {
    expect(outcome('_format_version: "3.0"\nservices:\n- name: a\n  host: a\n', "POST /")).toBe("unknown");
    expect(outcome(routes("{name: a, paths: [/a]}").replace("services", "_info: {select_tags: [x]}\nservices"), "POST /b")).toBe("unknown");
  });

  it("routes of a disabled service are not loaded", () => {
    const text = routes("{name: a, paths: [/]}").replace("  url:", "  enabled: false\n  url:");
    expect(outcome(text, "POST /")).toBe("refused 404");
  });

  it("a value that a template gives decides nothing", () => {
    expect(outcome(routes("{name: a, hosts: ['${HOST}'], paths: [/]}"), "POST /")).toBe("unknown");
    expect(outcome(routes("{name: a, methods: '${METHODS}', paths: [/]}"), "POST /")).toBe("unknown");
    expect(outcome(routes("{name: a, methods: [GET, '${METHOD}'], paths: [/]}"), "GET /")).toBe("reached");
  });
});

describe("protocols", () => {
  const route = (more: string): string => routes(`{name: a, paths: [/], ${more}}`);

  it.each([
    ["protocols: [https]", "POST http://localhost/", "refused 426"],
    ["protocols: [https]", "POST https://localhost/", "reached"],
    ["protocols: [http]", "POST https://localhost/", "reached"],
    ["protocols: [https], https_redirect_status_code: 301", "POST http://localhost/", "redirected 301"],
    ["protocols: [https], https_redirect_status_code: 308", "POST http://localhost/", "redirected 308"],
    ["protocols: [https], https_redirect_status_code: '${CODE}'", "POST http://localhost/", "unknown"],
    ["protocols: '${PROTOCOLS}'", "POST http://localhost/", "unknown"],
    ["protocols: [grpc]", "POST /", "refused 415"],
    ["https_redirect_status_code: 301", "POST http://localhost/", "reached"],
  ])("%s: %s is %s", (more, line, expected) => {
    expect(outcome(route(more), line)).toBe(expected);
  });

  it("a redirect points at its status and says where it leads", () => {
    const verdict = ask(route("protocols: [https], https_redirect_status_code: 302"), "POST http://shop.test/x?y=1");
    expect(verdict).toMatchObject({ blocked: "yes", ending: { location: "https://shop.test/x?y=1" } });
    expect(verdict.by && textOf(verdict.by.because[0].at)).toBe("302");
  });

  it("takes defaults for all routes from `_info`", () => {
    const text = route("strip_path: true").replace("services", "_info:\n  defaults:\n    route: {protocols: [https]}\nservices");
    expect(outcome(text, "POST http://localhost/")).toBe("refused 426");
  });
});

describe("scopes", () => {
  it("are named for people and know where writes are meant: a POST below the same folder, not of any other route", () => {
    const text = routes("{name: list, paths: [/orders], methods: [GET]}", "{name: import, paths: [/orders/import], methods: [POST]}", "{name: mail, paths: [/mail], methods: [GET]}");
    const [bulk, list, mail] = programOf(text).stages["routes"] ?? [];
    expect([bulk?.name, list?.name, mail?.name]).toEqual(["route import (POST /orders/import)", "route list (GET /orders)", "route mail (GET /mail)"]);
    expect(list?.writes?.map((one) => one.note)).toEqual(["the route `import` of the same service takes POST"]);
    expect(bulk?.writes?.map((one) => textOf(one.at))).toEqual(["POST"]);
    expect(mail?.writes).toBeUndefined();
  });

  it("a route without a service answers 503, unless a plugin answers", () => {
    const text = '_format_version: "3.0"\nroutes:\n- {name: a, paths: [/a]}\n- {name: b, paths: [/b], plugins: [{name: aws-lambda}]}\n- {name: c, paths: [/c], plugins: [{name: my-own}]}\n- {name: d, paths: [/d], service: elsewhere}\n';
    expect(["/a", "/b", "/c", "/d"].map((path) => outcome(text, `POST ${path}`))).toEqual(["refused 503", "reached", "unknown", "reached"]);
    expect(programOf(text).missing.map((one) => one.note)).toEqual(["the service `elsewhere` is not in these files"]);
  });

  it("routes refer to services by name or id", () => {
    const text = '_format_version: "3.0"\nservices:\n- {name: a, id: 1f, url: http://a}\nroutes:\n- {name: a, paths: [/a], service: a}\n- {name: b, paths: [/b], service: {id: 1f}}\n- {name: c, paths: [/c], service: {name: a}}\n';
    expect(["/a", "/b", "/c"].map((path) => outcome(text, `POST ${path}`))).toEqual(["reached", "reached", "reached"]);
    expect(programOf(text).missing).toEqual([]);
  });
});
