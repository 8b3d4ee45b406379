import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../src/formats/detect.ts";
import type { Tree } from "../src/formats/format.ts";
import { globSegment } from "../src/formats/glob.ts";
import type { LintResult } from "../src/lint/finding.ts";
import { lint } from "../src/lint/lint.ts";
import { loadWorkspace, type Workspace } from "../src/lint/load.ts";
import { traceRequest } from "../src/lint/trace.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { ordinaryPost, type Request } from "../src/model/request.ts";
import { positionAt } from "../src/source.ts";
import { rules } from "../rules/index.ts";
import { nginxInstalled } from "./nginx-process.ts";
import { replay } from "./rule-tester.ts";

type Files = Readonly<Record<string, string>>;

/** Files in memory, with globs as on a disk. */
function treeOf(files: Files): Tree {
  const fits = (pattern: string, name: string): boolean => {
    const [segments, names] = [pattern.split("/").map(globSegment), name.split("/")];
    return segments.length === names.length && segments.every((segment, index) => segment(names[index] ?? ""));
  };
  return {
    read: (name) => (files[name] === undefined ? null : { path: name, text: files[name] }),
    list: (pattern) => Object.keys(files).filter((name) => fits(pattern, name)).sort(),
  };
}

function load(files: Files): Workspace {
  return loadWorkspace(Object.entries(files).map(([name, text]) => ({ path: name, text })), treeOf(files));
}

function linted(files: Files): LintResult {
  const workspace = load(files);
  const result = lint(workspace, { rules, severities: {}, posts: [], environmentOf: () => unknownEnvironment });
  for (const finding of result.findings) replay(workspace, finding);
  return result;
}

/** `file:line:column rule`, possible ones with a question mark. */
function found(files: Files): readonly string[] {
  return linted(files).findings.map(({ at, rule, certainty }) => {
    const { line, column } = positionAt(at.file, at.start);
    return `${at.file.path}:${line}:${column} ${rule}${certainty === "possible" ? "?" : ""}`;
  });
}

/** What becomes of a POST, through all layers. */
function traced(files: Files, target: string, changes: Partial<Request> = {}): string {
  const { outcome, status } = traceRequest(load(files).units, ordinaryPost({ path: target, host: "shop.test", ...changes }), () => unknownEnvironment);
  return `${outcome}${status === null ? "" : ` ${status}`}`;
}

const dump = `nginx: the configuration file /etc/nginx/nginx.conf syntax is ok
nginx: configuration file /etc/nginx/nginx.conf test is successful
# configuration file /etc/nginx/nginx.conf:
events {}
http {
    include mime.types;
    include /etc/nginx/conf.d/*.conf;
    include /etc/nginx/nothing.d/*.conf;
}

# configuration file /etc/nginx/mime.types:
types { text/html html; }

# configuration file /etc/nginx/conf.d/maps.conf:
map $request_method $closed { default 0; POST 1; }

# configuration file /etc/nginx/conf.d/shop.conf:
server {
    listen 80;
    location /api/orders {
        if ($closed) { return 405; }
        proxy_pass http://orders;
    }
    location /login {
        # postlint-ignore-next limit-excludes-post -- read-only
        limit_except GET { deny all; }
        proxy_pass http://login;
    }
}
nginx: [warn] conflicting server name
`;

describe("dumps of nginx -T", () => {
  it("are one configuration, with every place in the dump", () => {
    const result = linted({ "dump.txt": dump });
    expect(found({ "dump.txt": dump })).toEqual(["dump.txt:21:24 method-denied"]);
    expect([result.suppressed, result.problems, result.files]).toEqual([1, [], [{ path: "dump.txt", format: "nginx" }]]);
    const [unit] = load({ "dump.txt": dump }).units;
    expect([unit?.files.map((file) => file.path), unit?.program.missing]).toEqual([["dump.txt"], []]);
  });

  it("include nothing from outside", () => {
    expect(found({ "dump.txt": dump.replace(/# configuration file \S+maps.conf:\n.*\n/, ""), "conf.d/maps.conf": "map $request_method $closed { default 1; }" })).toEqual([]);
  });

  it("in a page are no configuration", () => {
    for (const name of ["notes.md", "issue.html", "ci.yaml", "test.sh"]) expect(detect({ path: name, text: dump })?.id).not.toBe("nginx");
    expect(detect({ path: "list.txt", text: "# configuration file /etc/hosts:\n127.0.0.1 localhost\n" })).toBeNull();
  });

  it.skipIf(!nginxInstalled())("by a real nginx are answered like the tree they were made of (skipped without nginx)", () => {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "nginx-dump-")));
    const files: Files = {
      "nginx.conf": `pid ${folder}/pid; error_log stderr; events {} http { access_log off; include sites/*.conf; }`,
      "sites/a.conf": "server { listen 127.0.0.1:8181; server_name shop.test; include parts/api.conf; }",
      "parts/api.conf": "location /api { limit_except GET { deny all; } proxy_pass http://127.0.0.1:9; }\nlocation /cart { proxy_pass http://127.0.0.1:9; }",
    };
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const { stdout, stderr } = spawnSync("nginx", ["-T", "-p", folder, "-c", path.join(folder, "nginx.conf")], { encoding: "utf8" });
    fs.rmSync(folder, { recursive: true });
    for (const target of ["/api", "/cart", "/else"]) expect(traced({ "d.out": stderr + stdout }, target)).toBe(traced(files, target));
    expect(traced({ "d.out": stderr + stdout }, "/api")).toBe("refused 403");
  });
});

const denyPosts = 'SecRuleEngine On\n  SecRule REQUEST_METHOD "@streq POST" "id:1,phase:1,deny,status:405"';

describe("rules of ModSecurity in nginx", () => {
  const site = (inside: string): Files => ({ "nginx.conf": `server {\nserver_name shop.test;\n${inside}\n}\n` });

  it("of a server are handed on at their place", () => {
    expect(found(site(`modsecurity on; modsecurity_rules '\n  ${denyPosts}\n';\nlocation / { proxy_pass http://u; }`))).toEqual(["nginx.conf:5:3 waf-blocks-method"]);
  });

  it("of a location hold there, in phase 1 too, and nowhere else", () => {
    const files = site(`location /api/ { modsecurity on; modsecurity_rules '${denyPosts}'; proxy_pass http://u; }\nlocation /api/v2/ { proxy_pass http://u; }\nlocation = /api/ping { proxy_pass http://u; }\nlocation ~ \\.json$ { proxy_pass http://u; }\nlocation / { proxy_pass http://u; }`);
    expect(["/api/x", "/other", "/api/v2/x", "/api/ping", "/api/pings", "/api/x.json"].map((target) => traced(files, target))).toEqual(["refused 405", "reached", "reached", "reached", "refused 405", "reached"]);
    expect(found(files)).toEqual(["nginx.conf:4:3 waf-blocks-method"]);
  });

  it("are inherited where the firewall is switched on, and gone where it is off", () => {
    const on = site(`modsecurity_rules '${denyPosts}';\nlocation /api { modsecurity on; proxy_pass http://u; }\nlocation / { proxy_pass http://u; }`);
    expect(["/api/x", "/x"].map((target) => traced(on, target))).toEqual(["refused 405", "reached"]);
    const off = site(`modsecurity on; modsecurity_rules '${denyPosts}';\nlocation /api { modsecurity off; proxy_pass http://u; }\nlocation / { proxy_pass http://u; }`);
    expect(["/api/x", "/x"].map((target) => traced(off, target))).toEqual(["reached", "refused 405"]);
    const watching = off["nginx.conf"]?.replace("modsecurity off", "modsecurity_rules 'SecRuleEngine DetectionOnly'") ?? "";
    expect(["/api/x", "/x"].map((target) => traced({ "nginx.conf": watching }, target))).toEqual(["reached", "refused 405"]);
  });

  it("of one server are not those of another", () => {
    const second = "server { server_name other.test; location / { proxy_pass http://u; } }";
    const files = { "nginx.conf": `${site(`modsecurity on; modsecurity_rules '${denyPosts}'; location / { proxy_pass http://u; }`)["nginx.conf"] ?? ""}${second}` };
    expect(["shop.test", "other.test", "else.test"].map((host) => traced(files, "/x", { host }))).toEqual(["refused 405", "reached", "reached"]);
  });

  it("keep what nginx makes of their quotes", () => {
    const files = site(`modsecurity on; modsecurity_rules "SecRuleEngine On\n SecRule REQUEST_URI \\"@rx ^/it's\\\\.x\\" \\"id:1,phase:1,deny,status:403\\""; location / { proxy_pass http://u; }`);
    expect(["/it's.x", "/it'szx"].map((target) => traced(files, target))).toEqual(["refused 403", "reached"]);
  });

  it("in files are read where the configuration lies, and count only there", () => {
    const files = { "conf/nginx.conf": "http { server { location /api/ { modsecurity on; modsecurity_rules_file /etc/nginx/modsec/main.conf; proxy_pass http://u; } location / { proxy_pass http://u; } } }", "conf/modsec/main.conf": denyPosts };
    expect(["/api/x", "/x"].map((target) => traced(files, target))).toEqual(["refused 405", "reached"]);
    expect(found(files)).toEqual(["conf/modsec/main.conf:2:3 waf-blocks-method"]);
    const { "conf/nginx.conf": alone } = files;
    expect(load({ "nginx.conf": alone }).units.map((unit) => unit.program.missing.map(({ note }) => note))).toEqual([["the firewall rules in /etc/nginx/modsec/main.conf are not here"]]);
  });
});

describe("NAXSI", () => {
  const location = (rules: string, outside = ""): Files => ({
    "nginx.conf": `server { location /api/ { ${rules} DeniedUrl /denied; CheckRule "$SQL >= 8" BLOCK; proxy_pass http://u; }\nlocation /denied { return 418; } ${outside} }`,
  });

  it("may refuse where it is switched on, with what the denied page returns", () => {
    expect(traced(location("SecRulesEnabled;"), "/api/x")).toBe("unknown");
    expect(found(location("SecRulesEnabled;"))).toEqual(["nginx.conf:1:27 waf-match-too-broad?"]);
    const [unit] = load(location("SecRulesEnabled;")).units;
    const gates = Object.values(unit?.program.stages ?? {}).flatMap((stage) => stage.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates)));
    const [gate] = gates.filter(({ reason }) => reason === "waf-match");
    expect([gate?.effect, gate?.because.map(({ note }) => note)]).toEqual([{ kind: "deny", status: 418 }, ["can refuse a request", "answers what is refused", "refuses from this score on"]]);
  });

  it("that learns, is off, or has everything on its white list refuses nothing", () => {
    for (const rules of ["", "SecRulesEnabled; LearningMode;", "SecRulesEnabled; SecRulesDisabled;", "SecRulesEnabled; BasicRule wl:0;"]) expect(traced(location(rules), "/api/x")).toBe("reached");
    expect(traced(location('SecRulesEnabled; BasicRule wl:0 "mz:$URL:/x|BODY";'), "/api/x")).toBe("unknown");
    expect(traced({ "nginx.conf": "server { LearningMode; location / { access_by_lua_block { ngx.exit(403) } proxy_pass http://u; } }" }, "/")).toBe("unknown");
  });
});

describe("definitions beside a configuration that nothing ties together", () => {
  const site = "server { server_name shop.test; location /api/orders { if ($closed) { return 405; } proxy_pass http://u; } }";
  const maps = "map $request_method $closed { default 0; POST 1; }";

  it("are taken for its own, and that is said", () => {
    for (const files of [{ "conf.d/maps.conf": maps, "sites/shop.conf": site }, { "nginx/conf.d/a.conf": site, "nginx/maps.conf": maps }, { "http.d/a.conf": maps, "http.d/b.conf": site }]) {
      const [finding] = linted(files).findings;
      expect([finding?.rule, finding?.certainty, finding?.assumptions.length]).toEqual(["method-denied", "certain", 1]);
    }
    const files = { "conf.d/maps.conf": maps, "sites/shop.conf": site };
    expect(linted(files).findings[0]?.assumptions).toEqual(["conf.d/maps.conf being read as well, which defines `$closed`"]);
    const { assumptions } = traceRequest(load(files).units, ordinaryPost({ path: "/api/orders", host: "shop.test" }), () => unknownEnvironment);
    expect(assumptions).toContain("depends on conf.d/maps.conf being read as well, which defines `$closed`");
    const chained = { ...files, "conf.d/maps.conf": maps.replace("$request_method", "$kind"), "conf.d/kinds.conf": "map $request_method $kind { default $request_method; }" };
    expect(traced(chained, "/api/orders")).toBe("refused 405");
    expect(load(files).units.map((unit) => unit.files.map((file) => file.path))).toEqual([["sites/shop.conf", "conf.d/maps.conf"]]);
  });

  it("also are zones of rates", () => {
    const limited = "server { location /api/orders { limit_req zone=slow; proxy_pass http://u; } }";
    const files = { "conf.d/limits.conf": "limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/m;", "sites/shop.conf": limited };
    expect(linted(files).findings.map(({ rule, assumptions }) => [rule, assumptions])).toEqual([["rate-limit-too-tight", ["conf.d/limits.conf being read as well, which defines the zone `slow`"]]]);
  });

  it("also are those of connections", () => {
    const limited = "server { location /api/orders { limit_conn few 1; proxy_pass http://u; } }";
    const files = { "conf.d/limits.conf": "limit_conn_zone $server_name zone=few:1m;", "sites/shop.conf": limited };
    expect(linted(files).findings.map(({ rule, assumptions }) => [rule, assumptions])).toEqual([["rate-limit-too-tight", ["conf.d/limits.conf being read as well, which defines the zone `few`"]]]);
  });

  it("are left alone where several define the same, where they lie elsewhere, and where the variable is there", () => {
    const possible = (files: Files): readonly string[] => linted(files).findings.filter(({ certainty }) => certainty === "certain").map(({ rule }) => rule);
    expect(possible({ "conf.d/a.conf": maps, "conf.d/b.conf": maps, "sites/shop.conf": site })).toEqual([]);
    expect(possible({ "one/maps.conf": maps, "two/shop.conf": site })).toEqual([]);
    expect(possible({ "conf.d/maps.conf": `${maps}\nserver { listen 1; }`, "sites/shop.conf": site })).toEqual([]);
    expect(possible({ "conf.d/maps.conf": maps, "sites/shop.conf": `map $host $closed { default 0; }\n${site}` })).toEqual([]);
    expect(possible({ "conf.d/maps.conf": maps, "nginx.conf": "http { include conf.d/maps.conf; }", "sites/shop.conf": site })).toEqual([]);
  });
});

describe("parts of a server that are included where there is none", () => {
  const main = "http { limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/m; include /etc/nginx/conf.d/*.conf; server { location / { proxy_pass http://u; } } }";
  const part = "if ($request_uri ~* (union|select)) {\n  return 403;\n}\n";

  it("are looked at as parts of one", () => {
    expect(found({ "nginx.conf": main, "conf.d/security.conf": part })).toEqual(["conf.d/security.conf:2:3 waf-match-too-broad?"]);
  });

  it("are part of the servers that include them otherwise, and settings are no such parts", () => {
    expect(load({ "nginx.conf": main, "conf.d/rates.conf": "limit_req zone=slow;\nlimit_req_status 429;\n" }).units).toHaveLength(1);
    expect(load({ "nginx.conf": "http { server { include security.conf; location / { proxy_pass http://u; } } }", "security.conf": part }).units).toHaveLength(1);
  });
});

describe("sites that are available where no enabled one is kept", () => {
  const main = "events { }\nhttp {\n  include /etc/nginx/names.conf;\n  limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/m;\n  include /etc/nginx/sites-enabled/*;\n}\n";
  const names = 'map $http_user_agent $unwanted {\n  default 0;\n  ~*(?:httrack|libwww) 1;\n}\n';
  const site = (name: string, inside: string): string => `server {\n  server_name ${name};\n  ${inside}\n  location / { proxy_pass http://u; }\n}\n`;
  const guarded = site("shop.test", "if ($unwanted) { return 403; }");

  it("are read as if enabled, and that is said", () => {
    const files = { "nginx.conf": main, "names.conf": names, "sites-available/shop": guarded };
    expect(found(files)).toEqual(["sites-available/shop:3:20 waf-match-too-broad?"]);
    expect(linted(files).findings[0]?.assumptions).toEqual(["sites-available/shop being one of the sites that `include /etc/nginx/sites-enabled/*` in nginx.conf reads"]);
    expect(traced(files, "/api/import", { headers: { "user-agent": "libwww-perl/6.77" } })).toBe("refused 403");
  });

  it("are read so where they lie in a folder beside, are copied to `conf.d`, or have another ending", () => {
    const limited = site("shop.test", "limit_req zone=slow;");
    for (const [pattern, name] of [["sites-enabled/*.conf", "sites-available/shop.conf"], ["sites-enabled/*.conf", "sites-available/shop"], ["conf.d/*.conf", "sites-available/shop.conf"], ["vhosts/*", "sites-available/shop"]] as const) {
      expect([pattern, found({ "nginx/nginx.conf": main.replace("sites-enabled/*", pattern).replace("  include /etc/nginx/names.conf;\n", ""), [`nginx/${name}`]: limited })]).toEqual([pattern, [`nginx/${name}:3:3 rate-limit-too-tight?`]]);
    }
  });

  it("are read so where includes name them one by one", () => {
    const single = main.replace("include /etc/nginx/sites-enabled/*;", "include sites-enabled/a;\n  include sites-enabled/b;");
    const files = { "nginx.conf": single, "names.conf": names, "sites-available/a": guarded, "sites-available/b": guarded.replace("shop", "blog"), "sites-available/c": guarded };
    expect(found(files)).toEqual(["sites-available/a:3:20 waf-match-too-broad?", "sites-available/b:3:20 waf-match-too-broad?"]);
    expect(linted(files).findings[1]?.assumptions).toEqual(["sites-available/b being one of the sites that `include sites-enabled/b` in nginx.conf reads"]);
  });

  it("each stand on their own, also with the same name, and take the parts they include along", () => {
    const plain = site("shop.test", "");
    const part = "location /api/orders { limit_except GET { deny all; } proxy_pass http://u; }";
    const files = { "nginx.conf": main, "names.conf": names, "sites-available/a": plain, "sites-available/b": guarded, "sites-available/c": site("shop.test", "include apps/shop.conf;"), "apps/shop.conf": part };
    expect(found(files).toSorted()).toEqual(["apps/shop.conf:1:24 limit-excludes-post", "sites-available/b:3:20 waf-match-too-broad?"]);
    expect(load(files).units.map((unit) => unit.files.at(-1)?.path)).toEqual(["sites-available/a", "sites-available/b", "apps/shop.conf"]);
  });

  it("are read so where they lie beside the configuration that reads them from elsewhere", () => {
    const whole = main.replace("sites-enabled/*", "conf.d/*.conf").replace("  include /etc/nginx/names.conf;\n", "");
    const limited = site("shop.test", "limit_req zone=slow;");
    for (const name of ["docker/default.conf", "docker/default.conf.template", "docker/templates/default.conf.template", "docker/sites/shop.conf"]) {
      expect([name, found({ "docker/nginx.conf": whole, [name]: limited })]).toEqual([name, [`${name}:3:3 rate-limit-too-tight?`]]);
    }
    // Whole configurations and parts are no sites.
    expect(found({ "docker/nginx.conf": whole, "docker/other.conf": `http { ${limited.replace("zone=slow", "zone=slow burst=3")} }` })).toEqual([]);
    expect(load({ "docker/nginx.conf": whole, "docker/part.conf": "location /api/ { proxy_pass http://u; }\n" }).units.map((unit) => unit.files[0]?.path)).toEqual(["docker/part.conf"]);
  });

  it("are left alone where one is enabled, where nothing includes enabled ones, and where a file is no configuration", () => {
    const starts = (files: Files): readonly (string | undefined)[] => load(files).units.map((unit) => unit.files[0]?.path);
    const enabled = { "nginx.conf": main, "names.conf": names, "sites-enabled/shop": guarded, "sites-available/other": guarded };
    expect(starts(enabled)).toEqual(["nginx.conf", "sites-available/other"]);
    expect(starts({ "nginx.conf": "http { include mime.types; }", "sites-available/shop": guarded })).toEqual(["sites-available/shop"]);
    expect(starts({ "nginx.conf": main, "sites-available/README": "How to add a site.\n" })).toEqual([]);
    expect(found({ "nginx.conf": main, "names.conf": names.replace("1;", "0;"), "sites-available/shop": guarded })).toEqual([]);
  });
});

describe("parts of a configuration that holds no server", () => {
  const part = "location /api/orders {\n  limit_except GET { deny all; }\n  proxy_pass http://u;\n}\n";

  it("are read as they would be alone", () => {
    expect(found({ "nginx.conf": "http { include api.conf; include sites-enabled/*; }", "api.conf": part })).toEqual(found({ "api.conf": part }));
    expect(found({ "api.conf": part })).toHaveLength(1);
  });

  it("are read once where a server includes them", () => {
    expect(load({ "nginx.conf": "http { server { include api.conf; } }", "api.conf": part }).units).toHaveLength(1);
  });
});
