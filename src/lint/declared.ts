import type { Legitimacy } from "../legitimate/derived.ts";
import type { Evidence } from "../model/program.ts";
import type { Request } from "../model/request.ts";

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

/** One request that a declaration stands for. */
export interface DeclaredRequest {
  readonly request: Request;
  readonly legitimacy: Legitimacy;
}
