/** Two workbenches that ask each other: cards exchanged on the settings page, answers read on the link page. */

import { generateKeyPairSync } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { CentreSettings } from "../../../src/contract/centres.ts";
import { fingerprintOf, publicKeyOf } from "../../../src/systems/centres/index.ts";
import { centresHome } from "../../support/workbench/centres-home.ts";
import {
  browserTest,
  chromiumPath,
  expectAccessible,
  openPage,
  type PhantomHome,
  type ServerProcess,
  startWorkbench,
  takeScreenshots,
  useWorkbench,
} from "../../support/workbench.ts";

vi.setConfig({ testTimeout: 240_000 });

const workbench = useWorkbench({ home: centresHome });
let other: { readonly server: ServerProcess; readonly phantom: PhantomHome };

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  const phantom = await centresHome();
  other = { phantom, server: await startWorkbench({ home: phantom.home }) };
}, 600_000);
afterAll(async () => {
  await other?.server.stop();
  await other?.phantom.remove();
});

/** What the other centre's administrator does, without a page. */
const atOther = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const { url } = other.server;
  const response = await fetch(new URL(path, url), {
    method,
    headers: { origin: url, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as T;
};

/** Names this centre and says on which terms it answers. */
const setTerms = async (page: Page): Promise<void> => {
  await page.goto(`${workbench.server.url}/settings/server`);
  await page.getByLabel("Name of the centre").fill("Klinikum am Hang");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("link", { name: "Centres" }).click();
  await page.getByText("The card is complete when").waitFor();
  await page.getByLabel("Answer other centres").check();
  await page.getByLabel("Address of this server for other centres").fill(workbench.server.url);
  await page.getByLabel("Contact").fill("tumour board, extension 12");
  await page.getByLabel("Seconds to wait for a centre").fill("60"); // on a machine that does much else
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
};

const addCentre = async (page: Page, card: object, fingerprint: string): Promise<void> => {
  await page.getByRole("button", { name: "Add a centre" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a centre" });
  await dialog.getByLabel("Card of the other centre").fill(JSON.stringify(card));
  await dialog.getByLabel("Fingerprint, as its administrator read it to you").fill(fingerprint);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
};

browserTest("centres exchange cards, and one that was changed on its way does not fit its fingerprint", async () => {
  const page = await workbench.open("/settings/centres", { tolerate: /status of 422/ });
  await page.getByText("No centre is known yet").waitFor();
  await expectAccessible(page);
  await setTerms(page);
  const card = JSON.parse(await page.getByLabel("Card of this centre").inputValue()) as { publicKey: string };

  await atOther("PATCH", "/api/settings", { centre: "Klinik am See" });
  await atOther("PATCH", "/api/centres/policy", {
    answers: true,
    address: other.server.url,
    contact: "Dr. See",
    smallestGroup: 1,
  });
  const theirs = await atOther<CentreSettings>("GET", "/api/centres");
  const fingerprint = fingerprintOf(card.publicKey);
  await page.getByText(fingerprint.match(/.{4}/g)!.join(" ")).waitFor();
  await atOther("POST", "/api/centres", { card, fingerprint });

  const forged = { ...theirs.card, publicKey: publicKeyOf(generateKeyPairSync("ed25519").publicKey) };
  await addCentre(page, forged, theirs.fingerprint);
  await page.getByText("The fingerprint is not that of this card's key").waitFor();
  await page.keyboard.press("Escape");
  await addCentre(page, theirs.card!, theirs.fingerprint.match(/.{4}/g)!.join(" "));
  await page.getByRole("row", { name: /Klinik am See/ }).waitFor();
  await takeScreenshots(page, "centres");
  await expectAccessible(page);

  // One that is never there.
  const dead = { ...theirs.card, name: "Nobody", address: "http://127.0.0.1:1", publicKey: forged.publicKey };
  await addCentre(page, dead, fingerprintOf(dead.publicKey));
  await page.getByRole("row", { name: /Nobody/ }).waitFor();
});

browserTest("a radiograph is asked about by its code, and each centre's answer stands by itself", async () => {
  const page = await workbench.open("/");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page
      .getByRole("button", { name: /Choose files/ })
      .first()
      .click(),
  ]);
  await chooser.setFiles(workbench.phantom.undiagnosed[0]!);
  const centres = page.getByRole("region", { name: "Other centres" });
  await centres.getByText("A code leaves this server: no picture, no name").waitFor();
  await centres.getByRole("button", { name: "Ask 2 other centres" }).click();
  await centres.getByText("2 of 2 have answered or failed").waitFor({ timeout: 120_000 });
  await centres.getByText("Nobody").waitFor();
  await centres.getByText("cannot be reached").waitFor();
  await centres.getByText("Dr. See").waitFor();
  await takeScreenshots(page, "other-centres");
  await expectAccessible(page);
  await page.reload();
  await centres.getByText("Dr. See").waitFor(); // what was answered is kept
});

browserTest("in German too, who may ask is changed", async () => {
  const { page, problems } = await openPage(workbench.browser, { language: "de" });
  await page.goto(`${other.server.url}/settings/centres`);
  await page.getByRole("row", { name: /Klinikum am Hang/ }).waitFor();
  await page.getByRole("button", { name: "Klinikum am Hang ändern" }).click();
  const dialog = page.getByRole("dialog", { name: "Klinikum am Hang ändern" });
  await dialog.getByLabel("Es darf hier fragen").uncheck();
  await dialog.getByRole("button", { name: "Speichern" }).click();
  await page.getByRole("row", { name: /Klinikum am Hang.*nein/ }).waitFor();
  await expectAccessible(page);
  expect(problems).toEqual([]);
  await page.context().close();
});
