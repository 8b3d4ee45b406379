import { describe, expect, it } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import { sentOn } from "../src/lint/sent-on.ts";
import { deciding } from "../src/model/decide.ts";
import { unknownEnvironment } from "../src/model/environment.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { positionAt } from "../src/source.ts";
import { findingsIn, loadText, treeOf } from "./rule-tester.ts";

/** What is found in a text: line, certainty, severity and rule. */
function found(format: string, text: string): readonly string[] {
  return findingsIn(loadText(format, text)).map(({ at, certainty, severity, rule }) => `${positionAt(at.file, at.start).line} ${certainty} ${severity} ${rule}`);
}

const frontController = "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule ^ index.php [L]\n";

describe("a script behind a refusal shows that writes are meant", () => {
  const rewriting = (rules: string): readonly string[] => found("htaccess", `RewriteEngine On\n${rules}\n${frontController}`);

  it.each([
    ["a slash is taken off", "RewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_URI} (.+)/$\nRewriteRule ^ %1 [L,R=301]", "4 certain warning redirect-drops-body"],
    ["a slash is put on whatever has none", "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_URI} !/$\nRewriteRule ^(.*)$ /$1/ [L,R=301]", "4 certain warning slash-redirect-drops-body"],
    ["the front controller is asked for without its name", "RewriteCond %{THE_REQUEST} ^[A-Z]+\\ /index\\.php\\ HTTP/\nRewriteRule ^index\\.php$ / [R=301,L]", "3 certain warning redirect-drops-body"],
    ["endings are taken off", "RewriteCond %{THE_REQUEST} \\s/([^.]+)\\.php[\\s?] [NC]\nRewriteRule ^ /%1 [R=301,L]", "3 certain warning redirect-drops-body"],
    ["proxies may not hand on as they do", "RewriteCond %{THE_REQUEST} !HTTP/1\\.1$\nRewriteRule ^ - [F]", "3 possible note waf-match-too-broad"],
    ["forms may not come by way of proxies", "RewriteCond %{SERVER_PROTOCOL} =HTTP/1.0\nRewriteCond %{REQUEST_METHOD} =POST\nRewriteRule ^ - [F]", "4 possible note waf-match-too-broad"],
    ["a query may not hold an address", "RewriteCond %{QUERY_STRING} https?: [NC]\nRewriteRule ^ - [F]", "3 certain warning waf-match-too-broad"],
    ["a query may hold ASCII only", "RewriteCond %{QUERY_STRING} %[A-F] [NC]\nRewriteRule ^ - [F]", "3 certain warning waf-match-too-broad"],
    ["programs may not call", "RewriteCond %{HTTP_USER_AGENT} (curl|java|python) [NC]\nRewriteRule ^ - [F]", "3 certain note waf-match-too-broad"],
  ])("%s", (_, rules, expected) => {
    expect(rewriting(rules)).toEqual([expected]);
  });

  it.each([
    ["versions of HTTP that nobody speaks", "RewriteCond %{THE_REQUEST} !HTTP/[12]\\.[01]$\nRewriteRule ^ - [F]"],
    ["one old address", "RewriteRule ^donate$ /support [R=301,L]"],
    ["a site that is closed as a whole", "RewriteCond %{REQUEST_URI} !^/closed\\.html$\nRewriteRule ^ /closed.html [R=302,L]"],
    ["a site that has moved to another", "RewriteRule ^(.+)$ https://b.example/pages/$1 [R=301,L]\nRewriteRule ^$ https://b.example/pages [R=301,L]"],
    ["a start page of another site", "RewriteRule ^$ http://b.example/ [R=302,L]"],
    ["one client that nobody ordinary is", "RewriteCond %{HTTP_USER_AGENT} DavClnt\nRewriteRule ^$ /dav/ [R=302,L]"],
  ])("not for %s", (_, rules) => {
    expect(rewriting(rules).filter((one) => one.includes("certain"))).toEqual([]);
  });
});

describe("a redirect that puts a slash behind a name", () => {
  const slash = (pattern: string, path: string): readonly string[] => found("apache", `<VirtualHost *:80>\nRewriteEngine On\nRewriteRule ${pattern} ${path} [R=301,L]\nProxyPass / http://127.0.0.1:9000/\n</VirtualHost>\n`).filter((one) => one.includes("slash"));

  it("is told of where the name speaks of writes", () => {
    expect(slash("^/api/([a-z]+)$", "/api/$1/")).toEqual(["3 certain warning slash-redirect-drops-body"]);
  });

  it("is not told of for a program, nor for digits that were made up", () => {
    expect(slash("^/([A-Za-z0-9._-]+)$", "http://%{HTTP_HOST}/$1/")).toEqual([]);
    expect(slash("^/terms/([0-9]{4}-[0-9]{2})$", "/terms/$1/")).toEqual([]);
    expect(slash("^/terms/([0-9]{4}-[0-9]{2})/([^/]+)$", "/terms/$1/$2/")).toEqual([]);
  });
});

describe("front controllers", () => {
  const slashes = "RewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_URI} (.+)/$\nRewriteRule ^ %1 [L,R=301]\n";

  it("in a folder below the first are asked for addresses of their own", () => {
    const files = [
      { path: ".htaccess", text: "Options -Indexes\n" },
      { path: "public/.htaccess", text: `RewriteEngine On\n${slashes}${frontController}` },
    ];
    const loaded = apache.load(files, treeOf(files));
    const [finding] = findingsIn({ ...loaded, files: files.map(({ path }) => ({ path, format: "apache" })) });
    expect(finding).toMatchObject({ certainty: "certain", witness: { path: "/public/api/orders/" } });
  });

  it("in a folder that is the root of the site are asked for without its name, over TLS as well", () => {
    const files = [
      { path: ".htaccess", text: "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . index.php [L]\n" },
      { path: "public/.htaccess", text: `RewriteEngine On\nRewriteCond %{HTTPS} off\nRewriteRule ^(.*)$ https://%{HTTP_HOST}/$1 [R=301,L]\n${frontController}` },
    ];
    const loaded = apache.load(files, treeOf(files));
    const findings = findingsIn({ ...loaded, files: files.map(({ path }) => ({ path, format: "apache" })) });
    expect(findings.map(({ at, rule, severity }) => `${at.file.path}:${positionAt(at.file, at.start).line} ${severity} ${rule}`)).toEqual(["public/.htaccess:3 note redirect-drops-body"]);
  });

  it("in a folder below the first may have rules for one address", () => {
    const files = [
      { path: ".htaccess", text: "Options -Indexes\n" },
      { path: "shop/.htaccess", text: "RewriteEngine On\nRewriteRule ^checkout$ /shop/cart.php [R=302,L]\nRewriteRule ^v1$ https://b.example/docs/v1.html [R=302,L]\n" },
    ];
    const loaded = apache.load(files, treeOf(files));
    const findings = findingsIn({ ...loaded, files: files.map(({ path }) => ({ path, format: "apache" })) });
    expect(findings.map(({ at, rule, witness }) => [positionAt(at.file, at.start).line, rule, witness?.path])).toEqual([[2, "redirect-drops-body", "/shop/checkout"]]);
  });

  it("behind a redirect to the one name of the site are asked for under that name", () => {
    const text = `RewriteEngine On\nRewriteCond %{HTTPS} off [OR]\nRewriteCond %{HTTP_HOST} !^www\\.shop\\.example$ [NC]\nRewriteRule ^ https://www.shop.example%{REQUEST_URI} [R=301,L]\nRewriteCond %{THE_REQUEST} \\s/([^.]+)\\.php [NC]\nRewriteRule ^ /%1 [R=301,L]\n${frontController}`;
    const [, finding] = findingsIn(loadText("htaccess", text));
    expect(finding).toMatchObject({ rule: "redirect-drops-body", certainty: "certain", witness: { scheme: "https", host: "www.shop.example" } });
  });

  it("behind a proxy that says what came over TLS are asked for as it asks", () => {
    const text = `RewriteEngine On\nRewriteCond %{HTTP:X-Secure} !^yes$\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [L,R=301]\nRewriteCond %{HTTP_HOST} ^shop\\.example$\nRewriteRule (.*) https://www.shop.example/$1 [R=301,L]\n${frontController}`;
    expect(found("htaccess", text)).toEqual(["3 certain note redirect-drops-body", "5 certain note redirect-drops-body"]);
    const [, finding] = findingsIn(loadText("htaccess", text));
    expect(finding?.witness).toMatchObject({ host: "shop.example", headers: { "x-secure": "yes" } });
    const [unit] = loadText("htaccess", text).units;
    const sent = unit === undefined ? null : sentOn(deciding(unit.program, unknownEnvironment), ordinaryPost());
    expect(sent).toMatchObject({ host: "localhost", headers: { "x-secure": "yes" } });
    expect(sent?.headers["host"]).toBeUndefined();
  });

  it("behind three conditions are asked for as all of them ask", () => {
    const text = "RewriteEngine On\nRewriteCond %{HTTP:X-Forwarded-Proto} !https\nRewriteCond %{HTTPS} !on\nRewriteCond %{HTTP_HOST} ^(?:www\\.)?shop\\.example(?:.*)$ [nc]\nRewriteRule ^(.*)$ https://%{HTTP_HOST}%{REQUEST_URI} [redirect=301,L]\n";
    expect(found("htaccess", text)).toEqual(["5 certain note redirect-drops-body"]);
  });

  it("are not what a page is for that is no more", () => {
    expect(found("htaccess", `RewriteEngine On\nRewriteRule ^home/?$ / [R=301,L]\nRewriteRule ^old-login\\.html$ https://b.example/login [R=301,L]\n${frontController}`)).toEqual([]);
  });

  it("may be given the path behind their name", () => {
    expect(found("htaccess", `RewriteEngine On\n${slashes}RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^(.*)$ index.php/$1 [L]\n`)).toEqual(["4 certain warning redirect-drops-body"]);
  });

  it("may be called otherwise", () => {
    const text = `RewriteEngine On\nRewriteCond %{THE_REQUEST} \\s/app\\.php\nRewriteRule ^app\\.php$ / [R=301,L]\n${frontController.replace("index", "app")}`;
    expect(found("htaccess", text)).toEqual(["3 certain warning redirect-drops-body"]);
  });
});

describe("a folder that has moved to another server", () => {
  const moved = (target: string): readonly string[] => {
    const files = [
      { path: ".htaccess", text: "Options -Indexes\n" },
      { path: "words/.htaccess", text: `RewriteEngine On\nRewriteRule ^(.*)$ ${target} [R=302,L]\n` },
    ];
    const loaded = apache.load(files, treeOf(files));
    return findingsIn({ ...loaded, files: files.map(({ path }) => ({ path, format: "apache" })) }).map(({ certainty, severity, rule }) => `${certainty} ${severity} ${rule}`);
  };

  it("takes the old addresses along, whatever is asked of the rest", () => {
    expect(moved("http://words.example/words/$1")).toEqual(["certain note redirect-drops-body"]);
  });

  it("is no place that takes writes because of the name of that server", () => {
    expect(moved("https://api.words.example/v/$1")).toEqual(["possible warning redirect-drops-body"]);
    expect(moved("https://words.example/api/$1")).toEqual(["certain warning redirect-drops-body"]);
  });
});

describe("long lists", () => {
  const conditions = Array.from({ length: 1000 }, (_, index) => `RewriteCond %{HTTP_REFERER} ^http(s)?://(www\\.)?.*spam-${index}\\.example.*$ [NC,OR]\n`).join("");

  it("of referrers and robots are read soon, and are no demand for a Referer", () => {
    const text = `RewriteEngine On\n${conditions}RewriteCond %{HTTP_USER_AGENT} ^Zeus\nRewriteRule ^ - [F]\n${frontController}`;
    expect(found("htaccess", text)).toEqual([]);
  }, 60_000);

  it("name programs too", () => {
    const text = `RewriteEngine On\n${conditions}RewriteCond %{HTTP_USER_AGENT} ^python-requests\nRewriteRule ^ - [F]\n${frontController}`;
    expect(found("htaccess", text)).toEqual(["1003 certain note waf-match-too-broad"]);
  }, 60_000);
});

describe("sections say where their directives apply", () => {
  it("names a place in the opener of its section", () => {
    const text = "<VirtualHost *:80>\nProxyPass / http://127.0.0.1:9000/\n<Location /upload>\nAllowMethods GET\n</Location>\n</VirtualHost>\n";
    const [finding] = findingsIn(loadText("apache", text));
    expect(finding).toMatchObject({ certainty: "certain", legitimacy: "the configuration names `upload`, a place that takes writes" });
    expect(finding?.related.map(({ at }) => at.file.text.slice(at.start, at.end))).toEqual(["<Location /upload>"]);
  });

  it("takes no part of a longer word for the name of a place", () => {
    const text = "<VirtualHost *:80>\nProxyPass / http://127.0.0.1:9000/\n<Location /rapid>\nAllowMethods GET\n</Location>\n</VirtualHost>\n";
    expect(found("apache", text).filter((one) => one.includes(" certain "))).toEqual([]);
  });
});

describe("conditions in other words", () => {
  it.each([
    ["<If \"%{REQUEST_METHOD} == 'POST'\">\nRequire all denied\n</If>\n", "2 certain warning method-denied"],
    ["<If \"%{REQUEST_METHOD} in {'POST', 'PUT'}\">\nDeny from all\n</If>\n", "2 certain warning method-denied"],
    ["<RequireAll>\nRequire all granted\nRequire expr %{REQUEST_METHOD} == 'GET'\n</RequireAll>\n", "3 certain warning method-denied"],
    ["<If \"%{REQUEST_METHOD} == 'POST' && %{HTTP:Origin} == ''\">\nRequire all denied\n</If>\n", "2 possible warning origin-refused"],
    ["RewriteEngine On\nRewriteCond %{HTTP:X-Requested-With} !=XMLHttpRequest\nRewriteRule ^ajax/ - [F]\n", "3 possible warning requested-with-required"],
    ["<If \"%{REQUEST_URI} =~ m#^/api/# && %{HTTP:X-Requested-With} != 'XMLHttpRequest'\">\nRequire all denied\n</If>\n", "2 possible warning requested-with-required"],
  ])("%j", (text, expected) => {
    expect(found("htaccess", `${text}DirectoryIndex index.php\n`)).toEqual([expected]);
  });

  it("a file that the server may not read says nothing of methods", () => {
    const text = "NoSuchWord on\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} !^(GET|HEAD)$\nRewriteRule ^api/ - [F]\nRewriteRule ^api/ index.php [L]\n";
    expect(found("htaccess", text)).toEqual(["1 possible warning broken-htaccess", "4 certain warning method-denied"]);
  });

  it("an address that is shut out with any method is none of the method", () => {
    expect(found("htaccess", "<If \"%{REMOTE_ADDR} == '192.0.2.1'\">\nRequire all denied\n</If>\nDirectoryIndex index.php\n")).toEqual([]);
  });
});

describe("what a refusal by a rule is about", () => {
  const wordpress = "# BEGIN WordPress\nRewriteRule ^index\\.php$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . /index.php [L]\n# END WordPress\n";

  it.each([
    ["a list that excepts known referers", "RewriteCond %{QUERY_STRING} https?: [NC]\nRewriteCond %{HTTP_REFERER} !^https://maps\\.example\nRewriteRule ^ - [F]", "4 certain warning waf-match-too-broad"],
    ["a referer that is asked for", "RewriteCond %{REQUEST_METHOD} POST\nRewriteCond %{REQUEST_URI} wp-comments-post\\.php\nRewriteCond %{HTTP_USER_AGENT} ^$ [OR]\nRewriteCond %{HTTP_REFERER} !example\\.org\nRewriteRule ^ - [F]", "6 certain note referer-required"],
    ["a list that ends in an announcement", "RewriteCond %{HTTP_USER_AGENT} ^Zeus [NC,OR]\nRewriteRule ^ - [F]", "3 certain warning condition-always-holds"],
    ["a list in which one pattern fits all", "RewriteCond %{REQUEST_URI} (;|/|<) [OR]\nRewriteCond %{REQUEST_URI} %00\nRewriteRule ^ - [F]", "4 certain warning condition-always-holds"],
    ["a list of paths", "RewriteCond %{REQUEST_URI} (`|<|>) [OR]\nRewriteCond %{REQUEST_URI} /(login|logout|config)(\\.php)?$\nRewriteRule ^ - [F]", "4 possible warning waf-match-too-broad"],
    ["an interface that is shut", "RewriteRule ^wp-json/ - [F]", "2 certain warning endpoint-closed"],
    ["an interface that is shut to strangers", "RewriteCond %{HTTP_COOKIE} !wordpress_logged_in\nRewriteRule ^wp-json/ - [F]", "3 possible warning endpoint-closed"],
    ["an interface that is shut on purpose", "# Disable the REST API\nRewriteRule ^wp-json/ - [F]", "3 possible warning endpoint-closed"],
    ["what is often shut", "<Files xmlrpc.php>\nRequire all denied\n</Files>", "3 possible note endpoint-closed"],
  ])("%s", (_, rules, expected) => {
    expect(found("htaccess", `RewriteEngine On\n${rules}\n${wordpress}`)).toEqual([expected]);
  });

  it.each([
    ["a folder that is shut behind a condition", "RewriteCond %{HTTP_USER_AGENT} ^Zeus [OR]\nRewriteCond %{HTTP_USER_AGENT} ^Widow\nRewriteRule ^ - [F]"],
    ["a place that is shut by its name", "RewriteRule ^login - [F]"],
    ["a page that is called otherwise now", "RewriteRule ^news-([0-9]+)\\.html?$ /news?id=$1 [R=301,L]"],
    ["slashes too many", "RewriteCond %{THE_REQUEST} \\s/+(.*?)/{2,}([^\\s]*)\nRewriteRule ^ /%1/%2 [R=301,L]"],
    ["a condition before the alternatives", "RewriteCond %{HTTP_USER_AGENT} ^Zeus\nRewriteCond %{REQUEST_URI} ^/closed/ [OR]\nRewriteRule ^ - [F]"],
  ])("nothing about %s", (_, rules) => {
    expect(found("htaccess", `RewriteEngine On\n${rules}\n${wordpress}`)).toEqual([]);
  });

  it.each([
    ["names of software, for all methods that are named", "SetEnvIfNoCase User-Agent ^java unwanted\n<Limit GET POST HEAD>\n<RequireAll>\nRequire all granted\nRequire not env unwanted\n</RequireAll>\n</Limit>\n", "5 certain note waf-match-too-broad"],
    ["an old address with a query", "RewriteEngine On\nRewriteCond %{QUERY_STRING} ^r=page&id=([0-9]+)$\nRewriteRule ^index\\.php$ /page/%1? [R=301,L]\n", "3 possible warning redirect-drops-body"],
  ])("%s", (_, text, expected) => {
    expect(found("htaccess", `${text}${wordpress.replace("\n", "\nRewriteEngine On\n")}`)).toEqual([expected]);
  });

  it("types that are let in leave JSON out", () => {
    const rules = "RewriteCond %{REQUEST_METHOD} POST\nRewriteCond %{HTTP:Content-Type} !^(application/x-www-form-urlencoded|multipart/form-data) [NC]\nRewriteRule ^ - [F]\n";
    const [finding] = findingsIn(loadText("htaccess", `RewriteEngine On\n${rules}${frontController}`));
    expect(finding).toMatchObject({ rule: "content-type-refused", certainty: "certain", witness: { headers: { "content-type": "application/json" } } });
  });
});

describe("filters of what browsers are called", () => {
  const filtered = (rules: string): readonly string[] => found("htaccess", `RewriteEngine On\n${rules}\nRewriteRule ^ - [F]\n${frontController}`);

  it.each([
    ["a sign that stands in all of their names", "RewriteCond %{HTTP_USER_AGENT} (;|<|>) [NC]", ["3 certain warning waf-match-too-broad"]],
    ["brackets", "RewriteCond %{HTTP_USER_AGENT} \\(", ["3 certain warning waf-match-too-broad"]],
    ["signs that stand in none", "RewriteCond %{HTTP_USER_AGENT} (<|>|') [NC]", []],
    ["all but one application", "RewriteCond %{HTTP_USER_AGENT} !ShopApp", []],
    ["one browser of old", "RewriteCond %{HTTP_USER_AGENT} \"MSIE [456];\"", []],
  ])("%s", (_, rules, expected) => {
    expect(filtered(rules)).toEqual(expected);
  });

  it("hide no filter behind them", () => {
    const query = "RewriteCond %{QUERY_STRING} (union|select|set) [NC]\nRewriteRule ^ - [F]\n";
    expect(filtered(`RewriteCond %{HTTP_USER_AGENT} ;\nRewriteRule ^ - [F]\n${query.slice(0, query.indexOf("\n"))}`)).toEqual(["3 certain warning waf-match-too-broad", "5 certain warning waf-match-too-broad"]);
  });

  it.each([
    ["what is done", "(delete|update|create)", ["3 certain warning waf-match-too-broad"]],
    ["where a list begins", "(concat|set)", ["3 certain warning waf-match-too-broad"]],
    ["whole commands", "(delete\\+from|update\\+.*\\+set)", []],
  ])("nor words that a query has for %s", (_, words, expected) => {
    expect(filtered(`RewriteCond %{QUERY_STRING} ${words} [NC]`)).toEqual(expected);
  });
});

describe("redirects of single places", () => {
  const posts = 'Header set Access-Control-Allow-Methods "GET, POST"\n';

  it.each([
    ["of which only what is said of the whole site speaks", "RewriteRule ^shop/shop/(.*)$ /shop/$1 [R=301,L]", "2 possible warning redirect-drops-body"],
    ["whose name speaks of writes", "RewriteRule ^api/api/(.*)$ /api/$1 [R=301,L]", "2 certain warning redirect-drops-body"],
    ["that are scripts", "RewriteRule ^shop/order\\.php$ /shop/new-order.php [R=301,L]", "2 certain warning redirect-drops-body"],
    ["whose endings a comment calls old", "# addresses on the web to the old website\nRewriteCond %{REQUEST_URI} ^([^.]+)\\.php$\nRewriteRule ^ %1 [R=301,L]", "4 possible warning redirect-drops-body"],
    ["whose endings a comment in another language calls old", "# frühere Adressen, veraltet\nRewriteCond %{REQUEST_URI} ^([^.]+)\\.php$\nRewriteRule ^ %1 [R=301,L]", "4 possible warning redirect-drops-body"],
    ["before which an old rule was taken out", "# RewriteRule ^old-page$ /page\nRewriteCond %{REQUEST_URI} ^([^.]+)\\.php$\nRewriteRule ^ %1 [R=301,L]", "4 certain warning redirect-drops-body"],
    ["that have moved, and by their name take writes", "# the old interface\nRewriteRule ^api/v1/(.*)$ /api/v2/$1 [R=301,L]", "3 certain warning redirect-drops-body"],
  ])("%s", (_, rules, expected) => {
    expect(found("htaccess", `RewriteEngine On\n${rules}\n${posts}`)).toEqual([expected]);
  });

  it("with a slash are of paths, where a script that is there is spared", () => {
    const text = "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_URI} !/$\nRewriteRule ^(.*)$ https://%{HTTP_HOST}/$1/ [L,R=301]\n";
    const [finding] = findingsIn(loadText("htaccess", text));
    expect(finding).toMatchObject({ rule: "slash-redirect-drops-body", witness: { path: "/api/orders" } });
  });
});

describe("a redirect to another server", () => {
  const vhost = (text: string): readonly string[] => found("apache", `<VirtualHost *:80>\nServerName a.example\nDocumentRoot /srv/a\nRewriteEngine On\n${text}</VirtualHost>\n`);

  it.each([
    ["of everything, to a host that the path has run into", "Redirect permanent / https://b.example\n", ["5 certain warning redirect-drops-body"]],
    ["of what is read there", "RewriteRule ^/docs/(.+) http://b.example/docs/$1 [R,L]\n", []],
    ["of one of several names", "RewriteCond %{HTTP_HOST} !=b.example\nRewriteRule ^/pages/(.+) http://b.example/pages/$1 [R,L]\n", ["6 certain note redirect-drops-body"]],
    ["of pictures", "RedirectMatch ^/images/logos/(.*) http://b.example/images/logos/$1\n", []],
    ["of an interface", "RewriteRule ^/api/(.+) http://b.example/api/$1 [R,L]\n", ["5 certain note redirect-drops-body"]],
    ["of everything", "RewriteRule ^/(.*) http://b.example/$1 [R,L]\n", ["5 certain note redirect-drops-body"]],
    ["of a script that another server has unless it is here", "RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f\nRewriteRule ^/(.*) http://127.0.0.1:9000/$1 [P]\nRewriteCond %{HTTPS} off\nRewriteRule ^ https://a.example%{REQUEST_URI} [R=301,L]\n", ["8 possible note redirect-drops-body"]],
  ])("%s", (_, text, expected) => {
    expect(vhost(text)).toEqual(expected);
  });
});

describe("a redirect to TLS in a template", () => {
  const vhost = (text: string): readonly string[] => found("apache", `<VirtualHost *:80>\nServerName {{ inventory_hostname }}\nDocumentRoot /srv/a\n${text}\n</VirtualHost>\n`);

  it.each([
    ["of a place, to the name of the server", "Redirect permanent /phpmyadmin https://{{ inventory_hostname }}/phpmyadmin", ["4 certain note redirect-drops-body"]],
    ["by a rule whose tag has blanks", "RewriteEngine On\nRewriteRule ^/(.*)$ https://<%= @virtual_host %>/$1 [L,R=301]", ["5 certain note redirect-drops-body"]],
    ["by a rule whose quoted tag has quotes", "RewriteEngine On\nRewriteRule ^/(.*)$ \"https://{{ hosts['a b'] | default(\"x\") }}/$1\" [L,R=301]", ["5 certain note redirect-drops-body"]],
    ["that keeps method and body", "RewriteEngine On\nRewriteRule ^/(.*)$ https://<%= @virtual_host %>/$1 [L,R=308]", []],
    ["of a place, to another server that has the same over plain HTTP", "Redirect permanent /docs http://{{ other }}/docs", []],
  ])("%s", (_, text, expected) => {
    expect(vhost(text)).toEqual(expected);
  });
});

describe("hosts that a template names", () => {
  const hosts = (...texts: readonly string[]): ReturnType<typeof findingsIn> => findingsIn(loadText("apache", texts.map((text) => `<VirtualHost *:443>\n${text}\n</VirtualHost>\n`).join("")));
  const moved = "RedirectMatch permanent ^/api/(.*) /v2/$1";
  const told = (found: ReturnType<typeof findingsIn>): readonly string[] => found.map(({ at, certainty, rule, witness }) => `${positionAt(at.file, at.start).line} ${certainty} ${rule} ${witness.host}`);

  it("are told apart by what is written", () => {
    expect(told(hosts("ServerName {{ aliases[0] }}\nDocumentRoot /srv/a", `ServerName {{ domain }}\n${moved}`))).toEqual(["7 certain redirect-drops-body domain.example"]);
    expect(told(hosts("ServerName <%= @alias %>.a.example\nDocumentRoot /srv/a", `ServerName <%= @name %>.a.example\n${moved}`))).toEqual(["7 certain redirect-drops-body name.a.example"]);
  });

  it("are one where the same is written", () => {
    expect(told(hosts("ServerName {{ first }}\nDocumentRoot /srv/a", `ServerName {{ domain }}\n${moved}`, `ServerName {{ domain }}\n${moved}`))).toEqual(["7 certain redirect-drops-body domain.example"]);
  });

  it("are those that redirects lead to, or other sites", () => {
    const docs = (to: string): readonly string[] => told(hosts("ServerName {{ first }}\nDocumentRoot /srv/a", `ServerName {{ domain }}\nRedirect permanent /api https://{{ ${to} }}/v1`));
    expect(docs("domain")).toEqual(["7 certain redirect-drops-body domain.example"]);
    expect(docs("other")).toEqual(["7 possible redirect-drops-body domain.example"]);
  });

  it("are known by it where they take what comes under other names, too", () => {
    expect(told(hosts("ServerName {{ domain }}\nRewriteEngine On\nRewriteRule ^/upload/(.*)$ https://b.example/files/$1 [R=302]"))).toEqual(["4 possible redirect-drops-body domain.example"]);
    expect(told(hosts("ServerName a.example\nRewriteEngine On\nRewriteRule ^/upload/(.*)$ https://b.example/files/$1 [R=302]"))).toEqual(["4 possible redirect-drops-body a.example"]);
    expect(told(hosts("ServerName a.example\nRewriteEngine On\nRewriteRule ^/upload/(.*)$ https://a.example/files/$1 [R=302]"))).toEqual(["4 certain redirect-drops-body a.example"]);
  });
});

describe("witnesses", () => {
  it.each([
    ["scheme and path at once", "RewriteCond %{HTTPS} !=on\nRewriteRule ^/?(wp-admin/|wp-login\\.php) https://%{SERVER_NAME}%{REQUEST_URI} [R=301,L]", { scheme: "http", path: "/wp-admin/" }],
    ["scheme and host at once, a host that somebody may have", "RewriteCond %{HTTPS} !=on\nRewriteCond %{HTTP_HOST} ^www\\.(.+)$ [NC]\nRewriteRule ^ http://%1%{REQUEST_URI} [R=301,L]", { scheme: "http", host: "www.example.org" }],
  ])("%s", (_, rules, witness) => {
    const [finding] = findingsIn(loadText("htaccess", `RewriteEngine On\n${rules}\n${frontController}`));
    expect(finding?.witness).toMatchObject(witness);
  });

  it("the first of three words of a redirect is a status, whatever fills it in", () => {
    const [finding] = findingsIn(loadText("apache", '<VirtualHost *:80>\nRedirectMatch {TYPE} "^/(.*)" "https://example.org/$1"\n</VirtualHost>\n'));
    expect(finding).toMatchObject({ certainty: "possible", assumptions: ["what {TYPE} is filled in with"] });
    expect(finding?.witness.path).not.toContain("TYPE");
  });
});
