/** Pictures of pages for a person to look at; taken only where the environment names a folder for them. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { inBothThemes } from "./theme.ts";

const folder = process.env.OSTEON_SCREENSHOTS;

const sizes = { "": [1280, 720], "-4k": [3840, 2160] } as const;

/** Nobody compares these pictures, so that a fixed time will do: after another size, what comes into sight is fetched first. */
const settle = async (page: Page): Promise<void> => {
  await page.waitForTimeout(1000);
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as { document: { images: Iterable<{ complete: boolean }> } };
    return [...document.images].every(({ complete }) => complete);
  });
};

/** `workbench-NAME.png` in the dark, `workbench-NAME-light.png` in the light appearance, and both as `NAME-4k`. */
export const takeScreenshots = async (page: Page, name: string): Promise<void> => {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize()!;
  for (const [suffix, [width, height]] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height });
    await inBothThemes(page, async (theme) => {
      await settle(page);
      const mark = theme === "light" ? "-light" : "";
      await page.screenshot({ path: join(folder, `workbench-${name}${suffix}${mark}.png`) });
    });
  }
  await page.setViewportSize(before);
};
