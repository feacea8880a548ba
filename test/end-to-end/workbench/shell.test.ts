/** The frame of the workbench. */

import { expect } from "vitest";
import { browserTest, expectAccessible, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

browserTest("the pages have a frame in the browser's language", async () => {
  const page = await workbench.open("/archive", { language: "de" });
  await page.getByRole("navigation", { name: "Seiten" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  await expectAccessible(page);
});
