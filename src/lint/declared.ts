import type { Evidence } from "../model/program.ts";

/** A POST that somebody says must work. */
export interface DeclaredPost {
  readonly method: string;
  /** Absolute, or a path that every host must take. */
  readonly url: string;
  readonly contentType?: string;
  readonly bytes?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly groups?: readonly string[];
  readonly scopes?: readonly string[];
  /** Where it is declared. */
  readonly at?: Evidence;
}
