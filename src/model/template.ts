import type { Field } from "./field.ts";

/** One piece of a value that is put together while a request is decided. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly field: Field }
  /** Something only the running server knows; equal keys stand for equal values. */
  | { readonly kind: "unknown"; readonly key: string };

/** A value in a configuration: literal text with fields and unknown pieces in between. */
export type Template = readonly Part[];

/** What only the running server can answer. Equal keys have equal answers within one request. */
export interface Question {
  readonly key: string;
  /** What it is, in words that end the sentence "depends on ...". */
  readonly why: string;
  /** The answer where one has to be taken. */
  readonly usually?: boolean;
}

/** What a template comes to. An unknown value keeps its known text, with `gap` where a piece is missing. */
export type Value = string | Unknown;
export interface Unknown {
  readonly key: string;
  readonly text: string;
  /** The question whose answer leads on to the value, where it is one that can be supposed. */
  readonly behind?: Question;
}

/** Stands for a piece nobody knows before the server runs. */
export const gap = "\uFFFD";

/** A template that is nothing but text. */
export function text(value: string): Template {
  return [{ kind: "text", text: value }];
}

/** A template that reads one field. */
export function fieldValue(field: Field): Template {
  return [{ kind: "field", field }];
}

/** The literal text of a template that has no other part, else null. */
export function literal(template: Template): string | null {
  let whole = "";
  for (const part of template) {
    if (part.kind !== "text") return null;
    whole += part.text;
  }
  return whole;
}

/** Joins the values of a template's parts. */
export function render(template: Template, read: (field: Field) => Value): Value {
  let whole = "";
  let key = "";
  let behind: Question | undefined;
  for (const part of template) {
    const value = partValue(part, read);
    if (typeof value === "string") {
      whole += value;
      key += value;
    } else {
      whole += value.text;
      key += `{${value.key}}`;
      behind ??= value.behind;
    }
  }
  if (!whole.includes(gap)) return whole;
  return behind === undefined ? { key, text: whole } : { key, text: whole, behind };
}

function partValue(part: Part, read: (field: Field) => Value): Value {
  if (part.kind === "text") return part.text;
  if (part.kind === "field") return read(part.field);
  return { key: part.key, text: gap };
}
