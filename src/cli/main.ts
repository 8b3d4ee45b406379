import { crash } from "./output.ts";
import { run } from "./run.ts";

// Whoever reads our output may stop reading: `postlint | head`.
process.stdout.on("error", () => process.exit());

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    crash(error);
    process.exitCode = 2;
  },
);
