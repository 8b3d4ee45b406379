import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import type { Tree } from "../src/formats/format.ts";
import type { Environment, OnDisk } from "../src/model/environment.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Request } from "../src/model/request.ts";
import { ordinaryPost, withMethod } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";
import type { SourceFile } from "../src/source.ts";

const recorded = path.resolve(import.meta.dirname, "../../shared/oracle/apache.tsv");
const documentRoot = "/srv/oracle/www";
/** Where the recorded server listened; it was asked by names that did not say so. */
const port = 18577;

/** Rows that the configuration alone does not decide, and why. */
const undecidable = new Map([
  ["base.10", "another site of the recorded server has made the method FOO known"],
  ["phpflag.1", "mod_php may be loaded"],
  ["unknown.1", "a module may have the directive FooBar"],
  ["ifdefine-in-ht.1", "a server may be started with -D FOO"],
  ["envvar.1", "the environment may define NOPE"],
  ["v-proxy.1", "whether the backend is alive"],
  ["v-sec-post.1", "ModSecurity is a format of its own"],
  ["v-sec-bodylim.1", "ModSecurity is a format of its own"],
]);

interface Row {
  readonly id: string;
  readonly config: string;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly status: number;
  readonly context: string;
}

function unescape(text: string): string {
  return text.replace(/\\(uFEFF|[nrt\\])/g, (_, code: string) => ({ n: "\n", r: "\r", t: "\t", "\\": "\\", uFEFF: "\uFEFF" })[code] ?? code);
}

function readRows(): readonly Row[] {
  const lines = readFileSync(recorded, "utf8").split("\n").slice(1).filter((line) => line !== "");
  return lines.map((line) => {
    const [id = "", config = "", method = "", where = "", headers = "", status = "", context = ""] = line.split("\t");
    return { id, config: unescape(config), method, path: where, headers, status: Number(status), context };
  });
}

const disk = new Map<string, OnDisk>(
  [
    ["file", ["index.php", "api.php", "xmlrpc.php", "sub/index.php", "static.html", "noindex/x.txt"]],
    ["directory", ["", "sub", "noindex"]],
  ].flatMap(([kind, names]) => (names as readonly string[]).map((name) => [`${documentRoot}/${name}`.replace(/\/$/, ""), kind as OnDisk] as const)),
);

const environment: Environment = { stat: (file) => disk.get(file.replace(/\/+$/, "")) ?? (file.startsWith(documentRoot) ? "absent" : undefined) };

/** The files of a row: the server's configuration and the `.htaccess` files under its document root. */
function filesOf(row: Row): { readonly server: SourceFile; readonly others: ReadonlyMap<string, SourceFile> } {
  const [main = "", ...more] = row.config.split(" ##");
  const override = more.find((part) => part.startsWith("AllowOverride "))?.slice("AllowOverride ".length) ?? "All";
  const others = new Map<string, SourceFile>();
  const add = (name: string, text: string): void => {
    others.set(`${documentRoot}/${name}`, { path: `${documentRoot}/${name}`, text });
  };
  for (const part of more.filter((one) => one.startsWith("FILE "))) {
    const [, name = "", text = ""] = /^FILE (\S+): ([^]*)$/.exec(part) ?? [];
    add(name, text);
  }
  if (row.context === "htaccess" && main !== "") add(".htaccess", main);
  const inside = row.context === "server" ? main : "";
  const outside = row.context === "global" ? main : "";
  const text = `TraceEnable on
${outside}
<VirtualHost *:${port}>
ServerName ${row.id.replace(/\.\d+$/, "")}.test
DocumentRoot ${documentRoot}
<Directory ${documentRoot}>
Options FollowSymLinks ExecCGI Indexes
AllowOverride ${override}
Require all granted
DirectoryIndex index.php index.html
AddHandler cgi-script .php
</Directory>
${inside.replaceAll("@ROOT@", documentRoot)}
</VirtualHost>
`;
  return { server: { path: "httpd.conf", text }, others };
}

function requestOf(row: Row): Request {
  const body = row.method === "POST" || row.method === "PUT" || row.method === "DELETE" ? "a=1" : "";
  const headers: Record<string, string> = { "user-agent": "curl/8.0", accept: "*/*", "content-type": "application/x-www-form-urlencoded" };
  let bodyBytes = body.length;
  let chunked = false;
  let authorized = false;
  for (const part of row.headers.split("; ").filter((one) => one !== "")) {
    const size = /^body=(\d+)B$/.exec(part)?.[1];
    const [name = "", value = ""] = part.split(/: (.*)/s);
    if (size !== undefined) bodyBytes = Number(size);
    else if (/^transfer-encoding$/i.test(name)) chunked = true;
    else headers[name.toLowerCase()] = value;
    if (/^authorization$/i.test(name)) authorized = true;
  }
  const [where = "/", query = ""] = row.path.split("?");
  const host = `${row.id.replace(/\.\d+$/, "").toLowerCase()}.test`;
  const base = ordinaryPost({ scheme: "http", host, port, path: where, query, headers: { host, ...headers }, body, bodyBytes, chunked, clientAddress: "127.0.0.1" });
  return { ...withMethod(base, row.method), body, bodyBytes, chunked, identity: { ...base.identity, state: authorized ? "valid" : "none" } };
}

function verdictOf(row: Row): Verdict | null {
  const { server, others } = filesOf(row);
  const tree: Tree = {
    read: (name) => others.get(name) ?? null,
    list: (pattern) => {
      const regex = new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*")}$`);
      return [...others.keys()].filter((name) => regex.test(name));
    },
  };
  const [unit] = apache.load([server], tree).units;
  return unit === undefined ? null : evaluate(unit.program, requestOf(row), environment);
}

/** What the client gets; an application that is reached answers 200 here. */
function statusOf(verdict: Verdict | null): number | string {
  if (verdict === null) return "nothing";
  if (verdict.outcome === "reached" || verdict.outcome === "answered") return verdict.status ?? 200;
  return verdict.outcome === "unknown" ? "unknown" : String(verdict.status) === "null" ? "varies" : (verdict.status ?? "varies");
}

describe.skipIf(!existsSync(recorded))("answers of a real server (skipped: no recordings beside the repository)", () => {
  const rows = existsSync(recorded) ? readRows() : [];

  test.each(rows.filter((row) => !undecidable.has(row.id)).map((row) => [row.id, row] as const))("%s", (_, row) => {
    const verdict = verdictOf(row);
    expect([statusOf(verdict), verdict?.depends]).toEqual([row.status, []]);
  });

  test("rows that cannot be decided are still there", () => {
    expect([...undecidable.keys()].filter((id) => rows.every((row) => row.id !== id))).toEqual([]);
  });
});
