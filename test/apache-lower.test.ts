import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import type { Tree } from "../src/formats/format.ts";
import type { Environment } from "../src/model/environment.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { evaluate } from "../src/model/evaluate.ts";
import type { Program } from "../src/model/program.ts";
import { ordinaryPost } from "../src/model/request.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { textOf } from "../src/source.ts";

const nothing: Tree = { read: () => null, list: () => [] };
const corpus = path.resolve(import.meta.dirname, "../../shared/corpus/apache");

function programOf(text: string, name = ".htaccess"): Program {
  const [unit] = apache.load([{ path: name, text }], nothing).units;
  if (unit === undefined) throw new Error("nothing was loaded");
  return unit.program;
}

function post(text: string, where: string, name = ".htaccess", environment: Environment = unknownEnvironment): Verdict {
  return evaluate(programOf(text, name), ordinaryPost({ path: where, host: "shop.example" }), environment);
}

const frontController = `RewriteEngine On
RewriteRule ^index\\.php$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
`;

describe("a folder nothing is known of", () => {
  test("a front controller lets every POST through, whatever is on disk", () => {
    expect(post(frontController, "/api/orders").blocked).toBe("no");
  });

  test("a program that a rule leads to is taken to be there", () => {
    const endless = frontController.replace(/RewriteRule \^index.*\n/, "");
    expect(post(endless, "/index.php")).toMatchObject({ blocked: "no", outcome: "reached" });
  });

  test("what is known to be missing is not found", () => {
    const absent: Environment = { stat: () => "absent" };
    expect(post("", "/api/orders", ".htaccess", absent)).toMatchObject({ outcome: "refused", status: 404 });
  });

  test("a folder whose rules name it lies in a document root", () => {
    const [unit] = apache.load([{ path: "public/play/.htaccess", text: "RewriteEngine On\nRewriteRule ^(.*)$ /play/index.php [L]\n" }], nothing).units;
    expect(unit?.roots).toEqual([{ server: "/htdocs/play", local: "public/play" }]);
  });
});

describe("what a refusal points at, and how it is mended", () => {
  test.each<[string, string, string, string]>([
    ["<LimitExcept GET HEAD>\nRequire all denied\n</LimitExcept>", "<LimitExcept GET HEAD>", "method-limit", "<LimitExcept GET HEAD POST>"],
    ["<Limit PUT POST DELETE>\nDeny from all\n</Limit>", "<Limit PUT POST DELETE>", "method-limit", "<Limit PUT DELETE>"],
    ["<Limit POST PUT>\nOrder allow,deny\n</Limit>", "<Limit POST PUT>", "method-limit", "<Limit PUT>"],
    ["Require method GET", "Require method GET", "method-limit", "Require method GET POST"],
    ["Redirect 301 /old /new", "Redirect 301 /old /new", "redirect", "Redirect 308 /old /new"],
    ["Redirect /old /new", "Redirect /old /new", "redirect", "Redirect 307 /old /new"],
    ["RedirectPermanent /old /new", "RedirectPermanent /old /new", "redirect", "Redirect 308 /old /new"],
    ["RewriteEngine On\nRewriteRule ^old /new [NC,R=301,L]", "RewriteRule ^old /new [NC,R=301,L]", "redirect", "RewriteRule ^old /new [NC,R=308,L]"],
    ["RewriteEngine On\nRewriteRule ^old /new [L,R]", "RewriteRule ^old /new [L,R]", "redirect", "RewriteRule ^old /new [L,R=307]"],
  ])("%s", (text, place, reason, mended) => {
    const by = post(text, "/old").by;
    expect(by && textOf(by.because[0].at)).toBe(place);
    expect(by?.reason).toBe(reason);
    const edit = by?.fix?.edits[0];
    const fixed = edit === undefined ? text : text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end);
    expect(fixed).toContain(mended);
  });

  test("a broken line refuses everything, and is pointed at", () => {
    const { by, status } = post("Options All\nOrder deny, allow\n", "/index.php");
    expect(status).toBe(500);
    expect(by && textOf(by.because[0].at)).toBe("Order deny, allow");
  });
});

describe("what cannot be known", () => {
  test.each([
    ["a module that servers differ in", "<IfModule mod_security2.c>\nRequire all denied\n</IfModule>", ".htaccess", "whether the module mod_security2.c is loaded"],
    ["a placeholder", "<Limit {{ methods }}>\nRequire all denied\n</Limit>", "site.conf", "what {{ methods }} is filled in with"],
    ["a host name", "Order allow,deny\nAllow from .partner.example", ".htaccess", "whether the client's host name is in .partner.example"],
  ])("%s", (_, text, name, why) => {
    const verdict = post(name === "site.conf" ? `DocumentRoot /srv\n<Directory /srv>\n${text}\n</Directory>\n` : text, "/index.php", name);
    expect(verdict.blocked).toBe("maybe");
    expect(verdict.depends).toContain(why);
  });
});

/** Every directive is pointed at by a gate, or set aside with a reason, or says where others apply. */
function lost(text: string, name: string): readonly string[] {
  const program = programOf(text, name);
  const gates = Object.values(program.stages).flatMap((stage) => stage.flatMap((scope) => scope.chains.flatMap((chain) => chain.gates)));
  const seen = new Set([...gates.flatMap((gate) => gate.because), ...program.ignored, ...program.missing].map(({ at }) => at.start));
  const framing = /^(documentroot|servername|serveralias|allowoverride|define|undefine|usecanonicalname|use)\b/i;
  return text
    .split(/(?<=\n)/)
    .reduce<{ at: number; lines: string[] }>((done, line) => {
      const trimmed = line.trim();
      const start = done.at + line.length - line.trimStart().length;
      const directive = /^[A-Za-z]/.test(trimmed) && !framing.test(trimmed);
      return { at: done.at + line.length, lines: directive && !seen.has(start) ? [...done.lines, trimmed] : done.lines };
    }, { at: 0, lines: [] }).lines;
}

describe("files of others", () => {
  const claim = (path: string, text: string): unknown => apache.claims({ path, text });

  test("XML with elements that are called like sections is not Apache's", () => {
    expect(claim("phpunit.xml.dist", '<?xml version="1.0"?>\n<phpunit>\n<directory>./tests</directory>\n</phpunit>\n')).toBeNull();
    expect(claim("phpunit.dist", '<phpunit>\n  <directory suffix=".php">./tests</directory>\n</phpunit>\n')).toBeNull();
    expect(claim("phpunit.dist", "<phpunit>\n  <files>\n    <file>a</file>\n  </files>\n</phpunit>\n")).toBeNull();
    expect(claim("part.dist", "<Directory /srv>\n  Require all granted\n</Directory>\n")).toBe("content");
  });

  test.each([
    ["a program that loads others", "Capfile", 'require "setup"\nrequire "deploy"\nload "deploy/assets"\n'],
    ["a script", "tool", '#!/usr/bin/env ruby\nrequire "setup"\nRequire all\n'],
    ["PHP that writes a .htaccess", "file.inc", "<?php\n$lines = <<<EOF\n<Files *>\n  SetHandler none\n</Files>\nEOF;\n"],
    ["what robots may read", "robots.txt", "User-agent: *\nAllow: /\n"],
    ["a program that watches others", "redis", "check process redis\n  group servers\n  if failed port 6379 then restart\n  include /etc/more\n"],
    ["prose that begins lines like sections", "notes.txt", "# If you want to change this,\n# files in this folder\n# include the license\n"],
    ["settings of a module of the kernel", "wifi.conf", "options 8192cu rtw_power_mgnt=0\n"],
    ["XML without its first line", "map.tpl", '<locations>\n<location infobox="1" lat="2">\n</location>\n</locations>\n'],
    ["documentation", "admin.rst", "Hosts\n=====\n\n<VirtualHost *:80>\n</VirtualHost>\n"],
    ["documentation under a name of its own", "admin.guide", "= Hosts\n\nWhat to write:\n\n----\n<VirtualHost *:80>\n  ServerName a.example\n</VirtualHost>\n----\n\nThen try it.\nIt answers.\n"],
    ["a server for files", "proftpd.conf", "ServerName files\nDefaultServer on\nDefaultRoot ~\nUser ftp\nGroup ftp\nPassivePorts 49152 65534\n<Global>\n  Umask 022\n  AllowOverwrite yes\n</Global>\n<Limit WRITE>\n  DenyAll\n</Limit>\n"],
  ])("%s is not Apache's", (_, path, text) => {
    expect(claim(path, text)).toBeNull();
  });

  test("a .htaccess is one under the names of those that are not in force", () => {
    for (const name of [".htaccess.production", ".htaccess_new", "public/.htaccess.security", ".htaccess-old.2"]) expect(claim(name, "RewriteEngine On\nOptions -Indexes\n")).toBe("name");
    expect(claim(".htaccess.swp", "b0VIM 8.2\n")).toBeNull();
    expect(claim(".htaccess.md", "RewriteEngine On\n")).toBeNull();
  });

  test("a part of a configuration may be one line", () => {
    expect(claim("ports.conf", "Listen 8080\n")).toBe("content");
    expect(claim("tuning.conf", "#ServerLimit 16\n#StartServers 4\n")).toBe("content");
    expect(claim("site.config", "<VirtualHost *:80>\n  ServerName a.example\n</VirtualHost>\n")).toBe("content");
    expect(claim("old.conf", "order deny,allow\ndeny from all\noptions none\n")).toBe("content");
  });
});

test("no directive of a whole site is dropped", () => {
  const text = readFileSync(path.resolve(import.meta.dirname, "../fixtures/apache/site.conf"), "utf8");
  expect(lost(text, "site.conf")).toEqual([]);
});

describe.skipIf(!existsSync(corpus))("files of real projects (skipped: no corpus beside the repository)", () => {
  const files = existsSync(corpus) ? readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];

  test("all load, and every request gets a verdict", () => {
    let loaded = 0;
    for (const entry of files) {
      const file = { path: path.join(entry.parentPath, entry.name), text: readFileSync(path.join(entry.parentPath, entry.name), "latin1") };
      if (apache.claims(file) === null) continue;
      for (const { program } of apache.load([file], nothing).units) {
        loaded += 1;
        expect(evaluate(program, ordinaryPost({ path: "/index.php" })).endings.length).toBeGreaterThan(0);
      }
    }
    expect(loaded).toBeGreaterThan(150);
  });
});
