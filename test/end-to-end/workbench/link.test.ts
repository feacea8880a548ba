/** The Link page in a browser: radiographs in, their precedents out, looked at, compared and printed. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { expect, vi } from "vitest";
import type { LinkAnswer, QuerySummary } from "../../../src/contract/queries.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

vi.setConfig({ testTimeout: 240_000 }); // radiographs are drawn by the CPU here: long on a machine that does much else

const workbench = useWorkbench();

/** What is the case before long, on a machine that does much else. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 });

/** Puts a file in by the page's own dialog and waits until it is seen. */
const choose = async (page: Page, file: string): Promise<void> => {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page
      .getByRole("button", { name: /Choose files|Add radiographs/ })
      .first()
      .click(),
  ]);
  await chooser.setFiles(file);
  await radiograph(page).waitFor();
};

/** The radiographs that are drawn. */
const radiograph = (page: Page): Locator => page.locator('section[data-state="shown"]');

const link = async (page: Page): Promise<LinkAnswer> => {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith("/link") && one.request().method() === "POST"),
    page.getByRole("button", { name: /^Link/ }).click(),
  ]);
  const answer = (await response.json()) as LinkAnswer;
  await page
    .locator("button[data-rank]")
    .nth(answer.neighbours.length - 1)
    .waitFor();
  return answer;
};

/** What the functions that run in the page use of it. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): { getImageData(...area: number[]): { readonly data: Uint8ClampedArray } };
}
interface Browser {
  getComputedStyle(element: unknown): { getPropertyValue(name: string): string };
}

/** Mean grey of a drawn radiograph, and how many greys it has. */
const greys = (page: Page, index = 0): Promise<{ mean: number; distinct: number }> =>
  page
    .locator("canvas.cornerstone-canvas")
    .nth(index)
    .evaluate((element) => {
      const canvas = element as unknown as Canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set<number>();
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) {
        sum += data[i]!;
        seen.add(data[i]!);
      }
      return { mean: sum / (data.length / 4), distinct: seen.size };
    });

/** A property of the style that an element has in the end. */
const styleOf = (element: Locator, property: string): Promise<string> =>
  element.evaluate(
    (one, name) => (globalThis as unknown as Browser).getComputedStyle(one).getPropertyValue(name),
    property,
  );

/** Waits until the drawn radiograph's mean grey is another one, and gives it. */
const changed = async (page: Page, before: number): Promise<number> => {
  let mean = before;
  await soon(async () => {
    ({ mean } = await greys(page));
    return Math.abs(mean - before);
  }).toBeGreaterThan(0.5);
  return mean;
};

const drag = async (
  page: Page,
  part: Locator,
  [from, to]: readonly [readonly [number, number], readonly [number, number]],
) => {
  const { x, y, width, height } = (await part.boundingBox())!;
  await page.mouse.move(x + from[0] * width, y + from[1] * height);
  await page.mouse.down();
  await page.mouse.move(x + ((from[0] + to[0]) / 2) * width, y + ((from[1] + to[1]) / 2) * height);
  await page.mouse.move(x + to[0] * width, y + to[1] * height);
  await page.mouse.up();
};

browserTest(
  "a radiograph is chosen, windowed, marked and linked, and its precedents are framed as they vote",
  async () => {
    const page = await workbench.open("/link");
    await page.getByText("Drop radiographs here").waitFor();
    await expectAccessible(page);
    const file = workbench.phantom.undiagnosed.at(-1)!;
    await choose(page, file);
    await page.getByText(basename(file)).waitFor();

    await soon(async () => (await greys(page)).distinct).toBeGreaterThan(50);
    const plain = await greys(page);
    await drag(page, radiograph(page), [
      [0.5, 0.5],
      [0.5, 0.7],
    ]);
    const windowed = await changed(page, plain.mean);
    await page.keyboard.press("i");
    await changed(page, windowed);
    await page.keyboard.press("0");
    await soon(async () => (await greys(page)).mean).toBeCloseTo(plain.mean, 0);

    await page.getByLabel("Coverage").selectOption("0.8"); // the home's network was kept from few
    const answer = await link(page);
    expect(answer.neighbours).toHaveLength(5);
    const cards = page.locator("button[data-rank]");
    for (const [i, neighbour] of answer.neighbours.entries()) {
      const card = cards.nth(i);
      expect(await card.getAttribute("data-frame")).toBe(neighbour.agrees ? "agrees" : "differs");
      const votes = answer.known && neighbour.label !== null;
      expect(neighbour.agrees).toBe(votes ? neighbour.label === answer.vote?.label : null);
      const text = await card.textContent();
      expect(text).toContain(neighbour.label ?? neighbour.entity ?? "No label");
      if (neighbour.ageYears !== null) expect(text).toContain(`${neighbour.ageYears} years`);
      if (neighbour.site !== null) expect(text).toContain(neighbour.site);
      expect(await styleOf(card, "border-top-width")).toBe(neighbour.agrees ? "4px" : "1px");
      if (neighbour.agrees) expect(await styleOf(card, "border-top-color")).toBe("rgb(76, 203, 138)");
    }
    const target = page.locator('button[data-frame="target"]');
    expect(await styleOf(target, "border-top-width")).toBe("4px");
    expect(await styleOf(target, "border-top-color")).toBe("rgb(255, 255, 255)");
    const verdict = page.getByRole("region", { name: "Answer" });
    if (answer.known && answer.vote) {
      const count = answer.vote.votes.find(({ label }) => label === answer.vote!.label)!.count;
      const voters = answer.vote.votes.reduce((sum, vote) => sum + vote.count, 0);
      await verdict.getByText(`${count} of ${voters} neighbours`).waitFor();
    } else await verdict.getByText(/No close precedent|No vote/).waitFor();
    const { prediction, references } = answer;
    await verdict.getByRole("heading", { name: /(Cannot|Nothing can) be ruled out \(80% coverage\)/ }).waitFor();
    const named = await verdict.getByRole("listitem").allTextContents();
    for (const { label } of prediction!.labels) expect(named.some((text) => text.startsWith(label))).toBe(true);
    await verdict.getByText(`At least 80% of new patients like the ${prediction!.patients} past ones`).waitFor();
    await verdict.getByText(/^Only patients with a final diagnosis, from before/).waitFor();
    expect(references.before).not.toBeNull();
    await expectAccessible(page);
    await takeScreenshots(page, "link");
  },
);

browserTest("the lesion's box is drawn by mouse, moved by keys and numbers, kept, and deleted", async () => {
  const page = await workbench.open("/link");
  await choose(page, workbench.phantom.undiagnosed[1]!);
  await page.getByRole("button", { name: "Lesion box" }).click();
  await drag(page, radiograph(page), [
    [0.45, 0.4],
    [0.55, 0.6],
  ]);
  const box = page.getByRole("group", { name: /^Lesion box/ });
  await box.waitFor();
  const left = page.getByLabel("Left", { exact: true });
  const width = page.getByLabel("Width", { exact: true });
  const [x, w] = [Number(await left.inputValue()), Number(await width.inputValue())];
  await box.focus();
  await page.keyboard.press("ArrowRight");
  await soon(async () => Number(await left.inputValue())).toBeGreaterThan(x);
  await page.keyboard.press("Shift+ArrowRight");
  await soon(async () => Number(await width.inputValue())).toBeGreaterThan(w);
  const kept = page.waitForResponse((one) => one.url().endsWith("/box") && one.ok());
  await left.fill("20");
  await kept;
  await page.reload();
  await radiograph(page).waitFor();
  expect(await left.inputValue()).toBe("20");
  await box.focus();
  await page.keyboard.press("Delete");
  await box.waitFor({ state: "detached" });

  await page.keyboard.press("b"); // without a mouse
  await page.keyboard.press("Enter");
  await box.waitFor();
  await page.keyboard.press("r");
  await page.keyboard.press("Enter");
  await page.getByText(/^[\d.,]+ mm$/).waitFor();
  await expectAccessible(page);
});

browserTest("two radiographs are compared side by side, with what makes them similar, by the keyboard", async () => {
  const page = await workbench.open("/link");
  await choose(page, workbench.phantom.undiagnosed[2]!);
  const answer = await link(page);
  await page.locator("main").press("2");
  await radiograph(page).nth(1).waitFor();
  expect(await page.getByLabel("Right").inputValue()).toBe("2");
  const second = answer.neighbours[1]!;
  const course = page.getByRole("region", { name: "Neighbour 2" });
  await course.getByText(second.patient).waitFor();
  for (const { final } of second.course.cases) if (final) await course.getByText(final.entity).first().waitFor();

  for (const side of [0, 1]) await soon(async () => (await greys(page, side)).distinct).toBeGreaterThan(50);
  const [left, right] = [await greys(page, 0), await greys(page, 1)];
  await page.keyboard.press("i");
  await changed(page, left.mean);
  await soon(async () => Math.abs((await greys(page, 1)).mean - right.mean)).toBeGreaterThan(0.5);
  await page.keyboard.press("0");

  await page.keyboard.press("h");
  await page
    .getByText(/cosine/)
    .first()
    .waitFor();
  const maps = page.locator("section[data-state] canvas:not(.cornerstone-canvas)");
  await soon(() => maps.count()).toBe(2);
  expect(await page.locator("section[data-state] svg path[data-level]").count()).toBeGreaterThan(2); // for grey monitors
  await page.getByLabel("Opacity").fill("0.2");
  await soon(() => styleOf(maps.first(), "opacity")).toBe("0.2");
  await page.getByLabel("Opacity").fill("0.55");
  await expectAccessible(page);
  await takeScreenshots(page, "compare");
  await page.locator("main").press("Escape");
  await soon(() => radiograph(page).count()).toBe(1);
});

browserTest("of a neighbour all radiographs are looked at, and what the reports say is read", async () => {
  const page = await workbench.open("/link");
  await choose(page, workbench.phantom.undiagnosed[0]!);
  await page.getByLabel("Neighbours", { exact: true }).fill("9");
  await page.getByLabel("only with a final diagnosis").uncheck();
  await page.getByLabel("only from before this radiograph").uncheck();
  await page.getByLabel("Coverage").selectOption("0.8");
  const answer = await link(page);
  expect(answer.references).toMatchObject({ earlier: false, final: false });
  expect(answer.wish.coverage).toBe(0.8);
  await page.getByText("All patients count as past patients").waitFor();

  const { rank, others } = answer.neighbours.find((neighbour) => neighbour.others.length > 0)!;
  await page.locator("main").press(String(rank));
  const course = page.getByRole("region", { name: `Neighbour ${rank}` });
  await course.getByRole("heading", { name: `${others.length + 1} radiographs of this patient` }).waitFor();
  const radiographs = course.getByRole("listitem").getByRole("button");
  expect(await radiographs.count()).toBe(others.length + 1);
  expect(await radiographs.first().getAttribute("aria-pressed")).toBe("true");
  const [fetched] = await Promise.all([
    page.waitForResponse((one) => one.url().includes(`${encodeURIComponent(others[0]!.image)}/pi`)),
    radiographs.nth(1).click(),
  ]);
  expect(fetched.ok()).toBe(true);
  expect(await radiographs.nth(1).getAttribute("aria-pressed")).toBe("true");
  await expectAccessible(page);
  await radiographs.first().click();

  const reported = answer.neighbours.find(({ course: { reports } }) => reports.length > 0)!;
  await page.locator("main").press(String(reported.rank));
  const quoted = page.getByRole("region", { name: `Neighbour ${reported.rank}` }).locator("blockquote");
  await quoted.first().waitFor();
  expect(await quoted.count()).toBe(reported.course.reports.reduce((sum, { count }) => sum + count, 0));
  await expectAccessible(page);
  await takeScreenshots(page, "link-patient");
});

browserTest(
  "filters and the number of neighbours are asked for, and the answer is printed with the disclaimer",
  async () => {
    const page = await workbench.open("/link");
    await choose(page, workbench.phantom.undiagnosed[3]!);
    await page.getByLabel("Neighbours", { exact: true }).fill("20");
    await page.getByLabel("Sex").selectOption("female");
    await page.getByLabel("Age from").fill("10");
    const answer = await link(page);
    expect(answer.k).toBe(20);
    expect(answer.neighbours).toHaveLength(Math.min(20, answer.archive.matching));
    expect(
      answer.neighbours.every(({ sex, ageYears }) => sex === "female" && ageYears !== null && ageYears >= 10),
    ).toBe(true);
    await page.getByText(/patients match the filters/).waitFor();
    await page.getByLabel("Sex").selectOption("male");
    await page.getByText(/link again/).waitFor();
    await page.locator("main").press("a");
    const cards = page.locator("button[data-rank]");
    const [first, last] = [(await cards.first().boundingBox())!, (await cards.last().boundingBox())!];
    expect(last.y).toBeGreaterThan(first.y); // in several rows
    await page.locator("main").press("a");

    await page.evaluate(`window.print = () => {
    document.title = [...document.querySelectorAll("body > div:not(#workbench)")].map((part) => part.textContent).join();
  }`);
    await page.getByRole("button", { name: "Print or save as PDF" }).click();
    await soon(() => page.title()).toContain("Not a medical device");
    expect(await page.title()).toContain(answer.neighbours[0]!.patient);
  },
);

browserTest("what is no radiograph is refused with its reason, and what is dropped is taken", async () => {
  const page = await workbench.open("/link", { tolerate: /422|400/ });
  await page.getByRole("navigation", { name: "Worklist" }).waitFor();
  const photograph = await sharp({ create: { width: 300, height: 300, channels: 3, background: "#d02020" } })
    .composite([
      { input: { create: { width: 150, height: 300, channels: 3, background: "#20a0e0" } }, left: 0, top: 0 },
    ])
    .jpeg()
    .toBuffer();
  const whole = await readFile(workbench.phantom.undiagnosed[4]!);
  const files = [
    { name: "letter.txt", bytes: Buffer.from("Dear colleague, thank you for the referral.") },
    { name: "half.dcm", bytes: whole.subarray(0, whole.length / 2) },
    { name: "holiday.jpg", bytes: photograph },
    { name: "dropped.dcm", bytes: whole },
  ];
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") }));
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    for (const { name, base64 } of ${JSON.stringify(given)})
      data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
    return data;
  })()`);
  const area = page.locator("main > div").first();
  await area.dispatchEvent("dragenter", { dataTransfer: transfer });
  await page.getByText("Release to add them").waitFor();
  await area.dispatchEvent("drop", { dataTransfer: transfer });
  const entry = (name: string): Locator => page.getByRole("listitem").filter({ hasText: name });
  await entry("letter.txt").getByText("neither DICOM nor PNG nor JPEG").waitFor();
  await entry("half.dcm")
    .getByText(/ends|damaged|truncated/)
    .waitFor();
  for (const name of ["dropped.dcm", "holiday.jpg"]) await entry(name).getByText("not linked").waitFor();
  await entry("dropped.dcm").getByRole("button").first().click();
  await radiograph(page).waitFor();
  await entry("holiday.jpg").getByRole("button").first().click();
  await radiograph(page).waitFor();
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith("/link")),
    page.getByRole("button", { name: /^Link/ }).click(),
  ]);
  const answer = (await response.json()) as LinkAnswer;
  expect(answer.known).toBe(false);
  expect(answer.neighbours.map(({ agrees }) => agrees)).toEqual(answer.neighbours.map(() => null));
  await entry("holiday.jpg").getByText("No close precedent").waitFor();
  expect(answer.reason?.code).toBe("colour-photograph");
  await page.getByRole("heading", { name: "No close precedent" }).waitFor();
  await page.getByText(answer.reason!.detail).first().waitFor();

  const listed = (await (await page.request.get(`${workbench.server.url}/api/queries`)).json()) as {
    queries: QuerySummary[];
  };
  expect(listed.queries.map(({ name }) => name)).toEqual(expect.arrayContaining(files.map(({ name }) => name)));
  await entry("letter.txt").getByRole("button", { name: "Remove letter.txt" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await entry("letter.txt").waitFor({ state: "detached" });
});

browserTest("the page speaks German, with the names that German radiologists write", async () => {
  const page = await workbench.open("/link", { language: "de" });
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Aufnahmen hinzufügen" }).click(),
  ]);
  await chooser.setFiles(workbench.phantom.undiagnosed[0]!);
  await radiograph(page).waitFor();
  await page.getByLabel("Lokalisation").selectOption({ label: "Femur" });
  expect(await page.getByLabel("Lokalisation").inputValue()).toBe("femur");
  await page.getByLabel("Lokalisation").selectOption("");
  await page.getByRole("button", { name: /^Verknüpfen/ }).click();
  const cards = page.locator("button[data-rank]");
  await cards.first().waitFor();
  const text = (await cards.allTextContents()).join(" ");
  expect(text).toMatch(/Jahre/);
  expect(text).toMatch(/weiblich|männlich/);
  expect(text).not.toMatch(/female|years|tumour|cyst/);
});

browserTest("where a browser has no WebGL, the radiograph is drawn all the same", async () => {
  const page = await workbench.open("/link");
  await page.addInitScript(`{
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind.includes("webgl") ? null : getContext.call(this, kind, ...more);
    };
  }`);
  await page.reload();
  await choose(page, workbench.phantom.undiagnosed.at(-1)!);
  await soon(async () => (await greys(page)).distinct).toBeGreaterThan(50);
  const { mean } = await greys(page);
  await page.locator("main").press("i");
  await changed(page, mean);
});
