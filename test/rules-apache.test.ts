import { describe, expect, it } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import { findingsIn, loadText, mark, marked, treeOf } from "./rule-tester.ts";

interface Cases {
  /** Marked text: a line of tildes stands under what must be underlined, followed by the rule. Nothing else may be a certain warning. */
  readonly bad: readonly string[];
  /** Texts in which no rule finds anything certain above a note. */
  readonly good: readonly string[];
  /** Texts in which the rule finds something possible. */
  readonly possible?: readonly string[];
}

const cases: Readonly<Record<string, Cases>> = {
  "broken-htaccess": {
    bad: [
      `
  <Limit post>
# ~~~~~~~~~~~~ broken-htaccess
    Require all denied
  </Limit>`,
      `
  <LimitExcept GET,POST>
# ~~~~~~~~~~~~~~~~~~~~~~ broken-htaccess
    Require all denied
  </LimitExcept>`,
      `
  Require all granted # everybody
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ broken-htaccess`,
      `
  Order deny, allow
# ~~~~~~~~~~~~~~~~~ broken-htaccess`,
      `RewriteEngine On
  RewriteCond %{HTTP_HOST} ^a\\.example$ [NC, OR]
#                                       ~~~~ broken-htaccess
RewriteCond %{HTTP_HOST} ^b\\.example$ [NC]
RewriteRule ^old$ /new [L]`,
      `
  AllowMethods GET POST
# ~~~~~~~~~~~~~~~~~~~~~ broken-htaccess`,
      `
  ProxyPass /api http://127.0.0.1:8080/
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ broken-htaccess`,
      `
  <Location /api>
# ~~~~~~~~~~~~~~~ broken-htaccess
  Require all granted
  </Location>`,
      `
  Include conf/more.conf
# ~~~~~~~~~~~~~~~~~~~~~~ broken-htaccess`,
      `
  SecRule ARGS "@rx x" "id:1,deny"
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ broken-htaccess`,
      `
  <Files upload.php>
# ~~~~~~~~~~~~~~~~~~ broken-htaccess
  Require all granted`,
      // One letter is missing.
      `
  RewritEngine On
# ~~~~~~~~~~~~~~~ broken-htaccess`,
      // The first of several is what the server complains about.
      `
  Order deny, allow
# ~~~~~~~~~~~~~~~~~ broken-htaccess
RewriteEngine On
RewriteRule ^ - [F, L]`,
    ],
    good: [
      "<LimitExcept GET POST>\nRequire all denied\n</LimitExcept>",
      "# a comment\nRequire all granted\n<Limit PUT DELETE> # no writes\nRequire all denied\n</Limit>",
      "Order deny,allow\nAllow from all",
      // Branches that this server does not read.
      "<IfModule !mod_authz_core.c>\nOrder deny, allow\n</IfModule>",
      "<IfVersion < 2.4>\nOrder deny, allow\n</IfVersion>",
      "RewriteEngine On\nRewriteRule ^old$ - [G] # gone",
      "php_value post_max_size 8M",
    ],
    possible: [
      // A module of that name may be there.
      "Dispatcher On",
      "<IfModule mod_security2.c>\nSecRule ARGS x\n</IfModule>",
      // The folder is closed either way.
      "Order deny, allow\nRequire all denied",
    ],
  },
};

describe.each(Object.entries(cases))("%s", (id, { bad, good, possible = [] }) => {
  it.each(bad)("bad %#", (text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText("htaccess", clean)).filter((finding) => finding.certainty === "certain" && finding.severity !== "note");
    expect(found.map(mark)).toEqual(expected);
  });

  it.each(good)("good %#", (text) => {
    const found = findingsIn(loadText("htaccess", text)).filter((finding) => finding.certainty === "certain" && finding.severity !== "note");
    expect(found).toEqual([]);
  });

  it.each(possible)("possible %#", (text) => {
    const found = findingsIn(loadText("htaccess", text)).filter((finding) => finding.rule === id);
    expect(found.map((finding) => finding.certainty)).toEqual(["possible"]);
  });
});

describe("broken-htaccess, with more than one file", () => {
  const site = (override: string): string => `<VirtualHost *:80>
ServerName shop.example
DocumentRoot /srv/shop
<Directory /srv/shop>
AllowOverride ${override}
Require all granted
</Directory>
</VirtualHost>
`;
  const findings = (override: string): readonly string[] => {
    const files = [
      { path: "site.conf", text: site(override) },
      { path: "/srv/shop/.htaccess", text: "Options -Indexes\nRewriteEngine On\n" },
    ];
    const loaded = apache.load(files, treeOf(files));
    return findingsIn({ ...loaded, files: [] }).map(({ at, certainty, message }) => `${certainty} ${at.file.text.slice(at.start, at.end)}: ${message}`);
  };

  it("names a directive that AllowOverride does not grant", () => {
    expect(findings("Options")).toEqual(["certain RewriteEngine On: POST /api/orders is answered 500, as every request there is: RewriteEngine not allowed here"]);
  });

  it.each(["All", "Options FileInfo", "None"])("is silent under AllowOverride %s", (override) => {
    expect(findings(override)).toEqual([]);
  });

  it("finds a broken file in a folder below", () => {
    const files = [
      { path: ".htaccess", text: "Options -Indexes\n" },
      { path: "shop/.htaccess", text: "Order deny, allow\n" },
    ];
    const found = findingsIn({ ...apache.load(files, treeOf(files)), files: [] });
    expect(found.map(({ certainty, at, witness }) => [certainty, at.file.path, witness.path.startsWith("/shop")])).toEqual([["certain", "shop/.htaccess", true]]);
  });

  it("says that a byte order mark is in the way", () => {
    const [finding] = findingsIn(loadText("htaccess", "\uFEFFRewriteEngine On\n"));
    expect(finding).toMatchObject({ certainty: "certain", rule: "broken-htaccess" });
    expect(finding?.message).toContain("byte order mark");
  });
});
