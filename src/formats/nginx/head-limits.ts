import type { Condition, Subject } from "../../model/condition.ts";
import { all, always, any, never } from "../../model/condition.ts";
import type { Evidence, Fix, Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { bytesOf } from "./body.ts";
import type { Context } from "./context.ts";
import { evidence, setting } from "./context.ts";
import { refuse } from "./errors.ts";
import type { Listener } from "./listeners.ts";
import type { Site } from "./lowering.ts";
import { use, written } from "./lowering.ts";
import type { Directive } from "./parse.ts";
import { placeOf } from "./rewrite.ts";

const LARGE = 8192;
const FIRST = 1024;
const LINE_END = 2;
const REQUEST_LINE: Template = [...fieldValue("sentMethod"), ...text(" "), ...fieldValue("requestUri"), ...text(" HTTP/1.1\r\n")];

/** The buffers for a request's head: it is read into the first, and a line that does not fit moves to one of `count` others. */
interface Buffers {
  readonly first: number;
  readonly size: number;
  /** Null where only the default of the server is known, which is large enough. */
  readonly count: number | null;
  readonly when: Condition;
  readonly because: readonly [Evidence, ...Evidence[]];
  readonly more: Partial<Pick<Gate, "reason" | "implied" | "fix">>;
}

/**
 * The first is that of the server which begins to read, `from`. Null where a template fills in how large they are, and
 * where nobody knows of a server.
 */
function buffersOf(site: Site, from: Context): Buffers | null {
  const large = setting(site.context, "large_client_header_buffers");
  const small = setting(from, "client_header_buffer_size");
  const first = small === undefined ? FIRST : bytesOf(small.args[0]?.value ?? "");
  if (first === null) return null;
  if (large === undefined) {
    if (site.server.implied) return null;
    return { first, size: LARGE, count: null, when: always, because: [{ at: placeOf(site).at, note: "a line of a request's head has 8 KiB" }], more: { reason: "protocol", implied: true } };
  }
  use(site, large, small);
  const size = bytesOf(large.args[1]?.value ?? "");
  const count = /^\d+$/.exec(large.args[0]?.value ?? "");
  if (size === null || count === null) return null;
  const because: [Evidence, ...Evidence[]] = [evidence(large, "the longest line of a request's head"), ...(small === undefined ? [] : [evidence(small, "the head is read into this first")])];
  return { first, size, count: Number(count[0]), when: written(large), because, more: { reason: "head-size", ...fixOf(large, size) } };
}

/** The buffers nginx takes when nobody says anything. */
function fixOf({ args: [first, last] }: Directive, size: number): { readonly fix?: Fix } {
  if (first === undefined || last === undefined || size >= LARGE) return {};
  const at: Span = { ...first.at, end: last.at.end };
  return { fix: { title: "allow lines of 8 KiB, as nginx does by itself", safe: false, edits: [{ at, text: "4 8k" }] } };
}

function longer(subject: Subject, bytes: number, at: Span): Condition {
  return { kind: "test", subject, transforms: ["length"], operator: { kind: "number", is: ">", value: text(String(bytes)) }, at };
}

/** The request line stands at the beginning of the first buffer, or fits into a large one (ngx_http_alloc_large_header_buffer). */
export function requestLineGates(site: Site, when: Condition): readonly Gate[] {
  const buffers = buffersOf(site, site.context);
  if (buffers === null) return [];
  const { first, size, because, more } = buffers;
  const line = longer({ kind: "text", of: REQUEST_LINE }, Math.max(size, first), because[0].at);
  return refuse(site, { when: all(buffers.when, when, line), status: 414, because, more });
}

/** The `Host` line comes first, so others are read by the settings of the server that answers. */
export function headerLineGates(site: Site, listeners: readonly Listener[]): readonly Gate[] {
  const [one, ...others] = listeners;
  const size = ({ server }: Listener): Directive | undefined => setting(server.context, "client_header_buffer_size");
  const alike = one === undefined || others.every((other) => size(other) === size(one));
  const from = alike ? [{ server: one?.server ?? site.server, when: always }] : listeners;
  return from.flatMap(({ server, when }) => {
    const buffers = buffersOf(site, server.context);
    if (buffers === null) return [];
    const { because, more } = buffers;
    return refuse(site, { when: all(buffers.when, when, any(tooLong(buffers), tooMuch(buffers))), status: 494, because, more });
  });
}

const head: Subject = { kind: "field", field: "head" };

/** A line that begins in the first buffer may end there. */
function tooLong({ first, size, because: [{ at }] }: Buffers): Condition {
  const line = (bytes: number): Condition => longer({ kind: "entries", from: ["headers"], part: "lines" }, bytes - LINE_END, at);
  if (first <= size) return line(size);
  return any(line(first), all(line(size), longer(head, first, at), shared("which lines end in the first buffer", at)));
}

/** No line is torn, so how much the buffers hold together depends on the lines: any two in a row hold more than one. */
function tooMuch({ first, size, count, because: [{ at }] }: Buffers): Condition {
  if (count === null) return never;
  const surely = count % 2 === 0 ? first + (count / 2) * size : ((count + 1) / 2) * size;
  return all(longer(head, Math.max(first, surely), at), any(longer(head, first + count * size, at), shared("how the lines of the request share the buffers", at)));
}

function shared(why: string, at: Span): Condition {
  return { kind: "unknown", key: `${why} ${at.file.path}:${at.start}`, why, reads: ["head"], at };
}
