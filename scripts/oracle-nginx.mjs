// Compares random nginx configurations and requests with a real nginx on loopback: `npm run oracle:nginx`.
// ORACLE_SEED=1,2,3 chooses seeds, ORACLE_PAIRS=10000 how many requests each is asked at least. What differs is made
// small, printed, and saved under fixtures/nginx/disagreements/, which the tests replay.
import { spawnSync } from "node:child_process";

const env = { ...process.env, ORACLE_SEED: process.env.ORACLE_SEED ?? String(Date.now() % 1_000_000), ORACLE_PAIRS: process.env.ORACLE_PAIRS ?? "10000" };
const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "test/nginx-generated.test.ts", "test/nginx-oracle.test.ts"], { stdio: "inherit", env });
process.exit(status ?? 1);
