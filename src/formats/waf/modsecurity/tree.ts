import type { Span } from "../../../source.ts";
import type { Text } from "./lex.ts";

/** `ARGS`, `&REQUEST_HEADERS:Host`, `!ARGS:/^x/`. Names are in upper case. */
export interface Variable {
  readonly name: string;
  readonly mode: "add" | "remove" | "count";
  readonly selector: { readonly text: string; readonly regex: boolean } | null;
  readonly span: Span;
}

/** `!@rx pattern`. Names are in lower case; a text without `@` is `rx`. */
export interface Operator {
  readonly name: string;
  readonly negated: boolean;
  readonly argument: Text;
  readonly span: Span;
}

/** `setvar:'tx.score=+5'`. Names are in lower case; `value` is null for a bare word. */
export interface Action {
  readonly name: string;
  readonly value: Text | null;
  readonly span: Span;
}

/** A SecRule with the rules chained to it, or a SecAction (no variables and no operator). */
export interface Rule {
  readonly kind: "rule";
  readonly span: Span;
  readonly variables: readonly Variable[];
  readonly operator: Operator | null;
  readonly actions: readonly Action[];
  readonly links: readonly Rule[];
}

/** Any other directive. Names are in lower case. */
export interface Setting {
  readonly kind: "setting";
  readonly span: Span;
  readonly name: string;
  readonly arguments: readonly Text[];
}

/** An Apache section around rules: `<LocationMatch "^/admin">`. Names are in lower case. */
export interface Section {
  readonly kind: "section";
  readonly span: Span;
  readonly name: string;
  readonly arguments: readonly Text[];
  readonly directives: readonly Directive[];
}

export type Directive = Rule | Setting | Section;
