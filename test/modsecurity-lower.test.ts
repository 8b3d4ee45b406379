import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tree } from "../src/formats/format.ts";
import { modsecurity } from "../src/formats/waf/modsecurity/index.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Gate, Program } from "../src/model/program.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { textOf, type SourceFile } from "../src/source.ts";
import { emptyTree, loadText, multipart, post, programOf } from "./modsecurity-load.ts";

function filesOf(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

function treeOf(files: readonly SourceFile[]): Tree {
  return {
    read: (path) => files.find((file) => file.path === path) ?? null,
    list: (pattern) => files.map((file) => file.path).filter((path) => new RegExp(`^${pattern.replaceAll("*", "[^/]*")}$`).test(path)),
  };
}

function programsOf(texts: Readonly<Record<string, string>>): readonly Program[] {
  const files = filesOf(texts);
  const claimed = files.filter((file) => modsecurity.claims(file) !== null);
  return modsecurity.load(claimed, treeOf(files)).units.map((unit) => unit.program);
}

function gatesOf(program: Program): readonly Gate[] {
  return Object.values(program.stages).flat().flatMap((scope) => scope.chains.flatMap((chain) => chain.gates));
}

function ask(rules: string, body = "a=1", type?: string, target = "/"): Verdict {
  return evaluate(programOf(`SecRuleEngine On\nSecRequestBodyAccess On\n${rules}`), post(target, body, type));
}

describe("the engine", () => {
  const refusing = 'SecRule REQUEST_METHOD "@streq POST" "id:1,phase:1,deny"';

  it.each(["Off", "DetectionOnly"])("refuses nothing when %s, and says so", (state) => {
    const program = programOf(`SecRuleEngine ${state}\n${refusing}`);
    expect(evaluate(program, post("/", "")).blocked).toBe("no");
    expect(program.ignored.map(({ note }) => note)).toContain("the rule engine is not on, so no rule refuses anything");
  });

  it("is taken to be on in files that do not say, with a remark", () => {
    const program = programOf(refusing);
    expect(evaluate(program, post("/", "")).status).toBe(403);
    expect(program.missing.map(({ note }) => note)).toEqual([expect.stringContaining("do not say whether the rule engine is on")]);
  });

  it("can be turned on at run time where it only detects", () => {
    const program = programOf('SecRuleEngine DetectionOnly\nSecRule REQUEST_URI "@beginsWith /strict" "id:2,phase:1,pass,nolog,ctl:ruleEngine=On"\nSecRule REQUEST_METHOD "@streq POST" "id:1,phase:2,deny"');
    expect(evaluate(program, post("/strict", "")).status).toBe(403);
    expect(evaluate(program, post("/", "")).blocked).toBe("no");
  });

  it("reads no bodies unless told to", () => {
    const program = programOf('SecRuleEngine On\nSecRule ARGS "@streq 1" "id:1,deny"');
    expect(evaluate(program, post("/", "a=1")).blocked).toBe("no");
    expect(evaluate(program, post("/?a=1", "")).blocked).toBe("yes");
  });
});

describe("what is not decided", () => {
  it.each([
    ['SecRule GEO:COUNTRY_CODE "@streq XX" "id:1,phase:1,deny"', "GEO @streq XX"],
    ['SecRule ARGS "@inspectFile /x.lua" "id:1,deny"', "the operator @inspectfile"],
    ['SecRule ARGS "x" "id:1,deny,t:sqlHexDecode"', "the transformation t:sqlhexdecode"],
    ['SecRule ARGS "@pmFromFile absent.data" "id:1,deny"', "the lines of data files that are not here"],
    ['SecRule ARGS "(?R)" "id:1,deny"', "a pattern that could not be read: a group of a kind that is not understood"],
    ['SecRule IP:hits "@gt 10" "id:1,phase:1,deny"\nSecAction "id:2,phase:5,pass,nolog,setvar:ip.hits=+1"', "IP @gt 10"],
  ])("%s", (rules, why) => {
    const verdict = ask(rules);
    expect(verdict.blocked).toBe("maybe");
    expect(verdict.depends).toEqual([why]);
  });

  it("is no libinjection question when the text has nothing to ask about", () => {
    const rules = 'SecRule ARGS "@detectSQLi" "id:1,deny"\nSecRule ARGS "@detectXSS" "id:2,deny"';
    expect(ask(rules, "name=Grace+Hopper&age=85").blocked).toBe("no");
    expect(ask(rules, "name=1'+or+'1").blocked).toBe("maybe");
    expect(ask(rules, `note=${encodeURIComponent("<script>")}`).blocked).toBe("maybe");
  });

  it("takes a client to be unknown to collections that outlive a request", () => {
    expect(ask('SecRule IP:blocked "@eq 1" "id:1,phase:1,deny"').blocked).toBe("no");
  });
});

describe("every rule", () => {
  it("ends as a gate or is ignored with a reason", () => {
    const rules = [
      'SecRule ARGS "x" "id:1,deny"',
      'SecRule ARGS "x" "id:2,pass"',
      'SecRule RESPONSE_BODY "x" "id:3,phase:4,deny"',
      'SecRule ARGS "x" "id:4,deny"\nSecRuleRemoveById 4',
      'SecRule ARGS "@noMatch" "id:5,deny"',
      'SecRule ARGS "x" "id:6,proxy:http://other/"',
      "<Location /x>\nSecRule ARGS x \"id:7,phase:1,deny\"\n</Location>",
    ];
    const program = programOf(`SecRuleEngine On\nSecRequestBodyAccess On\n${rules.join("\n")}`);
    const gates = gatesOf(program).map((gate) => textOf(gate.because[0].at));
    const ignored = program.ignored.map(({ at, note }) => [/id:(\d)/.exec(textOf(at))?.[1], note]);
    expect(gates.filter((text) => text.includes("id:1"))).toHaveLength(1);
    expect(ignored).toEqual([
      ["7", expect.stringContaining("never runs")],
      ["3", expect.stringContaining("response")],
      ["4", "is removed later"],
      ["2", expect.stringContaining("only logs")],
      ["5", "never matches"],
      ["6", expect.stringContaining("another server")],
    ]);
  });

  it.each([
    ['SecRule REQUEST_METHOD "@streq POST" "id:1,deny"', "method"],
    ['SecRule REQUEST_HEADERS:Content-Type "json" "id:1,deny"', "content-type"],
    ['SecRule REQUEST_HEADERS:User-Agent "curl" "id:1,deny"', "client-software"],
    ['SecRule &REQUEST_HEADERS:Referer "@eq 0" "id:1,deny"', "cross-site"],
    ['SecRule REMOTE_ADDR "@ipMatch 203.0.113.0/24" "id:1,deny"', "address-list"],
    ['SecRule REQUEST_BODY_LENGTH "@gt 10" "id:1,deny"', "body-size"],
    ['SecRule ARGS "x" "id:1,deny"', "waf-match"],
    ['SecRule REQUEST_METHOD "@streq POST" "id:1,deny,chain"\nSecRule ARGS "x"', "waf-match"],
  ])("%s is about %s", (rules, reason) => {
    expect(gatesOf(programOf(`SecRuleEngine On\n${rules}`)).map((gate) => gate.reason)).toEqual([reason]);
  });

  it("is evidence together with the rules chained to it", () => {
    const [gate] = gatesOf(programOf('SecRule ARGS "x" "id:1,deny,msg:\'no x\',chain"\nSecRule ARGS "y"'));
    expect(gate?.because.map(({ note }) => note)).toEqual(["rule 1: no x", "must match too"]);
    expect(gate?.because.map(({ at }) => textOf(at).slice(0, 14))).toEqual(["SecRule ARGS \"", "SecRule ARGS \""]);
  });
});

describe("bodies", () => {
  const json = 'SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:9,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON"\n';

  it("fill the variables of their parser alone", () => {
    const rules = 'SecRule ARGS "@streq x" "id:1,deny"';
    expect(ask(rules, '{"a":"x"}', "application/json").blocked).toBe("no");
    expect(ask(json + rules, '{"a":"x"}', "application/json").blocked).toBe("yes");
    expect(ask(json + rules, "a=x", "text/plain").blocked).toBe("no");
    expect(ask(rules, ...multipart({ name: "a", value: "x" })).blocked).toBe("yes");
  });

  it("have attributes and part headers", () => {
    const xml = 'SecAction "id:9,phase:1,pass,nolog,ctl:requestBodyProcessor=XML"\nSecRule XML://@* "@streq v" "id:1,deny"';
    expect(ask(xml, '<a b="v"/>', "text/xml").blocked).toBe("yes");
    expect(ask(xml, "<a>v</a>", "text/xml").blocked).toBe("no");
    const part = 'SecRule MULTIPART_PART_HEADERS "@rx (?i)^content-type: text/plain" "id:1,deny"';
    expect(ask(part, ...multipart({ name: "f", value: "x", file: "a.txt" })).blocked).toBe("yes");
    expect(ask(part, ...multipart({ name: "f", value: "x" })).blocked).toBe("no");
  });

  it("with too many arguments are a parse error", () => {
    const rules = 'SecArgumentsLimit 3\nSecRule REQBODY_ERROR "!@eq 0" "id:1,phase:2,deny,status:400"';
    expect(ask(rules, "a=1&b=2&c=3").blocked).toBe("no");
    expect(ask(rules, "a=1&b=2&c=3&d=4").status).toBe(400);
  });

  it("may be cut instead of refused", () => {
    const limits = "SecRequestBodyLimit 100\nSecRequestBodyLimitAction ProcessPartial\n";
    const body = `a=${"x".repeat(200)}`;
    expect(ask(limits, body).blocked).toBe("no");
    expect(ask(`${limits}SecRequestBodyNoFilesLimit 100`, body).status).toBe(413);
  });
});

describe("limits of a server that embeds the engine", () => {
  const body = `a=${"x".repeat(200)}`;
  it("refuse with 403, and only where they are written out", () => {
    const limit = "SecConnector nginx\nSecRuleEngine On\nSecRequestBodyAccess On\nSecRequestBodyLimit 100\n";
    expect(ask(`${limit}SecRequestBodyLimitAction Reject`, body).status).toBe(403);
    expect(ask(`${limit}SecRequestBodyLimitAction Reject`, "a=1").blocked).toBe("no");
    expect(ask(limit, body).blocked).toBe("no");
    expect(ask("SecConnector nginx\nSecRuleEngine On\nSecRequestBodyAccess On\nSecRequestBodyNoFilesLimit 100", body).blocked).toBe("no");
  });
});

describe("variables", () => {
  it("in a pattern stand for each text they may hold", () => {
    const rules = 'SecAction "id:1,phase:1,pass,nolog,setvar:\'tx.names=ada|grace\'"\nSecRule ARGS:name "!@rx ^(?:%{tx.names})$" "id:2,deny"';
    expect(ask(rules, "name=grace").blocked).toBe("no");
    expect(ask(rules, "name=alan").blocked).toBe("yes");
  });

  it("are chosen by pattern among those that are set", () => {
    const rules = 'SecAction "id:1,phase:1,pass,nolog,setvar:tx.hit_one=0,setvar:tx.hit_two=7"\nSecRule TX:/^hit_/ "@gt 5" "id:2,deny"';
    expect(ask(rules).blocked).toBe("yes");
    expect(ask(rules.replace("=7", "=3")).blocked).toBe("no");
  });

  it("count as one when set and as none when not", () => {
    const rules = 'SecAction "id:1,phase:1,pass,nolog,setvar:tx.known=x"\nSecRule &TX:known "@eq 0" "id:2,phase:1,deny"\nSecRule &TX:absent "@eq 1" "id:3,phase:1,deny"';
    expect(ask(rules).blocked).toBe("no");
    expect(ask(rules.replace("&TX:absent \"@eq 1\"", "&TX:absent \"@eq 0\"")).blocked).toBe("yes");
  });
});

describe("files", () => {
  const engine = "SecRuleEngine On\nSecRequestBodyAccess On\n";

  it("of a folder are one program, the settings first", () => {
    const programs = programsOf({
      "waf/rules/REQUEST-949-BLOCKING.conf": 'SecRule TX:score "@ge 5" "id:3,phase:2,deny"',
      "waf/rules/REQUEST-942-SQLI.conf": 'SecRule ARGS "@streq x" "id:2,phase:2,pass,setvar:tx.score=+%{tx.critical}"',
      "waf/modsecurity.conf": engine,
      "waf/crs-setup.conf.example": 'SecAction "id:1,phase:1,pass,setvar:tx.critical=5"',
      "waf/rules/RESPONSE-999.conf.example": 'SecRule ARGS "@streq a" "id:9,phase:2,deny"',
    });
    expect(programs).toHaveLength(1);
    const [program] = programs;
    if (program === undefined) throw new Error("no program");
    expect(program.missing).toEqual([]);
    expect(evaluate(program, post("/", "a=x")).status).toBe(403);
    expect(evaluate(program, post("/", "x=a")).blocked).toBe("no");
  });

  it("that include others are one program with them", () => {
    const programs = programsOf({
      "main.conf": `${engine}Include rules/*.conf\nInclude /elsewhere/*.conf`,
      "rules/a.conf": 'SecRule ARGS "@pmFromFile words.data" "id:1,deny"',
      "rules/words.data": "# list\nforbidden\n",
    });
    expect(programs).toHaveLength(1);
    const [program] = programs;
    if (program === undefined) throw new Error("no program");
    expect(evaluate(program, post("/", "a=FORBIDDEN+fruit")).blocked).toBe("yes");
    expect(evaluate(program, post("/", "a=list")).blocked).toBe("no");
    expect(program.missing.map(({ at }) => textOf(at))).toEqual(["Include /elsewhere/*.conf"]);
  });

  it("that each turn the engine on are programs of their own", () => {
    expect(programsOf({ "a.conf": engine, "b.conf": engine })).toHaveLength(2);
  });

  it("may include themselves without end", () => {
    expect(programsOf({ "a.conf": `${engine}Include a.conf` })).toHaveLength(1);
    expect(programsOf({ "a.conf": `${engine}Include b.conf`, "b.conf": "SecMarker b\nInclude a.conf\nInclude b.conf" })).toHaveLength(1);
  });

  it("without the rule set's settings take its defaults", () => {
    const program = programOf('SecRule &TX:crs_setup_version "@eq 0" "id:901001,phase:1,deny,status:500"');
    expect(evaluate(program, post("/", "")).blocked).toBe("no");
    expect(program.missing.map(({ note }) => note)).toContainEqual(expect.stringContaining("crs-setup.conf"));
  });

  it("are claimed by name or content", () => {
    const claim = (path: string, text: string): unknown => modsecurity.claims({ path, text });
    expect(claim("crs/crs-setup.conf.example", "SecAction x")).toBe("name");
    expect(claim("etc/my.conf", "  SecRule ARGS x")).toBe("content");
    expect(claim("etc/nginx.conf", "server { modsecurity_rules 'SecRuleEngine On'; }")).toBe(null);
    expect(claim("notes.md", "SecRule ARGS x")).toBe(null);
    expect(claim("crs/REQUEST-900-X.conf.example", "# SecRule ARGS x")).toBe("content");
    expect(claim("modsec/main.conf", "Include /etc/crs/rules/REQUEST-901-INITIALIZATION.conf")).toBe("content");
    expect(claim("httpd.conf", "Listen 80\nInclude /etc/crs/rules/REQUEST-901-INITIALIZATION.conf")).toBe(null);
  });

  it("of any text give a program that can be asked", () => {
    const variable = fc.constantFrom("ARGS", "!ARGS:a", "&ARGS", "TX:/x/", "TX:a", "&TX:a", "XML:/*", "REQUEST_BODY", "IP:a", "MATCHED_VARS", "NO_SUCH", "REQUEST_HEADERS:Host");
    const operator = fc.constantFrom("@rx a(", "!@rx a", "@pm", "@eq %{tx.a}", "@within", "@ipMatch x", "@validateByteRange 1-999", "@nothing", "", "!", "@rx ^%{tx.a}$", "@lt -");
    const action = fc.constantFrom("deny", "block", "chain", "skip:9", "skipAfter:X", "setvar:tx.a=+%{tx.b}", "setvar:tx.%{x}=1", "phase:1", "phase:9", "status:x", "t:none", "t:x", "ctl:ruleRemoveTargetById=1;", "ctl:ruleRemoveByTag=(", "capture", "multiMatch", "redirect:%{y}", "id:1");
    const rule = fc.tuple(fc.array(variable, { minLength: 1, maxLength: 3 }), operator, fc.array(action, { maxLength: 5 })).map(([v, o, a]) => `SecRule ${v.join("|")} "${o}" "${a.join(",")}"`);
    const line = fc.oneof({ weight: 6, arbitrary: rule }, fc.constantFrom("SecMarker X", "SecRuleRemoveById 1-9", 'SecRuleUpdateTargetById 1 "!ARGS:a"', "SecDefaultAction phase:1,deny", "<Location /x>", "</Location>", "SecRuleEngine Off", "SecRequestBodyLimit x", "Include *"));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const verdict = evaluate(programOf(lines.join("\n")), post("/x?a=1", "a=b"));
        expect(["yes", "no", "maybe"]).toContain(verdict.blocked);
      }),
      { numRuns: 1500 },
    );
  });

  it("that cannot be read are problems", () => {
    const { units, problems } = loadText('SecRule ARGS "x');
    expect(units).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toContain("unterminated-quote");
    expect(modsecurity.load([], emptyTree)).toEqual({ units: [], problems: [], embedded: [] });
  });
});
