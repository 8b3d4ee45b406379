import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { apache } from "../src/formats/apache/index.ts";
import { lint } from "../src/lint/lint.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { positionAt } from "../src/source.ts";
import { findingsIn, loadText, treeOf } from "./rule-tester.ts";

/** What is found in a text: line, certainty, severity, rule and status. */
function found(format: string, text: string): readonly string[] {
  return findingsIn(loadText(format, text)).map(({ at, certainty, severity, rule, status }) => `${positionAt(at.file, at.start).line} ${certainty} ${severity} ${rule} ${status}`);
}

const frontController = "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]\n";
const wordpress = "# BEGIN WordPress\nRewriteEngine On\nRewriteRule ^index\\.php$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . /index.php [L]\n# END WordPress\n";

describe("settings that do not go together", () => {
  it.each([
    ["rules without the right to follow links", `Options None\n${frontController}`, "1 certain warning settings-contradict 403"],
    ["links that are taken away in both forms", `Options -FollowSymLinks -SymLinksIfOwnerMatch\n${frontController}`, "1 certain warning settings-contradict 403"],
    ["links of which the server may allow those of the same owner", `Options -FollowSymLinks\n${frontController}`, "1 possible warning settings-contradict 403"],
    ["users without a way to ask for them", "AuthUserFile /etc/users\nAuthName x\nRequire valid-user\n", "3 certain warning settings-contradict 500"],
    ["users without a word on what for", "AuthType Basic\nAuthUserFile /etc/users\nRequire valid-user\n", "3 certain warning settings-contradict 500"],
    ["a path behind the name of a script that takes none", `AcceptPathInfo Off\n${frontController.replace("^ index.php", "^(.*)$ index.php/$1")}`, "1 certain warning settings-contradict 404"],
    ["users of whom the server may know", "<LimitExcept GET>\nRequire valid-user\n</LimitExcept>\n", "1 possible warning settings-contradict 500"],
  ])("%s", (_, text, expected) => {
    expect(found("htaccess", text)).toEqual([expected]);
  });

  const proxied = (section: string): readonly string[] => found("apache", `<VirtualHost *:80>\n<Proxy *>\n${section}</Proxy>\nProxyPass / http://127.0.0.1:9000/\n</VirtualHost>\n`);

  it.each([
    ["a guard in the old syntax", "Order deny,allow\nDeny from all\n", ["4 certain warning settings-contradict 403"]],
    ["a guard in the new syntax", "Require all denied\n", ["3 certain warning settings-contradict 403"]],
    ["a guard that lets some in", "Order deny,allow\nDeny from all\nAllow from 10.0.0.0/8\n", []],
    ["no guard", "Require all granted\n", []],
  ])("a proxy with %s", (_, section, expected) => {
    expect(proxied(section).filter((one) => one.includes("certain"))).toEqual(expected);
  });

  it.each([
    ["what is given back", `Options None\nOptions +SymLinksIfOwnerMatch\n${frontController}`],
    ["rules that are switched off", `Options None\nRewriteEngine Off\nRewriteRule ^ index.php [L]\n`],
    ["a script that takes no path behind its name, and gets none", `AcceptPathInfo Off\n${frontController}`],
    ["a way to ask", "AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user\n"],
    ["a backend that is opened again", "<VirtualHost *:80>\n<Proxy *>\nRequire all denied\n</Proxy>\n<Proxy http://127.0.0.1:9000/*>\nRequire all granted\n</Proxy>\nProxyPass / http://127.0.0.1:9000/\n</VirtualHost>\n"],
  ])("nothing about %s", (_, text) => {
    expect(found(text.startsWith("<Virtual") ? "apache" : "htaccess", text).filter((one) => one.includes("settings"))).toEqual([]);
  });
});

describe("lines that the server cannot read", () => {
  const redirect = "RewriteEngine On\nRewriteRule ^(.*)/$ /$1 [R=301,L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]\n";

  it("are all told of, and what they hide as possible", () => {
    const text = `ServerTokens Prod\nAllowMethods GET\n${redirect}`;
    expect(found("htaccess", text)).toEqual(["1 certain warning broken-htaccess 500", "2 certain warning broken-htaccess 500", "4 possible warning redirect-drops-body 301"]);
  });

  it("are told of where they stand, and the first few where all have the same fault", () => {
    const told = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${index + 1} certain warning broken-htaccess 500`);
    expect(found("htaccess", "ServerTokens Prod\n".repeat(2))).toEqual(told(2));
    expect(found("htaccess", "ServerTokens Prod\n".repeat(9))).toEqual(told(4));
  });

  it("hide nothing where only the server can tell whether it reads them", () => {
    expect(found("htaccess", `php_value memory_limit 64M\nphp_flag display_errors off\n${redirect}`)).toEqual(["1 possible warning broken-htaccess 500", "4 certain warning redirect-drops-body 301"]);
  });

  it.each([
    ["settings of PHP that only the server's own files may hold", "php_admin_value memory_limit 64M\n", ["1 certain warning broken-htaccess 500"]],
    ["settings of PHP behind a guard", "<IfModule mod_php.c>\nphp_value memory_limit 64M\n</IfModule>\n", []],
    ["a directive behind a guard for a module that few servers have", "<IfModule mod_http2.c>\nH2EarlyHints on\n</IfModule>\n", ["2 possible warning broken-htaccess 500"]],
    ["a blank that is none", "\u00A0Options -Indexes\n", ["1 certain warning broken-htaccess 500"]],
  ])("%s", (_, text, expected) => {
    expect(found("htaccess", text)).toEqual(expected);
  });

  it("are none in the configuration of a whole server, whatever it is called", () => {
    const part = { path: "monitor.htaccess", text: "ScriptAlias /monitor/ /usr/lib/monitor/\n<Directory /usr/lib/monitor>\nRequire all granted\n</Directory>\n" };
    expect(findingsIn({ ...apache.load([part], treeOf([part])), files: [{ path: part.path, format: "apache" }] })).toEqual([]);
    const file = { path: ".htaccess.test.conf", text: "Listen 8080\nDocumentRoot /srv/a\n<Directory /srv/a>\nRequire all granted\n</Directory>\n" };
    expect(findingsIn({ ...apache.load([file], treeOf([file])), files: [{ path: file.path, format: "apache" }] })).toEqual([]);
  });

  it("are looked for under the names of examples", () => {
    const file = { path: ".htaccess.example", text: "<Directory uploads>\nRequire all denied\n</Directory>\n" };
    const loaded = apache.load([file], treeOf([file]));
    expect(findingsIn({ ...loaded, files: [{ path: file.path, format: "apache" }] }).map(({ rule, certainty }) => `${certainty} ${rule}`)).toEqual(["certain broken-htaccess"]);
  });
});

describe("rules that never end", () => {
  it.each([
    ["a redirect that begins again", "RewriteCond %{HTTPS} off\nRewriteRule ^(.*)$ https://%{HTTP_HOST}%{REQUEST_URI} [N,R=301]\n", ["3 certain warning rewrite-loop 500"]],
    ["an ending that is added in every pass", "RewriteRule ^(.*)$ $1.php [L]\n", ["2 certain warning rewrite-loop 500"]],
    ["a page that is shown to whoever sends an attack", "RewriteCond %{QUERY_STRING} union.*select [NC]\nRewriteRule .* /page.php [L]\n", []],
    ["a page that is shown to a robot", "RewriteCond %{HTTP_USER_AGENT} badbot [NC]\nRewriteRule .* /page.php [L]\n", []],
    ["an ending that is added once", "RewriteRule ^(.*)$ $1.php [END]\n", []],
    ["a folder that is called like the root of the server", "RewriteCond %{REQUEST_URI} !^/htdocs/\nRewriteRule ^(.*)$ /htdocs/$1 [L]\n", []],
    ["a folder that may have rules of its own", "RewriteRule ^(.*)$ public/$1 [L]\n", []],
  ])("%s", (_, rules_, expected) => {
    expect(found("htaccess", `RewriteEngine On\n${rules_}`).filter((one) => one.includes("rewrite-loop"))).toEqual(expected);
  });
});

describe("a front controller that is shut", () => {
  const shut = '<FilesMatch "\\.php$">\nRequire all denied\n</FilesMatch>\n';

  it("is found where rules lead to it", () => {
    expect(found("htaccess", frontController + shut)).toEqual(["5 certain warning endpoint-closed 403"]);
    const [finding] = findingsIn(loadText("htaccess", frontController + shut));
    expect(finding?.message).toContain("`RewriteRule ^ index.php [L]` leads it to /index.php");
  });

  it("is found where it takes the path behind its name", () => {
    expect(found("htaccess", `${frontController.replace("^ index.php", "^(.*)$ index.php/$1")}${shut}`)).toEqual(["5 certain warning endpoint-closed 403"]);
  });

  it.each([
    ["an exception for it", `${frontController}${shut}<Files index.php>\nRequire all granted\n</Files>\n`],
    ["a folder of files that nothing leads to", shut],
    ["a folder that is shut as a whole", `${frontController}Require all denied\n`],
    ["an exception for some addresses", `${frontController}<FilesMatch "\\.php$">\nRequire ip 192.0.2.0/24\n</FilesMatch>\n`],
  ])("not with %s", (_, text) => {
    expect(found("htaccess", text).filter((one) => one.includes("certain"))).toEqual([]);
  });
});

describe("redirects that refuse", () => {
  it.each([
    ["a status that speaks of methods", `${frontController}RedirectMatch 405 ^/api/orders\n`, "4 certain warning endpoint-closed 405"],
    ["what may have been given up", `${frontController}Redirect gone /api/v1\n`, "4 possible warning endpoint-closed 410"],
    ["an address of an application", `${wordpress}Redirect 403 /wp-admin/admin-ajax.php\n`, "7 certain warning endpoint-closed 403"],
  ])("%s", (_, text, expected) => {
    expect(found("htaccess", text)).toEqual([expected]);
  });

  it.each([
    ["names that only attackers ask a site for", `${frontController}Redirect 404 /wp-login.php\nRewriteRule ^wp-cron\\.php - [F]\n`],
    ["hidden files", `${wordpress}RedirectMatch 404 /\\.git\n`],
  ])("not for %s", (_, text) => {
    expect(found("htaccess", text).filter((one) => one.includes("certain"))).toEqual([]);
  });
});

describe("a comment form that asks for a Referer", () => {
  const conditions = "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} POST\nRewriteCond %{REQUEST_URI} .wp-comments-post\\.php*\nRewriteCond %{HTTP_REFERER} !.*example\\.org.* [OR]\nRewriteCond %{HTTP_USER_AGENT} ^$\n";

  it.each([
    ["sends those away who say nothing", "RewriteRule (.*) ^http://%{REMOTE_ADDR}/$ [R=301,L]\n", "6 certain note referer-required 301"],
    ["refuses those who say nothing", "RewriteRule .* - [F,L]\n", "6 certain note referer-required 403"],
  ])("%s", (_, rule, expected) => {
    expect(found("htaccess", conditions + rule)).toEqual([expected]);
  });

  it("is a likely fault where writes are named, whatever a comment calls it", () => {
    const text = "RewriteEngine On\n# Block POST to sensitive endpoints without same-origin referer\nRewriteCond %{REQUEST_METHOD} POST\nRewriteCond %{REQUEST_URI} ^/(admin|login|api|upload) [NC]\nRewriteCond %{HTTP_REFERER} !^https?://(www\\.)?shop\\.example [NC]\nRewriteRule .* - [F,L]\n";
    expect(found("htaccess", text)).toEqual(["6 possible note referer-required 403"]);
  });

  it("is another matter than pictures that are sent elsewhere", () => {
    expect(found("htaccess", `RewriteEngine On\nRewriteCond %{HTTP_REFERER} !example\\.org\nRewriteRule \\.(jpg|png)$ http://example.com/no.gif [R,L]\n`)).toEqual([]);
  });
});

describe("files that the server cannot read", () => {
  it.each([
    "Require ip",
    "Require any",
    "FileETag sometimes",
    "IndexOptions Fancy",
    "Substitute a/b",
    "RewriteCondition a b",
    "RewriteLog /tmp/x",
    "SecFilterEngine Off",
    "<IfModule>\n</IfModule>",
    "<IfVersion about 2.4>\n</IfVersion>",
    "<IfVersion \">= 2.4\">\n</IfVersion>",
    "<IfVersion >= 2.4.x>\n</IfVersion>",
    "<If \"plus(%{REQUEST_URI}) == '/'\">\nRequire all granted\n</If>",
    "<If \"true\">\n</If>\n<Else>\n</Else>\n<ElseIf \"true\">\n</ElseIf>",
    "RewriteEngine On\nRewriteRule ^+ - [F]",
    "RewriteEngine On\nRewriteRule a{70000} - [F]",
    // What is left of the rule would refuse everything; nobody meant that.
    "RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} ^Two Words [NC]\nRewriteRule ^ - [F]",
  ])("%j", (text) => {
    expect(found("htaccess", `${text}\n`)).toMatchObject([expect.stringContaining("certain warning broken-htaccess 500")]);
  });

  it.each([
    ["a module that nobody knows", "<IfModule mod_example.c>\nExampleEngine On\n</IfModule>\n"],
    ["a module of long ago", "<IfModule mod_security.c>\nSecFilterEngine Off\n</IfModule>\n"],
    ["keywords with signs and values", "IndexOptions +FancyIndexing NameWidth=* -SuppressSize\nFileETag -INode MTime\n"],
    ["what shuts the folder in either case", "Require none\n"],
  ])("nothing certain about %s", (_, text) => {
    expect(found("htaccess", text).filter((one) => !one.includes("possible"))).toEqual([]);
  });

  it("are told of once", () => {
    const workspace = loadText("htaccess", "<Files a>\nRequire all granted\n");
    expect(workspace.problems).toHaveLength(1);
    const result = lint(workspace, { rules, severities: {}, posts: [], environmentOf: () => unknownEnvironment });
    expect([result.findings.map(({ rule }) => rule), result.problems]).toEqual([["broken-htaccess"], []]);
  });

  it("have no firewall rules, for the server takes none from there", () => {
    expect(found("htaccess", 'SecRule REQUEST_METHOD "POST" "id:1,phase:1,deny"\n')).toEqual(["1 certain warning broken-htaccess 500"]);
  });
});

describe("what a filter is called does not excuse it", () => {
  it("where it matches an ordinary query", () => {
    expect(found("htaccess", `RewriteEngine On\n# Block suspicious strings\nRewriteCond %{QUERY_STRING} ../ [NC,OR]\nRewriteCond %{QUERY_STRING} boot\\.ini [NC]\nRewriteRule .* - [F,L]\n${wordpress}`)).toEqual(["5 certain warning waf-match-too-broad 403"]);
  });

  it("but a page that is shut is shut", () => {
    expect(found("htaccess", `${wordpress}# Zugriff gesperrt\nRedirect 403 /wp-comments-post.php\n`)).toEqual(["8 possible warning endpoint-closed 403"]);
  });

  it("and how to do without a rule is no reason for it", () => {
    const rules = "# - disable this feature by commenting the following 2 lines\nRewriteCond %{ENV:REDIRECT_STATUS} ^$\nRewriteRule ^index\\.php(?:/(.*)|$) /$1 [R=301,L]\n";
    expect(found("htaccess", `RewriteEngine On\n${rules}${frontController}`)).toEqual(["4 certain warning redirect-drops-body 301"]);
  });
});

describe("conditions on the whole request line", () => {
  it("that look at the path only are none on the method", () => {
    const text = 'RewriteEngine On\nRewriteCond %{THE_REQUEST} "^[^ ]* .*?\\.php[? ].*$"\nRewriteRule .* - [L,R=404]\nRewriteCond %{REQUEST_FILENAME}.php -f\nRewriteRule ^(.*)$ $1.php\n';
    expect(found("htaccess", text)).toEqual(["3 possible warning waf-match-too-broad 404"]);
  });

  it("that look at the method are", () => {
    expect(found("htaccess", `RewriteEngine On\nRewriteCond %{THE_REQUEST} ^POST\nRewriteRule ^ - [F]\n${frontController}`)).toEqual(["3 certain warning method-denied 403"]);
  });
});

describe("a site of which the files may lie ready", () => {
  it("refuses what is posted, whether or not they do", () => {
    const mirror = "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} !^(GET|HEAD)$\nRewriteRule ^ - [R=404,L]\nRewriteCond %{DOCUMENT_ROOT}/static%{REQUEST_URI} -f\nRewriteRule ^(.*)$ static/$1 [END]\nRewriteRule ^ - [R=404,L]\n";
    expect(found("htaccess", `${mirror}${wordpress}`)).toContain("3 possible warning method-denied 404");
  });
});

describe("redirects that nobody's form meets", () => {
  it.each([
    ["a folder that is sent elsewhere as a whole", "permanent/.htaccess", "RewriteEngine On\nRewriteBase /permanent/\nRewriteRule ^(.*)$ https://example.net/list?id=$1 [R=302,L]\n"],
    ["search engines", ".htaccess", "RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} Googlebot [NC]\nRewriteRule ^(.*)$ https://example.net/$1 [R=301,L]\n"],
  ])("%s", (_, path, text) => {
    const file = { path, text };
    const loaded = apache.load([file], treeOf([file]));
    expect(findingsIn({ ...loaded, files: [{ path, format: "apache" }] }).filter(({ certainty }) => certainty === "certain")).toEqual([]);
  });

  it("the bare folder of an application", () => {
    expect(found("htaccess", `RewriteEngine On\nRewriteRule ^wp-admin$ wp-admin/ [R=301,L]\n${wordpress}`)).toEqual([]);
  });
});

describe("rules that are written for the folder above", () => {
  const foundIn = (path: string, text: string): readonly string[] => {
    const file = { path, text };
    return findingsIn({ ...apache.load([file], treeOf([file])), files: [{ path, format: "apache" }] }).map(({ at, certainty, rule, witness, status }) => `${positionAt(at.file, at.start).line} ${certainty} ${rule} ${witness.path} ${String(status)}`);
  };

  it.each([
    ["lead to nothing", "RewriteRule ^hooks/stripe$ hooks/stripe.php [L]", ["2 possible settings-contradict /hooks/stripe 404"]],
    ["lead to nothing, whatever the letters", "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^hooks/(stripe|paypal)$ /hooks/$1.php [NC,L]", ["3 possible settings-contradict /hooks/stripe 404"]],
    ["find nothing for a star behind a backslash", "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^(.\\*)$ index.php?path=$1 [L]", ["3 possible settings-contradict /api/orders 404"]],
    ["find what has such a star in its name", "RewriteRule ^list\\*$ index.php [L]", []],
    ["refuse nothing for such a star", "RewriteRule .\\* - [F]", []],
    ["matter to nobody where others take all", "RewriteRule ^hooks/stripe$ hooks/stripe.php [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]", []],
    ["are right for a folder of another name", "RewriteRule ^stripe/(.*)$ stripe.php [L]", []],
    ["refuse, and nobody misses that", "RewriteRule ^hooks/private/ - [F]", []],
    ["say nothing while they are off", "RewriteEngine Off\nRewriteRule ^hooks/stripe$ hooks/stripe.php [L]", []],
  ])("%s", (_, rules, expected) => {
    expect(foundIn("site/hooks/.htaccess", `RewriteEngine On\n${rules}\n`)).toEqual(expected);
  });
});

describe("a program that other people's servers call", () => {
  it.each([
    ["is shut among others", '<FilesMatch "^(config|helpers|stripe_webhook|paypal-ipn)\\.php$">\nRequire all denied\n</FilesMatch>\n', ["2 possible warning endpoint-closed 403"]],
    ["is shut by its name", '<Files "webhook.php">\nRequire all denied\n</Files>\n', ["2 possible warning endpoint-closed 403"]],
    ["writes logs that are shut", '<FilesMatch "^(webhook|ipn)\\.log$">\nRequire all denied\n</FilesMatch>\n', []],
    ["is let in", '<FilesMatch "^(?!stripe_webhook).+\\.php$">\nRequire all denied\n</FilesMatch>\n', []],
    ["has its settings shut", '<FilesMatch "^(config|webhooksettings)\\.php$">\nRequire all denied\n</FilesMatch>\n', []],
  ])("%s", (_, text, expected) => {
    expect(found("htaccess", text)).toEqual(expected);
  });
});

describe("a folder of which only the name says what is in it", () => {
  const foundIn = (path: string, text: string, others: readonly string[] = []): readonly string[] => {
    const file = { path, text };
    const tree = treeOf([file, ...others.map((other) => ({ path: other, text: "<?php\n" }))]);
    const known = { ...tree, list: (pattern: string): readonly string[] => others.filter((other) => pattern === other.replace(/[^/]*\.php$/, "*.php")) };
    return findingsIn({ ...apache.load([file], known), files: [{ path, format: "apache" }] }).map(({ certainty, rule, witness }) => `${certainty} ${rule} ${witness.path}`);
  };
  const shut = '<FilesMatch "\\.php$">\nOrder allow,deny\nDeny from all\n</FilesMatch>\n';

  it.each([
    ["is shut to programs", "site/handlers/.htaccess", shut, ["possible endpoint-closed /handlers/submit.php"]],
    ["is shut as a whole", "form-handler/.htaccess", "<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n", ["possible endpoint-closed /form-handler/submit.php"]],
    ["is shut but for some programs", "ajax/.htaccess", `<Files "*.php">\nDeny from all\n</Files>\n<Files cart.php>\nAllow from all\n</Files>\n`, []],
    ["is shut but for programs", "actions/.htaccess", 'Deny from all\n<FilesMatch "\\.php$">\nAllow from all\n</FilesMatch>\n', []],
    ["is shut to other files", "api/.htaccess", '<FilesMatch "\\.(env|log)$">\nRequire all denied\n</FilesMatch>\n', []],
    ["says that it is included", "includes/.htaccess", shut, []],
    ["says that it is part of a program", "controllers/.htaccess", shut, []],
  ])("%s", (_, path, text, expected) => {
    expect(foundIn(path, text)).toEqual(expected);
  });

  it("is not guessed at where its programs can be read, and nothing posts to them", () => {
    expect(foundIn("handlers/.htaccess", shut, ["handlers/mail.php"])).toEqual([]);
  });
});

describe("the administration of WordPress, in a folder of its own", () => {
  const foundIn = (path: string, text: string): readonly string[] => {
    const file = { path, text };
    const loaded = apache.load([file], treeOf([file]));
    return findingsIn({ ...loaded, files: [{ path, format: "apache" }] }).map(({ at, certainty, severity, rule, witness }) => `${positionAt(at.file, at.start).line} ${certainty} ${severity} ${rule} ${witness.path}`);
  };

  it.each([
    ["is shut to scripts", '<FilesMatch "\\.php$">\nRequire all denied\n</FilesMatch>\n', ["2 certain warning endpoint-closed /wp-admin/admin-ajax.php"]],
    ["is open to some addresses", "Require ip 198.51.100.7\n", ["1 possible note address-list-refuses-clients /wp-admin/admin-ajax.php"]],
    ["is open to some addresses, in the old syntax", "Order deny,allow\nDeny from all\nAllow from 198.51.100.7\n", ["2 possible warning endpoint-closed /wp-admin/admin-ajax.php"]],
    ["asks for a password", 'AuthType Basic\nAuthName "Staff"\nAuthUserFile /srv/.htpasswd\nRequire valid-user\n', ["4 possible warning endpoint-closed /wp-admin/admin-ajax.php"]],
    ["asks for a password but where visitors send forms", 'AuthType Basic\nAuthName "Staff"\nAuthUserFile /srv/.htpasswd\nRequire valid-user\n<Files "admin-ajax.php">\nRequire all granted\n</Files>\n', []],
    ["is open but for its installer", "<Files install.php>\nRequire all denied\n</Files>\n", []],
    ["is shut but for what visitors need", 'Require ip 198.51.100.7\n<Files "admin-ajax.php">\nRequire all granted\n</Files>\n<Files "admin-post.php">\nRequire all granted\n</Files>\n', []],
  ])("%s", (_, text, expected) => {
    expect(foundIn("site/wp-admin/.htaccess", text)).toEqual(expected);
  });

  it("asks nothing of its own where the whole site asks for a password", () => {
    const password = 'AuthType Basic\nAuthName "Staff"\nAuthUserFile /srv/.htpasswd\nRequire valid-user\n';
    expect(found("htaccess", `${password}${wordpress}`)).toEqual([]);
    expect(found("htaccess", `<Files "wp-login.php">\n${password}</Files>\n${wordpress}`)).toEqual([]);
  });

  it("does not begin in the folders of what it keeps", () => {
    const scripts = '# BEGIN WordPress\n<FilesMatch "\\.php$">\nRequire all denied\n</FilesMatch>\n';
    expect(foundIn("site/.htaccess", scripts)[0]).toMatch(/^3 certain .* endpoint-closed/);
    expect(foundIn("site/wp-content/uploads/.htaccess", scripts)).toEqual([]);
  });

  it("takes pictures, which are larger than a form", () => {
    expect(found("htaccess", `${wordpress}LimitRequestBody 102400\n`)).toEqual(["7 certain warning body-limit-too-small 413"]);
    expect(found("htaccess", `${wordpress}LimitRequestBody 10485760\n`)).toEqual([]);
  });
});
