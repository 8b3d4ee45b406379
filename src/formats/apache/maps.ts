import { createHash } from "node:crypto";
import { always, testText } from "../../model/condition.ts";
import type { Case } from "../../model/program.ts";
import type { Part, Template } from "../../model/template.ts";
import { literal, text } from "../../model/template.ts";
import type { Transform } from "../../model/transform.ts";
import type { Span } from "../../source.ts";
import type { Statement } from "./expand.ts";

/** One RewriteMap: lines of a file, a function of the server, or something that only the server can ask. */
type RewriteMap =
  | { readonly kind: "entries"; readonly entries: readonly (readonly [key: string, value: string])[] }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "unknown" };

/** The maps that rules of a host may ask, and what comes of asking them. */
export interface Maps {
  /** Null where nobody knows what maps there are. */
  readonly known: ReadonlyMap<string, RewriteMap> | null;
  /** The answers, by the variables that stand for them. */
  readonly answers: Map<string, readonly Case[]>;
  readonly at: Span;
}

/** What reading maps takes. */
export interface MapReading {
  readonly read: (path: string) => string | null;
  /** All of the configuration was read: other maps than those there are not. */
  readonly complete: boolean;
  readonly answers: Map<string, readonly Case[]>;
}

/** Answers of maps stand for nothing where no rule is lowered. */
export function noMaps(at: Span): Maps {
  return { known: null, answers: new Map(), at };
}

/** The maps that these statements define. */
export function mapsOf(statements: readonly Statement[], { read, complete, answers }: MapReading, at: Span): Maps {
  const lines = statements.filter(({ node }) => node.key === "rewritemap");
  const known = new Map(lines.map(({ node }) => [node.args[0]?.value ?? "", mapOf(node.args[1]?.value ?? "", read)] as const));
  return { known: complete || known.size > 0 ? known : null, answers, at };
}

function mapOf(source: string, read: MapReading["read"]): RewriteMap {
  const [kind = "", place = ""] = source.split(/:(.*)/s);
  if (kind === "int") return { kind: "function", name: place };
  const lines = kind === "txt" || kind === "rnd" ? read(place) : null;
  if (lines === null) return { kind: "unknown" };
  const entries = entriesOf(lines);
  // One of several values is chosen by chance.
  return kind === "rnd" && entries.some(([, value]) => value.includes("|")) ? { kind: "unknown" } : { kind: "entries", entries };
}

/** Lines that begin with a blank or `#` are passed over, and so is what follows a value. */
function entriesOf(lines: string): readonly (readonly [string, string])[] {
  return lines.split("\n").flatMap((line) => {
    const [, key = "", value = ""] = /^([^#\s]\S*)\s+(\S+)/.exec(line) ?? [];
    return value === "" ? [] : [[key, value] as const];
  });
}

/** What `${name:key|otherwise}` comes to. */
export function answerOf({ known, answers, at }: Maps, name: string, key: Template, otherwise: Template): Template {
  const map = known === null ? undefined : (known.get(name) ?? { kind: "entries" as const, entries: [] });
  const unknown: Part = { kind: "unknown", key: `\${${name}:${JSON.stringify(key)}}` };
  if (map === undefined || map.kind === "unknown") return [unknown];
  if (map.kind === "function") {
    const plain = literal(key);
    const result = plain === null ? null : called(map.name, plain);
    return result === null ? [unknown] : text(result);
  }
  const cases = [...map.entries.map(([one, value]): Case => ({ when: testText(key, { kind: "equals", value: text(one) }, at), value: text(value) })), { when: always, value: otherwise }];
  const id = `map.${createHash("sha1").update(JSON.stringify([name, key, otherwise, map.entries])).digest("hex").slice(0, 12)}`;
  answers.set(id, cases);
  return [{ kind: "field", field: `var:${id}` }];
}

function called(name: string, of: string): string | null {
  if (name === "tolower") return of.toLowerCase();
  if (name === "toupper") return of.toUpperCase();
  return name === "escape" && /^[\w./-]*$/.test(of) ? of : null;
}

/** The transform that a map is, where it is a function that tests know. */
export function transformOf({ known }: Maps, name: string): Transform | null {
  const map = known?.get(name);
  if (map?.kind !== "function") return null;
  return map.name === "tolower" ? "lowercase" : map.name === "toupper" ? "uppercase" : null;
}
