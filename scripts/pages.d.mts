/** One thing that a server does, and how far it is followed. */
export type Row = Readonly<Record<string, unknown>> & { readonly of: string; readonly what: string; readonly how: string; readonly id?: string; readonly rule?: string };

/** A format whose coverage is written down. */
export interface Covered {
  readonly id: string;
  readonly sure: readonly string[];
  readonly unsure: readonly string[];
  readonly tests: string;
  readonly why: string;
}

export const formats: readonly Covered[];

/** The page about a format: one table for each group of rows. */
export function pageOf(format: Covered, rows: readonly Row[]): string;

/** The rows about a format. */
export function rowsOf(format: Covered): readonly Row[];
