import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bundle, files, runNode } from "./bundle.ts";

/** A virtual host and what lies under its document root, in one tree. */
const tree = {
  "httpd.conf": `<VirtualHost *:80>
  ServerName shop.example
  DocumentRoot /srv/shop
  <Directory /srv/shop>
    Require all granted
    AllowOverride All
  </Directory>
</VirtualHost>
`,
  "public/.htaccess": "RewriteEngine On\nRewriteRule ^closed\\.php$ - [F]\n",
  "public/index.php": "",
  "public/sub/.htaccess": "Require all denied\n",
  "public/sub/index.php": "",
};

describe("a mapped document root", () => {
  let cli = "";
  beforeAll(() => {
    cli = join(bundle(), "cli.cjs");
  });
  const traced = (path: string, ...options: readonly string[]): string => {
    const { out } = runNode(cli, ["trace", "POST", `http://shop.example${path}`, ".", "--format", "json", ...options], { cwd: files(tree) });
    const { outcome, status } = JSON.parse(out) as { outcome: string; status: number | null };
    return `${outcome} ${status}`;
  };
  const docroot = ["--docroot", "/srv/shop=public"];

  it("brings its .htaccess files to the virtual host, those of folders too", () => {
    expect([traced("/index.php", ...docroot), traced("/closed.php", ...docroot), traced("/sub/index.php", ...docroot)]).toEqual(["reached null", "refused 403", "refused 403"]);
  });

  it("makes what is missing there absent for certain", () => {
    expect(traced("/missing.php", ...docroot)).toBe("refused 404");
  });
});
