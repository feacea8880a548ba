import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "web/src/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    env: { ORT_DISABLE_TELEMETRY: "1" }, // of threads that tests start; see src/engine/no-telemetry.ts
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } }, // what is waited for comes within it on a busy machine too
  },
});
