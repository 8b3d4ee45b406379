import { describe, expect, it } from "vitest";
import type { Edit } from "../src/model/program.ts";
import { ask, client, outcome } from "../fixtures/kong/ask.ts";

/** A text after edits that do not overlap. */
function edited(text: string, edits: readonly Edit[]): string {
  return [...edits].sort((a, b) => b.at.start - a.at.start).reduce((result, { at, text: put }) => result.slice(0, at.start) + put + result.slice(at.end), text);
}

const route = (more: string, rest = ""): string => `_format_version: "3.0"\nservices:\n- name: shop\n  url: http://shop\n  routes:\n  - name: a\n    paths: [/x]\n${more}${rest}`;
const consumers = "consumers: [{username: ann, acls: [{group: staff team}, {group: admins}]}]\n";
const allow = (list: string): string => route(`    plugins: [{name: key-auth}, {name: acl, config: {allow: ${list}}}]\n`, consumers);

describe("edits that let a POST through", () => {
  it.each([
    ["    methods: [GET, HEAD]\n", "POST /x", "    methods: [GET, HEAD, POST]\n"],
    ["    methods: ['GET']\n", "POST /x", "    methods: ['GET', 'POST']\n"],
    ["    methods: # reads\n    - GET   # safe\n    - HEAD\n    tags: []\n", "POST /x", "    methods: # reads\n    - GET   # safe\n    - HEAD\n    - POST\n    tags: []\n"],
    ["    protocols: [https]\n    https_redirect_status_code: 301\n", "POST http://localhost/x", "    protocols: [https]\n    https_redirect_status_code: 308\n"],
    ["    plugins: [{name: redirect, config: {location: /y, status_code: 302}}]\n", "POST /x", "    plugins: [{name: redirect, config: {location: /y, status_code: 307}}]\n"],
  ])("%j", (before, line, after) => {
    const text = route(before);
    const verdict = ask(text, line);
    expect(verdict.blocked).toBe("yes");
    const fixed = edited(text, verdict.by?.fix?.edits ?? []);
    expect(fixed).toBe(route(after));
    expect(ask(fixed, line).blocked).toBe("no");
  });

  it.each([
    ["[Admins]", "[admins]", "admins"],
    ["['staff-team']", '["staff team"]', "staff team"],
  ])("the group %s was meant to be %s", (before, after, group) => {
    const { by } = ask(allow(before), "POST /x");
    const fixed = edited(allow(before), by?.fix?.edits ?? []);
    expect(fixed).toBe(allow(after));
    expect(outcome(fixed, "POST /x", { identity: client(group) })).toBe("reached");
  });

  it("none where nothing is plain to see", () => {
    const fixOf = (text: string, line = "POST /x"): unknown => ask(text, line).by?.fix;
    expect(fixOf(allow("[nobody]"))).toBeUndefined();
    expect(fixOf(allow("[Admins, others]"))).toBeUndefined();
    expect(fixOf(route("    methods: [POST]\n"), "PUT /x")).toBeUndefined();
    expect(fixOf(route("    protocols: [https]\n"), "POST http://localhost/x")).toBeUndefined();
    expect(fixOf(route("    protocols: [https]\n    https_redirect_status_code: 307\n"), "POST http://localhost/x")).toBeUndefined();
  });
});
