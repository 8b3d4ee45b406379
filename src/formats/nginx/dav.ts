import type { Condition } from "../../model/condition.ts";
import { all, any, methodIn, not, test, testText } from "../../model/condition.ts";
import type { Evidence, Gate } from "../../model/program.ts";
import { fieldValue, text } from "../../model/template.ts";
import { chunkedGates } from "./body.ts";
import { evidence, setting, settingValue } from "./context.ts";
import { refuse } from "./errors.ts";
import type { Site } from "./lowering.ts";
import { gate, use } from "./lowering.ts";
import type { Directive } from "./parse.ts";
import { fileOf } from "./values.ts";

/** Where methods of WebDAV are answered, and the questions about the path that decide how. */
interface Dav {
  readonly site: Site;
  readonly directive: Directive;
  readonly folder: Condition;
  readonly onDisk: (as: "file" | "directory" | "any", otherwise: boolean) => Condition;
  /** What the path would lie in. */
  readonly around: (as: "file" | "directory", otherwise: boolean) => Condition;
}

/** Methods of WebDAV that are switched on are answered by that module (ngx_http_dav_handler). */
export function davGates(site: Site): readonly Gate[] {
  const directive = setting(site.context, "dav_methods");
  if (directive === undefined || directive.args[0]?.value === "off") return [];
  use(site, directive, setting(site.context, "create_full_put_path"));
  const dav = davOf(site, directive);
  return [...putGates(dav), ...bodyless(dav), ...deleteGates(dav), ...folderGates(dav), ...copyGates(dav)];
}

function davOf(site: Site, directive: Directive): Dav {
  const at = directive.head;
  const file = fileOf(site, fieldValue("path"));
  const lies = testText(file, { kind: "matches", pattern: "^(.*?)/[^/]*/?$", dotAll: true, captures: "folder around, group ", otherwise: false }, at);
  return {
    site,
    directive,
    folder: test("path", { kind: "endsWith", value: text("/") }, at),
    onDisk: (as, otherwise) => testText(file, { kind: "onDisk", as, otherwise }, at),
    around: (as, otherwise) => all(lies, testText(fieldValue("var:folder around, group 1"), { kind: "onDisk", as, otherwise }, at)),
  };
}

function is({ directive }: Dav, ...methods: readonly string[]): Condition {
  const on = new Set(directive.args.map((word) => word.value.toUpperCase()));
  return methodIn(methods.filter((method) => on.has(method)), directive.head);
}

function because({ directive }: Dav): [Evidence, ...Evidence[]] {
  return [evidence(directive, "answers these methods")];
}

function refused(dav: Dav, when: Condition, status: number): readonly Gate[] {
  return refuse(dav.site, { when, status, because: because(dav), more: { reason: "static-handler" } });
}

function answered(dav: Dav, when: Condition, status: number): Gate {
  return gate(when, { kind: "answer", status }, because(dav));
}

function putGates(dav: Dav): readonly Gate[] {
  const { site, folder, onDisk, around, directive } = dav;
  const put = is(dav, "PUT");
  const creates = settingValue(site.context, "create_full_put_path", "off") === "on";
  return [
    ...refused(dav, all(put, folder), 409),
    ...refused(dav, all(put, test("header:content-range", { kind: "present" }, directive.head)), 501),
    ...chunkedGates(site, "dav").map((one): Gate => ({ ...one, when: all(put, one.when) })),
    ...refused(dav, all(put, onDisk("directory", false)), 409),
    ...(creates ? [] : refused(dav, all(put, not(around("directory", true))), 500)),
    answered(dav, all(put, onDisk("file", false)), 204),
    answered(dav, put, 201),
  ];
}

function bodyless(dav: Dav): readonly Gate[] {
  const at = dav.directive.head;
  const body = any(test("contentLength", { kind: "number", is: ">", value: text("0") }, at), test("header:transfer-encoding", { kind: "present" }, at));
  return refused(dav, all(is(dav, "DELETE", "MKCOL", "COPY", "MOVE"), body), 415);
}

function deleteGates(dav: Dav): readonly Gate[] {
  const { folder, onDisk, around } = dav;
  const deletes = is(dav, "DELETE");
  return [
    ...refused(dav, all(deletes, any(around("file", false), all(not(folder), onDisk("directory", false)))), 409),
    ...refused(dav, all(deletes, not(onDisk("any", true))), 404),
    answered(dav, deletes, 204),
  ];
}

function folderGates(dav: Dav): readonly Gate[] {
  const { folder, onDisk, around } = dav;
  const makes = is(dav, "MKCOL");
  return [
    ...refused(dav, all(makes, not(folder)), 409),
    ...refused(dav, all(makes, onDisk("any", false)), 405),
    ...refused(dav, all(makes, not(around("directory", true))), 409),
    answered(dav, makes, 201),
  ];
}

function copyGates(dav: Dav): readonly Gate[] {
  const copies = is(dav, "COPY", "MOVE");
  return [...refused(dav, all(copies, not(test("header:destination", { kind: "present" }, dav.directive.head))), 400), answered(dav, copies, 201)];
}
