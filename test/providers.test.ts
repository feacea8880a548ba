/** WebGPU against the processor, on SwiftShader, the software Vulkan driver that Debian's chromium brings along. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ProviderComparison } from "./support/compare-providers.ts";

const chromium = "/usr/lib/chromium";
const driver = join(chromium, "vk_swiftshader_icd.json");

/** Runs the comparison under an environment that lets it find the driver, and Vulkan's own library where there is no other. */
const compareWithWebGpu = (): Promise<ProviderComparison> =>
  new Promise((resolve, reject) => {
    const libraries = [process.env.LD_LIBRARY_PATH, chromium].filter(Boolean).join(delimiter);
    const program = join(import.meta.dirname, "support", "compare-providers.ts");
    const child = spawn(process.execPath, [program, "webgpu"], {
      env: { ...process.env, VK_DRIVER_FILES: driver, XDG_RUNTIME_DIR: "/tmp", LD_LIBRARY_PATH: libraries },
    });
    let [output, remarks] = ["", ""];
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      remarks += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(JSON.parse(output) as ProviderComparison);
      else reject(new Error(`The comparison ended with ${signal ?? code}: ${remarks}`));
    });
  });

/** The largest difference, relative to the root mean square. */
const difference = (actual: readonly number[], expected: readonly number[]): number => {
  expect(actual).toHaveLength(expected.length);
  const rootMeanSquare = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / rootMeanSquare;
};

if (!existsSync(driver)) test.skip(`WebGPU agrees with the processor (skipped: there is no ${driver})`);
else {
  describe("WebGPU", () => {
    let comparison: ProviderComparison;

    beforeAll(async () => {
      comparison = await compareWithWebGpu();
    }, 400_000);

    test.each([
      "two steps of SGD",
      "two updates of AdamW on two batches each",
      "a ResNet-18's forward pass",
      "a grouped transposed convolution",
    ])("agrees with the processor in %s", (name) => {
      const { cpu, webgpu } = comparison.figures[name]!;
      const wrong = Object.entries(cpu!)
        .map(([tensor, values]) => [tensor, difference(webgpu![tensor]!, values)] as const)
        .filter(([, error]) => !(error < 1e-3));
      expect(Object.keys(cpu!).length).toBeGreaterThan(0);
      expect(Object.fromEntries(wrong)).toEqual({});
    });

    test.each(["cpu", "webgpu"])(
      "gives max pooling's gradient to the first of equal values, in the form of %s",
      (form) => {
        const { cpu, webgpu } = comparison.figures[`max pooling's gradient in the form of ${form}`]!;
        expect(webgpu).toEqual(cpu);
      },
    );

    test.each(["Conv", "ConvTranspose", "BatchNormalization", "MaxPool", "Gemm", "ReduceSum"])(
      "runs %s itself in a training step",
      (operator) => {
        expect(comparison.placement[operator]).toEqual(["WebGpuExecutionProvider"]);
      },
    );
  });
}
