import type { Environment } from "./environment.ts";
import type { Program } from "./program.ts";
import type { Request } from "./request.ts";
import type { Value } from "./template.ts";

/** The state of one course of events while a request is decided. */
export interface World {
  readonly program: Program;
  readonly request: Request;
  readonly environment: Environment;
  method: string;
  path: Value;
  query: Value;
  readonly variables: Map<string, Value>;
  /** Unknown conditions this course takes to hold, or not to hold. */
  readonly assumed: Map<string, boolean>;
}

/** An independent copy: what happens to one is not seen by the other. */
export function copyWorld<W extends World>(world: W): W {
  return { ...world, variables: new Map(world.variables), assumed: new Map(world.assumed) };
}
