/** The appearance of a page, changed from outside. */

import type { Page } from "playwright-core";

/** Shows a page in each appearance in turn, then as it was. */
export const inBothThemes = async (page: Page, look: (theme: "dark" | "light") => Promise<void>): Promise<void> => {
  const root = page.locator("html");
  const before = (await root.getAttribute("data-theme")) ?? "dark";
  const show = (theme: string): Promise<void> =>
    root.evaluate((html, name) => html.setAttribute("data-theme", name), theme);
  for (const theme of ["dark", "light"] as const) {
    await show(theme);
    await look(theme);
  }
  await show(before);
};
