/** `npm test`: types, lint and format, then every test; the last line reads `N passed, N failed`. */
import { spawnSync } from "node:child_process";
import { startVitest } from "vitest/node";

const checks: readonly (readonly [string, readonly string[]])[] = [
  ["tsc", ["--noEmit"]],
  ["tsc", ["--noEmit", "--project", "web"]],
  ["biome", ["check", "--error-on-warnings", "."]],
  ["npm", ["run", "build:web", "--silent"]],
];
let passed = 0;
let failed = 0;
const failures: string[] = [];
for (const [command, args] of checks) {
  const line = [command, ...args].join(" ");
  console.log(`> ${line}`);
  if (spawnSync(command, args, { stdio: "inherit" }).status === 0) passed += 1;
  else {
    failed += 1;
    failures.push(line);
  }
}

const filters = process.argv.slice(2);
const vitest = await startVitest("test", filters, { run: true, watch: false });
await vitest.close();
if (vitest.state.getTestModules().length === 0) {
  console.error(`No test file has "${filters.join('" or "')}" in its path.`);
  failed += 1;
}
let skipped = 0;
for (const module of vitest.state.getTestModules()) {
  if (!module.ok() && [...module.children.allTests("failed")].length === 0) failed += 1; // the file itself did not load
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === "passed") passed += 1;
    else if (state === "failed") {
      failed += 1;
      failures.push(`${module.relativeModuleId}: ${test.fullName}`);
    } else skipped += 1;
  }
}
if (vitest.state.getUnhandledErrors().length > 0) failed += 1;
for (const failure of failures) console.log(`Failed: ${failure}`); // whoever sees only the end of a log sees these
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
