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
      // The server complains about the first of several, and then about the next.
      `
  Order deny, allow
# ~~~~~~~~~~~~~~~~~ broken-htaccess
RewriteEngine On
RewriteRule ^ - [F, L]
#               ~~~ broken-htaccess`,
    ],
    good: [
      // A function of mod_ssl, which a server without it would not know.
      'RewriteEngine On\nRewriteCond expr "%{SSL:SSL_TLS_SNI} != %{HTTP_HOST}"\nRewriteRule ^old$ /new [L]',
      // Quotes inside of a template's tag.
      "IndexStyleSheet '<%= @folder['style_sheet'] %>'",
      "<LimitExcept GET POST>\nRequire all denied\n</LimitExcept>",
      "# a comment\nRequire all granted\n<Limit PUT DELETE> # no writes\nRequire all denied\n</Limit>",
      "Order deny,allow\nAllow from all",
      // Branches that this server does not read.
      "<IfModule !mod_authz_core.c>\nOrder deny, allow\n</IfModule>",
      "<IfVersion < 2.4>\nOrder deny, allow\n</IfVersion>",
      "RewriteEngine On\nRewriteRule ^old$ - [G] # gone",
    ],
    possible: [
      "php_value post_max_size 8M",
      // A module of that name may be there.
      "Dispatcher On",
      "<IfModule mod_security2.c>\nSecRule ARGS x\n</IfModule>",
      // The folder is closed either way.
      "Order deny, allow\nRequire all denied",
    ],
  },
  "mixed-access-syntax": {
    bad: [
      `Order deny,allow
  Deny from all
# ~~~~~~~~~~~~~ mixed-access-syntax
<Files "webhook.php">
Require all granted
</Files>`,
      // Order alone refuses whom no Allow names.
      `
  Order allow,deny
# ~~~~~~~~~~~~~~~~ mixed-access-syntax
<FilesMatch "^(index|hook)\\.php$">
Require all granted
</FilesMatch>`,
      // Both in one place: both are asked.
      `
  Deny from all
# ~~~~~~~~~~~~~ mixed-access-syntax
Require all granted`,
    ],
    good: [
      "Deny from all\n<Files webhook.php>\nAllow from all\n</Files>",
      "Require all denied\n<Files webhook.php>\nRequire all granted\n</Files>",
      "Order allow,deny\nAllow from all\nRequire all granted",
      "Deny from all\n<Files webhook.php>\nRequire all granted\nSatisfy any\n</Files>",
      // The exception is the refusal.
      "Require all granted\n<Files secret.php>\nDeny from all\n</Files>",
      // Some are let in, as one who still uses the old syntax wants.
      "Order deny,allow\nDeny from all\nAllow from 192.0.2.0/24\nRequire all granted",
      // What is opened takes no writes.
      'Deny from all\n<FilesMatch "\\.(css|png)$">\nRequire all granted\n</FilesMatch>',
      // Each dialect for its own server.
      "<IfModule mod_authz_core.c>\nRequire all granted\n</IfModule>\n<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>",
      // Somebody is asked for.
      "Deny from all\n<Files webhook.php>\nRequire valid-user\n</Files>",
    ],
  },
  "waf-match-too-broad": {
    bad: [
      // WordPress sends lists to its own admin-ajax.php.
      `RewriteEngine On
RewriteCond %{QUERY_STRING} (\\[|\\]|<|>) [NC]
  RewriteRule ^ - [F]
# ~~~~~~~~~~~~~~~~~~~ waf-match-too-broad
# BEGIN WordPress
RewriteRule ^index\\.php$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteRule . /index.php [L]`,
      // That other methods are refused as well says nothing about this one.
      `# BEGIN WordPress
RewriteEngine On
RewriteCond %{REQUEST_METHOD} ^(TRACE|DELETE|TRACK) [NC,OR]
RewriteCond %{THE_REQUEST} \\?.*\\[ [NC,OR]
RewriteCond %{QUERY_STRING} (\\[|\\]) [NC]
  RewriteRule ^ - [F]
# ~~~~~~~~~~~~~~~~~~~ waf-match-too-broad`,
      // Webhooks come from programs.
      `RewriteEngine On
RewriteCond %{HTTP_USER_AGENT} (libwww|java|python) [NC]
  RewriteRule ^hooks/ - [F]
# ~~~~~~~~~~~~~~~~~~~~~~~~~ waf-match-too-broad`,
    ],
    good: [
      "BrowserMatchNoCase (ahrefs|semrush|mj12bot) bots\nOrder allow,deny\nAllow from all\nDeny from env=bots",
      "RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} ^(BadBot|EmailSiphon) [NC]\nRewriteRule ^hooks/ - [F]",
      // The path is what is refused.
      "# BEGIN WordPress\nRewriteEngine On\nRewriteRule ^wp-content/uploads/.*\\.php$ - [F]\nRewriteRule ^login$ - [F]",
      // Attacks only.
      "# BEGIN WordPress\nRewriteEngine On\nRewriteCond %{QUERY_STRING} (<|%3C)script [NC]\nRewriteRule ^ - [F]",
      // Sets a variable, refuses nothing.
      "RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} (curl|python) [NC]\nRewriteRule ^ - [E=TOOL:1]",
    ],
    possible: [
      // Nobody knows whether programs come here.
      "RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} (libwww|java|python) [NC]\nRewriteRule ^ - [F]",
      "SetEnvIfNoCase User-Agent (curl|java) tool\n<Limit GET POST>\nOrder allow,deny\nAllow from all\nDeny from env=tool\n</Limit>",
      "SetEnvIfNoCase User-Agent (curl|java) tool\n<RequireAll>\nRequire all granted\nRequire not env tool\n</RequireAll>",
      "RewriteEngine On\nRewriteCond %{QUERY_STRING} https?: [NC]\nRewriteRule ^ - [F]",
    ],
  },
  "method-denied": {
    bad: [
      `SetEnvIf Request_Method ^POST$ writes
LimitRequestBody 1000000
<RequireAll>
Require all granted
  Require not env writes
# ~~~~~~~~~~~~~~~~~~~~~~ method-denied
</RequireAll>`,
      // One OR too many: any POST is enough.
      `# BEGIN WordPress
RewriteEngine On
RewriteCond %{REQUEST_METHOD} POST [OR]
RewriteCond %{HTTP_USER_AGENT} ^$
  RewriteRule ^wp-comments-post - [F]
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied`,
      // What WordPress is known to take.
      `# BEGIN WordPress
RewriteEngine On
RewriteCond %{REQUEST_METHOD} =POST
  RewriteRule ^wp-login\\.php - [F]
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied`,
      `# Drupal
RewriteEngine On
RewriteCond %{REQUEST_METHOD} !^(GET|HEAD)$
  RewriteRule ^user/ - [R=405]
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied
RewriteCond %{REQUEST_FILENAME} !-f
RewriteRule ^ index.php [L]`,
    ],
    good: [
      // Closed on purpose everywhere.
      "# BEGIN WordPress\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} =POST\nRewriteRule ^xmlrpc\\.php - [F]",
      "# BEGIN WordPress\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} =POST\nRewriteRule ^wp-(includes|content/uploads)/ - [F]",
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

describe("addresses that a configuration speaks of", () => {
  const endpoints = (path: string, text: string): readonly string[] => {
    const file = { path, text };
    const found = apache.load([file], treeOf([file])).units[0]?.program.endpoints ?? [];
    return found.map((one) => `${one.path} ${one.application ?? "named"}`);
  };

  it.each([
    ["# BEGIN WordPress\n", "/wp-comments-post.php WordPress"],
    ["RewriteRule ^wp-content/x$ - [L]\n", "/wp-admin/admin-ajax.php WordPress"],
    ["# Apache configuration of Drupal\n", "/user/login Drupal"],
    ["# Joomla! core SEF section\n", "/administrator/index.php Joomla"],
    ['<Files "webhook.php">\nRequire all granted\n</Files>\n', "/webhook.php named"],
  ])("%s", (text, expected) => {
    expect(endpoints(".htaccess", text)).toContain(expected);
  });

  it("are none where nothing is named, and none that are often closed", () => {
    expect(endpoints(".htaccess", 'Options -Indexes\n<Files "*.php">\nRequire all granted\n</Files>\n')).toEqual([]);
    expect(endpoints(".htaccess", "# BEGIN WordPress\n").filter((one) => /uploads|includes/.test(one))).toEqual([]);
  });

  it("make nothing of a site that is closed as a whole", () => {
    const text = "# BEGIN WordPress\nRewriteEngine On\nRewriteCond %{REQUEST_URI} !/closed\\.html$\nRewriteRule ^ /closed.html [R=302,L]\n";
    expect(findingsIn(loadText("htaccess", text)).filter(({ certainty }) => certainty === "certain")).toEqual([]);
    const login = text.replace("^ /closed", "^wp-login /closed");
    expect(findingsIn(loadText("htaccess", login)).map(({ certainty, witness }) => [certainty, witness.path])).toEqual([["certain", "/wp-login.php"]]);
  });

  it("make a refusal a certain one, and a note", () => {
    const text = "# BEGIN WordPress\nRewriteEngine On\nRewriteCond %{HTTP_REFERER} !shop\\.example\nRewriteRule ^wp-comments-post\\.php - [F]\n";
    const [finding] = findingsIn(loadText("htaccess", text)).filter(({ rule }) => rule === "referer-required");
    expect(finding).toMatchObject({ certainty: "certain", severity: "note", legitimacy: "the configuration speaks of WordPress, which takes POSTs at /wp-comments-post.php" });
  });
});
