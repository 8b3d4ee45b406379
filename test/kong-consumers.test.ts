import { describe, expect, it } from "vitest";
import { evaluate } from "../src/model/evaluate.ts";
import { textOf } from "../src/source.ts";
import { ask, client, outcome, programOf, request, stranger } from "../fixtures/kong/ask.ts";

interface Parts {
  readonly plugins: string;
  readonly service?: string;
  readonly rest?: string;
}

/** One route `/x` with plugins, and whatever else the file holds. */
function configured({ plugins, service = "", rest = "" }: Parts): string {
  return `_format_version: "3.0"\nservices:\n- name: shop\n  url: http://shop\n  plugins: [${service}]\n  routes:\n  - {name: orders, paths: [/x], plugins: [${plugins}]}\n${rest}`;
}

const staff = "consumers:\n- {username: ann, acls: [{group: staff}], keyauth_credentials: [{key: a}]}\n- {username: bob, keyauth_credentials: [{key: b}]}\n- {username: eve, acls: [{group: staff}]}\n";
const acl = (list: string): string => `{name: key-auth}, {name: acl, config: {${list}}}`;

/** What becomes of a POST by each consumer of the file. */
function byClient(text: string): Readonly<Record<string, string>> {
  const program = programOf(text);
  const outcomes = (program.clients ?? []).map((identity) => {
    const { outcome: what, status } = evaluate(program, request("POST /x", { identity }));
    return [identity.claims["consumer"] ?? "", status === null ? what : `${what} ${status}`] as const;
  });
  return Object.fromEntries(outcomes);
}

/** The note of the gate that refuses. */
function note(text: string): string | undefined {
  return ask(text, "POST /x", { identity: client() }).by?.because[0].note;
}

describe("who can authenticate", () => {
  it("is every consumer with a credential, with its groups", () => {
    expect(programOf(configured({ plugins: "", rest: staff })).clients).toEqual([
      { state: "valid", groups: ["staff"], scopes: [], claims: { consumer: "ann", credentials: "keyauth_credentials" } },
      { state: "valid", groups: [], scopes: [], claims: { consumer: "bob", credentials: "keyauth_credentials" } },
    ]);
  });

  it("is every consumer when no credential is in the file", () => {
    const rest = "consumers: [{username: ann}, {custom_id: bob}]";
    expect(programOf(configured({ plugins: "", rest })).clients?.map((one) => one.claims)).toEqual([{ consumer: "ann" }, { consumer: "bob" }]);
  });

  it.each([
    ["no consumers", ""],
    ["an empty list", "consumers: []\n"],
    ["only consumers of other files", "_info: {select_tags: [a]}\n"],
    ["consumers looked up by tag", "_info: {default_lookup_tags: {consumers: [a]}}\nconsumers: [{username: ann}]\n"],
  ])("is not known with %s", (_, rest) => {
    expect(programOf(configured({ plugins: "", rest })).clients).toBeUndefined();
  });

  it("groups and credentials may stand beside the consumers", () => {
    const rest = "consumers: [{username: ann, id: 7}, {username: bob}]\nacls: [{consumer: ann, group: staff}]\nkeyauth_credentials: [{consumer: {id: 7}, key: a}]\n";
    expect(programOf(configured({ plugins: "", rest })).clients).toMatchObject([{ groups: ["staff"], claims: { consumer: "ann" } }]);
  });
});

describe("acl", () => {
  it("lets the groups of `allow` pass", () => {
    expect(byClient(configured({ plugins: acl("allow: [staff]"), rest: staff }))).toEqual({ ann: "reached", bob: "refused 403" });
  });

  it("refuses the groups of `deny`, and lets who has none pass", () => {
    expect(byClient(configured({ plugins: acl("deny: [staff]"), rest: staff }))).toEqual({ ann: "refused 403", bob: "reached" });
  });

  it("an empty list lets nobody pass", () => {
    expect(byClient(configured({ plugins: acl("allow: []"), rest: staff }))).toEqual({ ann: "refused 403", bob: "refused 403" });
  });

  it("of a route replaces that of the service", () => {
    const text = configured({ plugins: "{name: acl, config: {allow: [admins]}}", service: acl("allow: [staff]"), rest: staff });
    expect(byClient(text)).toEqual({ ann: "refused 403", bob: "refused 403" });
    expect(ask(text, "POST /x").by?.because.at(-1)?.note).toBe("the `acl` of the service `shop` does not run here: the more specific one replaces it");
  });

  it("points at the list, then at the plugin", () => {
    const because = ask(configured({ plugins: acl("allow: [admins]"), rest: staff }), "POST /x").by?.because ?? [];
    expect(because.map((one) => textOf(one.at))).toEqual(["[admins]", "acl"]);
  });

  it.each([
    ["admins", "no consumer in this file has the group `admins`"],
    ["Staff", "no consumer in this file has the group `Staff`; `staff` differs only in case"],
    ["'staff '", "no consumer in this file has the group `staff `; `staff` differs only by blanks or dashes"],
    ["staf", "no consumer in this file has the group `staf`; `staff` differs only by one letter"],
    ["stuff", "no consumer in this file has the group `stuff`; `staff` differs only by one letter"],
    ["staff2", "no consumer in this file has the group `staff2`"],
    ["staff", "only the groups `staff` may pass"],
  ])("%s: says %s", (group, expected) => {
    expect(note(configured({ plugins: acl(`allow: [${group}]`), rest: staff }))).toBe(expected);
  });

  it("says when the group is one of consumer groups, which do not count", () => {
    const rest = "consumer_groups: [{name: gold}]\nconsumers: [{username: ann, groups: [{name: gold}]}]\n";
    expect(note(configured({ plugins: acl("allow: [gold]"), rest }))).toBe("no consumer in this file has the group `gold`; it is a consumer group, which `acl` does not look at");
    const counting = configured({ plugins: acl("allow: [gold], include_consumer_groups: true"), rest });
    expect(byClient(counting)).toEqual({ ann: "reached" });
  });

  it("without an authentication plugin answers 401 to everybody", () => {
    expect(byClient(configured({ plugins: "{name: acl, config: {allow: [staff]}}", rest: staff }))).toEqual({ ann: "refused 401", bob: "refused 401" });
    expect(outcome(configured({ plugins: "{name: my-auth}, {name: acl, config: {allow: [staff]}}", rest: staff }), "POST /x")).toBe("unknown");
  });

  it("decides nothing about clients that are kept elsewhere, until they say their groups", () => {
    const text = configured({ plugins: acl("allow: [staff]") });
    expect([client(), client("staff"), client("other")].map((identity) => outcome(text, "POST /x", { identity }))).toEqual(["unknown", "reached", "refused 403"]);
  });

  it("nor when an identity provider gives the groups", () => {
    const text = configured({ plugins: "{name: openid-connect}, {name: acl, config: {allow: [staff]}}", rest: staff });
    expect(outcome(text, "POST /x", { identity: client() })).toBe("unknown");
  });

  it("nor when a template gives the groups", () => {
    expect(outcome(configured({ plugins: acl("allow: ['${GROUP}']"), rest: staff }), "POST /x")).toBe("unknown");
    expect(outcome(configured({ plugins: acl("allow: '${GROUPS}'"), rest: staff }), "POST /x")).toBe("unknown");
  });

  it("judges clients without credentials as the anonymous consumer", () => {
    const guests = "consumers: [{username: guest, acls: [{group: guests}]}]\n";
    const text = (allow: string): string => configured({ plugins: `{name: key-auth, config: {anonymous: guest}}, {name: acl, config: {allow: [${allow}]}}`, rest: guests });
    expect([text("guests"), text("staff")].map((one) => outcome(one, "POST /x", { identity: stranger }))).toEqual(["reached", "refused 401"]);
    expect(outcome(text("guests"), "POST /x", { identity: client() })).toBe("refused 403");
  });

  it("the anonymous consumer's own plugins run for who has no credentials", () => {
    const rest = "consumers:\n- {username: ann}\n- username: guest\n  plugins: [{name: request-termination, config: {status_code: 401}}]\n";
    const text = configured({ plugins: "{name: key-auth, config: {anonymous: guest}}", rest });
    expect(outcome(text, "POST /x", { identity: stranger })).toBe("refused 401");
    expect(byClient(text)).toEqual({ ann: "reached", guest: "refused 401" });
  });
});

describe("authentication", () => {
  it("asks for a credential of its own kind, when some consumer has one", () => {
    const rest = "consumers:\n- {username: ann, keyauth_credentials: [{key: a}]}\n- {username: bob, jwt_secrets: [{key: b}]}\n";
    expect(byClient(configured({ plugins: "{name: key-auth}", rest }))).toEqual({ ann: "reached", bob: "refused 401" });
    expect(byClient(configured({ plugins: "{name: key-auth}, {name: jwt}", rest }))).toEqual({ ann: "refused 401", bob: "refused 401" });
    expect(byClient(configured({ plugins: "{name: basic-auth}", rest }))).toEqual({ ann: "reached", bob: "reached" });
  });
});
