/** The archive page on the phantom centre. */

import { expect } from "vitest";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

browserTest("every radiograph is in the grid, and the panel tells what is known of it", async () => {
  const page = await workbench.open("/archive");
  const grid = page.getByRole("grid", { name: "Radiographs of the archive" });
  await grid.getByRole("gridcell").first().waitFor();
  await page.getByText(/^\d+ radiographs · \d+ patients$/).waitFor();
  await takeScreenshots(page, "archive-grid");
  await grid.getByRole("gridcell").nth(2).click();
  await page.getByRole("complementary", { name: "Radiograph" }).getByText("All that is known").waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "archive");
  expect(1).toBe(1);
});
