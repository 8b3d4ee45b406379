import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { apache } from "../src/formats/apache/index.ts";
import { noServer } from "./apache-process.ts";
import { treeOf } from "./rule-tester.ts";

const root = path.resolve(import.meta.dirname, "../../shared/corpus/apache/certbot__certbot/certbot/src/certbot/_internal/tests/plugins/apache/apache-conf-files");
const modules = "/etc/apache2/mods-available";
const skipped = noServer ?? (existsSync(root) ? (existsSync(modules) ? null : "skipped: no list of its modules") : "skipped: no such files beside the repository");

/** Files of which the installed server thinks otherwise, and why. */
const otherwise = new Map([
  ["multivhost-1093.conf", "mod_fcgid is not installed"],
  ["multivhost-1093b.conf", "mod_fcgid is not installed"],
  ["section-continuations-2525.conf", "addresses of RemoteIPInternalProxy are not read"],
]);

/** Directives about what only another machine has on its disk, or of modules that are not installed. */
const ofAnotherMachine = /^[ \t]*(SSLCertificate\w*|SSLCACertificate\w*|SSLCARevocation\w*|Include(Optional)?|SuexecUserGroup|WSGI\w+)\b.*/gim;

/** Modules that exclude each other, or ask for more than a configuration. */
const leftOut = /^(mpm_(?!event)|authn_core|authz_core|lua|php|heart|md|lbmethod|wsgi|dialup|auth_openidc|example)/;

const run = promisify(execFile);
const folder = skipped === null ? mkdtempSync(path.join(tmpdir(), "grammar-")) : "";

function modulesLoaded(): string {
  const names = ["mpm_event", "authn_core", "authz_core", ...readdirSync(modules).sort().flatMap((name) => (name.endsWith(".load") && !leftOut.test(name) ? [name.slice(0, -".load".length)] : []))];
  const lines = names.flatMap((name) => readFileSync(path.join(modules, `${name}.load`), "utf8").split("\n").filter((line) => /^\s*LoadModule/.test(line)));
  return [...new Set(lines)].join("\n");
}

async function acceptedByServer(name: string, text: string): Promise<boolean> {
  const file = path.join(folder, name);
  mkdirSync(path.join(folder, "logs"), { recursive: true });
  writeFileSync(file, text);
  const included = name.endsWith(".htaccess") ? `<Directory ${folder}>\nInclude ${file}\n</Directory>` : `Include ${file}`;
  const main = path.join(folder, `${name}.main`);
  writeFileSync(main, `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:9\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log\n${modulesLoaded()}\n${included}\n`);
  try {
    await run("apache2", ["-t", "-f", main], { env: { ...process.env, APACHE_LOG_DIR: folder, APACHE_RUN_DIR: folder } });
    return true;
  } catch {
    return false;
  }
}

function acceptedHere(name: string, text: string): boolean {
  const file = { path: name, text };
  const { units, problems } = apache.load([file], treeOf([file]));
  const refused = units.some(({ program }) => Object.values(program.stages).some((stage) => stage.some(({ chains }) => chains.some(({ gates }) => gates.some(({ reason }) => reason === "unreadable-configuration")))));
  return problems.length === 0 && !refused;
}

/** Without the end of its last section; those that are decided while reading may end with the file. */
function withoutLastEnd(text: string): string {
  const [last = ""] = text.match(/^[ \t]*<\/(?!If)\w+>/gim)?.slice(-1) ?? [];
  const end = text.lastIndexOf(last);
  return last === "" ? `${text}\n<Files a>\n` : text.slice(0, end) + text.slice(end + last.length);
}

describe.skipIf(skipped !== null)(`what a parser ought to read (${skipped ?? "put to the installed Apache"})`, () => {
  const names = skipped === null ? ["passing", "failing"].flatMap((kind) => readdirSync(path.join(root, kind)).map((name) => [name, kind] as const)) : [];

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(names)("%s", { timeout: 30_000 }, async (name, kind) => {
    const text = readFileSync(path.join(root, kind, name), "utf8").replace(ofAnotherMachine, "#");
    const agrees = (await acceptedByServer(name, text)) === acceptedHere(name, text);
    expect(agrees).toBe(!otherwise.has(name));
    const broken = withoutLastEnd(text);
    expect([await acceptedByServer(name, broken), acceptedHere(name, broken)]).toEqual([false, false]);
  });

  test("files of which the server thinks otherwise are still there", () => {
    expect([...otherwise.keys()].filter((name) => names.every(([one]) => one !== name))).toEqual([]);
  });
});
