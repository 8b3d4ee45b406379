/** The run cannot start or go on: the message is one line that names the next step, the exit code is 2. */
export class UsageError extends Error {}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
