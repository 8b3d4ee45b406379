import type { ErrorObject } from "ajv";
import { isMap, parseDocument, type Document } from "yaml";
import { didYouMean } from "../did-you-mean.ts";
import type { DeclaredPost } from "../lint/declared.ts";
import type { Parsed, Problem, SourceFile, Span } from "../source.ts";
import { emptyConfig, rootOf, type Config } from "./config.ts";
import schema from "./schema.json" with { type: "json" };
import { validate } from "./validator.ts";

/** A configuration as it is written, once it is known to fit the schema. */
interface Written extends Partial<Pick<Config, "rules" | "ignore">> {
  readonly posts?: readonly (Omit<DeclaredPost, "method" | "at"> & { readonly method?: string })[];
  readonly docroot?: Readonly<Record<string, string>>;
  readonly includeRoots?: Readonly<Record<string, string>>;
}

type Path = readonly (string | number)[];

/** Reads a configuration in YAML or JSON. With problems, the tree is the empty configuration. */
export function parseConfig(file: SourceFile, ruleIds: readonly string[]): Parsed<Config> {
  const document = parseDocument(file.text, { prettyErrors: false, logLevel: "silent" });
  const broken = document.errors.map((error): Problem => ({ code: "config-syntax", message: error.message, at: { file, start: error.pos[0], end: error.pos[1] } }));
  if (broken.length > 0) return { tree: emptyConfig, problems: broken };
  const { written, why } = toPlain(document);
  if (why !== null) return { tree: emptyConfig, problems: [{ code: "config-syntax", message: why, at: rangeSpan(document.contents, file) }] };
  if (written === null || written === undefined) return { tree: emptyConfig, problems: [] };
  if (!isWritten(written)) {
    const problems = (validate.errors ?? []).flatMap((error) => problemOf(error, document, file));
    return { tree: emptyConfig, problems: problems.sort((a, b) => a.at.start - b.at.start) };
  }
  const problems = strangers(written, ruleIds, document, file);
  return { tree: problems.length > 0 ? emptyConfig : configOf(written, document, file), problems };
}

function isWritten(data: unknown): data is Written {
  return validate(data);
}

/** Aliases that do not exist, or that grow without bound, show only here. */
function toPlain(document: Document): { readonly written: unknown; readonly why: string | null } {
  try {
    return { written: document.toJS(), why: null };
  } catch (error) {
    return { written: null, why: error instanceof Error ? error.message : String(error) };
  }
}

function configOf(written: Written, document: Document, file: SourceFile): Config {
  const roots = (folders: Readonly<Record<string, string>> = {}): Config["docroot"] => Object.entries(folders).map(([server, local]) => rootOf(server, local));
  return {
    rules: written.rules ?? {},
    ignore: written.ignore ?? [],
    posts: (written.posts ?? []).map((post, index): DeclaredPost => {
      const method = post.method ?? "POST";
      return { ...post, method, at: { at: spanOf(["posts", index], document, file), note: `${file.path} declares ${method} ${post.url}` } };
    }),
    docroot: roots(written.docroot),
    includeRoots: roots(written.includeRoots),
  };
}

function strangers(written: Written, ruleIds: readonly string[], document: Document, file: SourceFile): readonly Problem[] {
  const unknown = Object.keys(written.rules ?? {}).filter((id) => !ruleIds.includes(id));
  return unknown.map((id) => ({
    code: "config-unknown-rule",
    message: `there is no rule \`${id}\`${didYouMean(id, ruleIds)}`,
    at: keySpan(["rules"], id, document, file),
  }));
}

/** An error of the validator, in words and with its place. */
function problemOf(error: ErrorObject, document: Document, file: SourceFile): readonly Problem[] {
  const path = error.instancePath.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const name = path.length === 0 ? "the configuration" : `\`${path.join(".")}\``;
  const key: unknown = error.params["additionalProperty"] ?? error.params["propertyName"];
  if (error.keyword === "additionalProperties" && typeof key === "string") {
    return [{ code: "config-unknown-key", message: `unknown key \`${key}\`${didYouMean(key, keysAt(path))}`, at: keySpan(path, key, document, file) }];
  }
  // Comes with an error of the key's own pattern, which says more.
  if (error.keyword === "propertyNames") return [];
  if (error.propertyName !== undefined) {
    return [{ code: "config-invalid", message: `\`${error.propertyName}\` is not an absolute path of the server`, at: keySpan(path, error.propertyName, document, file) }];
  }
  if (error.keyword === "pattern") return [{ code: "config-invalid", message: `${name} must begin with http://, https:// or /`, at: spanOf(path, document, file) }];
  const allowed = error.keyword === "enum" ? `: ${(error.params["allowedValues"] as readonly unknown[]).join(", ")}` : "";
  return [{ code: "config-invalid", message: `${name} ${error.message ?? "is not valid"}${allowed}`, at: spanOf(path, document, file) }];
}

/** Keys the schema knows at a place. */
function keysAt(path: Path): readonly string[] {
  return Object.keys(path[0] === "posts" ? schema.properties.posts.items.properties : schema.properties);
}

function spanOf(path: Path, document: Document, file: SourceFile): Span {
  const node = path.length === 0 ? document.contents : document.getIn(path.map(step), true);
  return rangeSpan(node, file);
}

function keySpan(path: Path, key: string, document: Document, file: SourceFile): Span {
  const map = path.length === 0 ? document.contents : document.getIn(path.map(step), true);
  const pair = isMap(map) ? map.items.find((item) => String(item.key) === key) : undefined;
  return rangeSpan(pair?.key, file);
}

function step(part: string | number): string | number {
  return typeof part === "string" && /^\d+$/.test(part) ? Number(part) : part;
}

function rangeSpan(node: unknown, file: SourceFile): Span {
  const range = typeof node === "object" && node !== null && "range" in node ? (node.range as readonly [number, number, number] | null) : null;
  return { file, start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}
