import type { Problem } from "../../source.ts";
import type { Enclosing } from "./allowed.ts";
import { mayStand } from "./allowed.ts";
import type { LocationName } from "./location-name.ts";
import { locationName } from "./location-name.ts";
import type { Directive, NginxFile, Node } from "./parse.ts";

/**
 * What keeps nginx from starting, as far as one file shows it: directives in blocks that may not hold them, locations
 * outside the one around them or written twice, rates that are none, and limits that name no zone. What a template may leave out is not judged,
 * nor is what stands around the file.
 */
export function faultsOf({ nodes }: NginxFile): readonly Problem[] {
  return [...faultsIn(nodes, null, null)].map(({ directive, message }): Problem => ({ code: "server-does-not-start", message, at: directive.head }));
}

interface Fault {
  readonly directive: Directive;
  readonly message: string;
}

/** `enclosing` is null at the beginning of a file. */
function* faultsIn(nodes: readonly Node[], enclosing: Enclosing | null, outer: Directive | null): Iterable<Fault> {
  const directives = nodes.filter((node) => node.kind === "directive");
  yield* locationFaults(directives, outer);
  // One of several with the same fault is enough.
  const told = new Set<string>();
  for (const directive of directives) {
    const name = directive.name.value;
    if (directive.conditional || directive.name.template) continue;
    if (enclosing !== null && outer !== null && !told.has(name) && !mayStand(name, enclosing) && !(enclosing === "server" && isOfStream(outer))) {
      told.add(name);
      yield { directive, message: `\`${name}\` is not allowed in ${place[enclosing]}` };
    }
    const rate = name === "limit_req_zone" ? directive.args.find(({ value, template }) => !template && value.startsWith("rate=") && !isRate(value)) : undefined;
    if (rate !== undefined) yield { directive, message: `\`${rate.value}\` is no rate: \`r/s\` and \`r/m\` are the units` };
    const limit = limitFault(directive);
    if (limit !== null) yield { directive, message: limit };
    const inner = directive.block === null ? null : enclosingOf(name, enclosing);
    if (inner !== null) yield* faultsIn(directive.block ?? [], inner, directive);
  }
}

const place: Readonly<Record<Enclosing, string>> = {
  http: "`http`",
  server: "a `server`",
  location: "a `location`",
  if: "an `if`",
  "server if": "an `if` of a server",
  "location if": "an `if` of a location",
  limit_except: "`limit_except`",
};

function enclosingOf(name: string, outer: Enclosing | null): Enclosing | null {
  if (name === "if") return outer === "server" ? "server if" : outer === "location" ? "location if" : "if";
  return name === "http" || name === "server" || name === "location" || name === "limit_except" ? name : null;
}

/** A server without locations may be one of the module stream, which hands on connections. */
function isOfStream({ name, block }: Directive): boolean {
  return name.value === "server" && !(block ?? []).some((node) => node.kind === "directive" && /^(?:location|root|index|try_files|if|add_header|error_page)$/.test(node.name.value));
}

/** ngx_http_limit_req and ngx_http_limit_conn: neither can be switched off. */
function limitFault({ name: { value: name }, args }: Directive): string | null {
  if (args.some(({ template }) => template)) return null;
  const words = [name, ...args.map(({ raw }) => raw)].join(" ");
  if (name === "limit_req" && !args.some(({ value }) => /^zone=./.test(value))) return `\`${words}\` names no zone`;
  if (name === "limit_conn" && !(args.length === 2 && /^0*[1-9]\d*$/.test(args[1]?.value ?? ""))) return `\`${words}\` names no zone and number`;
  return null;
}

function isRate(value: string): boolean {
  return /^rate=0*[1-9]\d*(?:r\/[sm])?$/.test(value);
}

/** ngx_http_core_location and ngx_http_join_exact_locations. */
function* locationFaults(directives: readonly Directive[], outer: Directive | null): Iterable<Fault> {
  const around = outer?.name.value === "location" ? nameOf(outer) : null;
  const seen = new Set<string>();
  for (const directive of directives) {
    const name = directive.name.value === "location" && directive.block !== null ? nameOf(directive) : null;
    if (name === null || directive.conditional) continue;
    const own = name.word.value;
    const misplaced = around === null ? null : misplacedIn(name, around);
    if (misplaced !== null) yield { directive, message: misplaced };
    if (name.kind === "regex" || name.kind === "named") continue;
    const key = `${name.kind === "exact" ? "=" : ""} ${own}`;
    if (seen.has(key)) yield { directive, message: `\`location ${own}\` is written twice` };
    seen.add(key);
  }
}

/** The name of a location; null where a template writes it. */
function nameOf(directive: Directive): LocationName | null {
  return directive.args.some(({ template }) => template) ? null : locationName({ opener: directive });
}

function misplacedIn(name: LocationName, around: LocationName): string | null {
  const [own, outer] = [name.word.value, around.word.value];
  if (around.kind === "exact") return `\`location ${own}\` cannot be inside \`location = ${outer}\``;
  if (around.kind === "named") return `\`location ${own}\` cannot be inside \`location ${outer}\``;
  if (name.kind === "named") return `\`location ${own}\` can stand in servers only`;
  return name.kind === "regex" || own.startsWith(outer) ? null : `\`location ${own}\` is outside \`location ${outer}\` around it`;
}
