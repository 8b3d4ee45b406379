// Compares random configurations and requests with a real server on loopback: `npm run oracle:nginx`, `npm run
// oracle:apache`. ORACLE_SEED=1,2,3 chooses seeds, ORACLE_PAIRS=10000 how many requests each is asked at least. What
// differs is made small, printed, and saved under fixtures/<server>/disagreements/, which the tests replay.
import { spawnSync } from "node:child_process";

const server = process.argv[2] ?? "";
const env = { ...process.env, ORACLE_SEED: process.env.ORACLE_SEED ?? String(Date.now() % 1_000_000), ORACLE_PAIRS: process.env.ORACLE_PAIRS ?? "10000" };
const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", `test/${server}-generated.test.ts`, `test/${server}-oracle.test.ts`], { stdio: "inherit", env });
process.exit(status ?? 1);
