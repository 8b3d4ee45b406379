import { describe, expect, it } from "vitest";
import { iis } from "../src/formats/iis/index.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Edit } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { site } from "./iis-cases.ts";

function post(text: string, path: string): Verdict {
  const [unit] = iis.load([{ path: "web.config", text }], { read: () => null, list: () => [] }).units;
  return evaluate(unit!.program, ordinaryPost({ path }));
}

/** A text after edits that do not overlap. */
function edited(text: string, edits: readonly Edit[]): string {
  return [...edits].sort((a, b) => b.at.start - a.at.start).reduce((result, { at, text: put }) => result.slice(0, at.start) + put + result.slice(at.end), text);
}

function verbs(inside: string): string {
  return site(`<security><requestFiltering>${inside}</requestFiltering></security>`);
}

function rule(inside: string): string {
  return site(`<rewrite><rules><rule name="a"><match url="^a" />${inside}</rule></rules></rewrite>`);
}

function authorization(inside: string): string {
  return site(`<security><authorization>${inside}</authorization></security>`);
}

function method(pattern: string): string {
  return rule(`<conditions><add input="{REQUEST_METHOD}" pattern="${pattern}" negate="true" /></conditions><action type="CustomResponse" statusCode="405" />`);
}

describe("edits that let a POST through", () => {
  it.each([
    [verbs('<verbs allowUnlisted="false">\r\n\t<add verb="GET" allowed="true" />\r\n</verbs>'), verbs('<verbs allowUnlisted="false">\r\n\t<add verb="GET" allowed="true" />\r\n\t<add verb="POST" allowed="true" />\r\n</verbs>')],
    [verbs('<verbs allowUnlisted="false"><add verb="GET" allowed="true"></add></verbs>'), verbs('<verbs allowUnlisted="false"><add verb="GET" allowed="true"></add><add verb="POST" allowed="true" /></verbs>')],
    [verbs("<verbs><add verb='POST' allowed='false' /></verbs>"), verbs("<verbs><add verb='POST' allowed='true' /></verbs>")],
    [authorization('<add accessType="Deny" users="*" verbs="PUT, POST" />'), authorization('<add accessType="Deny" users="*" verbs="PUT" />')],
    [authorization('<add accessType="Deny" users="*" verbs="POST" />'), authorization("")],
    [authorization('<clear /><add accessType="Allow" users="*" verbs="GET" />'), authorization('<clear /><add accessType="Allow" users="*" verbs="GET,POST" />')],
    [method("^(GET|HEAD)$"), method("^(GET|HEAD|POST)$")],
    [method("^GET$"), method("^(GET|POST)$")],
    [method("GET|HEAD"), method("GET|HEAD|POST")],
    [rule('<action type="Redirect" url="b" />'), rule('<action redirectType="Temporary" type="Redirect" url="b" />')],
    [rule('<action type="Redirect" url="b" redirectType="Found" />'), rule('<action type="Redirect" url="b" redirectType="Temporary" />')],
    [site('<httpRedirect enabled="true" destination="/b" httpResponseStatus="Permanent" />'), site('<httpRedirect enabled="true" destination="/b" httpResponseStatus="PermRedirect" />')],
    [site('<httpRedirect enabled="true" destination="/b" />'), site('<httpRedirect httpResponseStatus="Temporary" enabled="true" destination="/b" />')],
    [site('<handlers><remove name="ExtensionlessUrlHandler-Integrated-4.0" /><add name="a" path="a" verb="GET" type="A" /></handlers>'), site('<handlers><remove name="ExtensionlessUrlHandler-Integrated-4.0" /><add name="a" path="a" verb="GET,POST" type="A" /></handlers>')],
  ])("%s", (before, after) => {
    const verdict = post(before, "/a");
    expect(verdict.blocked).toBe("yes");
    const fixed = edited(before, verdict.by?.fix?.edits ?? []);
    expect(fixed).toBe(after);
    expect(post(fixed, "/a").blocked).toBe("no");
  });

  it.each([
    verbs('<verbs allowUnlisted="false" />'),
    method("^G.T$"),
    method("^&#71;ET$"),
    rule('<conditions><add input="{REQUEST_METHOD}" pattern="^POST$" /></conditions><action type="AbortRequest" />'),
  ])("none where nothing is plain to see: %s", (text) => {
    const { blocked, by } = post(text, "/a");
    expect(blocked).toBe("yes");
    expect(by?.fix).toBeUndefined();
  });
});
