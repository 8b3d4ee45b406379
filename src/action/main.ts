import { crash } from "../cli/output.ts";
import { runAction } from "./run.ts";

runAction(process.env, (line) => process.stdout.write(`${line}\n`)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    crash(error);
    process.exitCode = 2;
  },
);
