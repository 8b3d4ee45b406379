import type { Root } from "../formats/format.ts";
import type { DeclaredPost } from "../lint/declared.ts";
import type { Severity } from "../lint/finding.ts";

/** What a project says about itself. */
export interface Config {
  /** Severities by rule id. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Patterns in gitignore syntax, relative to the folder of the configuration. */
  readonly ignore: readonly string[];
  readonly posts: readonly DeclaredPost[];
  /** Local folders as written: relative to the folder of the configuration. */
  readonly docroot: readonly Root[];
  readonly includeRoots: readonly Root[];
}

/** A project that says nothing. */
export const emptyConfig: Config = { rules: {}, ignore: [], posts: [], docroot: [], includeRoots: [] };

/** `method-denied=warning` as the command line and the action take it; null when it is no such pair. */
export function severityPair(text: string): readonly [rule: string, severity: Severity | "off"] | null {
  const [, rule, severity] = /^([^=]+)=(error|warning|note|off)$/.exec(text) ?? [];
  return rule === undefined ? null : [rule, severity as Severity | "off"];
}

/** A server path without a slash at its end, and its local folder. */
export function rootOf(server: string, local: string): Root {
  return { server: server === "/" ? "/" : server.replace(/\/+$/, ""), local };
}
