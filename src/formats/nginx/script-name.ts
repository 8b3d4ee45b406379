import { always, test, testText } from "../../model/condition.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { setting } from "./context.ts";
import type { Site } from "./lowering.ts";

/** Where the path is split: the definitions hold what is before, what is behind, and the script with its index. */
function names(site: Site): { readonly script: string; readonly rest: string; readonly whole: string } {
  const split = setting(site.context, "fastcgi_split_path_info")?.args[0];
  const index = setting(site.context, "fastcgi_index")?.args[0];
  const script = `script of a path${split === undefined ? "" : ` split by ${split.value}`}`;
  return { script, rest: `${script}, what follows`, whole: `${script}, or ${index?.value ?? "nothing"} in a folder` };
}

function define(site: Site, at: Span): void {
  const { low, context } = site;
  const { script, rest, whole } = names(site);
  const split = setting(context, "fastcgi_split_path_info")?.args[0];
  const index = setting(context, "fastcgi_index")?.args[0]?.value ?? "";
  const [group, own] = [`${script}, group `, fieldValue(`var:${script}`)];
  const matches = split === undefined ? [] : [test("path", { kind: "matches", pattern: split.value, captures: group }, split.at)];
  const folder = testText(own, { kind: "endsWith", value: text("/") }, at);
  low.definitions[script] ??= [...matches.map((when) => ({ when, value: fieldValue(`var:${group}1`) })), { when: always, value: fieldValue("path") }];
  low.definitions[rest] ??= [...matches.map((when) => ({ when, value: fieldValue(`var:${group}2`) })), { when: always, value: [] }];
  low.definitions[whole] ??= [{ when: folder, value: index === "" ? own : [...own, ...text(index)] }, { when: always, value: own }];
  for (const name of [script, rest, whole]) low.volatile.add(name);
}

/** `$fastcgi_script_name`: the path, or its first part, with the index file where it names a folder (ngx_http_fastcgi_split). */
export function scriptName(site: Site): Template {
  const at = site.context.opener?.head;
  if (at === undefined) return fieldValue("path");
  define(site, at);
  return fieldValue(`var:${names(site).whole}`);
}

/** `$fastcgi_path_info`: what follows the script; nothing where the path is not split. */
export function pathInfo(site: Site): Template {
  const at = site.context.opener?.head;
  if (at === undefined) return [];
  define(site, at);
  return fieldValue(`var:${names(site).rest}`);
}
