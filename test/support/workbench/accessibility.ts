/** Whether a page keeps to WCAG 2.2 AA, as far as axe can tell. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { inBothThemes } from "./theme.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with each place where the page as it is now breaks a rule, in the dark and in the light appearance. */
export const expectAccessible = async (page: Page): Promise<void> => {
  await page.evaluate(axeSource);
  await inBothThemes(page, async (theme) => {
    const found = await page.evaluate(async (values) => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
      const { violations } = await axe.run({
        runOnly: { type: "tag", values },
        rules: { "target-size": { enabled: true } },
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
      );
    }, tags);
    expect(found, `in the ${theme} appearance`).toEqual([]);
  });
};
