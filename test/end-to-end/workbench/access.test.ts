/** Logging in and out, accounts and the audit log, in the browser and as a user meets them. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { startIdentityProvider } from "../../support/identity-provider.ts";
import { addTestAccounts, logInAt, testPassword } from "../../support/workbench/accounts.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const provider = await startIdentityProvider({
  greta: { name: "Greta Sommer", preferred_username: "greta", groups: ["tumour board"] },
  otto: { name: "Otto Fremd", preferred_username: "otto", groups: ["canteen"] },
});
const folder = await mkdtemp(join(tmpdir(), "osteon-access-"));
const accessFile = join(folder, "access.json");
await writeFile(join(folder, "secret.txt"), `${provider.clientSecret}\n`);
await writeFile(
  accessFile,
  JSON.stringify({
    singleSignOn: {
      issuer: provider.issuer,
      clientId: provider.clientId,
      clientSecretFile: "secret.txt",
      label: "Hospital login",
      scope: "openid profile groups",
      roleClaim: "groups",
      roles: { "tumour board": "annotator" },
    },
  }),
);
afterAll(async () => {
  await provider.close();
  await rm(folder, { recursive: true, force: true });
});

const workbench = useWorkbench({
  args: ["--accounts", "--access", accessFile],
  prepare: ({ home }) => addTestAccounts(home, ["administrator", "viewer"]),
});

const refusals = /status of 40[13]/; // the browser writes down what the server refuses

browserTest("nobody gets in with a wrong password; the right one leads to the page that was asked for", async () => {
  const page = await workbench.open("/settings/own", { tolerate: refusals });
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  expect(await page.title()).toBe("Log in – Osteon");
  await expectAccessible(page);
  await takeScreenshots(page, "login");
  await logInAt(page, "viewer", "something else entirely");
  await page.getByRole("alert").getByText("Login or password is wrong.").waitFor();
  await expectAccessible(page);
  await expect.poll(() => page.evaluate("document.activeElement.name")).toBe("password");
  await page.keyboard.type(testPassword);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/settings/own");
  await page.getByRole("link", { name: "The viewer" }).waitFor();
  expect(await page.evaluate("document.cookie")).toBe(""); // no script reads the session
});

browserTest("the login page speaks German", async () => {
  const page = await workbench.open("/archive", { language: "de" });
  await page.getByRole("heading", { name: "Anmelden" }).waitFor();
  await page.getByLabel("Benutzername").fill("viewer");
  await page.getByLabel("Passwort").fill(testPassword);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.getByRole("button", { name: "Abmelden" }).waitFor();
});

browserTest("a person comes in by the centre's login, to the page that was asked for", async () => {
  const page = await workbench.open("/settings/own", { tolerate: /favicon/ }); // the provider has none
  await page.getByRole("link", { name: "Hospital login" }).click();
  await page.getByRole("link", { name: "Greta Sommer" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/settings/own");
  await page.getByText("Annotator").waitFor();
});

browserTest("who has no role here is told so in German", async () => {
  const page = await workbench.open("/archive", { language: "de", tolerate: /favicon/ });
  await page.getByRole("link", { name: "Hospital login" }).click();
  await page.getByRole("link", { name: "Otto Fremd" }).click();
  await page.getByRole("alert").getByText("Sie haben hier keine Rolle").waitFor();
  await expectAccessible(page);
});

browserTest("who logs out is out, also in a second window", async () => {
  const page = await workbench.open("/settings", { tolerate: refusals });
  await logInAt(page, "viewer");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  const second = await page.context().newPage();
  await second.goto(page.url());
  await second.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  await second.reload();
  await second.getByRole("heading", { name: "Log in" }).waitFor();
});

browserTest("a viewer has no settings but the own ones", async () => {
  const page = await workbench.open("/settings/audit", { tolerate: refusals });
  await logInAt(page, "viewer");
  await page.waitForURL("**/settings/own");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  expect(await page.getByRole("link", { name: "Audit log" }).count()).toBe(0);
});

browserTest("an administrator adds somebody, who logs in, and shuts them out again at once", async () => {
  const page = await workbench.open("/settings/users");
  await logInAt(page, "administrator");
  await page.getByRole("button", { name: "Add an account" }).click();
  const dialog = page.getByRole("dialog", { name: "A new account" });
  await dialog.getByLabel("Name").fill("Dr. Berta Vogel");
  await dialog.getByLabel("Login").fill("viewer");
  await dialog.getByLabel("Role").selectOption("Annotator");
  await dialog.getByLabel("Password").fill("short");
  await dialog.getByRole("button", { name: "Add an account" }).click();
  await dialog.getByText("This login is taken.").waitFor();
  await dialog.getByText("At least 12 signs").waitFor();
  await expectAccessible(page);
  await dialog.getByLabel("Login").fill("berta");
  await dialog.getByRole("button", { name: "Suggest one" }).click();
  const password = await dialog.getByLabel("Password").inputValue();
  await dialog.getByRole("button", { name: "Add an account" }).click();
  await dialog.waitFor({ state: "detached" });
  const row = page.getByRole("row", { name: /Dr. Berta Vogel/ });
  await row.getByText("never").waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "users");

  const bertas = await workbench.open("/settings", { tolerate: refusals });
  await logInAt(bertas, "berta", password);
  await bertas.getByRole("link", { name: "Dr. Berta Vogel" }).waitFor();

  await row.getByRole("button", { name: "Change Dr. Berta Vogel" }).click();
  await page.getByRole("checkbox", { name: "May log in" }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await row.getByText("disabled").waitFor();
  await bertas.reload();
  await bertas.getByRole("heading", { name: "Log in" }).waitFor();
  await logInAt(bertas, "berta", password);
  await bertas.getByText("Login or password is wrong.").waitFor();
});

browserTest("the last administrator cannot be shut out", async () => {
  const page = await workbench.open("/settings/users");
  await logInAt(page, "administrator");
  await page.getByRole("button", { name: "Change The administrator" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("This is the only administrator").waitFor();
  expect(await dialog.getByLabel("Role").isDisabled()).toBe(true);
  expect(await dialog.getByRole("checkbox").isDisabled()).toBe(true);
});

browserTest("the audit log tells who came in and who was refused, is filtered, exported, and holds", async () => {
  const page = await workbench.open("/settings/audit", { context: { acceptDownloads: true } });
  await logInAt(page, "administrator");
  const table = page.getByRole("table");
  await table.getByText("added account").first().waitFor();
  await page.getByLabel("Outcome").selectOption("failed");
  await expect.poll(() => table.getByText("added account").count()).toBe(0);
  await table.getByText("logged in").first().waitFor();
  await page.getByLabel("Outcome").selectOption("all");
  await page.getByLabel("Person").selectOption("The viewer");
  await table.getByText("The viewer").first().waitFor();
  await expect.poll(() => table.getByText("The administrator").count()).toBe(0);
  await page.getByLabel("From").fill("2000-01-01");
  await page.getByLabel("Until").fill("2000-01-02");
  await page.getByText("No entry matches").waitFor();
  await page.getByLabel("From").fill("");
  await page.getByLabel("Until").fill("");
  await page.getByLabel("Person").selectOption("all");
  await page.getByRole("button", { name: "Verify the chain" }).click();
  await page.getByText(/The chain holds over all \d+ entries/).waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "audit");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export as CSV" }).click(),
  ]);
  const lines = (await readFile((await download.path())!, "utf8")).trim().split("\n");
  expect(lines[0]).toBe("number,at,person,name,action,subject,address,outcome,hash");
  expect(lines.length).toBeGreaterThan(10);
});
