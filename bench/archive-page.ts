/**
 * The archive page with 50,000 radiographs in Chromium: when the first thumbnails are seen, and how long frames take while
 * the list is scrolled by the wheel and by its scroll bar. The pictures are those of a small phantom centre, each under many
 * ids as a file of its own name; the rows go in through the store.
 */

import { createHash } from "node:crypto";
import { link, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { imageId, patientId } from "../src/clinic/ids.ts";
import { parseLabelsTable } from "../src/clinic/labels-table.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { type Home, insertBatch, listImages, openHome, type StoredImage } from "../src/store/index.ts";
import { findFiles, importRadiographs } from "../src/systems/cohort/index.ts";
import { openBrowser, openPage } from "../test/support/workbench/browser.ts";
import { startWorkbench } from "../test/support/workbench/server-process.ts";
import { type Bench, type Figure, median, percentile } from "./figure.ts";

/** How many radiographs the archive has; another number may be named. */
const defaultImages = 50_000;
/** Loads of the page with thumbnails that are there. */
const loads = 5;
const scrollSeconds = 10;
const seconds = 1000;

export const archivePage: Bench = async ({ args, say }) => {
  const count = Number(args.find((word) => /^\d+$/.test(word)) ?? defaultImages);
  const folder = await mkdtemp(join(tmpdir(), "osteon-archive-page-"));
  try {
    say(`Filling a home with ${count} radiographs.`);
    const home = join(folder, "home");
    await fillHome(home, { count, centre: join(folder, "centre"), say });
    return await measure(home, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const fillHome = async (
  directory: string,
  { count, centre, say }: { count: number; centre: string; say: (line: string) => void },
): Promise<void> => {
  await writePhantomCentre(centre, { patients: 12, archive: 24, seed: 9 });
  const home = await openHome(directory, { command: "bench", create: true, since: new Date().toISOString() });
  try {
    const labels = parseLabelsTable(await readFile(join(centre, "labels.csv")));
    await importRadiographs(home, await findFiles([join(centre, "pacs"), join(centre, "archive")]), { labels });
    const drawn = await listImages(home.database);
    say(`${drawn.length} were drawn; the others repeat their pictures.`);
    const at = 1000;
    for (let from = drawn.length; from < count; from += at) {
      const images = Array.from({ length: Math.min(at, count - from) }, (_, i) => repeated(drawn, from + i));
      await insertBatch(home.database, { images, duplicates: [], quarantined: [] });
      for (const [i, { id }] of images.entries()) await repeatPicture(home, drawn[(from + i) % drawn.length]!.id, id);
    }
  } finally {
    await home.close();
  }
};

/** One of the drawn radiographs as another one: of another patient, day and age. */
const repeated = (drawn: readonly StoredImage[], number: number): StoredImage => {
  const image = drawn[number % drawn.length]!;
  const hash = createHash("sha256").update(`repeated ${number}`).digest("hex");
  const day = new Date(Date.UTC(2000, 0, 1) + (number % 8000) * 86_400_000);
  return {
    ...image,
    id: imageId(hash),
    fileId: hash,
    pixelHash: hash,
    fileName: `R${number}.dcm`,
    patient: patientId(`R${Math.floor(number / 3)}`),
    ageYears: (number * 7) % 90,
    acquisitionDate: day.toISOString().slice(0, 10),
    nearDuplicateOf: null,
  };
};

const repeatPicture = async ({ files: { root } }: Home, from: string, to: string): Promise<void> => {
  const at = (id: string): string => join(root, "pictures", id.slice(0, 2), `${id}.png`);
  await mkdir(dirname(at(to)), { recursive: true });
  await link(at(from), at(to));
};

const measure = async (home: string, say: (line: string) => void): Promise<Figure[]> => {
  say("Starting the workbench.");
  const server = await startWorkbench({ home });
  const browser = await openBrowser({ scrollBars: true });
  try {
    const cold = await loadPage(browser, server.url);
    const warm: PageLoad[] = [];
    for (let i = 0; i < loads; i++) warm.push(await loadPage(browser, server.url));
    say("Scrolling.");
    const byWheel = await scroll(browser, server.url, turnWheel);
    const byBar = await scroll(browser, server.url, dragBar);
    return [
      ...paintFigures("thumbnails not made yet", [cold]),
      ...paintFigures(`thumbnails made, median of ${loads}`, warm),
      ...frameFigures("wheel", byWheel),
      ...frameFigures("scroll bar", byBar),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
};

/** In milliseconds from the start of the navigation. */
interface PageLoad {
  readonly firstPaint: number;
  readonly firstThumbnail: number;
  /** All of those in sight. */
  readonly allThumbnails: number;
}

/** Notes in which frame thumbnails are there; runs in the page from its start. */
const watchThumbnails = `
  globalThis.seen = {};
  const look = () => {
    const images = [...document.querySelectorAll("[role=gridcell] img")].filter((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    const there = images.filter((image) => image.complete && image.naturalWidth > 0).length;
    if (there > 0) seen.first ??= performance.now();
    if (there > 0 && there === images.length) seen.all ??= performance.now();
    if (seen.all === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

const loadPage = async (browser: Browser, url: string): Promise<PageLoad> => {
  const { page, problems } = await openPage(browser);
  await page.addInitScript(watchThumbnails);
  await page.goto(`${url}/archive`);
  await page.waitForFunction(() => (globalThis as unknown as { seen: { all?: number } }).seen.all !== undefined);
  const load = await page.evaluate<PageLoad>(`({
    firstPaint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    firstThumbnail: seen.first,
    allThumbnails: seen.all,
  })`);
  await page.context().close();
  if (problems.length > 0) throw new Error(`The page has problems: ${problems.join("; ")}`);
  return load;
};

/** What the frames of a while took, in milliseconds, and which tasks kept the page busy for longer than 50. */
interface Frames {
  readonly frames: readonly number[];
  readonly longTasks: readonly number[];
  /** How far the list was scrolled, as a share. */
  readonly reached: number;
}

const watchFrames = `
  globalThis.frames = [];
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: "longtask" });
  let last;
  const tick = (now) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
`;

const scroll = async (browser: Browser, url: string, move: (page: Page) => Promise<void>): Promise<Frames> => {
  const { page } = await openPage(browser);
  await page.goto(`${url}/archive`);
  await page.locator("[role=gridcell] img").first().waitFor();
  await page.getByText(/radiographs · .* patients/).waitFor();
  await page.waitForTimeout(1000);
  await page.evaluate(watchFrames);
  await move(page);
  const measured = await page.evaluate<Frames>(`(() => {
    const grid = document.querySelector("[role=grid]");
    return { frames, longTasks, reached: grid.scrollTop / (grid.scrollHeight - grid.clientHeight) };
  })()`);
  await page.context().close();
  if (measured.reached === 0) throw new Error("The list was not scrolled.");
  return measured;
};

/** As a hand that does not rest: a notch of the wheel in every frame or two. */
const turnWheel = async (page: Page): Promise<void> => {
  const box = (await page.locator("[role=grid]").boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const end = performance.now() + scrollSeconds * seconds;
  while (performance.now() < end) {
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(20);
  }
};

/** From the top to the end and half the way back. */
const dragBar = async (page: Page): Promise<void> => {
  const box = (await page.locator("[role=grid]").boundingBox())!;
  const x = box.x + box.width - 7;
  const [top, bottom] = [box.y + 26, box.y + box.height - 26]; // beyond the arrow at its end
  await page.mouse.move(x, top);
  await page.mouse.down();
  const start = performance.now();
  for (let way = 0; way < 1.5; way = ((performance.now() - start) / (scrollSeconds * seconds)) * 1.5) {
    await page.mouse.move(x, top + (bottom - top) * (way <= 1 ? way : 2 - way));
    await page.waitForTimeout(20);
  }
  await page.mouse.up();
};

const paintFigures = (name: string, loadsOfPage: readonly PageLoad[]): Figure[] => {
  const of = (key: keyof PageLoad): number => median(loadsOfPage.map((load) => load[key]));
  return [
    { name: `first paint, ${name}`, value: of("firstPaint"), unit: "ms" },
    { name: `first thumbnail, ${name}`, value: of("firstThumbnail"), unit: "ms", wanted: "under 1500" },
    { name: `all thumbnails in sight, ${name}`, value: of("allThumbnails"), unit: "ms", wanted: "under 1500" },
  ];
};

const frameFigures = (name: string, { frames, longTasks, reached }: Frames): Figure[] => [
  { name: `frames over 50 ms, ${name}`, value: frames.filter((ms) => ms > 50).length, unit: "", wanted: "0" },
  { name: `longest frame, ${name}`, value: Math.max(...frames), unit: "ms", wanted: "50 at most" },
  { name: `99 % of the frames, ${name}`, value: percentile(frames, 0.99), unit: "ms" },
  { name: `frames, ${name}`, value: frames.length, unit: "" },
  { name: `tasks over 50 ms, ${name}`, value: longTasks.length, unit: "" },
  { name: `share of the list, ${name}`, value: reached, unit: "" },
];
