import { describe, expect, it } from "vitest";
import { positionAt } from "../src/source.ts";
import { findingsIn, loadText } from "./rule-tester.ts";

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
    ["a query may not hold an address", "RewriteCond %{QUERY_STRING} https?: [NC]\nRewriteRule ^ - [F]", "3 certain warning waf-match-too-broad"],
    ["a query may hold ASCII only", "RewriteCond %{QUERY_STRING} %[A-F] [NC]\nRewriteRule ^ - [F]", "3 certain warning waf-match-too-broad"],
    ["programs may not call", "RewriteCond %{HTTP_USER_AGENT} (curl|java|python) [NC]\nRewriteRule ^ - [F]", "3 certain note waf-match-too-broad"],
  ])("%s", (_, rules, expected) => {
    expect(rewriting(rules)).toEqual([expected]);
  });

  it.each([
    ["one old address", "RewriteRule ^donate$ /support [R=301,L]"],
    ["a site that is closed as a whole", "RewriteCond %{REQUEST_URI} !^/closed\\.html$\nRewriteRule ^ /closed.html [R=302,L]"],
    ["one client that nobody ordinary is", "RewriteCond %{HTTP_USER_AGENT} DavClnt\nRewriteRule ^$ /dav/ [R=302,L]"],
  ])("not for %s", (_, rules) => {
    expect(rewriting(rules).filter((one) => one.includes("certain"))).toEqual([]);
  });
});

describe("sections say where their directives apply", () => {
  it("names a place in the opener of its section", () => {
    const text = "<VirtualHost *:80>\nProxyPass / http://127.0.0.1:9000/\n<Location /upload>\nLimitRequestBody 102400\n</Location>\n</VirtualHost>\n";
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
  ])("%j", (text, expected) => {
    expect(found("htaccess", `${text}DirectoryIndex index.php\n`)).toEqual([expected]);
  });

  it("an address that is shut out with any method is none of the method", () => {
    expect(found("htaccess", "<If \"%{REMOTE_ADDR} == '192.0.2.1'\">\nRequire all denied\n</If>\nDirectoryIndex index.php\n")).toEqual([]);
  });
});
