import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    // Real servers and child processes share the machine: more workers make them wait for each other.
    maxWorkers: 2,
  },
});
