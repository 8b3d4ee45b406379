import { writeFileSync } from "node:fs";
import { messageOf, UsageError } from "./usage.ts";

/** Where the text goes, and how it may look. */
export interface Output {
  readonly color: boolean;
  readonly width: number;
  write(text: string): void;
}

interface OutputOptions {
  readonly outputFile?: string | undefined;
  /** Undefined: as the terminal and the environment say. */
  readonly color?: boolean | undefined;
}

const ordinaryWidth = 100;

/** Standard output, or a file. Colours follow the options, then NO_COLOR and FORCE_COLOR, then the terminal. */
export function outputTo({ outputFile, color }: OutputOptions): Output {
  if (outputFile === undefined) {
    const width = process.stdout.isTTY ? Math.max(process.stdout.columns, 60) : ordinaryWidth;
    return { color: color ?? colorByEnvironment(), width, write: (text) => void process.stdout.write(text) };
  }
  const write = (text: string): void => {
    try {
      writeFileSync(outputFile, text);
    } catch (error) {
      throw new UsageError(`cannot write ${outputFile}: ${messageOf(error)}; give another --output-file`);
    }
  };
  return { color: color ?? false, width: ordinaryWidth, write };
}

function colorByEnvironment(): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return process.stdout.isTTY && TERM !== "dumb";
}

/** A line about the run itself. */
export function say(line: string): void {
  process.stderr.write(`postlint: ${line}\n`);
}

/** What escaped every check is a fault of ours, and says so. */
export function crash(error: unknown): void {
  say(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
}
