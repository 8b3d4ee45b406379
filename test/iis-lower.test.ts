import { describe, expect, it } from "vitest";
import { iis } from "../src/formats/iis/index.ts";
import type { Tree } from "../src/formats/format.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost, withMethod, type Request } from "../src/model/request.ts";
import type { SourceFile } from "../src/source.ts";
import { cases, type Ask } from "./iis-cases.ts";
import { treeOf } from "./rule-tester.ts";

const nothing: Tree = { read: () => null, list: () => [] };

function requestOf(line: string, { bytes, from, headers = {}, scheme = "https", anonymous = false, groups = [], perMinute = 1 }: Ask = {}): Request {
  const [method = "", target = ""] = line.split(" ");
  const [path = "", query = ""] = target.split("?");
  const base = ordinaryPost({ scheme, path, query });
  const { host = "shop.example", ...others } = headers;
  const identity = { ...base.identity, state: anonymous ? ("none" as const) : ("valid" as const), groups };
  return withMethod({ ...base, host, headers: { ...base.headers, ...others }, bodyBytes: bytes ?? base.bodyBytes, clientAddress: from ?? base.clientAddress, identity, perMinute }, method);
}

function outcomeOf(files: readonly SourceFile[], request: Request): string {
  const [unit] = iis.load(files, treeOf(files)).units;
  if (unit === undefined) return "nothing was loaded";
  const { outcome, status } = evaluate(unit.program, request);
  return status === null || outcome === "reached" || outcome === "unknown" ? outcome : `${outcome} ${status}`;
}

// There is no IIS to compare with: what is expected here is what the named pages of the documentation say.
describe.each(Object.entries(cases))("%s", (_, { text, expect: expected, page }) => {
  it.each(expected.map(([line, outcome, ask = {}]) => [line, outcome, ask] as const))("%s is %s", (line, outcome, ask) => {
    expect(page).not.toBe("");
    const files = [{ path: "web.config", text }];
    expect(outcomeOf(files, requestOf(line, ask))).toBe(outcome);
    if (ask.arrives !== undefined) expect(evaluate(iis.load(files, nothing).units[0]!.program, requestOf(line, ask)).ending.delivered.headers).toEqual(ask.arrives);
  });
});

describe("several files", () => {
  const limited = '<configuration><system.webServer><security><requestFiltering><requestLimits maxAllowedContentLength="5" /></requestFiltering></security></system.webServer></configuration>';
  const open = '<configuration><system.web><pages /></system.web><system.webServer><security><requestFiltering><requestLimits maxAllowedContentLength="500" /></requestFiltering></security></system.webServer></configuration>';

  it("a folder below inherits and sets its own", () => {
    const files = [{ path: "www/web.config", text: limited }, { path: "www/Upload/Web.config", text: open }];
    expect(outcomeOf(files, requestOf("POST /upload/a"))).toBe("reached");
    expect(outcomeOf(files, requestOf("POST /index.php"))).toBe("refused 413");
    expect(iis.load(files, nothing).units).toHaveLength(1);
  });

  it("an application below is a site of its own", () => {
    const application = "<configuration><system.web><compilation /></system.web></configuration>";
    const { units } = iis.load([{ path: "web.config", text: limited }, { path: "src/Shop/web.config", text: application }], nothing);
    expect(units.map(({ files }) => files.map(({ path }) => path))).toEqual([["web.config"], ["src/Shop/web.config"]]);
  });

  it("a section in a file of its own is read", () => {
    const text = '<configuration><system.webServer><rewrite><rules configSource="App_Config\\rules.config" /></rewrite></system.webServer></configuration>';
    const rules = { path: "App_Config/rules.config", text: '<rules><rule name="a"><match url="^x" /><action type="CustomResponse" statusCode="410" /></rule></rules>' };
    const loaded = iis.load([{ path: "web.config", text }], treeOf([rules]));
    expect(loaded.units[0]?.files.map(({ path }) => path)).toEqual(["web.config", "App_Config/rules.config"]);
    expect(evaluate(loaded.units[0]!.program, requestOf("POST /x")).by?.because[0].at.file.path).toBe("App_Config/rules.config");
    expect(iis.load([{ path: "web.config", text }], nothing).units[0]?.program.missing).toHaveLength(1);
  });

  it("each site of a server is one", () => {
    const text =
      '<configuration><system.applicationHost><sites><site name="Shop" id="1" /><site name="Blog" id="2" /></sites></system.applicationHost><system.web><pages /></system.web>' +
      '<location path="Shop/api"><system.webServer><security><requestFiltering><verbs allowUnlisted="false" /></requestFiltering></security></system.webServer></location></configuration>';
    const { units } = iis.load([{ path: "applicationHost.config", text }], nothing);
    expect(units.map(({ program }) => evaluate(program, requestOf("POST /api/orders")).outcome)).toEqual(["refused", "reached"]);
  });

  it("what is not read is listed with its reason", () => {
    const text = '<configuration><appSettings /><system.webServer><urlscan /><staticContent /><rewrite><outboundRules /></rewrite></system.webServer></configuration>';
    const notes = iis.load([{ path: "web.config", text }], nothing).units[0]?.program.ignored.map(({ note }) => note);
    expect(notes).toEqual(["is a section that is not read", "is about answers", "is about answers", "is about the application itself"]);
  });
});

describe("names", () => {
  const claim = (path: string, text = "<configuration />"): unknown => iis.claims({ path, text });

  it("files are known by name, or by a section that only they have", () => {
    expect(["web.config", "a/Web.config", "Web.Release.config", "applicationHost.config"].map((path) => claim(path))).toEqual(["name", "name", "name", "name"]);
    expect(claim("web.config.sample", '<?xml version="1.0"?><configuration><system.webServer /></configuration>')).toBe("content");
    expect([claim("app.config"), claim("log4net.config"), claim("a.md", "# <configuration><system.webServer>"), claim("myweb.config")]).toEqual([null, null, null, null]);
  });
});
