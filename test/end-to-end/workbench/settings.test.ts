/** The settings: one's own and the server's. */

import { expect } from "vitest";
import { addTestAccounts, logInAt, testPassword } from "../../support/workbench/accounts.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench({
  args: ["--accounts"],
  prepare: ({ home }) => addTestAccounts(home, ["administrator", "researcher"]),
});

browserTest("the centre's name that is set stands on every page, also after a restart", async () => {
  const page = await workbench.open("/settings/server", { tolerate: /ERR_|Failed to load/ });
  await logInAt(page, "administrator");
  await page.getByLabel("Name of the centre").fill("Klinikum am Hang");
  await page.getByLabel("Log out after minutes without use").fill("45");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("banner").getByText("Klinikum am Hang").waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "server-settings");
  await workbench.server.kill();
  await workbench.restart();
  await page.reload();
  await page.getByRole("banner").getByText("Klinikum am Hang").waitFor();
  await expect.poll(() => page.getByLabel("Log out after minutes without use").inputValue()).toBe("45");
});

browserTest("a number outside of what the server takes is not sent", async () => {
  const page = await workbench.open("/settings/server");
  await logInAt(page, "administrator");
  await page.getByLabel("Jobs at the same time").fill("99");
  await page.getByRole("button", { name: "Save" }).click();
  const isInvalid = await page.getByLabel("Jobs at the same time").evaluate((field) => field.matches(":invalid"));
  expect(isInvalid).toBe(true);
  expect(await page.getByText("Saved.").count()).toBe(0);
});

browserTest("who changes the password stays, the other sessions end, and only the new one counts", async () => {
  const next = "a window to the north";
  const other = await workbench.open("/settings", { tolerate: /status of 401/ });
  await logInAt(other, "researcher");
  const page = await workbench.open("/settings", { tolerate: /status of 401/ });
  await logInAt(page, "researcher");
  await page.getByRole("heading", { name: "Where you are logged in" }).waitFor();
  await expect.poll(() => page.getByRole("button", { name: /End the session/ }).count()).toBe(1);
  await page.getByLabel("Current password").fill("not this one");
  await page.getByLabel("New password", { exact: true }).fill(next);
  await page.getByLabel("New password again").fill("another one");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The two new passwords are not the same.").waitFor();
  await page.getByLabel("New password again").fill(next);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The current password is wrong.").waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "own-settings");
  await page.getByLabel("Current password").fill(testPassword);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The password is changed.").waitFor();

  await other.getByRole("button", { name: "Log out everywhere" }).click();
  await other.getByRole("heading", { name: "Log in" }).waitFor();
  await logInAt(other, "researcher", next);
  await other.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: /End the session/ }).click();
  await expect.poll(() => page.getByRole("button", { name: /End the session/ }).count()).toBe(0);
});

browserTest("language and appearance are chosen in the settings too, and the frame follows", async () => {
  const page = await workbench.open("/settings");
  await logInAt(page, "administrator");
  const main = page.getByRole("main");
  await main.getByLabel("Appearance").selectOption("Light");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("light");
  expect(await page.getByRole("banner").getByLabel("Appearance").inputValue()).toBe("light");
  await main.getByLabel("Language").selectOption("Deutsch");
  await page.getByRole("heading", { name: "Einstellungen", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Tastenkürzel anzeigen" }).click();
  await page.getByRole("dialog", { name: "Tastenkürzel" }).waitFor();
});
