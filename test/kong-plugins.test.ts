import { describe, expect, it } from "vitest";
import { textOf } from "../src/source.ts";
import { ask, client, load, outcome, programOf, stranger } from "../fixtures/kong/ask.ts";

/** One service with one route `/x`, with plugins at each place. */
function configured(places: { route?: string; service?: string; global?: string; rest?: string }): string {
  const { route = "", service = "", global = "", rest = "" } = places;
  return `_format_version: "3.0"
services:
- name: shop
  url: http://shop
  plugins: [${service}]
  routes:
  - name: orders
    paths: [/x]
    plugins: [${route}]
plugins: [${global}]
${rest}`;
}

const onRoute = (plugin: string): string => configured({ route: plugin });
const agent = (name: string): { headers: Record<string, string> } => ({ headers: { "user-agent": name } });
const large = (bodyBytes: number): { bodyBytes: number } => ({ bodyBytes });
const from = (clientAddress: string): { clientAddress: string } => ({ clientAddress });
const preflight = { headers: { origin: "https://a.test", "access-control-request-method": "POST" } };

describe("one plugin", () => {
  it.each<[plugin: string, line: string, expected: string, changes?: object]>([
    ["{name: ip-restriction, config: {allow: [10.0.0.0/8]}}", "POST /x", "refused 403"],
    ["{name: ip-restriction, config: {allow: [203.0.113.0/24]}}", "POST /x", "reached"],
    ["{name: ip-restriction, config: {deny: [203.0.113.7]}}", "POST /x", "refused 403"],
    ["{name: ip-restriction, config: {allow: [203.0.113.0/24], deny: [203.0.113.7]}}", "POST /x", "refused 403"],
    ["{name: ip-restriction, config: {allow: [203.0.113.0/24], deny: [203.0.113.7]}}", "POST /x", "reached", from("203.0.113.8")],
    ["{name: ip-restriction, config: {allow: [10.0.0.0/8], status: 404}}", "POST /x", "refused 404"],
    ["{name: ip-restriction, config: {allow: ['${OFFICE}']}}", "POST /x", "unknown"],
    ["{name: ip-restriction, config: {allow: '${OFFICE}'}}", "POST /x", "unknown"],
    ["{name: ip-restriction, config: {allow: [], deny: ~}}", "POST /x", "reached"],
    ["{name: request-size-limiting, config: {allowed_payload_size: 1}}", "POST /x", "reached", large(1_048_576)],
    ["{name: request-size-limiting, config: {allowed_payload_size: 1}}", "POST /x", "refused 413", large(1_048_577)],
    ["{name: request-size-limiting, config: {allowed_payload_size: 1, size_unit: bytes}}", "POST /x", "refused 413", large(2)],
    ["{name: request-size-limiting, config: {allowed_payload_size: 2, size_unit: kilobytes}}", "POST /x", "reached", large(2048)],
    ["{name: request-size-limiting}", "POST /x", "reached", large(128 * 1_048_576)],
    ["{name: request-size-limiting}", "POST /x", "refused 413", large(128 * 1_048_576 + 1)],
    ["{name: request-size-limiting, config: {allowed_payload_size: 1}}", "POST /x", "refused 417", { ...large(2_000_000), headers: { expect: "100-continue" } }],
    ["{name: request-size-limiting, config: {require_content_length: true}}", "GET /x", "refused 411"],
    ["{name: request-size-limiting, config: {require_content_length: true}}", "POST /x", "reached", { chunked: true }],
    ["{name: request-size-limiting, config: {allowed_payload_size: '${SIZE}'}}", "POST /x", "unknown"],
    ["{name: request-termination}", "POST /x", "refused 503"],
    ["{name: request-termination, config: {status_code: 200}}", "POST /x", "answered 200"],
    ["{name: request-termination, config: {status_code: 403, trigger: stop}}", "POST /x", "reached"],
    ["{name: request-termination, config: {status_code: 403, trigger: stop}}", "POST /x?stop=1", "refused 403"],
    ["{name: request-termination, config: {status_code: 403, trigger: Stop}}", "POST /x", "refused 403", { headers: { stop: "" } }],
    ["{name: redirect, config: {location: 'https://new.test/'}}", "POST /x", "redirected 301"],
    ["{name: redirect, config: {location: 'https://new.test/', status_code: 308}}", "POST /x", "redirected 308"],
    ["{name: bot-detection}", "POST /x", "reached"],
    ["{name: bot-detection}", "POST /x", "refused 403", agent("axios/1.7.2")],
    ["{name: bot-detection}", "POST /x", "refused 403", agent("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")],
    ["{name: bot-detection}", "POST /x", "reached", agent("curl/8.5.0")],
    ["{name: bot-detection, config: {allow: ['^axios']}}", "POST /x", "reached", agent("axios/1.7.2")],
    ["{name: bot-detection, config: {allow: [curl], deny: [curl]}}", "POST /x", "reached", agent("curl/8.5.0")],
    ["{name: bot-detection, config: {deny: [curl]}}", "POST /x", "refused 403", agent("curl/8.5.0")],
    ["{name: cors}", "OPTIONS /x", "answered 200", preflight],
    ["{name: cors, config: {preflight_continue: true}}", "OPTIONS /x", "reached", preflight],
    ["{name: cors}", "OPTIONS /x", "reached"],
    ["{name: cors}", "OPTIONS /x", "reached", { headers: { "access-control-request-method": "POST" } }],
    ["{name: cors, config: {methods: [GET], origins: ['https://a.test']}}", "POST /x", "reached", { headers: { origin: "https://b.test" } }],
    ["{name: rate-limiting, config: {minute: 5}}", "POST /x", "reached", { perMinute: 5 }],
    ["{name: rate-limiting, config: {minute: 5}}", "POST /x", "refused 429", { perMinute: 6 }],
    ["{name: rate-limiting, config: {second: 1}}", "POST /x", "reached", { perMinute: 60 }],
    ["{name: rate-limiting, config: {hour: 3, minute: 100, error_code: 503}}", "POST /x", "refused 503", { perMinute: 4 }],
    ["{name: rate-limiting-advanced, config: {limit: [10, 5], window_size: [60, 1]}}", "POST /x", "refused 429", { perMinute: 11 }],
    ["{name: rate-limiting-advanced, config: {limit: [5], window_size: [1]}}", "POST /x", "reached", { perMinute: 300 }],
    ["{name: request-validator, config: {body_schema: x}}", "POST /x", "unknown"],
    ["{name: opa}", "POST /x", "unknown"],
    ["{name: pre-function, config: {access: ['return kong.response.exit(403)']}}", "POST /x", "unknown"],
    ["{name: pre-function, config: {access: ['kong.log.info(1)']}}", "POST /x", "reached"],
    ["{name: post-function, config: {header_filter: ['kong.response.exit(403)']}}", "POST /x", "reached"],
    ["{name: my-request-guard}", "POST /x", "unknown"],
    ["{name: my-tracer}", "POST /x", "reached"],
    ["{name: http-log}", "POST /x", "reached"],
    ["{name: key-auth, enabled: false}", "POST /x", "reached", { identity: stranger }],
    ["{name: key-auth, enabled: '${AUTH}'}", "POST /x", "unknown", { identity: stranger }],
    ["{name: key-auth}", "POST /x", "refused 401", { identity: stranger }],
    ["{name: jwt}", "POST /x", "reached"],
    ["{name: key-auth, config: {anonymous: guest}}", "POST /x", "reached", { identity: stranger }],
    ["{name: jwt}", "OPTIONS /x", "refused 401", { ...preflight, identity: stranger }],
    ["{name: jwt}, {name: cors}", "OPTIONS /x", "answered 200", { ...preflight, identity: stranger }],
    ["{name: jwt, config: {run_on_preflight: false}}", "OPTIONS /x", "reached", { ...preflight, identity: stranger }],
    ["{name: openid-connect}", "POST /x", "refused 401", { identity: stranger }],
  ])("%s: %s is %s", (plugin, line, expected, changes = {}) => {
    expect(outcome(onRoute(plugin), line, changes)).toBe(expected);
  });

  it("request-transformer changes what the application gets", () => {
    const { delivered } = ask(onRoute("{name: request-transformer, config: {http_method: get, remove: {headers: [Authorization]}}}"), "POST /x").ending;
    expect([delivered.method, delivered.headers]).toEqual(["GET", { authorization: null }]);
  });

  it("points at the value that refuses, then at the plugin", () => {
    const { by } = ask(onRoute("{name: ip-restriction, config: {allow: [10.0.0.0/8]}}"), "POST /x");
    expect(by?.because.map((one) => [textOf(one.at), one.note])).toEqual([
      ["[10.0.0.0/8]", "only these addresses may pass"],
      ["ip-restriction", "`ip-restriction` of the route `orders`"],
    ]);
    expect(by?.reason).toBe("address-list");
  });
});

describe("which instance of a plugin runs", () => {
  const limit = (bytes: number, more = ""): string => `{name: request-size-limiting, config: {allowed_payload_size: ${bytes}, size_unit: bytes}${more}}`;
  /** The size at which a body is refused. */
  const allows = (text: string, changes: object = {}): number => [10, 20, 30, 40].find((bodyBytes) => outcome(text, "POST /x", { ...changes, bodyBytes }) !== "reached") ?? 99;

  it("route before service before everything", () => {
    expect(allows(configured({ route: limit(39), service: limit(19), global: limit(9) }))).toBe(40);
    expect(allows(configured({ service: limit(29), global: limit(9) }))).toBe(30);
    expect(allows(configured({ global: limit(9) }))).toBe(10);
  });

  it("route and service together before one alone", () => {
    expect(allows(configured({ route: limit(9), global: limit(29, ", route: orders, service: shop") }))).toBe(30);
  });

  it("what is disabled leaves its place to the next", () => {
    expect(allows(configured({ route: limit(39, ", enabled: false"), service: limit(19) }))).toBe(20);
  });

  it("plugins of a consumer run for that consumer alone", () => {
    const text = configured({ route: limit(9), global: limit(29, ", consumer: ann"), rest: "consumers: [{username: ann}, {username: bob}]" });
    const as = (consumer: string): object => ({ identity: { ...client(), claims: { consumer } } });
    // A consumer counts more than a route.
    expect([allows(text, as("ann")), allows(text, as("bob")), allows(text)]).toEqual([30, 10, 10]);
  });

  it("plugins inside a consumer and inside a consumer group are theirs", () => {
    const rest = `consumers:\n- username: ann\n  plugins: [${limit(29)}]\n- username: bob\n  groups: [{name: gold}]\n- username: eve\nconsumer_groups:\n- name: gold\n  plugins: [${limit(39)}]\n`;
    const text = configured({ global: limit(9), rest });
    const as = (consumer: string): object => ({ identity: { ...client(), claims: { consumer } } });
    expect([allows(text, as("ann")), allows(text, as("bob")), allows(text, as("eve"))]).toEqual([30, 40, 10]);
  });

  it("says what it replaces", () => {
    const text = configured({ route: limit(9), service: limit(19) });
    expect(ask(text, "POST /x", { bodyBytes: 10 }).by?.because.at(-1)?.note).toBe("the `request-size-limiting` of the service `shop` does not run here: the more specific one replaces it");
    expect(programOf(text).ignored.map((one) => textOf(one.at))).toEqual(["url"]);
  });

  it("plugins of another route or service do not run", () => {
    const rest = "routes:\n- {name: other, paths: [/y], service: shop, plugins: [{name: request-termination}]}\n";
    expect(outcome(configured({ rest }), "POST /x")).toBe("reached");
    expect(outcome(configured({ rest }), "POST /y")).toBe("refused 503");
  });
});

describe("the order of plugins", () => {
  it.each([
    ["{name: request-termination}, {name: key-auth}", "refused 401"],
    ["{name: rate-limiting, config: {minute: 1}}, {name: ip-restriction, config: {deny: [203.0.113.7]}}, {name: jwt}", "refused 401"],
    ["{name: request-termination}, {name: request-size-limiting, config: {allowed_payload_size: 1, size_unit: bytes}}", "refused 413"],
    ["{name: acl, config: {allow: [a]}}, {name: ip-restriction, config: {deny: [203.0.113.7], status: 418}}", "refused 418"],
  ])("%s is %s", (plugins, expected) => {
    expect(outcome(onRoute(plugins), "POST /x", { identity: expected.endsWith("401") ? stranger : client(), perMinute: 9 })).toBe(expected);
  });
});

describe("nothing is dropped", () => {
  it("every plugin and key is a gate or has a reason", () => {
    const text = configured({
      route: "{name: http-log}, {name: my-tracer}, {name: cors, config: {preflight_continue: true}}, {name: key-auth, enabled: false}",
      global: "{name: prometheus, tags: [a]}, {name: acl, route: elsewhere}, {config: {}}",
      rest: "upstreams: []\nsurprise: 1\n",
    });
    expect(programOf(text).ignored.map((one) => [textOf(one.at), one.note])).toEqual([
      ["upstreams", "says where an accepted request goes"],
      ["surprise", "Kong knows no such key"],
      ["url", "says where an accepted request goes"],
      ["false", "the plugin `key-auth` is disabled"],
      ["tags", "is for bookkeeping"],
      ["elsewhere", "it applies to something that is not in these files"],
      ["{config: {}}", "a plugin without a name"],
      ["http-log", "`http-log`: it only observes"],
      ["my-tracer", "`my-tracer`: nothing in its name says that it refuses requests"],
      ["cors", "`cors` as configured refuses nobody"],
      ["prometheus", "`prometheus`: it only observes"],
    ]);
  });

  it("wrong shapes and renamed keys are problems with a place, and the rest is read", () => {
    const text = 'services: {a: 1}\n_format_version: "3.0"\nroutes:\n- name: a\n  paths: /x\n  plugins: key-auth\n- name: b\n  paths: [/y]\n  plugins: [{name: acl, config: {whitelist: [a]}}]\n';
    expect(load(text).problems.map((one) => [textOf(one.at), one.message])).toEqual([
      ["{a: 1}", "`services` must be a list, not a mapping"],
      ["/x", "`paths` must be a list, not a single value"],
      ["key-auth", "`plugins` must be a list, not a single value"],
      ["whitelist", "`whitelist` is called `allow` now: Kong 3 refuses the whole file"],
    ]);
    expect(programOf(text).stages["routes"]?.map((scope) => scope.name)).toEqual(["route b (/y)", "route a", "no Route matched"]);
  });
});
