import { describe, expect, it } from "vitest";
import { positionAt } from "../src/source.ts";
import { findingsIn, loadText } from "./rule-tester.ts";

const told = 'Header always set Access-Control-Allow-Headers "Content-Type, Authorization"\n';

function lost(text: string): readonly string[] {
  const found = findingsIn(loadText("apache", `<VirtualHost *:80>\nServerName shop.example\n${text}</VirtualHost>\n`));
  return found.filter(({ rule }) => rule === "credentials-dropped").map(({ at, certainty, arrives }) => `${positionAt(at.file, at.start).line} ${certainty}: ${arrives}`);
}

describe("programs that are told of everything but Authorization", () => {
  const php = '<FilesMatch "\\.php$">\nSetHandler "proxy:unix:/run/php.sock|fcgi://localhost"\n</FilesMatch>\nDocumentRoot /srv/shop\n<Directory /srv/shop>\nRequire all granted\nFallbackResource /index.php\n</Directory>\n';

  it.each([
    ["scripts behind FastCGI", told + php, ["5 possible: arrives without `Authorization`"]],
    ["a program handed on to by ProxyPass", `${told}ProxyPass /api fcgi://127.0.0.1:9000/srv/shop/\n`, ["4 possible: arrives without `Authorization`"]],
    ["a WSGI application", `${told}WSGIScriptAlias / /srv/shop/wsgi.py\n`, ["4 possible: arrives without `Authorization`"]],
    ["scripts of CGI", `${told}DocumentRoot /srv/shop\n<Directory /srv/shop>\nRequire all granted\nOptions +ExecCGI\nAddHandler cgi-script .cgi .pl\nDirectoryIndex index.cgi\n</Directory>\n`, ["8 possible: arrives without `Authorization`"]],
  ])("%s", (_, text, expected) => {
    expect(lost(text)).toEqual(expected);
  });

  it.each([
    ["where it is passed", `${told}${php}CGIPassAuth On\n`],
    ["where a rule puts it into the environment", `${told}${php}RewriteEngine On\nRewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]\n`],
    ["where another line does", `${told}${php}SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1\n`],
    ["where nothing says that anybody sends it", php],
    ["behind a server of HTTP", `${told}ProxyPass /api http://127.0.0.1:9000/\n`],
    ["in scripts that run inside the server", `${told}${php.replace(/SetHandler .*/, "SetHandler application/x-httpd-php")}`],
  ])("not %s", (_, text) => {
    expect(lost(text)).toEqual([]);
  });
});
