import { existsSync, readdirSync, readFileSync } from "node:fs";
import { modsecurity } from "../src/formats/waf/modsecurity/index.ts";
import type { Loaded, Tree } from "../src/formats/format.ts";
import type { Program } from "../src/model/program.ts";
import { ordinaryPost, type Request } from "../src/model/request.ts";

const recommendedPath = "/etc/modsecurity/modsecurity.conf-recommended";
export const coreRules = "/usr/share/modsecurity-crs/rules";

/** Whether Debian's recommended configuration and its Core Rule Set 3.3 are installed. */
export const hasCoreRules = existsSync(recommendedPath) && existsSync(coreRules);

/** Debian's recommended configuration, with the engine on. */
export function recommended(): string {
  return readFileSync(recommendedPath, "utf8").replace("SecRuleEngine DetectionOnly", "SecRuleEngine On");
}

/** The files of this machine, and `/srv/rules/recommended.conf`. */
export const diskTree: Tree = {
  read: (path) => {
    if (path === "/srv/rules/recommended.conf") return { path, text: recommended() };
    return existsSync(path) ? { path, text: readFileSync(path, "utf8") } : null;
  },
  list: (pattern) => {
    const [, folder = "", name = ""] = /^(.*)\/([^/]*)$/.exec(pattern) ?? [];
    const wanted = new RegExp(`^${name.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
    return existsSync(folder) ? readdirSync(folder).filter((file) => wanted.test(file)).sort().map((file) => `${folder}/${file}`) : [];
  },
};

export const emptyTree: Tree = { read: () => null, list: () => [] };

export function loadText(text: string, tree: Tree = emptyTree): Loaded {
  return modsecurity.load([{ path: "rules.conf", text }], tree);
}

/** The one program of a rules text. */
export function programOf(text: string, tree: Tree = emptyTree): Program {
  const [unit] = loadText(text, tree).units;
  if (unit === undefined) throw new Error("no unit");
  return unit.program;
}

/** A POST of a body; a content type of null sends none. */
export function post(target: string, body: string, type: string | null = "application/x-www-form-urlencoded", changes: Partial<Request> = {}): Request {
  const [path = "/", ...query] = target.split("?");
  const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", accept: "*/*" };
  return ordinaryPost({
    host: "www.example.com",
    path,
    query: query.join("?"),
    body,
    bodyBytes: Buffer.byteLength(body),
    headers: type === null ? headers : { ...headers, "content-type": type },
    ...changes,
  });
}

/** A multipart body, and its content type. */
export function multipart(...parts: readonly { readonly name: string; readonly value: string; readonly file?: string }[]): readonly [body: string, type: string] {
  const boundary = "----edge7MA4";
  const text = parts.map(({ name, value, file }) => {
    const head = `Content-Disposition: form-data; name="${name}"${file === undefined ? "" : `; filename="${file}"\r\nContent-Type: text/plain`}`;
    return `--${boundary}\r\n${head}\r\n\r\n${value}\r\n`;
  });
  return [`${text.join("")}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`];
}
