import { describe, expect, it } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import type { Tree } from "../src/formats/format.ts";
import { globSegment } from "../src/formats/glob.ts";
import { callsIn } from "../src/formats/pages/calls.ts";
import { formsIn } from "../src/formats/pages/forms.ts";
import { withoutComments } from "../src/formats/pages/text.ts";
import { positionAt, textOf } from "../src/source.ts";
import { findingsIn } from "./rule-tester.ts";

/** A tree that lists the entries of its folders. */
function treeIn(texts: Readonly<Record<string, string>>): Tree {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, { path, text }]));
  const entries = new Set([...files.keys()].flatMap((path) => path.split("/").map((_, index, names) => names.slice(0, index + 1).join("/"))));
  return {
    read: (path) => files.get(path) ?? null,
    list: (pattern) => [...entries].filter((path) => path.split("/").length === pattern.split("/").length && pattern.split("/").every((glob, index) => globSegment(glob)(path.split("/")[index] ?? ""))).sort(),
  };
}

function findings(texts: Readonly<Record<string, string>>): ReturnType<typeof findingsIn> {
  const tree = treeIn(texts);
  const files = Object.entries(texts).flatMap(([path, text]) => (path.endsWith(".htaccess") ? [tree.read(path) ?? { path, text }] : []));
  return findingsIn({ ...apache.load(files, tree), files: files.map(({ path }) => ({ path, format: "apache" })) });
}

function found(texts: Readonly<Record<string, string>>): readonly string[] {
  return findings(texts).filter(({ certainty }) => certainty === "certain").map(({ at, rule, witness, status, legitimacy }) => `${at.file.path}:${positionAt(at.file, at.start).line} ${rule} ${witness.path} ${status}: ${legitimacy}`);
}

const denied = "Order deny,allow\nDeny from all\n";
const program = "<?php\n$name = $_POST['name'];\n";
const form = (action: string): string => `<html>\n<form action="${action}" method="post">\n<button>Send</button></form>`;

describe("folders that are shut while pages post into them", () => {
  const said = "actions/.htaccess:2 endpoint-closed /actions/send.php 403: ";
  it.each([
    ["a form", { "contact.html": form("actions/send.php") }, "contact.html:2 posts a form there"],
    ["a form of a page in another folder", { "views/contact.php": form("../actions/send.php?step=1") }, "views/contact.php:2 posts a form there"],
    ["a form that other pages include", { "views/parts/contact.php": form("actions/send.php") }, "views/parts/contact.php:2 posts a form there"],
    ["a form that names the root", { "shop/contact.html": form("/actions/send.php") }, "shop/contact.html:2 posts a form there"],
    ["a form behind the address of the site", { "contact.php": form('<?= base_url("") ?>/actions/send.php') }, "contact.php:2 posts a form there"],
    ["a form in a string", { "contact.php": '<?php\necho "<form action=\\"actions/send.php\\" method=\\"POST\\">";' }, "contact.php:2 posts a form there"],
    ["a form without quotes", { "contact.htm": "<FORM METHOD=post\n ACTION=actions/send.php>" }, "contact.htm:1 posts a form there"],
    ["fetch", { "js/app.js": "const f = 1;\nfetch('actions/send.php', { body: JSON.stringify({ a: [1, 2] }), method: 'POST' })" }, "js/app.js:2 posts with `fetch` there"],
    ["fetch of a page with a variable", { "js/app.js": "fetch(`${base}/actions/send.php`, {method: 'post'})" }, "js/app.js:1 posts with `fetch` there"],
    ["jQuery", { "js/app.js": '$.post("../actions/send.php", data, function () {})' }, "js/app.js:1 posts with `post` there"],
    ["jQuery with settings", { "js/app.js": '$.ajax({ type: "POST", url: root + "/actions/send.php", data: {url: "x"} })' }, "js/app.js:1 posts with `ajax` there"],
    ["a request of the old kind", { "index.php": "<script>\nxhr.open('POST', 'actions/send.php', true)</script>" }, "index.php:2 posts with `open` there"],
    ["axios", { "js/app.js": "axios({ method: 'post', url: 'actions/send.php' })" }, "js/app.js:1 posts with `axios` there"],
  ])("are found by %s", (_, pages, words) => {
    expect(found({ "actions/.htaccess": denied, "actions/send.php": program, ...pages })).toEqual([said + words]);
  });

  it("are found where the page lies above all that is linted, and the page is shown", () => {
    const [finding] = findings({ "site/forms/.htaccess": "Require all denied\n", "site/forms/contact.php": program, "site/contact.php": form("forms/contact.php") });
    expect(finding).toMatchObject({ certainty: "certain", severity: "warning", witness: { path: "/forms/contact.php" } });
    expect(finding?.message).toBe("POST /forms/contact.php is answered 403 by `Require all denied`, and site/contact.php:2 posts a form there");
    expect(finding?.related.some(({ at }) => at.file.path === "site/contact.php" && textOf(at).startsWith("<form"))).toBe(true);
  });

  it("are found though a comment calls the refusal meant, or a name speaks for it", () => {
    expect(found({ "includes/.htaccess": `# no direct access\n${denied}`, "includes/send.php": program, "contact.html": form("includes/send.php") })).toHaveLength(1);
  });

  it.each([
    ["a variable that a POST never has", "<FilesMatch \"\\.php$\">\nOrder deny,allow\nDeny from all\nAllow from env=REDIRECT_STATUS\n</FilesMatch>\n", ["handlers/.htaccess:3"]],
    ["a section behind the one that lets it in", "<FilesMatch \"^send\\.php$\">\nRequire all granted\n</FilesMatch>\n<FilesMatch \"\\.php$\">\nRequire all denied\n</FilesMatch>\n", ["handlers/.htaccess:5"]],
    ["a rule", "RewriteEngine On\nRewriteRule \\.php$ - [F]\n", ["handlers/.htaccess:2"]],
    ["a section that lets it in behind the one that shuts all", "<FilesMatch \"\\.php$\">\nRequire all denied\n</FilesMatch>\n<FilesMatch \"^send\\.php$\">\nRequire all granted\n</FilesMatch>\n", []],
    ["a rule with an exception", "RewriteEngine On\nRewriteRule ^(?!send).*\\.php$ - [F]\n", []],
  ])("are told by what decides: %s", (_, text, expected) => {
    const all = found({ ".htaccess": "Options -Indexes\n", "handlers/.htaccess": text, "handlers/send.php": program, "index.html": form("handlers/send.php") });
    expect(all.map((one) => one.split(" ")[0])).toEqual(expected);
  });

  it("may hold no more than their rules where only a part of a repository is here", () => {
    expect(found({ "handlers/.htaccess": denied, "index.html": form("handlers/send.php") })).toHaveLength(1);
    expect(found({ "handlers/.htaccess": denied, "handlers/other.php": program, "index.html": form("handlers/send.php") })).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ["a folder of includes", { "index.php": "<?php\nrequire 'actions/send.php';\n?>" + form("contact.php"), "contact.php": program }],
    ["a form that is sent by GET", { "index.html": form("actions/send.php").replace("post", "get") }],
    ["a form that names no method", { "index.html": '<form action="actions/send.php">' }],
    ["a form in a comment", { "index.html": `<!-- ${form("actions/send.php")} -->` }],
    ["a call in a comment", { "app.js": "// $.post('actions/send.php')\n/* $.post('actions/send.php') */" }],
    ["another host", { "index.html": form("https://forms.example.org/actions/send.php") }],
    ["a page that posts to itself", { "index.php": form("<?php echo $_SERVER['PHP_SELF']; ?>"), "actions/admin.php": form("") }],
    ["an address that is only known later", { "index.php": form("<?= $action ?>") + form("actions/<?= $action ?>.php") }],
    ["a program that is not there", { "index.html": form("actions/gone.php") }],
    ["a call that only asks", { "app.js": "fetch('actions/send.php'); $.get('actions/send.php'); $.ajax({url: 'actions/send.php'}); x.open('GET', 'actions/send.php')" }],
    ["pages that are shut as well", { "actions/page.php": form("send.php") }],
    ["other people's code", { "vendor/x/index.html": form("../../actions/send.php") }],
  ])("say nothing of %s", (_, pages) => {
    expect(found({ "actions/.htaccess": denied, "actions/send.php": program, ...pages })).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ["uploads that are not served", { "uploads/.htaccess": denied, "uploads/index.php": "<?php", "upload.html": form("upload.php"), "upload.php": program }],
    ["an area with a password of its own", { "admin/.htaccess": "AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user\n", "admin/index.php": form("save.php"), "admin/save.php": program }],
    ["an area for some addresses", { "admin/.htaccess": "Require ip 192.0.2.0/24\n", "admin/index.php": form("save.php"), "admin/save.php": program }],
    ["a site that is shut as a whole", { ".htaccess": denied, "index.php": form("send.php"), "send.php": program }],
  ])("are no %s", (_, texts) => {
    expect(found(texts)).toEqual([]);
  });
});

describe("what shows by itself that it takes POSTs", () => {
  const login = "<?php\nif ($_SERVER['REQUEST_METHOD'] === 'POST') {\n  header('Location: ../index.html');\n}\n";

  it("is a program that sends its clients to the folder above", () => {
    expect(found({ "controller/.htaccess": denied, "controller/login.php": login })).toEqual(["controller/.htaccess:2 endpoint-closed /controller/login.php 403: controller/login.php:3 answers POSTs with an address that is relative to its own"]);
  });

  it("is no program that others include", () => {
    expect(found({ "controller/.htaccess": denied, "controller/login.php": login, "index.php": "<?php\nrequire_once __DIR__ . '/controller/login.php';\n" })).toEqual([]);
  });

  it("is a comment that says how requests come there", () => {
    expect(found({ "forms/.htaccess": `# Only reachable via POST from our pages.\n${denied}`, "forms/send.php": program })).toEqual(["forms/.htaccess:3 endpoint-closed /forms/send.php 403: forms/.htaccess:1 says that POSTs come here"]);
    expect(found({ "forms/.htaccess": `# Only reachable via POST.\n<Files "admin.php">\n${denied}</Files>\n`, "forms/admin.php": program })).toEqual([]);
    expect(found({ "forms/.htaccess": `# Block access by POST.\n${denied}`, "forms/send.php": program })).toEqual([]);
  });

  it("is a section that lets a program in, and that a later one takes back", () => {
    const first = '<Files "index.php">\nOrder allow,deny\nAllow from all\n</Files>\n';
    const second = '<FilesMatch "\\.(php|inc)$">\nOrder deny,allow\nDeny from all\n</FilesMatch>\n';
    expect(found({ "login/.htaccess": first + second })).toEqual(["login/.htaccess:7 endpoint-closed /index.php 403: login/.htaccess:1 lets index.php in"]);
    expect(found({ "login/.htaccess": second + first })).toEqual([]);
  });
});

describe("reading pages", () => {
  it("is done in little time, whatever a page holds", () => {
    const bad = ["<form ", "<form action='", "<form method=post action=\"<?", "<!--", "/*", "//", "fetch(", "fetch('", "$.ajax({url:", "{{", "<?php header('Location: ../"].map((piece) => piece.repeat(20_000));
    const begun = performance.now();
    for (const text of bad) expect([...formsIn(withoutComments(text)), ...callsIn(withoutComments(text))]).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("keeps the offsets of what stands behind a comment", () => {
    const text = "a <!-- b\n c --> d /* e */ f('image/*') // g\nh";
    expect(withoutComments(text)).toBe("a       \n       d         f('image/*')     \nh");
  });
});
