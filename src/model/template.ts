import type { Field } from "./field.ts";

/** One piece of a value that is put together while a request is decided. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly field: Field }
  /** Something only the running server knows; equal keys stand for equal values. */
  | { readonly kind: "unknown"; readonly key: string };

/** A value in a configuration: literal text with fields and unknown pieces in between. */
export type Template = readonly Part[];

/** What a template comes to. An unknown value keeps its known text, with `gap` where a piece is missing. */
export type Value = string | Unknown;
export interface Unknown {
  readonly key: string;
  readonly text: string;
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
  for (const part of template) {
    const value = partValue(part, read);
    if (typeof value === "string") {
      whole += value;
      key += value;
    } else {
      whole += value.text;
      key += `{${value.key}}`;
    }
  }
  return whole.includes(gap) ? { key, text: whole } : whole;
}

function partValue(part: Part, read: (field: Field) => Value): Value {
  if (part.kind === "text") return part.text;
  if (part.kind === "field") return read(part.field);
  return { key: part.key, text: gap };
}
