/** Accounts in a home for tests, made before the server starts, and logging in at a page. */

import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Role } from "../../../src/contract/roles.ts";
import { hashPassword } from "../../../src/server/access/passwords.ts";
import { addAccount, openHome } from "../../../src/store/index.ts";

/** The password of every account here. */
export const testPassword = "a quiet reading room";

/** Adds accounts whose logins and names say their role: `viewer`, `annotator`, ... */
export const addTestAccounts = async (home: string, roles: readonly Role[]): Promise<void> => {
  const opened = await openHome(home, { command: "test", create: true, since: new Date().toISOString() });
  try {
    for (const role of roles) {
      await addAccount(opened.database, {
        id: randomUUID(),
        login: role,
        name: `The ${role}`,
        role,
        createdAt: new Date(),
        proof: { passwordHash: await hashPassword(testPassword) },
      });
    }
  } finally {
    await opened.close();
  }
};

/** Logs in at the login page that is shown, by keyboard. */
export const logInAt = async (page: Page, login: string, password = testPassword): Promise<void> => {
  await page.getByLabel("Login", { exact: true }).waitFor();
  await page.getByLabel("Login", { exact: true }).fill(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
};
